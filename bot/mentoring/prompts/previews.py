"""An owner looks at two people inside a draft, and asks for changes to it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.mentoring.ids import RoundId
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
