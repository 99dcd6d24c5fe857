"""Help, and what could not be done."""

from dataclasses import dataclass

from bot.mentoring.errors import BadInput
from bot.mentoring.prompts.base import Prompt


@dataclass(frozen=True)
class Help(Prompt):
    """What can be done now: the words of commands, in order; `topic` is empty for the overview."""

    topic: str
    commands: tuple[str, ...]
    joined: bool
    support: str


@dataclass(frozen=True)
class Unknown(Prompt):
    """A word that is no command, with the nearest that is (or empty)."""

    typed: str
    nearest: str


@dataclass(frozen=True)
class LeftOver(Prompt):
    """A command that more words followed than it takes; nothing was done."""

    command: str


@dataclass(frozen=True)
class ComesLater(Prompt):
    """A command of the contract that this version does not have yet."""

    command: str


@dataclass(frozen=True)
class Sorry(Prompt):
    """Something broke; `incident` finds it in the log."""

    incident: str
    support: str


@dataclass(frozen=True)
class TooMuchAtOnce(Prompt):
    """More came within a minute than is taken; nothing was done, and in so many seconds it will be."""

    seconds: int


@dataclass(frozen=True)
class Nothing(Prompt):
    """Absent, somebody else's, and blocked: one wording."""


@dataclass(frozen=True)
class OwnersOnly(Prompt):
    """The person's role does not reach this."""


@dataclass(frozen=True)
class JoinFirst(Prompt):
    """The person has not opted in; how to."""


@dataclass(frozen=True)
class NoProgrammeYet(Prompt):
    """Nobody has set up a programme here yet; who can."""


@dataclass(frozen=True)
class MovedOn(Prompt):
    """An old button or late form: what it belonged to has moved on; what is possible now."""

    event: str
    state: str


@dataclass(frozen=True)
class Unclear(Prompt):
    """A value that cannot be taken, and what can."""

    problem: BadInput


@dataclass(frozen=True)
class NotForThem(Prompt):
    """Guests, people of other companies, bots and owners do not take part; `why` is a key."""

    why: str
