"""Did you meet: what each side answers, and the dates that they set."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.mentoring.conditions import CHECK_IN
from bot.mentoring.errors import BadInput, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import Meeting, MeetingState, told
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.programme import at_local
from bot.mentoring.prompts import (
    DateForm,
    DateKept,
    MeetingNoted,
    PairAsked,
    Prompt,
    StepCheckIn,
    WhichPair,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.steps import Journey
from bot.mentoring.story import Answer, Mark
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs
from bot.use_cases.marking import mark
from bot.use_cases.reading import one_date, one_time
from bot.use_cases.stories import story_of
from bot.use_cases.telling import asked

FURTHEST_DATE = timedelta(days=180)
_USUAL_TIME = time(10)


def met(
    actor: Actor, key: PairId, journey: Journey, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Record that the two have met; told twice, or by both, it is one meeting."""
    pair, one = own_active(actor, key, records)
    _record_held(pair, one.id, records, now, new_id)
    if _answered(pair, one, Answer.MET, records, now):
        return _asked_again(one, journey, records)
    partner = records.participant(pair.partner_of(one.id))
    story = story_of(pair, records)
    return MeetingNoted(pair.id, partner=partner.name, count=len(story.held), known=story.known)


def not_yet(actor: Actor, key: PairId, journey: Journey, *, records: Records, now: datetime) -> Prompt:
    """Record that the two have not met yet; NotPossibleNow where nobody asked.

    A date that has passed came to nothing then, unless the other tells of it.
    """
    pair, one = own_active(actor, key, records)
    if not _answered(pair, one, Answer.NOT_YET, records, now):
        raise NotPossibleNow("not yet", pair.state)
    for meeting in records.meetings(pair.id):
        if meeting.state is MeetingState.PLANNED and meeting.at < now:
            records.save_meeting(replace(meeting, state=MeetingState.MISSED))
    return _asked_again(one, journey, records)


def record_met(actor: Actor, journey: Journey, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """`/mentor met`: record a meeting of the one pair, or ask of which."""
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records, (PairState.ACTIVE,))
    if not pairs:
        raise NotFound
    if len(pairs) > 1:
        one = records.participant(actor.id)
        return WhichPair(tuple(asked(pair, one, records) for pair in pairs))
    return met(actor, pairs[0].id, journey, records=records, now=now, new_id=new_id)


def open_date(actor: Actor, key: PairId, *, records: Records, now: datetime) -> DateForm:
    """Ask when the two will meet."""
    pair, one = own_active(actor, key, records)
    day = one.hours.opening(now + timedelta(days=2)).astimezone(ZoneInfo(one.hours.zone)).date()
    partner = records.participant(pair.partner_of(one.id))
    return DateForm(pair=pair.id, partner=partner.name, on=day, at=_USUAL_TIME)


def keep_date(
    actor: Actor,
    key: PairId,
    on: str,
    at: str,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> DateKept:
    """Note a date, in the actor's zone; a planned one that lies ahead moves."""
    pair, one = own_active(actor, key, records)
    moment = at_local(one.hours.zone, one_date("on", on), one_time("at", at))
    if moment <= now:
        raise BadInput("on", Problem.IN_THE_PAST)
    if moment > now + FURTHEST_DATE:
        raise BadInput("on", Problem.TOO_FAR, str(FURTHEST_DATE.days))
    planned = [m for m in records.meetings(pair.id) if m.state is MeetingState.PLANNED]
    if planned:
        records.save_meeting(replace(planned[-1], at=moment))
    else:
        records.save_meeting(Meeting(MeetingId(new_id()), pair.id, MeetingState.PLANNED, moment))
    mark(pair, Mark.DATED, one.id, records=records, now=now)
    records.save_pair(replace(pair, next_due_at=now))
    return DateKept(partner=records.participant(pair.partner_of(one.id)).name, at=moment)


def own_active(actor: Actor, key: PairId, records: Records) -> tuple[Pair, Participant]:
    """A pair of the actor's that goes on for them, and they themselves; NotPossibleNow for any other."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if not pair.open_to(actor.id):
        raise NotPossibleNow("check-in", PairState.CLOSED)
    if pair.state is not PairState.ACTIVE:
        raise NotPossibleNow("check-in", pair.state)
    return pair, records.participant(actor.id)


def _record_held(pair: Pair, by: ParticipantId, records: Records, now: datetime, new_id: NewId) -> None:
    fresh = Meeting(MeetingId(new_id()), pair.id, MeetingState.PLANNED, now)
    words = {done.to: done.at for done in records.done(pair.id) if done.step == Mark.TOLD and done.to}
    meeting = told(records.meetings(pair.id), by, now, fresh, words)
    if meeting is not None:
        mark(pair, Mark.TOLD, by, records=records, now=now)
        records.save_meeting(meeting)
        records.save_pair(replace(pair, next_due_at=now))


def _answered(pair: Pair, one: Participant, answer: Answer, records: Records, now: datetime) -> bool:
    """Note the answer to the last check-in; False where there was none to answer."""
    questions = [done for done in records.done(pair.id) if done.step == CHECK_IN and done.to == one.id]
    if not questions:
        return False
    records.save_answer(pair.id, one.id, CHECK_IN, answer, now)
    records.save_pair(replace(records.pair(pair.id), next_due_at=now))
    return True


def _asked_again(one: Participant, journey: Journey, records: Records) -> Prompt:
    """The check-in as it stands after an answer: what was answered, and what is still open."""
    lines: list[PairAsked] = []
    for pair in open_pairs(one.id, records, (PairState.ACTIVE,)):
        questions = [d for d in records.done(pair.id) if d.step == CHECK_IN and d.to == one.id]
        if questions:
            line = asked(pair, one, records)
            lines.append(replace(line, answered=questions[-1].answer or ""))
    step = journey.by_key[CHECK_IN]
    return StepCheckIn(step.key, step.doubt, step.lasts_days, tuple(lines))
