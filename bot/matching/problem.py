"""The optimisation problem inside a run, and what an engine must answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from bot.matching.arrays import Whole, nothing


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Choose edges so that nobody is in more than `places`; worth most.

    By position of a person: `places`, and `bonus`, the points for the first edge of a person. An edge is a
    possible pair; by its index: the two positions (`one` below `other`) and `worth` in points. A group is of
    one person (`owner`) and takes one edge at most; `one_group` and `other_group` name those an edge is in
    at its two ends, -1 for none (and are empty where there are no groups). Between choices worth the same an
    engine is led by positions and indices alone.
    """

    places: Whole
    bonus: Whole
    one: Whole
    other: Whole
    worth: Whole
    owner: Whole = field(default_factory=nothing)
    one_group: Whole = field(default_factory=nothing)
    other_group: Whole = field(default_factory=nothing)

    def value(self, chosen: Sequence[int] | Whole) -> int:
        """The points a choice of edges is worth: edges and first-edge bonuses."""
        edges = np.asarray(chosen, dtype=np.int64)
        covered = np.unique(np.append(self.one[edges], self.other[edges]))
        return int(self.worth[edges].sum() + self.bonus[covered].sum())


@dataclass(frozen=True, slots=True)
class Solution:
    """Indices of the chosen edges, their value in points, and a proven upper bound of any choice's value."""

    chosen: tuple[int, ...]
    value: int
    bound: int


class Engine(Protocol):
    """Solves a problem; same problem, same solution."""

    @property
    def name(self) -> str:
        """What the result names as its engine."""

    @property
    def most_edges(self) -> int:
        """How many edges it is given at most; a run with more possible pairs leaves some out."""

    def solve(self, problem: Problem) -> Solution:
        """Answer in bounded work, whatever the problem."""
