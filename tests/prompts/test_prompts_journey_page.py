"""The page with the whole journey is the one that the words make now."""

from tests.prompts.journey_page import PAGE, page
from tests.prompts.journey_samples import JOURNEY


def test_the_page_of_the_journey_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make golden` writes it anew; look at the difference"


def test_the_page_shows_every_stage_and_every_step_once() -> None:
    lines = page().splitlines()
    assert sum(line.startswith("## ") for line in lines) == len(JOURNEY.stages)
    assert [line.removeprefix("### ") for line in lines if line.startswith("### ")] == list(JOURNEY.by_key)
