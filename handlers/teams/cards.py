"""View -> Adaptive Card 1.5, as plain dicts inside Teams' limits.

What people typed stands in elements that read no Markdown, or is escaped where an element reads it.
Buttons are Action.Execute: the answer takes the card's place. Whatever they carry is a hint to look up.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.mentoring.ids import Address, local_id
from handlers.shared.text import cut, size
from handlers.shared.types import Json
from handlers.teams import figures
from handlers.teams.inputs import input_element
from handlers.teams.text import escaped, inert, runs
from handlers.teams.words import and_more, word
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Divider,
    Heading,
    Input,
    InputKind,
    Line,
    Note,
    Paragraph,
    Reader,
    Span,
    Table,
    Tone,
    View,
)

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
BUDGET = 25_000
"""Bytes of a card as UTF-8; Teams takes 100 kB of a message as UTF-16 (TEAMS.md §3)."""
TEXT = 3_000
FALLBACK = 3_000
BUTTON_TEXT = 75
BUTTONS = 6
"""Actions that Teams shows in one row; what is beyond would hide in a menu."""
DO, VALUE, FORM, PAGE, MARK = "do", "value", "form", "page", "sent"
"""What a button carries: which button, its value, the sealed form, that it stands on a page, its message."""
PERSON = "graph.microsoft.com/user"
"""What Teams calls the element that shows somebody; it needs no permission of ours."""
SUBMIT = "form:send"
"""What DO holds on the button that sends a form; no button is called so."""
_STYLES = {Tone.PRIMARY: "positive", Tone.DANGER: "destructive"}


@dataclass(frozen=True)
class Carried:
    """What the buttons of a card carry beside their own names.

    `mark` is the message of the outbox that it came with, `sealed` the form that it shows; `page`: it is
    somebody's own page, which stays when a button of it is pressed.
    """

    mark: str = ""
    sealed: str = ""
    page: bool = False


@dataclass(frozen=True)
class _Part:
    """Elements that stay or go together; those that are `kept` never go."""

    elements: tuple[Json, ...]
    kept: bool = False


def card(view: View, reader: Reader, carried: Carried | None = None) -> Json:
    """What says `view` as a card; what does not fit goes, from its end; buttons and fields never do."""
    parts = list(_parts(view, reader, carried or Carried()))
    gone, where = 0, 0
    while True:
        note = [_Part(_text((Span(and_more(gone, reader.locale)),), isSubtle=True))] if gone else []
        made = _card(view, reader, [*parts[:where], *note, *parts[where:]])
        droppable = [place for place, part in enumerate(parts) if not part.kept]
        if not droppable or len(json.dumps(made, ensure_ascii=False).encode()) <= BUDGET:
            return made
        gone, where = gone + 1, droppable[-1]
        del parts[where]


def with_person(made: Json, who: Address, name: str) -> Json:
    """A card with somebody's picture below its first line; pressed, Teams offers to write to them.

    A client that cannot show it leaves it out.
    """
    shown = {"id": local_id(who), "displayName": inert(name)}
    picture = {"type": "Component", "name": PERSON, "properties": shown, "fallback": "drop"}
    first, *others = made["body"]
    return {**made, "body": [first, picture, *others]}


def _card(view: View, reader: Reader, parts: Iterable[_Part]) -> Json:
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": reader.locale,
        "fallbackText": cut(view.text, FALLBACK, escaped),
        "body": [element for part in parts for element in part.elements],
        **(
            {"msteams": {"width": "Full"}}
            if any(isinstance(one, Table | Chart) for one in view.blocks)
            else {}
        ),
    }


def _parts(view: View, reader: Reader, carried: Carried) -> Iterator[_Part]:
    """The view's blocks in their order, a form between its title and the button that sends it."""
    apart = False
    if view.form is not None:
        yield _Part((_heading(view.form.title),), kept=True)
    for block in view.blocks:
        if isinstance(block, Divider):
            apart = True
            continue
        elements = tuple(_elements(block, reader, carried, in_form=view.form is not None))
        if elements:
            first = {**elements[0], "separator": True} if apart else elements[0]
            yield _Part((first, *elements[1:]), kept=isinstance(block, Buttons | Input))
            apart = False
    if view.form is not None:
        yield _Part(tuple(_rows([_submit(view.form.submit, view.form.name, carried)])), kept=True)


