"""Coaching by role: discovering what to learn, the code, and words about one person or one incident."""

from collections.abc import Callable

from bot.mentoring.prompts import DiscoverForm, FormPrompt, Prompt
from bot.mentoring.rights import Action
from bot.use_cases import acknowledging, discovering
from handlers.asked import BETWEEN, Command, Press
from handlers.fields import Form, Sent, field
from prompts import labels
from prompts.view import Input, InputKind


def _questions(_prompt: FormPrompt) -> tuple[Input, ...]:
    return tuple(field(DiscoverForm.form, key, InputKind.CHOICE) for key in labels.fields(DiscoverForm.form))


def _discover(sent: Sent) -> Prompt:
    discovery = sent.caller.house.discovery
    answers = {question: sent.one(question) for question in discovery.questions}
    return discovering.discover(sent.actor, answers, discovery, sent.topics, records=sent.records)


def _add_idea(press: Press) -> Prompt:
    topic, *ideas = press.value.split(BETWEEN)
    return discovering.add_idea(press.actor, topic, tuple(ideas), press.topics, records=press.records)


COMMANDS = (
    Command("discover", Action.TAKE_PART, lambda ask: discovering.open_discover(ask.actor), reads=True),
)

BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "open_discover": lambda press: discovering.open_discover(press.actor),
    "add_idea": _add_idea,
    "keep_code": lambda press: acknowledging.acknowledge_code(
        press.actor, press.value, records=press.records, now=press.now
    ),
}

FORMS: dict[str, Form] = {DiscoverForm.form: Form(_questions, _discover)}
