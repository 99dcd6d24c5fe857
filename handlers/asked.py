"""What handlers are handed: a command as it was typed, a button as it was pressed; and what a command is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.mentoring.prompts import Prompt
from bot.mentoring.rights import Action, Actor
from bot.ports import NewId, Records
from handlers.caller import Caller, Here

BETWEEN = "|"
"""Stands between the parts of what a button or a form carries."""


Handler = TypeVar("Handler")


def gathered(*tables: Mapping[str, Handler]) -> dict[str, Handler]:
    """The tables of all areas as one; ValueError where two hold one name, since one would be hidden."""
    found: dict[str, Handler] = {}
    for table in tables:
        twice = found.keys() & table.keys()
        if twice:
            raise ValueError(f"two handlers are called {', '.join(sorted(twice))}")
        found |= table
    return found


@dataclass(frozen=True)
class Ask(Here):
    """A command as it was given: who, with which words, and the ports."""

    caller: Caller
    actor: Actor
    words: str
    records: Records
    now: datetime
    new_id: NewId


@dataclass(frozen=True)
class Command:
    """A chat command: its word, whom help shows it to, and the use case it runs.

    `takes` is how many words may follow, None for any number. More are never dropped in silence: nothing
    is done then, and the answer says what the command does.
    One that only `reads` may be answered afresh as often as it is asked: it runs beside all others, and
    the database refuses whatever it would write.
    """

    word: str
    shown_to: Action
    run: Callable[[Ask], Prompt]
    takes: int | None = 0
    reads: bool = False


@dataclass(frozen=True)
class Press(Here):
    """A button as it was pressed: who, its value (a hint to look up, never a right), and the ports."""

    caller: Caller
    actor: Actor
    value: str
    records: Records
    now: datetime
    new_id: NewId
