"""What is due over all workspaces, and when the next thing will be: read from rows, never kept in memory."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, literal, select
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId
from bot.mentoring.people import ParticipantState
from bot.ports import DueItem, DueKind
from storage.guard import across
from storage.mail_tables import Handling, InboxRow, OutboxRow, Sending
from storage.tables import PairRow, ParticipantRow, ProgrammeRow

SETTLE = timedelta(seconds=60)
"""How long a send without an outcome stays in doubt before it is settled (DELIVERY §3)."""
MOST = 200
"""Due items of a kind that one look gives."""

PAIR, PARTICIPANT, PROGRAMME = PairRow.__table__, ParticipantRow.__table__, ProgrammeRow.__table__
OUTBOX, INBOX = OutboxRow.__table__, InboxRow.__table__


def is_state(column: Column[Any], state: str) -> ColumnElement[bool]:
    """`column = 'state'` with the state written out, so that SQLite sees that a partial index fits."""
    return column == literal(state, column.type, literal_execute=True)


PAUSED = is_state(PARTICIPANT.c.state, ParticipantState.PAUSED)
PENDING = is_state(OUTBOX.c.state, Sending.PENDING)
IN_FLIGHT = is_state(OUTBOX.c.state, Sending.SENDING)
UNHANDLED = is_state(INBOX.c.state, Handling.PENDING)

SOURCES: tuple[tuple[DueKind, Table, Column[Any], tuple[ColumnElement[bool], ...]], ...] = (
    (DueKind.PROGRAMME, PROGRAMME, PROGRAMME.c.next_round_at, ()),
    (DueKind.PROGRAMME, PROGRAMME, PROGRAMME.c.next_summary_at, ()),
    (DueKind.PARTICIPANT, PARTICIPANT, PARTICIPANT.c.paused_until, (PAUSED,)),
    (DueKind.PAIR, PAIR, PAIR.c.next_due_at, ()),
)
"""What falls due, by which column, and under what further condition."""


def due_items(session: Session, now: datetime) -> tuple[DueItem, ...]:
    """What is due at `now`, earliest first, at most MOST of each source."""
    found: list[tuple[datetime, DueItem]] = []
    for kind, table, moment, further in SOURCES:
        due = select(moment, table.c.workspace_id, table.c.id).where(moment <= now, *further)
        rows = session.execute(
            due.order_by(moment, table.c.workspace_id, table.c.id).limit(MOST),
            execution_options=across("find what is due"),
        )
        found += [(at, DueItem(WorkspaceId(workspace), kind, key)) for at, workspace, key in rows]
    found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(item for _, item in found))


def next_due(session: Session) -> datetime | None:
    """The next moment at which something is due, mail included; None where nothing ever is."""
    moments = [
        *(_first(session, moment, *further) for _, _, moment, further in SOURCES),
        _first(session, OUTBOX.c.not_before, PENDING),
        _first(session, INBOX.c.not_before, UNHANDLED),
    ]
    claimed = _first(session, OUTBOX.c.started_at, IN_FLIGHT)
    if claimed is not None:
        moments.append(claimed + SETTLE)
    return min((moment for moment in moments if moment is not None), default=None)


def _first(session: Session, moment: Column[Any], *further: ColumnElement[bool]) -> datetime | None:
    first: datetime | None = session.scalar(
        select(func.min(moment)).where(moment.is_not(None), *further),
        execution_options=across("find when something is due next"),
    )
    return first
