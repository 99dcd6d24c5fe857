"""What of its journey is due to a pair: pure, and with an answer for every story."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.chapters import Chapters, chapters
from bot.mentoring.conditions import CONDITIONS, needless
from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import JOINED_WITHIN
from bot.mentoring.meetings import MeetingState
from bot.mentoring.steps import Again, Anchor, Journey, Step, To
from bot.mentoring.story import FORTNIGHT, Answer, Done, Mark, Story

ROOM_REST = timedelta(days=2)
"""The least time between two posts of the journey in one room."""
DAY_AFTER = timedelta(days=1)
"""How long after a date that was set the pair is asked whether it met."""
CALLED_OFF = timedelta(days=7)
"""How long after a date was called off nobody is asked whether the two met."""
UNANSWERED = 3
"""Check-ins in a row without an answer, after which the bot asks no more."""
SETTLING = timedelta(days=4)
"""How long after a break nothing but the gentle start is said."""
PATIENT = 2
"""After so many "not yet" in a row the question comes at the pair's own cadence."""


class Stance(StrEnum):
    """Where a pair stands as a whole."""

    MOVES = "moves"
    RESTS = "rests"
    OVER = "over"


@dataclass(frozen=True)
class Due:
    """A step that is to be said to a recipient (None: the room), not before `at`.

    `exact`: it is about a date, and is not said earlier to fall together with something else.
    """

    step: Step
    to: ParticipantId | None
    at: datetime
    exact: bool = False


def stance(story: Story, now: datetime) -> Stance:
    """Whether the pair moves, rests or is over with its programme."""
    if story.over(now):
        return Stance.OVER
    return Stance.RESTS if story.rests(now) else Stance.MOVES


def due_steps(story: Story, journey: Journey, now: datetime) -> tuple[Due, ...]:
    """What is due at `now`, earliest first."""
    return tuple(due for due in outstanding(story, journey, now) if due.at <= now)


def outstanding(story: Story, journey: Journey, now: datetime) -> tuple[Due, ...]:
    """What is still to be said as things stand, by moment and then in the journey's order.

    Total: every story has an answer. There is none for a pair that rests or whose programme is over; what
    would come after the beginning of a rest or the end of the programme is left out.
    """
    if stance(story, now) is not Stance.MOVES:
        return ()
    until = min((at for at in (story.rests_from, story.ends_at) if at is not None), default=None)
    look = _Look(story, journey, chapters(story, journey), now)
    found = [due for due in look.ahead() if until is None or due.at < until]
    return tuple(sorted(found, key=lambda due: (due.at, journey.order[due.step.key], due.to or "")))


