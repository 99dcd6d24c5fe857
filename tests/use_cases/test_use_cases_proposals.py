"""Proposals, message by message: who reads what when a pair comes about, and when it does not."""

from collections.abc import Callable

import pytest

from bot.mentoring.errors import NotFound
from bot.mentoring.pair import PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import (
    AcceptedBoth,
    AcceptedFirst,
    CameToNothing,
    Declined,
    Introduction,
    Lapsed,
    Proposal,
    ProposalReminder,
)
from bot.use_cases import pausing
from tests.worlds import World, a_participant, a_senior, a_world, at


def test_a_proposal_shows_both_profiles_to_both() -> None:
    world = a_world()
    world.propose_all()
    (to_ana,), (to_ben,) = world.said_to("ana", Proposal), world.said_to("ben", Proposal)
    assert isinstance(to_ana, Proposal)
    assert isinstance(to_ben, Proposal)
    assert (to_ana.you, to_ana.partner) == (to_ben.partner, to_ben.you)
    assert to_ana.flow.you_learn == ("Negotiation",)
    assert to_ben.flow.you_learn == ("SQL",)


def test_nothing_opens_until_both_accept() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    assert world.accept("ana", pair) == AcceptedFirst()
    world.settle()
    assert not world.said_to("ben", Introduction)
    answer = world.accept("ben", pair)
    assert isinstance(answer, AcceptedBoth)
    assert answer.opens_at is None
    world.settle()
    assert len(world.said_to("ben", Introduction)) == 1
    assert world.said_to("ana", Introduction) == world.said_to("ben", Introduction)


def test_the_room_opens_when_both_are_at_work() -> None:
    world = a_world(a_participant(), a_senior(hours=a_senior().hours.__class__("America/New_York")))
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    answer = world.accept("ben", pair)
    assert isinstance(answer, AcceptedBoth)
    assert answer.opens_at is not None
    assert answer.opens_at.hour == 14
    world.skip(days=1)
    assert len(world.said_to("ana", Introduction)) == 1


def test_a_yes_said_twice_gets_the_same_answer() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    assert world.accept("ana", pair) == world.accept("ana", pair)
    world.accept("ben", pair)
    assert isinstance(world.accept("ben", pair), AcceptedBoth)
    world.settle()
    assert len(world.said_to("ana", Introduction)) == 1


def test_somebody_elses_pair_reads_as_one_that_is_not_there() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", learn=(), teach=("Go",)))
    (pair,) = world.propose_all()
    with pytest.raises(NotFound):
        world.accept("cem", pair)
    assert world.records.pair(pair).accepted == frozenset()


def _decline(world: World) -> None:
    (pair,) = world.records.pairs((PairState.PROPOSED,))
    assert isinstance(world.decline("ben", pair.id), Declined)


def _leave(world: World) -> None:
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)


def _pause(world: World) -> None:
    pausing.pause(
        world.actor("ben"),
        "3w",
        tell_partners=False,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )


def _expire(world: World) -> None:
    world.skip(days=7)


@pytest.mark.parametrize("cause", [_decline, _leave, _pause, _expire])
def test_who_had_accepted_reads_the_same_line_for_every_cause(cause: Callable[[World], None]) -> None:
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    cause(world)
    world.settle()
    assert not world.said_to("ana", CameToNothing), "it comes after one to three working days"
    world.skip(days=6)
    assert world.said_to("ana", CameToNothing) == [CameToNothing()]
    assert world.records.people["ana"].waiting == 1  # type: ignore[index] # an id is a str


def test_a_partner_who_had_not_answered_hears_the_same_as_if_nobody_had() -> None:
    heard = []
    for cause in (lambda _: None, _decline, _leave, _pause):
        world = a_world()
        world.propose_all()
        cause(world)
        world.skip(days=20)
        heard.append([(at_, one.prompt) for at_, one in world.log if at("ana") in one.to.readers])
    assert [type(prompt) for _, prompt in heard[0]] == [Proposal, ProposalReminder, Lapsed]
    assert heard == [heard[0]] * 4


def test_a_yes_after_an_unheard_no_is_thanked_like_a_first_one_and_comes_to_nothing_days_later() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ben", pair)
    world.decline("ben", pair)
    assert world.accept("ana", pair) == AcceptedFirst()
    assert world.accept("ana", pair) == AcceptedFirst()
    world.settle()
    assert not world.said_to("ana", CameToNothing), "it comes after one to three working days"
    world.skip(days=6)
    assert world.said_to("ana", CameToNothing) == [CameToNothing()]
    assert world.accept("ana", pair) == CameToNothing()
    assert world.accept("ben", pair) == CameToNothing()
    assert not world.said_to("ana", Introduction)
    assert world.records.pair(pair).state is PairState.DECLINED


def test_two_who_both_say_no_hear_no_more() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    assert world.decline("ben", pair) == world.decline("ana", pair)
    assert world.records.pair(pair).state is PairState.DECLINED
    world.skip(days=20)
    assert [type(one) for name in ("ana", "ben") for one in world.said_to(name)] == [Proposal, Proposal]


def test_a_proposal_lapses_after_one_reminder() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.skip(days=6)
    assert len(world.said_to("ben", ProposalReminder)) == 1
    assert not world.said_to("ana", ProposalReminder)
    world.skip(days=8)
    assert len(world.said_to("ben", ProposalReminder)) == 1
    assert len(world.said_to("ben", Lapsed)) == 1
    assert world.records.pair(pair).state is PairState.EXPIRED


def test_a_no_said_twice_gets_the_same_answer() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    assert world.decline("ben", pair) == world.decline("ben", pair)


def test_a_proposal_that_has_not_left_is_taken_back_from_somebody_who_leaves() -> None:
    world = a_world(a_participant(), a_senior(hours=a_senior().hours.__class__("America/New_York")))
    world.propose_all()
    _leave(world)
    world.skip(days=10)
    assert world.said_to("ben") == []
    assert world.records.people["ben"].state is ParticipantState.LEFT  # type: ignore[index] # an id is a str


def test_a_second_yes_said_twice_tells_the_same_moment_also_after_a_reminder() -> None:
    world = a_world(a_participant(), a_senior(hours=a_senior().hours.__class__("America/New_York")))
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.skip(days=7)
    assert world.said_to("ben", ProposalReminder)
    first = world.accept("ben", pair)
    assert isinstance(first, AcceptedBoth)
    assert first.opens_at is not None
    assert world.accept("ben", pair) == first
    assert world.accept("ana", pair) == AcceptedBoth(partner=at("ben"), opens_at=first.opens_at)
