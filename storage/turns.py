"""Whose turn it is to leave: workspaces one after the other, each within its budget, each line in order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Session

from bot.mail import Pace, Way
from bot.mentoring.ids import WorkspaceId
from bot.ports import Kind
from storage.budget import BUDGET, TICKS, free_at, give_back, moment_of, rests, take, ticks
from storage.guard import across
from storage.mail_tables import OutboxRow, Sending
from storage.states import is_one_of, is_state
from storage.tables import WorkspaceRow

OUTBOX, WORKSPACE = OutboxRow.__table__, WorkspaceRow.__table__
PENDING = is_state(OUTBOX.c.state, Sending.PENDING)
KINDS: Mapping[Way, tuple[Kind, ...]] = {
    Way.POST: (Kind.PERSON, Kind.ROOM, Kind.CHANNEL),
    Way.REPLACE: (Kind.REPLY,),
}
"""What leaves by which way."""
NOW = "its_now"
"""The parameter of statements built once that binds the moment."""
IN_HOURS = or_(OUTBOX.c.closes_at.is_(None), OUTBOX.c.closes_at > bindparam(NOW))
"""Whether no reader of a message has stopped work; what is late waits to be planned anew."""
Room = Callable[[WorkspaceId], int]
"""How many more of a workspace's messages there is room for, asked only where something is due there."""


class Turns:
    """Picks what may leave now and takes it from the budgets; remembers which workspace was served last."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._served = WorkspaceId("")

    def pick(
        self,
        session: Session,
        now: datetime,
        most: int,
        *,
        of: WorkspaceId | None = None,
        untold: bool = False,
        room: Room | None = None,
    ) -> list[RowMapping]:
        """Up to `most` messages whose turn has come, over all workspaces or `of` one.

        Each workspace gets an equal share of `most`, and no more than there is `room` for. With `untold` only
        those no worker was told of.
        """
        ready = list(self._ready(session, now, untold=untold)) if of is None else [(of, way) for way in KINDS]
        share = -(-most // max(1, len(ready)))
        picked: list[RowMapping] = []
        for workspace, way in ready:
            places = min(share, most - len(picked))
            if places <= 0:
                break
            picked += self._of_one(session, (workspace, way), now, places, untold=untold, room=room)
            self._served = workspace
        return picked

    def _ready(self, session: Session, now: datetime, *, untold: bool) -> Iterator[tuple[WorkspaceId, Way]]:
        """The ways that something may leave by, beginning after the workspace that was served last."""
        found: list[tuple[WorkspaceId, Way]] = []
        for way in KINDS:
            rows = session.connection().scalars(_free(way, untold=untold), {NOW: now, TICKS: ticks(now)})
            found += [(WorkspaceId(key), way) for key in rows]
        yield from sorted(found, key=lambda one: (one[0] <= self._served, one))

    def _of_one(
        self,
        session: Session,
        ready: tuple[WorkspaceId, Way],
        now: datetime,
        most: int,
        *,
        untold: bool,
        room: Room | None,
    ) -> list[RowMapping]:
        workspace, way = ready
        rows: list[RowMapping] = []
        for kind in KINDS[way]:
            bound = {NOW: now, "of_workspace": workspace, "at_most": most}
            rows += session.connection().execute(_first(kind, untold=untold), bound).mappings().all()
        if not rows:
            return []
        places = most if room is None else min(most, room(workspace))
        if places <= 0:
            return []
        rows.sort(key=lambda row: (row["not_before"], row["number"]))
        rate = self._pace.ways[way]
        granted = rows[: take(session, workspace, way.value, rate, now, min(places, len(rows)))]
        free = [row for row in granted if self._line_is_free(session, row, now)]
        if len(free) < len(granted):
            give_back(session, workspace, way.value, rate, len(granted) - len(free))
        return free

    def _line_is_free(self, session: Session, row: RowMapping, now: datetime) -> bool:
        """Whether one more may go to a message's destination; else the message waits until one may."""
        if row["kind"] is Kind.REPLY:
            return True
        workspace, line = row["workspace_id"], f"to {row['kind']} {row['ref']}"
        if take(session, workspace, line, self._pace.destination, now, 1):
            return True
        one = update(OUTBOX).where(OUTBOX.c.workspace_id == workspace, OUTBOX.c.id == row["id"])
        session.execute(one.values(not_before=free_at(session, workspace, line)))
        return False


