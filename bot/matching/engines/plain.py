"""The engine that needs nothing but Python: exact linear optimum, then branch and bound over what is half."""

from collections.abc import Iterable, Sequence
from heapq import nsmallest

from bot.matching.engines.flow import MOST_SCANS, Flow
from bot.matching.engines.prices import bound_of, price_places
from bot.matching.engines.rounding import rounded
from bot.matching.engines.scaled import SCALE, Scaled, scaled
from bot.matching.problem import Problem, Solution

NEAR_POINTS = 90
"""Edges that fall short of the prices by more than this are left out until the optimum asks for them."""
MOST_NEAR = 24
"""Such edges of one person that are taken at first when there are many."""
SEARCH_NODES = 200
"""Branch-and-bound nodes after which the best found stands with the gap it has."""


class PlainEngine:
    """Solves to a proven optimum at some thousands of people; always says how near it came."""

    name = "plain"

    def __init__(self, nodes: int = SEARCH_NODES, scans: int = MOST_SCANS) -> None:
        """Bound the search after the linear optimum by `nodes`, and all work by arcs looked at."""
        self._nodes = nodes
        self._scans = scans

    def solve(self, problem: Problem) -> Solution:
        """The best choice found, with a bound over every edge of the problem."""
        whole = scaled(problem)
        prices = price_places(whole)
        active = _promising(whole, prices)
        flow = Flow(whole.part(active), prices, self._scans)
        if _reach_optimum(whole, flow, active):
            best, bound = self._whole_edges(whole, flow, active)
        else:
            best, bound = _along_prices(whole, prices), bound_of(whole, prices)
        return Solution(tuple(sorted(best)), problem.value(best), bound)

    def _whole_edges(self, problem: Scaled, flow: Flow, active: list[int]) -> tuple[list[int], int]:
        """From the linear optimum to a choice: indices of edges and a bound in points."""
        part = problem.part(active)
        best, bound = _search(part, flow, rounded(part, flow.halves()), self._nodes)
        # Prices prove only that the linear optimum needs no other edge; a whole choice might.
        needed = SCALE * (part.value(best) // SCALE + 1) - flow.doubled_value() // 2
        missing = _near(problem, flow, active, least=needed)
        if missing:
            _add(problem, flow, active, missing)
            best, bound = _search(problem.part(active), flow, best, self._nodes)
        return [active[edge] for edge in best], bound


def _reach_optimum(problem: Scaled, flow: Flow, active: list[int]) -> bool:
    """Settle the flow and let in edges until none beats the prices; False when the work ran out first."""
    settled = flow.settle()
    while settled and (missing := _near(problem, flow, active, least=1)):
        settled = _add(problem, flow, active, missing)
    return settled


def _along_prices(problem: Scaled, prices: Sequence[int]) -> list[int]:
    """A choice without a flow: the edges that beat the prices by most, as long as they fit."""
    edges = zip(problem.one, problem.other, problem.weight, strict=True)
    lead = [weight - prices[one] - prices[other] for one, other, weight in edges]
    free = list(problem.places)
    chosen = []
    for at in sorted(range(len(lead)), key=lambda at: (-lead[at], at)):
        one, other = problem.one[at], problem.other[at]
        if free[one] and free[other]:
            chosen.append(at)
            free[one] -= 1
            free[other] -= 1
    return chosen


def _promising(problem: Scaled, prices: Sequence[int]) -> list[int]:
    """Indices of the edges that beat these prices or fall short of them by little, ascending."""
    enough = [price - NEAR_POINTS * SCALE // 2 for price in prices]
    edges = enumerate(zip(problem.one, problem.other, problem.weight, strict=True))
    found = [at for at, (one, other, weight) in edges if weight >= enough[one] + enough[other]]
    return found if len(found) <= MOST_NEAR * len(prices) else _nearest(problem, prices, found)


def _nearest(problem: Scaled, prices: Sequence[int], edges: Iterable[int]) -> list[int]:
    """For each person the edges nearest to the prices; of equal ones everybody keeps others."""
    size = len(prices)
    own: list[list[tuple[int, int, int]]] = [[] for _ in prices]
    for at in edges:
        one, other = problem.one[at], problem.other[at]
        short = prices[one] + prices[other] - problem.weight[at]
        own[one].append((short, (other - one) % size, at))
        own[other].append((short, (one - other) % size, at))
    return sorted({at for keys in own for _, _, at in nsmallest(MOST_NEAR, keys)})


def _add(problem: Scaled, flow: Flow, active: list[int], missing: Sequence[int]) -> bool:
    """Let the flow use more edges; `active` keeps the order in which it got them. False: work ran out."""
    active += missing
    flow.extend(problem.part(missing))
    return flow.settle()


def _near(problem: Scaled, flow: Flow, active: Iterable[int], least: int) -> list[int]:
    """Edges left out that beat the prices by at least so much (below zero: that fall short by no more).

    A choice with an edge that falls short is worth at most the linear optimum less the shortfall.
    """
    left, right = flow.prices()
    edges = enumerate(zip(problem.one, problem.other, problem.weight, strict=True))
    found = [
        at
        for at, (one, other, weight) in edges
        if weight - least >= left[one] + right[other] or weight - least >= left[other] + right[one]
    ]
    seen = set(active)
    return [at for at in found if at not in seen]


def _search(problem: Scaled, root: Flow, best: list[int], nodes: int) -> tuple[list[int], int]:
    """Depth-first branch and bound from a settled flow: the chosen edges and a bound in points."""
    best_value = problem.value(best)
    waiting = [(root.doubled_value() // 2 // SCALE, root)]
    settled = True
    while waiting and nodes and settled:
        bound, flow = waiting.pop()
        if bound <= best_value // SCALE:
            continue
        nodes -= 1
        carried = flow.halves()
        found = rounded(problem, carried)
        found_value = problem.value(found)
        if found_value > best_value:
            best, best_value = found, found_value
        halves = [edge for edge, count in enumerate(carried) if count == 1]
        if halves:
            edge = max(halves, key=lambda at: (problem.weight[at], -at))
            for taken in (0, 1):
                child = flow.copy()
                child.pin(edge, taken)
                settled = child.settle() and settled
                waiting.append((child.doubled_value() // 2 // SCALE if settled else bound, child))
    return best, max([best_value // SCALE, *(bound for bound, _ in waiting)])
