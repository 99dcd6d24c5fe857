"""An owner looks into a draft, asks for changes to it, and says how pairs are chosen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.mentoring.ids import Address, RoundId
from bot.mentoring.programme import Choosing
from bot.mentoring.prompts.base import FormPrompt, Prompt
from bot.mentoring.prompts.owners import DraftedPair


@dataclass(frozen=True)
class Change:
    """What a change to a draft does to it: pairs that come and go by their names, and who is left without."""

    new: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    now_alone: tuple[str, ...] = ()
    now_matched: tuple[str, ...] = ()


@dataclass(frozen=True)
class PairLooked(Prompt):
    """Two people of whom the draft makes a pair: why, and their places among everybody possible.

    `ranks` holds (place, of how many) for each of the two, empty where the pair is locked.
    """

    round: RoundId
    pair: DraftedPair
    ranks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class PairPossible(Prompt):
    """Two people of whom the draft makes no pair, though they could be one.

    What locking them would cost in points of the draft's worth, and change; `apart` says that an owner
    keeps them apart.
    """

    round: RoundId
    pair: DraftedPair
    price: int
    change: Change
    apart: bool = False


@dataclass(frozen=True)
class PairNotPossible(Prompt):
    """Two people who cannot be a pair by rules that everybody may know; `rules` are kinds."""

    round: RoundId
    one: str
    other: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class DraftChanged(Prompt):
    """A draft was drawn up anew after an owner's wish about two people."""

    round: RoundId
    one: str
    other: str
    wish: str
    pairs: int
    waiting: int
    change: Change


@dataclass(frozen=True)
class AboutTwoForm(FormPrompt):
    """Asks which two people an owner wants to look at."""

    form: ClassVar[str] = "about_two"
    round: RoundId


@dataclass(frozen=True)
class ChoosingForm(FormPrompt):
    """Asks how pairs are chosen; opens with what is set."""

    form: ClassVar[str] = "choosing"
    choosing: Choosing


@dataclass(frozen=True)
class Weighed:
    """What a way to choose does with everybody who takes part, in counts."""

    pairs: int
    people: int
    reciprocal: int
    across_departments: int
    upward: int


@dataclass(frozen=True)
class ChoosingSet(Prompt):
    """How pairs are chosen from now on, and what that changes.

    `price` are the points by which the new pairs fall short of the old ones by the old measure.
    """

    choosing: Choosing
    before: Weighed
    after: Weighed
    price: int = 0


@dataclass(frozen=True)
class ProgrammeShown(Prompt):
    """A programme's settings, its conditions, and how its pairs are chosen."""

    name: str
    purpose: str
    conditions: tuple[str, ...]
    contacts: tuple[Address, ...]
    next_round_at: datetime | None
    weeks_between_rounds: int
    ends: date | None
    choosing: Choosing
    topics: int
    mandatory: bool = False


@dataclass(frozen=True)
class WordsForm(FormPrompt):
    """Asks what the company calls topics; `words` is one topic a line, other names behind a colon."""

    form: ClassVar[str] = "words"
    words: str


@dataclass(frozen=True)
class WordsKept(Prompt):
    """The company's own words are kept: of how many topics."""

    topics: int
