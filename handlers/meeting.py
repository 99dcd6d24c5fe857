"""Meetings at the edge: commands, buttons and forms for dates, agendas, notes, rhythms and calendars."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.mentoring.ids import PairId
from bot.mentoring.meetings import LENGTHS
from bot.mentoring.pair_texts import TEXT_LIMIT
from bot.mentoring.prompts import AgendaForm, FormPrompt, NotesForm, Prompt, TimesForm
from bot.mentoring.rights import Action
from bot.use_cases import agendas, calendars, checking_in, dates, rhythms
from handlers.asked import Ask, Command, Press
from handlers.fields import Form, Sent, clock, field, given
from prompts import labels
from prompts.view import Input, InputKind, Option

BETWEEN = "|"
"""Stands between a pair and what of it a button is about."""


def _meet(ask: Ask) -> Prompt:
    house = ask.caller.house.address
    return dates.meet(ask.actor, house, records=ask.records, now=ask.now, new_id=ask.new_id)


COMMANDS: tuple[Command, ...] = (
    Command("meet", Action.TAKE_PART, _meet),
    Command(
        "met",
        Action.TAKE_PART,
        lambda ask: checking_in.record_met(ask.actor, records=ask.records, now=ask.now, new_id=ask.new_id),
    ),
    Command(
        "agenda", Action.TAKE_PART, lambda ask: agendas.agenda(ask.actor, records=ask.records, now=ask.now)
    ),
    Command("notes", Action.TAKE_PART, lambda ask: agendas.notes(ask.actor, records=ask.records), reads=True),
)


def _parts(press: Press) -> tuple[PairId, str]:
    """(the pair, what of it)."""
    pair, _, rest = press.value.partition(BETWEEN)
    return PairId(pair), rest


def _pick(press: Press) -> Prompt:
    pair, stamp = _parts(press)
    house = press.caller.house.address
    return dates.pick(
        press.actor, pair, stamp, house, records=press.records, now=press.now, new_id=press.new_id
    )


def _cancel(press: Press) -> Prompt:
    pair, meeting = _parts(press)
    return dates.cancel(press.actor, pair, meeting, records=press.records, now=press.now, new_id=press.new_id)


def _settle(press: Press, *, took_place: bool) -> Prompt:
    pair, meeting = _parts(press)
    return checking_in.settle(
        press.actor, pair, meeting, took_place=took_place, records=press.records, now=press.now
    )


def _rhythm(press: Press) -> Prompt:
    pair, wish = _parts(press)
    return rhythms.choose_rhythm(
        press.actor, pair, wish, records=press.records, now=press.now, new_id=press.new_id
    )


def _met(press: Press) -> Prompt:
    pair = PairId(press.value)
    return checking_in.met(press.actor, pair, records=press.records, now=press.now, new_id=press.new_id)


def _not_yet(press: Press) -> Prompt:
    pair = PairId(press.value)
    return checking_in.not_yet(press.actor, pair, records=press.records, now=press.now, new_id=press.new_id)


def _times(press: Press) -> Prompt:
    return dates.open_times(press.actor, PairId(press.value), records=press.records, now=press.now)


def _calendar(press: Press, show: Callable[..., Prompt]) -> Prompt:
    house = press.caller.house.address
    return show(press.actor, house, records=press.records, new_id=press.new_id)


BUTTONS: dict[str, Callable[[Press], Prompt]] = {
    "met": _met,
    "not_yet": _not_yet,
    "settle_met": partial(_settle, took_place=True),
    "settle_not": partial(_settle, took_place=False),
    "propose_time": lambda press: dates.propose(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "other_times": _times,
    "pick": _pick,
    "take_back_times": lambda press: dates.take_back(press.actor, PairId(press.value), records=press.records),
    "cancel_meeting": _cancel,
    "open_agenda": lambda press: agendas.open_agenda(
        press.actor, PairId(press.value), records=press.records, now=press.now
    ),
    "show_notes": lambda press: agendas.show_notes(press.actor, PairId(press.value), records=press.records),
    "open_notes": lambda press: agendas.open_notes(press.actor, PairId(press.value), records=press.records),
    "show_rhythm": lambda press: rhythms.show_rhythm(press.actor, PairId(press.value), records=press.records),
    "rhythm": _rhythm,
    "show_calendar": partial(_calendar, show=calendars.show_calendar),
    "renew_calendar": partial(_calendar, show=calendars.renew_calendar),
}


def _times_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, TimesForm):
        raise TypeError(type(prompt))
    stamps = tuple(str(int(at.timestamp())) for at in prompt.times)
    offered = tuple(
        Option(stamp, _both_clocks(at, prompt)) for stamp, at in zip(stamps, prompt.times, strict=True)
    )
    box = field("times", "times", InputKind.CHECKS, *stamps, required=False)
    lengths = tuple(Option(str(length), labels.minutes_long(length)) for length in LENGTHS)
    return (
        *((replace(box, options=offered),) if offered else ()),
        field("times", "on", InputKind.DATE, *(() if offered else (prompt.on.isoformat(),)), required=False),
        field("times", "at", InputKind.TIME, clock(prompt.at), required=False),
        replace(field("times", "minutes", InputKind.CHOICE, str(prompt.minutes)), options=lengths),
    )


def _both_clocks(at: datetime, prompt: TimesForm) -> str:
    """A time as both read it: "Tue 1 Dec, 10:00 (18:00 for Ben)"."""
    here, there = (at.astimezone(ZoneInfo(zone)) for zone in (prompt.here, prompt.whom.zone))
    return labels.both_clocks(here, there, prompt.whom.partner)


def _offer(sent: Sent) -> Prompt:
    answers = (sent.many("times"), sent.one("on"), sent.one("at"), sent.one("minutes"))
    house = sent.caller.house.address
    return dates.offer(
        sent.actor,
        PairId(sent.value),
        answers,
        house,
        records=sent.records,
        now=sent.now,
        new_id=sent.new_id,
    )


def _agenda_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, AgendaForm):
        raise TypeError(type(prompt))
    text = given(prompt.yours)
    return (field("agenda", "agenda", InputKind.LONG_TEXT, *text, limit=TEXT_LIMIT),)


def _keep_agenda(sent: Sent) -> Prompt:
    pair = PairId(sent.value)
    return agendas.keep_agenda(sent.actor, pair, sent.one("agenda"), records=sent.records, now=sent.now)


def _notes_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, NotesForm):
        raise TypeError(type(prompt))
    text = given(prompt.yours)
    return (field("notes", "note", InputKind.LONG_TEXT, *text, limit=TEXT_LIMIT),)


def _keep_notes(sent: Sent) -> Prompt:
    return agendas.keep_notes(
        sent.actor,
        PairId(sent.value),
        sent.one("note"),
        records=sent.records,
        now=sent.now,
        new_id=sent.new_id,
    )


FORMS: dict[str, Form] = {
    TimesForm.form: Form(_times_fields, _offer),
    AgendaForm.form: Form(_agenda_fields, _keep_agenda),
    NotesForm.form: Form(_notes_fields, _keep_notes),
}
