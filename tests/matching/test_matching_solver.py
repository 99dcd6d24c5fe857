"""The solver: never below its bound, equal to trying everything, the same whatever the order."""

from random import Random  # noqa: TID251 - the type of hypothesis' own generator

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.engines.plain import PlainEngine
from bot.matching.engines.prices import bound_of, price_places
from bot.matching.engines.scaled import scaled
from bot.matching.problem import Problem, Solution
from tests.matching.roster_builders import a_run, best_by_brute_force, people_of

WORTH = st.one_of(st.integers(0, 1000), st.integers(0, 9))


@st.composite
def problems(draw: st.DrawFn, people: int = 10, most_edges: int = 13) -> Problem:
    """Small problems of every shape: odd rings, several places, first-edge bonuses."""
    size = draw(st.integers(1, people))
    every = [(one, other) for one in range(size) for other in range(one + 1, size)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=most_edges)) if every else []
    places = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    edges = sorted(edge for edge in chosen if places[edge[0]] and places[edge[1]])
    bonus = draw(st.lists(st.sampled_from([0, 300, 1500]), min_size=size, max_size=size))
    worth = draw(st.lists(WORTH, min_size=len(edges), max_size=len(edges)))
    return Problem(places, bonus, [one for one, _ in edges], [other for _, other in edges], worth)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_the_plain_engine_finds_what_trying_everything_finds(problem: Problem) -> None:
    solution = PlainEngine().solve(problem)
    assert solution.value == best_by_brute_force(problem)
    assert solution.bound == solution.value


@settings(max_examples=200, deadline=None)
@given(problems(people=12, most_edges=30))
def test_a_choice_never_breaks_places_and_never_beats_its_bound(problem: Problem) -> None:
    for engine in (PlainEngine(nodes=1), PlainEngine(scans=0), PlainEngine(scans=40)):
        check_choice(problem, engine.solve(problem))


def check_choice(problem: Problem, solution: Solution) -> None:
    used = [0] * len(problem.places)
    for at in solution.chosen:
        used[problem.one[at]] += 1
        used[problem.other[at]] += 1
    assert all(count <= places for count, places in zip(used, problem.places, strict=True))
    assert len(set(solution.chosen)) == len(solution.chosen)
    assert solution.value <= solution.bound
    best = PlainEngine().solve(problem).value
    assert solution.value <= best <= solution.bound


@settings(max_examples=200, deadline=None)
@given(problems())
def test_any_prices_prove_a_bound(problem: Problem) -> None:
    units = scaled(problem)
    assert bound_of(units, price_places(units, sweeps=2)) >= PlainEngine().solve(problem).value


def test_an_odd_ring_is_solved_and_proven() -> None:
    ring = Problem([1, 1, 1], [0, 0, 0], [0, 0, 1], [1, 2, 2], [500, 500, 500])
    solution = PlainEngine().solve(ring)
    assert (solution.value, solution.bound, len(solution.chosen)) == (500, 500, 1)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_the_roster_does_not_matter(shuffler: Random, seed: int) -> None:
    people = people_of("people_60.csv")
    first = a_run(*people, seed=seed)
    shuffler.shuffle(people)
    assert a_run(*people, seed=seed) == first


def test_the_seed_never_costs_a_point() -> None:
    people = people_of("people_60.csv")
    assert len({a_run(*people, seed=seed).figures.objective for seed in range(5)}) == 1
