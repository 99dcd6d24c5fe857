"""How a pair is closed by both, with a look back, and whether it goes on after its time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.ids import PairId, ParticipantId

PROPOSAL_LASTS = timedelta(days=14)
"""How long somebody may answer the wish to close together."""
LOOK_BACK_LASTS = timedelta(days=14)
"""How long both may look back, once they agreed to close."""
RUN_THROUGH = timedelta(weeks=24)
"""How long a pair runs before it is asked, at the end of a round, whether it goes on; then again."""
ANSWER_LASTS = timedelta(days=7)
"""How long both may answer that."""
MET_LATELY = timedelta(weeks=8)
"""A pair that has met within this time goes on where somebody says nothing."""


@dataclass(frozen=True)
class Closing:
    """The wish of one side to close a pair together, and the other's yes."""

    pair: PairId
    by: ParticipantId
    at: datetime
    agreed_at: datetime | None = None

    def waits(self, now: datetime) -> bool:
        """Whether the other may still answer."""
        return self.agreed_at is None and now < self.at + PROPOSAL_LASTS

    def closes_at(self, programme_ends: datetime | None) -> datetime | None:
        """When an agreed closing is over, whoever has looked back: with its programme at the latest."""
        if self.agreed_at is None:
            return None
        over = self.agreed_at + LOOK_BACK_LASTS
        return over if programme_ends is None else min(over, programme_ends)


@dataclass(frozen=True)
class LookBack:
    """What one side says at the end: what changed for each, what was hard, thanks, and what comes after.

    With `shared` the other may read it before theirs is in. `again` is the private wish to be paired with
    the same person once more.
    """

    for_me: str = ""
    for_you: str = ""
    hard: str = ""
    thanks: str = ""
    contact: str = ""
    shared: bool = False
    again: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything for the other to read."""
        return any((self.for_me, self.for_you, self.hard, self.thanks, self.contact))


class GoOn(StrEnum):
    """What a side answers to whether the pair goes on."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Question:
    """Whether a pair goes on: asked of both, decided at a moment that was set when it was asked.

    `met_lately` tells whether the pair had met within MET_LATELY when it was asked.
    """

    pair: PairId
    asked_at: datetime
    decided_at: datetime
    met_lately: bool
    said: dict[ParticipantId, GoOn] = field(default_factory=dict)
    over: bool = False

    def goes_on(self, sides: tuple[ParticipantId, ParticipantId]) -> bool:
        """Whether both sides said yes; whoever said nothing does, where the two had met lately."""
        silence = GoOn.YES if self.met_lately else GoOn.NO
        return all(self.said.get(side, silence) is GoOn.YES for side in sides)


def may_be_asked(introduced_at: datetime, last: Question | None, now: datetime) -> bool:
    """Whether a pair is to be asked at a boundary between rounds: it ran through and was not asked lately."""
    since = introduced_at if last is None else last.asked_at
    return now >= since + RUN_THROUGH and (last is None or last.over)