def due(way: Way, *, untold: bool = False, kind: Kind | None = None) -> tuple[ColumnElement[bool], ...]:
    """What makes a message due by a way, or of one kind that goes it, at the moment that NOW binds."""
    kinds = OUTBOX.c.kind.in_(KINDS[way]) if kind is None else OUTBOX.c.kind == kind
    told = (OUTBOX.c.admitted_at.is_(None),) if untold else ()
    return (kinds, PENDING, OUTBOX.c.not_before <= bindparam(NOW), IN_HOURS, *told)


def opens_at(session: Session, now: datetime) -> datetime | None:
    """The first moment at which a budget lets out what waits for it alone; None where nothing does."""
    moments: list[int] = []
    for way in KINDS:
        moment = session.connection().scalar(_opening(way), {NOW: now, TICKS: ticks(now)})
        moments += [] if moment is None else [moment]
    return moment_of(min(moments)) if moments else None


@cache
def _free(way: Way, *, untold: bool) -> Select[Any]:
    """The workspaces in which something is due by a way that carries it."""
    has_due = exists().where(OUTBOX.c.workspace_id == WORKSPACE.c.id, *due(way, untold=untold))
    free = select(WORKSPACE.c.id).where(has_due, ~rests(WORKSPACE.c.id, way))
    return free.execution_options(**across("see in which workspaces mail waits"))


@cache
def _first(kind: Kind, *, untold: bool) -> Select[Any]:
    """What of a kind is due in a workspace and first in its line."""
    way = next(way for way, kinds in KINDS.items() if kind in kinds)
    return (
        select(OUTBOX)
        .where(OUTBOX.c.workspace_id == bindparam("of_workspace"), *due(way, untold=untold, kind=kind))
        .where(first_in_line())
        .order_by(OUTBOX.c.not_before, OUTBOX.c.number)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True, of=OUTBOX)
    )


@cache
def _opening(way: Way) -> Select[Any]:
    """When the first budget is free again for which something waits."""
    waits = exists().where(OUTBOX.c.workspace_id == BUDGET.c.workspace_id, *due(way))
    first = select(func.min(BUDGET.c.free_at)).where(
        BUDGET.c.scope == way.value, BUDGET.c.free_at > bindparam(TICKS), waits
    )
    return first.execution_options(**across("find when a budget opens"))


def first_in_line() -> ColumnElement[bool]:
    """Nothing is on its way to the message's destination, and nothing waits there that comes before it.

    Of what is planned for one moment, that comes first which was planned for an earlier one and missed it.
    """
    other = OUTBOX.alias("other")
    same_line = and_(*(_equal(other, OUTBOX, name) for name in ("workspace_id", "kind", "ref")))
    first, other_first = (func.coalesce(one.c.missed_at, one.c.planned_at) for one in (OUTBOX, other))
    sooner = or_(other_first < first, and_(other_first == first, other.c.number < OUTBOX.c.number))
    before = or_(
        other.c.planned_at < OUTBOX.c.planned_at,
        and_(other.c.planned_at == OUTBOX.c.planned_at, sooner),
    )
    open_still = is_one_of(other.c.state, Sending.PENDING, Sending.SENDING)
    on_its_way = other.c.state == Sending.SENDING
    return ~exists().where(same_line, open_still, or_(on_its_way, before))


def _equal(one: FromClause, other: FromClause, name: str) -> ColumnElement[bool]:
    equal: ColumnElement[bool] = one.c[name] == other.c[name]
    return equal
