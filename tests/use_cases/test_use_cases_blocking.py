"""Blocks: known to whoever asked for them, and to nobody else by any way of looking."""

from collections.abc import Callable

import pytest

from bot.mentoring.errors import BadInput, NotFound, NotJoined, Problem
from bot.mentoring.ids import Address
from bot.mentoring.pair import PairState
from bot.mentoring.prompts import (
    Blocked,
    BlocksShown,
    CameToNothing,
    DraftReady,
    NoPairsPossible,
    PairClosed,
    Proposal,
    Unblocked,
)
from bot.use_cases import blocking, finding, pausing, rounds
from tests.worlds import MATCHER, TOPICS, World, a_participant, a_senior, a_world, at


def block(world: World, name: str, whom: str) -> Blocked:
    """Somebody blocks somebody."""
    return blocking.block(world.actor(name), at(whom), records=world.records, now=world.now, new_id=world.ids)


def draft(world: World) -> object:
    """The owner drafts a round."""
    return rounds.draft(world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids)


@pytest.mark.parametrize(("blocker", "blocked"), [("ana", "ben"), ("ben", "ana")])
def test_a_block_keeps_the_two_apart_whoever_asked_for_it_until_it_is_taken_back(
    blocker: str, blocked: str
) -> None:
    world = a_world()
    assert block(world, blocker, blocked) == Blocked(at(blocked), ended=0)
    assert isinstance(draft(world), NoPairsPossible)
    with pytest.raises(NotFound):
        finding.ask_to_pair(
            world.actor("ana"),
            at("ben"),
            "negotiation",
            TOPICS,
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
    assert finding.find(world.actor("ana"), "negotiation", TOPICS, records=world.records).teachers == ()
    taken_back = blocking.unblock(world.actor(blocker), at(blocked), records=world.records)
    assert taken_back == Unblocked(at(blocked))
    assert isinstance(draft(world), DraftReady)


def test_only_whoever_asked_sees_their_blocks_and_takes_them_back() -> None:
    world = a_world()
    block(world, "ana", "ben")
    block(world, "ana", "ben")
    block(world, "ana", "zoe")
    shown = blocking.show_blocks(world.actor("ana"), records=world.records)
    assert shown == BlocksShown((at("ben"), at("zoe")))
    assert blocking.show_blocks(world.actor("ben"), records=world.records) == BlocksShown(())
    blocking.unblock(world.actor("ben"), at("ana"), records=world.records)
    assert isinstance(draft(world), NoPairsPossible)


def _proposed(world: World) -> None:
    (pair,) = world.propose_all()
    world.accept("ana", pair)


def _active(world: World) -> None:
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()


@pytest.mark.parametrize(("start", "line"), [(_proposed, CameToNothing), (_active, PairClosed)])
def test_a_pair_of_the_two_ends_as_by_leaving(start: Callable[[World], None], line: type) -> None:
    heard = []
    for ending in (
        lambda world: block(world, "ben", "ana"),
        lambda world: pausing.leave(
            world.actor("ben"), records=world.records, now=world.now, new_id=world.ids
        ),
    ):
        world = a_world()
        start(world)
        ending(world)
        world.skip(days=8)
        heard.append([(when, one.prompt) for when, one in world.log if at("ana") in one.to.readers])
    assert heard[0] == heard[1]
    assert isinstance(heard[0][-1][1], line)


def test_a_drafted_pair_that_was_blocked_meanwhile_is_not_proposed() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem"), a_senior("dora"))
    ready = draft(world)
    assert isinstance(ready, DraftReady)
    rounds.review(world.actor("owner"), ready.round, 0, records=world.records)
    (pair,) = (one for one in world.records.pairs((PairState.DRAFTED,)) if "ana" in one.sides)
    other = world.records.participant(pair.partner_of(pair.a if pair.a == "ana" else pair.b))
    block(world, "ana", other.address.rsplit(":", 1)[1].lower())
    released = rounds.release(world.actor("owner"), ready.round, records=world.records, now=world.now)
    assert released.pairs == 1
    world.settle()
    assert not world.said_to("ana", Proposal)


@pytest.mark.parametrize("whom", ["slack:T1:ANA", "slack:T2:BEN", "ben", ""])
def test_nobody_blocks_themselves_or_somebody_elsewhere(whom: str) -> None:
    world = a_world()
    with pytest.raises(BadInput) as refused:
        blocking.block(
            world.actor("ana"), Address(whom), records=world.records, now=world.now, new_id=world.ids
        )
    assert (refused.value.field, refused.value.problem) == ("person", Problem.NOT_A_PERSON)
    assert world.records.blocks == []


def test_whoever_takes_no_part_has_nobody_to_keep_away_from() -> None:
    world = a_world()
    with pytest.raises(NotJoined):
        block(world, "zoe", "ana")


def test_a_block_outlives_leaving_and_joining_again() -> None:
    world = a_world()
    block(world, "ana", "ben")
    pausing.leave(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)
    world.records.save_participant(a_participant())
    assert isinstance(draft(world), NoPairsPossible)
