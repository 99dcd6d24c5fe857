"""Whatever one of the two writes or chooses is a sign of life: it takes up a pair that rests."""

from collections.abc import Callable

import pytest

from bot.mentoring.closing import GoOn
from bot.mentoring.fit import Fit
from bot.mentoring.goals import Aim
from bot.mentoring.ids import PairId
from bot.mentoring.meetings import Every
from bot.use_cases import agendas, agreeing, aiming, closing, fitting, flowing_back, going_on, rhythms
from bot.use_cases.stories import story_of
from tests.builders import some_terms
from tests.use_cases.test_use_cases_parting import together
from tests.worlds import World, a_participant, a_senior, a_world

Deed = Callable[[World, PairId], object]
WRITTEN = {
    key: str(value or "") for key, value in vars(some_terms()).items() if key not in ("worry", "off_limits")
}


def expects(world: World, pair: PairId) -> object:
    """Ana writes what she expects."""
    return agreeing.keep_expectations(world.actor("ana"), pair, WRITTEN, records=world.records, now=world.now)


def aims(world: World, pair: PairId) -> object:
    """Ana sets a goal."""
    aim = Aim("To listen", "Others say so", "Ask one question")
    return aiming.set_goal(world.actor("ana"), pair, aim, records=world.records, now=world.now)


def steps(world: World, pair: PairId) -> object:
    """Ana does a small step."""
    return aiming.mark_step(world.actor("ana"), pair, "1.0", records=world.records, now=world.now)


def has_an_agenda(world: World, pair: PairId) -> object:
    """Ana writes what to talk about."""
    return agendas.keep_agenda(world.actor("ana"), pair, "A talk", records=world.records, now=world.now)


def wishes_a_rhythm(world: World, pair: PairId) -> object:
    """Ana wishes to meet every month."""
    return rhythms.choose_rhythm(
        world.actor("ana"), pair, Every.MONTH, records=world.records, now=world.now, new_id=world.ids
    )


def feels(world: World, pair: PairId) -> object:
    """Ana says how it feels."""
    return fitting.answer_fit(world.actor("ana"), pair, Fit.GOOD, records=world.records, now=world.now)


def goes_on(world: World, pair: PairId) -> object:
    """Ben wishes to close, and Ana would rather go on."""
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    return closing.not_now(world.actor("ana"), pair, records=world.records, now=world.now)


def rests(world: World, pair: PairId) -> bool:
    """Whether the pair rests."""
    return story_of(world.records.pair(pair), world.records).rests(world.now)


@pytest.mark.parametrize("deed", [expects, aims, has_an_agenda, wishes_a_rhythm, feels, goes_on])
def test_a_pair_that_rests_is_taken_up_by_what_one_of_the_two_writes_or_chooses(deed: Deed) -> None:
    world, pair = together()
    world.skip(days=80)
    assert rests(world, pair)
    deed(world, pair)
    assert not rests(world, pair)
    world.settle()
    due = world.records.pair(pair).next_due_at
    assert due is not None
    assert due > world.now, "the journey has looked at it, and comes back"


def test_a_small_step_takes_up_a_pair_that_rests() -> None:
    world, pair = together()
    aims(world, pair)
    world.skip(days=90)
    assert rests(world, pair)
    steps(world, pair)
    assert not rests(world, pair)


def test_what_flows_back_takes_up_a_pair_that_rests() -> None:
    world = a_world(a_participant(teach=()), a_senior(learn=()))
    (pair,) = world.propose_all()
    for name in ("ana", "ben"):
        world.accept(name, pair)
    world.skip(days=90)
    assert rests(world, pair)
    chosen = ("Deep craft",)
    flowing_back.choose_back(world.actor("ben"), pair, chosen, records=world.records, now=world.now)
    assert not rests(world, pair)


def test_a_yes_to_going_on_takes_up_the_pair_once_it_is_decided_and_no_sooner() -> None:
    world, pair = together()
    while not world.records.question(pair):
        world.skip(days=7)
    assert rests(world, pair)
    for name in ("ana", "ben"):
        going_on.answer(world.actor(name), pair, GoOn.YES, records=world.records, now=world.now)
    assert rests(world, pair), "the other cannot tell from it who answered"
    world.skip(days=8)
    assert not rests(world, pair)
    question = world.records.question(pair)
    assert question is not None
    assert not question.said, "what was said is gone once it is decided"
