"""Looking into a draft: why two people are a pair or are not, and what an owner wishes of them."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.matching import Matcher, PairAnswer, Standing, why_not
from bot.mentoring.errors import BadInput, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import Address, PairId, ParticipantId, same_workspace
from bot.mentoring.pair import Pair
from bot.mentoring.people import ParticipantState
from bot.mentoring.programme import Round, Two, two
from bot.mentoring.prompts import (
    AboutTwoForm,
    Change,
    DraftChanged,
    DraftedPair,
    NoPairsPossible,
    PairLooked,
    PairNotPossible,
    PairPossible,
    Prompt,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.matchmaking import Wishes, drafted, matching_of
from bot.use_cases.rounds import BETWEEN, draft_of, draw_up, names_of, shown

_BOTH = 2


class Wish(StrEnum):
    """What an owner can wish of two people in a draft."""

    LOCK = "lock"
    UNLOCK = "unlock"
    APART = "apart"
    ALLOW = "allow"


def open_about_two(actor: Actor, *, records: Records) -> AboutTwoForm:
    """Ask which two people; NotPossibleNow without a draft."""
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    return AboutTwoForm(round=_draft(records).id)


def look_up(
    actor: Actor, people: tuple[Address, ...], matcher: Matcher, *, records: Records, now: datetime
) -> Prompt:
    """Look at two people of the workspace, as they are named in a command or a form."""
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    inside = _draft(records)
    if len(set(people)) != _BOTH:
        raise BadInput("two", Problem.EMPTY)
    if not all(same_workspace(one, actor.address) for one in people):
        raise BadInput("two", Problem.NOT_A_PERSON)
    found = [records.participant_at(one) for one in people]
    here = [one.id for one in found if one is not None and one.state is not ParticipantState.LEFT]
    if len(here) != _BOTH:
        raise BadInput("two", Problem.NOT_TAKING_PART)
    return _looked(two(*here), inside, matcher, records=records, now=now)


def wish(
    actor: Actor,
    what: Wish,
    key: str,
    matcher: Matcher,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Draw the draft up anew with a wish about two people, the other pairs kept where that costs little.

    Two whom a rule keeps apart that everybody may know are not locked, and the answer names the rule. Any
    others are, whatever stands between them in private.
    """
    authorise(actor, Action.RUN_PROGRAMME, programme_of(records))
    both, old = _both(key, records), _draft(records)
    if what is Wish.LOCK:
        answer = _why_not(both, old, matcher, records=records, now=now)
        if answer.broken:
            return _not_possible(old, both, answer, records)
    before = records.pairs_in(old.id)
    kept = tuple(two(*pair.sides) for pair in before)
    ready = draw_up(matcher, _wishes(old, what, both, kept), records=records, now=now, new_id=new_id)
    if isinstance(ready, NoPairsPossible):
        return ready
    one, other = names_of(both, records)
    change = _change(set(kept), {two(*pair.sides) for pair in records.pairs_in(ready.round)}, records)
    return DraftChanged(ready.round, one, other, what, ready.pairs, ready.waiting, change)


def _wishes(old: Round, what: Wish, both: Two, kept: tuple[Two, ...]) -> Wishes:
    locked, apart = set(old.locked) - {both}, set(old.apart) - {both}
    if what is Wish.LOCK:
        locked.add(both)
    elif what is Wish.APART:
        apart.add(both)
    return Wishes(tuple(sorted(locked)), tuple(sorted(apart)), tuple(one for one in kept if one not in apart))


def _looked(both: Two, inside: Round, matcher: Matcher, *, records: Records, now: datetime) -> Prompt:
    pair = next((one for one in records.pairs_in(inside.id) if two(*one.sides) == both), None)
    if pair is not None:
        ranks = _ranks(pair, inside, matcher, records=records, now=now)
        return PairLooked(inside.id, _shown(pair, inside, records), ranks)
    answer = _why_not(both, inside, matcher, records=records, now=now)
    if answer.broken or answer.pair is None or answer.price is None:
        return _not_possible(inside, both, answer, records)
    levels = {side: records.participant(side).level for side in both}
    possible = drafted(answer.pair, PairId(""), inside.id, levels)
    return PairPossible(
        round=inside.id,
        pair=_shown(possible, inside, records),
        price=answer.price,
        change=_if_locked(both, inside, matcher, records=records, now=now),
        apart=both in inside.apart,
    )


def _if_locked(both: Two, inside: Round, matcher: Matcher, *, records: Records, now: datetime) -> Change:
    """What locking two people would change in the draft, whatever stands between them in private."""
    drafted_now = tuple(two(*pair.sides) for pair in records.pairs_in(inside.id))
    wishes = _wishes(inside, Wish.LOCK, both, drafted_now)
    setting, limits = matching_of(matcher, wishes, records=records, now=now)
    found = {two(ParticipantId(one.a), ParticipantId(one.b)) for one in setting.run(limits).pairs}
    return _change(set(drafted_now), found, records)


def _why_not(both: Two, inside: Round, matcher: Matcher, *, records: Records, now: datetime) -> PairAnswer:
    """What stands between two people by public rules, or what locking them would change."""
    wishes = Wishes(inside.locked, inside.apart)
    setting, limits = matching_of(matcher, wishes, both, records=records, now=now)
    return why_not(*both, setting, limits)


def _ranks(
    pair: Pair, inside: Round, matcher: Matcher, *, records: Records, now: datetime
) -> tuple[tuple[int, int], ...]:
    """The pair's place among everybody possible by public rules; empty where the run has none to tell."""
    everybody = tuple(one.id for one in records.participants())
    wishes = Wishes(inside.locked, inside.apart)
    setting, limits = matching_of(matcher, wishes, everybody, records=records, now=now)
    for found in setting.run(replace(limits, forbidden=inside.apart)).pairs:
        if {found.a, found.b} == set(pair.sides):
            for reason in found.reasons:
                if isinstance(reason, Standing):
                    return (reason.a_rank, reason.a_options), (reason.b_rank, reason.b_options)
    return ()


def _not_possible(inside: Round, both: Two, answer: PairAnswer, records: Records) -> PairNotPossible:
    one, other = names_of(both, records)
    return PairNotPossible(inside.id, one, other, tuple(answer.broken))


def _change(before: AbstractSet[Two], after: AbstractSet[Two], records: Records) -> Change:
    """What comes and goes between two sets of pairs, by names."""
    was, now_in = ({side for both in pairs for side in both} for pairs in (before, after))
    return Change(
        new=tuple(sorted(names_of(both, records) for both in after - before)),
        gone=tuple(sorted(names_of(both, records) for both in before - after)),
        now_alone=tuple(sorted(records.participant(one).name for one in was - now_in)),
        now_matched=tuple(sorted(records.participant(one).name for one in now_in - was)),
    )


def _shown(pair: Pair, inside: Round, records: Records) -> DraftedPair:
    return shown(pair, {side: records.participant(side) for side in pair.sides}, inside)


def _both(key: str, records: Records) -> Two:
    """The two people that a key names, who both take part; NotFound otherwise."""
    here = {one.id for one in records.participants()}
    one, _, other = key.partition(BETWEEN)
    both = two(ParticipantId(one), ParticipantId(other))
    if one == other or not here >= set(both):
        raise NotFound
    return both


def _draft(records: Records) -> Round:
    """The draft that waits for its owner; NotPossibleNow where there is none."""
    found = draft_of(records)
    if found is None:
        raise NotPossibleNow("look", "empty")
    return found
