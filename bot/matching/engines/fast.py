"""The optional engine: the linear optimum by OR-tools' flow, proven by prices read off it, then made whole.

Every person and every group stands on two sides, every edge leads from one's left to the other's right and
back (the double cover of Anstee 1987): a flow of largest worth, halved, is the linear optimum of the matching
problem. OR-tools' minimum-cost flow finds it; shortest paths in what is left of its network give prices, and
what those prove does not rest on the solver.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped] # ships no types

from bot.matching.arrays import Lists, Whole, asked_of, cheapest, distinct, nothing, slices, spread
from bot.matching.engines.blossoms import alone, best_matching
from bot.matching.engines.flow import Flow
from bot.matching.engines.plain import nearest
from bot.matching.engines.scaled import SCALE, Scaled, halved, scaled
from bot.matching.engines.search import near, proven, whole_choice
from bot.matching.problem import Problem, Solution

AT_ONCE = 40
"""Edges for each person, on average, that the flow gets all at once; where there are more, in rounds."""
FIRST_EDGES = 12
"""Edges of one person, the best ones, that the flow gets at first; prices then name what is missing."""
SAMPLE = 8
"""Where there are very many edges, every so manieth shows roughly which are among a person's best."""
NEAR_POINTS = 60
"""Edges that fall short of the prices by no more than this go into the next round."""
MOST_NEAR = 24
"""Such edges of one person at most."""
MOST_ROUNDS = 8
"""Rounds of naming missing edges; what then still beats the prices stays in the bound."""
CLOSE_ENOUGH = 100_000
"""Of more than EXACT people, rounds end at a gap of one part in so many."""
EXACT = 6_000
"""People up to which the linear optimum over all edges is found exactly."""
SEARCHED = 1_200
"""People up to which a gap is searched until it is closed."""
MOST_SWEEPS = 2_000
"""Rounds of shortest paths, each further from what moved last; prices prove a bound after any number."""


class SolverError(RuntimeError):
    """The flow solver refused a problem that always has a solution; the message says its status."""


class FastEngine:
    """Solves to a proven gap at a hundred thousand people; small rosters until the gap is closed."""

    name = "fast"
    most_edges = 8_000_000

    def __init__(self, searched: int = SEARCHED) -> None:
        """Search for the last points where there are no more people than `searched`."""
        self._searched = searched

    def solve(self, problem: Problem) -> Solution:
        """The best choice found, with a bound over every edge of the problem."""
        whole = scaled(problem)
        few = len(whole.weight) <= AT_ONCE * whole.people
        active = np.arange(len(whole.weight)) if few else _first_edges(whole)
        network = _Network(whole.part(active))
        left, right = network.prices()
        for _ in range(MOST_ROUNDS):
            if _enough(whole, active, left, right):
                break
            active = _near(whole, left, right)
            network = _Network(whole.part(active))
            left, right = network.prices()
        bound = whole.bound(left, right)
        best = active[sorted(whole_choice(whole.part(active), network.halves(), left, right).taken)]
        if problem.value(best) < bound and whole.people <= self._searched:
            best, bound = _searched(whole, active, best, (left, right), bound)
        return Solution(tuple(np.sort(best).tolist()), problem.value(best), bound)


def _first_edges(whole: Scaled) -> Whole:
    """The best few edges of everybody, less what the other end could about have elsewhere."""
    asked = asked_of(whole.one, whole.other, whole.weight, whole.people)
    edges = _about_best(whole, asked)
    one, other, weight = whole.one[edges], whole.other[edges], whole.weight[edges]
    return nearest(whole, asked[other] - weight, asked[one] - weight, edges, FIRST_EDGES)


def _about_best(whole: Scaled, asked: Whole) -> Whole:
    """Edges with the best few of everybody among them; of very many edges a sample tells which they are."""
    every = np.arange(len(whole.weight))
    if len(every) <= 2 * SAMPLE * FIRST_EDGES * whole.people:
        return every
    one, other, weight = whole.one[::SAMPLE], whole.other[::SAMPLE], whole.weight[::SAMPLE]
    person = np.append(one, other)
    left = np.append(weight - asked[other], weight - asked[one])
    few = 1 + FIRST_EDGES // SAMPLE
    best = cheapest(person, -left, np.zeros_like(person), few)
    least = np.full(whole.people, np.iinfo(np.int64).max)
    np.minimum.at(least, person[best], left[best])
    least[np.bincount(person, minlength=whole.people) < few] = np.iinfo(np.int64).min
    found = [nothing()]
    for part in slices(len(every)):
        one, other, weight = whole.one[part], whole.other[part], whole.weight[part]
        good = (weight - asked[other] >= least[one]) | (weight - asked[one] >= least[other])
        found.append(every[part][good])
    return np.concatenate(found)


def _enough(whole: Scaled, active: Whole, left: Whole, right: Whole) -> bool:
    """Whether no edge that is left out could better the optimum, or hardly, in large rosters."""
    if not len(near(whole, left, right, active, least=1)):
        return True
    bound = whole.bound(left, right)
    reached = whole.part(active).bound(left, right)
    return whole.people > EXACT and (bound - reached) * CLOSE_ENOUGH <= bound


def _near(whole: Scaled, left: Whole, right: Whole) -> Whole:
    """All edges that beat the prices or fall short of them by little, those of the flow among them."""
    found = near(whole, left, right, nothing(), least=-NEAR_POINTS * SCALE)
    if len(found) <= MOST_NEAR * whole.people:
        return found
    short = -whole.lead(left, right, found)
    return nearest(whole, short, short, found, MOST_NEAR)


