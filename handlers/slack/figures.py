"""Tables and charts on Slack: its own blocks where they are taken, pictures of charts, or words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from handlers.shared.text import cut, size
from handlers.shared.types import Json
from handlers.slack.text import plain
from prompts.plain import in_words
from prompts.view import Block, Bullets, Chart, ChartKind, Paragraph, Span, Table, View

CHARTS = 2
"""data_visualization blocks that one message may hold."""
CAPTION, TITLE, LABEL = 150, 50, 20
ALT_TEXT = 1_000
"""Characters of a picture's description (files.getUploadURLExternal's alt_txt, the lower of Slack's two)."""
NOTHING = "-"
"""What stands in an empty cell: Slack refuses one without a character."""

Figure = Table | Chart


@dataclass(frozen=True)
class Ready:
    """A block as Slack has it already, and how many of a surface's characters it takes."""

    block: Json
    size: int


Shown = Callable[[Figure], tuple["Block | Ready", ...]]
"""How tables and charts are shown on a surface."""


def figures_of(view: View) -> tuple[Figure, ...]:
    """The tables and charts of a view."""
    return tuple(block for block in view.blocks if isinstance(block, Figure))


def charts_of(view: View) -> tuple[Chart, ...]:
    """The charts of a view, as many as a message may hold."""
    return tuple(islice((block for block in view.blocks if isinstance(block, Chart)), CHARTS))


def words(figure: Figure) -> tuple[Block, ...]:
    """A table or chart as a bold line and a list, for every surface there is."""
    title, rows = in_words(figure)
    return Paragraph((Span(title, bold=True),)), Bullets(tuple((Span(row),) for row in rows))


def native(view: View) -> Shown:
    """Slack's own tables and charts, for messages; charts beyond what a message may hold are words."""
    drawn = charts_of(view)

    def shown(figure: Figure) -> tuple[Block | Ready, ...]:
        if isinstance(figure, Table):
            return (_ready(_table(figure)),)
        return (_ready(_chart(figure)),) if figure in drawn else words(figure)

    return shown


def pictured(files: Mapping[Chart, str]) -> Shown:
    """Pictures of the charts whose file ids these are, words for everything else."""

    def shown(figure: Figure) -> tuple[Block | Ready, ...]:
        if not isinstance(figure, Chart) or figure not in files:
            return words(figure)
        picture = {"type": "image", "slack_file": {"id": files[figure]}, "alt_text": described(figure)}
        return (_ready(picture),)

    return shown


def described(chart: Chart) -> str:
    """All that a chart shows, for those who do not see its picture."""
    title, rows = in_words(chart)
    return cut(f"{title}. {'; '.join(rows)}.", ALT_TEXT)


def _ready(block: Json) -> Ready:
    return Ready(block, sum(size(text) for text in _texts(block)))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _table(table: Table) -> Json:
    """A data_table, all of it on one page; its first column is read as the rows' names."""
    return {
        "type": "data_table",
        "caption": plain(table.caption, CAPTION)["text"],
        "rows": [[_cell(cell) for cell in row] for row in (table.header, *table.rows)],
        "page_size": len(table.rows),
        "row_header_column_index": 0,
    }


def _cell(value: str | int) -> Json:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value, "text": str(value)}
    return {"type": "raw_text", "text": value or NOTHING}


def _chart(chart: Chart) -> Json:
    return {
        "type": "data_visualization",
        "title": cut(chart.title, TITLE),
        "chart": {
            "type": chart.kind.value,
            **(_parts(chart) if chart.kind is ChartKind.PIE else _axes(chart)),
        },
    }


def _parts(chart: Chart) -> Json:
    return {"segments": _points(chart, chart.series[0].points)}


def _axes(chart: Chart) -> Json:
    categories = [cut(name, LABEL) for name in chart.categories]
    return {
        "series": [
            {"name": cut(one.name, LABEL), "data": _points(chart, one.points)} for one in chart.series
        ],
        "axis_config": {"categories": categories, "x_label": cut(chart.axis, TITLE)},
    }


def _points(chart: Chart, values: tuple[int, ...]) -> list[Json]:
    pairs = zip(chart.categories, values, strict=True)
    return [{"label": cut(name, LABEL), "value": value} for name, value in pairs]
