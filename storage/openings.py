"""What is remembered of opening rooms on a platform that makes a new one each time it is asked."""

from sqlalchemy import ColumnElement, and_, delete, update
from sqlmodel import Session

from bot.mail import Opening
from bot.mentoring.ids import PairId, WorkspaceId
from storage.engine import insert_new
from storage.reference_tables import OpeningRow
from storage.work import Workshop

OPENING = OpeningRow.__table__
_KEY = ("workspace_id", "pair")


class SqlOpenings:
    """The openings in the database. Each step is one statement, so that of two processes one comes first."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def of(self, workspace: WorkspaceId, pair: PairId) -> Opening | None:
        """How far it has come; None where it has not begun."""

        def work(session: Session) -> Opening | None:
            row = session.get(OpeningRow, (workspace, pair))
            return None if row is None else Opening(row.room, row.over)

        return await self._workshop.run(work)

    async def begin(self, workspace: WorkspaceId, pair: PairId) -> bool:
        """Remember that the platform will be asked, before it is; False where it may have been already."""
        row = OpeningRow(workspace_id=workspace, pair=pair, room="", over=False)
        return await self._workshop.run(lambda session: insert_new(session, row, _KEY))

    async def undo(self, workspace: WorkspaceId, pair: PairId) -> None:
        """It was asked and certainly made none: forget that it began."""
        begun = delete(OPENING).where(_begun(workspace, pair))
        await self._workshop.run(lambda session: session.execute(begun))

    async def made(self, workspace: WorkspaceId, pair: PairId, room: str) -> bool:
        """Remember the room; False where it was given up meanwhile."""
        begun = update(OPENING).where(_begun(workspace, pair)).values(room=room).returning(OPENING.c.pair)
        return await self._workshop.run(lambda session: session.execute(begun).first() is not None)

    async def give_up(self, workspace: WorkspaceId, pair: PairId) -> None:
        """The pair has no room, and gets none any more."""
        row = OpeningRow(workspace_id=workspace, pair=pair, room="", over=True)
        mine = and_(OPENING.c.workspace_id == workspace, OPENING.c.pair == pair)

        def work(session: Session) -> None:
            if not insert_new(session, row, _KEY):
                session.execute(update(OPENING).where(mine).values(over=True))

        await self._workshop.run(work)


def _begun(workspace: WorkspaceId, pair: PairId) -> ColumnElement[bool]:
    mine = and_(OPENING.c.workspace_id == workspace, OPENING.c.pair == pair)
    return and_(mine, OPENING.c.room == "", OPENING.c.over.is_(False))
