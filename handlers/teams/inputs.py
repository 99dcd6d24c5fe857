"""Fields of a form in a card: Input -> an input element, and what was filled in -> values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from bot.mentoring.ids import Address, local_id
from handlers.shared.text import cut
from handlers.shared.types import Json
from handlers.teams.ids import PLATFORM, channel, person
from handlers.teams.text import inert
from prompts.view import Input, InputKind, Option

TYPED = 3_000
OPTIONS = 100
LONGEST_CHOICE, LONGEST_MOMENT = 200, 10
"""Characters of what a list or a calendar may open with; nothing of ours is longer."""
PEOPLE = "graph.microsoft.com/users"
"""Teams' own list of the company's people; it needs no permission of ours."""
TOPICS = "topics"
"""The list of topics, to which everybody may add."""
_UNITS = 4
"""Teams counts UTF-16 units and we count graphemes; the exact limit is looked at when the form is sent."""
_BETWEEN_TOPICS = re.compile(r"[,;\n]")
_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def input_element(field: Input, required: str) -> Json:
    """The element of a field; its id is the field's key, `required` says that it must not be empty."""
    made: Json = {"id": field.key, "label": inert(field.label), **_ELEMENTS[field.kind](field)}
    if field.required and field.kind is not InputKind.CHECKS:
        made |= {"isRequired": True, "errorMessage": required}
    return made


def _typed(field: Input, *, multiline: bool) -> Json:
    most = min(TYPED, field.limit * _UNITS) if field.limit else TYPED
    initial = {"value": cut(field.initial[0], most)} if field.initial and field.initial[0] else {}
    return {
        "type": "Input.Text",
        "maxLength": most,
        **({"isMultiline": True} if multiline else {}),
        **initial,
    }


def _topics(field: Input) -> Json:
    """Topics are typed, several with commas: to a list of choices nobody could add one."""
    named = {"value": cut(", ".join(field.initial), TYPED)} if field.initial else {}
    return {"type": "Input.Text", "maxLength": TYPED, **named}


def _suggest(field: Input) -> Json:
    return _topics(field) if field.source == TOPICS else _found(field, field.source)


def _moment(kind: str, field: Input) -> Json:
    initial = [value for value in field.initial[:1] if len(value) <= LONGEST_MOMENT]
    return {"type": kind, **({"value": initial[0]} if initial else {})}


def _offered(field: Input, *, style: str, several: bool = False) -> Json:
    choices = [_choice(one) for one in field.options if one.value and one.label][:OPTIONS]
    return _chosen(field, {"type": "Input.ChoiceSet", "style": style, "choices": choices}, several=several)


def _found(field: Input, dataset: str, *, several: bool = False) -> Json:
    """A list that is searched; what is chosen already stands in it with its words."""
    labels = (*field.initial_labels, *field.initial)
    pairs = zip(field.initial, labels, strict=False)
    known = [Option(_local(value), label) for value, label in pairs if len(value) <= LONGEST_CHOICE]
    made: Json = {
        "type": "Input.ChoiceSet",
        "style": "filtered",
        "choices": [_choice(one) for one in known if one.value],
        "choices.data": {"type": "Data.Query", "dataset": dataset},
    }
    return _chosen(field, made, several=several)


def _chosen(field: Input, made: Json, *, several: bool) -> Json:
    initial = [_packed(_local(value)) for value in field.initial if 0 < len(value) <= LONGEST_CHOICE]
    kept = initial if several else initial[:1]
    value = {"value": ",".join(kept)} if kept else {}
    return {**made, "wrap": True, **({"isMultiSelect": True} if several else {}), **value}


def _choice(one: Option) -> Json:
    return {"title": inert(one.label), "value": _packed(one.value)}


def _packed(value: str) -> str:
    """A choice's value without commas, which stand between the choices of a list."""
    return value.replace("%", "%25").replace(",", "%2C")


def _local(value: str) -> str:
    return local_id(Address(value)) if value.startswith(f"{PLATFORM}:") else value


_ELEMENTS: dict[InputKind, Callable[[Input], Json]] = {
    InputKind.TEXT: lambda field: _typed(field, multiline=False),
    InputKind.LONG_TEXT: lambda field: _typed(field, multiline=True),
    InputKind.CHOICE: lambda field: _offered(field, style="compact"),
    InputKind.CHOICES: lambda field: _offered(field, style="compact", several=True),
    InputKind.CHECKS: lambda field: _offered(field, style="expanded", several=True),
    InputKind.SUGGEST: _suggest,
    InputKind.SUGGEST_MANY: _topics,
    InputKind.TIME: lambda field: _moment("Input.Time", field),
    InputKind.DATE: lambda field: _moment("Input.Date", field),
    InputKind.PERSON: lambda field: _found(field, PEOPLE),
    InputKind.PEOPLE: lambda field: _found(field, PEOPLE, several=True),
    InputKind.CHANNEL: lambda field: _offered(field, style="compact"),
}


def filled_in(
    fields: tuple[Input, ...], data: Mapping[str, object], tenant: str
) -> dict[str, tuple[str, ...]]:
    """What a sent card holds of a form's own fields: key -> values; people and channels as addresses.

    Whatever else it holds is none of the form's, and is left out.
    """
    return {
        one.key: _values(one, held, tenant) for one in fields if isinstance(held := data.get(one.key), str)
    }


def _values(field: Input, held: str, tenant: str) -> tuple[str, ...]:
    match field.kind:
        case InputKind.TEXT | InputKind.LONG_TEXT | InputKind.DATE:
            found = [held]
        case InputKind.TIME:
            found = [held[:5] if _HOURS.fullmatch(held[:5]) else held]
        case InputKind.SUGGEST if field.source == TOPICS:
            found = [held.strip()]
        case InputKind.SUGGEST_MANY:
            found = [part.strip() for part in _BETWEEN_TOPICS.split(held)]
        case InputKind.PERSON | InputKind.PEOPLE:
            found = [str(person(tenant, part.strip()) or "") for part in held.split(",")]
        case InputKind.CHANNEL:
            found = [str(channel(tenant, f"19:{held}") or "")]
        case InputKind.CHOICE | InputKind.SUGGEST:
            found = [unquote(held)]
        case InputKind.CHOICES | InputKind.CHECKS:
            found = [unquote(part) for part in held.split(",")]
    return tuple(part for part in found if part)


def with_values(field: Input, values: Mapping[str, tuple[str, ...]]) -> Input:
    """The field as somebody filled it in."""
    return replace(field, initial=values.get(field.key, ()), initial_labels=())
