"""The table of concerns: all that one says, and who is in it, is sealed under keys of its own."""

from datetime import datetime

from bot.mentoring.ids import WorkspaceId
from storage.columns import Data, Kept, Row, Utc, column
from storage.encryption import CONCERN, Encrypted, Sealed
from storage.tables import due_index, owned_by_workspace


class ConcernRow(Row, table=True):
    """A concern; by whom, about whom and to whom, only its keys can tell."""

    __tablename__ = "concern"
    __table_args__ = (owned_by_workspace(), due_index("concern", "keep_until"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.CONCERN, key=True)
    id: str = column(Data.INTERNAL, "name the concern", Kept.CONCERN, key=True)
    told: Sealed = column(Data.MESSAGE, "let its contact read it", Kept.CONCERN, Encrypted(CONCERN))
    at: datetime = column(Data.INTERNAL, "put them in order", Kept.CONCERN, Utc)
    keep_until: datetime = column(Data.INTERNAL, "forget it in time", Kept.CONCERN, Utc)
