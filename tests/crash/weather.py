"""The weather that a platform's stand-in is in: faults and limits drawn from a seed."""

import re
import time
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.draw import Draw
from tests.crash.profile import Profile

MARK = re.compile(r"\bk[0-9]{6}[or]\b")
"""How a message of the suite names its business key, in what people read."""
PER_MILLE = 1000


class Trouble(StrEnum):
    """How a call that leaves a message fares badly; each is the field of Weather that says how often."""

    DROPPED_AFTER = "dropped_after"
    DROPPED_BEFORE = "dropped_before"
    FAILED_AFTER = "failed_after"
    FAILED_BEFORE = "failed_before"
    SLOW = "slow"


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


@dataclass
class Troubles:
    """What befalls one call after the other."""

    weather: Weather
    draw: Draw

    def next(self) -> Trouble | None:
        """What befalls this call; None for what fares well."""
        drawn = self.draw.below(PER_MILLE)
        for trouble in Trouble:
            share: int = getattr(self.weather, trouble)
            if drawn < share:
                return trouble
            drawn -= share
        return None


class Limits:
    """Limits of single conversations; who calls before Retry-After is counted.

    `tight` are conversations, by id, that answer nothing but 429.
    """

    def __init__(self, weather: Weather, draw: Draw) -> None:
        self.weather = weather
        self._draw = draw
        self._until: dict[Hashable, float] = {}
        self.early: Counter[str] = Counter()
        self.answered = 0
        self.tight: frozenset[str] = frozenset()

    def seconds(self, key: Hashable, conversation: str) -> int:
        """0, or the whole seconds until this may be asked again there."""
        moment = time.monotonic()
        if moment < self._until.get(key, 0.0):
            self.early[conversation] += 1
        seconds = self._drawn(conversation)
        if seconds:
            self._until[key] = moment + seconds
            self.answered += 1
        return seconds

    def _drawn(self, conversation: str) -> int:
        limited = conversation in self.tight or self._draw.below(PER_MILLE) < self.weather.limited
        return 1 + self._draw.below(2) if limited else 0
