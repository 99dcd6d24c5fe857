"""Forms sent and closed: what Slack checks itself, and what it does with the app's answer."""

import re
from typing import Any

from sandbox.blockkit.walk import Json
from sandbox.members import Member
from sandbox.payloads import view_closed, view_submission
from sandbox.slack import Slack
from sandbox.values import value_of
from sandbox.views import STACK, View
from sandbox.webapi.errors import SlackError
from sandbox.webapi.views import checked_view

REQUIRED = "Please complete this required field."
TROUBLE = "We had some trouble connecting. Try again?"
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_DECIMAL = re.compile(r"^-?\d+(\.\d+)?$")


async def submit(slack: Slack, person: Member, view: View) -> dict[str, str]:
    """Send a form as it stands; the errors to show by block id ("" for the form), none when it went."""
    workspace = slack.workspace
    view.errors = _own_checks(view)
    if not view.errors:
        trigger = workspace.triggers.issue(person.id, view.id)
        reply = await slack.bot.send_payload(view_submission(person, view, trigger))
        view.errors = {"": TROUBLE} if not reply.ok else _take(slack, person, view, reply.json(), reply.body)
    workspace.changes.announce()
    return view.errors


def _take(slack: Slack, person: Member, view: View, answer: Any, body: bytes) -> dict[str, str]:
    views = slack.workspace.views
    if not body.strip() or answer == {}:
        views.close(view)
        return {}
    action = answer.get("response_action") if isinstance(answer, dict) else None
    try:
        if action == "clear":
            views.clear(person.id)
        elif action == "errors":
            return _errors(view, answer.get("errors"))
        elif action == "update":
            views.update(view, checked_view(answer.get("view"), "modal"))
        elif action == "push" and len(views.stack(person.id)) < STACK:
            views.push(person.id, checked_view(answer.get("view"), "modal"))
        else:
            return {"": TROUBLE}
    except SlackError as error:
        slack.workspace.record("view_submission", error.answer(), None)
        return {"": TROUBLE}
    return {}


def _errors(view: View, given: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if isinstance(given, dict) and given and all(name in inputs and text for name, text in given.items()):
        return {str(name): str(text) for name, text in given.items()}
    return {"": TROUBLE}  # Slack shows errors under input blocks of this form, and nowhere else


async def close(slack: Slack, person: Member, view: View) -> None:
    """Close a form without sending; the app hears of it when it asked to."""
    whole = bool(view.content.get("clear_on_close"))
    if whole:
        slack.workspace.views.clear(person.id)
    else:
        slack.workspace.views.close(view)
    slack.workspace.changes.announce()
    if view.content.get("notify_on_close"):
        await slack.bot.send_payload(view_closed(person, view, cleared=whole))


async def close_all(slack: Slack, person: Member) -> None:
    """Close every form a person has open, the top one first."""
    view = slack.workspace.views.top(person.id)
    while view is not None:
        await close(slack, person, view)
        view = slack.workspace.views.top(person.id)


def _own_checks(view: View) -> dict[str, str]:
    errors: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = value_of(view.state[block["block_id"]][element["action_id"]])
        empty = value in (None, "", [])
        if empty and not block.get("optional"):
            errors[block["block_id"]] = REQUIRED
        elif not empty:
            problem = _problem(element, value)
            if problem:
                errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, value)
    if kind == "email_text_input" and not _EMAIL.match(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not value.startswith(("http://", "https://")):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number(element, value)
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        return f"You can only choose {element['max_selected_items']}."
    return None


def _length(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"This must be at least {least} characters."
    return f"This must be at most {most} characters." if len(value) > most else None


def _number(element: Json, value: str) -> str | None:
    if not _DECIMAL.match(value) or ("." in value and not element["is_decimal_allowed"]):
        return "Please enter a valid number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"This must be at least {low}."
    return f"This must be at most {high}." if high is not None and float(value) > float(high) else None
