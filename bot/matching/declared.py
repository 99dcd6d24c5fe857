"""What people want to learn and can teach, as numbers: who names a topic, and what one gains from another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.matching.arrays import Bytes, Lists, Whole
from bot.matching.model import Person
from bot.matching.topics import FULL_CREDIT, Topics

PERCENT = 100
TOPIC_SHARES = (80, 15, 5)
"""Percent of a side's gain that its best, second and third topic make."""
_TABLE_BYTES = 64_000_000
"""What the table of credits may take; beyond, rare topics share columns."""
_SHARED_COLUMNS = 64


@dataclass(frozen=True, eq=False)
class Declared:
    """Everybody's topics; a topic is a number, a person their position.

    `number` gives the number of every declared text, `shown` the spelling of a topic that sorts first.
    `wants` and `gives` are in declared order without doubles, `first_words` how each person put those they
    want. `near` holds for each topic the credit (percent) of related ones; `helps` and `credits` what each
    person can give on which topics, near ones included.
    """

    number: Mapping[str, int]
    shown: tuple[str, ...]
    first_words: tuple[tuple[str, ...], ...]
    wants: Lists
    gives: Lists
    near: tuple[Mapping[int, int], ...]
    helps: Lists
    credits: Whole

    @cached_property
    def teachers(self) -> Lists:
        """For each topic who teaches it."""
        return self.gives.turned(len(self.shown))

    @cached_property
    def learners(self) -> Lists:
        """For each topic who wants it."""
        return self.wants.turned(len(self.shown))

    @cached_property
    def _columns(self) -> Whole:
        """The column of each topic in the table of credits: its own while there is room for all."""
        asked = np.bincount(self.wants.flat, minlength=len(self.shown))
        order = np.argsort(-asked, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        most = max(2 * _SHARED_COLUMNS, _TABLE_BYTES // max(1, len(self.first_words)))
        if len(order) <= most:
            return rank
        own = most - _SHARED_COLUMNS
        return np.where(rank < own, rank, own + rank % _SHARED_COLUMNS)

    @cached_property
    def _table(self) -> Bytes:
        """By person and column the credit they can give, the highest where topics share a column."""
        table = np.zeros((len(self.first_words), int(self._columns.max(initial=0)) + 1), dtype=np.uint8)
        np.maximum.at(
            table, (self.helps.owners, self._columns[self.helps.flat]), self.credits.astype(np.uint8)
        )
        return table

    @cached_property
    def _sorted_helps(self) -> tuple[Whole, Whole]:
        """The keys of all helps, ascending, and their credits."""
        keys = self.helps.owners * len(self.shown) + self.helps.flat
        order = np.argsort(keys)
        return keys[order], self.credits[order]

    def credit(self, teachers: Whole, topics: Whole) -> Bytes:
        """Percent of each topic that the teacher beside it gives."""
        table, teachers = self._table, teachers.astype(np.int64, copy=False)
        found: Bytes = table.ravel()[teachers * table.shape[1] + self._columns[topics]]
        if len(self.shown) > table.shape[1]:
            doubted = np.flatnonzero(found)
            keys, credit = self._sorted_helps
            asked = teachers[doubted] * len(self.shown) + topics[doubted]
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            found[doubted] = np.where(keys[at] == asked, credit[at], 0)
        return found

    def gains(self, learners: Whole, teachers: Whole) -> tuple[Whole, Bytes]:
        """What each learner gains from the teacher beside them, and the credit of their best topic.

        Both in percent; of the gain the best topics make the most (TOPIC_SHARES).
        """
        counts = self.wants.lengths[learners]
        starts = self.wants.start[learners]
        best = [np.zeros(len(learners), dtype=np.uint8) for _ in TOPIC_SHARES]
        for slot in range(int(counts.max(initial=0))):
            some = np.flatnonzero(counts > slot)
            if len(some) == len(counts):
                _insert(best, self.credit(teachers, self.wants.flat[starts + slot]))
            else:
                lower = [kept[some] for kept in best]
                _insert(lower, self.credit(teachers[some], self.wants.flat[starts[some] + slot]))
                for kept, new in zip(best, lower, strict=True):
                    kept[some] = new
        gain = np.zeros(len(learners), dtype=np.int64)
        for share, kept in zip(TOPIC_SHARES, best, strict=True):
            gain += share * kept.astype(np.int64)
        return gain // PERCENT, best[0]

    def nearest(self, taught: Sequence[str], wanted: int) -> str:
        """The one of a teacher's topics, in their words, that comes nearest to a wanted one."""
        return max(taught, key=lambda text: (self.near[self.number[text]].get(wanted, 0), text))


def _insert(best: Sequence[Bytes], credit: Bytes) -> None:
    """Keep the highest credits, highest first."""
    for kept in best:
        lower = np.minimum(kept, credit)
        np.maximum(kept, credit, out=kept)
        credit = lower


def declared(people: Sequence[Person], topics: Topics) -> Declared:
    """Number all topics of some people; related ones are those `topics` knows."""
    texts = sorted({text for one in people for text in (*one.learn, *one.teach)})
    identity = {text: topics.identity(text) for text in texts}
    ids: dict[str, int] = {}
    for text in texts:
        ids.setdefault(identity[text], len(ids))
    number = {text: ids[identity[text]] for text in texts}
    shown = [""] * len(ids)
    near: list[dict[int, int]] = [{} for _ in ids]
    for text in reversed(texts):
        shown[number[text]] = text
        related = {
            ids.get(topics.identity(name), -1): credit for name, credit in topics.related(text).items()
        }
        near[number[text]] = {other: credit for other, credit in related.items() if other >= 0}
    words = [_first_words(one, number) for one in people]
    gives = [list(dict.fromkeys(number[text] for text in one.teach)) for one in people]
    helps = [_helps(own, near) for own in gives]
    return Declared(
        number=number,
        shown=tuple(shown),
        first_words=tuple(tuple(own.values()) for own in words),
        wants=Lists.of([list(own) for own in words]),
        gives=Lists.of(gives),
        near=tuple(near),
        helps=Lists.of([list(own) for own in helps]),
        credits=np.fromiter((credit for own in helps for credit in own.values()), np.int64),
    )


def _first_words(person: Person, number: Mapping[str, int]) -> dict[int, str]:
    words: dict[int, str] = {}
    for text in person.learn:
        words.setdefault(number[text], text)
    return words


def _helps(gives: Sequence[int], near: Sequence[Mapping[int, int]]) -> dict[int, int]:
    credit: dict[int, int] = {}
    for given in gives:
        for topic, percent in near[given].items():
            credit[topic] = max(percent, credit.get(topic, 0))
    return credit | dict.fromkeys(gives, FULL_CREDIT)
