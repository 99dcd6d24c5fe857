"""A journey played through by two who meet and answer as one would wish: when each step would be said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.journey import due_steps
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.steps import Journey, Kind
from bot.mentoring.story import FORTNIGHT, Answer, Done, Mark, Story

_ONE, _OTHER = ParticipantId("junior"), ParticipantId("senior")
_OPENED = datetime(2026, 1, 6, 9, tzinfo=UTC)
_FIRST_MEETING = timedelta(days=9)
_DAY, _WEEK = timedelta(days=1), 7


def weeks(journey: Journey) -> dict[str, int]:
    """The week (from 1) in which each step is first said; steps that such a pair is not told are left out.

    The two are on different levels and learn from each other. They set each date a week ahead, meet every
    fortnight and later every month, and give the first answer there is to whatever is asked.
    """
    both = frozenset((_ONE, _OTHER))
    story = Story((_ONE, _OTHER), _OPENED, learners=both, teachers=both)
    found: dict[str, int] = {}
    now, meets_at = _OPENED, _OPENED + _FIRST_MEETING
    while now < story.horizon:
        if now >= meets_at:
            story = _met(story, meets_at)
            meets_at += story.cadence
        elif now >= meets_at - FORTNIGHT / 2 and story.planned_at is None:
            story = replace(story, meetings=(*story.meetings, _meeting(meets_at, MeetingState.PLANNED)))
        while due := due_steps(story, journey, now):
            step = due[0].step
            answer = Answer.MET if step.kind is Kind.CHECK_IN else next(iter(step.answers), None)
            done = Done(step.key, now, due[0].to, answer, now if answer else None)
            story = replace(story, done=(*story.done, done))
            found.setdefault(step.key, (now - _OPENED).days // _WEEK + 1)
        now += _DAY
    return found


def _met(story: Story, at: datetime) -> Story:
    """The two have met on the date that was set, and one of them tells."""
    past = tuple(one for one in story.meetings if one.state is MeetingState.HELD)
    told = Done(Mark.TOLD, at, _ONE)
    return replace(story, meetings=(*past, _meeting(at, MeetingState.HELD)), done=(*story.done, told))


def _meeting(at: datetime, state: MeetingState) -> Meeting:
    return Meeting(MeetingId(at.isoformat()), PairId("pair"), state, at)
