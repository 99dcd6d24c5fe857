"""Lets what is due into the distributed engine: in the transaction that made it due, and by a look around."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import func, select, update
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock
from storage.guard import across
from storage.mail_tables import OutboxRow, Sending
from storage.outbox import first_in_line
from storage.states import is_state
from storage.work import News, Workshop, news

AHEAD = 200
"""Messages that wait in the engine at once; the rest waits in its rows, where a poll costs nothing."""
AGAIN_AFTER = timedelta(minutes=5)
"""A message that was let in this long ago and still waits was lost by the engine: it is let in again."""
LOCK = 7_262_844_204
"""The advisory lock of the one process that looks around at a time; any number would do."""

OUTBOX = OutboxRow.__table__
PENDING = is_state(OUTBOX.c.state, Sending.PENDING)


class Jobs(Protocol):
    """Puts jobs in the engine over a database connection, in the transaction that is open on it."""

    def deliver(self, connection: Any, messages: Sequence[tuple[WorkspaceId, str]]) -> None:  # noqa: ANN401 # a driver's
        """Let some worker deliver each of these messages."""

    def hear(self, connection: Any, workspaces: Sequence[WorkspaceId]) -> None:  # noqa: ANN401 # a driver's
        """Let some worker handle the events that wait in each of these workspaces."""


class Admission:
    """Marks messages as let in and puts a job for each in the engine, both in one transaction."""

    def __init__(self, workshop: Workshop, jobs: Jobs, clock: Clock) -> None:
        self._workshop = workshop
        self._jobs = jobs
        self._clock = clock
        workshop.before_commit.append(self._enter)

    async def look_around(self) -> bool:
        """Let in what is due over all workspaces; True where more waits than may be in at once."""
        return await self._workshop.run(self._look_around)

    def _enter(self, session: Session) -> None:
        """Let in what a transaction made due, at its end."""
        told = news(session)
        for workspace in told[News.MAIL]:
            self._let_in(session, AHEAD, OUTBOX.c.workspace_id == workspace)
        if told[News.EVENTS]:
            self._jobs.hear(_driver(session), sorted(told[News.EVENTS]))

    def _look_around(self, session: Session) -> bool:
        if not session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
            return False
        now = self._clock()
        lost = update(OUTBOX).where(PENDING, OUTBOX.c.admitted_at < now - AGAIN_AFTER)
        session.execute(lost.values(admitted_at=None), execution_options=across("find what the engine lost"))
        inside = select(OUTBOX.c.id).where(PENDING, OUTBOX.c.admitted_at.is_not(None)).limit(AHEAD)
        count = select(func.count()).select_from(inside.subquery())
        room = AHEAD - (session.scalar(count, execution_options=across("count what waits")) or 0)
        return room <= 0 or self._let_in(session, room) == room

    def _let_in(self, session: Session, most: int, *further: Any) -> int:  # noqa: ANN401 # conditions
        now = self._clock()
        due = (
            select(OUTBOX.c.workspace_id, OUTBOX.c.id)
            .where(PENDING, OUTBOX.c.admitted_at.is_(None), OUTBOX.c.not_before <= now, *further)
            .where(first_in_line())
            .order_by(OUTBOX.c.not_before, OUTBOX.c.number)
            .limit(most)
            .with_for_update(skip_locked=True, of=OUTBOX)
        )
        found = [(key, one) for key, one in session.execute(due, execution_options=across("let in mail"))]
        for workspace, one in found:
            mark = update(OUTBOX).where(OUTBOX.c.workspace_id == workspace, OUTBOX.c.id == one)
            session.execute(mark.values(admitted_at=now))
        if found:
            self._jobs.deliver(_driver(session), found)
        return len(found)


def _driver(session: Session) -> Any:  # noqa: ANN401 # a driver's connection
    return session.connection().connection.driver_connection
