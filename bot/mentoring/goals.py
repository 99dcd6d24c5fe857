"""Goals: what each side of a pair wants to have learned, how they will notice, and the smallest next step."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId

LONGEST = 300
"""Graphemes of one answer."""


@dataclass(frozen=True)
class Goal:
    """One side's goal in a pair.

    `number` counts a person's goals in the pair from 1; `steps` are the small steps done on the way;
    `step_done` tells that the one named last is among them; `reached_at` is None while it is pursued.
    """

    owner: ParticipantId
    number: int
    what: str
    evidence: str
    step: str
    set_at: datetime
    steps: int = 0
    step_done: bool = False
    reached_at: datetime | None = None

    @property
    def key(self) -> str:
        """What names the goal at its present step inside its pair."""
        return f"{self.number}.{self.steps}"


@dataclass(frozen=True)
class Goals:
    """The goals of both sides of a pair, those reached included, oldest first."""

    pair: PairId
    all: tuple[Goal, ...] = ()

    def of(self, one: ParticipantId) -> Goal | None:
        """What somebody is after now."""
        mine = [goal for goal in self.all if goal.owner == one and goal.reached_at is None]
        return mine[-1] if mine else None

    def reached(self, one: ParticipantId) -> tuple[Goal, ...]:
        """What somebody has reached here, oldest first."""
        return tuple(goal for goal in self.all if goal.owner == one and goal.reached_at is not None)


@dataclass(frozen=True)
class Aim:
    """What somebody wrote of a goal."""

    what: str
    evidence: str
    step: str


def aimed(goals: Goals, one: ParticipantId, aim: Aim, now: datetime) -> Goals:
    """The goals with somebody's own set or changed; the one before is replaced, those reached stay."""
    old = goals.of(one)
    if old is None:
        number = len(goals.reached(one)) + 1
        return replace(goals, all=(*goals.all, Goal(one, number, aim.what, aim.evidence, aim.step, now)))
    fresh_step = aim.step != old.step
    changed = replace(
        old,
        what=aim.what,
        evidence=aim.evidence,
        step=aim.step,
        set_at=now,
        step_done=old.step_done and not fresh_step,
    )
    return _with(goals, old, changed)


def stepped(goals: Goals, one: ParticipantId, key: str) -> Goals:
    """The goals with somebody's small step done, once; NotPossibleNow for an older step."""
    goal = _pursued(goals, one)
    if goal.step_done and key == replace(goal, steps=goal.steps - 1).key:
        return goals
    if goal.step_done or key != goal.key:
        raise NotPossibleNow("step", "goal moved")
    return _with(goals, goal, replace(goal, steps=goal.steps + 1, step_done=True))


def reached(goals: Goals, one: ParticipantId, number: int, now: datetime) -> Goals:
    """The goals with somebody's own reached; NotPossibleNow where it was reached or changed hands before."""
    goal = _pursued(goals, one)
    if goal.number != number:
        raise NotPossibleNow("reach", "goal moved")
    return _with(goals, goal, replace(goal, reached_at=now))


def _pursued(goals: Goals, one: ParticipantId) -> Goal:
    goal = goals.of(one)
    if goal is None:
        raise NotPossibleNow("goal", "no goal")
    return goal


def _with(goals: Goals, old: Goal, new: Goal) -> Goals:
    return replace(goals, all=tuple(new if each == old else each for each in goals.all))
