"""Did you meet: what each side answers, what becomes of the meeting, and the next date at once."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.conditions import CHECK_IN
from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import Meeting, MeetingState, denied, told
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.prompts import (
    MeetingNoted,
    MeetingSettled,
    PairAsked,
    Prompt,
    SettleMeeting,
    StepCheckIn,
)
from bot.mentoring.rights import Actor
from bot.mentoring.steps import Journey
from bot.mentoring.story import Answer, Mark
from bot.ports import NewId, Records
from bot.use_cases.acting import active_pair, open_pairs, the_pair
from bot.use_cases.agendas import close_agenda
from bot.use_cases.dates import next_date
from bot.use_cases.marking import look_again, mark
from bot.use_cases.reminding import plan_reminders, whom
from bot.use_cases.saying import tell
from bot.use_cases.stories import story_of
from bot.use_cases.telling import asked

_EVENT = "check-in"


def met(
    actor: Actor, key: PairId, journey: Journey, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Record that the two have met, and offer the next date; told twice, or by both, it is one meeting."""
    pair, one, _ = active_pair(actor, key, _EVENT, records=records)
    _record_held(pair, one.id, records, now, new_id)
    if _answered(pair, one, Answer.MET, records, now):
        return _asked_again(one, journey, records, now)
    story = story_of(pair, records)
    return MeetingNoted(
        whom(pair, one.id, records=records),
        len(story.held),
        next_date(pair, one, records=records, now=now),
        learner=bool(pair.learns(one.id)),
        rhythm=records.rhythm(pair.id).agreed is None,
        known=story.known,
        step=asked(pair, one, records).step,
    )


def not_yet(actor: Actor, key: PairId, journey: Journey, *, records: Records, now: datetime) -> StepCheckIn:
    """Record that the two have not met, and offer a date; NotPossibleNow where nobody asked.

    A date that has passed was missed. Where the other told of a meeting, both are asked to settle it.
    """
    pair, one, _ = active_pair(actor, key, _EVENT, records=records)
    if not _answered(pair, one, Answer.NOT_YET, records, now):
        raise NotPossibleNow("not yet", pair.state)
    meeting = denied(records.meetings(pair.id), one.id, now)
    if meeting is not None:
        _keep(pair, meeting, records, now)
    return _asked_again(one, journey, records, now)


def settle(
    actor: Actor, key: PairId, meeting: str, *, took_place: bool, records: Records, now: datetime
) -> MeetingSettled:
    """Say whether a meeting took place that the two remember differently; as soon as they agree it stands.

    NotPossibleNow for a meeting that is still to come or was cancelled.
    """
    pair, one, _ = active_pair(actor, key, _EVENT, records=records)
    found = next((each for each in records.meetings(pair.id) if each.id == meeting), None)
    if found is None:
        raise NotFound
    if found.state not in (MeetingState.HELD, MeetingState.MISSED):
        raise NotPossibleNow("settle", f"meeting {found.state}")
    if found.differs:
        found = found.said_held(one.id, now) if took_place else found.said_missed(one.id, now)
        mark(pair, Mark.WROTE, one.id, records=records, now=now)
        _keep(pair, found, records, now)
    return MeetingSettled(
        whom(pair, one.id, records=records),
        found.at,
        held=found.state is MeetingState.HELD,
        differs=found.differs,
    )


def record_met(actor: Actor, journey: Journey, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """`/mentor met`: record a meeting of the one pair, or ask of which."""
    found = the_pair(actor, "met", records=records)
    if isinstance(found, Prompt):
        return found
    return met(actor, found, journey, records=records, now=now, new_id=new_id)


def _record_held(pair: Pair, by: ParticipantId, records: Records, now: datetime, new_id: NewId) -> None:
    fresh = Meeting(MeetingId(new_id()), pair.id, MeetingState.PLANNED, now)
    words = {done.to: done.at for done in records.done(pair.id) if done.step == Mark.TOLD and done.to}
    meeting = told(records.meetings(pair.id), by, now, fresh, words)
    if meeting is not None:
        mark(pair, Mark.TOLD, by, records=records, now=now)
        _keep(pair, meeting, records, now)


def _keep(pair: Pair, meeting: Meeting, records: Records, now: datetime) -> None:
    """Write what became of a meeting; both are asked to settle it where they differ, once."""
    records.save_meeting(meeting)
    if meeting.state is MeetingState.HELD:
        close_agenda(pair, meeting, records=records)
    plan_reminders(pair, records=records, now=now)
    if meeting.differs:
        for side in pair.sides:
            if pair.open_to(side):
                line = SettleMeeting(whom(pair, side, records=records), meeting.id, meeting.at)
                key = f"settle:{pair.id}:{meeting.id}:{side}"
                tell(records.participant(side), key, line, at=now, records=records)
    look_again(pair, records=records, now=now)


def _answered(pair: Pair, one: Participant, answer: Answer, records: Records, now: datetime) -> bool:
    """Note the answer to the last check-in; False where there was none to answer."""
    questions = [done for done in records.done(pair.id) if done.step == CHECK_IN and done.to == one.id]
    if not questions:
        return False
    records.save_answer(pair.id, one.id, CHECK_IN, answer, now)
    look_again(pair, records=records, now=now)
    return True


def _asked_again(one: Participant, journey: Journey, records: Records, now: datetime) -> StepCheckIn:
    """The check-in as it stands after an answer: what was answered with the next date, and what is open."""
    lines: list[PairAsked] = []
    for pair in open_pairs(one.id, records, (PairState.ACTIVE,)):
        questions = [d for d in records.done(pair.id) if d.step == CHECK_IN and d.to == one.id]
        if questions:
            line, answer = asked(pair, one, records), questions[-1].answer
            following = next_date(pair, one, records=records, now=now) if answer else None
            lines.append(replace(line, answered=answer or "", next=following))
    step = journey.by_key[CHECK_IN]
    return StepCheckIn(step.key, step.doubt, step.lasts_days, tuple(lines))
