"""What a reply's destination holds: a message of the bot's own, or a sealed response address."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.mentoring.ids import Address, WorkspaceId
from bot.ports import Destination, Kind

MESSAGE = "message"
ANSWER = "answer"
Seal = Callable[[WorkspaceId, str], str]
"""Encrypts, or opens again, a text that belongs to a workspace."""


@dataclass(frozen=True, slots=True)
class Seals:
    """How secrets are kept in a destination: a response address lets anybody who has it answer."""

    close: Seal
    open: Seal


def message_ref(channel: str, ts: str) -> str:
    """The name of a message of the bot's own."""
    return f"{MESSAGE}:{channel}:{ts}"


def to_message(channel: str, ts: str, reader: Address) -> Destination:
    """In the place of a message of the bot's own."""
    return Destination(Kind.REPLY, message_ref(channel, ts), (reader,))


def to_answer(sealed: str, reader: Address) -> Destination:
    """In the place of a message that one person alone sees; `sealed` is its response address."""
    return Destination(Kind.REPLY, f"{ANSWER}:{sealed}", (reader,))


def parts(ref: str) -> tuple[str, str, str]:
    """(MESSAGE, channel, ts) or (ANSWER, the sealed address, "")."""
    kind, _, rest = ref.partition(":")
    if kind == ANSWER:
        return kind, rest, ""
    channel, _, ts = rest.partition(":")
    return kind, channel, ts
