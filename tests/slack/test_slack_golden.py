"""Every prompt reaches Slack in the shape that its golden file holds, and Slack's own rules take it."""

import pytest

from sandbox.blockkit.check import check_message, check_view
from tests.prompts.golden_files import as_json
from tests.prompts.samples import samples
from tests.slack.golden import FOLDER, shown, surface_of

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_prompt_on_slack_is_its_golden_file(name: str) -> None:
    golden = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert as_json(shown(SAMPLES[name])) == golden, "if it is better now: make golden"


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_the_shape_of_every_prompt(name: str) -> None:
    sent, surface = shown(SAMPLES[name]), surface_of(SAMPLES[name])
    problems = check_message(sent["blocks"]) if surface == "message" else check_view(sent, surface)
    assert problems == []


def test_every_golden_file_on_slack_has_its_sample() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SAMPLES)
