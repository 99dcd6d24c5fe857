"""Slack on its bad days: the stand-in with faults and limits drawn from a seed, and what it saw."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Hashable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from bot.mentoring.ids import address
from bot.ports import Destination, Kind
from handlers.slack.limits import pace as slack_pace
from sandbox.channels import Channel
from sandbox.draw import Draw
from sandbox.faults import Fault, Faults
from sandbox.members import BOT_USER_ID, TEAM_ID
from sandbox.rates import Rate, Rates
from sandbox.workspace import Workspace
from tests.crash.platform import PER_SECOND, SEED, Copy
from tests.crash.weather import CALM, MARK, Limits, Trouble, Troubles, Weather
from tests.dialogues.cast import a_person
from tests.fleet import Manner, SlackFleet, fleet_of

PEOPLE = 24
POST, OPEN = "chat.postMessage", "conversations.open"
FAULTS = {
    Trouble.DROPPED_AFTER: Fault(POST, 1, drop=True, after=True),
    Trouble.DROPPED_BEFORE: Fault(POST, 1, drop=True),
    Trouble.FAILED_AFTER: Fault(POST, 1, status=500, after=True),
    Trouble.FAILED_BEFORE: Fault(POST, 1, status=503),
}
GONE = "C0000000000"
"""A channel that there is not."""


class Storm(Faults):
    """Faults drawn from a seed for the calls that leave a message, besides those to order."""

    def __init__(self, troubles: Troubles) -> None:
        super().__init__()
        self.troubles = troubles

    def take(self, method: str) -> Fault | None:
        """The fault for this call."""
        ordered = super().take(method)
        if ordered is not None or method not in (POST, OPEN):
            return ordered
        trouble = self.troubles.next()
        if trouble is Trouble.SLOW:
            return Fault(method, 1, delay=self.troubles.weather.late)
        return None if trouble is None else replace(FAULTS[trouble], method=method)


class ByConversation(Rates):
    """Slack's limits with those of single conversations alone, as they are drawn."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def wait(self, key: Hashable, rate: Rate, now: datetime) -> int:
        """0, or the whole seconds until this may be asked again."""
        del rate, now
        return self._limits.seconds(key, str(key[1])) if isinstance(key, tuple) else 0


@dataclass(frozen=True)
class Slack:
    """A workspace in some weather."""

    name: ClassVar = "slack"
    team: ClassVar = TEAM_ID
    pace: ClassVar = slack_pace(PER_SECOND)
    workspace: Workspace
    troubles: Troubles
    limits: Limits

    @classmethod
    def of(cls, weather: Weather) -> "Slack":
        """A workspace of some people, in this weather."""
        people = [a_person(f"P{number}", f"Person {number}", 2, "", "") for number in range(PEOPLE)]
        workspace = Workspace(people, seed=SEED)
        troubles = Troubles(weather, Draw(f"storm {SEED}"))
        limits = Limits(weather, Draw(f"limits {SEED}"))
        workspace.faults, workspace.rates = Storm(troubles), ByConversation(limits)
        return cls(workspace, troubles, limits)

    @asynccontextmanager
    async def fleet(
        self, urls: tuple[str, str], folder: Path, roles: Sequence[str], manner: Manner
    ) -> AsyncIterator[SlackFleet]:
        """Processes at work before it, until the block ends."""
        async with fleet_of(urls, folder, self.workspace, roles, manner) as fleet:
            yield fleet

    @property
    def members(self) -> list[str]:
        """The ids of the people."""
        return [one.id for one in self.workspace.members.values() if one.roster]

    def places(self, count: int) -> list[Destination]:
        """So many channels and people, who come last."""
        people = [Destination(Kind.PERSON, address("slack", TEAM_ID, one)) for one in self.members]
        return [*addressed(TEAM_ID, self.channels("place", count - len(people))), *people]

    def channels(self, prefix: str, count: int) -> list[Channel]:
        """New channels with the bot in them."""
        created = int(self.workspace.clock.now().timestamp())
        make = self.workspace.channels.create
        return [make(f"{prefix}-{number}", [BOT_USER_ID], created) for number in range(count)]

    def calm(self) -> None:
        """Let the weather pass."""
        self.troubles.weather = self.limits.weather = CALM

    def copies(self, key: str, place: Destination) -> list[Copy]:
        """One."""
        return [Copy(key, key, place.ref)]

    def arrived(self) -> dict[str, list[datetime]]:
        """When a message with each key came to stand here."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for message in self.workspace.messages.all():
            for mark in MARK.findall(message.text):
                found[mark].append(message.at)
        return found

    def pestered(self, doubts: Counter[str]) -> list[str]:
        """Nobody: in Slack an app may write to everybody."""
        del doubts
        return []

    def in_direct(self, people: Iterable[str], words: str) -> Counter[str]:
        """How many messages with these words each of these people has from the bot."""
        found: Counter[str] = Counter()
        for person in people:
            channel = self.workspace.direct(person)
            found[person] = sum(
                words in message.text for message in self.workspace.messages.within(channel.id)
            )
        return found


def addressed(team: str, channels: Sequence[Channel]) -> list[Destination]:
    """Channels as the outbox names them."""
    return [Destination(Kind.CHANNEL, address("slack", team, one.id)) for one in channels]
