"""The messages that wait, over all workspaces: claimed before they are sent, settled when in doubt."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, case, delete, or_, select, update
from sqlmodel import Session

from bot.failpoints import Point, reach
from bot.mail import UNHURRIED, Outgoing, Pace, Settled, Way
from bot.mentoring.ids import WorkspaceId
from bot.mentoring.prompts import Doubt
from bot.ports import Destination
from storage.budget import TICKS, certain, doubted, let_rest, open_by, rest_until, ticks
from storage.codec import UnreadableError, decode
from storage.encryption import Keyring, SealBrokenError
from storage.guard import across
from storage.mail_tables import OutboxRow, SaidRow, Sending
from storage.moments import Earliest, First
from storage.states import is_state
from storage.turns import IN_HOURS, KINDS, NOW, PENDING, Turns, first_in_line, opens_at
from storage.work import News, Workshop, leave

LAPSE = timedelta(days=3)
"""A reminder that is this late is not sent any more (SECURITY T6): a burst of them would only annoy."""
MOST_SETTLED = 500
"""Messages in doubt that one transaction settles."""

OUTBOX, SAID = OutboxRow.__table__, SaidRow.__table__
EARLIEST = Earliest(First(OUTBOX.c.not_before, PENDING, first_in_line()))
MAY_HAVE_ARRIVED = (Sending.SENDING, Sending.PENDING, Sending.IN_DOUBT)

# what every message runs through is built once
_MINE = and_(OUTBOX.c.workspace_id == bindparam("its_workspace"), OUTBOX.c.id == bindparam("its_id"))
_IN_HAND = (
    update(OUTBOX)
    .where(_MINE)
    .values(state=Sending.SENDING, attempt=bindparam("its_attempt"), started_at=bindparam(NOW))
)
_ITS_TURN = (
    select(OUTBOX)
    .where(_MINE, PENDING, OUTBOX.c.not_before <= bindparam(NOW), IN_HOURS, first_in_line())
    .where(*(or_(~OUTBOX.c.kind.in_(KINDS[way]), ~let_rest(OUTBOX.c.workspace_id, way)) for way in KINDS))
    .with_for_update(skip_locked=True, of=OUTBOX)
    .execution_options(**across("see what waits before it"))
)
_LET_GO = update(OUTBOX).where(_MINE, PENDING).values(admitted_at=None)
_PRESSED = and_(OUTBOX.c.state == Sending.SENT, OUTBOX.c.sent_as == bindparam("its_ref"))
_ARRIVED = (
    update(OUTBOX)
    .where(_MINE, OUTBOX.c.attempt == bindparam("its_attempt"))
    .where(or_(OUTBOX.c.state.in_(MAY_HAVE_ARRIVED), _PRESSED))
    .values(state=Sending.SENT, ended_at=bindparam(NOW), sent_as=bindparam("its_ref"), prompt=None)
    .returning(OUTBOX.c.id)
)
_COUNTED = (
    update(SAID)
    .where(SAID.c.workspace_id == bindparam("its_workspace"), SAID.c.outbox == bindparam("its_id"))
    .values(at=bindparam(NOW))
)


class SqlOutbox:
    """The outbox in the database."""

    def __init__(self, workshop: Workshop, keyring: Keyring, pace: Pace = UNHURRIED) -> None:
        self._workshop = workshop
        self._turns = Turns(pace)
        self._keyring = keyring

    async def claim(self, now: datetime, most: int) -> tuple[Outgoing, ...]:
        """Mark up to `most` due messages as being sent, commit that, and give them.

        Of each destination only the first in line, and none while one is on its way there.
        """

        def work(session: Session) -> tuple[Outgoing, ...]:
            claimed = self._claim(session, now, most)
            reach(Point.CLAIM_BEFORE_COMMIT)
            return claimed

        claimed = await self._workshop.run(work)
        reach(Point.CLAIM_AFTER_COMMIT)
        return claimed

    async def claim_one(self, workspace: WorkspaceId, key: str, now: datetime) -> Outgoing | None:
        """The same for one message by its id; None where it does not wait, or its moment has not come."""

        def work(session: Session) -> Outgoing | None:
            bound = {"its_workspace": workspace, "its_id": key, NOW: now, TICKS: ticks(now)}
            connection = session.connection()
            row = connection.execute(_ITS_TURN, bound).mappings().first()
            claimed = None if row is None else self._claim_one(session, row, now)
            if claimed is None:
                connection.execute(_LET_GO, bound)
                leave(session, News.MAIL, workspace)
            reach(Point.CLAIM_BEFORE_COMMIT)
            return claimed

        claimed = await self._workshop.run(work)
        reach(Point.CLAIM_AFTER_COMMIT)
        return claimed

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a message may leave; None where none waits."""

        def work(session: Session) -> datetime | None:
            moments = (EARLIEST(session, now), opens_at(session, now))
            return min((moment for moment in moments if moment is not None), default=None)

        return await self._workshop.run(work)

    async def sent(self, row: Outgoing, ref: str, now: datetime) -> bool:
        """Record that it arrived; False where it was claimed anew meanwhile, so that it may come twice."""

        def work(session: Session) -> bool:
            bound = {"its_workspace": row.workspace, "its_id": row.id, NOW: now}
            tried = {"its_attempt": row.attempt, "its_ref": ref}
            connection = session.connection()
            first = connection.scalar(_ARRIVED, bound | tried) is not None
            connection.execute(_COUNTED, bound)
            certain(session, row.workspace, _way(row), now)
            leave(session, News.MAIL, row.workspace)
            reach(Point.RECORD_BEFORE_COMMIT)
            return first

        first = await self._workshop.share(work)
        reach(Point.RECORD_AFTER_COMMIT)
        return first

    async def arrived(self, workspace: WorkspaceId, key: str, ref: str, now: datetime) -> bool:
        """Record that a message in doubt did arrive; False where nothing was in doubt."""

        def work(session: Session) -> bool:
            tried = and_(OUTBOX.c.attempt > 0, OUTBOX.c.state.in_(MAY_HAVE_ARRIVED))
            one = update(OUTBOX).where(OUTBOX.c.workspace_id == workspace, OUTBOX.c.id == key, tried)
            values = {"state": Sending.SENT, "ended_at": now, "sent_as": ref, "prompt": None}
            first = session.execute(one.values(values).returning(OUTBOX.c.id)).first() is not None
            if first:
                leave(session, News.MAIL, workspace)
            return first

        return await self._workshop.run(work)

    async def doubt(self, row: Outgoing, now: datetime) -> int:
        """Record that nobody knows whether it arrived; how many sends in a row it was, now, of its way."""

        def work(session: Session) -> int:
            began = session.scalar(select(OUTBOX.c.started_at).where(_is_claim(row)))
            return doubted(session, row.workspace, _way(row), now, began)

        return await self._workshop.run(work)

    async def wait(self, row: Outgoing, until: datetime, way: Way | None, now: datetime) -> None:
        """Record that it was refused for now; what stands behind it in line, or goes that way, waits too."""

        def work(session: Session) -> None:
            again = update(OUTBOX).where(_is_claim(row))
            session.execute(again.values(state=Sending.PENDING, started_at=None, admitted_at=None))
            line = and_(
                OUTBOX.c.workspace_id == row.workspace,
                OUTBOX.c.kind == row.to.kind,
                OUTBOX.c.ref == row.to.ref,
                PENDING,
                OUTBOX.c.not_before < until,
            )
            keys = list(session.scalars(select(OUTBOX.c.id).where(line)))
            mine = OUTBOX.c.workspace_id == row.workspace
            session.execute(update(OUTBOX).where(mine, OUTBOX.c.id.in_(keys)).values(not_before=until))
            counted = update(SAID).where(SAID.c.workspace_id == row.workspace, SAID.c.outbox.in_(keys))
            session.execute(counted.values(at=until))
            certain(session, row.workspace, _way(row), now)
            if way is not None:
                rest_until(session, row.workspace, way.value, until)
            reach(Point.WAIT_BEFORE_COMMIT)

        await self._workshop.run(work)
        reach(Point.WAIT_AFTER_COMMIT)

    async def fail(self, row: Outgoing, problem: str, now: datetime) -> None:
        """Record that it will never be taken."""

        def work(session: Session) -> None:
            ended = update(OUTBOX).where(_is_claim(row)).returning(OUTBOX.c.id)
            values = {"state": Sending.FAILED, "ended_at": now, "problem": problem, "prompt": None}
            if session.execute(ended.values(values)).first() is not None:
                session.execute(_uncounted(row.workspace, row.id))
            certain(session, row.workspace, _way(row), now)
            leave(session, News.MAIL, row.workspace)
            reach(Point.FAIL_BEFORE_COMMIT)

        await self._workshop.run(work)
        reach(Point.FAIL_AFTER_COMMIT)

    async def settle(self, now: datetime, before: datetime, spare: frozenset[str]) -> Settled:
        """Decide about messages claimed before `before` without an outcome, those in `spare` excepted.

        What may come twice waits to be sent again; what must not is left unknown.
        """

        def work(session: Session) -> Settled:
            in_doubt = select(OUTBOX.c.workspace_id, OUTBOX.c.id, OUTBOX.c.doubt).where(
                is_state(OUTBOX.c.state, Sending.SENDING),
                OUTBOX.c.started_at < before,
                OUTBOX.c.id.not_in(spare),
            )
            found = session.execute(
                in_doubt.limit(MOST_SETTLED).with_for_update(skip_locked=True),
                execution_options=across("settle what is in doubt"),
            ).all()
            again = {"state": Sending.PENDING, "not_before": now, "started_at": None, "admitted_at": None}
            unknown = {"state": Sending.IN_DOUBT, "ended_at": now, "prompt": None}
            for workspace, key, doubt in found:
                one = and_(OUTBOX.c.workspace_id == workspace, OUTBOX.c.id == key)
                session.execute(update(OUTBOX).where(one).values(again if doubt is Doubt.RESEND else unknown))
                leave(session, News.MAIL, workspace)
            resent = sum(doubt is Doubt.RESEND for _, _, doubt in found)
            reach(Point.SETTLE_BEFORE_COMMIT)
            return Settled(again=resent, unknown=len(found) - resent)

        settled = await self._workshop.run(work)
        reach(Point.SETTLE_AFTER_COMMIT)
        return settled

    async def clock_went_back(self, now: datetime) -> None:
        """Let no limit last that a clock made which was ahead; it is `now` again.

        What it put off by its own measure, and what it took in hand, moves to `now` with the limits.
        """

        def work(session: Session) -> None:
            open_by(session, now)
            put_off = and_(PENDING, OUTBOX.c.not_before > now, OUTBOX.c.not_before > OUTBOX.c.planned_at)
            first = case((OUTBOX.c.planned_at > now, OUTBOX.c.planned_at), else_=now)
            in_hand = and_(is_state(OUTBOX.c.state, Sending.SENDING), OUTBOX.c.started_at > now)
            over_all = across("follow a clock that went back")
            session.execute(
                update(OUTBOX).where(put_off).values(not_before=first), execution_options=over_all
            )
            session.execute(update(OUTBOX).where(in_hand).values(started_at=now), execution_options=over_all)

        await self._workshop.run(work)

    async def clear(self, before: datetime) -> int:
        """Remove the rows that ended before a moment; how many."""
        old = delete(OUTBOX).where(OUTBOX.c.ended_at < before).returning(OUTBOX.c.id)

        def work(session: Session) -> int:
            return len(session.execute(old, execution_options=across("remove old rows")).all())

        return await self._workshop.run(work)

    def _claim(self, session: Session, now: datetime, most: int) -> tuple[Outgoing, ...]:
        claimed: list[Outgoing] = []
        while len(claimed) < most and (rows := self._turns.pick(session, now, most - len(claimed))):
            for row in rows:
                one = self._claim_one(session, row, now)
                claimed += [] if one is None else [one]
        return tuple(claimed)

    def _claim_one(self, session: Session, row: RowMapping, now: datetime) -> Outgoing | None:
        """Mark one message as being sent; None where it makes no sense any more or cannot be read."""
        try:
            prompt = decode(self._keyring.open(row["workspace_id"], row["prompt"]))
        except (SealBrokenError, UnreadableError) as error:
            _drop(session, row, Sending.FAILED, type(error).__name__, now)
            return None
        planned_at = row["missed_at"] or row["planned_at"]
        moments = (prompt.stale_at(planned_at), planned_at + LAPSE if row["nudge"] else None)
        expires_at = min((moment for moment in moments if moment is not None), default=None)
        if expires_at is not None and now > expires_at:
            _drop(session, row, Sending.EXPIRED, "late", now)
            return None
        attempt = row["attempt"] + 1
        bound = {"its_workspace": row["workspace_id"], "its_id": row["id"], NOW: now}
        session.connection().execute(_IN_HAND, bound | {"its_attempt": attempt})
        return Outgoing(
            id=row["id"],
            workspace=row["workspace_id"],
            key=row["key"],
            to=Destination(row["kind"], row["ref"], row["readers"]),
            prompt=prompt,
            attempt=attempt,
            expires_at=expires_at,
            planned_at=row["planned_at"],
            missed_at=row["missed_at"],
            closes_at=row["closes_at"],
        )


