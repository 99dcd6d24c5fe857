"""Block elements: buttons, menus, pickers and inputs, each with its table."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sandbox.blockkit.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ID,
    LINK_OPTION,
    OPTION_GROUP,
    OPTIONS,
    PLAIN_OPTION,
    SLACK_FILE,
    TEXT_OPTION,
    URL,
    one_image,
    plain,
)
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.spec import Flag, ListOf, Number, Obj, Problem, Rule, Spec, Str, typed
from sandbox.zones import ZONES

INPUT_LENGTH = 3000
_DECIMAL = r"-?\d+(\.\d+)?"
_ACTION: dict[str, Spec] = {"action_id": ID}
_CONFIRMED: dict[str, Spec] = {**_ACTION, "confirm": CONFIRM}
_FOCUS: dict[str, Spec] = {"focus_on_load": Flag()}
_HINTED: dict[str, Spec] = {**_FOCUS, "placeholder": plain(150)}
_MENU: dict[str, Spec] = {**_CONFIRMED, **_HINTED}
_TYPED: dict[str, Spec] = {**_ACTION, **_HINTED, "dispatch_action_config": DISPATCH}
_SEVERAL: dict[str, Spec] = {"max_selected_items": Number(least=1)}


def _one_source(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if ("options" in value) == ("option_groups" in value):
        yield Problem("must provide exactly one of: options, option_groups", at)


def _offered(value: dict[str, Any]) -> list[Any]:
    groups = value.get("option_groups", [])
    return [*value.get("options", []), *(option for group in groups for option in group["options"])]


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["value"] == other["value"] and one["text"]["text"] == other["text"]["text"])


def _initial_among_options(value: dict[str, Any], at: str) -> Iterator[Problem]:
    for name in ("initial_option", "initial_options"):
        chosen = value.get(name, [])
        for option in chosen if isinstance(chosen, list) else [chosen]:
            if not any(_same(option, offered) for offered in _offered(value)):
                yield Problem("must exactly match one of the provided options", f"{at}/{name}")


def _lengths_in_order(value: dict[str, Any], at: str) -> Iterator[Problem]:
    least, most = value.get("min_length", 0), value.get("max_length", INPUT_LENGTH)
    if least > most:
        yield Problem("min_length must be less than or equal to max_length", at)
    if len(value.get("initial_value", "")) > most:
        yield Problem(f"must be less than {most + 1} characters", f"{at}/initial_value")


def _bounds_in_order(value: dict[str, Any], at: str) -> Iterator[Problem]:
    low, high = value.get("min_value"), value.get("max_value")
    if low is not None and high is not None and float(low) > float(high):
        yield Problem("min_value must be less than or equal to max_value", at)


def _real_date(value: dict[str, Any], at: str) -> Iterator[Problem]:
    try:
        date.fromisoformat(value.get("initial_date", "2000-01-01"))
    except ValueError:
        yield Problem("must be a real date", f"{at}/initial_date")


def _real_zone(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if "timezone" in value and value["timezone"] not in ZONES:
        yield Problem("must be an IANA time zone", f"{at}/timezone")


def _chosen(name: str, *, several: bool = False) -> dict[str, Spec]:
    return {name: ListOf(Str(least=1)) if several else Str(least=1)}


def _options(item: Obj, most: int) -> dict[str, Spec]:
    return {"options": ListOf(item, most, least=1)}


_SOURCES: dict[str, Spec] = {
    "options": ListOf(PLAIN_OPTION, OPTIONS, least=1),
    "option_groups": ListOf(OPTION_GROUP, 100, least=1),
}
_CURRENT: dict[str, Spec] = {"default_to_current_conversation": Flag(), "filter": CONVERSATION_FILTER}
_RESPONSE: dict[str, Spec] = {"response_url_enabled": Flag()}
_QUERY: dict[str, Spec] = {"min_query_length": Number(least=0)}

# type: (required fields, optional fields, rules)
_TABLES: dict[str, tuple[dict[str, Spec], dict[str, Spec], tuple[Rule, ...]]] = {
    "button": (
        {"text": plain(75)},
        {
            **_CONFIRMED,
            "value": Str(2000),
            "url": URL,
            "style": Str(one_of=("primary", "danger")),
            "accessibility_label": Str(75),
        },
        (),
    ),
    "overflow": (_options(LINK_OPTION, 5), _CONFIRMED, ()),
    "checkboxes": (
        _options(TEXT_OPTION, 10),
        {**_CONFIRMED, **_FOCUS, "initial_options": ListOf(TEXT_OPTION, 10, least=1)},
        (_initial_among_options,),
    ),
    "radio_buttons": (
        _options(TEXT_OPTION, 10),
        {**_CONFIRMED, **_FOCUS, "initial_option": TEXT_OPTION},
        (_initial_among_options,),
    ),
    "static_select": (
        {},
        {**_MENU, **_SOURCES, "initial_option": PLAIN_OPTION},
        (_one_source, _initial_among_options),
    ),
    "multi_static_select": (
        {},
        {**_MENU, **_SOURCES, **_SEVERAL, "initial_options": ListOf(PLAIN_OPTION, OPTIONS, least=1)},
        (_one_source, _initial_among_options),
    ),
    "external_select": ({}, {**_MENU, **_QUERY, "initial_option": PLAIN_OPTION}, ()),
    "multi_external_select": (
        {},
        {**_MENU, **_QUERY, **_SEVERAL, "initial_options": ListOf(PLAIN_OPTION, OPTIONS, least=1)},
        (),
    ),
    "users_select": ({}, {**_MENU, **_chosen("initial_user")}, ()),
    "multi_users_select": ({}, {**_MENU, **_SEVERAL, **_chosen("initial_users", several=True)}, ()),
    "conversations_select": (
        {},
        {**_MENU, **_CURRENT, **_RESPONSE, **_chosen("initial_conversation")},
        (),
    ),
    "multi_conversations_select": (
        {},
        {**_MENU, **_CURRENT, **_SEVERAL, **_chosen("initial_conversations", several=True)},
        (),
    ),
    "channels_select": ({}, {**_MENU, **_RESPONSE, **_chosen("initial_channel")}, ()),
    "multi_channels_select": ({}, {**_MENU, **_SEVERAL, **_chosen("initial_channels", several=True)}, ()),
    "datepicker": ({}, {**_MENU, "initial_date": Str(pattern=r"\d{4}-\d{2}-\d{2}")}, (_real_date,)),
    "timepicker": (
        {},
        {**_MENU, "initial_time": Str(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Str()},
        (_real_zone,),
    ),
    "datetimepicker": (
        {},
        {**_CONFIRMED, **_FOCUS, "initial_date_time": Number(least=10**9, most=10**10 - 1)},
        (),
    ),
    "plain_text_input": (
        {},
        {
            **_TYPED,
            "initial_value": Str(INPUT_LENGTH),
            "multiline": Flag(),
            "min_length": Number(least=0, most=INPUT_LENGTH),
            "max_length": Number(least=1, most=INPUT_LENGTH),
        },
        (_lengths_in_order,),
    ),
    "number_input": (
        {"is_decimal_allowed": Flag()},
        {
            **_TYPED,
            "initial_value": Str(pattern=_DECIMAL),
            "min_value": Str(pattern=_DECIMAL),
            "max_value": Str(pattern=_DECIMAL),
        },
        (_bounds_in_order,),
    ),
    "email_text_input": ({}, {**_TYPED, "initial_value": Str()}, ()),
    "url_text_input": ({}, {**_TYPED, "initial_value": Str()}, ()),
    "rich_text_input": (
        {},
        {
            **_TYPED,
            "initial_value": RICH_TEXT,
            "min_lines": Number(least=1, most=100),
            "max_lines": Number(least=1, most=100),
        },
        (),
    ),
    "image": (
        {"alt_text": Str(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE},
        (one_image,),
    ),
}

ELEMENTS: dict[str, Obj] = {
    name: typed(name, need, may, *rules) for name, (need, may, rules) in _TABLES.items()
}

SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
)
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
_CHOOSERS = ("checkboxes", "datepicker", "radio_buttons", "timepicker", *SELECTS, *MULTI_SELECTS)


def _some(*names: str) -> dict[str, Spec]:
    return {name: ELEMENTS[name] for name in names}


IN_SECTION = _some("button", "overflow", "image", *_CHOOSERS)
IN_ACTIONS = _some("button", "overflow", "datetimepicker", "rich_text_input", *_CHOOSERS)
IN_INPUT = _some(
    "datetimepicker",
    "email_text_input",
    "number_input",
    "plain_text_input",
    "rich_text_input",
    "url_text_input",
    *_CHOOSERS,
)
