"""Tables and charts in cards: Teams' own, and for every chart the same figures in words beside it."""

from handlers.shared.types import Json
from handlers.teams.text import escaped, inert
from prompts.view import Chart, ChartKind, Table


def table(one: Table) -> list[Json]:
    """A table under its caption; its first row is read as the header."""
    caption = {"type": "TextBlock", "text": escaped(one.caption), "weight": "Bolder", "wrap": True}
    rows = [_row(cells, bold=place == 0) for place, cells in enumerate((one.header, *one.rows))]
    columns = [{"width": 2}, *({"width": 1} for _ in one.header[1:])]
    return [caption, {"type": "Table", "columns": columns, "rows": rows, "firstRowAsHeader": True}]


def _row(cells: tuple[str | int, ...], *, bold: bool) -> Json:
    weight = {"weight": "Bolder"} if bold else {}
    texts = [{"type": "TextRun", "text": inert(str(cell)), **weight} for cell in cells]
    return {
        "type": "TableRow",
        "cells": [
            {"type": "TableCell", "items": [{"type": "RichTextBlock", "inlines": [text]}]} for text in texts
        ],
    }


def chart(one: Chart) -> Json:
    """A chart, with its figures as facts where a client draws none."""
    return {**_drawn(one), "fallback": facts(one)}


def facts(one: Chart) -> Json:
    """All that a chart shows, one line for each of its categories."""
    return {
        "type": "Container",
        "items": [
            {"type": "TextBlock", "text": escaped(one.title), "weight": "Bolder", "wrap": True},
            {
                "type": "FactSet",
                "facts": [
                    {"title": escaped(name), "value": escaped(_values(one, place))}
                    for place, name in enumerate(one.categories)
                ],
            },
        ],
    }


def _values(one: Chart, place: int) -> str:
    if len(one.series) == 1:
        return str(one.series[0].points[place])
    return ", ".join(f"{series.name} {series.points[place]}" for series in one.series)


def _drawn(one: Chart) -> Json:
    title = {"title": inert(one.title)}
    if one.kind is ChartKind.PIE:
        parts = zip(one.categories, one.series[0].points, strict=True)
        return {
            "type": "Chart.Pie",
            **title,
            "data": [{"legend": inert(name), "value": value} for name, value in parts],
        }
    axis = {**title, "xAxisTitle": inert(one.axis)}
    if one.kind is ChartKind.BAR and len(one.series) == 1:
        return {"type": "Chart.VerticalBar", **axis, "data": _points(one, one.series[0].points)}
    kind = "Chart.VerticalBar.Grouped" if one.kind is ChartKind.BAR else "Chart.Line"
    lines = [{"legend": inert(each.name), "values": _points(one, each.points)} for each in one.series]
    return {"type": kind, **axis, "data": lines}


def _points(one: Chart, values: tuple[int, ...]) -> list[Json]:
    return [{"x": inert(name), "y": value} for name, value in zip(one.categories, values, strict=True)]
