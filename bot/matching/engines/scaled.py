"""A problem in an engine's own units: parts of a point, so that prices can lie between whole points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.matching.problem import Problem

SCALE = 64
"""Units of a point."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """Places and first-edge bonuses by person; ends and weights by edge; bonuses and weights in units."""

    places: Sequence[int]
    bonus: Sequence[int]
    one: Sequence[int]
    other: Sequence[int]
    weight: Sequence[int]

    def part(self, edges: Sequence[int]) -> "Scaled":
        """The same people with some of the edges, in the order given."""
        return replace(
            self,
            one=[self.one[at] for at in edges],
            other=[self.other[at] for at in edges],
            weight=[self.weight[at] for at in edges],
        )

    def value(self, chosen: Sequence[int]) -> int:
        """What a choice of edges is worth in these units."""
        covered = {self.one[at] for at in chosen} | {self.other[at] for at in chosen}
        return sum(self.weight[at] for at in chosen) + sum(self.bonus[at] for at in covered)


def scaled(problem: Problem) -> Scaled:
    """The problem in engine units."""
    return Scaled(
        places=problem.places,
        bonus=[bonus * SCALE for bonus in problem.bonus],
        one=problem.one,
        other=problem.other,
        weight=[worth * SCALE for worth in problem.worth],
    )
