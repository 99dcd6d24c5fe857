"""Shapes that several prompts are made of."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.mentoring.ids import Address, PairId


@dataclass(frozen=True)
class Card:
    """A person as shown to a partner, proposed or accepted. `hours` are local wall-clock times.

    `handover`: they leave or change role, and would like to hand on what they know.
    """

    who: Address
    name: str
    level: int
    department: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    zone: str
    starts: time
    ends: time
    languages: tuple[str, ...]
    handover: bool = False


@dataclass(frozen=True)
class Flow:
    """What goes each way in a pair, seen from the reader."""

    you_learn: tuple[str, ...]
    you_teach: tuple[str, ...]


class Waits(StrEnum):
    """What can wait for the reader's answer in one of their pairs, soonest to lapse first."""

    PROPOSAL = "proposal"
    TIMES = "times"
    CLOSING = "closing"
    CHANGE = "change"
    DRAFT = "draft"


@dataclass(frozen=True)
class PairLine:
    """One of the reader's pairs: with whom, where it stands, what comes next and when.

    `answer_by` is when a proposal lapses; `meet_by` the day before which a first meeting is best;
    `rested_by_you` tells that the reader lets it rest; `closes_at` is when a pair is over that both agreed to
    close.
    `agreement` is where the two stand with it, empty before they are a pair; of goals only whether there are.
    `waits` is what the partner has asked and the reader has not answered.
    """

    pair: PairId
    partner: Address
    partner_name: str
    state: str
    flow: Flow
    room: Address | None
    meetings: int
    next_meeting_at: datetime | None
    answered: bool
    answer_by: datetime | None = None
    meet_by: datetime | None = None
    rested_by_you: bool = False
    agreement: str = ""
    your_goal: bool = False
    their_goal: bool = False
    closes_at: datetime | None = None
    waits: tuple[str, ...] = ()
