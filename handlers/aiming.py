"""Goals, and what flows back: their command, buttons and forms."""

from collections.abc import Callable
from dataclasses import replace

from bot.mentoring.goals import LONGEST, Aim
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import BackForm, FormPrompt, GoalForm, Prompt, ReachedForm
from bot.mentoring.rights import Action
from bot.use_cases import aiming, flowing_back
from handlers.asked import Command, Press
from handlers.fields import Form, Sent, field, given
from prompts.render import BETWEEN
from prompts.view import Input, InputKind, Option


def _step_done(press: Press) -> Prompt:
    pair, _, step = press.value.partition(BETWEEN)
    return aiming.mark_step(press.actor, PairId(pair), step, records=press.records, now=press.now)


def _goal_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, GoalForm):
        raise TypeError(type(prompt))
    goal, kind = prompt.goal, InputKind.LONG_TEXT
    return (
        field("goal", "what", kind, *given(goal and goal.what), limit=LONGEST),
        field("goal", "evidence", kind, *given(goal and goal.evidence), limit=LONGEST),
        field("goal", "step", kind, *given(goal and not goal.step_done and goal.step), limit=LONGEST),
    )


def _set_goal(sent: Sent) -> Prompt:
    aim = Aim(sent.one("what"), sent.one("evidence"), sent.one("step"))
    return aiming.set_goal(sent.actor, PairId(sent.value), aim, records=sent.records, now=sent.now)


def _reached_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("reached", "tell", InputKind.CHECKS, required=False),)


def _reached(sent: Sent) -> Prompt:
    pair, _, number = sent.value.partition(BETWEEN)
    tell = bool(sent.many("tell"))
    return aiming.reach_goal(sent.actor, PairId(pair), number, tell=tell, records=sent.records, now=sent.now)


def _back_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, BackForm):
        raise TypeError(type(prompt))
    offered = tuple(Option(topic, topic) for topic in prompt.topics)
    return (replace(field("back", "back", InputKind.CHOICES, limit=flowing_back.MOST), options=offered),)


def _back(sent: Sent) -> Prompt:
    return flowing_back.choose_back(
        sent.actor, PairId(sent.value), sent.many("back"), records=sent.records, now=sent.now
    )


COMMANDS = (
    Command(
        "goals",
        Action.TAKE_PART,
        lambda ask: aiming.show_goals(ask.actor, records=ask.records),
        reads=True,
    ),
)

BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "show_goals": lambda press: aiming.show_goals(press.actor, records=press.records),
    "open_goal": lambda press: aiming.open_goal(press.actor, PairId(press.value), records=press.records),
    "step_done": _step_done,
    "goal_reached": lambda press: aiming.ask_reached(press.actor, PairId(press.value), records=press.records),
    "open_back": lambda press: flowing_back.open_back(
        press.actor, PairId(press.value), records=press.records
    ),
}

FORMS: dict[str, Form] = {
    GoalForm.form: Form(_goal_fields, _set_goal),
    ReachedForm.form: Form(_reached_fields, _reached),
    BackForm.form: Form(_back_fields, _back),
}
