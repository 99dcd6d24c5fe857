"""The tables of what comes in and goes out: inbox, outbox, and the ledger of what was said to whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Index, Integer, UniqueConstraint, text

from bot.mentoring.ids import Address, ParticipantId, WorkspaceId
from bot.mentoring.prompts import Doubt
from bot.ports import Kind
from storage.columns import Data, Kept, Named, Row, Utc, column
from storage.encryption import Encrypted, Sealed
from storage.tables import ADDRESSES, belongs_to, due_index, owned_by_workspace


class Sending(StrEnum):
    """Where a message of the outbox stands."""

    PENDING = "pending"
    SENDING = "sending"
    """Claimed: it may have left. Until its outcome is recorded it is in doubt."""
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    """Nobody knows whether it arrived, and it is not sent again."""
    EXPIRED = "expired"


class Handling(StrEnum):
    """Where something that came in stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class OutboxRow(Row, table=True):
    """A message to be sent, once only for its key. The text goes as soon as it was sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        owned_by_workspace(),
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("workspace_id", "number"),
        Index(
            "ix_outbox_workspace_id_queue",
            "workspace_id",
            "kind",
            "ref",
            "planned_at",
            "number",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_workspace_id_turn",
            "workspace_id",
            "kind",
            "not_before",
            "number",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        due_index("outbox", "not_before", "number", where="state = 'pending'"),
        due_index("outbox", "started_at", where="state = 'sending'"),
        due_index("outbox", "admitted_at", where="state = 'pending' AND admitted_at IS NOT NULL"),
        due_index("outbox", "closes_at", where="state = 'pending' AND closes_at IS NOT NULL"),
        due_index("outbox", "ended_at", where="ended_at IS NOT NULL"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.OUTBOX_ROW, key=True)
    id: str = column(Data.INTERNAL, "name the message", Kept.OUTBOX_ROW, key=True)
    number: int = column(Data.INTERNAL, "send in the order of posting", Kept.OUTBOX_ROW, Integer)
    key: str = column(Data.PAIRING, "send once only", Kept.OUTBOX_ROW)
    kind: Kind = column(Data.INTERNAL, "know what it is addressed to", Kept.OUTBOX_ROW, Named(Kind))
    ref: str = column(Data.ADDRESS, "know where it goes", Kept.OUTBOX_ROW)
    readers: tuple[Address, ...] = column(Data.ADDRESS, "know who reads it", Kept.OUTBOX_ROW, ADDRESSES)
    prompt: Sealed | None = column(Data.MESSAGE, "say it", Kept.OUTBOX_TEXT, Encrypted, optional=True)
    doubt: Doubt = column(Data.INTERNAL, "settle a doubt", Kept.OUTBOX_ROW, Named(Doubt))
    nudge: bool = column(Data.INTERNAL, "let a late reminder lapse", Kept.OUTBOX_ROW, Boolean)
    state: Sending = column(Data.INTERNAL, "know where it stands", Kept.OUTBOX_ROW, Named(Sending))
    attempt: int = column(Data.INTERNAL, "count attempts", Kept.OUTBOX_ROW, Integer)
    posted_at: datetime = column(Data.INTERNAL, "measure delay", Kept.OUTBOX_ROW, Utc)
    planned_at: datetime = column(Data.INTERNAL, "send in order", Kept.OUTBOX_ROW, Utc)
    not_before: datetime = column(Data.INTERNAL, "wait for its moment", Kept.OUTBOX_ROW, Utc)
    closes_at: datetime | None = column(
        Data.INTERNAL, "write to nobody after work", Kept.OUTBOX_ROW, Utc, optional=True
    )
    missed_at: datetime | None = column(
        Data.INTERNAL, "know how late it is", Kept.OUTBOX_ROW, Utc, optional=True
    )
    admitted_at: datetime | None = column(
        Data.INTERNAL, "know that a worker was told of it", Kept.OUTBOX_ROW, Utc, optional=True
    )
    started_at: datetime | None = column(
        Data.INTERNAL, "know since when it is in doubt", Kept.OUTBOX_ROW, Utc, optional=True
    )
    ended_at: datetime | None = column(
        Data.INTERNAL, "remove the row in time", Kept.OUTBOX_ROW, Utc, optional=True
    )
    sent_as: str | None = column(
        Data.INTERNAL, "know the message again when it is pressed", Kept.OUTBOX_ROW, optional=True
    )
    problem: str | None = column(Data.INTERNAL, "find what failed", Kept.OUTBOX_ROW, optional=True)


class SaidRow(Row, table=True):
    """One message that uses up a person's weekly limit, at the moment it left or will leave."""

    __tablename__ = "said"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("participant", "participant"),
        belongs_to("outbox", "outbox", cascade=True),
        Index(None, "workspace_id", "participant", "at"),
        Index(None, "workspace_id", "outbox"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.OUTBOX_ROW, key=True)
    participant: ParticipantId = column(Data.ADDRESS, "keep the limits of each", Kept.OUTBOX_ROW, key=True)
    outbox: str = column(Data.INTERNAL, "follow the message", Kept.OUTBOX_ROW, key=True)
    at: datetime = column(Data.INTERNAL, "keep the weekly limits", Kept.OUTBOX_ROW, Utc)
    nudge: bool = column(Data.INTERNAL, "keep the limit of reminders", Kept.OUTBOX_ROW, Boolean)


