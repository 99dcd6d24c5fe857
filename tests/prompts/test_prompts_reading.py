"""How hard each prompt is to read, as a figure for each: plain for people who read in a second language."""

import pytest

from prompts.view import Bullets, Heading, Note, Paragraph, Span, View
from tests.prompts.reading_level import Level, every_view, level_of
from tests.prompts.test_prompts_words import STARTED

LEVELS = {name: level_of(view) for name, view in every_view().items()}
SENT = sorted({*STARTED, *(name for name in LEVELS if name.startswith("steps/"))})
"""What arrives while people do something else."""
VERY_EASY, QUITE_EASY = Level(20, 30), Level(25, 36)
"""For what is sent, and for what somebody asked to read; see reading_level.py for the scales."""


@pytest.mark.parametrize("name", LEVELS)
def test_a_prompt_is_easy_to_read(name: str) -> None:
    most, found = (VERY_EASY if name in SENT else QUITE_EASY), LEVELS[name]
    assert found.eflaw <= most.eflaw, found
    assert found.lix <= most.lix, found


def _view(*sentences: str) -> View:
    return View("", tuple(Paragraph((Span(one),)) for one in sentences))


def test_a_text_of_offices_is_found_to_be_hard() -> None:
    hard = level_of(
        _view(
            "Notwithstanding organisational considerations regarding participation, individuals who "
            "demonstrate interest in developmental opportunities communicate corresponding preferences "
            "to the programme administration of the department to which they have been assigned."
        )
    )
    assert hard.eflaw > QUITE_EASY.eflaw
    assert hard.lix > QUITE_EASY.lix


def test_points_of_a_list_headings_and_notes_are_sentences_of_their_own() -> None:
    point = (Span("One two three four"),)
    listed = View("", (Heading("One two three four"), Bullets((point, point)), Note(point)))
    assert level_of(listed) == level_of(_view("One two three four."))
    assert level_of(View("")) == Level(0, 0)
