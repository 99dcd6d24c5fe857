"""What a call of a script or the page names: a person, a conversation, a message, a form."""

from typing import Any

from sandbox.channels import Channel
from sandbox.home import open_home
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.shown import sees
from sandbox.slack import Slack, WrongUseError
from sandbox.views import View


def find_person(slack: Slack, body: dict[str, Any]) -> Member:
    """The person a body names by Slack id, roster id or name. Raises WrongUseError."""
    name = body.get("person")
    member = slack.workspace.person(name) if isinstance(name, str) and name else None
    if member is None:
        raise WrongUseError(f"there is no person {name!r}", 404)
    if member.deleted:
        raise WrongUseError(f"{member.real_name} has left", 403)
    return member


def find_channel(slack: Slack, name: Any) -> Channel:
    """A conversation by id or name. Raises WrongUseError."""
    channels = slack.workspace.channels
    channel = (channels.get(name) or channels.named(name)) if isinstance(name, str) else None
    if channel is None:
        raise WrongUseError(f"there is no conversation {name!r}", 404)
    return channel


async def find_source(slack: Slack, person: Member, name: Any) -> Message | View:
    """What a person presses in: a message by its timestamp, `home`, or `form`. Raises WrongUseError."""
    if name == "home":
        home = slack.workspace.views.home(person.id) or await open_home(slack, person)
        if home is None:
            raise WrongUseError("the app shows nothing in its Home", 404)
        return home
    if name == "form":
        return open_form(slack, person)
    message = slack.workspace.messages.find(name) if isinstance(name, str) else None
    if message is None or not sees(slack.workspace, person.id, message):
        raise WrongUseError(f"{person.real_name} sees no message {name!r}", 404)
    return message


def open_form(slack: Slack, person: Member) -> View:
    """The form a person has open. Raises WrongUseError."""
    view = slack.workspace.views.top(person.id)
    if view is None:
        raise WrongUseError(f"{person.real_name} has no form open", 409)
    return view
