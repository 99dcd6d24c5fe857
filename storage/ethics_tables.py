"""The table of who keeps to the ethics and confidentiality code."""

from datetime import datetime

from sqlalchemy import Integer

from bot.mentoring.ids import ParticipantId, WorkspaceId
from storage.columns import Data, Kept, Row, Utc, column
from storage.tables import belongs_to, owned_by_workspace


class CodeKeptRow(Row, table=True):
    """Somebody said that they keep to a version of the code."""

    __tablename__ = "code_kept"
    __table_args__ = (owned_by_workspace(), belongs_to("participant", "participant"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.MEMBERSHIP, key=True)
    participant: ParticipantId = column(Data.DECLARED, "know who said so", Kept.MEMBERSHIP, key=True)
    code: int = column(Data.DECLARED, "ask anew when the words change", Kept.MEMBERSHIP, Integer, key=True)
    at: datetime = column(Data.DECLARED, "tell the person when they said so", Kept.MEMBERSHIP, Utc)
