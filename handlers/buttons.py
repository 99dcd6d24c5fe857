"""Every button, for all platforms, in one table: action name to use case."""

from collections.abc import Callable
from datetime import datetime

from bot import public_holidays
from bot.mentoring.errors import BadInput, CannotTakePart, NotPossibleNow, Problem
from bot.mentoring.ids import Address, PairId, RoundId
from bot.mentoring.prompts import Prompt
from bot.ports import Message, NewId, Records
from bot.use_cases import (
    blocking,
    finding,
    joining,
    naming,
    opening,
    pausing,
    previewing,
    proposing,
    rounds,
    setting_up,
    showing,
    summarising,
    weighing,
    welcoming,
)
from bot.use_cases.acting import actor_at
from bot.use_cases.saying import to_person
from handlers import agreeing, aiming, closing, coaching, concerns, journey, meeting
from handlers.asked import Press, gathered
from handlers.caller import Caller
from handlers.commands import shown_commands
from handlers.refusals import attempt
from prompts import labels
from prompts.render import BETWEEN


def _accept(press: Press) -> Prompt:
    return proposing.accept(
        press.actor,
        PairId(press.value),
        press.caller.house.journey,
        records=press.records,
        now=press.now,
        new_id=press.new_id,
    )


def _decline(press: Press) -> Prompt:
    return proposing.decline(
        press.actor, PairId(press.value), records=press.records, now=press.now, new_id=press.new_id
    )


def _ask_pair(press: Press) -> Prompt:
    teacher, _, topic = press.value.partition(BETWEEN)
    return finding.ask_to_pair(
        press.actor,
        Address(teacher),
        topic,
        press.topics,
        records=press.records,
        now=press.now,
        new_id=press.new_id,
    )


def _review(press: Press) -> Prompt:
    key, _, page = press.value.partition(BETWEEN)
    if page and not (page.isascii() and page.isdigit() and len(page) <= len("9999")):
        raise BadInput("page", Problem.NOT_A_NUMBER)
    return rounds.review(press.actor, RoundId(key), int(page or 0), records=press.records)


def _draft(press: Press) -> Prompt:
    return rounds.draft(
        press.actor,
        press.matcher,
        records=press.records,
        now=press.now,
        new_id=press.new_id,
    )


def _wish(what: previewing.Wish) -> Callable[[Press], Prompt]:
    return lambda press: previewing.wish(
        press.actor,
        what,
        press.value,
        press.matcher,
        records=press.records,
        now=press.now,
        new_id=press.new_id,
    )


def _leave(press: Press) -> Prompt:
    return pausing.leave(press.actor, records=press.records, now=press.now, new_id=press.new_id)


def _help(press: Press) -> Prompt:
    support = press.caller.house.support
    page, shown = labels.help_topic(press.value), shown_commands(press.actor)
    return showing.show_help(press.actor, page, shown, support, records=press.records)


def _pairs(press: Press) -> Prompt:
    return showing.show_pairs(press.actor, records=press.records, now=press.now)


def _why(press: Press) -> Prompt:
    partner = Address(press.value) if press.value else None
    return showing.why(press.actor, partner, records=press.records)


BUTTONS: dict[str, Callable[[Press], Prompt]] = gathered(
    {
        "accept": _accept,
        "decline": _decline,
        "ask_pair": _ask_pair,
        "review": _review,
        "release": lambda press: rounds.release(
            press.actor, RoundId(press.value), records=press.records, now=press.now
        ),
        "redraft": _draft,
        "match": _draft,
        "lock": _wish(previewing.Wish.LOCK),
        "unlock": _wish(previewing.Wish.UNLOCK),
        "keep_apart": _wish(previewing.Wish.APART),
        "allow": _wish(previewing.Wish.ALLOW),
        "show_programme": lambda press: weighing.show_programme(press.actor, records=press.records),
        "open_choosing": lambda press: weighing.open_choosing(press.actor, records=press.records),
        "open_words": lambda press: naming.open_words(press.actor, records=press.records),
        "open_about_two": lambda press: previewing.open_about_two(press.actor, records=press.records),
        "tell_partners": lambda press: pausing.tell_partners(
            press.actor, records=press.records, now=press.now
        ),
        "leave_yes": _leave,
        "stay": _pairs,
        "open_join": lambda press: joining.open_join(
            press.actor, public_holidays, press.caller.manager, records=press.records
        ),
        "open_learn": lambda press: opening.open_learn(press.actor),
        "open_teach": lambda press: opening.open_teach(press.actor),
        "open_find": lambda press: opening.open_find(press.actor),
        "open_forget": lambda press: opening.open_forget(press.actor, records=press.records),
        "open_leave": lambda press: pausing.ask_leave(press.actor, records=press.records),
        "forget_join": lambda press: welcoming.forget_join(press.actor, records=press.records),
        "open_setup": lambda press: setting_up.open_setup(press.actor, records=press.records, now=press.now),
        "show_pairs": _pairs,
        "show_why": _why,
        "why_of": lambda press: showing.why_of(press.actor, PairId(press.value), records=press.records),
        "show_profile": lambda press: joining.show_profile(press.actor, records=press.records),
        "show_help": _help,
        "show_privacy": lambda press: showing.show_privacy(
            press.actor, press.caller.house.support, records=press.records
        ),
        "show_blocks": lambda press: blocking.show_blocks(press.actor, records=press.records),
        "open_block": lambda press: blocking.open_block(press.actor),
        "unblock": lambda press: blocking.unblock(press.actor, Address(press.value), records=press.records),
        "resume": lambda press: pausing.resume(
            press.actor, records=press.records, now=press.now, new_id=press.new_id
        ),
        "pause_form": lambda press: pausing.open_pause(press.actor, records=press.records, now=press.now),
        "summary": lambda press: summarising.show_summary(press.actor, records=press.records),
    },
    journey.BUTTONS,
    meeting.BUTTONS,
    agreeing.BUTTONS,
    aiming.BUTTONS,
    coaching.BUTTONS,
    closing.BUTTONS,
    concerns.BUTTONS,
)


def press(
    caller: Caller,
    action: str,
    value: str,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Answer a pressed button; the answer takes the place of the message that held it, or is told beside it.

    A button that no longer exists has moved on.
    """

    def run() -> Prompt:
        if caller.external:
            raise CannotTakePart("external")
        if action not in BUTTONS:
            raise NotPossibleNow("press", "gone")
        actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
        return BUTTONS[action](Press(caller, actor, value, records, now, new_id))

    answer = attempt(run, records)
    if answer.beside:
        records.post(Message(f"beside:{new_id()}", to_person(caller.address), answer, now))
    elif caller.reply_to is not None and not answer.windowed:
        records.post(Message(f"reply:{new_id()}", caller.reply_to, answer, now))
    return answer
