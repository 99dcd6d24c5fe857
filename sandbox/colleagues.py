"""The rest of the company, while one visitor tries the programme: everybody else says yes."""

from collections.abc import Iterator

from sandbox.actions import act
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.reading import Pressable, pressables
from sandbox.slack import Slack

AGREEING = ("Accept", "We met")
"""The buttons that say yes; where one message asks about several people, a name follows."""


async def answer(slack: Slack, visitor: Member) -> int:
    """Everybody but the visitor says yes to their proposals, and that they met; how many answers that was."""
    asked = list(_asked(slack, visitor))
    for person, message, pressed in asked:
        await act(slack, person, message, (pressed.block, pressed.element), pressed.raw)
        await slack.timeline.settle()
    return len(asked)


def _asked(slack: Slack, visitor: Member) -> Iterator[tuple[Member, Message, Pressable]]:
    for message in slack.workspace.messages.all():
        person = _reader(slack, message)
        if person is not None and person.id != visitor.id:
            yield from ((person, message, one) for one in pressables(message.blocks) if _agrees(one))


def _reader(slack: Slack, message: Message) -> Member | None:
    """The one of the roster whose direct message this is; None in rooms and channels."""
    workspace = slack.workspace
    channel = workspace.channels.get(message.channel)
    if channel is None or channel.kind != "im" or message.visible_to is not None:
        return None
    members = (workspace.members[one] for one in channel.members)
    return next((member for member in members if member.roster and not member.deleted), None)


def _agrees(pressable: Pressable) -> bool:
    return any(pressable.label == word or pressable.label.startswith(f"{word} ") for word in AGREEING)
