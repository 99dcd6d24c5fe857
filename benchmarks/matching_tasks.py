"""What the matching benchmark measures, one task a process: our engines and peers on the same graphs."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from operator import gt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.measure import Facts, timed
from benchmarks.population import Population, population
from bot.catalogue import load_topics
from bot.matching import Limits, MatchResult, Person, Rules, WorkingHours, match
from bot.matching.engines.fast import FastEngine
from bot.matching.engines.plain import PlainEngine, nearest
from bot.matching.engines.scaled import scaled
from bot.matching.files import pairs_csv
from bot.matching.lines import lines
from bot.matching.problem import Engine, Problem, Solution
from bot.matching.roster import seeded
from bot.people_file import people_of

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
GRAPH_EDGES = 40
"""Edges of one person, the best, in the graphs that solvers are compared on."""
ROSTER = Path(__file__).parent / "data" / "people_5000.csv"
ENGINES: dict[str, Callable[[], Engine]] = {"fast": FastEngine, "plain": PlainEngine}
Edges = npt.NDArray[Any]


class _Keeps:
    """An engine that keeps the problem it is given and solves nothing."""

    name = "none"
    most_edges = FastEngine.most_edges
    problem: Problem

    def solve(self, problem: Problem) -> Solution:
        self.problem = problem
        return Solution((), 0, 0)


def graph(size: int, seed: int, places: int | None, file: str) -> Facts:
    """Write the graph of a company: the best edges of everybody, between all whom the rules allow."""
    keeps, drawn = _Keeps(), population(size, seed, places=places)
    _run(drawn, keeps)
    whole, problem = scaled(keeps.problem), keeps.problem
    kept = nearest(whole, -whole.weight, -whole.weight, np.arange(len(whole.weight)), GRAPH_EDGES)
    columns = {name: getattr(problem, name)[kept] for name in ("one", "other", "worth")}
    people = seeded(drawn.people, 0)
    ends = zip(columns["one"].tolist(), columns["other"].tolist(), strict=True)
    np.savez(
        file,
        places=problem.places,
        bonus=problem.bonus,
        levels=np.array([person.level for person in people]),
        down=np.array([_lower_learns(people[one], people[other]) for one, other in ends]),
        **columns,
    )
    return {"edges": len(kept)}


def _lower_learns(one: Person, other: Person) -> bool:
    """Whether the one of the lower level wants something that the other teaches."""
    lower, higher = sorted((one, other), key=lambda person: person.level)
    return not set(lower.learn).isdisjoint(higher.teach)


def _read(file: str) -> Problem:
    kept = np.load(file)
    return Problem(**{name: kept[name] for name in ("places", "bonus", "one", "other", "worth")})


def _told(problem: Problem, chosen: Edges) -> Facts:
    """What a choice of edges is worth, with and without the points for first pairs, and whom it covers."""
    covered = len(np.unique(np.append(problem.one[chosen], problem.other[chosen])))
    return {
        "value": problem.value(chosen),
        "worth": int(problem.worth[chosen].sum()),
        "matched": covered / max(1, len(problem.places)),
    }


def _into(found: list[Any], more: Iterable[Any]) -> Facts:
    found.extend(more)
    return {}


def solve(file: str, engine: str) -> Facts:
    """One of our engines on a graph."""
    problem = _read(file)
    solver, found = ENGINES[engine](), list[Solution]()
    facts = timed(lambda: _into(found, [solver.solve(problem)]))
    (solution,) = found
    return facts | _told(problem, np.array(solution.chosen, dtype=np.int64)) | {"bound": solution.bound}


def _weights(problem: Problem) -> Edges:
    """For places of one each: what an edge is worth with the first-pair points of both its ends."""
    return problem.worth + problem.bonus[problem.one] + problem.bonus[problem.other]


def rustworkx(file: str) -> Facts:
    """Maximum-weight matching, Galil's algorithm in Rust; places of one only."""
    peer = import_module("rustworkx")
    problem = _read(file)
    net = peer.PyGraph()
    net.add_nodes_from(range(len(problem.places)))
    edges = zip(problem.one.tolist(), problem.other.tolist(), _weights(problem).tolist(), strict=True)
    net.add_edges_from(list(edges))
    pairs: list[Any] = []
    facts = timed(lambda: _into(pairs, peer.max_weight_matching(net, weight_fn=int)))
    return facts | _told(problem, _chosen(problem, pairs))


