"""The words of the steps that coach, by themselves, with any words that people might have typed in them."""

from dataclasses import fields, replace
from pathlib import Path

from bot.mentoring.prompts import Facts, StepCard, StepDilemma
from bot.mentoring.steps import To
from prompts.render import render
from prompts.view import Reader, View
from prompts.wording import FOLDER
from tests.prompts.journey_samples import JOURNEY, sample
from tests.prompts.typed import Typed

SENIOR = tuple(step.key for step in JOURNEY.steps if step.to is To.SENIOR)
JUNIOR = tuple(step.key for step in JOURNEY.steps if step.to is To.JUNIOR)
COACHING = ("teacher_card", "roles_compared", "managing_up", "primer", "keep_the_code", "handover")
DILEMMAS = ("dilemma_credit", "dilemma_feedback", "dilemma_conflict", "dilemma_favour")
STEPS = (*SENIOR, *JUNIOR, *COACHING, *DILEMMAS)
VARIABLES = tuple(field.name for field in fields(Facts))
"""All that a step about one pair may know."""


def step_file(key: str) -> Path:
    """The template of a step."""
    return FOLDER / "en" / "steps" / f"{key}.md.j2"


def step_view(key: str, said: Typed | None = None, *, topics: bool = True) -> View:
    """A step as somebody reads it who learns and teaches two things in the pair, or nothing yet."""
    typed = said or Typed()
    shown = (typed.topic, typed.second) if topics else ()
    step = sample(JOURNEY.by_key[key], typed)
    assert isinstance(step, StepCard | StepDilemma)
    told = replace(step, facts=replace(step.facts, you_learn=shown, you_teach=shown))
    return render(told, Reader("Europe/Berlin"))
