"""How it is going: what each alone said of it, told to nobody."""

from dataclasses import dataclass

from bot.mentoring.fit import Fit
from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import Prompt
from bot.mentoring.prompts.steps import PairAsked


@dataclass(frozen=True)
class FitKept(Prompt):
    """What the reader said of a pair, and what can be done about it; `others` have not been spoken of."""

    pair: PairId
    partner: str
    fit: Fit
    others: tuple[PairAsked, ...] = ()


@dataclass(frozen=True)
class HelpedKept(Prompt):
    """The answer was counted."""