def networkx(file: str) -> Facts:
    """The same in Python."""
    peer = import_module("networkx")
    problem = _read(file)
    net = peer.Graph()
    edges = zip(problem.one.tolist(), problem.other.tolist(), _weights(problem).tolist(), strict=True)
    net.add_weighted_edges_from(edges)
    pairs: list[Any] = []
    facts = timed(lambda: _into(pairs, peer.max_weight_matching(net)))
    return facts | _told(problem, _chosen(problem, pairs))


def _chosen(problem: Problem, pairs: list[tuple[int, int]]) -> Edges:
    place = {
        edge: at for at, edge in enumerate(zip(problem.one.tolist(), problem.other.tolist(), strict=True))
    }
    return np.array([place[min(pair), max(pair)] for pair in pairs], dtype=np.int64)


def highs(file: str) -> Facts:
    """HiGHS' integer programming, scipy's: edges, and for each person whether they have a first one."""
    optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
    problem = _read(file)
    people, edges = len(problem.places), len(problem.one)
    ends, at = np.append(problem.one, problem.other), np.tile(np.arange(edges), 2)
    meets = sparse.csr_array((np.ones(2 * edges), (ends, at)), shape=(people, edges))
    rows = sparse.vstack(
        [
            sparse.hstack([meets, sparse.csr_array((people, people))]),
            sparse.hstack([-meets, sparse.eye_array(people)]),
        ]
    ).tocsr()
    limits = optimize.LinearConstraint(rows, ub=np.append(problem.places, np.zeros(people)))
    gain = -np.append(problem.worth, problem.bonus).astype(float)
    found: list[Any] = []

    def work() -> Facts:
        kinds = np.append(np.ones(edges), np.zeros(people))
        found.append(optimize.milp(gain, integrality=kinds, bounds=optimize.Bounds(0, 1), constraints=limits))
        return {}

    facts = timed(work)
    return facts | _told(problem, np.flatnonzero(found[0].x[:edges] > 1 / 2))


def greedy(file: str) -> Facts:
    """The best edge first: what b-Suitor finds too (Khan and others, 2016)."""
    problem = _read(file)
    chosen: list[int] = []

    def work() -> Facts:
        free = problem.places.tolist()
        ends = problem.one.tolist(), problem.other.tolist()
        for edge in np.argsort(-problem.worth, kind="stable").tolist():
            one, other = ends[0][edge], ends[1][edge]
            if free[one] and free[other]:
                free[one] -= 1
                free[other] -= 1
                chosen.append(edge)
        return {}

    facts = timed(work)
    return facts | _told(problem, np.array(chosen, dtype=np.int64))


def two_lists(file: str) -> Facts:
    """A list of mentors who teach and one of mentees who learn, parted at the level that serves best.

    The optimum for each parting, by our own flow; its pairs are worth what both sides gain, as ours are.
    """
    kept, problem = np.load(file), _read(file)
    levels, down = kept["levels"], kept["down"]
    best: Facts = {"worth": -1}
    for level in np.unique(levels)[1:].tolist():
        apart = down & ((levels[problem.one] < level) != (levels[problem.other] < level))
        columns = {name: getattr(problem, name)[apart] for name in ("one", "other", "worth")}
        part = Problem(places=problem.places, bonus=problem.bonus, **columns)
        told = _told(part, np.array(FastEngine().solve(part).chosen, dtype=np.int64))
        best = max(best, told, key=lambda facts: int(facts["worth"]))
    return best | {"cpu": 0.0}


