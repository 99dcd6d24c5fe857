"""Whom the bot's messages do not reach: what their partners hear, and when they get a new pair again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.pair import PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import DraftReady, NoPairsPossible, PartnerUnreached
from bot.use_cases import blocking, finding, parting, pausing, rounds
from bot.use_cases.losing_touch import find_again, lose_touch
from tests.worlds import MATCHER, TOPICS, World, a_participant, a_senior, a_world, at

BEN_IS_NOT_REACHED = PartnerUnreached(at("ben"), "Ben")
LATEST = timedelta(days=6)
"""Three working days on, with a weekend and some hours between."""


def lose(world: World, name: str = "ben") -> None:
    """Messages do not reach somebody."""
    lose_touch(at(name), records=world.records, now=world.now, new_id=world.ids)


def find(world: World, name: str = "ben") -> None:
    """Somebody is heard of again."""
    find_again(at(name), records=world.records, now=world.now, new_id=world.ids)


def active() -> tuple[World, PairId]:
    """Ana and Ben in a pair that is under way."""
    world = a_world()
    (pair,) = world.propose_all()
    for name in ("ana", "ben"):
        world.accept(name, pair)
    world.settle()
    return world, pair


def test_the_partner_hears_once_after_some_working_days_and_only_in_their_hours() -> None:
    world, _ = active()
    lost_at = world.now
    lose(world)
    world.skip(hours=20)
    assert world.said_to("ana", PartnerUnreached) == [], "not on the same day"
    for _ in range(3):
        lose(world)
        world.skip(days=3)
    told = [moment for moment, message in world.log if isinstance(message.prompt, PartnerUnreached)]
    assert world.said_to("ana", PartnerUnreached) == [BEN_IS_NOT_REACHED]
    assert told[0] - lost_at <= LATEST
    assert world.records.people[ParticipantId("ana")].hours.covers(told[0])
    assert not world.said_to("ben", PartnerUnreached)


def test_whoever_is_back_in_time_leaves_nothing_to_be_told() -> None:
    world, _ = active()
    lose(world)
    world.skip(hours=3)
    find(world)
    world.skip(days=14)
    assert world.said_to("ana", PartnerUnreached) == []
    assert world.records.people[ParticipantId("ben")].unreached_since is None


def test_however_often_somebody_comes_and_goes_in_a_week_it_is_told_once() -> None:
    world, _ = active()
    for _ in range(4):
        lose(world)
        world.skip(minutes=5)
        find(world)
    lose(world)
    world.skip(days=5)
    find(world)
    lose(world)
    world.skip(hours=1)
    assert len(world.said_to("ana", PartnerUnreached)) == 1
    find(world)
    world.skip(days=21)
    lose(world)
    world.skip(days=7)
    assert len(world.said_to("ana", PartnerUnreached)) == 2, "another absence"


def pause(world: World, _pair: PairId) -> None:
    """Ben pauses."""
    pausing.pause(
        world.actor("ben"), "8w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )


def end(world: World, pair: PairId) -> None:
    """Ben ends the pair, which Ana has not heard of yet."""
    parting.end_pair(world.actor("ben"), pair, records=world.records, now=world.now, new_id=world.ids)


def block(world: World, _pair: PairId) -> None:
    """Ben wants to be kept apart from Ana."""
    blocking.block(world.actor("ben"), at("ana"), records=world.records, now=world.now, new_id=world.ids)


def leave(world: World, _pair: PairId) -> None:
    """Ben leaves the programme."""
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)


@pytest.mark.parametrize("cause", [pause, end, block, leave])
def test_of_a_pair_that_rests_or_has_ended_nothing_is_told_besides(
    cause: Callable[[World, PairId], None],
) -> None:
    heard = []
    for gone in (False, True):
        world, pair = active()
        cause(world, pair)
        if gone:
            lose(world)
        world.skip(days=14)
        heard.append(world.said_to("ana"))
    assert heard[0] == heard[1]


def test_a_pair_that_ends_before_it_was_told_takes_it_along() -> None:
    world, pair = active()
    lose(world)
    parting.rematch(world.actor("ana"), pair, records=world.records, now=world.now, new_id=world.ids)
    world.skip(days=14)
    assert world.said_to("ana", PartnerUnreached) == []


def test_of_a_proposal_nobody_hears_and_of_two_who_are_both_gone_neither() -> None:
    world = a_world()
    world.propose_all()
    lose(world)
    world.skip(days=5)
    assert world.said_to("ana", PartnerUnreached) == []
    world, _ = active()
    lose(world)
    world.records.withdraw(ParticipantId("ana"))
    lose(world, "ana")
    world.skip(days=14)
    assert world.said_to("ben", PartnerUnreached) == []


def test_nobody_new_is_brought_together_with_somebody_who_would_not_hear_of_it() -> None:
    world = a_world()
    lose(world)
    actor = world.actor("owner")
    drawn = rounds.draft(actor, MATCHER, records=world.records, now=world.now, new_id=world.ids)
    assert isinstance(drawn, NoPairsPossible)
    assert finding.find(world.actor("ana"), "negotiation", TOPICS, records=world.records).teachers == ()
    find(world)
    assert world.propose_all()


def draft(world: World) -> RoundId:
    """The owner draws up a round, and looks it over."""
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    rounds.review(world.actor("owner"), ready.round, 0, records=world.records)
    return ready.round


def states(world: World, key: RoundId) -> set[tuple[bool, PairState]]:
    """For each pair of a round whether Ben is in it, and its state."""
    return {(ParticipantId("ben") in one.sides, one.state) for one in world.records.pairs_in(key)}


def test_a_drafted_pair_is_proposed_to_nobody_when_one_is_not_reached_any_more() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cleo"), a_senior("dev"))
    key = draft(world)
    lose(world)
    rounds.release(world.actor("owner"), key, records=world.records, now=world.now)
    assert states(world, key) == {(True, PairState.CLOSED), (False, PairState.PROPOSED)}


def test_an_owner_who_drafts_again_within_a_round_does_not_see_who_is_not_reached() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cleo"), a_senior("dev"))
    programme = world.records.programmes[0]
    world.records.save_programme(replace(programme, boundary_at=world.now))
    lose(world)
    assert len(states(world, draft(world))) == 2, "both pairs are drawn up"
    world.records.save_programme(replace(programme, boundary_at=world.now + timedelta(seconds=1)))
    assert len(states(world, draft(world))) == 1, "from the next round on Ben is left out"


@pytest.mark.parametrize("happens", [lose, find])
def test_strangers_and_those_who_left_are_nothing_to_note(happens: Callable[..., None]) -> None:
    world = a_world(a_participant(), replace(a_senior(), state=ParticipantState.LEFT))
    before = dict(world.records.people)
    happens(world, "ben")
    happens(world, "somebody")
    assert world.records.people == before
