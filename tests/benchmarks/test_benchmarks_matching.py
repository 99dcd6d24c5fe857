"""The matching benchmark: the same company for a seed, and tasks whose answers agree with each other."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import matching_tasks as tasks
from benchmarks.measure import in_own_process
from benchmarks.population import population


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("graphs") / "g.npz"
    assert tasks.graph(120, 0, None, str(file))["edges"] > 100
    return str(file)


def test_a_size_and_a_seed_always_draw_the_same_company() -> None:
    assert population(200, 1).people == population(200, 1).people
    assert population(200, 1).people != population(200, 2).people
    assert {person.places for person in population(50, 0, places=1).people} == {1}


def test_a_company_is_one_that_matching_has_work_with() -> None:
    drawn = population(2000, 0)
    levels = [person.level for person in drawn.people]
    assert set(levels) == set(range(1, 9))
    assert levels.count(1) > 10 * levels.count(8)
    assert 1.5 < np.mean([person.places for person in drawn.people]) < 2
    by_id = {person.id: person for person in drawn.people}
    bosses = [(person, by_id[person.manager]) for person in drawn.people if person.manager]
    assert all(boss.level > person.level for person, boss in bosses)


def test_engines_and_an_integer_program_agree_and_others_fall_behind(graph: str) -> None:
    best = tasks.highs(graph)["value"]
    assert tasks.solve(graph, "fast")["value"] == tasks.solve(graph, "plain")["value"] == best
    assert tasks.greedy(graph)["value"] < best
    assert tasks.two_lists(graph)["value"] < best


def test_a_whole_run_tells_its_share_of_the_bound_and_a_failure_is_told() -> None:
    facts = in_own_process(
        "benchmarks.matching_tasks", "whole_run", {"size": 60, "seed": 0, "engine": "fast"}, 120
    )
    assert facts["value"] == facts["bound"]
    assert facts["cpu"] > 0
    wrong = in_own_process(
        "benchmarks.matching_tasks", "solve", {"file": str(Path("none")), "engine": "x"}, 60
    )
    assert "failed" in wrong
