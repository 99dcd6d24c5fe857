"""Mends a choice along chains: somebody short takes an edge, its other end leaves one, whose end takes one.

With prices for places, a chain costs as much as its edges fall short of the prices of their ends. So chains
are followed the cheapest first, and only edges near their prices are looked at (Dijkstra's algorithm).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np

from bot.matching.arrays import Lists, Whole
from bot.matching.engines.choice import Choice
from bot.matching.engines.scaled import SCALE, Scaled

NEAR = 80 * SCALE
"""Edges that fall short of their prices by more than this are in no chain."""
MOST_STEPS = 150
"""People one chain is looked for through."""
MOST_CHAINS = 20_000
"""Chains that are looked for in one problem."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Somebody in a chain who could take an edge: how they came to be short, and by which steps before."""

    person: int
    before: "_Step | None"
    taken: int
    left: int

    def edges(self) -> tuple[list[int], list[int]]:
        """All edges taken and all left on the way."""
        taken, left = [], []
        step = self
        while step.before is not None:
            taken.append(step.taken)
            left.append(step.left)
            step = step.before
        return taken, left


class _Hunt:
    """The search for one chain: where to go on, cheapest first, and the best found.

    A chain's gain is what its start is worth, less its cost, more or less what its end is worth.
    """

    def __init__(self, start: int, worth: int) -> None:
        self.start = start
        self.worth = worth
        self.best: tuple[list[int], list[int]] | None = None
        self.best_gain = 0
        self._turn = count()
        self.waiting: list[tuple[int, int, _Step]] = []
        self.wait(0, _Step(start, None, -1, -1))

    def wait(self, cost: int, step: _Step) -> None:
        """Go on from there later; of equal costs in the order they came."""
        heappush(self.waiting, (cost, next(self._turn), step))

    def offer(
        self, taken: list[int], left: list[int], gain: Callable[[Sequence[int], Sequence[int]], int]
    ) -> None:
        """Keep a chain that seems better, if it is when weighed as a whole."""
        found = gain(taken, left)
        if found > self.best_gain:
            self.best, self.best_gain = (taken, left), found


def repaired(problem: Scaled, choice: Choice, prices: Whole) -> None:
    """Better the choice by chains until none is found, at most MOST_CHAINS looked for."""
    chains = _Chains(problem, choice, prices)
    tries = MOST_CHAINS
    chains.look_at_ends()
    waiting = chains.short()
    while waiting and tries:
        helped = []
        for person in waiting:
            tries -= 1
            while tries > 0 and choice.free[person] and chains.mend(person):
                helped.append(person)
                tries -= 1
        waiting = chains.short() if helped else []


class _Chains:
    """Looks for chains in one problem; everything in engine units."""

    def __init__(self, problem: Scaled, choice: Choice, prices: Whole) -> None:
        self._problem = problem
        self._choice = choice
        self._price: list[int] = prices.tolist()
        short = prices[problem.tail] + prices[problem.head] - problem.weight
        near = np.flatnonzero(short <= NEAR)
        ends = np.append(problem.one[near], problem.other[near])
        order = np.lexsort((np.append(short[near], short[near]), ends))
        start = np.zeros(problem.people + 1, dtype=np.int64)
        np.cumsum(np.bincount(ends, minlength=problem.people), out=start[1:])
        self._near = Lists(start, np.append(near, near)[order])
        self._short = short
        self._most_at_an_end = 0

    def look_at_ends(self) -> None:
        """Note what a chain's end can be worth at most: a place that is free, or an edge nobody misses."""
        price, own = self._price, self._choice.own
        free = (price[at] + self._first(at) for at in range(self._problem.people) if self._choice.free[at])
        missed = (-price[at] for at, edges in own.items() if edges)
        self._most_at_an_end = max([0, *free, *missed])

    def short(self) -> list[int]:
        """People with a place free who would be worth more with an edge, those worth most first."""
        known = range(self._problem.people)
        bonus = self._problem.bonus
        worth = {
            at: self._price[at] if self._choice.own.get(at) else self._price[at] + int(bonus[at])
            for at in known
            if self._choice.free[at]
        }
        return sorted((at for at, more in worth.items() if more > 0), key=lambda at: (-worth[at], at))

    def mend(self, start: int) -> bool:
        """Find the best chain from somebody with a place free and follow it; False when none is worth it."""
        hunt = _Hunt(start, self._price[start] + self._first(start))
        seen: set[int] = set()
        for _ in range(MOST_STEPS):
            if not hunt.waiting or hunt.best_gain >= hunt.worth - hunt.waiting[0][0] + self._most_at_an_end:
                break
            cost, _, step = heappop(hunt.waiting)
            if step.person not in seen:
                seen.add(step.person)
                self._end_here(hunt, step, cost)
                self._go_on(hunt, step, cost, seen)
        if hunt.best is None:
            return False
        self._follow(*hunt.best)
        return True

    def _first(self, person: int) -> int:
        """The bonus somebody would bring with their first edge; 0 when they have one."""
        return 0 if self._choice.own.get(person) else int(self._problem.bonus[person])

    def _end_here(self, hunt: "_Hunt", step: "_Step", cost: int) -> None:
        """Leave the one at the end of the chain without the edge they lost."""
        last = len(self._choice.own.get(step.person, ())) == 1
        lost = self._price[step.person] + (int(self._problem.bonus[step.person]) if last else 0)
        if step.before is not None and hunt.worth - cost - lost > hunt.best_gain:
            hunt.offer(*step.edges(), self._gain)

    def _go_on(self, hunt: "_Hunt", step: "_Step", cost: int, seen: set[int]) -> None:
        taken, left = step.edges()
        for edge in self._near[step.person].tolist():
            if edge in self._choice.taken or edge in taken:
                continue
            end = sum(self._choice.people(edge)) - step.person
            further = cost + int(self._short[edge])
            free = self._choice.free[end] and end != hunt.start
            if free and hunt.worth - further + self._price[end] + self._first(end) > hunt.best_gain:
                hunt.offer([*taken, edge], left, self._gain)
            for leaving in sorted(self._choice.own.get(end, ())):
                person = sum(self._choice.people(leaving)) - end
                if person not in seen and leaving not in left:
                    hunt.wait(further - int(self._short[leaving]), _Step(person, step, edge, leaving))

    def _gain(self, taken: Sequence[int], left: Sequence[int]) -> int:
        """What the chain as a whole brings; 0 when it cannot be followed."""
        if len(set(taken)) < len(taken) or len(set(left)) < len(left):
            return 0
        choice = self._choice
        lost = sum(int(self._problem.weight[edge]) for edge in left)
        before = {person for edge in (*taken, *left) for person in choice.people(edge)}
        had = {person for person in before if choice.own.get(person)}
        for edge in left:
            choice.drop(edge)
        followed = []
        for edge in taken:
            if not choice.fits(edge):
                break
            choice.take(edge)
            followed.append(edge)
        won = sum(int(self._problem.weight[edge]) for edge in followed)
        have = {person for person in before if choice.own.get(person)}
        bonus = self._problem.bonus
        gain = (
            won - lost + sum(int(bonus[at]) for at in have - had) - sum(int(bonus[at]) for at in had - have)
        )
        for edge in followed:
            choice.drop(edge)
        for edge in left:
            choice.take(edge)
        return gain if len(followed) == len(taken) else 0

    def _follow(self, taken: Sequence[int], left: Sequence[int]) -> None:
        for edge in left:
            self._choice.drop(edge)
        for edge in taken:
            self._choice.take(edge)
