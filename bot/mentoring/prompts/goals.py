"""Goals of both sides of a pair, and what flows back in a one-sided one."""

from dataclasses import dataclass
from typing import ClassVar

from bot.mentoring.goals import Goal
from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import FormPrompt, Prompt


@dataclass(frozen=True)
class GoalForm(FormPrompt):
    """Asks for the reader's goal in a pair, the same of both sides; opens with what they wrote before."""

    form: ClassVar[str] = "goal"
    pair: PairId
    partner: str
    goal: Goal | None = None

    @property
    def carries(self) -> str:
        """The pair."""
        return self.pair


@dataclass(frozen=True)
class GoalKept(Prompt):
    """The reader's goal is set; `partner_has` one too."""

    pair: PairId
    partner: str
    partner_has: bool


@dataclass(frozen=True)
class PairGoals:
    """Both goals of one of the reader's pairs, and how many the reader has reached in it."""

    pair: PairId
    partner: str
    yours: Goal | None
    theirs: Goal | None
    reached: int = 0


@dataclass(frozen=True)
class GoalsShown(Prompt):
    """The goals of both sides, pair by pair."""

    pairs: tuple[PairGoals, ...]


@dataclass(frozen=True)
class StepDone(Prompt):
    """A small step is done, of so many in all."""

    pair: PairId
    step: str
    count: int


@dataclass(frozen=True)
class ReachedForm(FormPrompt):
    """Asks, before a goal is celebrated, whether the partner may hear of it."""

    form: ClassVar[str] = "reached"
    pair: PairId
    partner: str
    goal: Goal

    @property
    def carries(self) -> str:
        """The pair and the goal."""
        return f"{self.pair}|{self.goal.number}"


@dataclass(frozen=True)
class GoalReached(Prompt):
    """The reader reached a goal; `told` whether the partner hears of it."""

    pair: PairId
    partner: str
    what: str
    told: bool


@dataclass(frozen=True)
class PartnerReached(Prompt):
    """The partner reached a goal and lets the reader know."""

    partner: str
    what: str


@dataclass(frozen=True)
class BackForm(FormPrompt):
    """Offers the topics that can flow back."""

    form: ClassVar[str] = "back"
    pair: PairId
    partner: str
    topics: tuple[str, ...]

    @property
    def carries(self) -> str:
        """The pair."""
        return self.pair


@dataclass(frozen=True)
class FlowsBack(Prompt):
    """From now on the pair goes both ways: what the reader learns (`yours`) or teaches in it."""

    pair: PairId
    partner: str
    topics: tuple[str, ...]
    yours: bool
