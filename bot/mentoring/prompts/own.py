"""Opting in, and what is one's own."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from bot.mentoring.ids import Address
from bot.mentoring.pair import Reason
from bot.mentoring.people import Direction
from bot.mentoring.prompts.base import FormPrompt, Prompt
from bot.mentoring.prompts.shapes import Card, Flow, PairLine
from bot.mentoring.waiting import NO_SEARCH, Search


@dataclass(frozen=True)
class JoinForm(FormPrompt):
    """The opt-in form with the values it opens with.

    `joined`: this is an edit; `resumed`: it was left half-way, and opens with what stood in it.
    """

    form: ClassVar[str] = "join"
    name: str
    zone: str
    joined: bool
    programme: str
    purpose: str
    level: int | None = None
    department: str = ""
    learn: tuple[str, ...] = ()
    teach: tuple[str, ...] = ()
    places: int = 1
    starts: time = time(9)
    ends: time = time(17)
    languages: tuple[str, ...] = ()
    manager: Address | None = None
    since: str = ""
    findable: bool = False
    handover: bool = False
    direction: Direction = Direction.UNSAID
    resumed: bool = False
    holidays: str = ""
    """The place whose public holidays the form opens with; empty for none."""
    manager_name: str = ""
    """What the directory calls the manager whom the form opens with; empty where it did not name them."""

    @property
    def keeps(self) -> bool:
        """Only what a newcomer filled in: of an edit, what was before stays."""
        return not self.joined


@dataclass(frozen=True)
class Joined(Prompt):
    """Opted in: when the next round is; `late` when one runs already.

    `upper`: the person's level is in the upper half of the ladder, where people seldom hear that not knowing
    is expected.
    """

    programme: str
    next_round_at: datetime | None
    late: bool
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    places: int
    upper: bool = False


@dataclass(frozen=True)
class ProfileSaved(Prompt):
    """The join form was sent again by somebody who takes part already."""


@dataclass(frozen=True)
class InterestsChanged(Prompt):
    """Topics were added to one side.

    `side` is "learn" or "teach"; `merged` are (typed, taken) pairs; `others` is how many other people
    stand on the opposite side of them, 0 where it is under five; `first`: nothing stood on that
    side before.
    """

    side: str
    added: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    others: int
    first: bool = False


@dataclass(frozen=True)
class InterestForgotten(Prompt):
    """A topic was taken off; `was_there` is False where it was on neither side."""

    topic: str
    was_there: bool


@dataclass(frozen=True)
class ProfileShown(Prompt):
    """What is known about the reader; `code_kept_at` is when they said that they keep to the code."""

    card: Card
    places: int
    since: str
    manager: Address | None
    findable: bool
    paused_until: datetime | None
    direction: Direction = Direction.UNSAID
    code_kept_at: datetime | None = None
    holidays: str = ""
    """The place whose public holidays the reader keeps; empty for none."""


@dataclass(frozen=True)
class Teacher:
    """Somebody who teaches a topic and agreed to be found; no learn topics, which are a partner's to see."""

    who: Address
    name: str
    level: int
    department: str
    teach: tuple[str, ...]


@dataclass(frozen=True)
class TeachersFound(Prompt):
    """People who teach `topic` and agreed to be found, at most ten."""

    topic: str
    teachers: tuple[Teacher, ...]


@dataclass(frozen=True)
class PairsShown(Prompt):
    """The reader's pairs, and when the next round is."""

    pairs: tuple[PairLine, ...]
    next_round_at: datetime | None
    resting: bool = False
    """Whether the reader gets no new pair until they say that they are open to one."""


@dataclass(frozen=True)
class WhyShown(Prompt):
    """Why this pair."""

    partner_name: str
    partner: Address
    reasons: tuple[Reason, ...]
    flow: Flow


@dataclass(frozen=True)
class WhyNone(Prompt):
    """Why there is no pair yet, as `reason`, how the last round looked, and when the next one is."""

    reason: Reason
    next_round_at: datetime | None
    search: Search = NO_SEARCH


@dataclass(frozen=True)
class PauseForm(FormPrompt):
    """Asks until when, and whether partners may be told."""

    form: ClassVar[str] = "pause"
    until: date


@dataclass(frozen=True)
class Paused(Prompt):
    """A pause began; `active_pairs` is how many pairs now rest, `told` whether partners hear until when."""

    until: datetime
    active_pairs: int
    told: bool


@dataclass(frozen=True)
class Resumed(Prompt):
    """The pause is over, by the person's word; `was_paused` is False where there was none."""

    was_paused: bool
    next_round_at: datetime | None


@dataclass(frozen=True)
class PauseEnded(Prompt):
    """The pause is over by itself."""

    next_round_at: datetime | None


@dataclass(frozen=True)
class LeaveAsked(Prompt):
    """Before leaving: what is kept, what ends, how to come back; asks once more."""

    pairs: int


@dataclass(frozen=True)
class LeftProgramme(Prompt):
    """The person has left: what is kept and how to come back."""

    programme: str


@dataclass(frozen=True)
class Privacy(Prompt):
    """What is stored, who sees what, what can never be seen."""

    contacts: tuple[Address, ...]
    support: str
