"""An owner weighs how pairs are chosen, and reads what it costs."""

from dataclasses import replace

import pytest

from bot.mentoring.errors import BadForm, NotAllowed, Problem
from bot.mentoring.pair import PairState
from bot.mentoring.programme import CONDITIONS, Choosing
from bot.mentoring.prompts import ChoosingForm, ChoosingSet, DraftReady, NoPairsPossible
from bot.use_cases import rounds, weighing
from bot.use_cases.matchmaking import rules_of
from bot.use_cases.weighing import ChoosingAnswers
from tests.worlds import CONTACTS, MATCHER, World, a_participant, a_senior, a_world

USUAL = ChoosingAnswers("300", "120", "100", "80", "30", lateral=False, related=False)


def choose(world: World, name: str = "owner", **changes: object) -> ChoosingSet:
    """Send the form."""
    answers = replace(USUAL, **changes)  # type: ignore[arg-type] # a test changes any field
    return weighing.choose(world.actor(name), answers, MATCHER, records=world.records, now=world.now)


def drafted(world: World) -> set[frozenset[str]]:
    """Draft a round; who is with whom."""
    rounds.draft(world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids)
    return {frozenset(pair.sides) for pair in world.records.pairs((PairState.DRAFTED,))}


def test_what_is_weighed_decides_the_next_draft() -> None:
    """Ana fits Ben of her own department, many levels up, and Cem of another, one level up."""
    world = a_world(
        a_participant(department="Data"),
        a_senior(level=8, department="Data"),
        a_senior("cem", level=3, department="Sales"),
    )
    choose(world, levels="300", departments="0")
    assert drafted(world) == {frozenset(("ana", "ben"))}
    told = choose(world, levels="0", departments="300")
    assert drafted(world) == {frozenset(("ana", "cem"))}
    assert (told.before.across_departments, told.after.across_departments) == (0, 1)
    assert (told.before.pairs, told.after.pairs) == (1, 1)
    assert told.price > 0


def test_people_of_one_level_are_paired_where_an_owner_allows_it() -> None:
    world = a_world(a_participant(), a_senior(level=2))
    draft = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(draft, NoPairsPossible)
    told = choose(world, lateral=True)
    assert (told.before.people, told.after.people) == (0, 2)
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)


def test_the_price_says_nothing_of_who_is_in_a_pair() -> None:
    world = a_world()
    before = choose(world)
    (pair,) = world.propose_all()
    assert choose(world) == before
    world.decline("ben", pair)
    assert choose(world) == before


@pytest.mark.parametrize("points", [(300, 0, 0, 0), (0, 0, 0, 0), (300, 300, 300, 300), (7, 11, 13, 17)])
def test_the_parts_of_a_score_add_up_to_a_thousand(points: tuple[int, int, int, int]) -> None:
    reciprocity, levels, departments, hours = points
    rules = rules_of(Choosing(reciprocity, levels, departments, hours))
    assert rules.gain + rules.mutual + rules.levels + rules.departments + rules.hours == 1_000
    assert rules.reciprocity == reciprocity


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("reciprocity", "301", Problem.OUT_OF_RANGE),
        ("levels", "", Problem.EMPTY),
        ("departments", "-1", Problem.NOT_A_NUMBER),
        ("hours", "1.5", Problem.NOT_A_NUMBER),
        ("overlap", "29", Problem.OUT_OF_RANGE),
        ("overlap", "241", Problem.OUT_OF_RANGE),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(
    field: str, typed: str, problem: Problem
) -> None:
    world = a_world()
    with pytest.raises(BadForm) as refused:
        choose(world, **{field: typed})
    assert [(one.field, one.problem) for one in refused.value.problems] == [(field, problem)]
    assert weighing.open_choosing(world.actor("owner"), records=world.records) == ChoosingForm(Choosing())


def test_only_an_owner_sees_and_weighs() -> None:
    world = a_world()
    shown = weighing.show_programme(world.actor("owner"), records=world.records)
    assert (shown.conditions, shown.contacts, shown.choosing) == (CONDITIONS, CONTACTS, Choosing())
    for do in (
        lambda: choose(world, "ana"),
        lambda: weighing.show_programme(world.actor("ana"), records=world.records),
        lambda: weighing.open_choosing(world.actor("ana"), records=world.records),
    ):
        with pytest.raises(NotAllowed):
            do()
