"""The page with the whole journey is the one that the words make now."""

from bot.journey_pages import Side, page
from bot.mentoring.steps import To
from tests.prompts.journey_page import PAGE
from tests.prompts.journey_samples import JOURNEY


def steps_of(text: str) -> list[str]:
    """The steps that a page shows."""
    return [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")]


def test_the_page_of_the_journey_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(JOURNEY), (
        "`make golden` writes it anew; look at the difference"
    )


def test_the_page_shows_every_step_once_and_the_weeks_in_order() -> None:
    shown = page(JOURNEY)
    assert sorted(steps_of(shown)) == sorted(JOURNEY.by_key)
    weeks = [int(line.split()[-1]) for line in shown.splitlines() if line.startswith("## Week ")]
    assert weeks == sorted(weeks)
    assert (weeks[0], weeks[-1]) == (1, 26)


def test_the_page_of_a_side_leaves_out_what_only_others_read() -> None:
    whom = {step.key: step.to for step in JOURNEY.steps}
    for side in Side:
        assert {whom[key] for key in steps_of(page(JOURNEY, side))} == {To.BOTH, To.EACH, To(side)}


def test_what_an_answer_brings_is_shown_as_it_is_said() -> None:
    after = page(JOURNEY).split("### did_you_meet\n")[1].split("###")[0].split('_after "not yet":_')[1]
    assert "not yet, and that is fine" in after
