"""What a reply's destination holds: a message of the bot's own, or a sealed response address."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.mentoring.ids import Address, WorkspaceId
from bot.ports import Destination, Kind
from handlers.shared.types import Json

MESSAGE = "message"
ANSWER = "answer"
MARK = "said:"
"""How the block id of a sent message's buttons begins."""
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


def marked(said: Json, message: str) -> Json:
    """A message whose buttons name, when they are pressed, the message of the outbox that they came with."""
    blocks = [
        {**block, "block_id": f"{MARK}{message}:{place}"} if block["type"] == "actions" else block
        for place, block in enumerate(said["blocks"])
    ]
    return {**said, "blocks": blocks}


def proven(body: Json) -> tuple[str, str] | None:
    """(the message of the outbox, Slack's name for it) of a pressed button: it certainly arrived."""
    where, pressed = body.get("container") or {}, str(body["actions"][0].get("block_id") or "")
    if not pressed.startswith(MARK) or "message_ts" not in where:
        return None
    message = pressed.removeprefix(MARK).partition(":")[0]
    return message, message_ref(str(where.get("channel_id")), str(where["message_ts"]))


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
