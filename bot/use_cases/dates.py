"""Setting the date of a meeting: one side offers times, the other picks one; either moves or cancels it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.mentoring.errors import BadForm, BadInput, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import (
    LENGTHS,
    Meeting,
    MeetingEvent,
    MeetingState,
    Offer,
    held,
    next_from,
    next_planned,
    planned,
)
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.programme import at_local
from bot.mentoring.prompts import (
    MeetingCancelled,
    MeetingSet,
    NextDate,
    Prompt,
    TimesForm,
    TimesOffered,
    TimesSent,
    TimesTaken,
)
from bot.mentoring.rights import Actor
from bot.mentoring.slots import MOST_SLOTS, Slot, Span, outside, slots
from bot.mentoring.story import Mark
from bot.ports import NewId, Records
from bot.use_cases.acting import active_pair, open_pairs, the_pair
from bot.use_cases.calendars import file_of
from bot.use_cases.marking import look_again, mark, wrote
from bot.use_cases.reading import one_date, one_time
from bot.use_cases.reminding import (
    DateWord,
    forget_reminders,
    plan_reminders,
    reminder_of,
    tell_in_time,
    whom,
)
from bot.use_cases.saying import tell

FURTHEST_DATE = timedelta(days=180)
_USUAL_TIME = time(10)
_PROPOSE, _PICK, _CANCEL = "propose", "pick", "cancel meeting"


@dataclass(frozen=True)
class _Desk:
    """Who sets a date in which pair, the bot's address, and the ports."""

    pair: Pair
    one: Participant
    house: str
    records: Records
    now: datetime
    new_id: NewId


