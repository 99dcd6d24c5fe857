"""Concerns that do not reach their contact: the reporter hears, and may give them to somebody else."""

from collections.abc import Callable
from datetime import datetime

from bot.mentoring.concern import Concern, ForThePair, eligible
from bot.mentoring.ids import Address
from bot.mentoring.people import Hours, ParticipantState
from bot.mentoring.prompts import ConcernGiven, ConcernOnward, ConcernUnreached, Prompt
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Message, NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.raising import name_of, named, one_of, show, tell_contact
from bot.use_cases.saying import tell, to_person


def miss_message(key: str, contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note that the message of a concern that waits will never reach its contact."""
    _miss(lambda one: one.id == key and one.contact == contact, records, now, new_id)


def miss_contact(contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note of all that waits for a contact that messages do not reach them."""
    _miss(lambda one: one.contact == contact, records, now, new_id)


def find_contact(contact: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Say anew what waits and did not reach a contact, who was heard of again."""
    for one in records.concerns():
        if one.contact == contact and one.waits(now) and one.unreached_since is not None:
            records.save_concern(one.reached())
            tell_contact(one, records=records, now=now, new_id=new_id)


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


def _miss(which: Callable[[Concern], bool], records: Records, now: datetime, new_id: NewId) -> None:
    for one in records.concerns():
        if which(one) and one.waits(now):
            missed = one.unreached(now)
            if missed != one:
                records.save_concern(missed)
            if missed.told_at != one.told_at:
                _tell_reporter(one.reporter, records, now, new_id)


def _tell_reporter(who: Address, records: Records, now: datetime, new_id: NewId) -> None:
    """Tell a reporter in their hours; neither a pause nor having left keeps it from them.

    Its key names no concern: the table of messages must not tell who raised one.
    """
    key, prompt = f"passing on:{new_id()}", ConcernUnreached()
    one = records.participant_at(who)
    if one is not None and one.state is ParticipantState.ACTIVE:
        tell(one, key, prompt, at=now, records=records)
        return
    profile = records.profile(who)
    hours = one.hours if one is not None else Hours(profile.zone if profile else "UTC")
    records.post(Message(key, to_person(who), prompt, hours.opening(now)))
