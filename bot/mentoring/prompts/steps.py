"""The steps of a journey as they are said: one class a kind, with the step's key and what it may tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import Doubt, Prompt
from bot.mentoring.prompts.meet import NextDate


@dataclass(frozen=True)
class Facts:
    """What a step may tell of its pair. `you` reads it; in the `room` of both, `you` is the lower level.

    `goal` and `small_step` are what the reader is after, empty in the room; `goals_set`: both have a goal.
    """

    pair: PairId
    you: str
    partner: str
    you_learn: tuple[str, ...]
    you_teach: tuple[str, ...]
    lateral: bool
    programme: str
    purpose: str
    room: bool = False
    goal: str = ""
    small_step: str = ""
    goals_set: bool = False


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
class StepPrompt(Prompt):
    """A step that is said: its words are those of its key. What to do in doubt is declared with the step."""

    step: str
    in_doubt: Doubt
    lasts_days: int | None

    def settled(self) -> Doubt:
        """As the journey declares it for the step."""
        return self.in_doubt

    def stale_at(self, planned: datetime) -> datetime | None:
        """As the journey declares it for the step."""
        return None if self.lasts_days is None else planned + timedelta(days=self.lasts_days)


@dataclass(frozen=True)
class StepCard(StepPrompt):
    """Something to read, or to talk about."""

    facts: Facts


@dataclass(frozen=True)
class StepReading(StepPrompt):
    """A few lines to read, and a question to talk about."""

    facts: Facts


@dataclass(frozen=True)
class StepDilemma(StepPrompt):
    """A situation without a right answer."""

    facts: Facts


@dataclass(frozen=True)
class StepQuestion(StepPrompt):
    """Something to answer with a button; once `answered`, what comes of it."""

    facts: Facts
    answered: str = ""


@dataclass(frozen=True)
class StepCheckIn(StepPrompt):
    """A question to one person, about all their pairs for which it falls together."""

    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class StepsTogether(Prompt):
    """Several steps that fall together for one person, in one message."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    check_ins: tuple[StepCheckIn, ...] = ()
    questions: tuple[StepQuestion, ...] = ()
    cards: tuple[StepCard, ...] = ()
    readings: tuple[StepReading, ...] = ()
    dilemmas: tuple[StepDilemma, ...] = ()

    @property
    def parts(self) -> tuple[StepPrompt, ...]:
        """All of them: first what is asked, then what is to be read."""
        return (*self.check_ins, *self.questions, *self.cards, *self.readings, *self.dilemmas)


@dataclass(frozen=True)
class PairAwake(Prompt):
    """A pair that rested goes on."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class Snoozed(Prompt):
    """Nothing about these partners' pairs comes before a day."""

    partners: tuple[str, ...]
    until: datetime


@dataclass(frozen=True)
class SnoozedHere(Snoozed):
    """The same, pressed in a room: the post stays for the other, and the presser alone reads this."""

    beside: ClassVar[bool] = True
