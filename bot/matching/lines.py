"""Reporting lines: who stands above whom, however the managers were filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.model import Person


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """A number for everybody on the way down the tree of managers, and the last number below them.

    Somebody stands in another's line when one's number lies from the other's to the last below them. A
    circle of managers counts as one place of the tree, so those in it stand in each other's line;
    `circles` are their ids.
    """

    enters: Whole
    leaves: Whole
    circles: tuple[tuple[str, ...], ...]


def lines(people: Sequence[Person], outside: Mapping[str, str | None]) -> Lines:
    """The lines of some people; `outside` are managers of people who are not among them."""
    manager = {**outside, **{person.id: person.manager for person in people}}
    place, circles = _places(manager)
    below: dict[str, list[str]] = {}
    roots = []
    for name in sorted(set(place.values())):
        boss = _above(name, place, manager)
        if boss is None:
            roots.append(name)
        else:
            below.setdefault(boss, []).append(name)
    enters, leaves = _numbered(roots, below)
    return Lines(
        enters=np.array([enters[place[person.id]] for person in people], dtype=np.int64),
        leaves=np.array([leaves[place[person.id]] for person in people], dtype=np.int64),
        circles=circles,
    )


def _places(manager: Mapping[str, str | None]) -> tuple[dict[str, str], tuple[tuple[str, ...], ...]]:
    """The place of everybody in the tree, named after them or the first of their circle; the circles."""
    place: dict[str, str] = {}
    circles = []
    for start in manager:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in place and at not in path:
            path[at] = None
            at = manager.get(at)
        if at is not None and at in path:
            chain = list(path)
            circle = tuple(sorted(chain[chain.index(at) :]))
            circles.append(circle)
            place.update(dict.fromkeys(circle, circle[0]))
        for name in path:
            place.setdefault(name, name)
    return place, tuple(sorted(circles))


def _above(name: str, place: Mapping[str, str], manager: Mapping[str, str | None]) -> str | None:
    """The place above a place; a circle's is above none of its own."""
    boss = manager.get(name)
    return None if boss is None or place[boss] == name else place[boss]


def _numbered(
    roots: Sequence[str], below: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], dict[str, int]]:
    enters: dict[str, int] = {}
    leaves: dict[str, int] = {}
    waiting = [(root, False) for root in reversed(roots)]
    while waiting:
        name, done = waiting.pop()
        if done:
            leaves[name] = len(enters) - 1
        else:
            enters[name] = len(enters)
            waiting.append((name, True))
            waiting.extend((lower, False) for lower in reversed(below.get(name, ())))
    return enters, leaves
