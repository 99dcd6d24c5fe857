"""How it is going: asked of each alone, and told to nobody."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from bot.mentoring.fit import Fit
from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import Doubt, Prompt
from bot.mentoring.prompts.steps import PairAsked


@dataclass(frozen=True)
class FitAsked(Prompt):
    """After the first meeting, to each alone: whether one can speak openly, and whether the pair fits."""

    lasts: ClassVar[timedelta | None] = timedelta(days=14)
    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class FitKept(Prompt):
    """What the reader said of a pair, and what can be done about it; `others` have not been spoken of."""

    pair: PairId
    partner: str
    fit: Fit
    others: tuple[PairAsked, ...] = ()


@dataclass(frozen=True)
class HelpedAsked(Prompt):
    """To the senior side: whether asking somebody on a lower level helped; only counted."""

    lasts: ClassVar[timedelta | None] = timedelta(days=14)
    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...] = field(default=())


@dataclass(frozen=True)
class HelpedKept(Prompt):
    """The answer was counted."""