def meet(actor: Actor, house: str, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """`/mentor meet`: the date that stands, the times that wait for an answer, or the form to offer some."""
    found = the_pair(actor, "meet", records=records)
    if isinstance(found, Prompt):
        return found
    pair, one, _ = active_pair(actor, found, _PROPOSE, records=records)
    ahead = next_planned(records.meetings(pair.id), now)
    if ahead is not None:
        return _shown(_Desk(pair, one, house, records, now, new_id), ahead)
    own = _offer(pair, one.id, records)
    if own is not None and own.still(now) and not _theirs(pair, one.id, records, now):
        return TimesSent(whom(pair, one.id, records=records), own.still(now), own.minutes)
    return propose(actor, found, records=records, now=now)


def propose(actor: Actor, key: PairId, *, records: Records, now: datetime) -> Prompt:
    """**Propose a time**: what the partner offers already, to pick from; else the form to offer times."""
    pair, one, _ = active_pair(actor, key, _PROPOSE, records=records)
    theirs = _theirs(pair, one.id, records, now)
    if theirs is not None:
        return _offered(pair, theirs, one.id, records=records, now=now)
    return open_times(actor, key, records=records, now=now)


def open_times(actor: Actor, key: PairId, *, records: Records, now: datetime) -> TimesForm:
    """The form to offer times: such as lie in both people's hours, and room for one's own."""
    pair, one, _ = active_pair(actor, key, _PROPOSE, records=records)
    found = suggested(pair, one, records=records, now=now)
    ahead = next_planned(records.meetings(pair.id), now)
    return TimesForm(
        whom=whom(pair, one.id, records=records),
        here=one.hours.zone,
        times=tuple(slot.at for slot in found),
        stretched=any(slot.stretched for slot in found),
        minutes=ahead.minutes if ahead else LENGTHS[0],
        on=one.hours.day(one.hours.opening(now + timedelta(days=2))),
        at=_USUAL_TIME,
        moving=ahead.at if ahead else None,
    )


def offer(
    actor: Actor,
    key: PairId,
    answers: tuple[tuple[str, ...], str, str, str],
    house: str,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Offer times to the partner: those ticked, one's own day and time, the length in minutes.

    Where the partner offers one of them too, it is the date.
    """
    pair, one, _ = active_pair(actor, key, _PROPOSE, records=records)
    desk = _Desk(pair, one, house, records, now, new_id)
    times, minutes = _read(answers, one, now)
    theirs = _theirs(pair, one.id, records, now)
    common = sorted(set(times) & set(theirs.still(now))) if theirs else []
    if theirs and common:
        return _set(desk, theirs, common[0])
    return _send(desk, times, minutes)


def pick(
    actor: Actor,
    key: PairId,
    stamp: str,
    house: str,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """**Pick …**: a time that the partner offers becomes the date; one that I found is offered to them.

    Where a date stands already it is shown, whoever set it. One that has passed changes nothing.
    """
    pair, one, _ = active_pair(actor, key, _PICK, records=records)
    desk = _Desk(pair, one, house, records, now, new_id)
    at = _moment("times", stamp)
    theirs = _theirs(pair, one.id, records, now)
    if theirs is not None and at in theirs.still(now):
        return _set(desk, theirs, at)
    ahead = next_planned(records.meetings(pair.id), now)
    if ahead is not None:
        return _shown(desk, ahead)
    if at <= now:
        own = theirs.still(now) if theirs else ()
        times = own or tuple(slot.at for slot in suggested(pair, one, records=records, now=now))
        length = theirs.minutes if theirs else LENGTHS[0]
        return TimesOffered(whom(pair, one.id, records=records), times, length, passed=True)
    if at > now + FURTHEST_DATE:
        raise BadInput("on", Problem.TOO_FAR, str(FURTHEST_DATE.days))
    mine = _offer(pair, one.id, records)
    if mine is not None and at in mine.times:
        return TimesSent(whom(pair, one.id, records=records), mine.still(now), mine.minutes)
    return _send(desk, (at,), LENGTHS[0])


def take_back(actor: Actor, key: PairId, *, records: Records) -> TimesTaken:
    """Take back the times that one has offered; whoever reads of them later sees that they are gone."""
    pair, one, partner = active_pair(actor, key, _PROPOSE, records=records)
    records.forget_offers(pair.id, one.id)
    records.withdraw(partner.id, _times_key(pair, one.id))
    return TimesTaken(whom(pair, one.id, records=records))


def cancel(
    actor: Actor, key: PairId, meeting: str, *, records: Records, now: datetime, new_id: NewId
) -> MeetingCancelled:
    """Cancel a date; no reason is asked for, and the partner hears it in time.

    Cancelled twice, or by both, it is cancelled once. NotPossibleNow once it has begun or was held.
    """
    del new_id  # nothing is made
    pair, one, partner = active_pair(actor, key, _CANCEL, records=records)
    found = next((m for m in records.meetings(pair.id) if m.id == meeting), None)
    if found is None:
        raise NotFound
    told = MeetingCancelled(whom(pair, one.id, records=records), found.at, yours=True)
    if found.state is MeetingState.CANCELLED:
        return told
    if found.state is MeetingState.PLANNED and found.at <= now:
        raise NotPossibleNow(_CANCEL, "meeting passed")
    gone = found.after(MeetingEvent.CANCEL, now)
    records.save_meeting(gone)
    plan_reminders(pair, records=records, now=now)
    wrote(pair, one.id, records=records, now=now)
    if pair.open_to(partner.id):
        word = MeetingCancelled(whom(pair, partner.id, records=records), found.at, yours=False)
        _tell(gone, partner, (word, word), reckons=found.at, records=records, now=now)
    return told


def next_date(pair: Pair, one: Participant, *, records: Records, now: datetime) -> NextDate:
    """What there is of a pair's next date: it stands, the partner offers times, or here are some."""
    zone = records.participant(pair.partner_of(one.id)).hours.zone
    ahead = next_planned(records.meetings(pair.id), now)
    if ahead is not None:
        return NextDate(zone, planned_at=ahead.at)
    theirs = _theirs(pair, one.id, records, now)
    if theirs is not None:
        return NextDate(zone, times=theirs.still(now), theirs=True)
    found = suggested(pair, one, records=records, now=now)
    stretched = any(slot.stretched for slot in found)
    return NextDate(zone, times=tuple(slot.at for slot in found), stretched=stretched)


def suggested(pair: Pair, one: Participant, *, records: Records, now: datetime) -> tuple[Slot, ...]:
    """Times in both people's hours from the day on that the pair's rhythm asks for."""
    partner = records.participant(pair.partner_of(one.id))
    meetings = records.meetings(pair.id)
    met = held(meetings)
    borne = tuple(sum(outside(side.hours, m.at, m.minutes) for m in met) for side in (one, partner))
    begin = next_from(records.rhythm(pair.id), meetings, now)
    return slots(
        (one.hours, partner.hours),
        begin,
        LENGTHS[0],
        borne=(borne[0], borne[1]),
        taken=_taken((one.id, partner.id), records),
    )


def _taken(people: tuple[ParticipantId, ...], records: Records) -> tuple[Span, ...]:
    """When any of them meets somebody already."""
    pairs = {pair.id for who in people for pair in open_pairs(who, records, (PairState.ACTIVE,))}
    return tuple((m.at, m.ends) for key in sorted(pairs) for m in planned(records.meetings(key)))


def _read(
    answers: tuple[tuple[str, ...], str, str, str], one: Participant, now: datetime
) -> tuple[tuple[datetime, ...], int]:
    """The times and the length of an offer; BadForm or BadInput where they cannot be taken."""
    ticked, day, clock, length = answers
    if length not in map(str, LENGTHS):
        raise BadInput("minutes", Problem.NOT_A_CHOICE)
    if len(ticked) > MOST_SLOTS:
        raise BadInput("times", Problem.TOO_MANY, str(MOST_SLOTS))
    moments = {_moment("times", stamp) for stamp in ticked}
    if any(at <= now for at in moments):
        raise BadInput("times", Problem.IN_THE_PAST)
    if day.strip():
        own = at_local(one.hours.zone, one_date("on", day), one_time("at", clock))
        if own <= now:
            raise BadInput("on", Problem.IN_THE_PAST)
        moments.add(own)
    if any(at > now + FURTHEST_DATE for at in moments):
        raise BadInput("on", Problem.TOO_FAR, str(FURTHEST_DATE.days))
    if not moments:
        raise BadForm((BadInput("times", Problem.EMPTY),))
    return tuple(sorted(moments)), int(length)


def _moment(field: str, stamp: str) -> datetime:
    """The moment that a button or a box stands for: whole seconds since 1970."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= len("4102444800")):
        raise BadInput(field, Problem.NOT_A_CHOICE)
    return datetime.fromtimestamp(int(stamp), UTC)


def _offer(pair: Pair, by: ParticipantId, records: Records) -> Offer | None:
    return next((one for one in records.offers(pair.id) if one.by == by), None)


def _theirs(pair: Pair, reader: ParticipantId, records: Records, now: datetime) -> Offer | None:
    """What the partner offers and has not passed."""
    found = _offer(pair, pair.partner_of(reader), records)
    return found if found is not None and found.still(now) else None


def _offered(
    pair: Pair, one: Offer, reader: ParticipantId, *, records: Records, now: datetime
) -> TimesOffered:
    moving = next((m.at for m in records.meetings(pair.id) if m.id == one.moves and m.at > now), None)
    return TimesOffered(whom(pair, reader, records=records), one.still(now), one.minutes, moving)


def _send(desk: _Desk, times: tuple[datetime, ...], minutes: int) -> TimesSent:
    """Offer times in place of what one offered before; whoever has ended the pair hears nothing."""
    pair, one, records, now = desk.pair, desk.one, desk.records, desk.now
    partner = records.participant(pair.partner_of(one.id))
    ahead = next_planned(records.meetings(pair.id), now)
    made = Offer(desk.new_id(), pair.id, one.id, times, minutes, ahead.id if ahead else None)
    records.save_offer(made)
    mark(pair, Mark.OFFERED, one.id, records=records, now=now)
    look_again(pair, records=records, now=now)
    records.withdraw(partner.id, _times_key(pair, one.id))
    if pair.open_to(partner.id):
        prompt = _offered(pair, made, partner.id, records=records, now=now)
        tell(partner, f"{_times_key(pair, one.id)}{made.id}", prompt, at=now, records=records)
    moving = ahead.at if ahead else None
    return TimesSent(whom(pair, one.id, records=records), times, minutes, moving)


def _set(desk: _Desk, taken: Offer, at: datetime) -> MeetingSet:
    """A time was picked: the date stands, what was offered is done with, and the other hears of it."""
    pair, records, now = desk.pair, desk.records, desk.now
    meetings = records.meetings(pair.id)
    old = next((m for m in meetings if m.id == taken.moves), None) or next_planned(meetings, now)
    moved = old is not None and old.state is MeetingState.PLANNED and old.at > now
    if old is not None and moved:
        meeting = old.moved(at, taken.minutes, now)
    else:
        key = MeetingId(desk.new_id())
        meeting = Meeting(key, pair.id, MeetingState.PLANNED, at, minutes=taken.minutes, changed_at=now)
    records.save_meeting(meeting)
    records.forget_offers(pair.id)
    mark(pair, Mark.DATED, desk.one.id, records=records, now=now)
    for side in pair.sides:
        records.withdraw(side, _times_key(pair, pair.partner_of(side)))
    forget_reminders(pair, records=records)
    partner = records.participant(pair.partner_of(desk.one.id))
    if pair.open_to(partner.id):
        word = replace(_date(desk, meeting, partner), moved=moved)
        reckons = min(old.at, at) if old is not None and moved else at
        brief = word if moved else reminder_of(pair, meeting, partner, records=records)
        _tell(meeting, partner, (word, brief), reckons=reckons, records=records, now=now)
    plan_reminders(pair, records=records, now=now)  # what is asked later takes what the word of now leaves
    look_again(pair, records=records, now=now)
    return replace(_date(desk, meeting, desk.one), moved=moved)


def _date(desk: _Desk, meeting: Meeting, reader: Participant) -> MeetingSet:
    """A date as one of the two reads it, with their own calendar file."""
    file = file_of(reader.id, meeting.id, desk.house, records=desk.records, new_id=desk.new_id)
    with_whom = whom(desk.pair, reader.id, records=desk.records)
    return MeetingSet(with_whom, meeting.id, meeting.at, meeting.minutes, file)


def _shown(desk: _Desk, meeting: Meeting) -> Prompt:
    """The date that stands; or, where the partner wants to move it, what they offer."""
    theirs = _theirs(desk.pair, desk.one.id, desk.records, desk.now)
    if theirs is not None:
        return _offered(desk.pair, theirs, desk.one.id, records=desk.records, now=desk.now)
    return replace(_date(desk, meeting, desk.one), fresh=False)


def _times_key(pair: Pair, by: ParticipantId) -> str:
    return f"times:{pair.id}:{by}:"


def _tell(
    meeting: Meeting,
    reader: Participant,
    says: tuple[Prompt, Prompt],
    *,
    reckons: datetime,
    records: Records,
    now: datetime,
) -> None:
    """Tell the other, in full or in brief, what has become of a date, in place of what still waits of it."""
    every = f"date:{meeting.pair}:{meeting.id}:"
    stands = meeting.at if meeting.state is MeetingState.PLANNED else None
    records.withdraw(reader.id, every)
    word = DateWord(f"{every}{meeting.sequence}:{reader.id}", *says, reckons, stands)
    tell_in_time(reader, word, records=records, now=now)
