"""The pairs to choose from: all that the rules allow while they are few, else the best for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.matching.arrays import Mask, Whole, asked_of, cheapest
from bot.matching.model import Rules
from bot.matching.postings import Postings, both_ways, by_topic
from bot.matching.reasons import Rule
from bot.matching.roster import Roster
from bot.matching.rules import allowed
from bot.matching.scoring import worths

MOST_LOOKED_AT = 16_000_000
"""Entries in lists of a topic up to which all pairs are looked at; beyond, shares of the lists are."""
AT_ONCE = 60_000
"""Entries that are looked at together, about."""
LEAST_PER_PERSON = 24
MOST_PER_PERSON = 30
"""Possible partners that are weighed for everybody where not all can be."""
BOTH_WAYS = 1000
"""Entries looked at for a person among those with whom both learn, and as many among the others."""
GLANCE = 40
"""Entries looked at for a person beforehand, to see how sought after people are."""
FEW = 5
"""Possible partners below which a person's lists are looked through to their end."""
MOST_SEARCHED = 40_000_000
"""Entries that are looked at for those with few partners, all together."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of positions (`one` below `other`), ascending, with their worth.

    `cut` are the people who may have more possible partners than are among them.
    """

    one: Whole
    other: Whole
    worth: Whole
    cut: Whole


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Pairs seen from one side: people, their partners, and what the pair is worth."""

    person: Whole
    partner: Whole
    worth: Whole

    def best(self, asked: Whole, most: int) -> "tuple[_Weighed, Whole]":
        """The best few for each person, and who has more; `asked` is what partners could have elsewhere.

        Of equal ones each person keeps others.
        """
        turn = (self.partner - self.person) % len(asked)
        kept = cheapest(self.person, asked[self.partner] - self.worth, turn, most)
        more = np.flatnonzero(np.bincount(self.person) > most)
        return _Weighed(self.person[kept], self.partner[kept], self.worth[kept]), more


def candidates(roster: Roster, rules: Rules, room: Mask, most: int) -> Candidates:
    """The pairs of people with `room` that the rules allow.

    Of more than `most` the best for each person are kept: an equal share, at least LEAST_PER_PERSON.
    """
    size = len(roster.people)
    posted = by_topic(roster.topics, room, related=rules.related_is_enough)
    every = _every(roster, rules, posted, most)
    if every is not None:
        return Candidates(every.person, every.partner, every.worth, np.zeros(0, dtype=np.int64))
    share = min(MOST_PER_PERSON, max(LEAST_PER_PERSON, most // max(1, size)))
    kept, cut = _shortlists(roster, rules, room, posted, share)
    return _both_sides(kept, np.unique(cut), size)


def _every(roster: Roster, rules: Rules, posted: Postings, most: int) -> _Weighed | None:
    """All possible pairs; None as soon as they are found to be too many."""
    if int(posted.lengths().sum()) // 2 > MOST_LOOKED_AT:
        return None
    found, count = [], 0
    for some in _portions(posted.lengths()):
        found.append(_weighed(roster, rules, *posted.later(some)))
        count += len(found[-1].worth)
        if count > most:
            return None
    return _joined(found)


def _portions(lengths: Whole) -> Iterator[Whole]:
    """People in portions of about AT_ONCE entries; those with none are left out."""
    people = np.flatnonzero(lengths)
    portion = np.cumsum(lengths[people]) // AT_ONCE
    return iter(np.split(people, np.flatnonzero(np.diff(portion)) + 1)) if len(people) else iter(())


def _weighed(roster: Roster, rules: Rules, one: Whole, other: Whole) -> _Weighed:
    """Those of some pairs with a common topic that are allowed, in numbers half as long."""
    one, other = allowed(roster, rules, one, other, known=(Rule.PLACES, Rule.TOPICS))
    worth = worths(roster, rules, one, other)
    return _Weighed(one.astype(np.int32), other.astype(np.int32), worth.astype(np.int32))


def _joined(parts: list[_Weighed]) -> _Weighed:
    columns = ("person", "partner", "worth")
    nothing = np.zeros(0, dtype=np.int32)
    return _Weighed(
        *(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in columns)
    )


def _shortlists(
    roster: Roster, rules: Rules, room: Mask, posted: Postings, share: int
) -> tuple[_Weighed, Whole]:
    """The best pairs of everybody among shares of their lists, and for whom those may not be all."""
    size = len(roster.people)
    found, cut = list[_Weighed](), list[Whole]()
    mutual = both_ways(roster.topics, room)
    first = _joined(
        [_weighed(roster, rules, *mutual.some(some, GLANCE)) for some in _portions(mutual.lengths())]
    )
    asked = asked_of(first.person, first.partner, first.worth, size)

    def look(postings: Postings, people: Whole, most: int) -> None:
        lengths = np.zeros(size, dtype=np.int64)
        lengths[people] = np.minimum(most, postings.lengths()[people])
        for some in _portions(lengths):
            kept, more = _weighed(roster, rules, *postings.some(some, most)).best(asked, share)
            found.append(kept)
            cut.append(more)

    everybody = np.flatnonzero(room)
    look(mutual, everybody, BOTH_WAYS)
    partners = np.bincount(_joined(found).person, minlength=size)
    look(posted, everybody[partners[everybody] < share], BOTH_WAYS)
    partners = np.bincount(_joined(found).person, minlength=size)
    few = everybody[partners[everybody] < FEW]
    searched = few[np.cumsum(posted.lengths()[few]) <= MOST_SEARCHED]
    look(posted, searched, MOST_SEARCHED)
    seen = np.setdiff1d(everybody, searched, assume_unique=True)
    cut.append(seen[posted.lengths()[seen] > BOTH_WAYS])
    return _joined(found), np.concatenate(cut)


def _both_sides(kept: _Weighed, cut: Whole, size: int) -> Candidates:
    low, high = np.minimum(kept.person, kept.partner), np.maximum(kept.person, kept.partner)
    keys, first = np.unique(low.astype(np.int64) * size + high, return_index=True)
    return Candidates((keys // size).astype(np.int32), (keys % size).astype(np.int32), kept.worth[first], cut)
