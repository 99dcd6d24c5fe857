"""What each way out of each workspace may carry, and when: one atomic row for each limit."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Insert,
    and_,
    bindparam,
    case,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session

from bot.mail import Rate, Way
from bot.mentoring.ids import WorkspaceId
from storage.guard import across
from storage.mail_tables import BudgetRow

BUDGET = BudgetRow.__table__
BROKEN_AFTER = 3
"""Sends in a row of which nobody knows whether they arrived, after which a workspace rests (DELIVERY §3)."""
SHORTEST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)
PROBED = timedelta(seconds=1)
"""Between the first after a rest that the platform asked for, and those that follow it."""
STALE = timedelta(hours=1)
"""A limit that has been untouched for this long is full again, and its row of no use."""
KEY = ("workspace_id", "scope")
TICKS = "its_ticks"
"""The parameter of statements built once that binds a moment, as `ticks` counts it."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_OF, _SCOPE = "of_workspace", "of_scope"


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger())


_RESTS = BUDGET.c.granted == 0
"""Whether a way was let rest, and nothing has left by it since."""
_MINE = (BUDGET.c.workspace_id == bindparam(_OF), BUDGET.c.scope == bindparam(_SCOPE))
_FREE_AT = select(BUDGET.c.free_at).where(*_MINE)
_GIVING_BACK = update(BUDGET).where(*_MINE).values(free_at=BUDGET.c.free_at - _number("its_unused"))
_RESTED = and_(BUDGET.c.doubts >= BROKEN_AFTER, BUDGET.c.free_at > _number(TICKS))
_CERTAIN = (
    update(BUDGET)
    .where(*_MINE, BUDGET.c.doubts > 0)
    .values(doubts=0, free_at=case((_RESTED, _number(TICKS)), else_=BUDGET.c.free_at))
)


def take(session: Session, workspace: WorkspaceId, scope: str, rate: Rate, now: datetime, most: int) -> int:
    """How many of `most` may leave now; they are taken from the budget in the same statement.

    The generic cell rate algorithm: `free_at` is when the next may leave, never further back than the burst.
    A way that is being probed after doubts carries one, and rests again. One that the platform let rest
    carries one too, and the others a second later: if that one is refused as well, they need not try.
    """
    at, step = ticks(now), round(1_000_000 / rate.per_second)
    earliest = at - (rate.burst - 1) * step
    first = min(most, rate.burst)
    bound = _key(workspace, scope) | {TICKS: at, "its_step": step, "its_earliest": earliest, "at_most": most}
    fresh = {"first_free_at": earliest + first * step, "first_granted": first}
    return session.connection().scalar(_taking(session.get_bind().dialect.name), bound | fresh) or 0


def give_back(session: Session, workspace: WorkspaceId, scope: str, rate: Rate, count: int) -> None:
    """Return what was taken and not used."""
    unused = count * round(1_000_000 / rate.per_second)
    session.connection().execute(_GIVING_BACK, {**_key(workspace, scope), "its_unused": unused})


def promise(session: Session, workspace: WorkspaceId, scope: str, rate: Rate, now: datetime) -> datetime:
    """When somebody who was refused may come again; each gets another moment, so that few come in vain."""
    at, step = ticks(now), round(1_000_000 / rate.per_second)
    begin = case((BUDGET.c.promised_at > BUDGET.c.free_at, BUDGET.c.promised_at), else_=BUDGET.c.free_at)
    promised = _one(workspace, scope).values(promised_at=begin + step).returning(BUDGET.c.promised_at)
    moment: int | None = session.scalar(promised)
    return now if moment is None else moment_of(max(at, moment - step))


def rest_until(session: Session, workspace: WorkspaceId, scope: str, until: datetime) -> None:
    """Let nothing leave before a moment, as the platform asked."""
    at = ticks(until)
    row = {
        "workspace_id": workspace,
        "scope": scope,
        "free_at": at,
        "granted": 0,
        "doubts": 0,
        "promised_at": 0,
    }
    later = case((BUDGET.c.free_at > at, BUDGET.c.free_at), else_=at)
    kept = _insert(session.get_bind().dialect.name).values(row)
    session.execute(kept.on_conflict_do_update(index_elements=KEY, set_={"free_at": later, "granted": 0}))


def doubted(
    session: Session, workspace: WorkspaceId, scope: str, now: datetime, began: datetime | None
) -> int:
    """Count one more send without a certain outcome, and rest after a few; how many in a row it is.

    A send that `began` before the present rest tells nothing new: what was on its way together breaks off
    together, and eight doubts at once must not rest as long as eight tries one after the other.
    """
    known = session.execute(
        select(BUDGET.c.doubts, BUDGET.c.free_at)
        .where(BUDGET.c.workspace_id == workspace, BUDGET.c.scope == scope)
        .with_for_update()
    ).first()
    if known is not None and known.doubts >= BROKEN_AFTER and began is not None:
        rests_since = moment_of(known.free_at) - rest_of(known.doubts)
        if began < rests_since:
            return int(known.doubts)
    counted = _one(workspace, scope).values(doubts=BUDGET.c.doubts + 1).returning(BUDGET.c.doubts)
    doubts: int = session.scalar(counted) or 0
    if doubts >= BROKEN_AFTER:
        rest_until(session, workspace, scope, now + rest_of(doubts))
    return doubts


