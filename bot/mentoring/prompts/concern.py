"""Concerns: raised in a window, read in a window, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.mentoring.ids import Address
from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt

SEPARATOR = "|"


@dataclass(frozen=True)
class Listener:
    """A contact whom a concern can be brought to."""

    who: Address
    name: str


@dataclass(frozen=True)
class GivenConcern:
    """One concern of the reader's: to whom it went, and what has become of it.

    `reached`: whether its contact hears of it, as far as is known.
    """

    id: str
    contact: str
    at: datetime
    read_at: datetime | None
    kept_until: datetime
    kept_longer: int
    reached: bool = True


@dataclass(frozen=True)
class ConcernAboutForm(FormPrompt):
    """Who can read a concern and what it is not; asks whom it is about, and which contacts are too close."""

    form: ClassVar[str] = "concern_about"
    about: Address | None
    listeners: tuple[Listener, ...]
    routes: str


@dataclass(frozen=True)
class ConcernForm(FormPrompt):
    """Asks whom to tell, what happened, and what is to become of the pair."""

    form: ClassVar[str] = "concern"
    about: Address
    close: tuple[Address, ...]
    listeners: tuple[Listener, ...]
    paired: bool
    """Whether there is a pair with that person which can rest or end."""

    @property
    def carries(self) -> str:
        """Whom it is about, and who is too close to it."""
        return SEPARATOR.join((self.about, *self.close))

    @property
    def again(self) -> Prompt:
        """Nothing of whom it is about."""
        return ConcernLost()


@dataclass(frozen=True)
class ConcernGiven(Prompt):
    """To the reporter: it was given to a contact, and what was done about the pair."""

    windowed: ClassVar[bool] = True
    contact: str
    about_pair: str
    """A ForThePair."""
    routes: str


@dataclass(frozen=True)
class ConcernOutside(Prompt):
    """Nobody is left who may hear it: the ways outside; nothing was stored."""

    windowed: ClassVar[bool] = True
    routes: str


@dataclass(frozen=True)
class ConcernsFull(Prompt):
    """As many as a day holds were given; the ways outside, and when the next one can be."""

    windowed: ClassVar[bool] = True
    routes: str


@dataclass(frozen=True)
class ConcernLost(Prompt):
    """The window has moved on; nothing of what it held was kept."""

    windowed: ClassVar[bool] = True


@dataclass(frozen=True)
class ConcernsShown(Prompt):
    """What has become of the reader's concerns."""

    windowed: ClassVar[bool] = True
    given: tuple[GivenConcern, ...]


@dataclass(frozen=True)
class ConcernsAside(Prompt):
    """To whoever asks about concerns in a conversation: it is shown on a press, beside it."""


@dataclass(frozen=True)
class ConcernUnreached(Prompt):
    """To the reporter, in their own chat: a concern did not reach its contact; it does not say so itself."""


@dataclass(frozen=True)
class ConcernOnward(Prompt):
    """To the reporter of a concern that did not reach its contact: who else can read it."""

    windowed: ClassVar[bool] = True
    concern: str
    contact: str
    """Whom it did not reach; empty where no name is known."""
    listeners: tuple[Listener, ...]
    kept_until: datetime
    routes: str


@dataclass(frozen=True)
class ConcernTakenBack(Prompt):
    """The reader took a concern back."""

    windowed: ClassVar[bool] = True
    was_read: bool


@dataclass(frozen=True)
class ConcernWaiting(Prompt):
    """To a contact: a concern is waiting. It names nobody."""

    doubt: ClassVar[Doubt] = Doubt.RESEND
    concern: str


@dataclass(frozen=True)
class ConcernRead(Prompt):
    """A concern as its contact reads it, once."""

    windowed: ClassVar[bool] = True
    concern: str
    reporter: Address
    reporter_name: str
    about: Address
    about_name: str
    at: datetime
    words: str
    kept_until: datetime

    @property
    def again(self) -> Prompt:
        """That it was read: its words stand nowhere but under their own key."""
        return ConcernWasRead(self.concern, self.kept_until)


@dataclass(frozen=True)
class ConcernWasRead(Prompt):
    """To its contact: it was read, and how it can be read once more."""

    windowed: ClassVar[bool] = True
    concern: str
    kept_until: datetime


@dataclass(frozen=True)
class ConcernKeptLonger(Prompt):
    """To its contact: it is kept longer and can be read once more."""

    windowed: ClassVar[bool] = True
    concern: str
    kept_until: datetime