class BudgetRow(Row, table=True):
    """What a way out of a workspace, or the line to one destination, may carry; times in microseconds."""

    __tablename__ = "budget"
    __table_args__ = (
        owned_by_workspace(),
        due_index("budget", "free_at"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.BUDGET, key=True)
    scope: str = column(Data.ADDRESS, "know what is limited", Kept.BUDGET, key=True)
    free_at: int = column(Data.INTERNAL, "know when the next may leave", Kept.BUDGET, BigInteger)
    promised_at: int = column(Data.INTERNAL, "let few come in vain", Kept.BUDGET, BigInteger)
    granted: int = column(Data.INTERNAL, "tell how many were let go", Kept.BUDGET, Integer)
    doubts: int = column(Data.INTERNAL, "rest when nothing is certain", Kept.BUDGET, Integer)


class DirectRow(Row, table=True):
    """The platform's conversation with one person, so that it is opened once."""

    __tablename__ = "direct"
    __table_args__ = (owned_by_workspace(),)

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.MEMBERSHIP, key=True)
    address: Address = column(Data.ADDRESS, "know whose it is", Kept.MEMBERSHIP, key=True)
    conversation: Address = column(Data.ADDRESS, "write to the person", Kept.MEMBERSHIP)


class InboxRow(Row, table=True):
    """Something that came in, once only for its key: an event to be handled, or a request with its answer."""

    __tablename__ = "inbox"
    __table_args__ = (
        owned_by_workspace(),
        due_index("inbox", "not_before", where="state = 'pending'"),
        due_index("inbox", "received_at", where="state <> 'pending'"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.INBOX_ROW, key=True)
    key: str = column(Data.INTERNAL, "handle it once only", Kept.INBOX_ROW, key=True)
    kind: str = column(Data.INTERNAL, "know who handles it", Kept.INBOX_ROW)
    state: Handling = column(Data.INTERNAL, "know where it stands", Kept.INBOX_ROW, Named(Handling))
    body: Sealed | None = column(Data.MESSAGE, "handle it", Kept.INBOX_BODY, Encrypted, optional=True)
    answer: Sealed | None = column(
        Data.MESSAGE, "give a repeated request the same answer", Kept.INBOX_ROW, Encrypted, optional=True
    )
    tries: int = column(Data.INTERNAL, "give up on what cannot be handled", Kept.INBOX_ROW, Integer)
    received_at: datetime = column(Data.INTERNAL, "handle in order; remove in time", Kept.INBOX_ROW, Utc)
    not_before: datetime = column(Data.INTERNAL, "wait before the next try", Kept.INBOX_ROW, Utc)
    problem: str | None = column(Data.INTERNAL, "find it in the log", Kept.INBOX_ROW, optional=True)
