"""The words of the journey's steps by themselves, with any words that people might have typed in them."""

from dataclasses import make_dataclass
from pathlib import Path

from bot.mentoring.prompts import Prompt
from prompts.render import render
from prompts.view import Reader, View
from prompts.wording import FOLDER
from tests.prompts.typed import Typed

STEPS = FOLDER / "en" / "steps"
VARIABLES = ("partner", "you_learn", "you_teach", "programme", "purpose")
"""All that a step may know: the partner's name, the topics each way, what the programme is and is for."""


def step_files() -> dict[str, Path]:
    """The templates of steps by their keys."""
    return {path.name.removesuffix(".md.j2"): path for path in sorted(STEPS.glob("*.j2"))}


def step_view(key: str, said: Typed | None = None, *, topics: bool = True) -> View:
    """A step as somebody reads it who learns and teaches two things in the pair, or nothing yet."""
    typed = said or Typed()
    shown = (typed.topic, typed.second) if topics else ()
    kind = make_dataclass(
        f"steps/{key}", [(name, object) for name in VARIABLES], bases=(Prompt,), frozen=True
    )
    return render(kind(typed.other, shown, shown, typed.programme, typed.purpose), Reader("Europe/Berlin"))
