"""Goals: everybody's own, in every pair of theirs, and nobody else's to see or to change."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.mentoring.errors import BadForm, MentoringError, NotFound, NotJoined, NotPossibleNow, Problem
from bot.mentoring.goals import Aim
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import Exchange, Pair, PairState
from bot.mentoring.prompts import GoalReached, GoalsShown, NoPairYet, PartnerReached, Prompt
from bot.use_cases import aiming, pausing
from tests.worlds import TUESDAY, World, a_participant, a_programme, a_senior, a_world

Act = Callable[[], object]
ANA, BEN, CEM = ParticipantId("ana"), ParticipantId("ben"), ParticipantId("cem")
PAIR, SECOND = PairId("pair"), PairId("second")
AIM = Aim("Lead one negotiation", "Both sides smile", "Read one contract")


def paired() -> World:
    """Ana is in a pair with Ben and in one with Cem."""
    world = a_world(a_participant(), a_senior(), a_senior("cem"), a_participant("dua"))
    for key, b in ((PAIR, BEN), (SECOND, CEM)):
        both = (Exchange(ANA, b, "Negotiation"), Exchange(b, ANA, "SQL"))
        pair = Pair(key, ANA, b, both, PairState.ACTIVE, proposed_at=TUESDAY, introduced_at=TUESDAY)
        world.records.save_pair(pair)
    return world


def aim(world: World, name: str, key: PairId = PAIR, **changes: str) -> Prompt:
    """Somebody sets a goal."""
    wanted = replace(AIM, **changes)
    return aiming.set_goal(world.actor(name), key, wanted, records=world.records, now=world.now)


def shown(world: World, name: str) -> GoalsShown:
    """What somebody sees of goals."""
    seen = aiming.show_goals(world.actor(name), records=world.records)
    assert isinstance(seen, GoalsShown)
    return seen


def reach(world: World, name: str, number: str = "1", *, tell: bool = False) -> GoalReached:
    """Somebody reaches a goal."""
    return aiming.reach_goal(world.actor(name), PAIR, number, tell=tell, records=world.records, now=world.now)


def test_each_pair_has_goals_of_its_own() -> None:
    world = paired()
    aim(world, "ana", what="With Ben")
    aim(world, "ana", SECOND, what="With Cem")
    assert [(one.partner, one.yours and one.yours.what) for one in shown(world, "ana").pairs] == [
        ("Ben", "With Ben"),
        ("Cem", "With Cem"),
    ]
    assert "With Cem" not in repr(shown(world, "ben"))


def test_whoever_has_no_pair_reads_so() -> None:
    told = NoPairYet("goals", a_programme().next_round_at)
    assert aiming.show_goals(paired().actor("dua"), records=paired().records) == told


def test_every_empty_or_huge_field_is_told_at_once() -> None:
    world = paired()
    with pytest.raises(BadForm) as refused:
        aim(world, "ana", what=" \n ", evidence="\u200b", step="x" * 5_000)
    assert [(each.field, each.problem) for each in refused.value.problems] == [
        ("what", Problem.EMPTY),
        ("evidence", Problem.EMPTY),
        ("step", Problem.TOO_LONG),
    ]
    assert shown(world, "ana").pairs[0].yours is None


@pytest.mark.parametrize("tell", [True, False])
def test_reaching_it_twice_celebrates_once(*, tell: bool) -> None:
    world = paired()
    aim(world, "ana")
    assert reach(world, "ana", tell=tell).what == AIM.what
    with pytest.raises(NotPossibleNow):
        reach(world, "ana", tell=tell)
    world.skip(days=2)
    assert len(world.said_to("ben", PartnerReached)) == int(tell)
    assert shown(world, "ana").pairs[0].reached == 1
    assert shown(world, "ben").pairs[0].reached == 0


def test_a_form_of_an_older_goal_does_not_reach_the_new_one() -> None:
    world = paired()
    aim(world, "ana")
    reach(world, "ana")
    aim(world, "ana", what="Lead two")
    with pytest.raises(NotPossibleNow):
        reach(world, "ana", "1")
    assert reach(world, "ana", "2").what == "Lead two"


def test_a_partner_who_ended_it_unheard_is_told_nothing() -> None:
    world = paired()
    aim(world, "ana")
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    assert reach(world, "ana", tell=True).told
    world.skip(days=10)
    assert world.said_to("ben", PartnerReached) == []


@pytest.mark.parametrize(("name", "error"), [("dua", NotFound), ("zoe", NotJoined), ("owner", NotJoined)])
def test_strangers_and_owners_reach_no_goal(name: str, error: type[MentoringError]) -> None:
    world = paired()
    aim(world, "ana")
    actor, records = world.actor(name), world.records
    acts: tuple[Act, ...] = (
        lambda: aiming.open_goal(actor, PAIR, records=records),
        lambda: aim(world, name),
        lambda: aiming.mark_step(actor, PAIR, "1.0", records=records, now=world.now),
        lambda: aiming.ask_reached(actor, PAIR, records=records),
        lambda: reach(world, name),
    )
    for act in acts:
        with pytest.raises(error):
            act()


def test_goals_of_a_pair_that_one_ended_stay_for_the_other_until_they_hear() -> None:
    world = paired()
    aim(world, "ana")
    before = shown(world, "ana")
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    assert shown(world, "ana") == before
    world.skip(days=10)
    assert [one.partner for one in shown(world, "ana").pairs] == ["Cem"]