def _searched(
    whole: Scaled, active: Whole, best: Whole, prices: tuple[Whole, Whole], bound: int
) -> tuple[Whole, int]:
    """The best choice over all edges: by blossoms where everybody has one place, else by branch and bound.

    That begins at the optimum that prices tell already: its flow needs hardly any balancing.
    """
    if alone(whole):
        # An edge that falls short of the prices by more than the gap is in no better choice.
        gap = SCALE * bound - whole.value(best)
        active = np.append(active, near(whole, *prices, active, least=-gap))
        best = active[best_matching(whole.part(active))]
        return best, whole.value(best) // SCALE
    flow = Flow(whole.part(active), halved(*prices))
    if not flow.settle():
        return best, bound
    return proven(whole, flow, active, best)


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """A network: nodes are all left ends, all right ends, and the hub that supplies both; costs in points."""

    tail: Whole
    head: Whole
    room: Whole
    cost: Whole

    @classmethod
    def of(cls, problem: Scaled) -> "_Arcs":
        """The double cover of a problem; the arcs of edges come last, all there and then all back."""
        size = len(problem.owner)
        hub = 2 * size
        bonus, weight = problem.bonus // SCALE, problem.weight // SCALE
        some = np.flatnonzero(problem.places)
        groups = np.arange(problem.people, size)
        owners, hubs = problem.owner[groups], np.full(len(some), hub)
        first, rest = bonus[some], problem.places[some] - 1
        one, none = np.ones_like(some), np.zeros_like(some)
        edges, inside = np.ones_like(problem.tail), np.ones_like(groups)
        columns = (
            (hubs, some, one, -first),
            (hubs, some, rest, none),
            (size + some, hubs, one, -first),
            (size + some, hubs, rest, none),
            (owners, groups, inside, 0 * inside),
            (size + groups, size + owners, inside, 0 * inside),
            (problem.tail, size + problem.head, edges, -weight),
            (problem.head, size + problem.tail, edges, -weight),
        )
        return cls(*(np.concatenate(column, dtype=np.int32) for column in zip(*columns, strict=True)))


class _Network:
    """The double cover of a problem with a flow of least cost through it."""

    def __init__(self, problem: Scaled) -> None:
        """Solve it; the hub's node closes the circle, so there is no supply and always a flow."""
        self._problem = problem
        self._arcs = _Arcs.of(problem)
        self._flow = self._solved()

    def _solved(self) -> Whole:
        arcs = self._arcs
        solver = SimpleMinCostFlow()
        added = solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.room, arcs.cost)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise SolverError(f"the flow solver stopped with {status}")
        flow: Whole = solver.flows(added).astype(np.int32)
        return flow

    def halves(self) -> Whole:
        """How many halves each edge carries: 0, 1 or 2."""
        count = len(self._problem.weight)
        edges = self._flow[len(self._flow) - 2 * count :]
        return edges[:count] + edges[count:]

    def prices(self) -> tuple[Whole, Whole]:
        """A left and a right price for each end, at which the flow is the best there is."""
        size = len(self._problem.owner)
        distance = self._guess()
        open_arcs = self._left_over()
        _relax(*open_arcs, distance)
        distance = SCALE * (distance - distance[2 * size])
        return distance[:size], -distance[size : 2 * size]

    def _guess(self) -> Whole:
        """Distances to begin with: a person's price is half of what their weakest edge is worth."""
        whole = self._problem
        carried = np.flatnonzero(self.halves())
        price = np.full(len(whole.owner), np.iinfo(np.int64).max)
        for end in (whole.one, whole.other):
            np.minimum.at(price, end[carried], whole.weight[carried] // SCALE // 2)
        alone = price == np.iinfo(np.int64).max
        price[alone] = 0
        price[: whole.people][alone[: whole.people]] = -whole.bonus[alone[: whole.people]] // SCALE
        price = price[whole.owner]
        return np.concatenate([price, -price, [0]])

    def _left_over(self) -> tuple[Whole, Lists, Whole]:
        """The arcs along which the flow could still change: heads by tail, and their costs."""
        arcs, flow = self._arcs, self._flow
        more, less = np.flatnonzero(flow < arcs.room), np.flatnonzero(flow > 0)
        tail = np.append(arcs.tail[more], arcs.head[less])
        head = np.append(arcs.head[more], arcs.tail[less])
        cost = np.append(arcs.cost[more], -arcs.cost[less])
        order = np.argsort(tail, kind="stable")
        start = np.zeros(2 * len(self._problem.owner) + 2, dtype=np.int64)
        np.cumsum(np.bincount(tail, minlength=len(start) - 1), out=start[1:])
        return tail, Lists(start, head[order]), cost[order]


def _relax(_tail: Whole, heads: Lists, cost: Whole, distance: Whole) -> None:
    """Shorten distances until no arc shortens one (Bellman and Ford), each round from what moved last."""
    moved = np.arange(len(heads.start) - 1)
    for _ in range(MOST_SWEEPS):
        if not len(moved):
            return
        counts = heads.lengths[moved]
        arcs = spread(heads.start[moved], counts)
        reached = np.repeat(distance[moved], counts) + cost[arcs]
        head = heads.flat[arcs]
        shorter = reached < distance[head]
        head, reached = head[shorter], reached[shorter]
        np.minimum.at(distance, head, reached)
        moved = distinct(head)
