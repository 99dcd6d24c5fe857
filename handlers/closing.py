"""How a pair feels, how it ends, whether it goes on: commands, buttons and forms."""

from collections.abc import Callable

from bot.mentoring.closing import GoOn, LookBack
from bot.mentoring.fit import Fit
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import FormPrompt, LookBackForm, Prompt
from bot.mentoring.rights import Action
from bot.use_cases import closing, fitting, going_on, parting
from handlers.asked import Command, Press
from handlers.fields import Form, Sent, field, flag, given
from prompts.view import Input, InputKind

TEXTS = ("for_me", "for_you", "hard", "thanks", "contact")


def _fit(fit: Fit) -> Callable[[Press], Prompt]:
    return lambda press: fitting.answer_fit(
        press.actor, PairId(press.value), fit, records=press.records, now=press.now
    )


def _go_on(said: GoOn) -> Callable[[Press], Prompt]:
    return lambda press: going_on.answer(
        press.actor, PairId(press.value), said, records=press.records, now=press.now
    )


def _end(press: Press) -> Prompt:
    return parting.end_pair(
        press.actor, PairId(press.value), records=press.records, now=press.now, new_id=press.new_id
    )


def _rematch(press: Press) -> Prompt:
    return parting.rematch(
        press.actor, PairId(press.value), records=press.records, now=press.now, new_id=press.new_id
    )


def _look_back_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, LookBackForm):
        raise TypeError(type(prompt))
    kept, form = prompt.kept, prompt.form
    texts = tuple(
        field(
            form,
            key,
            InputKind.LONG_TEXT,
            *given(getattr(kept, key)),
            required=False,
            limit=closing.WORDS_LIMIT,
        )
        for key in TEXTS
    )
    checks = (
        field(form, "shared", InputKind.CHECKS, *flag(on=kept.shared), required=False),
        field(form, "again", InputKind.CHECKS, *flag(on=kept.again), required=False),
    )
    return (*texts, *checks)


def _look_back(sent: Sent) -> Prompt:
    said = LookBack(
        for_me=sent.one("for_me"),
        for_you=sent.one("for_you"),
        hard=sent.one("hard"),
        thanks=sent.one("thanks"),
        contact=sent.one("contact"),
        shared=bool(sent.many("shared")),
        again=bool(sent.many("again")),
    )
    return closing.look_back(
        sent.actor, PairId(sent.value), said, records=sent.records, now=sent.now, new_id=sent.new_id
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "end",
        Action.TAKE_PART,
        lambda ask: parting.ask_end(ask.actor, records=ask.records),
        reads=True,
    ),
    Command(
        "rematch",
        Action.TAKE_PART,
        lambda ask: parting.ask_rematch(ask.actor, records=ask.records),
        reads=True,
    ),
)

BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "open_fit": lambda press: fitting.ask_fit(
        press.actor, PairId(press.value), press.caller.house.journey, records=press.records
    ),
    "fit_good": _fit(Fit.GOOD),
    "fit_unsure": _fit(Fit.UNSURE),
    "fit_not_right": _fit(Fit.NOT_RIGHT),
    "helped": lambda press: fitting.answer_helped(
        press.actor, press.value, records=press.records, now=press.now
    ),
    "ask_end": lambda press: parting.ask_end_of(press.actor, PairId(press.value), records=press.records),
    "open_end": lambda press: parting.ask_end(press.actor, records=press.records),
    "open_rematch": lambda press: parting.ask_rematch(press.actor, records=press.records),
    "end_yes": _end,
    "rematch": _rematch,
    "open_again": lambda press: parting.open_again(press.actor, records=press.records),
    "rest": lambda press: parting.rest(press.actor, records=press.records, now=press.now),
    "let_go_on": lambda press: parting.let_go_on(
        press.actor, PairId(press.value), records=press.records, now=press.now, new_id=press.new_id
    ),
    "close_together": lambda press: closing.propose(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "close_agree": lambda press: closing.agree(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "close_not_now": lambda press: closing.not_now(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "look_back": lambda press: closing.open_look_back(
        press.actor, PairId(press.value), records=press.records
    ),
    "go_on": _go_on(GoOn.YES),
    "not_go_on": _go_on(GoOn.NO),
}

FORMS: dict[str, Form] = {LookBackForm.form: Form(_look_back_fields, _look_back)}
