"""The journey of a pair."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import Reason
from bot.mentoring.prompts.base import Doubt, Prompt
from bot.mentoring.prompts.meet import NextDate, Whom
from bot.mentoring.prompts.shapes import Card
from bot.mentoring.prompts.steps import PairAsked


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
class WhichPair(Prompt):
    """A command about one pair by somebody with several; `about` is the command's word."""

    about: str
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class MeetingNoted(Prompt):
    """A meeting was recorded, `count` so far, and what there is of the next date.

    `learner`: the reader learns here, and may want to keep a note. `rhythm`: none is agreed yet. Two who are
    not `known` are asked about it. `step` is their next small one, where there is.
    """

    whom: Whom
    count: int
    next: NextDate
    learner: bool
    rhythm: bool
    known: bool
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
class PartnerUnreached(Prompt):
    """The bot's messages reach a partner no more, for whatever reason."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    partner: Address
    partner_name: str


@dataclass(frozen=True)
class PairClosed(Prompt):
    """The neutral closing line of an active pair; one wording for every cause."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    next_round_at: datetime | None
