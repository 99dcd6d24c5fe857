"""The journey of a pair."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import Reason
from bot.mentoring.prompts.base import Doubt, Prompt
from bot.mentoring.prompts.meet import NextDate, Whom
from bot.mentoring.prompts.shapes import Card


@dataclass(frozen=True)
class Introduction(Prompt):
    """Opens the room: why the two, what each can be leaned on for, who books, the programme's purpose.

    `one` is the lower level. `books` is who books the first meeting: a learner of the pair.
    """

    one: Card
    other: Card
    one_learns: tuple[str, ...]
    other_learns: tuple[str, ...]
    reasons: tuple[Reason, ...]
    books: Address
    books_name: str
    lateral: bool
    programme: str
    purpose: str
    pair: PairId


@dataclass(frozen=True)
class KnowEachOther(Prompt):
    """Stage 1: paths and detours, values, names and how to say them; no goals yet."""

    one: str
    other: str
    pair: PairId


@dataclass(frozen=True)
class Align(Prompt):
    """Stage 2: expectations, logistics, confidentiality, cancelling, how we'll know it works."""

    one: str
    other: str
    pair: PairId


@dataclass(frozen=True)
class PairAsked:
    """One pair inside a message to one person.

    `answered` is what was answered for it ("met", "not_yet", "fine"), or nothing yet; `next` what there is of
    the next date. `goal` and `step` are what the reader is after in it, empty where they have not said.
    `back` says that they learn nothing in it yet, and may choose what flows back.
    """

    pair: PairId
    partner: str
    answered: str = ""
    next: NextDate | None = None
    goal: str = ""
    step: str = ""
    back: bool = False


@dataclass(frozen=True)
class SetADate(Prompt):
    """A nudge: no date yet after seven days; several pairs fall together in one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class DidYouMeet(Prompt):
    """A check-in, to each alone; several pairs fall together in one."""

    lasts: ClassVar[timedelta | None] = timedelta(days=7)
    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class WhichPair(Prompt):
    """A command about one pair by somebody with several; `about` is the command's word."""

    about: str
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class MeetingNoted(Prompt):
    """A meeting was recorded, `count` so far, and what there is of the next date.

    `learner`: the reader learns here, and may want to keep a note. `rhythm`: none is agreed yet. `step` is
    their next small one, where there is.
    """

    whom: Whom
    count: int
    next: NextDate
    learner: bool
    rhythm: bool
    step: str = ""


@dataclass(frozen=True)
class PairQuiet(Prompt):
    """The neutral line of an active pair that rests."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE


@dataclass(frozen=True)
class PartnerAway(Prompt):
    """The partner is away and said that this may be told."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    until: datetime

    def stale_at(self, planned: datetime) -> datetime:
        """Once the partner is back."""
        del planned
        return self.until


@dataclass(frozen=True)
class PairClosed(Prompt):
    """The neutral closing line of an active pair; one wording for every cause."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    next_round_at: datetime | None
