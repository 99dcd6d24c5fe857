"""Where a history is kept: in dicts, which is quick, or in the product's own store on SQLite."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.due import DueItem
from bot.mail import Outgoing, Sent
from bot.mentoring.ids import WorkspaceId
from bot.mentoring.prompts import Prompt
from bot.ports import Destination, NewId, Records
from storage.encryption import Keyring
from storage.migrate import upgrade
from storage.store import open_store
from tests.fakes import FakeIds, FakeRecords
from tests.stores import KEYS, TickingClock

T = TypeVar("T")


@dataclass(frozen=True)
class Arrived:
    """A message as it reached its readers."""

    key: str
    to: Destination
    prompt: Prompt
    planned_at: datetime | None


class Shelf(Protocol):
    """What a history needs of the place where it is kept."""

    ids: FakeIds

    def run(self, now: datetime, use: Callable[[Records], T]) -> T:
        """Run `use` in one transaction; what it raises takes back all that it wrote."""

    def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is to be planned now."""

    def next_due(self) -> datetime | None:
        """When something is to be planned, or sent, next."""

    def send(self, now: datetime) -> list[Arrived]:
        """Let everything leave whose moment has come."""

    def look(self) -> object:
        """Everything that is kept: equal where nothing has changed."""

    def close(self) -> None:
        """Let go of it."""


@dataclass
class InDicts:
    """Kept by the fakes, which behave as storage does."""

    ids: FakeIds = field(default_factory=FakeIds)
    records: FakeRecords = field(default_factory=FakeRecords)

    def run(self, now: datetime, use: Callable[[Records], T]) -> T:
        """Run `use` on the records themselves."""
        del now
        with self.records.attempt():
            return use(self.records)

    def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is to be planned now."""
        return self.records.due(now)

    def next_due(self) -> datetime | None:
        """The next moment at which something is due."""
        return self.records.next_due()

    def send(self, now: datetime) -> list[Arrived]:
        """Let everything leave whose moment has come."""
        return [Arrived(one.key, one.to, one.prompt, one.not_before) for one in self.records.send_due(now)]

    def look(self) -> object:
        """Everything that is kept."""
        return {name: copy(value) for name, value in vars(self.records).items()}

    def close(self) -> None:
        """Nothing holds it."""


class _Postman:
    """Takes every message and notes it."""

    def __init__(self) -> None:
        self.taken: list[Arrived] = []

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Take one."""
        del workspace
        self.taken.append(Arrived(row.key, row.to, row.prompt, row.planned_at))
        return Sent()


class OnSqlite:
    """Kept by the product's store in a file of its own, and sent by the product's dispatcher."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="history-")
        self._file = Path(self._folder.name) / "bothways.db"
        _copy(_template(), self._file)
        self.ids = FakeIds()
        self._clock = TickingClock()
        self._loop = asyncio.new_event_loop()
        self._store = open_store(f"sqlite:///{self._file}", Keyring(KEYS), self._clock, self.ids)
        self._workspace = self._loop.run_until_complete(self._store.workspace("slack", "T1"))
        self._postman = _Postman()
        sender = Sender(self._store.outbox, self._postman, self._clock, Counters())
        self._dispatcher = LocalDispatcher(self._store.outbox, sender, self._clock)

    def run(self, now: datetime, use: Callable[[Records], T]) -> T:
        """Run `use` as the store runs a use case."""

        def work(*, records: Records, now: datetime, new_id: NewId) -> T:
            del now, new_id
            return use(records)

        self._clock.now = now
        return self._loop.run_until_complete(self._store.run(self._workspace, work))

    def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is to be planned now."""
        self._clock.now = now
        return self._loop.run_until_complete(self._store.due(now))

    def next_due(self) -> datetime | None:
        """The next moment at which something is due."""
        return self._loop.run_until_complete(self._store.next_due())

    def send(self, now: datetime) -> list[Arrived]:
        """Let the dispatcher send what may leave now."""
        self._clock.now = now
        self._postman.taken = []
        self._loop.run_until_complete(self._dispatcher.drain())
        return self._postman.taken

    def look(self) -> object:
        """Every row of every table."""
        with closing(sqlite3.connect(self._file)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
            return {
                name: connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 # the file's own tables
                for (name,) in names.fetchall()
            }

    def close(self) -> None:
        """Close the file and remove it."""
        self._store.close()
        self._loop.close()
        self._folder.cleanup()


_MIGRATED: list[TemporaryDirectory[str]] = []


def _template() -> Path:
    """A migrated file, made once for all histories of this process."""
    if not _MIGRATED:
        _MIGRATED.append(TemporaryDirectory(prefix="migrated-"))
        upgrade(f"sqlite:///{_MIGRATED[0].name}/template.db")
    return Path(_MIGRATED[0].name) / "template.db"


def _copy(template: Path, file: Path) -> None:
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
