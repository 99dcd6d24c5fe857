"""A pair's table of states, and the two yeses that open it."""

import pytest

from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import LIVE, TRANSITIONS, Exchange, Pair, PairEvent, PairState

ANA, BEN, CEM = ParticipantId("ana"), ParticipantId("ben"), ParticipantId("cem")
WAYS = {
    (PairState.DRAFTED, PairEvent.PROPOSE): PairState.PROPOSED,
    (PairState.DRAFTED, PairEvent.DROP): PairState.CLOSED,
    (PairState.PROPOSED, PairEvent.ACCEPT): PairState.PROPOSED,
    (PairState.PROPOSED, PairEvent.OPEN): PairState.ACTIVE,
    (PairState.PROPOSED, PairEvent.DECLINE): PairState.DECLINED,
    (PairState.PROPOSED, PairEvent.EXPIRE): PairState.EXPIRED,
    (PairState.ACTIVE, PairEvent.PAUSE): PairState.PAUSED,
    (PairState.ACTIVE, PairEvent.CLOSE): PairState.CLOSED,
    (PairState.PAUSED, PairEvent.RESUME): PairState.ACTIVE,
    (PairState.PAUSED, PairEvent.CLOSE): PairState.CLOSED,
}
"""All that can happen to a pair, written out once more."""


def a_pair(state: PairState = PairState.PROPOSED, *accepted: ParticipantId) -> Pair:
    """Ana, who learns Go, and Ben."""
    return Pair(PairId("p"), ANA, BEN, (Exchange(ANA, BEN, "Go"),), state, accepted=frozenset(accepted))


@pytest.mark.parametrize("state", PairState)
@pytest.mark.parametrize("event", PairEvent)
def test_every_event_in_every_state_has_its_way_or_is_not_possible(
    state: PairState, event: PairEvent
) -> None:
    way = WAYS.get((state, event))
    if way is None:
        with pytest.raises(NotPossibleNow) as refused:
            a_pair(state).after(event)
        assert refused.value == NotPossibleNow(event, state)
    else:
        assert a_pair(state).after(event).state is way


def test_every_state_is_reached_from_a_draft_and_the_ends_stay() -> None:
    reached, fresh = {PairState.DRAFTED}, {PairState.DRAFTED}
    while fresh:
        fresh = {to for state in fresh for to in TRANSITIONS.get(state, {}).values()} - reached
        reached |= fresh
    assert reached == set(PairState)
    ends = {state for state in PairState if state not in TRANSITIONS}
    assert ends == {PairState.CLOSED, PairState.DECLINED, PairState.EXPIRED}
    assert not ends & set(LIVE)


def test_the_first_yes_leaves_it_proposed_and_the_second_opens_it() -> None:
    first = a_pair().accepted_by(BEN)
    assert (first.state, first.accepted) == (PairState.PROPOSED, frozenset({BEN}))
    second = first.accepted_by(ANA)
    assert (second.state, second.accepted) == (PairState.ACTIVE, frozenset({ANA, BEN}))


def test_a_yes_said_twice_by_one_side_opens_nothing() -> None:
    twice = a_pair().accepted_by(ANA).accepted_by(ANA)
    assert (twice.state, twice.accepted) == (PairState.PROPOSED, frozenset({ANA}))


@pytest.mark.parametrize("accepted", [(), (ANA,)])
def test_a_yes_of_somebody_else_counts_for_nothing(accepted: tuple[ParticipantId, ...]) -> None:
    with pytest.raises(NotFound):
        a_pair(PairState.PROPOSED, *accepted).accepted_by(CEM)


@pytest.mark.parametrize("state", [state for state in PairState if state is not PairState.PROPOSED])
def test_only_a_proposal_is_accepted(state: PairState) -> None:
    with pytest.raises(NotPossibleNow):
        a_pair(state, BEN).accepted_by(ANA)


def test_partners_and_what_flows_are_seen_from_each_side() -> None:
    pair = a_pair()
    assert (pair.partner_of(ANA), pair.partner_of(BEN)) == (BEN, ANA)
    assert (pair.learns(ANA), pair.teaches(ANA)) == (("Go",), ())
    assert (pair.learns(BEN), pair.teaches(BEN)) == ((), ("Go",))
    with pytest.raises(NotFound):
        pair.partner_of(CEM)


def test_a_pair_is_reciprocal_when_both_learn() -> None:
    both = Pair(
        PairId("p"), ANA, BEN, (Exchange(ANA, BEN, "Go"), Exchange(BEN, ANA, "SQL")), PairState.DRAFTED
    )
    one_way = Pair(
        PairId("p"), ANA, BEN, (Exchange(ANA, BEN, "Go"), Exchange(ANA, BEN, "C")), PairState.DRAFTED
    )
    assert both.reciprocal
    assert not one_way.reciprocal
