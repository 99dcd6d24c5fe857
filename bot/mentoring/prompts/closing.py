"""The end of a pair: by one, by both, and after its time; and what comes after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.mentoring.closing import ANSWER_LASTS, LookBack
from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt
from bot.mentoring.prompts.steps import PairAsked


@dataclass(frozen=True)
class EndAsked(Prompt):
    """Before somebody ends a pair: what the other will read and when, and another way; asks once more."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class PairEnded(Prompt):
    """To somebody who ended a pair; asks whether they are open to a new one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE


@dataclass(frozen=True)
class RematchAsked(Prompt):
    """What a rematch does, without fault: one press for each of the reader's pairs."""

    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class Rematched(Prompt):
    """The pair has ended for the reader, who is first in line."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE


@dataclass(frozen=True)
class Opened(Prompt):
    """The reader is open to a new pair; `next_round_at` is when the next round is."""

    next_round_at: datetime | None


@dataclass(frozen=True)
class Rested(Prompt):
    """The reader rests until they say otherwise."""


@dataclass(frozen=True)
class RestEnded(Prompt):
    """A pair that the reader had let rest goes on."""

    partner: str


@dataclass(frozen=True)
class ClosingAsked(Prompt):
    """To a partner: the other would like to close together, and says so openly."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pair: PairId
    partner: str
    answer_by: datetime

    def stale_at(self, planned: datetime) -> datetime:
        """Once nobody can answer it."""
        del planned
        return self.answer_by


@dataclass(frozen=True)
class ClosingProposed(Prompt):
    """To whoever proposed to close together."""

    partner: str
    answer_by: datetime


@dataclass(frozen=True)
class GoingOnForNow(Prompt):
    """The partner, or the reader (`yours`), would rather not close now; the pair goes on."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    partner: str
    yours: bool


@dataclass(frozen=True)
class ClosingAgreed(Prompt):
    """Both close together: a last conversation, and a look back by `closes_at`."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pair: PairId
    partner: str
    closes_at: datetime

    def stale_at(self, planned: datetime) -> datetime:
        """Once the pair is closed."""
        del planned
        return self.closes_at


@dataclass(frozen=True)
class LookBackForm(FormPrompt):
    """Asks what changed each way, what was hard, for thanks, and what comes after."""

    form: ClassVar[str] = "look_back"
    pair: PairId
    partner: str
    kept: LookBack

    @property
    def carries(self) -> str:
        """The pair."""
        return self.pair

    @property
    def again(self) -> Prompt:
        """The form without what stands in it."""
        return LookBackForm(self.pair, self.partner, LookBack())


@dataclass(frozen=True)
class LookBackKept(Prompt):
    """The reader looked back; `shared` tells whether the other reads it already."""

    partner: str
    shared: bool
    closes_at: datetime


@dataclass(frozen=True)
class LookBackShown(Prompt):
    """What the partner chose to say already."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pair: PairId
    partner: str
    words: LookBack


@dataclass(frozen=True)
class ClosedTogether(Prompt):
    """The pair is closed for both, with what the partner said and the reader has not read (or nothing)."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    partner: str
    words: LookBack | None


@dataclass(frozen=True)
class GoOnAsked(Prompt):
    """At the end of a round, to each alone: whether their pairs go on."""

    lasts: ClassVar[timedelta | None] = ANSWER_LASTS
    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]
    decided_at: datetime


@dataclass(frozen=True)
class GoOnNoted(Prompt):
    """What the reader said of it, which can be changed until `decided_at`; `others` wait for their answer."""

    pair: PairId
    partner: str
    yes: bool
    decided_at: datetime
    others: tuple[PairAsked, ...] = ()
