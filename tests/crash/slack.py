"""Slack on its bad days: the stand-in with faults and limits drawn from a seed, and what it saw."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sandbox.channels import Channel
from sandbox.draw import Draw
from sandbox.faults import Fault, Faults
from sandbox.members import BOT_USER_ID
from sandbox.people import RosterPerson
from sandbox.rates import Rate, Rates
from sandbox.workspace import Workspace
from tests.crash.profile import Profile

MARK = re.compile(r"\bk[0-9]{6}[or]\b")
"""How a message of the suite names its business key, in what people read."""
POST, OPEN = "chat.postMessage", "conversations.open"
PER_MILLE = 1000


@dataclass(frozen=True)
class Weather:
    """How many calls in a thousand fare badly, and how; `late` are seconds that a slow accept takes."""

    dropped_after: int = 0
    dropped_before: int = 0
    failed_after: int = 0
    failed_before: int = 0
    slow: int = 0
    limited: int = 0
    late: float = 0.0

    def worse(self, *, dropped_after: int) -> "Weather":
        """The same, and so many calls in a thousand accepted and then cut."""
        return replace(self, dropped_after=dropped_after)


CALM = Weather()


def rough(profile: Profile) -> Weather:
    """About one call in twelve fares badly: as in DELIVERY's own fire, and somewhat worse."""
    late = (profile.pace.deadline if profile.pace else 15.0) + 0.5
    return Weather(
        dropped_after=8,
        dropped_before=4,
        failed_after=8,
        failed_before=4,
        slow=4,
        limited=10,
        late=late,
    )


class Storm(Faults):
    """Faults drawn from a seed for the calls that leave a message, besides those to order."""

    def __init__(self, weather: Weather, draw: Draw) -> None:
        super().__init__()
        self.weather = weather
        self._draw = draw

    def take(self, method: str) -> Fault | None:
        """The fault for this call."""
        ordered = super().take(method)
        if ordered is not None or method not in (POST, OPEN):
            return ordered
        drawn, weather = self._draw.below(PER_MILLE), self.weather
        for share, fault in (
            (weather.dropped_after, Fault(method, 1, drop=True, after=True)),
            (weather.dropped_before, Fault(method, 1, drop=True)),
            (weather.failed_after, Fault(method, 1, status=500, after=True)),
            (weather.failed_before, Fault(method, 1, status=503)),
            (weather.slow, Fault(method, 1, delay=weather.late)),
        ):
            if drawn < share:
                return fault
            drawn -= share
        return None


class Limits(Rates):
    """Limits drawn from a seed, for single conversations; who calls before Retry-After is counted.

    `tight` are conversations, by id, that answer nothing but 429.
    """

    def __init__(self, weather: Weather, draw: Draw) -> None:
        super().__init__()
        self.weather = weather
        self._draw = draw
        self._until: dict[Hashable, float] = {}
        self.early: Counter[str] = Counter()
        self.answered = 0
        self.tight: frozenset[str] = frozenset()

    def wait(self, key: Hashable, rate: Rate, now: datetime) -> int:
        """0, or the whole seconds until this may be asked again."""
        del rate, now
        if not isinstance(key, tuple):
            return 0
        moment = time.monotonic()
        if moment < self._until.get(key, 0.0):
            self.early[str(key[1])] += 1
        seconds = self._drawn(str(key[1]))
        if seconds:
            self._until[key] = moment + seconds
            self.answered += 1
        return seconds

    def _drawn(self, channel: str) -> int:
        limited = channel in self.tight or self._draw.below(PER_MILLE) < self.weather.limited
        return 1 + self._draw.below(2) if limited else 0


@dataclass(frozen=True)
class Slack:
    """A workspace in some weather."""

    workspace: Workspace
    storm: Storm
    limits: Limits

    @classmethod
    def of(cls, people: list[RosterPerson], weather: Weather, seed: int) -> "Slack":
        """A workspace of these people, in this weather."""
        workspace = Workspace(people, seed=seed)
        storm, limits = Storm(weather, Draw(f"storm {seed}")), Limits(weather, Draw(f"limits {seed}"))
        workspace.faults, workspace.rates = storm, limits
        return cls(workspace, storm, limits)

    def channels(self, prefix: str, count: int) -> list[Channel]:
        """New channels with the bot in them."""
        created = int(self.workspace.clock.now().timestamp())
        make = self.workspace.channels.create
        return [make(f"{prefix}-{number}", [BOT_USER_ID], created) for number in range(count)]

    def calm(self) -> None:
        """Let the weather pass."""
        self.storm.weather = self.limits.weather = CALM

    def arrived(self) -> dict[str, list[datetime]]:
        """When a message with each key came to stand here."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for message in self.workspace.messages.all():
            for mark in MARK.findall(message.text):
                found[mark].append(message.at)
        return found

    def in_direct(self, people: Iterable[str], words: str) -> Counter[str]:
        """How many messages with these words each of these people has from the bot."""
        found: Counter[str] = Counter()
        for person in people:
            channel = self.workspace.direct(person)
            found[person] = sum(
                words in message.text for message in self.workspace.messages.within(channel.id)
            )
        return found
