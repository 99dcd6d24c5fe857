"""Units of work: a use case in one transaction, in a thread, once more where it lost a race."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId

T = TypeVar("T")

TRIES = 3
"""How often a unit of work is run when it loses races, the first time included."""
LOST = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL's codes of a lost race: serialization failure, deadlock, unique violation."""
TAKEN = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


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

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self.before_commit: list[Callable[[Session], None]] = []
        """Done at the end of every transaction that succeeds, inside it."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="store")

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction and commit it; what it raises rolls everything back.

        A lost race runs the whole of it again, up to TRIES times in all.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.run_here, work)

    def run_here(self, work: Callable[[Session], T]) -> T:
        """The same, in the calling thread."""
        for _ in range(TRIES - 1):
            try:
                return self._once(work)
            except (StaleDataError, DBAPIError) as error:
                if not lost_a_race(error):
                    raise
        return self._once(work)

    def close(self) -> None:
        """Let running work end, then close all connections."""
        self._pool.shutdown()
        self._engine.dispose()

    def _once(self, work: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            result = work(session)
            for last in self.before_commit:
                last(session)
            return result


def lost_a_race(error: Exception) -> bool:
    """Whether somebody else was first, so that running once more can help."""
    if isinstance(error, StaleDataError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return isinstance(error, IntegrityError) and error.orig.sqlite_errorname in TAKEN
    return getattr(error.orig, "sqlstate", None) in LOST
