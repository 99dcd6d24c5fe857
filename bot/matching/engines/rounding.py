"""From edges carried in halves to whole ones: the trails of half edges are taken and left in turn."""

from collections.abc import Sequence

from bot.matching.engines.scaled import Scaled

WHOLE = 2
"""Halves of a whole edge."""


def rounded(problem: Scaled, halves: Sequence[int]) -> list[int]:
    """A choice near a half-integral optimum: indices of edges, never more than the places allow.

    Half edges form trails. Along a trail every second edge is taken, which costs nothing unless the trail
    is a ring of odd length; there one person is left short. What then still fits is added, the best first.
    """
    chosen = [at for at, carried in enumerate(halves) if carried == WHOLE]
    free = list(problem.places)
    for at in chosen:
        free[problem.one[at]] -= 1
        free[problem.other[at]] -= 1
    for trail in _trails(problem, [at for at, carried in enumerate(halves) if carried == 1]):
        for at in max(trail[::2], trail[1::2], key=lambda part: _worth(problem, free, part)):
            if free[problem.one[at]] and free[problem.other[at]]:
                _take(problem, free, chosen, at)
    taken = set(chosen)
    fits = [at for at in _open(problem, free) if at not in taken]
    for at in sorted(fits, key=lambda at: (-_worth(problem, free, [at]), at)):
        if free[problem.one[at]] and free[problem.other[at]]:
            _take(problem, free, chosen, at)
    return chosen


def _take(problem: Scaled, free: list[int], chosen: list[int], at: int) -> None:
    chosen.append(at)
    free[problem.one[at]] -= 1
    free[problem.other[at]] -= 1


def _open(problem: Scaled, free: Sequence[int]) -> list[int]:
    ends = enumerate(zip(problem.one, problem.other, strict=True))
    return [at for at, (one, other) in ends if free[one] and free[other]]


def _worth(problem: Scaled, free: Sequence[int], edges: Sequence[int]) -> int:
    """The weight of some edges with the bonus of those people who would have their first."""
    ends = {problem.one[at] for at in edges} | {problem.other[at] for at in edges}
    first = sum(problem.bonus[end] for end in ends if free[end] == problem.places[end])
    return first + sum(problem.weight[at] for at in edges)


def _trails(problem: Scaled, edges: Sequence[int]) -> list[list[int]]:
    """The edges in trails, each edge once: from people with an odd number of them first, then rings."""
    ends: dict[int, list[int]] = {}
    for at in edges:
        ends.setdefault(problem.one[at], []).append(at)
        ends.setdefault(problem.other[at], []).append(at)
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
            person = problem.one[at] + problem.other[at] - person
        if trail:
            trails.append(trail)
    return trails
