"""Answers to the questions of the journey; putting off what the bot starts; taking up a pair that rests."""

from collections.abc import Iterable
from datetime import datetime

from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import PairId
from bot.mentoring.pair import Pair
from bot.mentoring.people import Participant
from bot.mentoring.prompts import PairAwake, Prompt, Snoozed, SnoozedHere
from bot.mentoring.rights import Actor
from bot.mentoring.steps import Journey
from bot.mentoring.story import SNOOZE, Done, Mark
from bot.ports import Records
from bot.use_cases.acting import active_pair
from bot.use_cases.marking import look_again, mark
from bot.use_cases.saying import is_about
from bot.use_cases.stories import story_of
from bot.use_cases.telling import answered
from bot.use_cases.timing import plan_anew

_EVENT = "check-in"


def answer(
    actor: Actor,
    key: PairId,
    step: str,
    said: str,
    journey: Journey,
    *,
    records: Records,
    now: datetime,
) -> Prompt:
    """Keep somebody's answer to a step; another answer takes its place.

    NotFound for an answer that the step does not have, NotPossibleNow for a step that was not said to them
    and does not take answers unasked.
    """
    asked = journey.by_key.get(step)
    if asked is None or said not in asked.answers:
        raise NotFound
    pair, one, _ = active_pair(actor, key, _EVENT, records=records)
    if story_of(pair, records).told(step, one.id):
        records.save_answer(pair.id, one.id, step, said, now)
    elif asked.unasked:
        records.save_done(pair.id, Done(step, now, one.id, said, now))
    else:
        raise NotPossibleNow("answer", pair.state)
    look_again(pair, records=records, now=now)
    return answered(asked, pair, one, said, records=records)


def wake(actor: Actor, key: PairId, *, records: Records, now: datetime) -> PairAwake:
    """Take up a pair that rests; one that does not goes on as it was."""
    pair, one, partner = active_pair(actor, key, _EVENT, records=records)
    mark(pair, Mark.WOKE, one.id, records=records, now=now)
    look_again(pair, records=records, now=now)
    return PairAwake(pair=pair.id, partner=partner.name)


def snooze(actor: Actor, keys: Iterable[str], *, records: Records, now: datetime, here: bool) -> Snoozed:
    """Put off what the bot starts about these pairs, for this person alone and for a week.

    What waits to be sent to them about one of these pairs waits as well. `here`: it was pressed in a room.
    """
    until = now + SNOOZE
    partners: list[str] = []
    for key in keys:
        pair, one, partner = active_pair(actor, PairId(key), _EVENT, records=records)
        mark(pair, Mark.SNOOZED, one.id, records=records, now=now)
        look_again(pair, records=records, now=now)
        _hold_back(pair, one, until, records)
        partners.append(partner.name)
    if not partners:
        raise NotFound
    return SnoozedHere(tuple(partners), until) if here else Snoozed(tuple(partners), until)


def _hold_back(pair: Pair, one: Participant, until: datetime, records: Records) -> None:
    for message in records.pending(one.id):
        if is_about(pair, message.key):
            plan_anew(message, max(until, message.at), records=records)
