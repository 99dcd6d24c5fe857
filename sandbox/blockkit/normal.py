"""Blocks as Slack keeps them: ids filled in, texts with their flags."""

from typing import Any

from sandbox.blockkit.walk import Json
from sandbox.draw import Draw

_ACTED_ON = ("actions", "section", "input")
_PASSIVE = ("image", "mrkdwn", "plain_text")


def normal_blocks(blocks: list[Json], draw: Draw) -> list[Json]:
    """A copy of sound blocks with every block_id and action_id present, as Slack's answers show them."""
    return [_named(_copied(block), draw) for block in blocks]


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(part) for part in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _copied(part) for name, part in value.items()}
    if copy.get("type") == "plain_text" and isinstance(copy.get("text"), str):
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn" and isinstance(copy.get("text"), str):
        copy.setdefault("verbatim", False)
    return copy


def _named(block: Json, draw: Draw) -> Json:
    block.setdefault("block_id", draw.token(5))
    if block["type"] in _ACTED_ON:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if element and element["type"] not in _PASSIVE:
                element.setdefault("action_id", draw.token(5))
    return block
