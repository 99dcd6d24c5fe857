"""The engine that needs nothing but Python: exact linear optimum, then branch and bound over what is half."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.matching.engines.flow import Flow
from bot.matching.engines.prices import neighbours, price_places
from bot.matching.problem import Problem, Solution, scaled_value, value_of

NEAR_POINTS = 90
"""Edges that fall short of the prices by more than this are left out until the optimum asks for them."""
SEARCH_NODES = 200
"""Branch-and-bound nodes after which the best found stands with the gap it has."""
PRICING_ROUNDS = 20
_WHOLE = 2
"""Halves of a whole edge."""


class PlainEngine:
    """Solves to a proven optimum at some thousands of people; always says how near it came."""

    name = "plain"

    def __init__(self, nodes: int = SEARCH_NODES) -> None:
        """`nodes` bounds the search after the linear optimum."""
        self._nodes = nodes

    def solve(self, problem: Problem) -> Solution:
        """The best choice found, with a bound over every edge of the problem."""
        prices = price_places(problem, neighbours(problem))
        active = _promising(problem, prices)
        flow = Flow(_part(problem, active), prices)
        flow.settle()
        for _ in range(PRICING_ROUNDS):
            missing = [at for at, lead in _leads(problem, flow, active) if lead > 0]
            if not missing:
                break
            _add(problem, flow, active, missing)
        part = _part(problem, active)
        best, bound = _search(part, flow, _rounded(part, flow), self._nodes)
        missing = _still_possible(problem, flow, active, scaled_value(part, best))
        if missing:
            _add(problem, flow, active, missing)
            best, bound = _search(_part(problem, active), flow, best, self._nodes)
        found = tuple(sorted(active[edge] for edge in best))
        return Solution(found, value_of(problem, found), bound + _unseen(problem, flow, active))


def _promising(problem: Problem, prices: Sequence[int]) -> list[int]:
    """Indices of the edges that beat these prices or fall short of them by little, ascending."""
    scale = problem.scale
    enough = [price - NEAR_POINTS * scale // 2 for price in prices]
    return [
        at
        for at, (one, other, worth) in enumerate(problem.edges)
        if worth * scale >= enough[one] + enough[other]
    ]


def _part(problem: Problem, active: Sequence[int]) -> Problem:
    """The problem with some of its edges; it counts in the same units, since the scale is by places."""
    edges = [problem.edges[at] for at in active]
    return replace(problem, edges=edges, tie=[problem.tie[at] for at in active])


def _add(problem: Problem, flow: Flow, active: list[int], missing: Sequence[int]) -> None:
    """Let the flow use more edges; `active` keeps the order in which it got them."""
    active += missing
    more = _part(problem, missing)
    flow.extend(more.edges, more.tie)
    flow.settle()


def _leads(problem: Problem, flow: Flow, active: Iterable[int]) -> list[tuple[int, int]]:
    """For each edge left out, by how much it beats the prices: the larger of its two directions.

    Below zero it falls short: a choice with that edge is worth at most the linear optimum less that.
    """
    left, right = flow.prices()
    scale = problem.scale
    seen = set(active)
    found = []
    for at, ((one, other, worth), tie) in enumerate(zip(problem.edges, problem.tie, strict=True)):
        if at not in seen:
            lead = worth * scale + tie - min(left[one] + right[other], left[other] + right[one])
            found.append((at, lead))
    return found


def _unseen(problem: Problem, flow: Flow, active: Iterable[int]) -> int:
    """Points the edges left out could add at most: 0 once pricing has come to its end."""
    return -(-sum(max(0, lead) for _, lead in _leads(problem, flow, active)) // problem.scale)


def _still_possible(problem: Problem, flow: Flow, active: Iterable[int], value: int) -> list[int]:
    """Edges left out that could be part of a choice worth a point more than `value` (engine units)."""
    spare = flow.doubled_value() // 2 - problem.scale * (value // problem.scale + 1)
    return [at for at, lead in _leads(problem, flow, active) if spare + lead >= 0]


def _search(problem: Problem, root: Flow, best: list[int], nodes: int) -> tuple[list[int], int]:
    """Depth-first branch and bound from a settled flow: the chosen edges and a bound in points."""
    best_value = scaled_value(problem, best)
    scale = problem.scale
    waiting = [(root.doubled_value() // 2 // scale, root)]
    while waiting and nodes:
        bound, flow = waiting.pop()
        if bound <= best_value // scale:
            continue
        nodes -= 1
        found = _rounded(problem, flow)
        found_value = scaled_value(problem, found)
        if found_value > best_value:
            best, best_value = found, found_value
        halves = [edge for edge, carried in enumerate(flow.halves()) if carried == 1]
        if halves:
            edge = max(halves, key=lambda at: (problem.edges[at].worth, -at))
            for carried in (0, 1):
                child = flow.copy()
                child.pin(edge, carried)
                child.settle()
                waiting.append((child.doubled_value() // 2 // scale, child))
    return best, max([best_value // scale, *(bound for bound, _ in waiting)])


def _rounded(problem: Problem, flow: Flow) -> list[int]:
    """Whole edges as they are, then every other edge that still fits, the best first."""
    free = list(problem.places)
    carried = flow.halves()
    chosen = [at for at, halves in enumerate(carried) if halves == _WHOLE]
    for at in chosen:
        free[problem.edges[at].one] -= 1
        free[problem.edges[at].other] -= 1
    rest = [at for at, halves in enumerate(carried) if halves != _WHOLE]
    fits = [at for at in rest if free[problem.edges[at].one] and free[problem.edges[at].other]]
    for at in sorted(fits, key=lambda at: (-_marginal(problem, free, at), at)):
        edge = problem.edges[at]
        if free[edge.one] and free[edge.other]:
            chosen.append(at)
            free[edge.one] -= 1
            free[edge.other] -= 1
    return chosen


def _marginal(problem: Problem, free: Sequence[int], at: int) -> int:
    edge = problem.edges[at]
    first = (person for person in (edge.one, edge.other) if free[person] == problem.places[person])
    return edge.worth + sum(problem.bonus[person] for person in first)