def _elements(block: Block, reader: Reader, carried: Carried, *, in_form: bool) -> Iterator[Json]:
    match block:
        case Heading() if block.text:
            yield _heading(block.text)
        case Paragraph():
            yield from _text(block.line)
        case Note():
            yield from _text(block.line, isSubtle=True, size="Small")
        case Bullets():
            yield from _list(block.items, reader)
        case Table():
            yield from figures.table(block)
        case Chart():
            yield figures.chart(block)
        case Input():
            yield input_element(block, word("required", reader.locale))
            for row in _text((Span(_hint(block, reader)),), isSubtle=True, size="Small"):
                yield {**row, "spacing": "Small"}
        case Buttons():
            yield from _rows([_button(one, carried, in_form=in_form) for one in block.buttons])
        case _:
            pass


def _hint(field: Input, reader: Reader) -> str:
    """What to know of a field, and how several topics are typed."""
    several = word("commas", reader.locale) if field.kind is InputKind.SUGGEST_MANY else ""
    return " ".join(filter(None, (field.hint, several)))


def _heading(text: str) -> Json:
    looks = {"style": "heading", "size": "Large", "weight": "Bolder", "wrap": True}
    return {"type": "TextBlock", "text": escaped(text), **looks}


def _text(line: Line, **looks: object) -> tuple[Json, ...]:
    """A line's rows, the later ones close under the first."""
    rows = runs(line, TEXT, **looks)
    close = ({}, *({"spacing": "None"} for _ in rows[1:]))
    return tuple(
        {"type": "RichTextBlock", "inlines": row, **near} for row, near in zip(rows, close, strict=False)
    )


def _list(items: tuple[Line, ...], reader: Reader) -> Iterator[Json]:
    """A list: each item begins with a bullet, since rich text knows no lists."""
    left = TEXT
    for place, item in enumerate(items):
        if left <= 0:
            yield from _text((Span(and_more(len(items) - place, reader.locale)),))
            return
        left -= sum(size(span.text) for span in item)
        for row in _text((Span("• "), *item)):
            yield {**row, "spacing": "Small"}


def _rows(actions: list[Json]) -> Iterator[Json]:
    for start in range(0, len(actions), BUTTONS):
        yield {"type": "ActionSet", "actions": actions[start : start + BUTTONS]}


def _button(button: Button, carried: Carried, *, in_form: bool) -> Json:
    """One button; beside a form's fields it takes none of them along.

    One whose answer is told beside its message leaves the card as it is, as all do on a page.
    """
    kept = {PAGE: True} if button.beside else {}
    data: Json = {
        DO: button.action,
        **({VALUE: button.value} if button.value else {}),
        **_carried_by(carried),
        **kept,
    }
    style = {"style": _STYLES[button.tone]} if button.tone in _STYLES else {}
    alone = {"associatedInputs": "none"} if in_form else {}
    title = inert(cut(button.label, BUTTON_TEXT))
    return {"type": "Action.Execute", "title": title, "verb": button.action, "data": data, **style, **alone}


def _submit(label: str, form: str, carried: Carried) -> Json:
    data = {DO: SUBMIT, FORM: carried.sealed, **_carried_by(carried)}
    title = inert(cut(label, BUTTON_TEXT))
    return {"type": "Action.Execute", "title": title, "verb": form, "data": data, "style": "positive"}


def _carried_by(carried: Carried) -> Json:
    return {**({MARK: carried.mark} if carried.mark else {}), **({PAGE: True} if carried.page else {})}
