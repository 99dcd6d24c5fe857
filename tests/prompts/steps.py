"""The words of the steps that coach, by themselves, with any words that people might have typed in them."""

from dataclasses import make_dataclass
from pathlib import Path

from bot.mentoring.prompts import Prompt
from prompts.render import render
from prompts.view import Reader, View
from prompts.wording import FOLDER
from tests.prompts.typed import Typed

SENIOR = ("senior_before_1", "senior_before_2", "senior_before_3")
JUNIOR = ("junior_before_1", "junior_before_2")
COACHING = ("teacher_card", "roles_compared", "managing_up", "primer", "ethics_code", "handover")
DILEMMAS = ("dilemma_credit", "dilemma_feedback", "dilemma_conflict")
STEPS = (*SENIOR, *JUNIOR, *COACHING, *DILEMMAS)
VARIABLES = ("partner", "you_learn", "you_teach", "programme", "purpose")
"""All that a step may know: the partner's name, the topics each way, what the programme is and is for."""


def step_file(key: str) -> Path:
    """The template of a step."""
    return FOLDER / "en" / "steps" / f"{key}.md.j2"


def step_view(key: str, said: Typed | None = None, *, topics: bool = True) -> View:
    """A step as somebody reads it who learns and teaches two things in the pair, or nothing yet."""
    typed = said or Typed()
    shown = (typed.topic, typed.second) if topics else ()
    kind = make_dataclass(
        f"steps/{key}", [(name, object) for name in VARIABLES], bases=(Prompt,), frozen=True
    )
    return render(kind(typed.other, shown, shown, typed.programme, typed.purpose), Reader("Europe/Berlin"))
