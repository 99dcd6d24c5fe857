"""What delivery has counted since the process began."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

LATENESS = (1.0, 5.0, 30.0, 60.0, 300.0, 3_600.0, 86_400.0)
"""Seconds after its moment at which a message left: the edges between what is told apart."""


@dataclass
class Counters:
    """Counts, never of anybody.

    `limited` are refusals with a time to wait (429), `held` messages held back before the call by our own
    budget; `doubts` are sends without a certain outcome, of which
    `again` were sent once more and `unknown` were left; `doubled` are those that turned out to have arrived
    after they had been claimed again; `given_up` are events that could not be handled.
    """

    sent: int = 0
    refused: int = 0
    limited: int = 0
    held: int = 0
    failed: int = 0
    doubts: int = 0
    again: int = 0
    unknown: int = 0
    doubled: int = 0
    handled: int = 0
    given_up: int = 0
    late: list[int] = field(default_factory=lambda: [0] * (len(LATENESS) + 1))
    late_seconds: float = 0.0

    def was_late(self, seconds: float) -> None:
        """Count one message that left so long after its moment."""
        self.late[bisect_left(LATENESS, seconds)] += 1
        self.late_seconds += seconds

    def late_by_edge(self) -> Iterator[tuple[float, int]]:
        """(seconds, how many messages were that late at most), the last for all of them."""
        yield from zip((*LATENESS, float("inf")), accumulate(self.late), strict=True)
