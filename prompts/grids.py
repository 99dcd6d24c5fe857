"""Tables and charts in templates: a fence with a title, a header and rows (docs/templates.md)."""

# Values are places, so a bar or a fence that somebody typed is never one of the template's.

from dataclasses import dataclass

from prompts.plain import fitted
from prompts.slots import Slots
from prompts.view import Chart, ChartKind, Series, Table

TABLE = "table"
CELL_BAR = "|"
SERIES, CATEGORIES, LABEL, TITLE = 6, 20, 20, 50
"""Most series (or parts of a pie), categories, and characters of their names and of a title: what Slack's
reference says of data_visualization, and where it and others differ the lower."""
ROWS, COLUMNS = 100, 20
"""Of a table, its header not counted (Slack's data_table)."""


@dataclass(frozen=True)
class Grid:
    """A table or chart as it stands in a template, its values still places."""

    kind: str
    title: str
    rows: tuple[tuple[str, ...], ...]


def grid(kind: str, content: str) -> Grid:
    """A fence's content as a grid; ValueError where it is none, or holds more than platforms show."""
    title, *lines = [line.strip() for line in content.splitlines() if line.strip()] or [""]
    rows = tuple(tuple(cell.strip() for cell in line.split(CELL_BAR)) for line in lines)
    if kind not in (TABLE, *ChartKind):
        raise ValueError(f"a template may not hold a {kind or 'nameless'} fence")
    if len(rows) < len(("header", "row")) or len({len(row) for row in rows}) > 1:
        raise ValueError(f"a {kind} has a title, a header, and rows as long as the header")
    most_rows, most_columns = _most(kind)
    if len(rows) - 1 > most_rows or not 1 < len(rows[0]) <= most_columns + 1:
        raise ValueError(f"a {kind} has at most {most_rows} rows of {most_columns} values, and at least one")
    return Grid(kind, title, rows)


def _most(kind: str) -> tuple[int, int]:
    if kind == TABLE:
        return ROWS, COLUMNS - 1
    return (SERIES, 1) if kind == ChartKind.PIE else (CATEGORIES, SERIES)


def filled(one: Grid, slots: Slots) -> Table | Chart:
    """The grid with its values in their places; ValueError where a chart's value is no whole number."""
    header, *rows = [[slots.text(cell) for cell in row] for row in one.rows]
    if one.kind == TABLE:
        cells = tuple((row[0], *map(_cell, row[1:])) for row in rows)
        return Table(slots.text(one.title), tuple(header), cells)
    values = [[int(cell) for cell in row[1:]] for row in rows]
    return Chart(
        title=fitted(slots.text(one.title), TITLE),
        kind=ChartKind(one.kind),
        axis=header[0],
        categories=tuple(fitted(row[0], LABEL) for row in rows),
        series=tuple(
            Series(fitted(name, LABEL), tuple(row[column] for row in values))
            for column, name in enumerate(header[1:])
        ),
    )


def _cell(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdecimal() else text
