"""Fixtures that give a test a store over an empty database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.mentoring.ids import WorkspaceId
from storage.encryption import Keyring
from storage.store import Store, open_store
from tests.builders import MONDAY

KEYS = ("GO31k4Q0fLqWvpHxoGNkPWK4M3jYb1gZ7qDP2vUo0Yw=", "6m4Ow3yDrJ8kZp2Xn0Qb7Vt5Rc1Ls9Ea4Gf2Hi3Jk5M=")
"""Two keys, newest first; they open nothing but what tests sealed."""


@dataclass
class TickingClock:
    """A programme clock that stands still until a test moves it."""

    __test__ = False
    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.now

    def forward(self, **span: float) -> datetime:
        """Move it on by `days`, `hours`, `seconds`, …; the moment it then stands at."""
        self.now += timedelta(**span)
        return self.now


@dataclass
class CountedIds:
    """Ids in order and draws at the lower end; safe to use from several threads."""

    start: int = 0
    _count: "count[int]" = field(init=False)

    def __post_init__(self) -> None:
        self._count = count(self.start)

    def __call__(self) -> str:
        """The next id."""
        return f"{next(self._count):032x}"

    def draw(self, low: int, high: int) -> int:
        """The lowest number of the range."""
        assert low <= high
        return low


@pytest.fixture
def clock() -> TickingClock:
    """Give the clock that the test's store reads."""
    return TickingClock()


@pytest.fixture
def store(database_url: str, clock: TickingClock) -> Iterator[Store]:
    """Give a store over an empty database; the test runs once on each."""
    opened = open_store(database_url, Keyring(KEYS), clock, CountedIds())
    yield opened
    opened.close()


@pytest.fixture
async def workspace(store: Store) -> WorkspaceId:
    """Give a workspace of the store."""
    return await store.workspace("slack", "T1")
