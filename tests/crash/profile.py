"""How hard the crash suite tries: a short profile within `make test`, a long one as `make crash`."""

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Pace:
    """The product's own waits, in seconds; a hurried process has shorter ones, in the same order of size."""

    deadline: float
    settle: float
    settle_every: int
    heartbeat: float
    stalled: float
    forgotten: float
    rest: float
    """After a few doubts in a row."""


HURRIED = Pace(deadline=2, settle=4, settle_every=1, heartbeat=0.5, stalled=3, forgotten=20, rest=1)


@dataclass(frozen=True)
class Profile:
    """What one run of the suite does; `pace` is None for the product's own waits."""

    name: str
    pace: Pace | None
    sends: int
    """Messages for each store."""
    kills: int
    """Processes killed at random moments, for each store."""
    places: int
    """Channels and people that the messages go to; two dozen are people."""
    outage: float
    """Seconds for which PostgreSQL is stopped."""
    days: int
    """Days that people live through while processes are killed."""
    freezes: int
    every: int
    """On PostgreSQL a process dies at one in so many of the named points; on SQLite at each."""
    neighbours: int
    """Messages of the workspace that somebody else's limits must not hold up."""

    @property
    def settled_by(self) -> float:
        """Seconds within which everything is sent after the last kill; 90 is the figure to reach."""
        return 30.0 if self.pace else 90.0

    def hurried(self) -> "Profile":
        """The same with short waits."""
        return replace(self, pace=HURRIED)


SHORT = Profile(
    "short", HURRIED, sends=240, kills=6, places=48, outage=8, days=4, freezes=2, every=4, neighbours=60
)
LONG = Profile(
    "long", None, sends=10_000, kills=60, places=200, outage=60, days=28, freezes=6, every=1, neighbours=300
)
CHOSEN = "CRASH_PROFILE"


def chosen() -> Profile:
    """The profile that the environment asks for."""
    return {one.name: one for one in (SHORT, LONG)}[os.environ.get(CHOSEN, SHORT.name)]
