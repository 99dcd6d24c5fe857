"""Draws from a seed, the same on every machine and Python: a counter run through SHA-256."""

import hashlib
from collections.abc import MutableSequence, Sequence
from typing import TypeVar

Item = TypeVar("Item")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Draw:
    """An endless, repeatable stream of choices."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._count = 0

    def _bits(self) -> int:
        self._count += 1
        return int.from_bytes(hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest(), "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit` (at least 1)."""
        return self._bits() % limit

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred draws."""
        return self.below(100) < percent

    def choice(self, items: Sequence[Item]) -> Item:
        """One of `items` (not empty)."""
        return items[self.below(len(items))]

    def shuffle(self, items: MutableSequence[Item]) -> None:
        """Shuffle in place."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items, or all of them when there are fewer."""
        pool = list(items)
        self.shuffle(pool)
        return pool[:count]

    def token(self, length: int) -> str:
        """Capital letters and digits, as in Slack's ids."""
        bits = self._bits()
        letters = []
        for _ in range(length):
            bits, place = divmod(bits, len(_LETTERS))
            letters.append(_LETTERS[place])
        return "".join(letters)
