"""Who has a topic in common with whom, found by way of the topics instead of pair by pair."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.matching.arrays import Lists, Mask, Whole, distinct, spread
from bot.matching.declared import Declared

_MOST_COMBINED = 8
"""Topics of each side that are combined with each other; who names more is found by single topics."""
_SCATTER = 40_503
"""An odd factor, so that neighbours begin their shares of a long list at different places."""


@dataclass(frozen=True, eq=False)
class Postings:
    """Lists of people (`posts`, ascending), and for each person the numbers of the lists to look into."""

    keys: Lists
    posts: Lists

    def lengths(self) -> Whole:
        """How many entries there are for each person, one and the same person in several lists included."""
        ends = np.zeros(len(self.keys.flat) + 1, dtype=np.int64)
        np.cumsum(self.posts.lengths[self.keys.flat], out=ends[1:])
        return np.diff(ends[self.keys.start])

    @cached_property
    def _places(self) -> Whole:
        """All entries as ascending numbers, list by list."""
        return self.posts.owners * (len(self.keys.start) - 1) + self.posts.flat

    def later(self, people: Whole) -> tuple[Whole, Whole]:
        """For each of these people everybody in their lists with a higher position, each once."""
        row, lists = self._lists(people)
        size = len(self.keys.start) - 1
        start = np.searchsorted(self._places, lists * size + people[row], side="right")
        return _distinct(people, row, self.posts.flat, start, self.posts.start[lists + 1] - start, size)

    def some(self, people: Whole, most: int) -> tuple[Whole, Whole]:
        """For each of these people up to `most` of those in their lists, spread over all of them."""
        row, lists = self._lists(people)
        size = len(self.keys.start) - 1
        length = self.posts.lengths[lists]
        taken = _fair(row, length, len(people), most)
        part = np.repeat(np.arange(len(row)), taken)
        step = spread(np.zeros(len(taken), dtype=np.int64), taken)
        first = people[row] * _SCATTER % np.maximum(1, length)
        at = (first[part] + step * length[part] // taken[part]) % length[part]
        return _pairs(people, row[part], self.posts.flat[self.posts.start[lists][part] + at], size)

    def _lists(self, people: Whole) -> tuple[Whole, Whole]:
        counts = self.keys.lengths[people]
        return np.repeat(np.arange(len(people)), counts), self.keys.flat[
            spread(self.keys.start[people], counts)
        ]


def _distinct(
    people: Whole, row: Whole, flat: Whole, start: Whole, length: Whole, size: int
) -> tuple[Whole, Whole]:
    return _pairs(people, np.repeat(row, length), flat[spread(start, length)], size)


def _pairs(people: Whole, row: Whole, other: Whole, size: int) -> tuple[Whole, Whole]:
    """Rows as positions with the others beside them, each pair once, nobody with themselves."""
    keys = distinct(row * size + other)
    one, other = people[keys // size], keys % size
    apart = one != other
    return one[apart], other[apart]


def _fair(row: Whole, length: Whole, rows: int, most: int) -> Whole:
    """How much of each list is taken for a row to get `most` at most: short ones whole, long ones alike."""
    share = most // np.maximum(1, np.bincount(row, minlength=rows))
    taken = np.minimum(length, share[row])
    left = most - np.bincount(row, taken, rows).astype(np.int64)
    longer = np.bincount(row, taken < length, rows).astype(np.int64)
    whole: Whole = np.minimum(length, taken + (left // np.maximum(1, longer))[row])
    return whole


def by_topic(topics: Declared, room: Mask, *, related: bool) -> Postings:
    """Everybody who teaches what somebody wants or wants what they teach, `related` topics too if so said."""
    count = len(topics.shown)
    near = [list(other) for other in topics.near] if related else []
    asks, offers = (
        [_wider(own[at].tolist(), near) if room[at] else [] for at in range(len(room))]
        for own in (topics.wants, topics.gives)
    )
    teachers, learners = topics.teachers.only(room), topics.learners.only(room)
    return Postings(
        Lists.of([ask + [count + topic for topic in offer] for ask, offer in zip(asks, offers, strict=True)]),
        Lists(
            np.append(teachers.start, teachers.start[-1] + learners.start[1:]),
            np.append(teachers.flat, learners.flat),
        ),
    )


def _wider(own: list[int], near: list[list[int]]) -> list[int]:
    return list(dict.fromkeys([*own, *(other for topic in own for other in near[topic])])) if near else own


def both_ways(topics: Declared, room: Mask) -> Postings:
    """Everybody who teaches what somebody wants and wants what they teach."""
    count = len(topics.shown)
    wanted, given = (
        [own[at][:_MOST_COMBINED] for at in range(len(room))] for own in (topics.wants, topics.gives)
    )
    asked = [
        (want[:, None] * count + give).ravel() if here else give[:0]
        for want, give, here in zip(wanted, given, room, strict=True)
    ]
    answers = [
        (give[:, None] * count + want).ravel() if here else give[:0]
        for want, give, here in zip(wanted, given, room, strict=True)
    ]
    keys, known = Lists.of(asked), Lists.of(answers)
    numbers = np.unique(known.flat)
    at = np.minimum(np.searchsorted(numbers, keys.flat), max(0, len(numbers) - 1))
    there = numbers[at] == keys.flat if len(numbers) else np.zeros(0, dtype=np.bool_)
    starts = np.append(0, np.cumsum(there))[keys.start]
    posts = Lists(known.start, np.searchsorted(numbers, known.flat)).turned(len(numbers))
    return Postings(Lists(starts, at[there]), posts)