def _way(row: Outgoing) -> str:
    return next(way.value for way, kinds in KINDS.items() if row.to.kind in kinds)


def _is(row: Outgoing) -> ColumnElement[bool]:
    return and_(OUTBOX.c.workspace_id == row.workspace, OUTBOX.c.id == row.id)


def _is_claim(row: Outgoing) -> ColumnElement[bool]:
    """The row as it was claimed for this very attempt, and not settled since."""
    return and_(_is(row), OUTBOX.c.attempt == row.attempt, OUTBOX.c.state == Sending.SENDING)


def _same(row: RowMapping) -> ColumnElement[bool]:
    return and_(OUTBOX.c.workspace_id == row["workspace_id"], OUTBOX.c.id == row["id"])


def _uncounted(workspace: WorkspaceId, key: str) -> Any:  # noqa: ANN401 # a DELETE of no entity
    """What never left does not count."""
    return delete(SAID).where(SAID.c.workspace_id == workspace, SAID.c.outbox == key)


def _drop(session: Session, row: RowMapping, state: Sending, problem: str, now: datetime) -> None:
    values = {"state": state, "ended_at": now, "problem": problem, "prompt": None}
    session.execute(update(OUTBOX).where(_same(row)).values(values))
    session.execute(_uncounted(row["workspace_id"], row["id"]))
