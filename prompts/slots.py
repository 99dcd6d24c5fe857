"""The places that a template leaves for values, so that no value is ever read as markup."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from prompts.view import Line, Span

FIRST, LAST = "\ue000", "\ue001"
"""Private-use characters around the number of a place. Only templates are searched for them, never values."""
_PLACE = re.compile(f"{FIRST}([0-9]+){LAST}")
_FROM_RIGHT = frozenset({"R", "AL"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"

Value = str | Span


@dataclass
class Slots:
    """The values of one rendering, in the order in which the template met them."""

    values: list[Value] = field(default_factory=list)

    def keep(self, value: Value) -> Markup:
        """Keep a value; its place, to stand in the Markdown instead of it."""
        self.values.append(value)
        return Markup(f"{FIRST}{len(self.values) - 1}{LAST}")  # noqa: S704 - holds our own number only

    def raw(self, marked: str) -> str:
        """The text with every value in its place as it is: for identifiers and button labels."""
        return _PLACE.sub(lambda place: _text(self.values[int(place[1])]), marked)

    def text(self, marked: str) -> str:
        """The text to be read, with values isolated where they run from right to left."""
        return _PLACE.sub(lambda place: isolated(_text(self.values[int(place[1])])), marked)

    def line(self, marked: Line) -> Line:
        """The line with a span of its own for each value, in the style of its surroundings."""
        return tuple(span for part in marked for span in self._spans(part))

    def _spans(self, marked: Span) -> Iterator[Span]:
        if FIRST not in marked.text:
            yield marked
            return
        for position, piece in enumerate(_PLACE.split(marked.text)):
            if position % 2:
                yield _styled(self.values[int(piece)], marked)
            elif piece:
                yield Span(piece, marked.bold, marked.italic, link=marked.link)


def isolated(text: str) -> str:
    """The text kept from reordering its line: between U+2068 and U+2069 where it runs from right to left."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _FROM_RIGHT for letter in text):
        return text
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def _text(value: Value) -> str:
    return value if isinstance(value, str) else value.text


def _styled(value: Value, around: Span) -> Span:
    # Written out: dataclasses.replace takes ten times as long, and a view has dozens of spans.
    if isinstance(value, str):
        return Span(isolated(value), around.bold, around.italic, link=around.link)
    who, where, named = value.person, value.room, value.named
    return Span(isolated(value.text), around.bold, around.italic, who, where, value.link, named)
