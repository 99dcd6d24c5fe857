"""Fields of a form: Input -> Block Kit's input block, and what was filled in -> values."""

from collections.abc import Callable

from bot.mentoring.ids import Address, address, local_id
from handlers.shared.text import cut, size
from handlers.shared.types import Json
from handlers.slack.text import plain
from prompts.view import Input, InputKind, Option

ELEMENT = "input"
SUGGEST = "suggest:"
"""What the action ids of typeahead fields begin with; the name of the list follows."""
LABEL = 2_000
TYPED = 3_000
OPTIONS = 100
CHECKS = 10
OPTION_TEXT = 75
OPTION_VALUE = 150
_UNITS = 4
"""Slack counts UTF-16 units and we count graphemes; the exact limit is looked at when the form is sent."""


def input_block(field: Input) -> Json:
    """The input block of a field; its block_id is the field's key."""
    action_id = f"{SUGGEST}{field.source}" if field.source else ELEMENT
    made: Json = {
        "type": "input",
        "block_id": field.key,
        "label": plain(field.label, LABEL),
        "element": {"action_id": action_id, **_ELEMENTS[field.kind](field)},
        "optional": not field.required,
    }
    if field.hint:
        made["hint"] = plain(field.hint, LABEL)
    return made


def option(one: Option) -> Json:
    """An option of a select."""
    return {"text": plain(one.label, OPTION_TEXT), "value": one.value}


def options(some: tuple[Option, ...], most: int = OPTIONS) -> list[Json]:
    """Options of a select, as many as Slack takes; one whose value is too long cannot be offered."""
    return [option(one) for one in some if one.value and one.label and size(one.value) <= OPTION_VALUE][:most]


def _typed(field: Input, *, multiline: bool) -> Json:
    most = min(TYPED, field.limit * _UNITS) if field.limit else TYPED
    made: Json = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
    if field.initial and field.initial[0]:
        made["initial_value"] = cut(field.initial[0], most)
    return made


def _one(kind: str, offered: list[Json], chosen: list[Json]) -> Json:
    made: Json = {"type": kind, **({"options": offered} if offered else {})}
    return {**made, "initial_option": chosen[0]} if chosen else made


def _several(kind: str, offered: list[Json], chosen: list[Json]) -> Json:
    made: Json = {"type": kind, **({"options": offered} if offered else {})}
    return {**made, "initial_options": chosen} if chosen else made


def _most(field: Input) -> Json:
    return {"max_selected_items": field.limit} if field.limit else {}


def _choice(field: Input) -> Json:
    return _one("static_select", *_offered_and_chosen(field, OPTIONS))


def _choices(field: Input) -> Json:
    return {**_several("multi_static_select", *_offered_and_chosen(field, OPTIONS)), **_most(field)}


def _checks(field: Input) -> Json:
    return _several("checkboxes", *_offered_and_chosen(field, CHECKS))


def _offered_and_chosen(field: Input, most: int) -> tuple[list[Json], list[Json]]:
    offered = options(field.options, most)
    return offered, [one for one in offered if one["value"] in field.initial]


def _remembered(field: Input) -> list[Json]:
    """What a typeahead field opens with, in the words it had."""
    labels = field.initial_labels or field.initial
    return options(tuple(Option(value, label) for value, label in zip(field.initial, labels, strict=True)))


def _suggest(field: Input) -> Json:
    return {**_one("external_select", [], _remembered(field)), "min_query_length": 1}


def _suggest_many(field: Input) -> Json:
    made = _several("multi_external_select", [], _remembered(field))
    return {**made, "min_query_length": 1, **_most(field)}


def _time(field: Input) -> Json:
    return {"type": "timepicker", **({"initial_time": field.initial[0]} if field.initial else {})}


def _date(field: Input) -> Json:
    return {"type": "datepicker", **({"initial_date": field.initial[0]} if field.initial else {})}


def _local_ids(field: Input) -> list[str]:
    return [local_id(Address(one)) for one in field.initial]


def _person(field: Input) -> Json:
    chosen = _local_ids(field)
    return {"type": "users_select", **({"initial_user": chosen[0]} if chosen else {})}


def _people(field: Input) -> Json:
    chosen = _local_ids(field)
    return {"type": "multi_users_select", **({"initial_users": chosen} if chosen else {}), **_most(field)}


def _channel(field: Input) -> Json:
    chosen = _local_ids(field)
    return {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
        **({"initial_conversation": chosen[0]} if chosen else {}),
    }


_ELEMENTS: dict[InputKind, Callable[[Input], Json]] = {
    InputKind.TEXT: lambda field: _typed(field, multiline=False),
    InputKind.LONG_TEXT: lambda field: _typed(field, multiline=True),
    InputKind.CHOICE: _choice,
    InputKind.CHOICES: _choices,
    InputKind.CHECKS: _checks,
    InputKind.SUGGEST: _suggest,
    InputKind.SUGGEST_MANY: _suggest_many,
    InputKind.TIME: _time,
    InputKind.DATE: _date,
    InputKind.PERSON: _person,
    InputKind.PEOPLE: _people,
    InputKind.CHANNEL: _channel,
}


def filled_in(view: Json, team: str) -> dict[str, tuple[str, ...]]:
    """What a submitted view holds: field key -> values; people and channels as addresses in `team`."""
    return {
        key: tuple(value for element in held.values() for value in _values(element, team))
        for key, held in _state(view).items()
    }


def named_in(view: Json, team: str) -> tuple[tuple[Address, ...], dict[str, Address]]:
    """(everybody chosen in fields for several people, the channels chosen by their field's key)."""
    people: list[str] = []
    channels: dict[str, Address] = {}
    for key, held in _state(view).items():
        for element in held.values():
            if element.get("type") == "multi_users_select":
                people += _values(element, team)
            if element.get("type") == "conversations_select":
                channels.update((key, Address(value)) for value in _values(element, team))
    return tuple(map(Address, people)), channels


def _state(view: Json) -> dict[str, dict[str, Json]]:
    state: dict[str, dict[str, Json]] = (view.get("state") or {}).get("values") or {}
    return state


_HELD: dict[str, str] = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "timepicker": "selected_time",
    "datepicker": "selected_date",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
}
_ADDRESSES = frozenset({"selected_user", "selected_users", "selected_conversation"})


def _values(element: Json, team: str) -> list[str]:
    """The values one element holds, none where it is empty or of a kind that no form of ours has."""
    key = _HELD.get(element.get("type", ""), "")
    held = element.get(key)
    several = held if isinstance(held, list) else [held]
    plain_values = [one.get("value") if isinstance(one, dict) else one for one in several]
    values = [one for one in plain_values if isinstance(one, str) and one]
    return [address("slack", team, one) for one in values] if key in _ADDRESSES else values
