"""Every chat command, for all platforms, in one table."""

import re
from collections.abc import Callable
from datetime import datetime

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot import public_holidays
from bot.mentoring.elsewhere import is_about_somebody
from bot.mentoring.errors import CannotTakePart
from bot.mentoring.ids import Address
from bot.mentoring.prompts import ComesLater, LeftOver, Prompt, Unknown
from bot.mentoring.rights import Action, Actor
from bot.mentoring.text import clean, shortened
from bot.ports import NewId, Records
from bot.use_cases import (
    blocking,
    finding,
    joining,
    pausing,
    previewing,
    redirecting,
    rounds,
    setting_up,
    showing,
    summarising,
    weighing,
)
from bot.use_cases.acting import actor_at
from handlers import agreeing, aiming, closing, coaching, concerns, meeting
from handlers.asked import Ask, Command
from handlers.caller import Caller
from handlers.refusals import attempt
from prompts import labels

_NEAR = 0.55
"""How alike (0..1, by slips of the keyboard) a word must be to a command to be taken for it."""
_COMMAND = re.compile(r"^/?mentor(?= |$)", re.IGNORECASE)
"""The command itself, where it was typed a second time."""
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015/"


def _help(ask: Ask) -> Prompt:
    page, shown = labels.help_topic(ask.words), shown_commands(ask.actor)
    if page in LATER:
        return ComesLater(page)
    return showing.show_help(ask.actor, page, shown, ask.caller.house.support, records=ask.records)


def _add(side: str) -> Callable[[Ask], Prompt]:
    return lambda ask: joining.add_interests(ask.actor, side, ask.words, ask.topics, records=ask.records)


def _why(ask: Ask) -> Prompt:
    return showing.why(ask.actor, Address(ask.words) if ask.words else None, records=ask.records)


def _block(ask: Ask) -> Prompt:
    if not ask.words:
        return blocking.show_blocks(ask.actor, records=ask.records)
    return blocking.block(ask.actor, Address(ask.words), records=ask.records, now=ask.now, new_id=ask.new_id)


def _match(ask: Ask) -> Prompt:
    matcher = ask.matcher
    if not ask.words:
        return rounds.draft(ask.actor, matcher, records=ask.records, now=ask.now, new_id=ask.new_id)
    both = tuple(map(Address, ask.words.split()))
    return previewing.look_up(ask.actor, both, matcher, records=ask.records, now=ask.now)


def _pause(ask: Ask) -> Prompt:
    if not ask.words:
        return pausing.open_pause(ask.actor, records=ask.records, now=ask.now)
    return pausing.pause(
        ask.actor,
        ask.words,
        tell_partners=False,
        records=ask.records,
        now=ask.now,
        new_id=ask.new_id,
    )


