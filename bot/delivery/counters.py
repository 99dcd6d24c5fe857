"""What delivery has counted since the process began."""

from dataclasses import dataclass


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
