"""Minimum-cost flow in plain Python, from good prices: the exact half-integral optimum of a matching problem.

Every person and every group becomes a left and a right node, every edge two arcs (one's left to the
other's right, and back). A flow of largest worth in this double cover, halved, is the linear optimum of the
matching problem (Anstee 1987); an edge then carries 0, a half or 1. Starting from prices, arcs whose reduced
cost is negative are filled; what does not balance is sent along shortest paths (Dijkstra on reduced costs).
"""

from heapq import heappop, heappush
from operator import add, mul

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.engines.scaled import Scaled

_ARCS_PER_EDGE = 4
MOST_SCANS = 30_000_000
"""Arcs looked at or copied for one problem, about 10 s."""


class Flow:
    """A network with its flow and prices; `settle` makes the flow optimal after any change."""

    def __init__(self, problem: Scaled, prices: Whole, scans: int = MOST_SCANS) -> None:
        """Build the double cover, filled as `prices` (by end) say; `scans` bounds the work (see `settle`)."""
        self._size = len(problem.owner)
        self._hub = 2 * self._size
        self._ends: list[int] = []
        self._cost: list[int] = []
        self._arcs: list[list[int]] = [[] for _ in range(2 * self._size + 1)]
        self._room: list[int] = []
        for at, (places, bonus) in enumerate(
            zip(problem.places.tolist(), problem.bonus.tolist(), strict=True)
        ):
            if places:
                for cost, room in ((-bonus, 1), (0, places - 1)):
                    self._add(self._hub, at, cost, room)
                    self._add(self._size + at, self._hub, cost, room)
        for group, owner in enumerate(problem.owner[problem.people :].tolist(), problem.people):
            self._add(owner, group, 0, 1)
            self._add(self._size + group, self._size + owner, 0, 1)
        self._first = len(self._ends)
        self._price: list[int] = [*prices.tolist(), *(-prices).tolist(), 0]
        self._surplus = [0] * (self._hub + 1)
        self._pinned: dict[int, int] = {}
        # Shared with copies: what is left of the work all of them may do.
        self._left = [scans]
        self.extend(problem)

    def extend(self, more: Scaled) -> None:
        """Add edges after those there are, filled as the prices say; call `settle` afterwards."""
        edges = more.tail.tolist(), more.head.tolist(), more.weight.tolist()
        for tail, head, weight in zip(*edges, strict=True):
            self._add(tail, self._size + head, -weight, 1)
            self._add(head, self._size + tail, -weight, 1)
        self._fill()

    def _add(self, tail: int, head: int, cost: int, room: int) -> None:
        self._arcs[tail].append(len(self._ends))
        self._arcs[head].append(len(self._ends) + 1)
        self._ends += (head, tail)
        self._cost += (cost, -cost)
        self._room += (room, 0)

    def _fill(self) -> None:
        for node, arcs in enumerate(self._arcs):
            for arc in arcs:
                if self._room[arc] and self._cost[arc] + self._price[node] < self._price[self._ends[arc]]:
                    self._push(node, arc, self._room[arc])

    def _push(self, tail: int, arc: int, units: int) -> None:
        head = self._ends[arc]
        self._room[arc] -= units
        self._room[arc ^ 1] += units
        self._surplus[tail] -= units
        self._surplus[head] += units

    def copy(self) -> "Flow":
        """An independent state over the same network."""
        twin = object.__new__(Flow)
        twin._size, twin._hub, twin._first = self._size, self._hub, self._first
        twin._ends, twin._cost, twin._arcs = self._ends, self._cost, self._arcs
        twin._room, twin._price, twin._surplus = self._room.copy(), self._price.copy(), self._surplus.copy()
        twin._pinned = self._pinned.copy()
        twin._left = self._left
        self._left[0] -= len(self._ends)
        return twin

    def pin(self, edge: int, carried: int) -> None:
        """Fix an edge at 0 or 1 from now on; call `settle` afterwards."""
        start = self._first + _ARCS_PER_EDGE * edge
        for arc in (start, start + 2):
            if self._room[arc] == carried:
                way = arc if carried else arc + 1
                self._push(self._ends[way ^ 1], way, 1)
            self._room[arc] = self._room[arc + 1] = 0
        self._pinned[edge] = carried

    def settle(self) -> bool:
        """Balance every node along shortest paths: afterwards no flow is worth more.

        False when the work for this network and its copies is used up first.
        """
        for node in range(self._hub):
            while self._surplus[node]:
                if self._left[0] < 0:
                    return False
                self._balance(node)
        return True

    def _balance(self, start: int) -> None:
        """Send one unit from a surplus (or to a deficit) along the cheapest path; the hub takes any."""
        sign = 1 if self._surplus[start] > 0 else -1
        flip = 0 if sign > 0 else 1
        end, length, distance, via = self._cheapest(start, sign, flip)
        price = self._price
        for passed, at_distance in distance.items():
            if at_distance < length:
                price[passed] -= sign * (length - at_distance)
        node = end
        while node != start:
            arc = via[node]
            previous = self._ends[arc ^ 1]
            self._push(previous if sign > 0 else node, arc ^ flip, 1)
            node = previous

    def _cheapest(self, start: int, sign: int, flip: int) -> tuple[int, int, dict[int, int], dict[int, int]]:
        """Where the cheapest path ends, its length, and by node the distance and the arc it came by."""
        ends, room, cost, price, surplus = self._ends, self._room, self._cost, self._price, self._surplus
        distance, via = {start: 0}, dict[int, int]()
        heap = [(0, 0, start)]
        hub = self._hub
        while True:
            reached, _, node = heappop(heap)
            if node == hub or surplus[node] * sign < 0:
                return node, reached, distance, via
            if reached > distance[node]:
                continue
            own = price[node]
            self._left[0] -= len(self._arcs[node])
            for arc in self._arcs[node]:
                if room[arc ^ flip]:
                    head = ends[arc]
                    further = reached + sign * (cost[arc] + own - price[head])
                    if head not in distance or further < distance[head]:
                        distance[head] = further
                        via[head] = arc
                        if further == reached and (head == hub or surplus[head] * sign < 0):
                            return head, reached, distance, via
                        # Of equal paths everybody starts with others, or all would meet at the same few.
                        heappush(heap, (further, (head - start) % hub, head))

    def halves(self) -> Whole:
        """How many halves each edge carries: 0, 1 or 2."""
        there = self._room[self._first + 1 :: _ARCS_PER_EDGE]
        back = self._room[self._first + 3 :: _ARCS_PER_EDGE]
        carried = list(map(add, there, back))
        for edge, on in self._pinned.items():
            carried[edge] = 2 * on
        return np.array(carried, dtype=np.int64)

    def doubled_value(self) -> int:
        """Twice the worth of what is carried, in engine units."""
        total: int = sum(map(mul, self._cost[::2], self._room[1::2]))
        for edge, on in self._pinned.items():
            total += 2 * on * self._cost[self._first + _ARCS_PER_EDGE * edge]
        return -total

    def prices(self) -> tuple[Whole, Whole]:
        """The left and the right prices: an edge outside the problem helps only if it beats both sums."""
        prices = np.array(self._price, dtype=np.int64)  # the hub's stays 0: paths end there
        return prices[: self._size], -prices[self._size : self._hub]
