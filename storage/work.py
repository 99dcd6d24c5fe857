"""Units of work: a use case in one transaction, in a thread, once more where it lost a race."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId
from storage.engine import writes

T = TypeVar("T")

TRIES = 3
"""How often a unit of work is run when it loses races, the first time included."""
MOST_SHARED = 16
"""Small writes that share one transaction at most."""
READERS = 2
"""Threads beside SQLite's one writer."""
LOST = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL's codes of a lost race: serialization failure, deadlock, unique violation."""
TAKEN = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
CAREFULLY = "carefully"
"""What a session's `info` says in a run that marks the places it may have to go back to."""


class ToUndoError(Exception):
    """A part of the unit of work failed after it had written: it is run again, with savepoints."""


def written(session: Session) -> int:
    """A number that changes when something is written in the session's transaction."""
    return writes(session.connection()) + len(session.new) + len(session.dirty) + len(session.deleted)


class News(StrEnum):
    """What a transaction leaves for a worker to do."""

    MAIL = "mail"
    EVENTS = "events"


def leave(session: Session, kind: News, workspace: WorkspaceId) -> None:
    """Note in a transaction that there is something to do in a workspace."""
    session.info.setdefault(kind, set()).add(workspace)


def news(session: Session) -> Mapping[News, frozenset[WorkspaceId]]:
    """What a transaction noted, by kind."""
    return {kind: frozenset(session.info.get(kind, ())) for kind in News}


class Workshop:
    """Runs units of work on one engine: one thread on SQLite, which has one writer, several on PostgreSQL."""

    def __init__(self, engine: Engine, threads: int, reader: Engine) -> None:
        self._engine = engine
        self.before_commit: list[Callable[[Session], None]] = []
        """Done at the end of every transaction that succeeds, inside it."""
        self._reader = reader
        self._shared: list[tuple[Callable[[Session], Any], asyncio.Future[Any]]] = []
        self._sharing: asyncio.Task[None] | None = None
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="store")
        # what only reads does not stand behind SQLite's one writer
        self._readers = self._pool if threads > 1 else ThreadPoolExecutor(READERS, "store-reader")

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction and commit it; what it raises rolls everything back.

        A lost race runs the whole of it again, up to TRIES times in all.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.run_here, work)

    def run_here(self, work: Callable[[Session], T]) -> T:
        """The same, in the calling thread."""
        for number in range(TRIES - 1):
            try:
                return self._once(work, carefully=number > 0)
            except (StaleDataError, DBAPIError) as error:
                if not lost_a_race(error):
                    raise
            except ToUndoError:
                pass
        return self._once(work, carefully=True)

    async def share(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction with others that came while one was under way.

        So that many small writes do not wait for as many commits. Where one of them fails, each runs alone.
        """
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._shared.append((work, answer))
        if self._sharing is None:
            self._sharing = asyncio.create_task(self._share_out())
        return await answer

    async def _share_out(self) -> None:
        try:
            while self._shared:
                batch, self._shared = self._shared[:MOST_SHARED], self._shared[MOST_SHARED:]
                await self._run_shared(batch)
        finally:
            self._sharing = None

    async def _run_shared(
        self, batch: Sequence[tuple[Callable[[Session], Any], "asyncio.Future[Any]"]]
    ) -> None:
        try:
            answers = await self.run(lambda session: [work(session) for work, _ in batch])
        except Exception as error:  # noqa: BLE001 # one that fails must not take the others with it
            if len(batch) > 1:
                for one in batch:
                    await self._run_shared([one])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, answer), given in zip(batch, answers, strict=True):
            if not answer.done():
                answer.set_result(given)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one snapshot of the database, beside everything else; writing in it is an error."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def close(self) -> None:
        """Let running work end, then close all connections."""
        for pool in (self._pool, self._readers):
            pool.shutdown()
        for engine in (self._engine, self._reader):
            engine.dispose()

    def _once(self, work: Callable[[Session], T], *, carefully: bool) -> T:
        info = {CAREFULLY: carefully}
        with Session(self._engine, expire_on_commit=False, info=info) as session, session.begin():
            result = work(session)
            for last in self.before_commit:
                last(session)
            return result

    def _read(self, work: Callable[[Session], T]) -> T:
        with Session(self._reader) as session:
            return work(session)


def lost_a_race(error: Exception) -> bool:
    """Whether somebody else was first, so that running once more can help."""
    if isinstance(error, StaleDataError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return isinstance(error, IntegrityError) and error.orig.sqlite_errorname in TAKEN
    return getattr(error.orig, "sqlstate", None) in LOST
