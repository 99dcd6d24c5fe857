"""The optimisation problem inside a run, and what an engine must answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose edges so that nobody is in more than `places`; worth most.

    By position of a person: `places`, and `bonus`, the points for the first edge of a person. An edge is a
    possible pair; by its index: the two positions (`one` below `other`) and `worth` in points. Between
    choices worth the same an engine is led by positions and indices alone.
    """

    places: Sequence[int]
    bonus: Sequence[int]
    one: Sequence[int]
    other: Sequence[int]
    worth: Sequence[int]

    def value(self, chosen: Iterable[int]) -> int:
        """The points a choice of edges is worth: edges and first-edge bonuses."""
        edges = list(chosen)
        covered = {self.one[edge] for edge in edges} | {self.other[edge] for edge in edges}
        return sum(self.worth[edge] for edge in edges) + sum(self.bonus[at] for at in covered)


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
