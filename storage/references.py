"""Where people and teams are reached, on a platform that gives references to conversations."""

from sqlalchemy import delete, select, update
from sqlmodel import Session

from bot.mail import Reference
from bot.mentoring.ids import Address, WorkspaceId
from storage.reference_tables import ReferenceRow, TeamRow
from storage.work import Workshop

REFERENCE, TEAM = ReferenceRow.__table__, TeamRow.__table__


class SqlReferences:
    """The references in the database."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def of(self, workspace: WorkspaceId, who: Address) -> Reference | None:
        """Where somebody is reached; None where they are not."""

        def work(session: Session) -> Reference | None:
            row = session.get(ReferenceRow, (workspace, who))
            if row is None:
                return None
            return Reference(row.conversation, row.service, row.account, blocked=row.blocked)

        return await self._workshop.run(work)

    async def keep(self, workspace: WorkspaceId, who: Address, reference: Reference) -> None:
        """Remember where somebody is reached, in place of what was known."""

        def work(session: Session) -> None:
            row = ReferenceRow(
                workspace_id=workspace,
                address=who,
                conversation=reference.conversation,
                service=reference.service,
                account=reference.account,
                blocked=reference.blocked,
            )
            session.merge(row)

        await self._workshop.run(work)

    async def block(self, workspace: WorkspaceId, who: Address) -> None:
        """Remember that somebody wants no messages, until they write again."""
        mine = (REFERENCE.c.workspace_id == workspace, REFERENCE.c.address == who)

        def work(session: Session) -> None:
            session.execute(update(REFERENCE).where(*mine).values(blocked=True))

        await self._workshop.run(work)

    async def forget(self, workspace: WorkspaceId, who: Address) -> None:
        """Forget where somebody is reached."""
        mine = (REFERENCE.c.workspace_id == workspace, REFERENCE.c.address == who)

        def work(session: Session) -> None:
            session.execute(delete(REFERENCE).where(*mine))

        await self._workshop.run(work)

    async def teams(self, workspace: WorkspaceId) -> dict[str, str]:
        """The teams that the bot was added to, each with its service."""
        mine = select(TEAM.c.team, TEAM.c.service).where(TEAM.c.workspace_id == workspace)

        def work(session: Session) -> dict[str, str]:
            return {row.team: row.service for row in session.execute(mine.order_by(TEAM.c.team))}

        return await self._workshop.run(work)

    async def keep_team(self, workspace: WorkspaceId, team: str, service: str) -> None:
        """Remember a team that the bot was added to."""

        def work(session: Session) -> None:
            session.merge(TeamRow(workspace_id=workspace, team=team, service=service))

        await self._workshop.run(work)

    async def forget_team(self, workspace: WorkspaceId, team: str) -> None:
        """Forget a team that the bot was taken out of."""
        mine = (TEAM.c.workspace_id == workspace, TEAM.c.team == team)

        def work(session: Session) -> None:
            session.execute(delete(TEAM).where(*mine))

        await self._workshop.run(work)
