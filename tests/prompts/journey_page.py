"""Every prompt of a whole journey, per side, on one page that `make golden` writes anew."""

import sys
from pathlib import Path

from bot.mentoring.steps import Again, Anchor, Journey, Stage, Step, To
from tests.prompts.golden import view_of
from tests.prompts.journey_samples import JOURNEY, sample
from tests.prompts.samples import samples
from tests.prompts.typed import Typed

PAGE = Path(__file__).parent.parent / "golden" / "journey.md"
PEOPLE = Typed()
INTRO = (
    "Ana (level 2) and Ben (level 5) both learn. Written by `make golden`; the steps are those of"
    " `prompts/journey.yml`, in the order in which they stand there."
)
SIDES = {
    To.BOTH: "both, in their room",
    To.EACH: "each alone",
    To.JUNIOR: "the junior side alone",
    To.SENIOR: "the senior side alone",
    To.LEARNER: "whoever learns, alone",
    To.TEACHER: "whoever teaches, alone",
}


def page(journey: Journey = JOURNEY) -> str:
    """The page: the stages in their order, each step with whom it speaks to, when, and its words."""
    parts = [f"# Every prompt of a journey\n\n{INTRO}\n"]
    for stage in journey.stages:
        parts.append(f"## {stage.key.replace('_', ' ').capitalize()}\n\n{_stage(stage)}\n")
        parts += [_step(step) for step in journey.steps if step.stage == stage.key]
    return "\n".join(parts)


def _stage(stage: Stage) -> str:
    locked = ", once the two know each other a bit" if stage.locked else ""
    return f"_Opens {stage.opens.replace('_', ' ')}{locked}._"


def _step(step: Step) -> str:
    prompt = samples()["introduction"] if step.key == "introduction" else sample(step, PEOPLE)
    told = "\n".join(f"> {line}".rstrip() for line in view_of(prompt).text.splitlines())
    lines = [
        f"### {step.key}\n",
        f"_{step.kind.replace('_', ' ')}, to {SIDES[step.to]}; {_when(step)}._\n",
        told,
    ]
    lines += [
        f"\n_after \u201c{one.replace('_', ' ')}\u201d:_\n\n{_answered(step, one)}" for one in step.answers
    ]
    return "\n".join(lines) + "\n"


def _answered(step: Step, answer: str) -> str:
    answered = samples().get(f"{step.key}_{answer}") or samples()[f"{step.key}_answered"]
    return "\n".join(f"> {line}".rstrip() for line in view_of(answered).text.splitlines())


def _when(step: Step) -> str:
    nth = f" {step.nth}" if step.nth else ""
    parts = [f"{step.days} days after {step.after.replace('_', ' ')}{nth}"]
    if step.after is Anchor.STAGE:
        parts = [f"{step.days} days after the stage opens"]
    parts += [f"by day {step.latest_days}"] if step.latest_days is not None else []
    parts += [f"{step.undated_days} days after the last where no date is set"] if step.undated_days else []
    parts += [f"only {' and '.join(one.replace('_', ' ') for one in step.only)}"] if step.only else []
    parts += [f"unless {' or '.join(one.replace('_', ' ') for one in step.unless)}"] if step.unless else []
    parts += [f"in one pair of a person within {step.alone_days} days"] if step.alone_days else []
    parts += [f"again {step.again}"] if step.again is not Again.NEVER else []
    return ", ".join(parts)


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"the journey written to {PAGE}\n")


if __name__ == "__main__":
    main()
