"""Every prompt reaches Teams in the shape that its golden file holds, and Microsoft's schema takes it."""

import json

import pytest

from handlers.teams.cards import BUDGET
from tests.prompts.samples import samples
from tests.teams.checking import parts, problems
from tests.teams.golden import FOLDER, dump, shown

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_prompt_on_teams_is_its_golden_file(name: str) -> None:
    golden = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert dump(shown(SAMPLES[name])) == golden, "if it is better now: make golden"


@pytest.mark.parametrize("name", SAMPLES)
def test_teams_takes_the_shape_of_every_prompt(name: str) -> None:
    sent = shown(SAMPLES[name])
    assert problems(sent) == []
    assert len(json.dumps(sent, ensure_ascii=False).encode()) <= BUDGET


def test_every_golden_file_on_teams_has_its_sample() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SAMPLES)


def test_the_samples_have_charts_tables_searches_and_forms() -> None:
    kinds = {part["type"] for prompt in SAMPLES.values() for part in parts(shown(prompt))}
    assert {"Chart.Line", "Table", "Data.Query", "Input.ChoiceSet", "Input.Time", "Input.Date"} <= kinds
