"""Rounds: drafted, looked over by an owner, released."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.matching import Matcher, MatchResult, WhyNobody
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.pair import Pair, PairEvent, Reason
from bot.mentoring.people import Participant
from bot.mentoring.programme import (
    DRAFTED,
    Programme,
    Round,
    RoundEvent,
    RoundState,
    Two,
    state_after,
    two,
    under_way_since,
)
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
from bot.mentoring.summary import flowed_back, wanted_without_teachers
from bot.mentoring.waiting import Waiting
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.going_on import ask_all
from bot.use_cases.matchmaking import Wishes, brought_together, drafted, places_held, run_matching, waiting_of
from bot.use_cases.proposing import propose
from bot.use_cases.saying import tell, tell_owner

BETWEEN = "+"
"""Stands between two ids in a drafted pair's key."""
PAGE = 8
"""Pairs on one page of a review."""


def draft(actor: Actor, matcher: Matcher, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Draw up a round, in place of one that was not released; what was asked of that one still holds."""
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    return draw_up(matcher, records=records, now=now, new_id=new_id)


def draw_up(
    matcher: Matcher, wishes: Wishes | None = None, *, records: Records, now: datetime, new_id: NewId
) -> DraftReady | NoPairsPossible:
    """Run the matching and keep what it found as a draft; without `wishes`, with those of the last one."""
    old = draft_of(records)
    if wishes is None:
        wishes = Wishes(old.locked, old.apart) if old else Wishes()
    result = run_matching(matcher, wishes, records=records, now=now)
    if old is not None:
        _drop(old, records)
    if not result.pairs:
        return NoPairsPossible(_joined(records), _held_until(records))
    number = sum(one.state is RoundState.RELEASED for one in records.rounds()) + 1
    fresh = Round(RoundId(new_id()), number, RoundState.DRAFT, now, locked=wishes.locked, apart=wishes.apart)
    records.save_round(fresh)
    levels = {one.id: one.level for one in records.participants()}
    pairs = [drafted(found, PairId(new_id()), fresh.id, levels) for found in result.pairs]
    for pair in pairs:
        records.save_pair(pair)
    waiting = _waiting(result)
    records.save_waiting(fresh.id, waiting)
    return _ready(fresh, pairs, len(waiting), _held_until(records))


def draft_of(records: Records) -> Round | None:
    """The round that waits for its owner, if there is one."""
    return next((one for one in reversed(records.rounds()) if one.state in DRAFTED), None)


def _joined(records: Records) -> int:
    """How many take part: while a round is under way, as many as at its release."""
    out = [one for one in records.rounds() if one.released_at is not None]
    under_way = under_way_since(programme_of(records), records.rounds())
    return out[-1].opted_in if under_way else len(records.participants())


def _held_until(records: Records) -> datetime | None:
    """When places come free for a draft, while a round is under way."""
    programme = programme_of(records)
    return programme.next_round_at if under_way_since(programme, records.rounds()) else None


def _waiting(result: MatchResult) -> dict[ParticipantId, Waiting]:
    """Why people who have a place free have no pair."""
    return {
        ParticipantId(one.id): waiting_of(one)
        for one in result.unmatched
        if one.why is not WhyNobody.NO_PLACES
    }


def _ready(one: Round, pairs: list[Pair], waiting: int, held_until: datetime | None) -> DraftReady:
    return DraftReady(
        round=one.id,
        number=one.number,
        pairs=len(pairs),
        waiting=waiting,
        reciprocal=sum(pair.reciprocal for pair in pairs),
        upward=sum(bool(pair.learns(pair.b)) and not pair.lateral for pair in pairs),
        held_until=held_until,
    )


def _drop(one: Round, records: Records) -> None:
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
    counts = Counter(Reason(one.reason.kind) for one in records.waiting(key).values())
    return RoundReview(
        round=key,
        number=one.number,
        pairs=tuple(shown(pair, people, one) for pair in pairs[page * PAGE : (page + 1) * PAGE]),
        page=page,
        pages=pages,
        total=len(pairs),
        waiting=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].kind))),
    )


def shown(pair: Pair, people: Mapping[ParticipantId, Participant], inside: Round) -> DraftedPair:
    """A pair as the owner of its draft reads it."""
    one, other = people[pair.a], people[pair.b]
    return DraftedPair(
        key=BETWEEN.join(two(*pair.sides)),
        one=one.name,
        one_level=one.level,
        other=other.name,
        other_level=other.level,
        one_learns=pair.learns(pair.a),
        other_learns=pair.learns(pair.b),
        reasons=pair.reasons,
        locked=two(*pair.sides) in inside.locked,
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
    _count_once(programme, records)
    programme = _under_way(programme, records, now)
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


def _count_once(programme: Programme, records: Records) -> None:
    """Count how many one-sided pairs of the rounds that are over came to go both ways: once, for good."""
    if under_way_since(programme, records.rounds()):
        return
    for earlier in records.rounds():
        if earlier.state is RoundState.RELEASED and earlier.flowed_back is None:
            records.save_round(replace(earlier, flowed_back=flowed_back(records.pairs_in(earlier.id))))


def _under_way(programme: Programme, records: Records, now: datetime) -> Programme:
    """The programme once a round was released; one more for late joiners leaves its dates alone."""
    if under_way_since(programme, records.rounds()):
        return programme
    boundary = programme.boundary_at or now
    return replace(programme, boundary_at=boundary, next_round_at=programme.round_after(now))


def _released(one: Round, programme: Programme, records: Records) -> RoundReleased:
    waiting = len(records.waiting(one.id))
    proposed = {two(*pair.sides) for pair in records.pairs_in(one.id) if pair.proposed_at is not None}
    not_open = tuple(names_of(both, records) for both in one.locked if both not in proposed)
    return RoundReleased(one.number, one.pairs, waiting, programme.next_round_at, not_open)


def names_of(both: Two, records: Records) -> tuple[str, str]:
    """The names of two people, the lower level first."""
    people = sorted((records.participant(side) for side in both), key=lambda one: (one.level, one.name))
    return people[0].name, people[1].name


def _propose_if_open(pair: Pair, records: Records, now: datetime) -> bool:
    sides = [records.participant(side) for side in pair.sides]
    blocked = frozenset(one.address for one in sides) in records.kept_apart()
    met = frozenset(pair.sides) in brought_together(records)
    still_open = (
        not blocked
        and not met
        and all(one.open_to_new and len(open_pairs(one.id, records)) < one.places for one in sides)
    )
    if still_open:
        propose(pair, records=records, now=now)
    else:
        records.save_pair(pair.after(PairEvent.DROP))
    return still_open


def _tell_waiting(one: Round, programme: Programme, records: Records, now: datetime) -> None:
    """Why there is no pair this round, to everybody with a place free; they come first in the next."""
    paired = places_held(records)
    drafted_without, waiting = records.waiting(one.id), dict[ParticipantId, Waiting]()
    for who in records.participants():
        if not who.open_to_new or not who.places or paired[who.id]:
            continue
        why = waiting[who.id] = drafted_without.get(who.id) or _why_left_out(who, one)
        records.save_participant(replace(who, waiting=who.waiting + 1))
        hint = next(iter(why.search.hints), None)
        told = NoPairThisRound(why.reason, programme.next_round_at, hint)
        tell(who, f"waiting:{one.id}:{who.id}", told, at=now, records=records)
    records.save_waiting(one.id, waiting)


def _why_left_out(who: Participant, one: Round) -> Waiting:
    """Why somebody for whom the draft had no reason to wait has no pair after all."""
    return Waiting(Reason("late" if who.joined_at > one.drafted_at else "came_to_nothing"))


def draft_on_time(matcher: Matcher, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Draw up the round that is due and tell the owners that it waits for them.

    Places come free where it ends a round that was released; a draft that was not is drawn up anew as it was.
    Pairs that have run through their time are asked whether they go on.
    """
    programme = programme_of(records)
    ends = programme.boundary_at is None or under_way_since(programme, records.rounds())
    boundary = now if ends else programme.boundary_at
    programme = replace(programme, boundary_at=boundary, next_round_at=programme.drafted_again(now))
    records.save_programme(programme)
    ready = draw_up(matcher, records=records, now=now, new_id=new_id)
    ask_all(records=records, now=now)
    for owner in programme.owners:
        tell_owner(owner, f"draft:{programme.next_round_at}:{owner}", ready, now=now, records=records)
