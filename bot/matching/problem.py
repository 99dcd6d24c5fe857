"""The optimisation problem inside a run, and what an engine must answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Edge(NamedTuple):
    """A possible pair of two positions (`one` < `other`) and what it is worth in points."""

    one: int
    other: int
    worth: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose edges so that nobody is in more than `places`; worth most.

    By position: `places` of each person and `bonus`, the points for the first edge of a person. `tie`
    holds a whole number per edge, each below `tie_range`, to steer between choices worth the same.
    """

    places: Sequence[int]
    bonus: Sequence[int]
    edges: Sequence[Edge]
    tie: Sequence[int]
    tie_range: int = 64

    @property
    def scale(self) -> int:
        """What one point counts in an engine's own units, so that ties never outweigh a point."""
        return self.tie_range * (sum(self.places) // 2 + 1)


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

    def solve(self, problem: Problem) -> Solution:
        """Answer in bounded work, whatever the problem."""


def value_of(problem: Problem, chosen: Sequence[int]) -> int:
    """The points a choice of edges is worth: edges and first-edge bonuses."""
    covered = {at for edge in chosen for at in (problem.edges[edge].one, problem.edges[edge].other)}
    return sum(problem.edges[edge].worth for edge in chosen) + sum(problem.bonus[at] for at in covered)


def scaled_value(problem: Problem, chosen: Sequence[int]) -> int:
    """The value of a choice in an engine's own units, ties included."""
    return problem.scale * value_of(problem, chosen) + sum(problem.tie[edge] for edge in chosen)
