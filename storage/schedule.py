"""What is due over all workspaces, and when the next thing will be: read from rows, never kept in memory."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, literal_column, select, union_all
from sqlmodel import Session

from bot.due import DueItem, DueKind
from bot.mail import SETTLE
from bot.mentoring.ids import WorkspaceId
from bot.mentoring.people import ParticipantState
from storage.guard import across
from storage.mail_tables import Handling, InboxRow, OutboxRow, Sending
from storage.moments import Earliest, First
from storage.states import is_state
from storage.tables import PairRow, ParticipantRow, ProgrammeRow
from storage.turns import PENDING, first_in_line, opens_at

MOST = 200
"""Due items of a kind that one look gives."""

PAIR, PARTICIPANT, PROGRAMME = PairRow.__table__, ParticipantRow.__table__, ProgrammeRow.__table__
OUTBOX, INBOX = OutboxRow.__table__, InboxRow.__table__


PAUSED = is_state(PARTICIPANT.c.state, ParticipantState.PAUSED)
IN_FLIGHT = is_state(OUTBOX.c.state, Sending.SENDING)
UNHANDLED = is_state(INBOX.c.state, Handling.PENDING)

SOURCES: tuple[tuple[DueKind, Table, Column[Any], tuple[ColumnElement[bool], ...]], ...] = (
    (DueKind.PROGRAMME, PROGRAMME, PROGRAMME.c.next_round_at, ()),
    (DueKind.PROGRAMME, PROGRAMME, PROGRAMME.c.next_summary_at, ()),
    (DueKind.PARTICIPANT, PARTICIPANT, PARTICIPANT.c.paused_until, (PAUSED,)),
    (DueKind.PAIR, PAIR, PAIR.c.next_due_at, ()),
    (DueKind.MESSAGE, OUTBOX, OUTBOX.c.closes_at, (PENDING,)),
)
"""What falls due, by which column, and under what further condition."""


NOW = "its_now"


def _due(place: int) -> Select[Any]:
    """What of a source is due, earliest first, each with the source's place."""
    _, table, moment, further = SOURCES[place]
    columns = (moment.label("at"), table.c.workspace_id, table.c.id)
    found = select(*columns).where(moment <= bindparam(NOW), *further)
    first = found.order_by(moment, table.c.workspace_id, table.c.id).limit(MOST).subquery()
    return select(first.c.at, literal_column(str(place)), first.c.workspace_id, first.c.id)


DUE = union_all(*map(_due, range(len(SOURCES)))).execution_options(**across("find what is due"))
EARLIEST = Earliest(
    *(First(moment, *further) for _, _, moment, further in SOURCES),
    First(OUTBOX.c.not_before, PENDING, first_in_line()),
    First(OUTBOX.c.started_at, IN_FLIGHT, lag=SETTLE),
    First(INBOX.c.not_before, UNHANDLED),
)


def due_items(session: Session, now: datetime) -> tuple[DueItem, ...]:
    """What is due at `now`, earliest first, at most MOST of each source."""
    found = sorted(map(tuple, session.connection().execute(DUE, {NOW: now})))
    items = (DueItem(WorkspaceId(of), SOURCES[place][0], key) for _, place, of, key in found)
    return tuple(dict.fromkeys(items))


def next_due(session: Session, after: datetime | None) -> datetime | None:
    """The first moment, later than `after` if that is given, at which something is due, mail included."""
    first = EARLIEST(session, after)
    opens = None if after is None else opens_at(session, after)
    return min((moment for moment in (first, opens) if moment is not None), default=None)
