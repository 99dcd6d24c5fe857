"""Rounds: drafted, looked over by an owner, released."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from bot.matching import Matcher, MatchResult, WhyNobody
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import ParticipantId, RoundId
from bot.mentoring.pair import LIVE, Pair, PairEvent, Reason
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import Programme, Round, RoundEvent, RoundState, state_after
from bot.mentoring.prompts import (
    DraftedPair,
    DraftReady,
    NoPairsPossible,
    NoPairThisRound,
    Prompt,
    RoundReleased,
    RoundReview,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.summary import wanted_without_teachers
from bot.ports import NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.matchmaking import drafted, places_taken, run_matching, waiting_reason
from bot.use_cases.proposing import propose
from bot.use_cases.saying import tell, tell_owner

PAGE = 8
"""Pairs on one page of a review."""
_OPEN = (RoundState.DRAFT, RoundState.REVIEWED)


def draft(actor: Actor, matcher: Matcher, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Draw up a round, in place of one that was not released."""
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    return draw_up(matcher, records=records, now=now, new_id=new_id)


def draw_up(
    matcher: Matcher, *, records: Records, now: datetime, new_id: NewId
) -> DraftReady | NoPairsPossible:
    """Run the matching and keep what it found as a draft."""
    _drop_open(records)
    result = run_matching(matcher, records=records, now=now)
    if not result.pairs:
        return NoPairsPossible(joined=len(records.participants()))
    number = sum(one.state is RoundState.RELEASED for one in records.rounds()) + 1
    fresh = Round(RoundId(new_id()), number, RoundState.DRAFT, now)
    records.save_round(fresh)
    levels = {one.id: one.level for one in records.participants()}
    pairs = [drafted(found, fresh.id, new_id, levels) for found in result.pairs]
    for pair in pairs:
        records.save_pair(pair)
    waiting = _waiting(result)
    records.save_waiting(fresh.id, waiting)
    return _ready(fresh, pairs, len(waiting))


def _waiting(result: MatchResult) -> dict[ParticipantId, Reason]:
    """Why people who have a place free have no pair."""
    return {
        ParticipantId(one.id): waiting_reason(one)
        for one in result.unmatched
        if one.why is not WhyNobody.NO_PLACES
    }


def _ready(one: Round, pairs: list[Pair], waiting: int) -> DraftReady:
    return DraftReady(
        round=one.id,
        number=one.number,
        pairs=len(pairs),
        waiting=waiting,
        reciprocal=sum(pair.reciprocal for pair in pairs),
        upward=sum(bool(pair.learns(pair.b)) and not pair.lateral for pair in pairs),
    )


def _drop_open(records: Records) -> None:
    for one in records.rounds():
        if one.state in _OPEN:
            records.save_round(replace(one, state=state_after(one.state, RoundEvent.DROP)))
            for pair in records.pairs_in(one.id):
                records.save_pair(pair.after(PairEvent.DROP))


def review(actor: Actor, key: RoundId, page: int, *, records: Records) -> RoundReview:
    """A page of a draft's pairs, those of people who left meanwhile not shown; looking makes it reviewed."""
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    one = records.round(key)
    records.save_round(replace(one, state=state_after(one.state, RoundEvent.REVIEW)))
    people = {each.id: each for each in records.participants()}
    pairs = [pair for pair in records.pairs_in(key) if people.keys() >= set(pair.sides)]
    pages = max(1, -(-len(pairs) // PAGE))
    page = min(max(page, 0), pages - 1)
    counts = Counter(Reason(reason.kind) for reason in records.waiting(key).values())
    return RoundReview(
        round=key,
        number=one.number,
        pairs=tuple(_shown(pair, people) for pair in pairs[page * PAGE : (page + 1) * PAGE]),
        page=page,
        pages=pages,
        total=len(pairs),
        waiting=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].kind))),
    )


def _shown(pair: Pair, people: dict[ParticipantId, Participant]) -> DraftedPair:
    one, other = people[pair.a], people[pair.b]
    return DraftedPair(
        one=one.name,
        one_level=one.level,
        other=other.name,
        other_level=other.level,
        one_learns=pair.learns(pair.a),
        other_learns=pair.learns(pair.b),
        reasons=pair.reasons,
    )


def release(actor: Actor, key: RoundId, *, records: Records, now: datetime) -> RoundReleased:
    """Send a reviewed round's proposals; those for whom a pair is no longer open wait with the others.

    Released twice, it says the same.
    """
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    one = records.round(key)
    if one.state is RoundState.RELEASED:
        return _released(one, programme, records)
    state = state_after(one.state, RoundEvent.RELEASE)
    going = [pair for pair in records.pairs_in(key) if _propose_if_open(pair, records, now)]
    if not going:
        raise NotPossibleNow(RoundEvent.RELEASE, "empty")
    programme = replace(programme, next_round_at=programme.round_after(now))
    records.save_programme(programme)
    everybody = records.participants()
    sent = replace(
        one,
        state=state,
        released_at=now,
        opted_in=len(everybody),
        pairs=len(going),
        shown_until=now,
        wanted=wanted_without_teachers(everybody),
    )
    records.save_round(sent)
    _tell_waiting(sent, programme, records, now)
    return _released(sent, programme, records)


def _released(one: Round, programme: Programme, records: Records) -> RoundReleased:
    waiting = len(records.waiting(one.id))
    return RoundReleased(one.number, one.pairs, waiting, programme.next_round_at)


def _propose_if_open(pair: Pair, records: Records, now: datetime) -> bool:
    sides = [records.participant(side) for side in pair.sides]
    still_open = all(
        one.state is ParticipantState.ACTIVE and len(records.pairs_of(one.id, LIVE)) < one.places
        for one in sides
    )
    if still_open:
        propose(pair, records=records, now=now)
    else:
        records.save_pair(pair.after(PairEvent.DROP))
    return still_open


def _tell_waiting(one: Round, programme: Programme, records: Records, now: datetime) -> None:
    """Why there is no pair this round, to everybody with a place free; they come first in the next."""
    paired = places_taken(records)
    drafted_without, waiting = records.waiting(one.id), dict[ParticipantId, Reason]()
    for who in records.participants():
        if who.state is not ParticipantState.ACTIVE or not who.places or paired[who.id]:
            continue
        reason = waiting[who.id] = drafted_without.get(who.id) or _why_left_out(who, one)
        records.save_participant(replace(who, waiting=who.waiting + 1))
        told = NoPairThisRound(reason=reason, next_round_at=programme.next_round_at)
        tell(who, f"waiting:{one.id}:{who.id}", told, at=now, records=records)
    records.save_waiting(one.id, waiting)


def _why_left_out(who: Participant, one: Round) -> Reason:
    """Why somebody for whom the draft had no reason to wait has no pair after all."""
    return Reason("late" if who.joined_at > one.drafted_at else "came_to_nothing")


def draft_on_time(matcher: Matcher, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Draw up the round that is due and tell the owners that it waits for them."""
    programme = programme_of(records)
    ready = draw_up(matcher, records=records, now=now, new_id=new_id)
    records.save_programme(replace(programme, next_round_at=programme.drafted_again(now)))
    for owner in programme.owners:
        tell_owner(owner, f"draft:{programme.next_round_at}:{owner}", ready, now=now, records=records)