COMMANDS = (
    Command("help", Action.READ, _help, takes=None, reads=True),
    Command(
        "join",
        Action.JOIN,
        lambda ask: joining.open_join(ask.actor, public_holidays, ask.caller.manager, records=ask.records),
    ),
    Command("learn", Action.TAKE_PART, _add("learn"), takes=None),
    Command("teach", Action.TAKE_PART, _add("teach"), takes=None),
    Command(
        "forget",
        Action.TAKE_PART,
        lambda ask: joining.forget_interest(ask.actor, ask.words, ask.topics, records=ask.records),
        takes=None,
    ),
    *coaching.COMMANDS,
    Command(
        "find",
        Action.TAKE_PART,
        lambda ask: finding.find(ask.actor, ask.words, ask.topics, records=ask.records),
        takes=None,
        reads=True,
    ),
    Command(
        "profile",
        Action.TAKE_PART,
        lambda ask: joining.show_profile(ask.actor, records=ask.records),
        reads=True,
    ),
    Command(
        "pairs",
        Action.TAKE_PART,
        lambda ask: showing.show_pairs(ask.actor, records=ask.records, now=ask.now),
        reads=True,
    ),
    Command("why", Action.TAKE_PART, _why, takes=1, reads=True),
    Command("pause", Action.TAKE_PART, _pause, takes=None),
    Command(
        "resume",
        Action.TAKE_PART,
        lambda ask: pausing.resume(ask.actor, records=ask.records, now=ask.now, new_id=ask.new_id),
    ),
    Command(
        "leave",
        Action.TAKE_PART,
        lambda ask: pausing.ask_leave(ask.actor, records=ask.records),
        reads=True,
    ),
    *meeting.COMMANDS,
    *aiming.COMMANDS,
    *agreeing.COMMANDS,
    *closing.COMMANDS,
    Command("block", Action.TAKE_PART, _block, takes=1),
    *concerns.COMMANDS,
    Command(
        "privacy",
        Action.READ,
        lambda ask: showing.show_privacy(ask.actor, ask.caller.house.support, records=ask.records),
        reads=True,
    ),
    Command(
        "setup",
        Action.SET_UP,
        lambda ask: setting_up.open_setup(ask.actor, records=ask.records, now=ask.now),
    ),
    Command(
        "programme",
        Action.RUN_PROGRAMME,
        lambda ask: weighing.show_programme(ask.actor, records=ask.records),
        reads=True,
    ),
    Command("match", Action.RUN_PROGRAMME, _match, takes=2),
    Command(
        "summary",
        Action.RUN_PROGRAMME,
        lambda ask: summarising.show_summary(ask.actor, records=ask.records),
        reads=True,
    ),
)
"""In the order in which help shows them."""

LATER = (
    "share",
    "export",
    "delete",
    "people",
    "gather",
    "trial",
)
"""Commands of the contract whose time has not come."""

_BY_WORD = {command.word: command for command in COMMANDS}
_ALL_WORDS = (*_BY_WORD, *LATER)
"""What a slip may have meant; none of LATER is ever suggested, nor another in the place of one."""


def answer(caller: Caller, text: str, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Answer what was typed after `/mentor`; nothing typed is help, and a slip gets the nearest command."""
    word, rest = _typed(text)

    def run() -> Prompt:
        if caller.external:
            raise CannotTakePart("external")
        actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
        return _run(Ask(caller, actor, rest, records, now, new_id), word)

    return attempt(run, records)


def only_reads(text: str) -> bool:
    """Whether answering what was typed changes nothing, so that it may be answered again at any time."""
    command = _command(_typed(text)[0])
    return command is None or command.reads


def _typed(text: str) -> tuple[str, str]:
    """(the command's word, what stands after it)."""
    typed = _COMMAND.sub("", clean(text), count=1).lstrip(_DASHES + " ")
    word, _, rest = typed.partition(" ")
    return word, rest.strip()


def _command(word: str) -> Command | None:
    return _BY_WORD.get(word.casefold() or "help")


def _run(ask: Ask, word: str) -> Prompt:
    command = _command(word)
    if command is not None:
        return LeftOver(command.word) if _left_over(command, ask) else command.run(ask)
    known = word.casefold()
    if known in LATER:
        return ComesLater(known)
    found = process.extractOne(known[:40], _ALL_WORDS, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    nearest = found[0] if found and found[0] in _BY_WORD else ""
    if is_about_somebody(f"{word} {ask.words}", labels.cues(), near=found is not None):
        return redirecting.point_elsewhere(ask.actor, records=ask.records)
    return Unknown(typed=shortened(word, 40), nearest=nearest)


def _left_over(command: Command, ask: Ask) -> bool:
    """Whether more words follow than a command takes; whom it refuses anyway is told that instead."""
    too_many = command.takes is not None and len(ask.words.split()) > command.takes
    return too_many and command.word in shown_commands(ask.actor)


def shown_commands(actor: Actor) -> tuple[str, ...]:
    """The words of the commands that help shows to this person, in order."""
    taking_part = showing.takes_part(actor)
    shown = {
        Action.READ: True,
        Action.JOIN: not actor.owner,
        Action.TAKE_PART: taking_part,
        Action.SET_UP: actor.owner or actor.may_set_up,
        Action.RUN_PROGRAMME: actor.owner,
    }
    return tuple(command.word for command in COMMANDS if shown[command.shown_to])