def mentor_match(size: int) -> Facts:
    """The package mentor-match on a company: the higher half as mentors, one round.

    Its rules are what a pair here needs too: a topic, another department, levels apart, a common language,
    no reporting line.
    """
    process, rule = import_module("matching.process"), import_module("matching.rules.rule")
    mentor, mentee = import_module("matching.mentor").Mentor, import_module("matching.mentee").Mentee
    people = sorted(population(size, 0).people, key=lambda person: (person.level, person.id))
    line = lines(people, {})
    place = {person.id: at for at, person in enumerate(people)}

    def in_line(pair: Any) -> bool:  # noqa: ANN401 - a peer's own type
        one, boss = place[pair.mentee.email], place[pair.mentor.email]
        return bool(line.enters[boss] <= line.enters[one] <= line.leaves[boss])

    def silent(pair: Any) -> bool:  # noqa: ANN401 - a peer's own type
        ours, theirs = (people[place[one.email]].languages for one in (pair.mentee, pair.mentor))
        return bool(ours and theirs and ours.isdisjoint(theirs))

    def taken(one: Person) -> dict[str, object]:
        facts = {"grade": one.level, "email": one.id, "organisation": one.department}
        return facts | {"role": frozenset(one.teach), "profession": frozenset(one.learn)}

    rules = [
        rule.Generic({True: 9, False: 0}, lambda pair: bool(pair.mentor.role & pair.mentee.profession)),
        rule.Generic({True: 3, False: 0}, lambda pair: pair.mentor.organisation != pair.mentee.organisation),
        rule.Grade(0, gt, {True: 3, False: 0}),
        rule.Disqualify(silent),
        rule.Disqualify(in_line),
    ]

    def work() -> Facts:
        mentees = [mentee(**taken(one)) for one in people[: size // 2]]
        mentors = [mentor(**taken(one)) for one in people[size // 2 :]]
        process.process_data(mentors, mentees, [rules])
        return {"pairs": sum(bool(one.mentors) for one in mentees)}

    return timed(work)


def whole_run(size: int, seed: int, engine: str) -> Facts:
    """From people to pairs with their reasons, on a drawn company."""
    drawn = population(size, seed)
    return _whole(drawn, engine)


def roster(engine: str) -> Facts:
    """From people to pairs with their reasons, on the roster of real topics."""
    people = tuple(
        Person(
            row.id,
            row.level,
            row.department,
            row.learn,
            row.teach,
            WorkingHours(row.timezone),
            row.places,
            frozenset(row.languages),
            row.manager,
        )
        for row in people_of(ROSTER.read_text(encoding="utf-8"), MONDAY).rows
    )
    return _whole(Population(people, load_topics(), Limits()), engine)


def _whole(drawn: Population, engine: str) -> Facts:
    results: list[MatchResult] = []
    facts = timed(lambda: _into(results, [_run(drawn, ENGINES[engine]())]))
    figures = results[0].figures
    text = pairs_csv(results[0].pairs, lambda pair: str(len(pair.reasons)))
    return facts | {
        "people": figures.people,
        "value": figures.objective,
        "bound": figures.bound,
        "complete": figures.complete,
        "matched": figures.matched / max(1, figures.available),
        "reciprocal": figures.reciprocal / max(1, figures.pairs),
        "upward": figures.upward / max(1, figures.pairs),
        "across": figures.cross_department / max(1, figures.pairs),
        "pairs": figures.pairs,
        "hash": sha256(text.encode()).hexdigest()[:12],
    }


def _run(drawn: Population, engine: Engine) -> MatchResult:
    topics, limits = drawn.topics, drawn.limits
    return match(drawn.people, Rules(), limits=limits, reference=MONDAY, topics=topics, engine=engine)


TASKS: dict[str, Callable[..., Facts]] = {
    task.__name__: task
    for task in (graph, solve, rustworkx, networkx, highs, greedy, two_lists, mentor_match, whole_run, roster)
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
