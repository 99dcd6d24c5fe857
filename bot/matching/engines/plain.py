"""The engine that needs nothing but Python: exact linear optimum, then branch and bound over what is half."""

from collections.abc import Iterable, Sequence
from heapq import nsmallest

from bot.matching.engines.flow import Flow
from bot.matching.engines.prices import price_places
from bot.matching.engines.rounding import rounded
from bot.matching.engines.scaled import SCALE, Scaled, scaled
from bot.matching.problem import Problem, Solution

NEAR_POINTS = 90
"""Edges that fall short of the prices by more than this are left out until the optimum asks for them."""
MOST_NEAR = 24
"""Such edges of one person that are taken at first when there are many."""
SEARCH_NODES = 200
"""Branch-and-bound nodes after which the best found stands with the gap it has."""
PRICING_ROUNDS = 20


class PlainEngine:
    """Solves to a proven optimum at some thousands of people; always says how near it came."""

    name = "plain"

    def __init__(self, nodes: int = SEARCH_NODES) -> None:
        """`nodes` bounds the search after the linear optimum."""
        self._nodes = nodes

    def solve(self, problem: Problem) -> Solution:
        """The best choice found, with a bound over every edge of the problem."""
        whole = scaled(problem)
        prices = price_places(whole)
        active = _promising(whole, prices)
        flow = Flow(whole.part(active), prices)
        flow.settle()
        missing = _near(whole, flow, active, least=1)
        for _ in range(PRICING_ROUNDS):
            if not missing:
                break
            _add(whole, flow, active, missing)
            missing = _near(whole, flow, active, least=1)
        excess = _excess(whole, flow, missing)
        part = whole.part(active)
        best, bound = _search(part, flow, rounded(part, flow.halves()), self._nodes)
        # Prices prove only that the linear optimum needs no other edge; a whole choice might.
        needed = SCALE * (part.value(best) // SCALE + 1) - flow.doubled_value() // 2
        missing = _near(whole, flow, active, least=needed - excess * SCALE)
        if missing:
            _add(whole, flow, active, missing)
            best, bound = _search(whole.part(active), flow, best, self._nodes)
        found = tuple(sorted(active[edge] for edge in best))
        return Solution(found, problem.value(found), bound + excess)


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


def _add(problem: Scaled, flow: Flow, active: list[int], missing: Sequence[int]) -> None:
    """Let the flow use more edges; `active` keeps the order in which it got them."""
    active += missing
    flow.extend(problem.part(missing))
    flow.settle()


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


def _excess(problem: Scaled, flow: Flow, missing: Iterable[int]) -> int:
    """Points that edges left out could add at most, when pricing has stopped before its end."""
    left, right = flow.prices()
    total = 0
    for at in missing:
        one, other = problem.one[at], problem.other[at]
        total += problem.weight[at] - min(left[one] + right[other], left[other] + right[one])
    return -(-total // SCALE)


def _search(problem: Scaled, root: Flow, best: list[int], nodes: int) -> tuple[list[int], int]:
    """Depth-first branch and bound from a settled flow: the chosen edges and a bound in points."""
    best_value = problem.value(best)
    waiting = [(root.doubled_value() // 2 // SCALE, root)]
    while waiting and nodes:
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
                child.settle()
                waiting.append((child.doubled_value() // 2 // SCALE, child))
    return best, max([best_value // SCALE, *(bound for bound, _ in waiting)])
