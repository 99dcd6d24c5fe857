"""From the linear optimum to a whole choice that is proven best, in bounded work."""

from collections.abc import Sequence

import numpy as np

from bot.matching.arrays import Whole, nothing, slices
from bot.matching.engines.choice import Choice
from bot.matching.engines.flow import Flow
from bot.matching.engines.repair import repaired
from bot.matching.engines.rounding import rounded
from bot.matching.engines.scaled import SCALE, Scaled, halved

SEARCH_NODES = 200
"""Branch-and-bound nodes after which the best found stands with the gap it has."""


def near(problem: Scaled, left: Whole, right: Whole, active: Whole, least: int) -> Whole:
    """Edges outside `active` that beat the prices by so much or more (below zero: fall short by no more).

    A choice with an edge that falls short is worth at most the linear optimum less the shortfall.
    """
    found = (
        part.start + np.flatnonzero(problem.lead(left, right, part) >= least)
        for part in slices(len(problem.weight))
    )
    return np.setdiff1d(np.concatenate([nothing(), *found]), active, assume_unique=True)


def whole_choice(problem: Scaled, halves: Whole, left: Whole, right: Whole) -> Choice:
    """A choice near the linear optimum that carries these halves at these prices."""
    choice = rounded(problem, halves)
    if problem.value(sorted(choice.taken)) // SCALE < problem.bound(left, right):
        repaired(problem, choice, halved(left, right))
    return choice


def proven(
    problem: Scaled, flow: Flow, active: Whole, best: Whole, nodes: int = SEARCH_NODES
) -> tuple[Whole, int]:
    """From a settled flow over the `active` edges to the best choice found and a bound, both over all edges.

    `active` and `best` are indices of edges, `best` the choice to start from; the bound is in points.
    """
    value, bound = problem.value(best), flow.doubled_value() // 2 // SCALE
    # Prices prove only that the linear optimum needs no other edge; a whole choice might.
    needed = SCALE * (value // SCALE + 1) - flow.doubled_value() // 2
    missing = near(problem, *flow.prices(), active, least=needed)
    if len(missing):
        active = np.append(active, missing)
        flow.extend(problem.part(missing))
        if not flow.settle():
            return best, bound
    part = problem.part(active)
    place = {edge: at for at, edge in enumerate(active.tolist())}
    found, bound = _search(part, flow, [place[edge] for edge in best.tolist()], nodes)
    return active[found], bound


def _search(problem: Scaled, root: Flow, best: Sequence[int], nodes: int) -> tuple[list[int], int]:
    """Depth-first branch and bound from a settled flow: the chosen edges and a bound in points."""
    best, best_value = list(best), problem.value(best)
    waiting = [(root.doubled_value() // 2 // SCALE, root)]
    settled = True
    while waiting and nodes and settled:
        bound, flow = waiting.pop()
        if bound <= best_value // SCALE:
            continue
        nodes -= 1
        carried = flow.halves()
        found = sorted(rounded(problem, carried).taken)
        found_value = problem.value(found)
        if found_value > best_value:
            best, best_value = found, found_value
        halves = np.flatnonzero(carried == 1).tolist()
        if halves:
            edge = max(halves, key=lambda at: (int(problem.weight[at]), -at))
            for taken in (0, 1):
                child = flow.copy()
                child.pin(edge, taken)
                settled = child.settle() and settled
                waiting.append((child.doubled_value() // 2 // SCALE if settled else bound, child))
    return best, max([best_value // SCALE, *(bound for bound, _ in waiting)])
