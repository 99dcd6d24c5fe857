"""Conversations: public channels, direct messages and group direct messages, and who is in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.draw import Draw

Kind = Literal["public", "private", "im", "mpim"]
SEEN_AS = {"public": "channel", "private": "group", "im": "direct", "mpim": "group"}


@dataclass(slots=True)
class Channel:
    """A conversation. `members` keeps the order people joined in; `created` is in epoch seconds."""

    id: str
    name: str
    kind: Kind
    created: int
    members: dict[str, None] = field(default_factory=dict)
    archived: bool = False

    @property
    def seen_as(self) -> str:
        """`channel`, `group` or `direct`: the word of the sandbox's own interface."""
        return SEEN_AS[self.kind]


class Channels:
    """Every conversation, by id, by name and by its members."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._by_id: dict[str, Channel] = {}
        self._by_name: dict[str, Channel] = {}
        self._by_people: dict[frozenset[str], Channel] = {}

    def all(self) -> Iterable[Channel]:
        """All of them, oldest first."""
        return self._by_id.values()

    def of(self, person: str) -> list[Channel]:
        """Those `person` is in, oldest first."""
        return [channel for channel in self._by_id.values() if person in channel.members]

    def get(self, channel_id: str) -> Channel | None:
        """By id."""
        return self._by_id.get(channel_id)

    def named(self, name: str) -> Channel | None:
        """By name, with or without the hash."""
        return self._by_name.get(name.removeprefix("#"))

    def create(self, name: str, members: Iterable[str], created: int, kind: Kind = "public") -> Channel:
        """A new named channel."""
        channel = Channel(f"C{self._draw.token(10)}", name, kind, created, dict.fromkeys(members))
        self._by_id[channel.id] = channel
        self._by_name[name] = channel
        return channel

    def between(self, people: Iterable[str]) -> Channel | None:
        """The direct or group conversation of exactly these people, if it was opened before."""
        return self._by_people.get(frozenset(people))

    def open(self, people: Iterable[str], names: Iterable[str], created: int) -> Channel:
        """The conversation of exactly these people (two: direct; more: group), opened when it is new."""
        members = dict.fromkeys(people)
        key = frozenset(members)
        if key not in self._by_people:
            direct = len(members) <= 2  # noqa: PLR2004 - two people: a direct message
            name = "directmessage" if direct else f"mpdm-{'--'.join(sorted(names))}-1"
            prefix = "D" if direct else "C"
            channel = Channel(
                f"{prefix}{self._draw.token(10)}", name, "im" if direct else "mpim", created, members
            )
            self._by_people[key] = channel
            self._by_id[channel.id] = channel
        return self._by_people[key]
