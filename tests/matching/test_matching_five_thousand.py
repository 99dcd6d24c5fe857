"""Five thousand people with topics that real people declared: rules, reasons, the best there is."""

from dataclasses import replace
from functools import cache

from bot.matching import Limits, MatchResult, Person, Rules, WhyNobody
from bot.matching.engines.fast import FastEngine
from tests.matching.roster_builders import a_run, between, broken_rules, people_of

LEAST = 540
"""Common minutes that keep far zones apart."""


@cache
def roster() -> tuple[Person, ...]:
    return tuple(people_of("people_5000.csv"))


@cache
def few_teachers() -> tuple[Person, ...]:
    """The same people, of whom one in eight teaches, and that one topic: most wait, for every reason."""
    return tuple(
        replace(person, teach=person.teach[:1] if at % 8 == 0 else ()) for at, person in enumerate(roster())
    )


@cache
def a_round() -> MatchResult:
    return a_run(*roster(), engine=FastEngine())


@cache
def a_scarce_round() -> MatchResult:
    return a_run(*few_teachers(), rules=Rules(min_overlap_minutes=LEAST), engine=FastEngine())


def test_every_rule_holds_and_nothing_better_exists() -> None:
    result = a_round()
    assert not list(broken_rules(roster(), result.pairs))
    assert result.figures.proven
    assert result.figures.matched == sum(person.places > 0 for person in roster())


def test_a_vice_president_learns_from_somebody_three_levels_below() -> None:
    by_id = {person.id: person for person in roster()}
    upward = [(by_id[pair.a], by_id[pair.b]) for pair in a_round().pairs if pair.b_learns]
    assert any(high.level >= 7 and high.level - low.level >= 3 for low, high in upward)


def test_most_pairs_teach_both_ways_and_upwards() -> None:
    figures = a_round().figures
    assert figures.reciprocal / figures.pairs > 0.7
    assert figures.upward / figures.pairs > 0.8


def test_everybody_without_a_pair_has_no_place() -> None:
    by_id = {person.id: person for person in roster()}
    assert {by_id[one.id].places for one in a_round().unmatched} == {0}
    assert {one.why for one in a_round().unmatched} == {WhyNobody.NO_PLACES}


def test_whoever_is_told_that_nobody_fits_has_nobody_and_others_have_somebody() -> None:
    """Every tenth of them, against everybody, with code that shares nothing with the engine."""
    people = few_teachers()
    boss = {person.id: person.manager for person in people}
    by_id = {person.id: person for person in people}
    alone = [one for one in a_scarce_round().unmatched if one.why is not WhyNobody.NO_PLACES]
    assert len({one.why for one in alone}) >= 3
    for one in alone[::10]:
        person = by_id[one.id]
        others = (other for other in people if other.places and other.id != one.id)
        possible = sum(not any(between(person, other, boss, LEAST)) for other in others)
        assert possible == one.funnel[-1].left
        assert (one.why is WhyNobody.EVERYONE_TAKEN) == (possible > 0)


def test_forcing_somebody_in_whose_partners_are_taken_gains_nothing() -> None:
    """Three of them: no round with the pair forced is worth more than the bound of the round without."""
    people = few_teachers()
    taken = [one for one in a_scarce_round().unmatched if one.why is WhyNobody.EVERYONE_TAKEN]
    boss = {person.id: person.manager for person in people}
    by_id = {person.id: person for person in people}
    for one in taken[:: len(taken) // 3][:3]:
        fitting = (other for other in people if other.places and other.id != one.id)
        other = next(other for other in fitting if not any(between(by_id[one.id], other, boss, LEAST)))
        rules, limits = Rules(min_overlap_minutes=LEAST), Limits(locked=[(one.id, other.id)])
        forced = a_run(*people, rules=rules, limits=limits, engine=FastEngine())
        assert any(pair.locked for pair in forced.pairs)
        assert forced.figures.objective <= a_scarce_round().figures.bound


def test_the_same_pairs_come_of_a_roster_turned_around() -> None:
    turned = [*reversed(roster()[2000:]), *roster()[:2000]]
    assert a_run(*turned, engine=FastEngine()).pairs == a_round().pairs
