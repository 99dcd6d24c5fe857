"""Lets what is due into the distributed engine: in the transaction that made it due, and by a look around."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from bot.mail import UNHURRIED, Pace
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock
from storage.guard import across
from storage.turns import OUTBOX, PENDING, Turns
from storage.work import News, Workshop, news

AHEAD = 200
"""Messages that wait in the engine at once; the rest waits in its rows, where a poll costs nothing."""
SHARE = 24
"""Of these, one workspace's: whoever floods the engine would hold up everybody else. A few workers have
enough to do with as many, and each send lets in another.
"""
AGAIN_AFTER = timedelta(minutes=5)
"""A message that was let in this long ago and still waits was lost by the engine: it is let in again."""
LOCK = 7_262_844_204
"""The advisory lock of the one process that looks around at a time; any number would do."""
_LET_IN = (PENDING, OUTBOX.c.admitted_at.is_not(None))
INSIDE = select(func.count()).where(OUTBOX.c.workspace_id == bindparam("of_workspace"), *_LET_IN)
ALL_INSIDE = (
    select(func.count())
    .select_from(select(OUTBOX.c.id).where(*_LET_IN).limit(AHEAD).subquery())
    .execution_options(**across("count what waits"))
)


class Jobs(Protocol):
    """Puts jobs in the engine over a database connection, in the transaction that is open on it."""

    def deliver(
        self,
        connection: Any,  # noqa: ANN401 # a driver's
        workspace: WorkspaceId,
        messages: Sequence[str],
        *,
        behind: int,
    ) -> None:
        """Let some worker deliver each of these; the last of them is `behind` so many of the workspace."""

    def hear(self, connection: Any, workspaces: Sequence[WorkspaceId]) -> None:  # noqa: ANN401 # a driver's
        """Let some worker handle the events that wait in each of these workspaces."""


class Admission:
    """Marks messages as let in and puts a job for each in the engine, both in one transaction."""

    def __init__(self, workshop: Workshop, jobs: Jobs, clock: Clock, pace: Pace = UNHURRIED) -> None:
        self._workshop = workshop
        self._turns = Turns(pace)
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
            self._let_in(session, SHARE, workspace)
        if told[News.EVENTS]:
            self._jobs.hear(_driver(session), sorted(told[News.EVENTS]))

    def _look_around(self, session: Session) -> bool:
        if not session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
            return False
        lost = update(OUTBOX).where(PENDING, OUTBOX.c.admitted_at < self._clock() - AGAIN_AFTER)
        session.execute(lost.values(admitted_at=None), execution_options=across("find what the engine lost"))
        room = AHEAD - (session.scalar(ALL_INSIDE) or 0)
        while room > 0 and (let_in := self._let_in(session, room)):
            room -= let_in
        return room <= 0

    def _let_in(self, session: Session, most: int, workspace: WorkspaceId | None = None) -> int:
        now, inside = self._clock(), dict[WorkspaceId, int]()

        def room(of: WorkspaceId) -> int:
            inside[of] = session.connection().scalar(INSIDE, {"of_workspace": of}) or 0
            return SHARE - inside[of]

        rows = self._turns.pick(session, now, most, of=workspace, untold=True, room=room)
        chosen = defaultdict(list)
        for row in rows:
            mark = update(OUTBOX).where(
                OUTBOX.c.workspace_id == row["workspace_id"], OUTBOX.c.id == row["id"]
            )
            session.execute(mark.values(admitted_at=now))
            chosen[row["workspace_id"]].append(row["id"])
        for of, messages in chosen.items():
            self._jobs.deliver(_driver(session), of, messages, behind=inside[of] + len(messages) - 1)
        return len(rows)


def _driver(session: Session) -> Any:  # noqa: ANN401 # a driver's connection
    return session.connection().connection.driver_connection
