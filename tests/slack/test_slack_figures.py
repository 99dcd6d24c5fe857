"""Tables and charts: Slack's blocks, the pictures and the words say the same numbers."""

import io
import re
from itertools import product
from typing import Any

import pytest
from matplotlib.container import BarContainer

from handlers.slack.blocks import message
from handlers.slack.drawing import drawn, png, read
from handlers.slack.figures import ALT_TEXT, Shown, charts_of, described, native, pictured, words
from handlers.slack.modals import home, modal
from handlers.slack.pictures import NoPictureError, draw
from prompts.view import Chart, ChartKind, Heading, Reader, Series, Table, View
from sandbox.blockkit.check import check_message, check_view, too_long
from tests.prompts.golden import view_of
from tests.prompts.samples import samples

WEEKS = ("Week 1", "Week 2", "Week 3")
PEOPLE, PAIRS = Series("People", (36, 41, 47)), Series("Pairs", (15, 18, 22))
PIE = Chart("Answers", ChartKind.PIE, "Answer", ("yes", "no"), (Series("People", (17, 9)),))
ROUNDS = Table("Rounds", ("Round", "Pairs"), (("Round 1", 15), ("Round 2", "held back"), ("Round 3", "")))


def a_chart(kind: ChartKind = ChartKind.BAR, **changes: Any) -> Chart:
    """Two series over three weeks."""
    usual: dict[str, Any] = {
        "title": "By week",
        "axis": "Week",
        "categories": WEEKS,
        "series": (PEOPLE, PAIRS),
    }
    return Chart(kind=kind, **(usual | changes))


Told = dict[tuple[str, str], float]
CHARTS = [*(a_chart(kind) for kind in (ChartKind.BAR, ChartKind.LINE, ChartKind.AREA)), PIE]


def numbers(chart: Chart) -> list[int]:
    """All numbers of a chart, sorted."""
    return sorted(value for one in chart.series for value in one.points)


def told(chart: Chart) -> Told:
    """Each number of a chart under its series and its category."""
    return {
        (one.name, category): value
        for one in chart.series
        for category, value in zip(chart.categories, one.points, strict=True)
    }


def told_by_block(block: Any, chart: Chart) -> Told:
    """The same, read off a data_visualization block."""
    drawing = block["chart"]
    series = drawing.get("series") or [{"name": chart.series[0].name, "data": drawing["segments"]}]
    return {(one["name"], point["label"]): point["value"] for one in series for point in one["data"]}


def told_by_picture(chart: Chart) -> Told:
    """The same, read off the heights, points and angles that a chart's picture shows."""
    (axes,) = drawn(chart).axes
    if chart.kind is ChartKind.PIE:
        whole = sum(numbers(chart))
        wedges: Any = axes.patches
        names = [one.get_text().rpartition(": ")[0] for one in axes.texts if ": " in one.get_text()]
        angles = [round((one.theta2 - one.theta1) / 360 * whole, 3) for one in wedges]
        return {(chart.series[0].name, name): value for name, value in zip(names, angles, strict=True)}
    if chart.kind is ChartKind.BAR:
        bars = [one for one in axes.containers if isinstance(one, BarContainer)]
        heights = {str(one.get_label()): [bar.get_height() for bar in one] for one in bars}
    else:
        lines: Any = axes.lines
        heights = {str(line.get_label()): [float(y) for y in line.get_ydata()] for line in lines}
    return {
        (name, category): value
        for name, values in heights.items()
        for category, value in zip(chart.categories, values, strict=True)
    }


def told_by_words(rows: list[str], chart: Chart) -> Told:
    """The same, read off lines such as "Week 2: People 41, Pairs 18"."""
    found: Told = {}
    for row in rows:
        category, _, cells = row.partition(": ")
        for name in (one.name for one in chart.series):
            (value,) = re.findall(rf"\b{re.escape(name)} (\d+)", cells)
            found[name, category] = int(value)
    return found


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_the_block_the_picture_and_the_words_say_the_same_numbers(chart: Chart) -> None:
    view = View("", (chart,))
    (block,) = message(view, native(view))["blocks"]
    assert told_by_block(block, chart) == told(chart)
    assert told_by_picture(chart) == told(chart)
    assert told_by_words(described(chart).removeprefix(f"{chart.title}. ").split("; "), chart) == told(chart)
    _, rows = message(view)["blocks"]
    lines = ["".join(part["text"] for part in row["elements"]) for row in rows["elements"][0]["elements"]]
    assert told_by_words(lines, chart) == told(chart)


def test_the_summary_says_the_same_numbers_in_every_form() -> None:
    view = view_of(samples()["weekly_summary_later"])
    blocks = message(view, native(view))["blocks"]
    shown = [block for block in blocks if block["type"] == "data_visualization"]
    charts = charts_of(view)
    assert len(charts) == 2
    assert [told_by_block(*both) for both in zip(shown, charts, strict=True)] == [told(one) for one in charts]
    assert [told_by_picture(one) for one in charts] == [told(one) for one in charts]
    for chart in charts:
        section = view.text.partition(f"{chart.title}:\n")[2].split("\n")[: len(chart.categories)]
        assert told_by_words([row.removeprefix("• ") for row in section], chart) == told(chart)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_names_stand_in_the_picture(chart: Chart) -> None:
    (axes,) = drawn(chart).axes
    shown = {one.get_text() for one in (*axes.texts, *axes.get_xticklabels())}
    legend = axes.get_legend()
    named = {one.get_text() for one in legend.get_texts()} if legend else set()
    assert axes.get_title("left") == chart.title
    if chart.kind is ChartKind.PIE:
        assert shown == {"yes: 17", "no: 9"}
        return
    assert set(WEEKS) <= shown
    assert named == {"People", "Pairs"}
    assert {str(value) for value in numbers(chart)} <= shown


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_picture_is_a_png_of_a_size_that_slack_takes(chart: Chart) -> None:
    picture = png(chart)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert 10_000 < len(picture) < 300_000
    assert io.BytesIO(picture).read(24)[16:] == (1280).to_bytes(4, "big") + (672).to_bytes(4, "big")


