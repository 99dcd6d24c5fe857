"""The tables of what the two of a pair wrote: expectations, agreement, goals. Only the keys can read it."""

from bot.mentoring.ids import PairId, WorkspaceId
from storage.columns import Data, Guarded, Kept, column
from storage.encryption import Encrypted, Sealed
from storage.tables import belongs_to, owned_by_workspace


class AgreementRow(Guarded, table=True):
    """What the two of a pair expect and agreed, with its versions."""

    __tablename__ = "agreement"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose agreement", Kept.PAIRING, key=True)
    content: Sealed = column(Data.MESSAGE, "show the two what they agreed", Kept.PAIRING, Encrypted)


class GoalsRow(Guarded, table=True):
    """The goals of the two sides of a pair, those reached included."""

    __tablename__ = "goals"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose goals", Kept.PAIRING, key=True)
    content: Sealed = column(Data.MESSAGE, "show the two what they are after", Kept.PAIRING, Encrypted)
