"""A choice of edges while it is being made: what is taken, and where there is room left."""

from collections.abc import Iterable

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.engines.scaled import Scaled


class Choice:
    """Edges taken so far; never more than places and groups allow."""

    def __init__(self, problem: Scaled, taken: Iterable[int] = ()) -> None:
        """Begin with edges that fit together."""
        self._problem = problem
        self.free: list[int] = problem.room.tolist()
        self.taken: set[int] = set()
        self.own: dict[int, set[int]] = {}
        for edge in taken:
            self.take(edge)

    def people(self, edge: int) -> tuple[int, int]:
        """The two people of an edge."""
        return int(self._problem.one[edge]), int(self._problem.other[edge])

    def _ends(self, edge: int) -> set[int]:
        return {*self.people(edge), int(self._problem.tail[edge]), int(self._problem.head[edge])}

    def fits(self, edge: int) -> bool:
        """Whether an edge that is not taken could be."""
        return edge not in self.taken and all(self.free[end] for end in self._ends(edge))

    def take(self, edge: int) -> None:
        """Take an edge that fits."""
        self.taken.add(edge)
        for end in self._ends(edge):
            self.free[end] -= 1
        for person in self.people(edge):
            self.own.setdefault(person, set()).add(edge)

    def drop(self, edge: int) -> None:
        """Leave a taken edge after all."""
        self.taken.remove(edge)
        for end in self._ends(edge):
            self.free[end] += 1
        for person in self.people(edge):
            self.own[person].remove(edge)

    def take_what_fits(self, edges: Iterable[int]) -> None:
        """Take in turn what still fits."""
        for edge in edges:
            if self.fits(edge):
                self.take(edge)

    def open_edges(self) -> Whole:
        """The edges with room at all ends, those taken included."""
        room = np.asarray(self.free) > 0
        whole = self._problem
        return np.flatnonzero(room[whole.one] & room[whole.other] & room[whole.tail] & room[whole.head])

    def gain(self, edges: Iterable[int]) -> int:
        """The weight of edges not taken yet, with the bonus of those people who would have their first."""
        first = {person for edge in edges for person in self.people(edge) if not self.own.get(person)}
        weight = sum(int(self._problem.weight[edge]) for edge in edges)
        return weight + sum(int(self._problem.bonus[person]) for person in first)