@dataclass(frozen=True)
class _Look:
    """One look at a story, at one moment."""

    story: Story
    journey: Journey
    chapters: Chapters
    now: datetime

    def ahead(self) -> Iterator[Due]:
        """All that is still to be said, in the journey's order.

        One of the first posts holds back the rest, but for the words after a break once a room is open.
        """
        held_back = False
        open_ = self.story.last_post is not None
        for step in self.journey.steps:
            if held_back and not (open_ and step.after is Anchor.BACK):
                continue
            if step.after is Anchor.STAGE and not self._in_stage(step):
                continue
            if self.journey.stage[step.stage].locked and not self.story.known:
                continue
            for to in self._recipients(step):
                at = self._moment(step, to)
                if at is not None:
                    yield Due(step, to, at, self._exact(step))
            waits = step.opens_room and not needless(step.unless, self.story, None)
            held_back |= waits and not self.story.told(step.key, None)

    def _in_stage(self, step: Step) -> bool:
        """Whether its stage is the one the pair is in, or the next and the step is of those that open it."""
        current, following = self.chapters.current, self.chapters.following
        if current is not None and step.stage == current.stage:
            return True
        return following is not None and step.stage == following.stage and step.days == 0

    def _recipients(self, step: Step) -> tuple[ParticipantId | None, ...]:
        story = self.story
        junior, senior = story.sides
        match step.to:
            case To.BOTH:
                return (None,)
            case To.EACH:
                return story.sides
            case To.JUNIOR:
                return () if story.lateral else (junior,)
            case To.SENIOR:
                return () if story.lateral else (senior,)
            case To.LEARNER:
                return tuple(side for side in story.sides if side in story.learners)
            case To.TEACHER:
                return tuple(side for side in story.sides if side in story.teachers)

    def _exact(self, step: Step) -> bool:
        dated = step.after is Anchor.CADENCE and self.story.planned_at is not None
        return dated or (step.after is Anchor.PLANNED and self.story.ahead(self.now) is not None)

    def _moment(self, step: Step, to: ParticipantId | None) -> datetime | None:
        """When the step is due for this recipient; None where it is done or does not apply."""
        told = self.story.told(step.key, to)
        if (told and step.again is Again.NEVER) or self._read_lately(step, to):
            return None
        if needless(step.unless, self.story, to):
            return None
        moment = self._first(step, to)
        if moment is None or not all(CONDITIONS[name](self.story, to, self.now) for name in step.only):
            return None
        if told and moment <= told[-1].at + self._early(step):
            again = self._again(step, told)
            if again is None:
                return None
            moment = again
        moment = max(moment, self._free_from(to), self._settled_from(step))
        quiet = None if to is None else self.story.hears_nothing_from(to)
        return moment if quiet is None or max(moment, self.now) < quiet else None

    def _early(self, step: Step) -> timedelta:
        """How much before its moment a step may have been said, to fall together with something else."""
        return timedelta(0) if self._exact(step) else JOINED_WITHIN

    def _read_lately(self, step: Step, to: ParticipantId | None) -> bool:
        """Whether the person read it in another pair, not long ago."""
        if to is None or step.alone_days is None or (to, step.key) not in self.story.read:
            return False
        return self.now < self.story.read[to, step.key] + timedelta(days=step.alone_days)

    def _settled_from(self, step: Step) -> datetime:
        """Some days after somebody came back: until then only the gentle start itself is said."""
        back = self.story.last(Mark.BACK)
        return self.story.opened_at if back is None or step.after is Anchor.BACK else back + SETTLING

    def _first(self, step: Step, to: ParticipantId | None) -> datetime | None:
        """`days` after the anchor, at the latest `latest_days` after the opening; None where neither came."""
        anchored = self._anchor(step, to)
        moments = [anchored + timedelta(days=step.days)] if anchored is not None else []
        if step.latest_days is not None:
            moments.append(self.story.opened_at + timedelta(days=step.latest_days))
        return min(moments, default=None)

    def _anchor(self, step: Step, to: ParticipantId | None) -> datetime | None:
        story = self.story
        match step.after:
            case Anchor.INTRODUCED:
                return story.opened_at
            case Anchor.STAGE:
                return self._opening(step)
            case Anchor.PLANNED | Anchor.HELD | Anchor.LOST:
                return self._meeting(step)
            case Anchor.AGREED:
                return None if to is None else story.look_again_at.get(to)
            case Anchor.BACK:
                return story.last(Mark.BACK)
            case _:
                return self._expected(step.after, to)

    def _meeting(self, step: Step) -> datetime | None:
        """The date, ahead, held or lost, of the meeting that the step names."""
        story = self.story
        if step.after is Anchor.HELD:
            return _nth([meeting.at for meeting in story.held], step.nth)
        if step.after is Anchor.LOST:
            return _nth([meeting.at for meeting in story.lost], step.nth)
        if step.nth not in (None, len(story.held) + 1):
            return None
        ahead = story.ahead(self.now)
        if ahead is not None:
            return ahead.at
        if step.undated_days is None or story.planned_at is not None:
            return None
        return story.last_held_at + timedelta(days=step.undated_days - step.days)

    def _opening(self, step: Step) -> datetime | None:
        mine = [one for one in (self.chapters.following, self.chapters.current) if one is not None]
        return next((one.at for one in mine if one.stage == step.stage), None)

    def _expected(self, anchor: Anchor, to: ParticipantId | None) -> datetime:
        """When a meeting, or a sign of life, would be usual."""
        story = self.story
        if anchor is Anchor.CADENCE:
            if story.planned_at is not None:
                return story.planned_at + DAY_AFTER
            off = (one.changed_at for one in story.lost if one.state is MeetingState.CANCELLED)
            return max([story.last_held_at + story.cadence, *(at + CALLED_OFF for at in off if at)])
        people: tuple[ParticipantId, ...] = story.sides if to is None else (to,)
        if anchor is Anchor.PARTNERS_SILENCE:
            people = tuple(side for side in story.sides if side != to)
        newest = max(story.sign(side) for side in people)
        return max(newest, story.planned_at or newest) + story.cadence

    def _again(self, step: Step, told: tuple[Done, ...]) -> datetime | None:
        """When a step comes again though nothing new has happened; None for never.

        UNANSWERED in a row without an answer are enough, until the person gives a sign of life.
        """
        if step.again is not Again.KEEPS:
            return None
        last = told[-1]
        lately = told[-UNANSWERED:]
        quiet = len(lately) == UNANSWERED and all(done.answer is None for done in lately)
        if quiet and (last.to is None or self.story.sign(last.to) <= last.at):
            return None
        not_yet = sum(done.answer == Answer.NOT_YET for done in told[-PATIENT:])
        soon = last.answer == Answer.NOT_YET and not_yet < PATIENT and step.again_days is not None
        return last.at + (
            timedelta(days=step.again_days or 0) if soon else max(FORTNIGHT, self.story.cadence)
        )

    def _free_from(self, to: ParticipantId | None) -> datetime:
        """After the last post to a room, or once somebody wants to hear of this pair again."""
        story = self.story
        if to is None:
            return story.last_post + ROOM_REST if story.last_post else story.opened_at
        return story.snoozed_until(to) or story.opened_at


def _nth(moments: list[datetime], nth: int | None) -> datetime | None:
    """The n-th of these (from 1), or the last."""
    if nth is None:
        return moments[-1] if moments else None
    return moments[nth - 1] if len(moments) >= nth else None
