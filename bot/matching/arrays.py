"""The array types of matching, and lists of lists kept as two arrays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.signedinteger[Any]]
Mask = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_SAMPLE = 1_000_000
"""Pairs that are looked at to tell how sought after people are."""
AT_A_TIME = 200_000
"""Items of long columns that are worked on together: more needs memory, fewer need time."""


def nothing() -> Whole:
    """An empty array."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Lists of whole numbers: list `at` is `flat[start[at] : start[at + 1]]`."""

    start: Whole
    flat: Whole

    @classmethod
    def of(cls, lists: Iterable[Sequence[int] | Whole]) -> "Lists":
        """The same lists as arrays."""
        rows = list(lists)
        start = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=start[1:])
        return cls(start, np.fromiter((item for row in rows for item in row), np.int64, int(start[-1])))

    @property
    def lengths(self) -> Whole:
        """How long each list is."""
        return np.diff(self.start)

    @property
    def owners(self) -> Whole:
        """For every item the number of its list."""
        return np.repeat(np.arange(len(self.start) - 1), self.lengths)

    def __getitem__(self, at: int) -> Whole:
        return self.flat[self.start[at] : self.start[at + 1]]

    def turned(self, size: int) -> "Lists":
        """For each of `size` items the numbers of the lists that hold it, ascending."""
        order = np.argsort(self.flat, kind="stable")
        start = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.flat, minlength=size), out=start[1:])
        return Lists(start, self.owners[order])

    def only(self, kept: Mask) -> "Lists":
        """The lists without the items that `kept` (by item) does not hold."""
        stays = kept[self.flat]
        start = np.zeros_like(self.start)
        np.cumsum(stays, out=(sums := np.zeros(len(self.flat) + 1, dtype=np.int64))[1:])
        start[:] = sums[self.start]
        return Lists(start, self.flat[stays])


def spread(starts: Whole, lengths: Whole) -> Whole:
    """The runs of numbers that begin at `starts` and are so long, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    runs: Whole = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return runs


def distinct(numbers: Whole) -> Whole:
    """Each number once, ascending; by sorting, which beats numpy's hashing where few are alike."""
    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def among(keys: Whole, known: Whole) -> Mask:
    """Which keys stand among the known ones, which are ascending."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    found: Mask = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def cheapest(owner: Whole, cost: Whole, turn: Whole, most: int) -> Mask:
    """Which items are among the `most` of their owner that cost least; of equal ones the lowest turns.

    Owners and turns are 0 or more. Costs too large to be told apart with the others in 63 bits are rounded.
    """
    if not len(owner):
        return np.zeros(0, dtype=np.bool_)
    turns = int(turn.max()).bit_length()
    cost = cost.astype(np.int64) - cost.min()
    spare = 63 - turns - int(owner.max()).bit_length()
    costs = min(spare, int(cost.max()).bit_length())
    cost >>= max(0, int(cost.max()).bit_length() - spare)
    keys = (((owner.astype(np.int64) << costs) | cost) << turns) | turn
    ordered = np.sort(keys)
    counts = np.bincount(owner)
    last = np.cumsum(counts) - counts + np.minimum(counts, most) - 1
    kept: Mask = keys <= ordered[last][owner]
    return kept


def asked_of(one: Whole, other: Whole, worth: Whole, size: int) -> Whole:
    """What everybody could about have elsewhere: half of what their third best pair is worth.

    Whoever keeps partners by worth alone keeps the few whom all want; by worth less this, those they may
    get. Measured at 5,000 people with 1.7 million pairs, 30 kept for each: 0.30 percent below the optimum of
    all pairs becomes 0.002 percent. Of many pairs a sample is looked at.
    """
    step = 1 + len(one) // _SAMPLE
    person, points = np.append(one[::step], other[::step]), np.tile(worth[::step], 2)
    best = cheapest(person, -points, np.zeros_like(person), max(1, 3 // step))
    least = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(least, person[best], points[best])
    least[least == np.iinfo(np.int64).max] = 0
    halves: Whole = least // 2
    return halves


def slices(length: int) -> Iterator[slice]:
    """Parts of something so long that fit into a processor's memory at a time."""
    return (slice(start, start + AT_A_TIME) for start in range(0, length, AT_A_TIME))
