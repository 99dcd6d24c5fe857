"""Ending a pair by one's own word: end, rematch; and being open to a new one, or resting."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId
from bot.mentoring.pair import UNDER_WAY, Pair, PairEvent, PairState
from bot.mentoring.prompts import (
    EndAsked,
    NoPairYet,
    Opened,
    PairEnded,
    Prompt,
    RematchAsked,
    Rematched,
    Rested,
    RestEnded,
    WhichPair,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import NewId, Records
from bot.use_cases.acting import no_pair_yet, open_pairs, programme_of
from bot.use_cases.ending import end, wake
from bot.use_cases.telling import asked


def ask_end(actor: Actor, *, records: Records) -> Prompt:
    """`/mentor end`: what ending does, for the one pair, or of which; nothing happens yet."""
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records, UNDER_WAY)
    if not pairs:
        return no_pair_yet(actor, "end", records=records)
    if len(pairs) == 1:
        return ask_end_of(actor, pairs[0].id, records=records)
    one = records.participant(actor.id)
    return WhichPair("end", tuple(asked(pair, one, records) for pair in pairs))


def ask_end_of(actor: Actor, key: PairId, *, records: Records) -> EndAsked:
    """What ending a pair does; nothing happens yet."""
    pair = own_pair(actor, key, PairEvent.CLOSE, records)
    return EndAsked(pair=pair.id, partner=records.participant(pair.partner_of(actor.id)).name)


def end_pair(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> PairEnded:
    """End a pair at once for the actor, who then rests; ended twice, or by both, it gets the same answer."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if _has_run(pair) and pair.open_to(actor.id):
        end(pair, actor.id, records=records, now=now, new_id=new_id)
        records.save_participant(replace(records.participant(actor.id), resting_since=now))
    return PairEnded()


def ask_rematch(actor: Actor, *, records: Records) -> RematchAsked | NoPairYet:
    """`/mentor rematch`: what it does, with a press for each pair; nothing happens yet."""
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records, UNDER_WAY)
    if not pairs:
        return no_pair_yet(actor, "rematch", records=records)
    one = records.participant(actor.id)
    return RematchAsked(tuple(asked(pair, one, records) for pair in pairs))


def rematch(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> Rematched:
    """End a pair as any other ends, and put the actor first in line; the two are not paired again.

    Pressed twice, or after the pair was over, it gets the same answer and puts nobody further forward.
    """
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if _has_run(pair) and pair.open_to(actor.id):
        end(pair, actor.id, records=records, now=now, new_id=new_id)
        records.forget_wishes(*pair.sides)
        one = records.participant(actor.id)
        records.save_participant(replace(one, waiting=one.waiting + 1, resting_since=None))
    return Rematched()


def open_again(actor: Actor, *, records: Records) -> Opened:
    """Say that one is open to a new pair."""
    authorise(actor, Action.TAKE_PART)
    records.save_participant(replace(records.participant(actor.id), resting_since=None))
    return Opened(next_round_at=programme_of(records).next_round_at)


def rest(actor: Actor, *, records: Records, now: datetime) -> Rested:
    """Say that one would rather have no new pair for now; the pairs one has go on."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    records.save_participant(replace(one, resting_since=one.resting_since or now))
    return Rested()


def let_go_on(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> RestEnded:
    """Let a pair go on that the actor had let rest; said twice, it says the same."""
    pair = own_pair(actor, key, PairEvent.RESUME, records)
    if pair.rests_by(actor.id):
        wake(pair, actor.id, records=records, now=now, new_id=new_id)
    elif pair.rests_until is not None:
        raise NotPossibleNow(PairEvent.RESUME, pair.state)
    return RestEnded(records.participant(pair.partner_of(actor.id)).name)


def own_pair(actor: Actor, key: PairId, event: str, records: Records) -> Pair:
    """A pair of the actor's that runs or rests for them; NotPossibleNow with `event` where it does not."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if not pair.open_to(actor.id):
        raise NotPossibleNow(event, PairState.CLOSED)
    if pair.state not in UNDER_WAY:
        raise NotPossibleNow(event, pair.state)
    return pair


def _has_run(pair: Pair) -> bool:
    """Whether a pair was opened; NotPossibleNow for one that is still proposed, or came to nothing."""
    if pair.introduced_at is None:
        raise NotPossibleNow(PairEvent.CLOSE, pair.state)
    return True
