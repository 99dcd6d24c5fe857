"""A problem in an engine's own units: parts of a point, so that prices can lie between whole points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.arrays import Whole, slices
from bot.matching.problem import Problem

SCALE = 64
"""Units of a point."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """A problem whose bonuses and weights are in units, and whose groups are handled like people.

    An end is a person or, after all people, a group: `ends` is how many there are and `owner` whose each is.
    `one` and `other` are the people of an edge, `tail` and `head` the ends where it enters and leaves.
    """

    places: Whole
    bonus: Whole
    owner: Whole
    one: Whole
    other: Whole
    tail: Whole
    head: Whole
    weight: Whole

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.places)

    @property
    def room(self) -> Whole:
        """How many edges each end takes: a person's places, one for a group."""
        return np.append(self.places, np.ones(len(self.owner) - len(self.places), dtype=np.int64))

    def part(self, edges: Whole | Sequence[int]) -> "Scaled":
        """The same people and groups with some of the edges, in the order given."""
        names = ("one", "other", "tail", "head", "weight")
        return replace(self, **{name: getattr(self, name)[edges] for name in names})

    def value(self, chosen: Sequence[int] | Whole) -> int:
        """What a choice of edges is worth in these units."""
        edges = np.asarray(chosen, dtype=np.int64)
        covered = np.unique(np.append(self.one[edges], self.other[edges]))
        return int(self.weight[edges].sum() + self.bonus[covered].sum())

    def lead(self, left: Whole, right: Whole, edges: slice | Whole = slice(None)) -> Whole:
        """By how much each edge, taken in the way that is better for it, beats the prices of its ends."""
        tail, head = self.tail[edges], self.head[edges]
        least: Whole = np.minimum(left[tail] + right[head], left[head] + right[tail])
        lead: Whole = self.weight[edges] - least
        return lead

    def bound(self, left: Whole, right: Whole) -> int:
        """The upper bound, in whole points, that any prices prove over these edges.

        With a left and a right price for each end, twice the worth of a choice of edges is at most, over both
        ways of an edge, the sum of max(0, weight - left - right), and for the places of both sides at these
        prices what their edges and bonuses bring at most: the Lagrangian dual of the flow problem in which
        every person stands on both sides.
        """
        total = 0
        for part in slices(len(self.weight)):
            tail, head, weight = self.tail[part], self.head[part], self.weight[part]
            for prices in (left[tail] + right[head], left[head] + right[tail]):
                total += int(np.maximum(0, weight - prices).sum())
        some = self.places > 0
        for prices in (left, right):
            own = prices[: self.people][some]
            total += int(np.maximum(0, self.bonus[some] + own).sum())
            total += int(((self.places[some] - 1) * np.maximum(0, own)).sum())
            # A group takes one edge: what it costs above its owner's price is what that edge may bring.
            groups = prices[self.people :] - prices[self.owner[self.people :]]
            total += int(np.maximum(0, groups).sum())
        return total // 2 // SCALE


def scaled(problem: Problem) -> Scaled:
    """The problem in engine units."""
    people = len(problem.places)
    return Scaled(
        places=problem.places,
        bonus=problem.bonus * SCALE,
        owner=np.append(np.arange(people), problem.owner),
        one=problem.one,
        other=problem.other,
        tail=_ends(problem.one, problem.one_group, people),
        head=_ends(problem.other, problem.other_group, people),
        weight=problem.worth * SCALE,  # as wide as worth: a pair is worth less than 30 million points
    )


def _ends(person: Whole, group: Whole, people: int) -> Whole:
    return np.where(group >= 0, people + group, person) if len(group) else person


def halved(left: Whole, right: Whole) -> Whole:
    """One price for each end, the middle of its two."""
    return (left + right) // 2
