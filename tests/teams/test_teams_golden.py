"""Every prompt reaches Teams in the shape that its golden file holds, and Microsoft's schema takes it."""

import json
import re

import pytest

from handlers.teams.cards import BUDGET
from tests.prompts.golden import view_of
from tests.prompts.golden_files import as_json
from tests.prompts.samples import samples
from tests.prompts.typed import Typed
from tests.teams.checking import parts, problems
from tests.teams.golden import FOLDER, READER, shown

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_prompt_on_teams_is_its_golden_file(name: str) -> None:
    golden = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert as_json(shown(SAMPLES[name])) == golden, "if it is better now: make golden"


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


@pytest.mark.parametrize("name", SAMPLES)
def test_no_prompt_on_teams_speaks_of_a_slash_command(name: str) -> None:
    assert "/mentor" not in as_json(shown(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_prompt_on_teams_asks_to_type_a_name_behind_an_at(name: str) -> None:
    assert re.findall(r"(?<!\w)@(?:\w+)?", view_of(SAMPLES[name], READER).text) == []


def test_a_pair_on_teams_is_told_of_no_room() -> None:
    for name, prompt in SAMPLES.items():
        if name.startswith(("accepted_", "introduction")):
            said = view_of(prompt, READER).text
            assert "the room" not in said.lower(), name


def test_what_somebody_typed_keeps_its_slash() -> None:
    typed = Typed(word="/mentor fly", name="Ana /mentor pause")
    texts = [view_of(prompt, READER).text for prompt in samples(typed).values()]
    assert any("/mentor fly" in text for text in texts)
    assert any("Ana /mentor pause" in text for text in texts)
