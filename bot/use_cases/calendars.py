"""A person's meetings for their own calendar, under an address that only they know."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.mentoring.ids import MeetingId, ParticipantId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.pair import PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import CalendarShown
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs

PATH = "/calendar/"
SUFFIX = ".ics"
KEPT = timedelta(days=30)
"""How long a meeting stays in the feed after it; a cancelled one after it was cancelled."""
SHOWN = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Event:
    """A meeting as a calendar shows it: when, with whom as the reader knows them, and whether it stands."""

    id: MeetingId
    at: datetime
    ends: datetime
    partner: str
    cancelled: bool
    sequence: int
    changed_at: datetime


def events(
    who: ParticipantId, only: str = "", *, records: Records, now: datetime, new_id: NewId
) -> tuple[Event, ...] | None:
    """A person's meetings, earliest first, or one of them; None for somebody who has left.

    A pair that rests or has ended for them shows nothing.
    """
    del new_id  # nothing is made
    one = records.participant(who)
    if one.state is ParticipantState.LEFT:
        return None
    found = []
    for pair in open_pairs(who, records, (PairState.ACTIVE,)):
        partner = records.participant(pair.partner_of(who)).name
        for meeting in records.meetings(pair.id):
            changed = meeting.changed_at or meeting.at
            cancelled = meeting.state is MeetingState.CANCELLED
            recent = (changed if cancelled else meeting.at) > now - KEPT
            if meeting.state in SHOWN and recent and only in ("", meeting.id):
                times = (meeting.at, meeting.ends)
                found.append(Event(meeting.id, *times, partner, cancelled, meeting.sequence, changed))
    return tuple(sorted(found, key=lambda event: (event.at, event.id)))


def show_calendar(actor: Actor, house: str, *, records: Records, new_id: NewId) -> CalendarShown:
    """The address of the actor's own feed."""
    authorise(actor, Action.TAKE_PART)
    return CalendarShown(_address(actor.id, house, records, new_id))


def renew_calendar(actor: Actor, house: str, *, records: Records, new_id: NewId) -> CalendarShown:
    """Another address; the old one is not found any more."""
    authorise(actor, Action.TAKE_PART)
    if house:
        records.save_feed(actor.id, new_id())
    return CalendarShown(_address(actor.id, house, records, new_id), renewed=True)


def file_of(who: ParticipantId, meeting: MeetingId, house: str, *, records: Records, new_id: NewId) -> str:
    """Where a person finds the calendar file of one meeting; empty where the bot has no address."""
    address = _address(who, house, records, new_id)
    return f"{address}?only={meeting}" if address else ""


def _address(who: ParticipantId, house: str, records: Records, new_id: NewId) -> str:
    if not house:
        return ""
    secret = records.feed(who)
    if secret is None:
        secret = new_id()
        records.save_feed(who, secret)
    return f"{house}{PATH}{secret}{SUFFIX}"
