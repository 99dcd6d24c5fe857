"""What the fire needs of a platform: a stand-in in some weather, and processes of the bot before it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from bot.mail import Pace
from bot.ports import Destination
from tests.crash.weather import Limits
from tests.fleet import Fleet, Manner

PER_SECOND = 1000.0
"""Messages that may leave a workspace; the suite waits for processes, so that they do not wait themselves."""
SEED = 7


@dataclass(frozen=True)
class Copy:
    """What one posted message has to come to: a row of the outbox with this key, and an arrival of this name.

    A platform without rooms for pairs tells each of the two, by a row of its own.
    """

    row: str
    arrival: str
    ref: str


class Platform(Protocol):
    """A platform's stand-in: where messages go, and what it saw of them."""

    @property
    def name(self) -> str:
        """What addresses on it begin with."""

    @property
    def team(self) -> str:
        """Its own id of the workspace that is under fire."""

    @property
    def pace(self) -> Pace:
        """What may leave the workspace, at PER_SECOND."""

    @property
    def limits(self) -> Limits:
        """The limits of its conversations."""

    def fleet(
        self, urls: tuple[str, str], folder: Path, roles: Sequence[str], manner: Manner
    ) -> AbstractAsyncContextManager[Fleet]:
        """Processes at work before it, until the block ends."""

    def places(self, count: int) -> list[Destination]:
        """So many channels and people that take messages, people among them."""

    def calm(self) -> None:
        """Let the weather pass."""

    def copies(self, key: str, place: Destination) -> list[Copy]:
        """What a message with a key, posted to a place, has to come to."""

    def arrived(self) -> dict[str, list[datetime]]:
        """When what came to stand there did, by the arrivals that `copies` names."""

    def pestered(self, doubts: Counter[str]) -> list[str]:
        """Who was written to though they want nothing; `doubts` were settled about messages to each ref."""


P = TypeVar("P", bound=Platform)
