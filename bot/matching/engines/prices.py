"""Prices of people's places: from them comes a proven upper bound, near the optimum after a few sweeps.

With a price p for a place of each person, no choice of edges is worth more than the sum over edges of
max(0, worth - p(one) - p(other)) plus the sum over people of max(0, bonus + p) + (places - 1) * max(0, p):
the Lagrangian dual of the matching problem. Prices are in the engine's units (see `Problem.scale`).
"""

from collections.abc import Sequence
from heapq import nlargest

from bot.matching.problem import Problem

SWEEPS = 6
"""Rounds over all people; measured: more change the bound by under 0.02 percent."""

Neighbours = list[list[tuple[int, int]]]


def neighbours(problem: Problem) -> Neighbours:
    """For each person the (other position, worth in engine units) of their edges."""
    found: Neighbours = [[] for _ in problem.places]
    scale = problem.scale
    for edge, tie in zip(problem.edges, problem.tie, strict=True):
        worth = edge.worth * scale + tie
        found[edge.one].append((edge.other, worth))
        found[edge.other].append((edge.one, worth))
    return found


def price_places(problem: Problem, near: Neighbours, sweeps: int = SWEEPS) -> list[int]:
    """Prices by coordinate descent: each person in turn takes the best price given the others'."""
    floors = [-bonus * problem.scale for bonus in problem.bonus]
    prices = [
        max(floor, max(worth for _, worth in edges) // 2) if edges else floor
        for floor, edges in zip(floors, near, strict=True)
    ]
    for _ in range(sweeps):
        for at, edges in enumerate(near):
            if edges and problem.places[at]:
                offers = [worth - prices[other] for other, worth in edges]
                prices[at] = _best_price(offers, problem.places[at], floors[at])
    return prices


def _best_price(offers: Sequence[int], places: int, floor: int) -> int:
    """The middle of the prices at which exactly as many offers stand as there are places for them."""
    top = nlargest(places + 1, offers)
    top += [floor] * (places + 1 - len(top))
    if top[places - 1] > 0:
        low, high = max(0, top[places]), top[places - 1]
    elif top[0] > 0:
        low, high = min(0, max(top[1], floor)), 0
    else:
        low, high = max(top[1], floor), max(top[0], floor)
    return (low + high) // 2


def bound_of(problem: Problem, prices: Sequence[int]) -> int:
    """The upper bound, in points, that these prices prove over the problem's edges."""
    scale = problem.scale
    total = 0
    for edge, tie in zip(problem.edges, problem.tie, strict=True):
        total += max(0, edge.worth * scale + tie - prices[edge.one] - prices[edge.other])
    for places, bonus, price in zip(problem.places, problem.bonus, prices, strict=True):
        if places:
            total += max(0, bonus * scale + price) + (places - 1) * max(0, price)
    return total // scale
