"""The store: runs use cases, each in one transaction of one workspace, and knows what falls due."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import bindparam, func, insert, or_
from sqlmodel import Session, col, delete, select

from bot.due import DueItem
from bot.failpoints import Point, reach
from bot.mail import UNHURRIED, MailState, Pace, Wake, Way
from bot.mentoring.ids import Address, WorkspaceId
from bot.mentoring.prompts import Prompt
from bot.ports import Clock, NewId
from storage import budget
from storage.codec import decode, encode
from storage.encryption import Keyring
from storage.engine import insert_new, is_sqlite, make_engine, make_reader
from storage.guard import across
from storage.inbox import SqlInbox
from storage.mail_state import mail_state
from storage.mail_tables import DirectRow, Handling, InboxRow
from storage.openings import SqlOpenings
from storage.outbox import SqlOutbox
from storage.records import SessionRecords
from storage.references import SqlReferences
from storage.retention import forget
from storage.rotation import keys_in_use, rotate
from storage.schedule import due_items, next_due
from storage.tables import WorkspaceRow
from storage.work import News, Workshop, leave

T = TypeVar("T")

INBOX = InboxRow.__table__
ANSWER = select(INBOX.c.answer).where(
    INBOX.c.workspace_id == bindparam("of_workspace"), INBOX.c.key == bindparam("of_key")
)
_ONE = select(WorkspaceRow.__table__.c.id).where(WorkspaceRow.__table__.c.id == bindparam("of_workspace"))
LOCK = _ONE.with_for_update(key_share=True)
LOCK_IF_FREE = _ONE.with_for_update(key_share=True, skip_locked=True)
THREADS = 8
"""Threads and connections on PostgreSQL (DELIVERY §4: eight were fastest)."""


class NoSuchWorkspaceError(LookupError):
    """A workspace that was never installed, or is gone."""


class Store:
    """Use cases in, prompts out; one unit of work of a workspace runs at a time, over all processes.

    The edges are asyncio, the work is not: each unit runs in a thread (one on SQLite), in one transaction,
    and again from its start where it lost a race.
    """

    def __init__(
        self, workshop: Workshop, secrets: Keyring, clock: Clock, new_id: NewId, pace: Pace = UNHURRIED
    ) -> None:
        self.pace = pace
        self.keyring = secrets
        self.clock = clock
        self.new_id = new_id
        self.workshop = workshop
        self.outbox = SqlOutbox(self.workshop, secrets, pace)
        self.inbox = SqlInbox(self.workshop, self.in_turn, secrets, clock, new_id)
        self.references = SqlReferences(self.workshop)
        self.openings = SqlOpenings(self.workshop)
        self.on_outbox: list[Wake] = []
        """Told after a commit that put messages in the outbox."""
        self.on_inbox: list[Wake] = []
        """Told after a commit that put an event in the inbox."""
        self._turns: WeakValueDictionary[WorkspaceId, asyncio.Lock] = WeakValueDictionary()

    async def run(self, workspace: WorkspaceId, use: Callable[..., T], *args: object) -> T:
        """Run `use(*args, records=…, now=…, new_id=…)` in one transaction and give what it returns.

        What it raises rolls everything back and comes out unchanged.
        """
        return await self.in_turn(
            workspace,
            lambda _, records: use(*args, records=records, now=records.now, new_id=self.new_id),
        )

    async def run_unless_busy(
        self, workspace: WorkspaceId, use: Callable[..., object], *args: object
    ) -> bool:
        """Like `run`, but only where no other use case of the workspace runs; False where one does.

        Several processes that see the same work due so share it, and none waits for another.
        """

        def work(session: Session) -> tuple[bool, bool]:
            if not _lock(session, workspace, wait=False):
                return False, False
            records = SessionRecords(session, workspace, self.keyring, self.clock(), self.new_id)
            use(*args, records=records, now=records.now, new_id=self.new_id)
            records.flush()
            return True, records.posted

        turn = self._turns.setdefault(workspace, asyncio.Lock())
        if turn.locked():
            return False
        async with turn:
            ran, posted = await self.workshop.run(work)
        if posted:
            _tell(self.on_outbox)
        return ran

    async def read(self, workspace: WorkspaceId, use: Callable[..., T], *args: object) -> T:
        """Like `run` for a use that only reads: beside all others, and without keeping anything of it.

        Whatever writes after all is refused by the database.
        """

        def work(session: Session) -> T:
            records = SessionRecords(session, workspace, self.keyring, self.clock(), self.new_id)
            return use(*args, records=records, now=records.now, new_id=self.new_id)

        return await self.workshop.read(work)

    async def once(
        self, workspace: WorkspaceId, key: str, kind: str, use: Callable[..., Prompt], *args: object
    ) -> Prompt:
        """Like `run`, but once only for this key: a repeated request gets the first one's answer.

        The key and the answer, encrypted, stand in the inbox for 24 hours, written in the same transaction.
        """

        def work(session: Session, records: SessionRecords) -> Prompt:
            connection = session.connection()
            given = connection.execute(ANSWER, {"of_workspace": workspace, "of_key": key}).scalar()
            if given is not None:
                return decode(self.keyring.open(workspace, given))
            answer = use(*args, records=records, now=records.now, new_id=self.new_id)
            row = _inbox_row(workspace, key, kind, records.now, Handling.DONE)
            # written last, with its answer: nobody else works on the workspace, and the key is unique besides
            connection.execute(
                insert(INBOX), row | {"answer": self.keyring.seal(workspace, encode(answer.again))}
            )
            return answer

        return await self.in_turn(workspace, work)

    async def take(self, workspace: WorkspaceId, key: str, kind: str, body: bytes) -> bool:
        """Put an event in the inbox, once only for its key; True where it is new. Committed on return."""
        values = _inbox_row(workspace, key, kind, self.clock(), Handling.PENDING)
        row = InboxRow(**values, body=self.keyring.seal(workspace, body))

        def work(session: Session) -> bool:
            inserted = insert_new(session, row, ("workspace_id", "key"))
            leave(session, News.EVENTS, workspace)
            reach(Point.INBOX_TAKE_BEFORE_COMMIT)
            return inserted

        new = await self.workshop.run(work)
        reach(Point.INBOX_TAKE_AFTER_COMMIT)
        if new:
            _tell(self.on_inbox)
        return new

    async def time(self) -> datetime:
        """The database server's clock, aware, in UTC; on SQLite this machine's."""
        now = await self.workshop.run(lambda session: session.exec(select(func.now())).one())
        return now if now.tzinfo else now.replace(tzinfo=UTC)

    async def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is due at `now` over all workspaces, earliest first; look again until nothing is left."""
        return await self.workshop.run(lambda session: due_items(session, now))

    async def next_due(self, after: datetime | None = None) -> datetime | None:
        """When something is due next over all workspaces, mail included; None where nothing ever is.

        With `after`, only what falls due later than that.
        """
        return await self.workshop.run(lambda session: next_due(session, after))

    async def forget(self, now: datetime) -> int:
        """Remove what was kept for its time, over all workspaces; how many rows."""
        return await self.workshop.run(lambda session: forget(session, now))

    async def keep_time(self, zones: str, use: Callable[..., object]) -> int:
        """Run `use` once in every workspace whose moments were computed by other rules than `zones`.

        How many they were. The rules are noted in the same transaction.
        """
        known = col(WorkspaceRow.zones)
        old = select(WorkspaceRow.id).where(or_(known.is_(None), known != zones))

        def stale(session: Session) -> list[WorkspaceId]:
            options = across("find whose times to compute anew")
            return [WorkspaceId(key) for key in session.exec(old, execution_options=options)]

        found = await self.workshop.run(stale)
        for workspace in found:

            def work(session: Session, records: SessionRecords, key: WorkspaceId = workspace) -> None:
                use(records=records, now=records.now, new_id=self.new_id)
                _workspace_row(session, key).zones = zones

            await self.in_turn(workspace, work)
        return len(found)

    async def mail_state(self) -> MailState:
        """How mail stands over all workspaces, at this moment."""
        now = self.clock()
        return await self.workshop.run(lambda session: mail_state(session, now))

    async def overdue(self, now: datetime) -> bool:
        """Whether something has been due since before `now`: a thing to plan, or mail."""

        def work(session: Session) -> bool:
            state = mail_state(session, now)
            waits = max(state.outbox_age, state.inbox_age) > timedelta(0)
            return waits or bool(due_items(session, now))

        return await self.workshop.run(work)

    async def sweep(self, now: datetime) -> int:
        """Remove the budgets that are full again; how many."""
        return await self.workshop.run(lambda session: budget.sweep(session, now))

    async def workspace(self, platform: str, team: str, enterprise: str = "") -> WorkspaceId:
        """The workspace of a platform's own ids; an unknown one is made."""
        row = WorkspaceRow(
            id=WorkspaceId(self.new_id()),
            platform=platform,
            team=team,
            enterprise=enterprise,
            installed_at=self.clock(),
            bot_user="",
        )

        def work(session: Session) -> WorkspaceId:
            known = select(WorkspaceRow.id).where(
                WorkspaceRow.platform == platform,
                WorkspaceRow.team == team,
                WorkspaceRow.enterprise == enterprise,
            )
            options = across("find the workspace of a request")
            found = session.exec(known, execution_options=options).first()
            if found is None:
                insert_new(session, row, ("platform", "team", "enterprise"))
                found = session.exec(known, execution_options=options).one()
            return WorkspaceId(found)

        return await self.workshop.run(work)

    async def allow(self, workspace: WorkspaceId, way: Way) -> float:
        """0 where one call may go this way now, which is then taken; else the seconds until one may."""
        now, rate = self.clock(), self.pace.ways[way]

        def work(session: Session) -> float:
            if budget.take(session, workspace, way.value, rate, now, 1):
                return 0.0
            return (budget.promise(session, workspace, way.value, rate, now) - now).total_seconds()

        return await self.workshop.run(work)

    async def arrived(self, workspace: WorkspaceId, message: str, ref: str) -> None:
        """A message turned out to have arrived, by what somebody did with it: it is not sent again."""
        await self.outbox.arrived(workspace, message, ref, self.clock())

    async def direct(self, workspace: WorkspaceId, who: Address) -> Address | None:
        """The conversation with one person, where it was opened before."""

        def work(session: Session) -> Address | None:
            row = session.get(DirectRow, (workspace, who))
            return None if row is None else row.conversation

        return await self.workshop.run(work)

    async def keep_direct(self, workspace: WorkspaceId, who: Address, conversation: Address | None) -> None:
        """Remember the conversation with one person; None forgets it."""

        def work(session: Session) -> None:
            mine = delete(DirectRow).where(
                col(DirectRow.workspace_id) == workspace, col(DirectRow.address) == who
            )
            session.exec(mine)
            if conversation is not None:
                session.add(DirectRow(workspace_id=workspace, address=who, conversation=conversation))

        await self.workshop.run(work)

    async def save_token(self, workspace: WorkspaceId, token: str, bot_user: str) -> None:
        """Keep, encrypted, the token that speaks in a workspace, and the bot's own account there."""

        def work(session: Session) -> None:
            row = _workspace_row(session, workspace)
            row.token = self.keyring.seal(workspace, token.encode())
            row.bot_user = bot_user

        await self.workshop.run(work)

    async def token(self, workspace: WorkspaceId) -> str | None:
        """The token that speaks in a workspace; None where there is none."""

        def work(session: Session) -> str | None:
            sealed = _workspace_row(session, workspace).token
            return None if sealed is None else self.keyring.open(workspace, sealed).decode()

        return await self.workshop.run(work)

    async def forget_token(self, workspace: WorkspaceId) -> None:
        """Destroy a workspace's token."""

        def work(session: Session) -> None:
            _workspace_row(session, workspace).token = None

        await self.workshop.run(work)

    async def rotate(self) -> int:
        """Seal everything under the newest key that stands under an older one; how many values."""
        count = 0
        while moved := await self.workshop.run(lambda session: rotate(session, self.keyring)):
            count += moved
        return count

    async def keys_in_use(self) -> dict[str, int]:
        """How many values stand under each key, by the key's mark; drop a key only when it has none."""
        return await self.workshop.run(keys_in_use)

    def close(self) -> None:
        """Let running work end, then close all connections."""
        self.workshop.close()

    async def in_turn(self, workspace: WorkspaceId, work: Callable[[Session, SessionRecords], T]) -> T:
        """Run `work` in one transaction while no other use case of the workspace runs anywhere.

        Limits and places span many rows, which guarded updates alone do not protect; one at a time does,
        and a busy workspace takes one thread, not all of them.
        """

        def locked(session: Session) -> tuple[T, bool]:
            _lock(session, workspace)
            records = SessionRecords(session, workspace, self.keyring, self.clock(), self.new_id)
            done = work(session, records)
            records.flush()
            return done, records.posted

        turn = self._turns.setdefault(workspace, asyncio.Lock())
        async with turn:
            result, posted = await self.workshop.run(locked)
        if posted:
            _tell(self.on_outbox)
        return result


