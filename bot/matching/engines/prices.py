"""Prices of people's places: from them comes a proven upper bound, near the optimum after a few sweeps.

With a price p for a place of each person, no choice of edges is worth more than the sum over edges of
max(0, weight - p(one) - p(other)) plus the sum over people of max(0, bonus + p) + (places - 1) * max(0, p):
the Lagrangian dual of the matching problem.
"""

from collections.abc import Iterable, Sequence
from heapq import nlargest

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.engines.scaled import SCALE, Scaled

MOST_SWEEPS = 80
"""Rounds over all people."""
STILL = 200
"""Points by which all prices together move in a round that was the last; measured: what then is left
to balance takes the flow less time than another round."""


def price_places(problem: Scaled, sweeps: int = MOST_SWEEPS) -> Whole:
    """Prices by coordinate descent, one for each end: everybody in turn takes the best given the others'.

    Descent can come to rest early where everybody wants the same few people, so it starts in two ways,
    from shares of the worth alike for all and from nothing for all, and goes on from the better. A group has
    its owner's price.
    """
    market = _Market(problem)
    even = [
        max(-bonus, max(weights) // 2) if weights else -bonus
        for bonus, weights in zip(market.bonus, market.weights, strict=True)
    ]
    none = [-bonus for bonus in market.bonus]
    anyhow = list(range(problem.people))
    sought = sorted(anyhow, key=lambda at: (-len(market.others[at]) // max(1, market.places[at]), at))
    starts = ((even, anyhow), (none, sought))
    for prices, order in starts:
        market.sweep(prices, order)
    prices, order = min(starts, key=lambda start: bound_of(problem, by_end(problem, start[0])))
    for _ in range(sweeps - 1):
        if market.sweep(prices, order) < STILL * SCALE:
            break
    return by_end(problem, prices)


def by_end(problem: Scaled, prices: Sequence[int]) -> Whole:
    """Prices of people as prices of ends."""
    return np.array(prices, dtype=np.int64)[problem.owner]


def bound_of(problem: Scaled, prices: Whole) -> int:
    """The upper bound, in whole points, that one price for each end proves."""
    return problem.bound(prices, prices)


class _Market:
    """For each person the other ends of their edges and the weights, in one order."""

    def __init__(self, problem: Scaled) -> None:
        self.places: list[int] = problem.places.tolist()
        self.bonus: list[int] = problem.bonus.tolist()
        self.others: list[list[int]] = [[] for _ in self.places]
        self.weights: list[list[int]] = [[] for _ in self.places]
        edges = problem.one.tolist(), problem.other.tolist(), problem.weight.tolist()
        for one, other, weight in zip(*edges, strict=True):
            self.others[one].append(other)
            self.weights[one].append(weight)
            self.others[other].append(one)
            self.weights[other].append(weight)

    def sweep(self, prices: list[int], order: Iterable[int]) -> int:
        """Let everybody in turn take their best price; gives by how much all prices moved together."""
        moved = 0
        for at in order:
            others = self.others[at]
            if others and self.places[at]:
                pairs = zip(others, self.weights[at], strict=True)
                offers = [weight - prices[other] for other, weight in pairs]
                best = _best_price(offers, self.places[at], -self.bonus[at])
                moved += abs(best - prices[at])
                prices[at] = best
        return moved


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
