"""The events that wait, over all workspaces: each handled in one transaction with its effects."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.failpoints import Point, reach
from bot.mail import Handle, Incoming
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock, NewId
from storage.encryption import Keyring
from storage.guard import across
from storage.mail_tables import Handling, InboxRow
from storage.moments import Earliest, First
from storage.records import SessionRecords
from storage.states import is_state
from storage.work import Workshop

TRIES = 5
"""How often an event is tried before it is given up."""

INBOX = InboxRow.__table__
WAITS = is_state(INBOX.c.state, Handling.PENDING)
EARLIEST = Earliest(First(INBOX.c.not_before, WAITS))
OLDEST = (
    select(INBOX.c.workspace_id, INBOX.c.key, INBOX.c.kind)
    .where(WAITS, INBOX.c.not_before <= bindparam("its_now"))
    .order_by(INBOX.c.not_before, INBOX.c.received_at, INBOX.c.key)
    .limit(bindparam("at_most"))
    .execution_options(**across("find events that wait"))
)
OLDEST_OF_ONE = OLDEST.where(INBOX.c.workspace_id == bindparam("of_workspace"))


class InTurn(Protocol):
    """Runs work on a workspace while no other use case of it runs."""

    def __call__(
        self, workspace: WorkspaceId, work: Callable[[Session, SessionRecords], None]
    ) -> Awaitable[None]:
        """Run it in one transaction."""


class SqlInbox:
    """The inbox in the database."""

    def __init__(
        self, workshop: Workshop, in_turn: InTurn, keyring: Keyring, clock: Clock, new_id: NewId
    ) -> None:
        self._workshop = workshop
        self._in_turn = in_turn
        self._keyring = keyring
        self._clock = clock
        self._new_id = new_id

    async def waiting(
        self, now: datetime, most: int, workspace: WorkspaceId | None = None
    ) -> tuple[Incoming, ...]:
        """Up to `most` events whose turn has come, oldest first, over all workspaces or of one."""
        oldest, mine = (OLDEST, {}) if workspace is None else (OLDEST_OF_ONE, {"of_workspace": workspace})

        def work(session: Session) -> tuple[Incoming, ...]:
            rows = session.connection().execute(oldest, {"its_now": now, "at_most": most, **mine})
            return tuple(Incoming(WorkspaceId(workspace), key, kind) for workspace, key, kind in rows)

        return await self._workshop.run(work)

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which an event's turn comes; None where none waits."""
        return await self._workshop.run(lambda session: EARLIEST(session, now))

    async def handle(self, one: Incoming, handle: Handle) -> None:
        """Handle one event and mark it, in one transaction; nothing where that was done already."""

        def work(session: Session, records: SessionRecords) -> None:
            row = session.get(InboxRow, (one.workspace, one.key))
            if row is None or row.state is not Handling.PENDING or row.body is None:
                return
            facts = self._keyring.open(one.workspace, row.body)
            handle(row.kind, facts, records=records, now=records.now, new_id=self._new_id)
            row.state = Handling.DONE
            row.body = None
            reach(Point.INBOX_HANDLE_BEFORE_COMMIT)

        await self._in_turn(one.workspace, work)
        reach(Point.INBOX_HANDLE_AFTER_COMMIT)

    async def stumble(self, one: Incoming, incident: str, now: datetime) -> bool:
        """Record that handling failed; True where it was the last try and the event is given up."""

        def work(session: Session) -> bool:
            row = session.get(InboxRow, (one.workspace, one.key))
            if row is None or row.state is not Handling.PENDING:
                return False
            row.tries += 1
            row.problem = incident
            row.not_before = now + timedelta(seconds=2**row.tries)
            if row.tries < TRIES:
                return False
            row.state = Handling.FAILED
            row.body = None
            return True

        return await self._workshop.run(work)

    async def clear(self, before: datetime) -> int:
        """Remove the rows that came in before a moment and do not wait; how many."""
        old = delete(INBOX).where(~WAITS, INBOX.c.received_at < before)
        returning = old.returning(INBOX.c.key)

        def work(session: Session) -> int:
            return len(session.execute(returning, execution_options=across("remove old rows")).all())

        return await self._workshop.run(work)
