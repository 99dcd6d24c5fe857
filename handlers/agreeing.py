"""Expectations and the agreement: their commands, buttons and forms."""

from collections.abc import Callable

from bot.mentoring.agreement import ALONE, TOGETHER, Terms
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import ChangeForm, ExpectForm, FormPrompt, Prompt
from bot.mentoring.rights import Action
from bot.use_cases import agreeing
from handlers.asked import Command, Press
from handlers.fields import Form, Sent, field, given
from prompts import labels
from prompts.render import BETWEEN
from prompts.view import Input, InputKind

_USUAL = {"often": "fortnightly", "reply": "two_days", "look_back": "8"}
"""What the choices open with: the rhythm of the journey, and answers that leave room for the day's work."""
_OPTIONAL = ("worry", "off_limits", "ends")


def _split(press: Press) -> tuple[PairId, str]:
    """The pair of a button, and what else it names."""
    pair, _, rest = press.value.partition(BETWEEN)
    return PairId(pair), rest


def _agree(press: Press) -> Prompt:
    pair, change = _split(press)
    return agreeing.agree(press.actor, pair, change, records=press.records, now=press.now)


def _keep(press: Press) -> Prompt:
    pair, change = _split(press)
    return agreeing.keep_terms(press.actor, pair, change, records=press.records, now=press.now)


def _take_back(press: Press) -> Prompt:
    pair, change = _split(press)
    return agreeing.take_back(press.actor, pair, change, records=press.records, now=press.now)


def _undo(press: Press) -> Prompt:
    return agreeing.undo_change(
        press.actor, PairId(press.value), records=press.records, now=press.now, new_id=press.new_id
    )


def _version(press: Press) -> Prompt:
    pair, number = _split(press)
    return agreeing.show_version(press.actor, pair, number, records=press.records, now=press.now)


def _terms_fields(form: str, terms: Terms | None, limit: int) -> tuple[Input, ...]:
    return tuple(_term(form, key, terms, limit) for key in labels.fields(form))


def _term(form: str, key: str, terms: Terms | None, limit: int) -> Input:
    value = getattr(terms, key) if terms else _USUAL.get(key)
    required = key not in _OPTIONAL
    if key in _USUAL:
        return field(form, key, InputKind.CHOICE, *given(value))
    if key == "ends":
        return field(form, key, InputKind.DATE, *given(value), required=required)
    return field(form, key, InputKind.LONG_TEXT, *given(value), required=required, limit=limit)


def _expect_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ExpectForm):
        raise TypeError(type(prompt))
    return _terms_fields(prompt.form, prompt.terms, ALONE)


def _change_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ChangeForm):
        raise TypeError(type(prompt))
    return _terms_fields(prompt.form, prompt.terms, TOGETHER)


def _answers(sent: Sent, form: str) -> dict[str, str]:
    return {key: sent.one(key) for key in labels.fields(form)}


def _expect(sent: Sent) -> Prompt:
    answers = _answers(sent, ExpectForm.form)
    return agreeing.keep_expectations(
        sent.actor, PairId(sent.value), answers, records=sent.records, now=sent.now
    )


def _change(sent: Sent) -> Prompt:
    pair, _, base = sent.value.partition(BETWEEN)
    return agreeing.suggest_change(
        sent.actor,
        PairId(pair),
        base,
        _answers(sent, ChangeForm.form),
        records=sent.records,
        now=sent.now,
        new_id=sent.new_id,
    )


COMMANDS = (
    Command(
        "expect",
        Action.TAKE_PART,
        lambda ask: agreeing.open_expect(ask.actor, "", records=ask.records, now=ask.now),
        reads=True,
    ),
    Command(
        "agreement",
        Action.TAKE_PART,
        lambda ask: agreeing.show_agreement(ask.actor, "", records=ask.records, now=ask.now),
        reads=True,
    ),
)


def _still_fine(press: Press) -> Prompt:
    journey = press.caller.house.journey
    return agreeing.answer_aligned(
        press.actor, PairId(press.value), journey, records=press.records, now=press.now
    )


BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "open_expect": lambda press: agreeing.open_expect(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "show_agreement": lambda press: agreeing.show_agreement(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "show_version": _version,
    "agree": _agree,
    "keep_terms": _keep,
    "suggest_change": lambda press: agreeing.open_change(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "take_back_change": _take_back,
    "undo_change": _undo,
    "still_fine": _still_fine,
}

FORMS: dict[str, Form] = {
    ExpectForm.form: Form(_expect_fields, _expect),
    ChangeForm.form: Form(_change_fields, _change),
}
