"""`bothways journey`: the whole journey as people read it, and what is wrong with one that was changed."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

import yaml
from jinja2 import TemplateError, TemplateNotFound

from bot.catalogue import JourneyError, load_journey
from bot.mentoring.ids import PairId, address
from bot.mentoring.pair import Reason
from bot.mentoring.prompts import (
    Card,
    Facts,
    Introduction,
    NextDate,
    PairAsked,
    Prompt,
    StepCheckIn,
    StepQuestion,
)
from bot.mentoring.rehearsal import weeks
from bot.mentoring.steps import Journey, Kind, Step, To, flaws
from bot.use_cases.telling import WITH_FACTS
from handlers.buttons import BUTTONS
from prompts.journey_words import JourneyWords
from prompts.render import render, step_template
from prompts.view import Button, Buttons, Reader, View
from prompts.wording import FALLBACK, FOLDER

LONGEST = 600
"""Characters of a message that the bot starts."""
_PAIR = PairId("pair")
_ANA, _BEN = (address("slack", "T1", key) for key in ("ANA", "BEN"))
_DATES = tuple(datetime(2026, 11, 30, 10, tzinfo=UTC) + timedelta(days=days) for days in (0, 2))
_JOURNEY = "journey.yml"


class Side(StrEnum):
    """Whose journey is shown: what both read, what each reads alone, and what this side does."""

    JUNIOR = "junior"
    SENIOR = "senior"
    LEARNER = "learner"
    TEACHER = "teacher"


@dataclass(frozen=True)
class People:
    """The two of the example, and what they say."""

    junior: str
    senior: str
    topic: str
    second: str
    programme: str
    purpose: str
    departments: tuple[str, str] = ("", "")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the two are a pair."""
        known = all(self.departments)
        return (Reason("levels", ("3",)), Reason("departments", self.departments)) if known else ()


_SHORT = People("a", "b", "c", "d", "e", "f")
"""Who says next to nothing, so that only our own words are counted."""


def page(journey: Journey, side: Side | None = None, locale: str = FALLBACK) -> str:
    """Every prompt in Markdown, week by week, and then those that come only where they are needed."""
    words, when = JourneyWords(locale), weeks(journey)
    shown = [step for step in journey.steps if side is None or step.to in (To.BOTH, To.EACH, To(side))]
    parts = [f"# {words.line('title')}\n\n{words.line('intro')}\n"]
    for week in sorted({when[step.key] for step in shown if step.key in when}):
        parts.append(f"## {words.line('week', week=week)}\n")
        parts += [_shown(step, journey, words, locale) for step in shown if when.get(step.key) == week]
    parts.append(f"## {words.line('otherwise')}\n")
    parts += [_shown(step, journey, words, locale) for step in shown if step.key not in when]
    return "\n".join(parts)


def _shown(step: Step, journey: Journey, words: JourneyWords, locale: str) -> str:
    first, *answered = examples(step, People(**words.example()))
    lines = [f"### {step.key}\n", f"_{words.moment(step, journey)}_\n", _quoted(_view(first, locale))]
    for answer, prompt in zip(step.answers, answered, strict=False):
        named = words.line("after", answer=answer.replace("_", " "))
        lines.append(f"\n_{named}_\n\n{_quoted(_view(prompt, locale))}")
    return "\n".join(lines) + "\n"


def _quoted(view: View) -> str:
    return "\n".join(f"> {line}".rstrip() for line in view.text.splitlines())


def _view(prompt: Prompt, locale: str, folder: Path = FOLDER) -> View:
    return render(prompt, Reader("Europe/Berlin", locale), folder)


def examples(step: Step, said: People) -> tuple[Prompt, ...]:
    """A step as it is first said in a pair of which both learn, and after each of its answers."""
    if step.kind is Kind.INTRODUCTION:
        return (_introduction(said),)
    if step.kind is Kind.CHECK_IN:
        asked = PairAsked(_PAIR, said.senior)
        free = NextDate("Europe/London", times=_DATES)
        pairs = (asked, *(replace(asked, answered=answer, next=free) for answer in step.answers))
        return tuple(StepCheckIn(step.key, step.doubt, step.lasts_days, (one,)) for one in pairs)
    first = WITH_FACTS[step.kind](step.key, step.doubt, step.lasts_days, facts(step.to, said))
    if not isinstance(first, StepQuestion):
        return (first,)
    return (first, *(replace(first, answered=answer) for answer in step.answers))


