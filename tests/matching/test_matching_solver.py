"""The engines: never above their bound, equal to trying everything, the same whatever the order."""

from collections.abc import Sequence
from random import Random  # noqa: TID251 - the type of hypothesis' own generator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped] # ships no types

from bot.matching.engines.fast import FastEngine
from bot.matching.engines.plain import PlainEngine
from bot.matching.engines.prices import bound_of, price_places
from bot.matching.engines.scaled import SCALE, scaled
from bot.matching.problem import Engine, Problem, Solution
from tests.matching.roster_builders import (
    ENGINES,
    Edge,
    a_problem,
    a_run,
    best_by_brute_force,
    edges_of,
    fits,
    people_of,
)

WORTH = st.one_of(st.integers(0, 1000), st.integers(0, 9))
each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)


@st.composite
def problems(draw: st.DrawFn, people: int = 10, most_edges: int = 13, most_places: int = 3) -> Problem:
    """Small problems of every shape: odd rings, several places, groups, first-edge bonuses."""
    size = draw(st.integers(1, people))
    every = [(one, other) for one in range(size) for other in range(one + 1, size)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=most_edges)) if every else []
    places = draw(st.lists(st.integers(0, most_places), min_size=size, max_size=size))
    bonus = draw(st.lists(st.sampled_from([0, 300, 1500]), min_size=size, max_size=size))
    owner = draw(st.lists(st.integers(0, size - 1), max_size=4))

    def group(person: int) -> int:
        own = [-1, *(at for at, whose in enumerate(owner) if whose == person)]
        return draw(st.sampled_from(own))

    ends = sorted(edge for edge in chosen if places[edge[0]] and places[edge[1]])
    edges = [Edge(one, other, draw(WORTH), group(one), group(other)) for one, other in ends]
    return a_problem(places, bonus, edges, owner)


def best_by_milp(problem: Problem) -> int:
    """The best value by an integer program: edges, and for each person whether the first bonus is had."""
    people, edges = len(problem.places), edges_of(problem)
    rows, most = [], []
    for person, places in enumerate(problem.places.tolist()):
        mine = [float(person in (edge.one, edge.other)) for edge in edges]
        rows += [[*mine, *([0.0] * people)], [*(-one for one in mine), *_only(person, people)]]
        most += [places, 0]
    for group in range(len(problem.owner)):
        mine = [float(group in (edge.one_group, edge.other_group)) for edge in edges]
        rows.append([*mine, *([0.0] * people)])
        most.append(1)
    worth = [-float(edge.worth) for edge in edges] + [-float(extra) for extra in problem.bonus]
    limits = LinearConstraint(np.array(rows), ub=np.array(most, dtype=float))
    found = milp(np.array(worth), integrality=np.ones(len(worth)), bounds=Bounds(0, 1), constraints=limits)
    return round(-float(found.fun))


def _only(at: int, size: int) -> Sequence[float]:
    return [float(at == other) for other in range(size)]


@each_engine
@settings(max_examples=200, deadline=None)
@given(problem=problems())
def test_an_engine_finds_what_trying_everything_finds(engine: Engine, problem: Problem) -> None:
    solution = engine.solve(problem)
    assert fits(problem, solution.chosen)
    assert solution.value == problem.value(solution.chosen) == best_by_brute_force(problem)
    assert solution.bound == solution.value


@each_engine
@settings(max_examples=40, deadline=None)
@given(problem=problems(people=12, most_edges=66))
def test_an_engine_finds_what_an_integer_program_finds(engine: Engine, problem: Problem) -> None:
    solution = engine.solve(problem)
    assert fits(problem, solution.chosen)
    assert solution.value == best_by_milp(problem) == solution.bound


@settings(max_examples=40, deadline=None)
@given(problems(people=12, most_edges=66, most_places=1))
def test_with_one_place_each_no_odd_ring_leaves_a_gap(problem: Problem) -> None:
    solution = FastEngine().solve(problem)
    assert fits(problem, solution.chosen)
    assert solution.value == best_by_milp(problem) == solution.bound


def test_with_one_place_each_a_whole_roster_of_odd_rings_is_proven_best() -> None:
    """Branch and bound alone gives up on these; the proof is the dual's, blossoms included."""
    draw = Random(1)  # noqa: S311 # a graph, no secret
    rings = [(first, first + 1, first + 2) for first in range(0, 300, 3)]
    inside = [ends for a, b, c in rings for ends in ((a, b), (b, c), (a, c))]
    between = {tuple(sorted(draw.sample(range(300), 2))) for _ in range(600)} - set(inside)
    edges = [Edge(one, other, draw.randint(900, 1000), -1, -1) for one, other in inside]
    edges += [Edge(one, other, draw.randint(0, 400), -1, -1) for one, other in sorted(between)]
    problem = a_problem([1] * 300, [0] * 300, sorted(edges, key=lambda edge: (edge.one, edge.other)))
    solution = FastEngine().solve(problem)
    assert fits(problem, solution.chosen)
    assert solution.value == solution.bound
    assert solution.value == best_by_milp(problem)
    assert FastEngine(searched=0).solve(problem).bound > solution.bound


@settings(max_examples=150, deadline=None)
@given(problems(people=12, most_edges=30))
def test_a_choice_never_breaks_places_and_never_beats_its_bound(problem: Problem) -> None:
    for engine in (PlainEngine(nodes=1), PlainEngine(scans=0), PlainEngine(scans=40), FastEngine(searched=0)):
        check_choice(problem, engine.solve(problem))


def check_choice(problem: Problem, solution: Solution) -> None:
    assert fits(problem, solution.chosen)
    best = PlainEngine().solve(problem).value
    assert solution.value <= best <= solution.bound


@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(-9, 9))
def test_any_prices_prove_a_bound(problem: Problem, off: int) -> None:
    """Worked out again from the definition of the dual, edge by edge and person by person."""
    units = scaled(problem)
    prices = price_places(units, sweeps=2) + off * SCALE
    total = sum(
        max(0, edge.worth * SCALE - int(prices[edge.one] + prices[edge.other])) for edge in edges_of(problem)
    )
    for places, bonus, price in zip(
        problem.places.tolist(), problem.bonus.tolist(), prices.tolist(), strict=False
    ):
        total += (max(0, bonus * SCALE + price) + (places - 1) * max(0, price)) if places else 0
    assert total // SCALE == bound_of(units, prices) >= PlainEngine().solve(problem).value


@each_engine
def test_an_odd_ring_is_solved_and_proven(engine: Engine) -> None:
    ring = a_problem([1, 1, 1], [0, 0, 0], [Edge(0, 1, 500), Edge(0, 2, 500), Edge(1, 2, 500)])
    solution = engine.solve(ring)
    assert (solution.value, solution.bound, len(solution.chosen)) == (500, 500, 1)


@each_engine
def test_a_problem_without_edges_or_people_has_an_answer(engine: Engine) -> None:
    for problem in (a_problem([], [], []), a_problem([1, 2], [5, 5], [])):
        assert engine.solve(problem) == Solution((), 0, 0)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_the_roster_does_not_matter(shuffler: Random, seed: int) -> None:
    people = people_of("people_60.csv")
    for engine in ENGINES:
        first = a_run(*people, seed=seed, engine=engine)
        shuffler.shuffle(people)
        assert a_run(*people, seed=seed, engine=engine) == first


@each_engine
def test_the_seed_never_costs_a_point(engine: Engine) -> None:
    people = people_of("people_60.csv")
    assert len({a_run(*people, seed=seed, engine=engine).figures.objective for seed in range(5)}) == 1
