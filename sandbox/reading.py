"""What people see: blocks as text, the labels of what can be pressed."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.blockkit.walk import Json, each_element
from sandbox.values import options_of
from sandbox.workspace import Workspace

_MARK = re.compile(r"<([^<>]+)>")
_STYLES = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^\n]*?)(?<=\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~")
]


def read_mrkdwn(workspace: Workspace, text: str) -> str:
    """Mrkdwn as it is read on the screen: names for mentions, no marks of style, no entities."""
    shown = _MARK.sub(lambda found: _mention(workspace, found.group(1)), text)
    for style in _STYLES:
        shown = style.sub(r"\1", shown)
    return html.unescape(shown)


def _mention(workspace: Workspace, inside: str) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        member = workspace.members.get(target[1:])
        return f"@{html.escape(member.real_name, quote=False)}" if member else f"@{label or target[1:]}"
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name}" if channel else f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].split('^')[0]}"
    return label or target


def read_message(workspace: Workspace, text: str, blocks: list[Json]) -> str:
    """A message as a person reads it: its blocks, or its text when it has none."""
    return read_blocks(workspace, blocks) if blocks else read_mrkdwn(workspace, text)


def read_blocks(workspace: Workspace, blocks: list[Json]) -> str:
    """Blocks as lines of text."""
    lines = [line for block in blocks for line in _READERS.get(block["type"], _nothing)(workspace, block)]
    return "\n".join(line for line in lines if line)


def _nothing(_workspace: Workspace, _block: Json) -> Iterator[str]:
    yield from ()


def _text(workspace: Workspace, value: Json | None) -> str:
    if not value:
        return ""
    return read_mrkdwn(workspace, value["text"]) if value["type"] == "mrkdwn" else str(value["text"])


def _section(workspace: Workspace, block: Json) -> Iterator[str]:
    yield _text(workspace, block.get("text"))
    for field in block.get("fields", []):
        yield _text(workspace, field)


def _context(workspace: Workspace, block: Json) -> Iterator[str]:
    yield " ".join(
        part["alt_text"] if part["type"] == "image" else _text(workspace, part) for part in block["elements"]
    )


def _table(workspace: Workspace, block: Json) -> Iterator[str]:
    yield block.get("caption", "")
    for row in block["rows"]:
        yield " | ".join(_rich(workspace, cell) for cell in row)


def _chart(_workspace: Workspace, block: Json) -> Iterator[str]:
    yield block["title"]
    chart = block["chart"]
    if chart["type"] == "pie":
        yield ", ".join(f"{part['label']} {part['value']}" for part in chart["segments"])
    for series in chart.get("series", []):
        points = ", ".join(f"{point['label']} {point['value']}" for point in series["data"])
        yield f"{series['name']}: {points}"


def _rich(workspace: Workspace, part: Json) -> str:
    if "elements" in part:
        between = "\n" if part["type"] in ("rich_text", "rich_text_list") else ""
        return between.join(_rich(workspace, inner) for inner in part["elements"])
    if part["type"] in ("user", "channel"):
        mark = f"@{part['user_id']}" if part["type"] == "user" else f"#{part['channel_id']}"
        return _mention(workspace, mark)
    if part["type"] == "emoji":
        return f":{part['name']}:"
    return next((str(part[name]) for name in _INLINE_TEXT if part.get(name)), "")


_INLINE_TEXT = ("text", "fallback", "url", "range", "value", "format", "usergroup_id", "team_id")
_READERS: dict[str, Callable[[Workspace, Json], Iterator[str]]] = {
    "section": _section,
    "header": _section,
    "context": _context,
    "input": lambda workspace, block: iter([_text(workspace, block["label"])]),
    "image": lambda _workspace, block: iter([block["alt_text"]]),
    "rich_text": lambda workspace, block: iter([_rich(workspace, block)]),
    "markdown": lambda _workspace, block: iter([block["text"]]),
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
}


@dataclass(frozen=True, slots=True)
class Pressable:
    """Something to press, under the label people and screen readers find it by. `raw`: what it chooses."""

    label: str
    block: Json
    element: Json
    raw: Any = None


def pressables(blocks: list[Json]) -> list[Pressable]:
    """Buttons, and the options of menus, in order."""
    found: list[Pressable] = []
    for block, element in each_element(blocks):
        if element["type"] == "button":
            label = element.get("accessibility_label") or element["text"]["text"]
            found.append(Pressable(label, block, element))
        elif block["type"] != "input":
            found += [
                Pressable(option["text"]["text"], block, element, _raw(element, option))
                for option in options_of(element)
            ]
    return found


def _raw(element: Json, option: Json) -> Any:
    several = element["type"].startswith("multi_") or element["type"] == "checkboxes"
    return [option["value"]] if several else option["value"]