def test_what_a_name_holds_is_no_formula_and_no_more_names_than_fit_stand_below() -> None:
    weeks = tuple(f"Week {week}" for week in range(1, 21))
    chart = a_chart(ChartKind.LINE, title="$x^2$", categories=weeks, series=(Series("$a_1$", (5,) * 20),))
    assert png(chart)
    (axes,) = drawn(chart).axes
    assert axes.get_xticklabels()[-1].get_text() == "Week 20"
    assert len(axes.get_xticklabels()) < 12


async def test_charts_are_drawn_by_a_process_of_their_own() -> None:
    pictures = await draw((a_chart(), PIE), 60)
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"] * 2


async def test_drawing_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(NoPictureError, match="drawing_is_slow"):
        await draw((a_chart(),), 0.01)


async def test_drawing_that_fails_is_no_picture() -> None:
    broken = a_chart(ChartKind.PIE, series=(Series("People", (-1, 2, 3)),))
    with pytest.raises(NoPictureError, match="drawing_failed"):
        await draw((broken,), 60)


def test_a_chart_is_told_to_that_process_whole() -> None:
    told: dict[str, Any] = {
        "title": "Answers",
        "kind": "pie",
        "axis": "Answer",
        "categories": ["yes", "no"],
        "series": [{"name": "People", "points": [17, 9]}],
    }
    assert read(told) == PIE


def test_slack_takes_the_summary_in_every_form() -> None:
    view = view_of(samples()["weekly_summary_later"])
    files = {chart: f"F00000000{place}" for place, chart in enumerate(charts_of(view))}
    forms: list[Shown] = [native(view), pictured(files), words]
    for shown in forms:
        blocks = message(view, shown)["blocks"]
        assert check_message(blocks) == []
        assert not too_long(blocks)


def test_each_form_holds_what_it_is_named_for() -> None:
    view = View("", (Heading("Figures"), a_chart(), ROUNDS, PIE))
    files = dict(zip(charts_of(view), ("F000000001", "F000000002"), strict=True))

    def kinds(shown: Shown) -> list[str]:
        return [block["type"] for block in message(view, shown)["blocks"]]

    figures = ["data_visualization", "data_table", "data_visualization"]
    assert kinds(native(view)) == ["header", *figures]
    assert kinds(pictured(files)) == ["header", "image", "rich_text", "rich_text", "image"]
    assert kinds(words) == ["header", *["rich_text"] * 6]


def test_a_third_chart_is_words_since_a_message_holds_two() -> None:
    view = View("", (a_chart(), PIE, a_chart(ChartKind.LINE)))
    kinds = [block["type"] for block in message(view, native(view))["blocks"]]
    assert kinds == ["data_visualization", "data_visualization", "rich_text", "rich_text"]
    assert check_message(message(view, native(view))["blocks"]) == []


def test_a_picture_is_described_in_full_to_those_who_do_not_see_it() -> None:
    view = View("", (a_chart(),))
    picture = message(view, pictured({a_chart(): "F000000001"}))["blocks"][0]
    assert picture["slack_file"] == {"id": "F000000001"}
    assert picture["alt_text"] == (
        "By week. Week 1: People 36, Pairs 15; Week 2: People 41, Pairs 18; Week 3: People 47, Pairs 22."
    )


def test_a_description_is_never_too_long() -> None:
    names = tuple(f"{number:020}" for number in range(20))
    series = tuple(Series(f"{number:020}", (10**9,) * 20) for number in range(6))
    assert len(described(a_chart(categories=names, series=series))) <= ALT_TEXT


def test_a_table_keeps_numbers_numbers_and_no_cell_empty() -> None:
    view = View("", (ROUNDS,))
    (table,) = message(view, native(view))["blocks"]
    assert check_message([table]) == []
    assert table["rows"][1][1] == {"type": "raw_number", "value": 15, "text": "15"}
    assert [row[1]["text"] for row in table["rows"]] == ["Pairs", "15", "held back", "-"]
    assert (table["page_size"], table["row_header_column_index"]) == (3, 0)


@pytest.mark.parametrize(("count", "points"), [*product((1, 6), (1, 20))])
def test_a_chart_as_large_as_slack_takes_fits(count: int, points: int) -> None:
    names = tuple(f"{'c' * 18}{number:02}" for number in range(points))
    series = tuple(Series(f"{'s' * 18}{number:02}", (10**6,) * points) for number in range(count))
    view = View("", (a_chart(title="t" * 50, categories=names, series=series),))
    assert check_message(message(view, native(view))["blocks"]) == []


def test_windows_and_homes_say_charts_in_words() -> None:
    view = View("", (a_chart(), ROUNDS))
    for shown, kind in ((modal(view, Reader()), "modal"), (home(view), "home")):
        assert check_view(shown, kind) == []
        assert "Week 3: People 47, Pairs 22" in str(shown)
