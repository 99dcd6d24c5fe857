"""Messages as they stand: posted, changed, deleted; some seen by one person alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
_MICRO = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Message:
    """One message. `visible_to` is the one person who sees an ephemeral message, else None.

    `state` holds what people chose in its selects and pickers, by block and action; `served` the options
    that typing brought, by value.
    """

    ts: str
    channel: str
    at: datetime
    author: str
    text: str
    blocks: list[Json]
    visible_to: str | None = None
    edited: bool = False
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    served: dict[str, Json] = field(default_factory=dict)


class Messages:
    """All messages by their timestamps, which are unique in the workspace and only grow."""

    def __init__(self) -> None:
        self._by_ts: dict[str, Message] = {}
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._last = _EPOCH

    def stamp(self, now: datetime) -> tuple[str, datetime]:
        """A new timestamp, later than every one before, with its moment."""
        self._last = max(now, self._last + _MICRO)
        since = self._last - _EPOCH
        return f"{since.days * 86400 + since.seconds}.{since.microseconds:06d}", self._last

    def add(self, message: Message) -> None:
        """Keep a new message."""
        self._by_ts[message.ts] = message
        self._by_channel.setdefault(message.channel, {})[message.ts] = message

    def get(self, channel: str, ts: str) -> Message | None:
        """The message of that channel and timestamp."""
        return self._by_channel.get(channel, {}).get(ts)

    def find(self, ts: str) -> Message | None:
        """The message of that timestamp, in whatever channel."""
        return self._by_ts.get(ts)

    def remove(self, message: Message) -> None:
        """Forget a deleted message."""
        self._by_ts.pop(message.ts, None)
        self._by_channel.get(message.channel, {}).pop(message.ts, None)

    def all(self) -> Iterable[Message]:
        """All of them, in order."""
        return self._by_ts.values()

    def within(self, channel: str) -> Iterable[Message]:
        """Those of one channel, in order."""
        return self._by_channel.get(channel, {}).values()

    def since(self, ts: str) -> list[Message]:
        """Those later than `ts`, in order; costs as much as there are of them."""
        later: list[Message] = []
        for message in reversed(self._by_ts.values()):
            if message.ts <= ts:
                break
            later.append(message)
        return later[::-1]

    @property
    def last_ts(self) -> str:
        """The latest timestamp handed out."""
        return next(reversed(self._by_ts), "0000000000.000000")
