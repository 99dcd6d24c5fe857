"""What people have chosen or typed in elements, as Slack's `state.values` shows it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.blockkit.walk import Json, each_element

State = dict[str, dict[str, Json]]

# element type: (key in the state, field with the initial value, value when nothing is chosen)
_HELD: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}
_TAKES: dict[str, tuple[type, str]] = {
    "rich_text_value": (dict, "a rich text"),
    "selected_date_time": (int, "seconds since 1970"),
}
_SHORT = 60
OPTION_KEYS = ("selected_option", "selected_options")


class ValueRefusedError(ValueError):
    """A value that this element cannot hold."""


def holds_value(element: Json) -> bool:
    """Whether the element keeps a value (buttons and overflow menus do not)."""
    return element["type"] in _HELD


def held(element: Json, value: Any) -> Json:
    """The state of `element` holding `value`, in Slack's shape."""
    kind = element["type"]
    state = {"type": kind, _HELD[kind][0]: value}
    if kind == "timepicker" and "timezone" in element:
        state["timezone"] = element["timezone"]
    return state


def value_of(state: Json) -> Any:
    """The value inside one element's state."""
    return state[_HELD[state["type"]][0]]


def key_of(element: Json) -> str:
    """Under which name this element's state and action carry its value."""
    return _HELD[element["type"]][0]


def initial_state(blocks: Iterable[Json], before: State | None = None) -> State:
    """The state of fresh blocks; what `before` holds for the same block, action and type is kept."""
    state: State = {}
    for block, element in each_element(blocks):
        if not holds_value(element):
            continue
        _, initial, empty = _HELD[element["type"]]
        kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
        if kept is None or kept["type"] != element["type"]:
            kept = held(element, element.get(initial, empty))
        state.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return state


def options_in(state: State) -> dict[str, Json]:
    """The options that are chosen in a state, by value: they may be chosen again."""
    held_values = [value_of(one) for actions in state.values() for one in actions.values()]
    flat = [part for value in held_values for part in (value if isinstance(value, list) else [value])]
    return {part["value"]: part for part in flat if isinstance(part, dict) and "value" in part}


def options_of(element: Json) -> list[Json]:
    """The options an element lists itself."""
    groups = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *groups]


def value_from_raw(element: Json, raw: Any, known: Mapping[str, Json]) -> Any:
    """What the element holds after a person chose `raw`: option values become options.

    `known` adds options to the element's own, by value. Raises ValueRefusedError for what it does not offer.
    """
    key, _, empty = _HELD[element["type"]]
    if raw is None:
        return empty
    if key not in OPTION_KEYS:
        return _scalar(element, raw, several=isinstance(empty, list))
    offered = {**known, **{option["value"]: option for option in options_of(element)}}
    wanted = raw if isinstance(raw, list) else [raw]
    missing = [one for one in wanted if not isinstance(one, str) or one not in offered]
    if missing:
        raise ValueRefusedError(f"{str(missing[0])[:_SHORT]!r} is not among the options")
    chosen = [offered[one] for one in wanted]
    if isinstance(empty, list):
        return chosen
    return chosen[0] if chosen else None


def _scalar(element: Json, raw: Any, *, several: bool) -> Any:
    if several:
        listed = raw if isinstance(raw, list) else [raw]
        if not all(isinstance(one, str) for one in listed):
            raise ValueRefusedError("takes a list of ids")
        return listed
    kind, what = _TAKES.get(key_of(element), (str, "text"))
    if key_of(element) == "value" and isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = str(raw)  # what is typed is text, also where a script gives a number
    if not isinstance(raw, kind) or isinstance(raw, bool):
        raise ValueRefusedError(f"takes {what}, nothing else")
    return raw or None