def facts(to: To, said: People) -> Facts:
    """The pair as the one reads it whom a step speaks to."""
    known = Facts(
        pair=_PAIR,
        you=said.junior,
        partner=said.senior,
        you_learn=(said.topic,),
        you_teach=(said.second,),
        lateral=False,
        programme=said.programme,
        purpose=said.purpose,
        room=to is To.BOTH,
    )
    if to is not To.SENIOR:
        return known
    return replace(
        known, you=said.senior, partner=said.junior, you_learn=(said.second,), you_teach=(said.topic,)
    )


def _introduction(said: People) -> Introduction:
    one = Card(
        who=_ANA,
        name=said.junior,
        level=2,
        department=said.departments[0],
        learn=(said.topic,),
        teach=(said.second,),
        zone="Europe/Berlin",
        starts=time(9),
        ends=time(17),
        languages=("de", "en"),
    )
    return Introduction(
        one=one,
        other=replace(one, who=_BEN, name=said.senior, level=5, department=said.departments[1]),
        one_learns=(said.topic,),
        other_learns=(said.second,),
        reasons=said.reasons,
        books=_ANA,
        books_name=said.junior,
        lateral=False,
        programme=said.programme,
        purpose=said.purpose,
        pair=_PAIR,
    )


def findings(folder: Path = FOLDER, locale: str = FALLBACK) -> Iterator[str]:
    """What is wrong with a journey and its words, one line each, with the place.

    `folder` holds journey.yml and <locale>/steps/; words that it does not hold are the product's own.
    """
    words = JourneyWords(locale)
    try:
        journey = load_journey(folder / _JOURNEY)
    except OSError:
        yield words.wrong("none", file=_JOURNEY)
        return
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        yield words.wrong("lines", file=_JOURNEY, line=line, why=error.problem)
        return
    except (JourneyError, yaml.YAMLError, UnicodeDecodeError) as error:
        yield words.wrong("unreadable", file=_JOURNEY, why=" ".join(str(error).split()))
        return
    yield from (words.wrong("unreadable", file=_JOURNEY, why=flaw) for flaw in flaws(journey))
    for step in journey.steps:
        yield from _of_step(step, folder, locale, words)
    for path in sorted(folder.glob("*/steps/*")):
        if path.name.removesuffix(".md.j2") not in journey.by_key and not path.name.startswith("_"):
            yield words.wrong("stray", file=path.relative_to(folder))


def well(folder: Path = FOLDER, locale: str = FALLBACK) -> str:
    """That nothing is wrong with a journey, and how much it holds."""
    journey = load_journey(folder / _JOURNEY)
    return JourneyWords(locale).line("well", steps=len(journey.steps), stages=len(journey.stages))


def _of_step(step: Step, folder: Path, locale: str, words: JourneyWords) -> Iterator[str]:
    file = "introduction.md.j2" if step.kind is Kind.INTRODUCTION else step_template(step.key)
    place = f"{locale}/{file}"
    try:
        views = [_view(prompt, locale, folder) for prompt in examples(step, _SHORT)]
    except TemplateNotFound as error:
        yield words.wrong("none", file=f"{locale}/{error.name}")
        return
    except (TemplateError, ValueError, TypeError) as error:
        yield words.wrong("lines", file=place, line=_line(error, file), why=" ".join(str(error).split()))
        return
    if not views[0].text.strip():
        yield words.wrong("empty", file=place)
    if len(views[0].text) > LONGEST:
        yield words.wrong("long", file=place, length=len(views[0].text), most=LONGEST)
    for button in sorted({one for view in views for one in _buttons(view)}, key=lambda one: one.label):
        if button.action not in BUTTONS:
            yield words.wrong("action", file=place, label=button.label, action=button.action)


def _line(error: Exception, file: str) -> int:
    """The line of a template on which it went wrong; the first where nobody knows."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(file)
    ]
    known = getattr(error, "lineno", None)
    return known or next((line for line in reversed(lines) if line), 1)


def _buttons(view: View) -> Iterator[Button]:
    return (button for block in view.blocks if isinstance(block, Buttons) for button in block.buttons)
