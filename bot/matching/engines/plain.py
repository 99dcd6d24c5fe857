"""The engine that needs no solver: a linear optimum by its own flow, then a search over what is half."""

import numpy as np

from bot.matching.arrays import Whole, cheapest, nothing
from bot.matching.engines.choice import Choice
from bot.matching.engines.flow import MOST_SCANS, Flow
from bot.matching.engines.prices import bound_of, price_places
from bot.matching.engines.repair import repaired
from bot.matching.engines.scaled import SCALE, Scaled, scaled
from bot.matching.engines.search import SEARCH_NODES, near, proven, whole_choice
from bot.matching.problem import Problem, Solution

NEAR_POINTS = 60
"""Edges that fall short of the prices by more than this are left out until the optimum asks for them."""
MOST_NEAR = 24
"""Such edges of one person that are taken at first when there are many."""


class PlainEngine:
    """Solves to a proven optimum at some thousands of people; always says how near it came."""

    name = "plain"
    most_edges = 250_000
    """For some seconds and 100 MB; measured at 5,000 people (1.7 million possible pairs): 0.01 percent below
    keeping everybody's best."""

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
        settled, active = _reach_optimum(whole, flow, active)
        if settled:
            start = whole_choice(whole.part(active), flow.halves(), *flow.prices())
            best, bound = proven(whole, flow, active, active[sorted(start.taken)], self._nodes)
        else:
            best, bound = _along_prices(whole, prices), bound_of(whole, prices)
        return Solution(tuple(np.sort(best).tolist()), problem.value(best), bound)


def _reach_optimum(problem: Scaled, flow: Flow, active: Whole) -> tuple[bool, Whole]:
    """Settle the flow and let in edges until none beats the prices; False when the work ran out first."""
    settled = flow.settle()
    while settled and len(missing := near(problem, *flow.prices(), active, least=1)):
        active = np.append(active, missing)
        flow.extend(problem.part(missing))
        settled = flow.settle()
    return settled, active


def _along_prices(problem: Scaled, prices: Whole) -> Whole:
    """A choice without a flow: the edges that beat the prices by most, as long as they fit, then mended."""
    choice = Choice(problem)
    lead = problem.lead(prices, prices)
    choice.take_what_fits(np.argsort(-lead, kind="stable").tolist())
    repaired(problem, choice, prices)
    return np.array(sorted(choice.taken), dtype=np.int64)


def _promising(problem: Scaled, prices: Whole) -> Whole:
    """Indices of the edges that beat these prices or fall short of them by little, ascending."""
    found = near(problem, prices, prices, nothing(), least=-NEAR_POINTS * SCALE)
    few = len(found) <= MOST_NEAR * problem.people
    short = -problem.lead(prices, prices, found)
    return found if few else nearest(problem, short, short, found, MOST_NEAR)


def nearest(problem: Scaled, for_one: Whole, for_other: Whole, edges: Whole, most: int) -> Whole:
    """For each person the edges that cost them least (by edge); of equal ones everybody keeps others."""
    kept = np.zeros(len(edges), dtype=np.bool_)
    one, other = problem.one[edges], problem.other[edges]
    person, partner = np.append(one, other), np.append(other, one)
    both = cheapest(person, np.append(for_one, for_other), (partner - person) % problem.people, most)
    kept |= both[: len(edges)] | both[len(edges) :]
    return edges[kept]
