"""What a call of a script or the page names: a person, a conversation, a message, a form."""

from typing import Any

from sandbox.channels import Channel
from sandbox.home import open_home
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.shown import sees
from sandbox.slack import Slack, WrongUseError, short
from sandbox.views import View

_NAMED_BY = {
    "person": "a person's Slack id, roster id or name",
    "channel": "a conversation's id or name",
    "message": "a message's ts, home or form",
    "button": "a button's label",
    "text": "what to say",
}


def given_text(body: dict[str, Any], key: str) -> str:
    """The text under a key. Raises WrongUseError (400) where it is missing or of another kind."""
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise WrongUseError(f"`{key}` must be given as text: {_NAMED_BY[key]}")
    return value


def find_anybody(slack: Slack, body: dict[str, Any]) -> Member:
    """The person a body names by Slack id, roster id or name, here or gone. Raises WrongUseError."""
    name = given_text(body, "person")
    member = slack.workspace.person(name)
    if member is None:
        raise WrongUseError(f"there is no person {short(name)}", 404)
    return member


def find_person(slack: Slack, body: dict[str, Any]) -> Member:
    """The same, of those who are here. Raises WrongUseError."""
    member = find_anybody(slack, body)
    if member.deleted:
        raise WrongUseError(f"{member.real_name} has left", 403)
    return member


def find_channel(slack: Slack, body: dict[str, Any]) -> Channel:
    """The conversation a body names by id or name. Raises WrongUseError."""
    name, channels = given_text(body, "channel"), slack.workspace.channels
    channel = channels.get(name) or channels.named(name)
    if channel is None:
        raise WrongUseError(f"there is no conversation {short(name)}", 404)
    return channel


async def find_source(slack: Slack, person: Member, body: dict[str, Any]) -> Message | View:
    """What a person presses in: a message by its timestamp, `home`, or `form`. Raises WrongUseError."""
    name = given_text(body, "message")
    if name == "home":
        home = slack.workspace.views.home(person.id) or await open_home(slack, person)
        if home is None:
            raise WrongUseError("the app shows nothing in its Home", 404)
        return home
    if name == "form":
        return open_form(slack, person)
    message = slack.workspace.messages.find(name)
    if message is None or not sees(slack.workspace, person.id, message):
        raise WrongUseError(f"{person.real_name} sees no message {short(name)}", 404)
    return message


def open_form(slack: Slack, person: Member) -> View:
    """The form a person has open. Raises WrongUseError."""
    view = slack.workspace.views.top(person.id)
    if view is None:
        raise WrongUseError(f"{person.real_name} has no form open", 409)
    return view
