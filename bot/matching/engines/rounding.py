"""From edges carried in halves to whole ones: the trails of half edges are taken and left in turn."""

from collections.abc import Sequence

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.engines.choice import Choice
from bot.matching.engines.scaled import Scaled

WHOLE = 2
"""Halves of a whole edge."""


def rounded(problem: Scaled, halves: Whole) -> Choice:
    """A choice near a half-integral optimum, never more than there is room for.

    Half edges form trails. Along a trail every second edge is taken, which costs nothing unless the trail
    is a ring of odd length; there one person is left short. What then still fits is added, the best first.
    """
    choice = Choice(problem, np.flatnonzero(halves == WHOLE).tolist())
    for trail in _trails(problem, np.flatnonzero(halves == 1).tolist()):
        choice.take_what_fits(max(_ways(trail), key=choice.gain))
    fill(choice)
    return choice


def fill(choice: Choice) -> None:
    """Take what still fits, the best first."""
    open_edges = [edge for edge in choice.open_edges().tolist() if edge not in choice.taken]
    worth = {edge: choice.gain([edge]) for edge in open_edges}
    choice.take_what_fits(sorted(open_edges, key=lambda edge: (-worth[edge], edge)))


def _ways(trail: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    return trail[::2], trail[1::2]


def _trails(problem: Scaled, edges: Sequence[int]) -> list[list[int]]:
    """The edges in trails, each edge once: from people with an odd number of them first, then rings."""
    ends: dict[int, list[int]] = {}
    both = {at: (int(problem.one[at]), int(problem.other[at])) for at in edges}
    for at, people in both.items():
        for person in people:
            ends.setdefault(person, []).append(at)
    used: set[int] = set()
    starts = [person for person, own in ends.items() if len(own) % 2] + list(ends)
    trails = []
    for start in starts:
        trail = []
        person = start
        while edge := next((at for at in ends[person] if at not in used), -1) + 1:
            at = edge - 1
            used.add(at)
            trail.append(at)
            person = sum(both[at]) - person
        if trail:
            trails.append(trail)
    return trails
