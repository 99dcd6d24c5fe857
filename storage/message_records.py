"""What one workspace's use cases put in the outbox, take back, and look up in the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import delete as delete_from

from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import SLACK, WINDOW, Said
from bot.ports import Kind, Message, Pending
from storage.codec import encode
from storage.mail_tables import OutboxRow, SaidRow, Sending
from storage.record_base import RecordBase
from storage.shelf import KEYS, WORKSPACE, Rows
from storage.tables import PairRow
from storage.work import News, leave

OUTBOX, SAID, PAIR = OutboxRow.__table__, SaidRow.__table__, PairRow.__table__

# Built once, since building a statement costs more than running it.
OWN = OUTBOX.c.workspace_id == bindparam(WORKSPACE)
WITH_KEYS = select(OUTBOX.c.key).where(OWN, OUTBOX.c.key.in_(bindparam(KEYS, expanding=True)))
LAST_NUMBER = select(func.max(OUTBOX.c.number)).where(OWN)
NEW_MESSAGE, NEW_SAID = insert(OUTBOX), insert(SAID)


def _said(_: RecordBase, at: datetime, nudge: bool) -> Said:  # noqa: FBT001 # a column of the table
    return Said(at, nudge)


SAID_TO = Rows(
    "said to a person",
    select(SAID.c.participant, SAID.c.at, SAID.c.nudge)
    .where(
        SAID.c.workspace_id == bindparam(WORKSPACE),
        SAID.c.participant.in_(bindparam(KEYS, expanding=True)),
        SAID.c.at >= bindparam("its_moment"),
    )
    .order_by(SAID.c.at, SAID.c.outbox),
    _said,
)
BACK = WINDOW + SLACK
"""How far back what was said to somebody matters to the limits."""


class MessageRecords(RecordBase):
    """The part of Records about messages."""

    _last: int | None = None

    def said(self, who: ParticipantId, since: datetime) -> tuple[Said, ...]:
        """The messages that count for a person from a moment on, those still waiting included."""
        if since < self.now - BACK:
            older = self._execute(SAID_TO.statement, **{KEYS: [who]}, its_moment=since)
            return tuple(SAID_TO.read(self, *row[1:]) for row in older)
        self._gather_said((who,))
        return tuple(said for said in self._of(SAID_TO, who) if said.at >= since)

    def _gather_said(self, people: Iterable[ParticipantId]) -> None:
        """Read in one go what counts for several people."""
        self._gather(SAID_TO, people, its_moment=self.now - BACK)

    def post(self, message: Message) -> None:
        """Put a message in the outbox; nothing happens where its key is there already.

        Whether it is there is looked up for all messages together, when they are written.
        """
        if (OUTBOX.name, message.key) in self._seen:
            return
        row = self._outbox_row(message)
        self._write_later(NEW_MESSAGE, row)
        counted = {"workspace_id": self._workspace, "outbox": row["id"], "at": message.not_before}
        new = Said(message.not_before, message.nudge)
        for who in message.counts_for:
            self._write_later(NEW_SAID, counted | {"participant": who, "nudge": message.nudge})
            self._amend(SAID_TO, who, lambda known: sorted((*known, new), key=lambda said: said.at))
        self._seen[OUTBOX.name, message.key] = (1, message.key)
        self.posted = True
        if message.not_before <= self.now:
            leave(self._behind, News.MAIL, self._workspace)

    def flush(self) -> None:
        """Write what was put off, without the messages whose keys are there already."""
        new = self._later.get(NEW_MESSAGE, [])
        there = self._there([row["key"] for row in new]) if new else frozenset()
        if there:
            ids = {row["id"] for row in new if row["key"] in there}
            self._keep_later(NEW_MESSAGE, lambda row: row["id"] not in ids)
            self._keep_later(NEW_SAID, lambda row: row["outbox"] not in ids)
            self._forget(SAID_TO)
        super().flush()

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
        self._forget(SAID_TO)

    def withdraw(self, who: ParticipantId, key_prefix: str = "") -> None:
        """Take back what waits for a person and has not left, all or by the start of its key."""
        gone = delete_from(OUTBOX).where(
            self._waiting_for(who), OUTBOX.c.key.startswith(key_prefix, autoescape=True)
        )
        self._session.execute(gone)
        self._forget(SAID_TO)
        self._seen = {place: known for place, known in self._seen.items() if place[0] != OUTBOX.name}

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

    def _there(self, keys: list[str]) -> frozenset[str]:
        """Those of these keys that the outbox has, before what was put off is written."""
        found = self._raw.execute(WITH_KEYS, {WORKSPACE: self._workspace, KEYS: keys})
        return frozenset(found.scalars())

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
            "posted_at": self.now,
            "planned_at": message.not_before,
            "not_before": message.not_before,
        }

    def _next_number(self) -> int:
        """One more than the last; use cases of a workspace run one at a time, so nobody else takes it."""
        if self._last is None:
            self._last = self._raw.execute(LAST_NUMBER, {WORKSPACE: self._workspace}).scalar() or 0
        self._last += 1
        return self._last
