"""What a journey is made of: its stages and steps, as `prompts/journey.yml` declares them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.mentoring.prompts.base import Doubt


class Kind(StrEnum):
    """What a step is: each kind has a prompt class of its own."""

    INTRODUCTION = "introduction"
    CARD = "card"
    """Something to read or to talk about."""
    QUESTION = "question"
    """Something to answer with a button."""
    CHECK_IN = "check_in"
    """A question that is asked for several pairs at once."""
    READING = "reading"
    """A few lines to read, and a question to talk about."""
    DILEMMA = "dilemma"
    """A situation without a right answer."""


class To(StrEnum):
    """Whom a step speaks to: both in their room, or one at a time by the side they have in the pair."""

    BOTH = "both"
    EACH = "each"
    JUNIOR = "junior"
    SENIOR = "senior"
    LEARNER = "learner"
    TEACHER = "teacher"


class Anchor(StrEnum):
    """What a step's days are counted from."""

    INTRODUCED = "introduced"
    STAGE = "stage"
    """The day its stage was opened."""
    PLANNED = "planned"
    """The n-th meeting's date while it lies ahead; -1 is the day before."""
    HELD = "held"
    """The n-th meeting that was held; without n the last."""
    LOST = "lost"
    """The n-th date in a row that came to nothing."""
    CADENCE = "cadence"
    """When the next meeting would be best, or the day after a date that was set."""
    SILENCE = "silence"
    """The day by which a sign of life of the person would have been usual."""
    PARTNERS_SILENCE = "partners_silence"
    """The same day of the other one."""
    AGREED = "agreed"
    """The day from which the person is to be asked whether what the two agreed is still right."""
    BACK = "back"
    """The day on which one of the two came back from a break."""


class Again(StrEnum):
    """Whether a step that was said comes again."""

    NEVER = "never"
    ANEW = "anew"
    """When what it is counted from happens another time."""
    KEEPS = "keeps"
    """That, and at the cadence of the pair, until nobody answers any more."""


class Opens(StrEnum):
    """When a stage is opened."""

    BY_STEPS = "by_steps"
    """Its steps have moments of their own."""
    SECOND_MEETING = "second_meeting"
    MEETING = "meeting"
    """After a meeting, one stage each: what the two wish for first, then in order, as far as time allows."""
    HALFWAY = "halfway"
    LAST_WEEKS = "last_weeks"


@dataclass(frozen=True)
class Step:
    """One thing said or asked; its words are prompts/<locale>/steps/<key>.md.j2.

    It is due `days` after its anchor, at the latest `latest_days` after the introduction where that is
    given, if all conditions named in `only` hold. Once one of those in `unless` does, it has become needless
    and counts as said; they tell what people did, and do not change with time alone. What is said before a
    meeting comes `undated_days` after the one before, or the introduction, while no date is set; without that
    figure it waits for one. `answers` are what its buttons say; with `unasked` they are taken also from
    somebody whom it was not said to yet. `lasts_days` is how long after its moment it still makes sense;
    `again_days` after how many a "not yet" brings it back. `counted` says whether it counts towards the
    limits of what the bot starts, `nudge` that it is a reminder. Whoever read it in another pair less than
    `alone_days` ago does not read it again.
    """

    key: str
    stage: str
    kind: Kind
    to: To
    after: Anchor
    days: int = 0
    nth: int | None = None
    latest_days: int | None = None
    undated_days: int | None = None
    alone_days: int | None = None
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    unasked: bool = False
    again: Again = Again.NEVER
    again_days: int | None = None
    lasts_days: int | None = None
    doubt: Doubt = Doubt.RESEND
    nudge: bool = False
    counted: bool = True

    @cached_property
    def opens_room(self) -> bool:
        """Whether it is one of the posts that every pair reads in their order, before all later steps."""
        certain = self.after is Anchor.INTRODUCED or self.latest_days is not None
        return self.to is To.BOTH and certain and not self.only


@dataclass(frozen=True)
class Stage:
    """A chapter of the journey. What is `locked` waits until the two know each other a bit."""

    key: str
    opens: Opens = Opens.BY_STEPS
    locked: bool = False


def flaws(journey: "Journey") -> Iterator[str]:
    """What does not fit together in a journey, a line each."""
    opening = {step.stage for step in journey.steps if step.after is Anchor.STAGE and step.days == 0}
    for stage in journey.stages:
        if stage.opens is not Opens.BY_STEPS and stage.key not in opening:
            yield f"the stage {stage.key!r} has no step that comes on the day it opens"
    for step in journey.steps:
        asks = step.kind in (Kind.QUESTION, Kind.CHECK_IN)
        if step.nudge and not step.counted:
            yield f"the step {step.key!r} is a nudge, and a nudge counts"
        if step.answers and not asks:
            yield f"the step {step.key!r} has answers, and only a question or a check-in has"
        if asks and step.to is To.BOTH:
            yield f"the step {step.key!r} asks a room, and an answer is somebody's own"
        if step.after is Anchor.STAGE and journey.stage[step.stage].opens is Opens.BY_STEPS:
            yield f"the step {step.key!r} counts from its stage, which is never opened"


@dataclass(frozen=True)
class Journey:
    """The stages in their order and their steps in theirs; keys are unique."""

    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]

    @cached_property
    def by_key(self) -> dict[str, Step]:
        """Every step by its key."""
        return {step.key: step for step in self.steps}

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each step stands."""
        return {step.key: place for place, step in enumerate(self.steps)}

    @cached_property
    def stage(self) -> dict[str, Stage]:
        """Every stage by its key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def timed(self) -> dict[str, str]:
        """The stage of every step whose days are counted from the opening of its stage."""
        return {step.key: step.stage for step in self.steps if step.after is Anchor.STAGE}

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The stages that the two choose among."""
        return tuple(stage.key for stage in self.stages if stage.opens is Opens.MEETING)
