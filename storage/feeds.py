"""Finding the calendar feed that a secret opens, over all workspaces."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.mentoring.ids import ParticipantId, WorkspaceId
from storage.guard import across
from storage.meeting_records import FEED, feed_hash
from storage.store import Store

FOUND = select(FEED.workspace_id, FEED.participant).where(FEED.hash == bindparam("its_hash"))


async def feed_of(store: Store, secret: str) -> tuple[WorkspaceId, ParticipantId] | None:
    """Whose feed it is; None for a secret that opens nothing. Nothing is written for any."""

    def look(session: Session) -> tuple[WorkspaceId, ParticipantId] | None:
        options = across("find whose calendar is asked for")
        row = session.execute(FOUND, {"its_hash": feed_hash(secret)}, execution_options=options).first()
        return None if row is None else (WorkspaceId(row[0]), ParticipantId(row[1]))

    return await store.workshop.read(look)
