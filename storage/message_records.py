"""What one workspace's use cases put in the outbox, take back, and look up in the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import delete as delete_from

from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import Said
from bot.ports import Kind, Message, Pending
from storage.codec import encode
from storage.mail_tables import OutboxRow, SaidRow, Sending
from storage.record_base import RecordBase
from storage.shelf import KEY, WORKSPACE
from storage.tables import PairRow
from storage.work import News, leave

OUTBOX, SAID, PAIR = OutboxRow.__table__, SaidRow.__table__, PairRow.__table__

# Built once, since building a statement costs more than running it.
OWN = OUTBOX.c.workspace_id == bindparam(WORKSPACE)
WITH_KEY = select(OUTBOX.c.id).where(OWN, OUTBOX.c.key == bindparam(KEY))
LAST_NUMBER = select(func.max(OUTBOX.c.number)).where(OWN)
NEW_MESSAGE, NEW_SAID = insert(OUTBOX), insert(SAID)
SAID_SINCE = (
    select(SAID.c.at, SAID.c.nudge)
    .where(
        SAID.c.workspace_id == bindparam(WORKSPACE),
        SAID.c.participant == bindparam("its_participant"),
        SAID.c.at >= bindparam("its_moment"),
    )
    .order_by(SAID.c.at, SAID.c.outbox)
)


class MessageRecords(RecordBase):
    """The part of Records about messages."""

    def said(self, who: ParticipantId, since: datetime) -> tuple[Said, ...]:
        """The messages that count for a person from a moment on, those still waiting included."""
        rows = self._execute(SAID_SINCE, its_participant=who, its_moment=since)
        return tuple(Said(at, nudge) for at, nudge in rows)

    def post(self, message: Message) -> None:
        """Put a message in the outbox; nothing happens where its key is there already."""
        if self._is_posted(message.key):
            return
        row = self._outbox_row(message)
        self._connection.execute(NEW_MESSAGE, row)
        if message.counts_for:
            counted = {"workspace_id": self._workspace, "outbox": row["id"], "at": message.not_before}
            rows = [counted | {"participant": who, "nudge": message.nudge} for who in message.counts_for]
            self._connection.execute(NEW_SAID, rows)
        self.posted = True
        if message.not_before <= self._now:
            leave(self._session, News.MAIL, self._workspace)

    def undelivered(self, since: datetime) -> int:
        """How many messages the platform refused for good from a moment on."""
        failed = (
            select(func.count())
            .select_from(OUTBOX)
            .where(
                OUTBOX.c.workspace_id == self._workspace,
                OUTBOX.c.ended_at >= since,
                OUTBOX.c.state == Sending.FAILED,
            )
        )
        return self._session.scalar(failed) or 0

    def pending(self, who: ParticipantId) -> tuple[Pending, ...]:
        """What waits for a person and has not left, earliest first: their messages, and their rooms'."""
        waiting = select(OUTBOX.c.key, OUTBOX.c.not_before, OUTBOX.c.nudge).where(self._waiting_for(who))
        rows = self._session.execute(waiting.order_by(OUTBOX.c.not_before, OUTBOX.c.number))
        return tuple(Pending(key, at, nudge) for key, at, nudge in rows)

    def postpone(self, who: ParticipantId, until: datetime, key: str | None = None) -> None:
        """Let what waits for a person (all, or one key) wait until a moment; their rooms' messages too."""
        waiting = self._waiting_for(who)
        if key is not None:
            waiting = and_(waiting, OUTBOX.c.key == key)
        sooner = select(OUTBOX.c.id).where(waiting, OUTBOX.c.not_before < until)
        keys = list(self._session.scalars(sooner))
        mine = OUTBOX.c.workspace_id == self._workspace
        moved = update(OUTBOX).where(mine, OUTBOX.c.id.in_(keys))
        self._session.execute(moved.values(planned_at=until, not_before=until))
        counted = update(SAID).where(SAID.c.workspace_id == self._workspace, SAID.c.outbox.in_(keys))
        self._session.execute(counted.values(at=until))

    def withdraw(self, who: ParticipantId, key_prefix: str = "") -> None:
        """Take back what waits for a person and has not left, all or by the start of its key."""
        gone = delete_from(OUTBOX).where(
            self._waiting_for(who), OUTBOX.c.key.startswith(key_prefix, autoescape=True)
        )
        self._session.execute(gone)

    def _waiting_for(self, who: ParticipantId) -> ColumnElement[bool]:
        """Pending messages to the person themselves, and to the rooms of their pairs."""
        rooms = select(PAIR.c.id).where(
            PAIR.c.workspace_id == self._workspace, or_(PAIR.c.a == who, PAIR.c.b == who)
        )
        address = self._address(who)
        to_them = and_(OUTBOX.c.kind == Kind.PERSON, OUTBOX.c.ref == address)
        to_rooms = and_(OUTBOX.c.kind == Kind.ROOM, OUTBOX.c.ref.in_(rooms))
        mine = OUTBOX.c.workspace_id == self._workspace
        return and_(mine, OUTBOX.c.state == Sending.PENDING, or_(to_them, to_rooms))

    def _is_posted(self, key: str) -> bool:
        return self._execute(WITH_KEY, **{KEY: key}).first() is not None

    def _outbox_row(self, message: Message) -> dict[str, Any]:
        """What a new row holds."""
        return {
            "workspace_id": self._workspace,
            "id": self._new_id(),
            "number": self._next_number(),
            "key": message.key,
            "kind": message.to.kind,
            "ref": message.to.ref,
            "readers": message.to.readers,
            "prompt": self._keyring.seal(self._workspace, encode(message.prompt)),
            "doubt": message.prompt.settled(),
            "nudge": message.nudge,
            "state": Sending.PENDING,
            "attempt": 0,
            "posted_at": self._now,
            "planned_at": message.not_before,
            "not_before": message.not_before,
        }

    def _next_number(self) -> int:
        """One more than the last; use cases of a workspace run one at a time, so nobody else takes it."""
        return (self._execute(LAST_NUMBER).scalar() or 0) + 1
