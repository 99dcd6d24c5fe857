"""What one workspace's use cases put in the outbox, take back, and look up in the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import delete as delete_from

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import SLACK, WINDOW, Said
from bot.ports import Destination, Kind, Message, Pending
from storage.codec import decode, encode
from storage.mail_tables import OutboxRow, SaidRow, Sending
from storage.record_base import RecordBase
from storage.shelf import KEY, KEYS, WORKSPACE, Rows
from storage.states import is_state
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


PENDING = is_state(OUTBOX.c.state, Sending.PENDING)
_ITS_OWN = (SAID.c.workspace_id == OUTBOX.c.workspace_id, SAID.c.outbox == OUTBOX.c.id)
WAITS = (
    OUTBOX.c.key,
    OUTBOX.c.kind,
    OUTBOX.c.ref,
    OUTBOX.c.readers,
    OUTBOX.c.not_before,
    OUTBOX.c.closes_at,
    OUTBOX.c.nudge,
    select(func.min(SAID.c.at)).where(*_ITS_OWN).scalar_subquery(),
)
"""What is told of a message that waits; the last is the moment for which it counts."""
LATE = select(*WAITS).where(
    OWN, OUTBOX.c.id == bindparam(KEY), PENDING, OUTBOX.c.closes_at <= bindparam("its_moment")
)
WAITING = and_(OWN, OUTBOX.c.key == bindparam(KEY), PENDING)
WHOLE = select(OUTBOX.c.id, OUTBOX.c.prompt).where(WAITING)
MOMENTS: dict[str, Any] = {
    "planned_at": bindparam("its_moment"),
    "not_before": bindparam("its_moment"),
    "closes_at": bindparam("its_closing"),
    "admitted_at": None,
}
MOVED = update(OUTBOX).where(WAITING).values(missed_at=None, **MOMENTS).returning(OUTBOX.c.id)
MISSED = MOVED.values(missed_at=func.coalesce(OUTBOX.c.missed_at, OUTBOX.c.planned_at))
OF_MESSAGE = and_(SAID.c.workspace_id == bindparam(WORKSPACE), SAID.c.outbox == bindparam("its_message"))
COUNTS_FOR = select(SAID.c.participant).where(OF_MESSAGE).order_by(SAID.c.participant)
COUNTED = update(SAID).where(OF_MESSAGE).values(at=bindparam("its_moment"))


def _pending(row: Any) -> Pending:  # noqa: ANN401 # a row of WAITS
    key, kind, ref, readers, at, closes_at, nudge, counts_at = row
    counts = None if counts_at is None else Said(counts_at, nudge)
    return Pending(key, Destination(kind, ref, readers), at, closes_at, nudge, counts)


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
        waiting = select(*WAITS).where(self._waiting_for(who))
        rows = self._session.execute(waiting.order_by(OUTBOX.c.not_before, OUTBOX.c.number))
        return tuple(map(_pending, rows))

    def late(self, key: str) -> Pending | None:
        """The message of this id, where it waits though its readers' hours have closed; else None."""
        row = self._execute(LATE, **{KEY: key}, its_moment=self.now).first()
        return None if row is None else _pending(row)

    def whole(self, message: Pending) -> Message:
        """A message that waits, with what it says; NotFound where it waits no more."""
        row = self._execute(WHOLE, **{KEY: message.key}).mappings().first()
        if row is None:
            raise NotFound
        counts_for = tuple(self._execute(COUNTS_FOR, its_message=row["id"]).scalars())
        prompt = decode(self._keyring.open(self._workspace, row["prompt"]))
        return Message(
            message.key, message.to, prompt, message.at, counts_for, message.nudge, message.closes_at
        )

    def move(self, message: Pending, at: datetime, closes_at: datetime, *, late: bool = False) -> None:
        """Let a message that waits leave from one moment on and before another; it counts for that moment.

        Where it is `late`, how late goes on from the moment that it missed first.
        """
        moments = {"its_moment": at, "its_closing": closes_at}
        found = self._execute(MISSED if late else MOVED, **{KEY: message.key}, **moments).scalar()
        if found is None:
            return
        if message.counts is not None:
            self._execute(COUNTED, its_message=found, its_moment=at)
            self._forget(SAID_TO)
        if at <= self.now:
            self.posted = True
            leave(self._behind, News.MAIL, self._workspace)

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
        return and_(mine, PENDING, or_(to_them, to_rooms))

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
            "closes_at": message.closes_at,
        }

    def _next_number(self) -> int:
        """One more than the last; use cases of a workspace run one at a time, so nobody else takes it."""
        if self._last is None:
            self._last = self._raw.execute(LAST_NUMBER, {WORKSPACE: self._workspace}).scalar() or 0
        self._last += 1
        return self._last
