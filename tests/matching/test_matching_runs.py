"""Whole runs on small rosters of every kind: the rules hold, nothing better exists, order means nothing."""

from dataclasses import replace
from itertools import combinations
from random import Random  # noqa: TID251 - the type of hypothesis' own generator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Limits, MatchedPair, Person, Rules, Setting, explain_pair
from bot.matching.problem import Engine
from tests.matching.roster_builders import (
    ENGINES,
    MONDAY,
    TOPICS,
    Edge,
    a_person,
    a_problem,
    a_run,
    best_by_brute_force,
    broken_rules,
    people_of,
)

TOPIC_NAMES = ["SQL", "Java", "Negotiation", "Docker", "Kubernetes"]
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"]
NAMES = ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Two to seven people: lines and circles of managers, far zones, few languages, several places."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    topics = st.lists(st.sampled_from(TOPIC_NAMES), unique=True, max_size=3)
    return [
        a_person(
            name,
            draw(st.integers(1, 4)),
            learn=draw(topics),
            teach=draw(topics),
            department=draw(st.sampled_from(["Data", "Sales"])),
            zone=draw(st.sampled_from(ZONES)),
            start=draw(st.sampled_from([360, 540, 840])),
            end=draw(st.sampled_from([900, 1020, 1320])),
            places=draw(st.integers(0, 2)),
            languages=draw(st.lists(st.sampled_from(["en", "de", "fr"]), unique=True, max_size=2)),
            manager=draw(st.one_of(st.none(), st.sampled_from(names))),
            waiting=draw(st.sampled_from([0, 0, 1, 5])),
            one_per_topic=draw(st.booleans()),
        )
        for name in names
    ]


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    """Some pairs that have met and some that are kept apart."""
    every = st.lists(st.sampled_from(list(combinations(NAMES, 2))), unique=True, max_size=4)
    return Limits(history=draw(every), forbidden=draw(every))


def allowed_pairs(roster: list[Person], within: Limits) -> list[MatchedPair]:
    """Every single pair that breaks no rule, found without the engine."""
    setting = Setting(tuple(roster), Rules(), MONDAY, TOPICS)
    out = {frozenset(pair) for pair in (*within.history, *within.forbidden)}
    pairs = [explain_pair(one.id, other.id, setting) for one, other in combinations(roster, 2)]
    return [pair for pair in pairs if {pair.a, pair.b} not in out and not list(broken_rules(roster, [pair]))]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=100, deadline=None)
@given(roster=people(), within=limits())
def test_a_run_keeps_every_rule_and_nothing_is_worth_more(
    engine: Engine, roster: list[Person], within: Limits
) -> None:
    result = a_run(*roster, limits=within, engine=engine)
    possible = allowed_pairs(roster, within)
    assert not list(broken_rules(roster, result.pairs))
    assert {(pair.a, pair.b) for pair in result.pairs} <= {(pair.a, pair.b) for pair in possible}
    at = {person.id: index for index, person in enumerate(roster)}
    asked = {person.id for person in roster if person.one_per_topic}
    topics = [(name, topic) for name in sorted(asked) for topic in TOPIC_NAMES]

    def groups(pair: MatchedPair) -> tuple[int, int]:
        """What each is there for, with somebody who asked for one partner a topic."""
        sides = (pair.a, pair.a_learns), (pair.b, pair.b_learns)
        first = [
            topics.index((name, learns[0])) if name in asked and learns else -1 for name, learns in sides
        ]
        return first[0], first[1]

    best = best_by_brute_force(
        a_problem(
            places=[person.places for person in roster],
            bonus=[1500 + 1500 * min(3, person.waiting) for person in roster],
            edges=[
                Edge(at[pair.a], at[pair.b], pair.score + 300 * pair.reciprocal, *groups(pair))
                for pair in possible
            ],
            owner=[at[name] for name, _ in topics],
        ),
    )
    assert result.figures.objective == result.figures.bound == best


@settings(max_examples=60, deadline=None)
@given(people(), limits(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_same_people_in_any_order_get_the_same_answer(
    roster: list[Person], within: Limits, shuffler: Random, seed: int
) -> None:
    first = a_run(*roster, limits=within, seed=seed)
    shuffler.shuffle(roster)
    turned = replace(within, history=[(b, a) for a, b in reversed(list(within.history))])
    assert a_run(*roster, limits=turned, seed=seed) == first


@pytest.mark.parametrize(("file", "times"), [("people_60.csv", 10), ("people_400.csv", 2)])
def test_a_shuffled_roster_gives_the_same_pairs_every_time(file: str, times: int) -> None:
    roster = people_of(file)
    first = a_run(*roster)
    for turn in range(1, times + 1):
        turned = roster[17 * turn % 59 :] + roster[: 17 * turn % 59]
        assert a_run(*reversed(turned)).pairs == first.pairs


def test_a_vice_president_is_taught_from_three_levels_below_in_a_real_roster() -> None:
    roster = {person.id: person for person in people_of("people_400.csv")}
    gaps = [
        roster[pair.b].level - roster[pair.a].level
        for pair in a_run(*roster.values()).pairs
        if pair.b_learns and roster[pair.b].level >= 7
    ]
    assert max(gaps) >= 3
