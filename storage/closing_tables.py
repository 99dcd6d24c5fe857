"""The tables of how pairs feel and how they end: what people said in them is sealed."""

from datetime import datetime

from sqlalchemy import Boolean, Index

from bot.mentoring.ids import PairId, ParticipantId, WorkspaceId
from storage.columns import Data, Kept, Row, Utc, column
from storage.encryption import Encrypted, Sealed
from storage.tables import belongs_to, due_index, owned_by_workspace


class FitRow(Row, table=True):
    """How somebody finds their pair."""

    __tablename__ = "fit"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"), due_index("fit", "at"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.FIT, key=True)
    pair: PairId = column(Data.PAIRING, "know which pair", Kept.FIT, key=True)
    participant: ParticipantId = column(Data.PAIRING, "know whose answer", Kept.FIT, key=True)
    answer: Sealed = column(Data.MESSAGE, "help where it does not fit", Kept.FIT, Encrypted)
    at: datetime = column(Data.INTERNAL, "forget it in time", Kept.FIT, Utc)


class HelpedRow(Row, table=True):
    """Whether it helped somebody to ask across levels; who, only the keys can tell, and nobody asks."""

    __tablename__ = "helped"
    __table_args__ = (owned_by_workspace(), due_index("helped", "at"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.FIT, key=True)
    id: str = column(Data.INTERNAL, "name the answer", Kept.FIT, key=True)
    who: Sealed = column(Data.ADDRESS, "count each person once", Kept.FIT, Encrypted)
    answer: Sealed = column(Data.MESSAGE, "count it", Kept.FIT, Encrypted)
    at: datetime = column(Data.INTERNAL, "hold back what is too small", Kept.FIT, Utc)


class WishRow(Row, table=True):
    """Somebody would like to be paired with the same person again; whom, only the keys can tell."""

    __tablename__ = "wish"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("participant", "participant"),
        Index(None, "workspace_id", "participant"),
        due_index("wish", "at"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.WISH, key=True)
    id: str = column(Data.INTERNAL, "name the wish", Kept.WISH, key=True)
    participant: ParticipantId = column(Data.PAIRING, "know whose wish", Kept.WISH)
    whom: Sealed = column(Data.PAIRING, "pair the two again if both wish it", Kept.WISH, Encrypted)
    at: datetime = column(Data.INTERNAL, "forget it in time", Kept.WISH, Utc)


class ClosingRow(Row, table=True):
    """Somebody proposed, openly, to close a pair together."""

    __tablename__ = "closing"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know which pair", Kept.PAIRING, key=True)
    by: ParticipantId = column(Data.PAIRING, "ask the other", Kept.PAIRING)
    at: datetime = column(Data.PAIRING, "wait so long for an answer", Kept.PAIRING, Utc)
    agreed_at: datetime | None = column(Data.PAIRING, "close it in time", Kept.PAIRING, Utc, optional=True)


class LookBackRow(Row, table=True):
    """What one side said at the end of a pair."""

    __tablename__ = "look_back"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"), due_index("look_back", "at"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.LOOK_BACK, key=True)
    pair: PairId = column(Data.PAIRING, "know which pair", Kept.LOOK_BACK, key=True)
    participant: ParticipantId = column(Data.PAIRING, "know whose words", Kept.LOOK_BACK, key=True)
    said: Sealed = column(Data.MESSAGE, "let the other read it", Kept.LOOK_BACK, Encrypted)
    at: datetime = column(Data.INTERNAL, "forget it in time", Kept.LOOK_BACK, Utc)


class GoingOnRow(Row, table=True):
    """Whether a pair goes on: asked when, and what each side said."""

    __tablename__ = "going_on"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"), due_index("going_on", "decided_at"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.GOING_ON, key=True)
    pair: PairId = column(Data.PAIRING, "know which pair", Kept.GOING_ON, key=True)
    asked_at: datetime = column(Data.PAIRING, "ask again in time", Kept.GOING_ON, Utc)
    decided_at: datetime = column(Data.PAIRING, "decide it in time", Kept.GOING_ON, Utc)
    met_lately: bool = column(Data.PAIRING, "read silence kindly", Kept.GOING_ON, Boolean)
    said: Sealed = column(Data.MESSAGE, "go on only if both wish it", Kept.GOING_ON, Encrypted)
    over: bool = column(Data.PAIRING, "decide it once", Kept.GOING_ON, Boolean)
