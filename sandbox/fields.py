"""Forms by their labels: what can be filled in, and what words and ids mean for each field."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.actions import chosen_value, suggestions
from sandbox.blockkit.walk import Json, each_element
from sandbox.members import Member
from sandbox.slack import Slack, WrongUseError, short
from sandbox.values import held, holds_value, options_of, value_of
from sandbox.views import View

KINDS = {
    "plain_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "rich_text_input": "rich text",
    "static_select": "select",
    "external_select": "typeahead",
    "multi_static_select": "multi select",
    "multi_external_select": "multi typeahead",
    "users_select": "person",
    "multi_users_select": "people",
    "conversations_select": "conversation",
    "multi_conversations_select": "conversations",
    "channels_select": "channel",
    "multi_channels_select": "channels",
    "checkboxes": "checkboxes",
    "radio_buttons": "radio",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "date and time",
}
_SEPARATORS = re.compile(r"[;,]")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form under its label."""

    label: str
    block: Json
    element: Json

    @property
    def kind(self) -> str:
        """What sort of value it takes."""
        return KINDS[self.element["type"]]


def fields_of(view: View) -> dict[str, Field]:
    """The form's fields by label; a second one of the same label gets ` (2)`."""
    found: dict[str, Field] = {}
    for block, element in each_element(view.blocks):
        if not holds_value(element):
            continue
        label = wanted = _label(block, element)
        number = 1
        while label in found:
            number += 1
            label = f"{wanted} ({number})"
        found[label] = Field(label, block, element)
    return found


def _label(block: Json, element: Json) -> str:
    if block["type"] == "input":
        return str(block["label"]["text"])
    text = block.get("text") or element.get("placeholder") or {"text": element["action_id"]}
    return str(text["text"])


def shown_value(field: Field, view: View) -> Any:
    """The value a field holds now, options by their labels."""
    value = value_of(view.state[field.block["block_id"]][field.element["action_id"]])
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return _shown(value)


def _shown(value: Any) -> Any:
    return value["text"]["text"] if isinstance(value, dict) and "text" in value else value


async def fill_in(
    slack: Slack, person: Member, view: View, values: dict[str, Any]
) -> list[tuple[Field, Any]]:
    """Put values into fields by label; the fields that tell the app at once, each with its raw value.

    Raises WrongUseError for an unknown label or a value not offered.
    """
    telling: list[tuple[Field, Any]] = []
    fields = fields_of(view)
    unknown = [label for label in values if label not in fields]
    if unknown:
        raise WrongUseError(f"no field {short(unknown[0])}; the fields are: {', '.join(fields)}")
    for label, value in values.items():
        field = fields[label]
        raw = await _raw(slack, person, view, field, value)
        chosen = chosen_value(view, field.element, raw)
        view.state[field.block["block_id"]][field.element["action_id"]] = held(field.element, chosen)
        if field.block.get("dispatch_action"):
            telling.append((field, raw))
    return telling


async def _raw(slack: Slack, person: Member, view: View, field: Field, value: Any) -> Any:
    kind = field.element["type"]
    if value is None:
        return None
    if kind == "checkboxes" and isinstance(value, bool):
        return [option["value"] for option in options_of(field.element)] if value else []
    if kind.startswith("multi_") or kind == "checkboxes":
        return [await _one(slack, person, view, field, one) for one in _several(value)]
    if value == "":
        return None
    return await _one(slack, person, view, field, value)


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    return value if isinstance(value, list) else [value]


async def _one(slack: Slack, person: Member, view: View, field: Field, value: Any) -> Any:
    kind = field.element["type"].removeprefix("multi_")
    if kind != "rich_text_input" and (isinstance(value, bool) or not isinstance(value, str | int | float)):
        raise WrongUseError(f"{field.label}: give text, not {short(value)}")
    if kind == "external_select":
        return await _suggested(slack, person, view, field, str(value))
    if kind in ("static_select", "checkboxes", "radio_buttons"):
        return _offered(field, str(value))
    if kind == "users_select":
        member = slack.workspace.person(str(value))
        if member is None:
            raise WrongUseError(f"{field.label}: there is nobody called {short(value)}")
        return member.id
    if kind in ("conversations_select", "channels_select"):
        channel = slack.workspace.channels.get(str(value)) or slack.workspace.channels.named(str(value))
        if channel is None:
            raise WrongUseError(f"{field.label}: there is no channel {short(value)}")
        return channel.id
    return _plain(field, value)


def _plain(field: Field, value: Any) -> Any:
    kind = field.element["type"]
    if kind == "datepicker" and not _DATE.match(str(value)):
        raise WrongUseError(f"{field.label}: give a date YYYY-MM-DD, not {short(value)}")
    if kind == "timepicker" and not _TIME.match(str(value)):
        raise WrongUseError(f"{field.label}: give a time HH:MM, not {short(value)}")
    if kind == "rich_text_input" and isinstance(value, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [section]}
    return value


def _offered(field: Field, wanted: str) -> Any:
    options = options_of(field.element)
    for option in options:
        if wanted in (option["text"]["text"], option["value"]):
            return option["value"]
    for option in options:
        if option["text"]["text"].casefold() == wanted.casefold():
            return option["value"]
    labels = ", ".join(option["text"]["text"] for option in options)
    raise WrongUseError(f"{field.label}: no option {short(wanted)}; the options are: {labels}")


async def _suggested(slack: Slack, person: Member, view: View, field: Field, wanted: str) -> Any:
    options = await suggestions(slack, person, view, (field.block, field.element), wanted)
    folded = wanted.casefold()
    labels = {option["value"]: str(option["text"]["text"]).casefold() for option in options}
    matches = [value for value, label in labels.items() if label == folded]
    matches += [value for value in labels if str(value).casefold() == folded]
    matches += [value for value, label in labels.items() if label.startswith(folded)]
    if not matches and len(labels) == 1:
        matches = list(labels)  # the app knows it by another name, and offers that
    if matches:
        return matches[0]
    offered = ", ".join(option["text"]["text"] for option in options) or "nothing"
    raise WrongUseError(f"{field.label}: typing {short(wanted)} offers {offered}")
