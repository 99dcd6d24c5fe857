"""Moments computed anew: when somebody's hours change, the rules of time zones do, or a message is late."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.people import Hours, Participant, common_closing, opening_again
from bot.mentoring.programme import Programme
from bot.ports import Kind, NewId, Pending, Records
from bot.use_cases.saying import at_work, hours_of, room_moment, tell


@dataclass(frozen=True)
class _Reader:
    """Somebody whom a message is for: `one` where they ever took part, and their hours."""

    one: Participant | None
    hours: Hours


def plan_anew(message: Pending, after: datetime, *, records: Records) -> None:
    """Let a message that waits leave at the first moment from `after` that suits its readers and limits.

    What leaves whatever their hours are stays as it is: somebody waits for it.
    """
    if message.closes_at is not None:
        _plan(message, _readers(message, records), after, records, late=False)


def plan_late(key: str, *, records: Records, now: datetime) -> None:
    """Plan a message anew whose reader has stopped work before it left: the bot was away, or the platform.

    Nothing is done where it left or was withdrawn meanwhile.
    """
    message = records.late(key)
    if message is None or message.closes_at is None:
        return
    readers = _readers(message, records)
    again = opening_again(tuple(each.hours for each in readers), message.closes_at, now) or now
    _plan(message, readers, max(again, message.at), records, late=True)


def keep_hours(who: ParticipantId, *, records: Records) -> None:
    """Let what waits for somebody wait for their working hours, as they are now."""
    for message in records.pending(who):
        plan_anew(message, message.at, records=records)


def keep_time(*, records: Records, now: datetime, new_id: NewId) -> None:
    """Set what still lies ahead by the rules of time zones as they are now."""
    del new_id  # a unit of work hands it to every use
    for one in records.participants():
        keep_hours(one.id, records=records)
    programme = records.programme()
    if programme is not None:
        records.save_programme(_set_anew(programme, now))


def _readers(message: Pending, records: Records) -> tuple[_Reader, ...]:
    """A room's two, or of these who ever took part; else the one it is for."""
    to = message.to
    addresses = to.readers if to.kind is Kind.ROOM else (Address(to.ref),)
    found = [(who, records.participant_at(who)) for who in addresses]
    known = [(who, one) for who, one in found if one is not None] or found[:1]
    return tuple(_Reader(one, hours_of(who, one, records=records)) for who, one in known)


def _plan(
    message: Pending, readers: tuple[_Reader, ...], after: datetime, records: Records, *, late: bool
) -> None:
    own, people = message.counts, tuple(each.one for each in readers if each.one is not None)
    counted, nudge = own is not None, message.nudge
    moment: datetime | None
    if len(readers) > 1:
        moment = room_moment(people, after, counted=counted, nudge=nudge, records=records, own=own)
    elif counted and people:
        moment = at_work(people[0], after, counted=True, nudge=nudge, records=records, own=own)
    else:
        moment = readers[0].hours.opening(after)
    if moment is None:
        _apart(message, people, after, records)
    else:
        closes_at = common_closing((each.hours for each in readers), moment)
        records.move(message, moment, closes_at, late=late)


def _apart(message: Pending, people: tuple[Participant, ...], after: datetime, records: Records) -> None:
    """Tell each alone what was for a room, whose two are never at work together any more."""
    prompt, counted = records.whole(message).prompt, message.counts is not None
    records.withdraw(people[0].id, message.key)
    for one in people:
        tell(one, f"{message.key}:{one.id}", prompt, at=after, records=records, counted=counted)


def _set_anew(programme: Programme, now: datetime) -> Programme:
    """The same local days and times, at the moments at which they now are."""
    summary, draft = programme.next_summary_at, programme.next_round_at
    if summary > now:
        programme = replace(programme, next_summary_at=programme.after_summary(summary - timedelta(days=1)))
    if draft is not None and draft > now:
        programme = replace(programme, next_round_at=programme.same_day(draft))
    return programme
