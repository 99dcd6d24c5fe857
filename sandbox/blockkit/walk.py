"""Walks through blocks: their interactive elements, and every text in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.blockkit.spec import size

Json = dict[str, Any]


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of one block, in order."""
    if block.get("type") in ("actions", "context"):
        yield from block.get("elements", [])
    elif block.get("type") == "section" and "accessory" in block:
        yield block["accessory"]
    elif block.get("type") == "input":
        yield block["element"]


def each_element(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that can be acted on, with its block."""
    for block in blocks:
        for element in elements_of(block):
            if "action_id" in element:
                yield block, element


def find_element(blocks: Iterable[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The block and element of these ids."""
    for block, element in each_element(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    return None


def text_length(value: Any) -> int:
    """The characters of all texts in a piece of Block Kit, which Slack sums up."""
    if isinstance(value, list):
        return sum(text_length(part) for part in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (size(own) if isinstance(own, str) else 0) + sum(text_length(part) for part in value.values())
