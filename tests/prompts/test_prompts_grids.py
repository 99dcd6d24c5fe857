"""Tables and charts stand in templates as fences, and say the same numbers in words."""

import re

import pytest

from prompts.grids import CATEGORIES, LABEL, SERIES, TITLE, Grid, filled, grid
from prompts.markdown import parse
from prompts.plain import in_words, plain
from prompts.slots import Slots
from prompts.view import Chart, ChartKind, Paragraph, Series, Span, Table
from tests.tree import ROOT

EXAMPLE = re.compile(r"^```(?:table|line)\n.*?^```$", re.MULTILINE | re.DOTALL)


def shown(kind: str, content: str, slots: Slots | None = None) -> Table | Chart:
    """Give the table or chart of a fence."""
    return filled(grid(kind, content), slots or Slots())


def test_a_fence_is_a_block_among_others() -> None:
    before, fence, after = parse("Words\n\n```bar\nT\nA | B\nx | 1\n```\n\nMore")
    assert isinstance(before, Paragraph)
    assert fence == Grid("bar", "T", (("A", "B"), ("x", "1")))
    assert after == Paragraph((Span("More"),))


@pytest.mark.parametrize("kind", ["line", "bar", "area"])
def test_each_column_of_a_chart_is_a_series(kind: str) -> None:
    chart = shown(kind, "By round\nRound | People | Pairs\nRound 1 | 36 | 15\nRound 2 | 40 | 18")
    series = (Series("People", (36, 40)), Series("Pairs", (15, 18)))
    assert chart == Chart("By round", ChartKind(kind), "Round", ("Round 1", "Round 2"), series)


def test_a_pie_has_one_series() -> None:
    pie = shown("pie", "Answers\nAnswer | People\nyes | 7\nno | 5")
    assert pie == Chart("Answers", ChartKind.PIE, "Answer", ("yes", "no"), (Series("People", (7, 5)),))


def test_a_table_holds_numbers_and_words() -> None:
    table = shown("table", "Rounds\nRound | Pairs\nRound 1 | 15\nRound 2 | held back")
    assert table == Table("Rounds", ("Round", "Pairs"), (("Round 1", 15), ("Round 2", "held back")))


def test_a_table_and_a_chart_say_all_their_numbers() -> None:
    content = "By round\nRound | People | Pairs\nRound 1 | 36 | 15\nRound 2 | 40 | 18"
    rows = ("Round 1: People 36, Pairs 15", "Round 2: People 40, Pairs 18")
    for kind in ("table", "bar"):
        assert in_words(shown(kind, content)) == ("By round", rows)
        assert plain([shown(kind, content)]).split("\n") == ["By round:", *(f"• {row}" for row in rows)]


def test_what_somebody_typed_makes_no_cell_no_row_and_no_fence() -> None:
    slots = Slots()
    typed = slots.keep("a | b\n```\n# c")
    (block,) = parse(f"```table\nT\nTopic | People\n{typed} | 12\n```")
    assert isinstance(block, Grid)
    assert filled(block, slots) == Table("T", ("Topic", "People"), (("a | b\n```\n# c", 12),))


def test_words_of_a_chart_are_cut_to_what_every_platform_shows() -> None:
    chart = shown("line", f"{'t' * 99}\nWeek | {'s' * 99}\n{'c' * 99} | 1")
    assert isinstance(chart, Chart)
    assert (len(chart.title), len(chart.series[0].name), len(chart.categories[0])) == (TITLE, LABEL, LABEL)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("", "T\nA | B\nx | 1"),
        ("python", "T\nA | B\nx | 1"),
        ("line", ""),
        ("line", "T"),
        ("line", "T\nA | B"),
        ("table", "T\nA\nx"),
        ("line", "T\nA | B\nx | 1 | 2"),
        ("pie", "T\nA | B | C\nx | 1 | 2"),
        ("bar", "T\n" + " | ".join("A" * (SERIES + 2)) + "\n" + " | ".join("1" * (SERIES + 2))),
        ("line", "T\nA | B" + "\nx | 1" * (CATEGORIES + 1)),
    ],
)
def test_a_fence_that_no_platform_could_show_is_refused(kind: str, content: str) -> None:
    with pytest.raises(ValueError, match=r"fence|title|at most"):
        grid(kind, content)


def test_a_chart_of_words_is_refused() -> None:
    with pytest.raises(ValueError, match="held back"):
        shown("line", "T\nWeek | Meetings\nWeek 1 | held back")


def test_the_examples_of_the_page_on_templates_can_be_shown() -> None:
    examples = EXAMPLE.findall((ROOT / "docs" / "templates.md").read_text())
    made = [filled(block, Slots()) for one in examples for block in parse(one) if isinstance(block, Grid)]
    assert [type(one) for one in made] == [Table, Chart]
