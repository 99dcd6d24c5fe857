"""One place each: the best choice there is, by Edmonds' blossoms; odd rings of halves are no obstacle."""

from rustworkx import PyGraph, max_weight_matching

from bot.matching.engines.scaled import Scaled


def alone(problem: Scaled) -> bool:
    """Whether nobody has more than one place, so that a choice is a matching in the plain sense."""
    return bool((problem.places <= 1).all()) and len(problem.owner) == problem.people


def best_matching(problem: Scaled) -> list[int]:
    """The edges worth most of a problem in which nobody has more than one place.

    The library works its optimum out once more from the prices of its dual, blossoms included, and breaks
    off where the two differ (Galil 1986); so what it gives is proven best over these edges.
    """
    worth = problem.weight + problem.bonus[problem.one] + problem.bonus[problem.other]
    graph: PyGraph[None, int] = PyGraph(multigraph=False)
    graph.add_nodes_from([None] * problem.people)
    edges = zip(problem.one.tolist(), problem.other.tolist(), worth.tolist(), strict=True)
    graph.add_edges_from(list(edges))
    found = max_weight_matching(graph, max_cardinality=False, weight_fn=int, verify_optimum=True)
    index = {
        ends: at for at, ends in enumerate(zip(problem.one.tolist(), problem.other.tolist(), strict=True))
    }
    return sorted(index[min(pair), max(pair)] for pair in found)
