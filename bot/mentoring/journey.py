"""A pair's journey: stages and steps as data, and which of them are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.ids import ParticipantId
from bot.mentoring.meetings import Meeting, MeetingState, held, next_planned

ROOM_REST = timedelta(days=2)
"""The least time between two posts of the journey in one room."""
DAY_AFTER = timedelta(days=1)
"""How long after a date that was set the pair is asked whether it met."""
UNANSWERED = 3
"""Check-ins in a row without an answer, after which the bot rests."""


class To(StrEnum):
    """Whom a step speaks to."""

    ROOM = "room"
    EACH = "each"


class Anchor(StrEnum):
    """What a step's days are counted from."""

    INTRODUCED = "introduced"
    FIRST_MEETING = "first_meeting"
    LAST_MEETING = "last_meeting"


class When(StrEnum):
    """The condition on which a step is said."""

    ALWAYS = "always"
    NO_DATE = "no_date"


@dataclass(frozen=True)
class Step:
    """One thing said or asked.

    `prompt` names the Prompt class; the step is due `days` after its anchor, at the latest `latest_days`
    after the introduction where that is given. With `repeat_days` it comes again, `again_days` after a
    "not yet". `counted` says whether it counts towards the limits of what the bot starts.
    """

    key: str
    stage: str
    prompt: str
    to: To
    after: Anchor
    days: int
    latest_days: int | None = None
    when: When = When.ALWAYS
    nudge: bool = False
    counted: bool = True
    repeat_days: int | None = None
    again_days: int | None = None


@dataclass(frozen=True)
class Journey:
    """The stages in their order, each with its steps in theirs; step keys are unique."""

    stages: tuple[str, ...]
    steps: tuple[Step, ...]


class Answer(StrEnum):
    """What a person answered to a check-in."""

    MET = "met"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Done:
    """A step that was said: to one person, or to the room (`to` None)."""

    step: str
    at: datetime
    to: ParticipantId | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class Story:
    """What has happened to an active pair so far."""

    sides: tuple[ParticipantId, ParticipantId]
    opened_at: datetime
    meetings: tuple[Meeting, ...] = ()
    done: tuple[Done, ...] = ()

    def told(self, step: Step, to: ParticipantId | None) -> tuple[Done, ...]:
        """The times this step was said to this recipient, oldest first."""
        return tuple(done for done in self.done if done.step == step.key and done.to == to)


@dataclass(frozen=True)
class Due:
    """A step that is to be said to a recipient (None: the room), not before `at`."""

    step: Step
    to: ParticipantId | None
    at: datetime


def outstanding(story: Story, journey: Journey, now: datetime) -> tuple[Due, ...]:
    """What is still to be said as things stand, by moment and then in the journey's order.

    A step waits for every earlier step to the room, so that a pair reads its prompts in order. Total:
    every story has an answer, the empty one included.
    """
    found: list[Due] = []
    for step in journey.steps:
        recipients = (None,) if step.to is To.ROOM else story.sides
        for one in recipients:
            at = _moment(story, step, one, now)
            if at is not None:
                found.append(Due(step, one, at))
        if step.to is To.ROOM and not story.told(step, None):
            break
    order = {step.key: place for place, step in enumerate(journey.steps)}
    return tuple(sorted(found, key=lambda due: (due.at, order[due.step.key], due.to or "")))


def due_steps(story: Story, journey: Journey, now: datetime) -> tuple[Due, ...]:
    """What is due at `now`, earliest first."""
    return tuple(due for due in outstanding(story, journey, now) if due.at <= now)


def _moment(story: Story, step: Step, to: ParticipantId | None, now: datetime) -> datetime | None:
    """When the step is next due for this recipient; None where it is done, does not apply or rests."""
    told = story.told(step, to)
    if told and step.repeat_days is None:
        return None
    moment = _first_moment(story, step)
    if moment is None:
        return None
    if told:
        again = _again(step, told, moment)
        if again is None:
            return None
        moment = again
    if step.when is When.NO_DATE and _has_date(story, now):
        return None
    return max(moment, _rested(story, to))


def _first_moment(story: Story, step: Step) -> datetime | None:
    """`days` after the anchor, at the latest `latest_days` after the opening; None before the anchor came."""
    latest = None if step.latest_days is None else story.opened_at + timedelta(days=step.latest_days)
    meetings = [meeting.at for meeting in held(story.meetings)]
    match step.after:
        case Anchor.INTRODUCED:
            moment = story.opened_at + timedelta(days=step.days)
        case Anchor.FIRST_MEETING if meetings:
            moment = meetings[0] + timedelta(days=step.days)
        case Anchor.LAST_MEETING:
            moment = max(meetings, default=story.opened_at) + timedelta(days=step.days)
            dates = [m.at for m in story.meetings if m.state is MeetingState.PLANNED]
            if dates:
                moment = max(dates) + DAY_AFTER
        case _:
            return latest
    return moment if latest is None else min(moment, latest)


def _again(step: Step, told: tuple[Done, ...], moment: datetime) -> datetime | None:
    """When a repeated step comes again; None after UNANSWERED in a row without an answer.

    Something new since it was last said, a meeting held or a date that passed, sets the moment afresh.
    """
    if all(done.answer is None for done in told[-UNANSWERED:]) and len(told) >= UNANSWERED:
        return None
    last = told[-1]
    if moment > last.at:
        return moment
    days = step.again_days if last.answer is Answer.NOT_YET and step.again_days else step.repeat_days
    return last.at + timedelta(days=days or 0)


def _has_date(story: Story, now: datetime) -> bool:
    """Whether the two have met, or have a date ahead."""
    return bool(held(story.meetings)) or next_planned(story.meetings, now) is not None


def _rested(story: Story, to: ParticipantId | None) -> datetime:
    """The earliest moment after the last post to the room; people's own messages have their own limits."""
    posts = [done.at for done in story.done if done.to is None]
    return max(posts) + ROOM_REST if posts and to is None else story.opened_at
