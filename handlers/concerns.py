"""Concerns: the command, buttons and forms; all of it in windows."""

from collections.abc import Callable
from dataclasses import replace

from bot.mentoring.concern import WORDS_LIMIT, ForThePair
from bot.mentoring.ids import Address, PairId
from bot.mentoring.prompts import ConcernAboutForm, ConcernForm, FormPrompt, Listener, Prompt
from bot.mentoring.prompts.concern import SEPARATOR
from bot.mentoring.rights import Action
from bot.use_cases import passing_on, raising
from handlers.asked import Command, Press
from handlers.fields import Form, Sent, field, given
from prompts import labels
from prompts.view import Input, InputKind, Option

WITH_A_PAIR = frozenset({ForThePair.REST, ForThePair.END})


def _options(listeners: tuple[Listener, ...]) -> tuple[Option, ...]:
    """Those who listen, in the order in which the form names them; one without a name by their place."""
    named = ((one, labels.nth_person(place)) for place, one in enumerate(listeners, start=1))
    return tuple(Option(one.who, one.name or place) for one, place in named)


def _about_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ConcernAboutForm):
        raise TypeError(type(prompt))
    close = field(prompt.form, "close", InputKind.CHECKS, required=False)
    return (
        field(prompt.form, "about", InputKind.PERSON, *given(prompt.about)),
        replace(close, options=_options(prompt.listeners)),
    )


def _fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ConcernForm):
        raise TypeError(type(prompt))
    contact = field(prompt.form, "contact", InputKind.CHOICE)
    pair = field(prompt.form, "pair", InputKind.CHOICE, ForThePair.NOTHING)
    possible = tuple(one for one in pair.options if prompt.paired or one.value not in WITH_A_PAIR)
    return (
        replace(contact, options=_options(prompt.listeners)),
        field(prompt.form, "words", InputKind.LONG_TEXT, limit=WORDS_LIMIT),
        replace(pair, options=possible),
    )


def _choose(sent: Sent) -> Prompt:
    close = tuple(map(Address, sent.many("close")))
    return raising.choose_listener(
        sent.actor, sent.person("about"), close, records=sent.records, now=sent.now
    )


def _give(sent: Sent) -> Prompt:
    about, *close = map(Address, sent.value.split(SEPARATOR))
    answers = raising.ConcernAnswers(
        about=about or None,
        close=tuple(close),
        contact=sent.person("contact"),
        words=sent.one("words"),
        for_pair=sent.one("pair"),
    )
    return raising.give(sent.actor, answers, records=sent.records, now=sent.now, new_id=sent.new_id)


def _open(press: Press) -> Prompt:
    pair = PairId(press.value) if press.value else None
    return raising.open_form(press.actor, pair, records=press.records, now=press.now)


def _pass_on(press: Press) -> Prompt:
    concern, _, contact = press.value.partition(SEPARATOR)
    return passing_on.pass_on(
        press.actor, concern, Address(contact), records=press.records, now=press.now, new_id=press.new_id
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "concern",
        Action.READ,
        lambda ask: raising.show(ask.actor, records=ask.records, now=ask.now),
        reads=True,
    ),
)

BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "open_concern": _open,
    "show_concerns": lambda press: raising.show(press.actor, records=press.records, now=press.now),
    "read_concern": lambda press: raising.read(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "keep_concern": lambda press: raising.keep_longer(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "pass_on_concern": lambda press: passing_on.choose_another(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "send_concern": _pass_on,
    "take_back_concern": lambda press: raising.take_back(
        press.actor, press.value, records=press.records, now=press.now
    ),
}

FORMS: dict[str, Form] = {
    ConcernAboutForm.form: Form(_about_fields, _choose),
    ConcernForm.form: Form(_fields, _give),
}