def rest_of(doubts: int) -> timedelta:
    """How long a way rests after so many doubts in a row."""
    doublings: int = 2 ** min(doubts - BROKEN_AFTER, 10)
    return min(SHORTEST_REST * doublings, LONGEST_REST)


def open_by(session: Session, now: datetime) -> None:
    """Let no budget be used up beyond this moment, after a clock that was wrong went back to it.

    Left as they are, five hours too many would let nothing leave for as long.
    """
    at = ticks(now)
    free = case((BUDGET.c.free_at > at, at), else_=BUDGET.c.free_at)
    promised = case((BUDGET.c.promised_at > at, at), else_=BUDGET.c.promised_at)
    opened = update(BUDGET).values(free_at=free, promised_at=promised)
    session.execute(opened, execution_options=across("follow a clock that went back"))


def certain(session: Session, workspace: WorkspaceId, scope: str, now: datetime) -> None:
    """The platform gave a clear answer: whatever was in doubt, this way works."""
    session.connection().execute(_CERTAIN, {**_key(workspace, scope), TICKS: ticks(now)})


def free_at(session: Session, workspace: WorkspaceId, scope: str) -> datetime:
    """When the next may leave."""
    return moment_of(session.connection().scalar(_FREE_AT, _key(workspace, scope)) or 0)


def rests(workspace: ColumnElement[Any], way: Way, *further: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a way carries nothing at the moment that TICKS binds, and whatever is `further` asked holds."""
    mine = and_(BUDGET.c.workspace_id == workspace, BUDGET.c.scope == way.value)
    used_up = BUDGET.c.free_at > bindparam(TICKS)
    return select(BUDGET.c.scope).where(mine, used_up, *further).correlate_except(BUDGET).exists()


def let_rest(workspace: ColumnElement[Any], way: Way) -> ColumnElement[bool]:
    """Whether a way out of a workspace was let rest beyond the moment that TICKS binds.

    A way whose limit is only used up, by what was let go already, is not.
    """
    return rests(workspace, way, _RESTS)


def sweep(session: Session, now: datetime) -> int:
    """Remove the rows of limits that are full again; how many."""
    full = and_(
        BUDGET.c.free_at < ticks(now - STALE), BUDGET.c.promised_at < ticks(now), BUDGET.c.doubts == 0
    )
    gone = delete(BUDGET).where(full).returning(BUDGET.c.scope)
    return len(session.execute(gone, execution_options=across("remove old rows")).all())


def ticks(moment: datetime) -> int:
    """Microseconds since 1970: what both databases calculate with alike."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(count: int) -> datetime:
    """The moment so many microseconds after 1970."""
    return EPOCH + count * MICROSECOND


@cache
def _taking(dialect: str) -> Insert:
    """Takes from a limit what there is room for, or makes the limit; built once for each kind of database."""
    step, most, at = _number("its_step"), _number("at_most"), _number(TICKS)
    begin = case(
        (BUDGET.c.free_at > _number("its_earliest"), BUDGET.c.free_at), else_=_number("its_earliest")
    )
    room = (at - begin) // step + 1
    probing = BUDGET.c.doubts >= BROKEN_AFTER
    count = case((or_(probing, _RESTS), 1), (room < most, room), else_=most)
    rest, pause = SHORTEST_REST // MICROSECOND, PROBED // MICROSECOND
    values = {
        "free_at": case((probing, at + rest), (_RESTS, at + pause), else_=begin + count * step),
        "granted": count,
    }
    fresh = _insert(dialect).values(
        workspace_id=bindparam(_OF),
        scope=bindparam(_SCOPE),
        free_at=_number("first_free_at"),
        granted=_number("first_granted"),
        doubts=0,
        promised_at=0,
    )
    taken = fresh.on_conflict_do_update(index_elements=KEY, set_=values, where=BUDGET.c.free_at <= at)
    granted: Insert = taken.returning(BUDGET.c.granted)
    return granted


def _insert(dialect: str) -> Any:  # noqa: ANN401 # an INSERT of the database's own kind
    return (sqlite_insert if dialect == "sqlite" else postgresql_insert)(BUDGET)


def _key(workspace: WorkspaceId, scope: str) -> dict[str, Any]:
    """What names a limit, for statements built once."""
    return {_OF: workspace, _SCOPE: scope}


def _one(workspace: WorkspaceId, scope: str) -> Any:  # noqa: ANN401 # an UPDATE of no entity
    return update(BUDGET).where(BUDGET.c.workspace_id == workspace, BUDGET.c.scope == scope)
