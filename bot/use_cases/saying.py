"""Putting messages in the outbox: in each person's hours, inside the limits of what the bot may start."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.limits import SLACK, WINDOW, Said, earliest, others
from bot.mentoring.pair import Pair
from bot.mentoring.people import (
    Hours,
    Participant,
    ParticipantState,
    common_opening,
    working_days_later,
)
from bot.mentoring.prompts import Prompt
from bot.ports import Destination, Kind, Message, NewId, Records

QUIET_DAYS = (1, 3)
"""Working days, drawn at random, before a person hears that a pair came to nothing or has ended."""
CLOSED = "closed"
"""How the keys of the neutral lines of an end begin."""
SLOT_MINUTES = 60
SLOT = timedelta(minutes=SLOT_MINUTES)
_ROUNDS = 60


def room_moment(
    people: tuple[Participant, ...],
    after: datetime,
    *,
    counted: bool,
    nudge: bool,
    records: Records,
    own: Said | None = None,
) -> datetime | None:
    """The first moment from `after` at which all of them are at work and the limits of all leave room.

    None where their working hours never meet. What counts already for the message itself is its `own`.
    """
    hours = tuple(one.hours for one in people)
    moment = after
    for _ in range(_ROUNDS):
        opening = common_opening(hours, moment)
        if opening is None:
            return None
        since = opening - WINDOW - SLACK
        said = (others(records.said(one.id, since), own) for one in people)
        free = max((earliest(known, nudge=nudge, after=opening) for known in said), default=opening)
        if not counted or free == opening:
            return opening
        moment = free
    return None


def moment_for(
    one: Participant,
    after: datetime,
    *,
    counted: bool,
    nudge: bool,
    records: Records,
) -> datetime:
    """The first moment from `after` at which the person is at work and the limits leave room.

    A reminder waits for its slot.
    """
    if one.state is ParticipantState.PAUSED and one.paused_until is not None:
        after = max(after, one.paused_until)
    return at_work(one, after, counted=counted, nudge=nudge, records=records)


def at_work(
    one: Participant,
    after: datetime,
    *,
    counted: bool,
    nudge: bool,
    records: Records,
    own: Said | None = None,
) -> datetime:
    """The same, whether or not they have paused; what counts already for the message itself is its `own`."""
    found = room_moment((one,), after, counted=counted, nudge=nudge, records=records, own=own)
    moment = one.hours.opening(after) if found is None else found
    return in_their_slot(one, moment) if nudge else moment


def hours_of(who: Address, one: Participant | None, *, records: Records) -> Hours:
    """When somebody works: as they said where they take part as `one`, else usual hours where they are."""
    if one is not None and one.state is not ParticipantState.LEFT:
        return one.hours
    profile = records.profile(who)
    return Hours(profile.zone if profile else "UTC")


def tell(
    one: Participant,
    key: str,
    prompt: Prompt,
    *,
    at: datetime,
    records: Records,
    counted: bool = True,
    nudge: bool = False,
) -> None:
    """Post a message the bot starts to one person, from `at` on; nobody who left hears anything."""
    if one.state is ParticipantState.LEFT:
        return
    moment = moment_for(one, at, counted=counted, nudge=nudge, records=records)
    counts_for = (one.id,) if counted else ()
    closes_at = one.hours.closing(moment)
    records.post(Message(key, to_person(one.address), prompt, moment, counts_for, nudge, closes_at))


def in_their_slot(one: Participant, moment: datetime) -> datetime:
    """`moment`, or in the first hour of a working day some minutes later, for each person always as many.

    Where a whole company's week begins at nine on a Monday, its reminders do not all leave in that minute.
    """
    midnight = datetime.combine(one.hours.day(moment), time(0), ZoneInfo(one.hours.zone)).astimezone(UTC)
    minutes = int.from_bytes(sha256(one.id.encode()).digest()[:4]) % SLOT_MINUTES
    slot = one.hours.opening(midnight) + timedelta(minutes=minutes)
    return slot if slot > moment and one.hours.covers(slot) else moment


def quiet_moment(one: Participant, now: datetime, new_id: NewId) -> datetime:
    """When a person hears a neutral line: one to three working days from now, the same for every cause."""
    days = new_id.draw(*QUIET_DAYS)
    minutes = timedelta(minutes=new_id.draw(0, 240))
    return one.hours.opening(working_days_later(one.hours, now, days) + minutes)


def tell_owner(who: Address, key: str, prompt: Prompt, *, now: datetime, records: Records) -> None:
    """Post a message to an owner, or to a contact of theirs, in their working hours."""
    hours = hours_of(who, records.participant_at(who), records=records)
    moment = hours.opening(now)
    records.post(Message(key, to_person(who), prompt, moment, closes_at=hours.closing(moment)))


def about(pair: Pair) -> str:
    """How the keys of messages begin in which one of a pair hears what the other wrote or agreed."""
    return f"together:{pair.id}"


def forget_about(pair: Pair, who: ParticipantId, *, records: Records) -> None:
    """Take back what waits to be said to somebody about a pair, but for the line of its end."""
    for message in records.pending(who):
        if is_about(pair, message.key) and not message.key.startswith(f"{CLOSED}:"):
            records.withdraw(who, message.key)


def is_about(pair: Pair, key: str) -> bool:
    """Whether a message's key names a pair."""
    return f":{pair.id}:" in f"{key}:"


def tell_partner(
    pair: Pair, by: ParticipantId, what: str, prompt: Prompt, *, records: Records, now: datetime
) -> None:
    """Tell the other of a pair what one of them did, once for each `what`; nobody who has ended it hears."""
    partner = records.participant(pair.partner_of(by))
    if pair.open_to(partner.id):
        tell(partner, f"{about(pair)}:{what}:{partner.id}", prompt, at=now, records=records)


def to_person(who: Address) -> Destination:
    """The direct messages of a person."""
    return Destination(Kind.PERSON, who, (who,))


def to_room(pair: Pair, people: tuple[Participant, ...]) -> Destination:
    """A pair's room; it is opened by its first message."""
    return Destination(Kind.ROOM, pair.id, tuple(one.address for one in people))
