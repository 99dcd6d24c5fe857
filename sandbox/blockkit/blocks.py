"""Blocks, each with its table, and which surface takes which."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.blockkit.objects import (
    ID,
    RAW_NUMBER,
    RAW_TEXT,
    SLACK_FILE,
    URL,
    mrkdwn,
    one_image,
    plain,
    plain_object,
    text,
)
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.spec import ByType, Flag, ListOf, Number, Obj, Problem, Spec, Str, typed

_NAMED: dict[str, Spec] = {"block_id": ID}
_CELLS: dict[str, Spec] = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT}
MARKDOWN_LENGTH = 12_000


def _text_or_fields(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if "text" not in value and "fields" not in value:
        yield Problem("missing required field: text or fields", at)


def _even_rows(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if len({len(row) for row in value["rows"]}) > 1:
        yield Problem("all rows must have the same number of cells", f"{at}/rows")


def _plain_header(value: dict[str, Any], at: str) -> Iterator[Problem]:
    for place, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Problem("rich_text cannot be used for header cells", f"{at}/rows/0/{place}")


def _header_column_exists(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        yield Problem("must be the index of a column", f"{at}/row_header_column_index")


_LABEL = Str(20, least=1)
_POINT = Obj({"label": _LABEL, "value": Number(whole=False)}, {})
_SERIES = Obj({"name": Str(20, least=1), "data": ListOf(_POINT, 20, least=1)}, {})
_AXES = Obj(
    {"categories": ListOf(_LABEL, 20, least=1)},
    {"x_label": Str(50), "y_label": Str(50)},
)


def _points_follow_axis(value: dict[str, Any], at: str) -> Iterator[Problem]:
    categories = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        yield Problem("categories must be unique", f"{at}/axis_config/categories")
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        yield Problem("series names must be unique", f"{at}/series")
    for place, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            yield Problem("labels must match the axis categories", f"{at}/series/{place}/data")


def _chart(kind: str) -> Obj:
    return typed(
        kind,
        {"series": ListOf(_SERIES, 6, least=1), "axis_config": _AXES},
        {},
        _points_follow_axis,
    )


_PIE = typed(
    "pie",
    {"segments": ListOf(Obj({"label": _LABEL, "value": Number(least=0, whole=False)}, {}), 6, least=1)},
    {},
)
CHARTS: dict[str, Spec] = {"pie": _PIE, **{kind: _chart(kind) for kind in ("bar", "area", "line")}}

BLOCKS: dict[str, Obj] = {
    "section": typed(
        "section",
        {},
        {
            **_NAMED,
            "text": text(3000),
            "fields": ListOf(text(2000), most=10, least=1),
            "accessory": ByType(IN_SECTION),
            "expand": Flag(),
        },
        _text_or_fields,
    ),
    "header": typed("header", {"text": plain(150)}, _NAMED),
    "divider": typed("divider", {}, _NAMED),
    "context": typed(
        "context",
        {
            "elements": ListOf(
                ByType(
                    {
                        "image": ELEMENTS["image"],
                        "plain_text": plain_object(3000),
                        "mrkdwn": mrkdwn(3000),
                    }
                ),
                most=10,
                least=1,
            )
        },
        _NAMED,
    ),
    "actions": typed("actions", {"elements": ListOf(ByType(IN_ACTIONS), most=25, least=1)}, _NAMED),
    "input": typed(
        "input",
        {"label": plain(2000), "element": ByType(IN_INPUT)},
        {**_NAMED, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "image": typed(
        "image",
        {"alt_text": Str(2000)},
        {**_NAMED, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        one_image,
    ),
    "rich_text": RICH_TEXT,
    "markdown": typed("markdown", {"text": Str(MARKDOWN_LENGTH, least=1)}, _NAMED),
    "table": typed(
        "table",
        {"rows": ListOf(ListOf(ByType(_CELLS), most=20, least=1), most=100, least=1)},
        {
            **_NAMED,
            "column_settings": ListOf(
                Obj(
                    {},
                    {"align": Str(one_of=("left", "center", "right")), "is_wrapped": Flag()},
                ),
                most=20,
            ),
        },
        _even_rows,
    ),
    "data_table": typed(
        "data_table",
        {
            "caption": Str(least=1),
            "rows": ListOf(ListOf(ByType(_CELLS), most=20, least=1), most=101, least=2),
        },
        {
            **_NAMED,
            "page_size": Number(least=1, most=100),
            "row_header_column_index": Number(least=0),
        },
        _even_rows,
        _plain_header,
        _header_column_exists,
    ),
    "data_visualization": typed(
        "data_visualization",
        {"title": Str(50, least=1), "chart": ByType(CHARTS)},
        _NAMED,
    ),
}

_EVERYWHERE = ("section", "header", "divider", "context", "actions", "input", "image", "rich_text")
_MESSAGE_ONLY = ("markdown", "table", "data_table", "data_visualization")

IN_MESSAGE = ByType({name: BLOCKS[name] for name in (*_EVERYWHERE, *_MESSAGE_ONLY)})
IN_VIEW = ByType({name: BLOCKS[name] for name in _EVERYWHERE})
