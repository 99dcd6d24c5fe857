"""View -> Block Kit, as plain dicts inside Slack's limits.

The limits are those of Slack's block reference; 13,200 characters a message is measured (bolt-js #2509).
The SDK's own classes are not used: they drop blocks they do not know and escape nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from handlers.shared.text import cut, size, words
from handlers.shared.types import Json
from handlers.slack.figures import Ready, Shown
from handlers.slack.figures import words as figures_in_words
from handlers.slack.inputs import input_block
from handlers.slack.text import elements, escaped, plain
from handlers.slack.words import and_more
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Divider,
    Heading,
    Input,
    Line,
    Note,
    Paragraph,
    Span,
    Table,
    Tone,
    View,
)

TEXT = 3_000
"""Characters of one block of text."""
HEADER = 150
BUTTON_TEXT = 75
BESIDE = "+"
"""Ends the id of a button whose answer is told beside its message."""
BUTTONS = 25
"""Elements of one actions block."""
FALLBACK = 12_000
"""Characters of a message's top-level text; Slack cuts at 40,000."""
_MORE = 40
"""Characters kept free for "… and N more"."""


@dataclass(frozen=True)
class Surface:
    """Where a view is shown: how many blocks, and how many characters in all."""

    blocks: int
    characters: int


MESSAGE = Surface(blocks=50, characters=13_200)
MODAL = Surface(blocks=100, characters=60_000)
HOME = MODAL


def message(view: View, figures: Shown = figures_in_words) -> Json:
    """What says `view` as a message: its blocks, and all of it as text for those who hear it.

    `figures` shows tables and charts: in words unless whoever sends it can send it again.
    """
    return {
        "text": cut(view.text, FALLBACK, escaped),
        "blocks": blocks(view, MESSAGE, figures),
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def blocks(view: View, surface: Surface, figures: Shown = figures_in_words) -> list[Json]:
    """The view's blocks, inside the surface's limits; what does not fit is cut, buttons and fields never."""
    flat = [
        part
        for block in view.blocks
        for part in (figures(block) if isinstance(block, Table | Chart) else (block,))
    ]
    kept = _few_enough(flat, surface.blocks)
    left = surface.characters - sum(_fixed(block) for block in kept)
    numbers = count()
    made: list[Json] = []
    for block in kept:
        for one, used in _made(block, min(TEXT, left), numbers):
            left -= used
            made.append(one)
    return made[: surface.blocks]


def _few_enough(all_blocks: list[Block | Ready], limit: int) -> list[Block | Ready]:
    """At most `limit` blocks: out of too many, text goes first, from the end, and a note says how much."""
    too_many = len(all_blocks) - limit
    if too_many <= 0:
        return all_blocks
    texts = [place for place, block in enumerate(all_blocks) if not isinstance(block, Buttons | Input)]
    dropped = set(texts[-(too_many + 1) :])
    kept = [block for place, block in enumerate(all_blocks) if place not in dropped]
    kept.insert(min(dropped, default=len(kept)), Note((Span(and_more(len(dropped))),)))
    return kept[:limit]


def _fixed(block: Block | Ready) -> int:
    """Characters of what is never cut to make room."""
    if isinstance(block, Ready):
        return block.size
    if isinstance(block, Buttons):
        return sum(min(size(button.label), BUTTON_TEXT) for button in block.buttons)
    if isinstance(block, Input):
        return size(block.label) + size(block.hint) + sum(size(option.label) for option in block.options)
    return 0


def _made(block: Block | Ready, room: int, numbers: Iterator[int]) -> Iterator[tuple[Json, int]]:
    """The Block Kit of one block in at most `room` characters, and how many of them it took."""
    match block:
        case Ready():
            yield block.block, 0
        case Divider():
            yield {"type": "divider"}, 0
        case Input():
            yield input_block(block), 0
        case Buttons():
            for start in range(0, len(block.buttons), BUTTONS):
                some = block.buttons[start : start + BUTTONS]
                yield {"type": "actions", "elements": [_button(one, next(numbers)) for one in some]}, 0
        case Heading() if room > 0 and block.text:
            text = plain(block.text, min(HEADER, room))
            yield {"type": "header", "text": text}, size(text["text"])
        case Note() if room > 0 and words(block.line):
            text = plain(words(block.line), room)
            yield {"type": "context", "elements": [text]}, size(text["text"])
        case Paragraph() if room > 0:
            yield from _rich(_section(block.line, room))
        case Bullets() if room > 2 * _MORE:
            yield from _rich(_list(block.items, room))
        case _:
            pass


def _rich(part: Json) -> Iterator[tuple[Json, int]]:
    if part["elements"]:
        yield {"type": "rich_text", "elements": [part]}, _length(part)


def _length(part: Json) -> int:
    own = size(part.get("text", ""))
    return own + sum(_length(child) for child in part.get("elements", ()))


def _section(line: Line, room: int) -> Json:
    return {"type": "rich_text_section", "elements": elements(line, room)}


def _list(items: tuple[Line, ...], room: int) -> Json:
    sections: list[Json] = []
    left = room - _MORE
    for place, item in enumerate(items):
        if size(words(item)) > left and sections:
            sections.append(_section((Span(and_more(len(items) - place)),), _MORE))
            break
        section = _section(item, max(left, _MORE))
        left -= _length(section)
        if section["elements"]:
            sections.append(section)
    return {"type": "rich_text_list", "style": "bullet", "elements": sections}


def _button(button: Button, number: int) -> Json:
    """One button; its number keeps two buttons of one action apart."""
    made: Json = {
        "type": "button",
        "action_id": f"{button.action}#{number}{BESIDE if button.beside else ''}",
        "text": plain(button.label, BUTTON_TEXT),
        "accessibility_label": cut(button.label, BUTTON_TEXT),
    }
    if button.value:
        made["value"] = button.value
    if button.tone is not Tone.PLAIN:
        made["style"] = button.tone.value
    return made
