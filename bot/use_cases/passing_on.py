"""Concerns that do not reach their contact: the reporter hears, and may give them to somebody else."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.mentoring.concern import Concern, ForThePair, eligible
from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import ConcernGiven, ConcernOnward, ConcernUnreached, Prompt
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Message, NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.raising import name_of, named, one_of, show, tell_contact
from bot.use_cases.saying import hours_of, moment_for, to_person

AT_ONE_TIME = timedelta(hours=1)
"""In which a reporter is told once of all that does not reach the same contact."""
A_MOMENT = timedelta(minutes=1)
"""Until somebody who is heard of again is written to: where that can be is noted after they were heard of."""


def miss_message(key: str, contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note that the message of a concern that waits will never reach its contact."""
    del new_id  # a unit of work hands it to every use
    _miss(lambda one: one.id == key and one.contact == contact, records, now)


def miss_contact(contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note of all that waits for a contact that messages do not reach them."""
    del new_id  # as above
    _miss(lambda one: one.contact == contact, records, now)


def find_contact(contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Say anew what waits and did not reach a contact, who was heard of again."""
    for one in records.concerns():
        if one.contact == contact and one.waits(now) and one.unreached_since is not None:
            records.save_concern(one.reached())
            tell_contact(one, records=records, now=now + A_MOMENT, new_id=new_id)


def choose_another(actor: Actor, key: str, *, records: Records, now: datetime) -> Prompt:
    """Who else can read a concern that does not reach its contact; of any other, what has become of it."""
    authorise(actor, Action.READ)
    concern = one_of(actor, key, records, now)
    if not concern.waits(now) or concern.unreached_since is None:
        return show(actor, records=records, now=now)
    return ConcernOnward(
        concern=concern.id,
        contact=name_of(concern.contact, records),
        listeners=named(_others(concern, records), records),
        kept_until=concern.keep_until,
        routes=programme_of(records).routes,
    )


def pass_on(
    actor: Actor, key: str, contact: Address, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Give a concern that does not reach its contact to another; what was in it stays as it was written."""
    authorise(actor, Action.READ)
    concern = one_of(actor, key, records, now)
    waits = concern.waits(now) and concern.unreached_since is not None
    if not waits or contact not in _others(concern, records):
        return choose_another(actor, key, records=records, now=now)
    concern = concern.brought_to(contact, now)
    records.save_concern(concern)
    tell_contact(concern, records=records, now=now, new_id=new_id)
    return ConcernGiven(name_of(contact, records), ForThePair.NOTHING, programme_of(records).routes)


def _others(concern: Concern, records: Records) -> tuple[Address, ...]:
    """The contacts who may hear a concern, and are reached, besides the one it did not reach."""
    too_close = (*concern.close, concern.contact)
    others = eligible(programme_of(records).contacts, concern.reporter, concern.about, too_close)
    away = records.out_of_reach(others)
    return tuple(one for one in others if one not in away)


def _miss(which: Callable[[Concern], bool], records: Records, now: datetime) -> None:
    kept = records.concerns()
    to_tell: list[Address] = []
    for one in kept:
        if which(one) and one.waits(now):
            missed = one.unreached(now)
            if missed != one:
                records.save_concern(missed)
            if missed.told_at != one.told_at and not _told_of_another(one, kept, now):
                to_tell.append(one.reporter)
    for who in dict.fromkeys(to_tell):
        _tell_reporter(who, records, now)


def _told_of_another(this: Concern, kept: tuple[Concern, ...], now: datetime) -> bool:
    """Whether its reporter was told just now of another with the same contact: a press shows both."""
    two = (this.reporter, this.contact)
    told = (one.told_at for one in kept if (one.reporter, one.contact) == two)
    return any(at is not None and now - at < AT_ONE_TIME for at in told)


def _tell_reporter(who: Address, records: Records, now: datetime) -> None:
    """Tell a reporter in their hours; neither a pause nor having left keeps it from them.

    Its key names no concern: the table of messages does not tell who raised which.
    """
    one = records.participant_at(who)
    hours = hours_of(who, one, records=records)
    at, counts_for = hours.opening(now), tuple[ParticipantId, ...]()
    if one is not None and one.state is ParticipantState.ACTIVE:
        at = moment_for(one, now, counted=True, nudge=False, records=records)
        counts_for = (one.id,)
    key = f"passing on:{who}:{at.isoformat()}"
    closes_at = hours.closing(at)
    records.post(Message(key, to_person(who), ConcernUnreached(), at, counts_for, closes_at=closes_at))
