"""The buttons of a pair's journey: answers, Snooze, starting again."""

from collections.abc import Callable

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import Prompt
from bot.use_cases import answering
from handlers.asked import Press
from prompts.render import BETWEEN

_PARTS = 3


def _answer(press: Press) -> Prompt:
    parts = press.value.split(BETWEEN)
    if len(parts) != _PARTS:
        raise NotFound
    pair, step, said = parts
    journey = press.caller.house.journey
    return answering.answer(
        press.actor, PairId(pair), step, said, journey, records=press.records, now=press.now
    )


def _snooze(*, here: bool) -> Callable[[Press], Prompt]:
    return lambda press: answering.snooze(
        press.actor, press.value.split(BETWEEN), records=press.records, now=press.now, here=here
    )


BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "answer": _answer,
    "snooze": _snooze(here=False),
    "snooze_here": _snooze(here=True),
    "wake": lambda press: answering.wake(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
}