def open_store(url: str, secrets: Keyring, clock: Clock, new_id: NewId, pace: Pace = UNHURRIED) -> Store:
    """A store on the database at `url`, which is migrated already."""
    threads = 1 if is_sqlite(url) else THREADS
    engine = make_engine(url, threads)
    workshop = Workshop(engine, threads, make_reader(url, engine))
    return Store(workshop, secrets, clock, new_id, pace)


def _lock(session: Session, workspace: WorkspaceId, *, wait: bool = True) -> bool:
    """Have the workspace to oneself, waiting for it or not; False where another transaction has it.

    SQLite has one writer anyway.
    """
    statement = LOCK if wait else LOCK_IF_FREE
    found = session.connection().execute(statement, {"of_workspace": workspace}).first()
    if found is None and wait:
        raise NoSuchWorkspaceError(workspace)
    return found is not None


def _workspace_row(session: Session, workspace: WorkspaceId) -> WorkspaceRow:
    row = session.get(WorkspaceRow, workspace)
    if row is None:
        raise NoSuchWorkspaceError(workspace)
    return row


def _inbox_row(workspace: WorkspaceId, key: str, kind: str, now: datetime, state: Handling) -> dict[str, Any]:
    moments = {"received_at": now, "not_before": now}
    return {"workspace_id": workspace, "key": key, "kind": kind, "state": state, "tries": 0, **moments}


def _tell(wakes: list[Wake]) -> None:
    for wake in wakes:
        wake()
