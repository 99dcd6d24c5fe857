"""The tables of where a platform that is reached by references reaches people, teams and pairs."""

from sqlalchemy import Boolean

from bot.mentoring.ids import Address, PairId, WorkspaceId
from storage.columns import Data, Kept, Row, column
from storage.tables import belongs_to, owned_by_workspace


class ReferenceRow(Row, table=True):
    """Where one person's own chat with the bot is reached; kept from that chat and from nowhere else."""

    __tablename__ = "reference"
    __table_args__ = (owned_by_workspace(),)

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.REFERENCE, key=True)
    address: Address = column(Data.ADDRESS, "know whose it is", Kept.REFERENCE, key=True)
    conversation: str = column(Data.ADDRESS, "write to the person", Kept.REFERENCE)
    service: str = column(Data.INTERNAL, "know which service to ask", Kept.REFERENCE)
    account: str = column(Data.ADDRESS, "look the person up in the chat", Kept.REFERENCE)
    blocked: bool = column(Data.INTERNAL, "not write where it is unwanted", Kept.REFERENCE, Boolean)


class TeamRow(Row, table=True):
    """A team that the bot was added to, so that its channels can be offered and written to."""

    __tablename__ = "team"
    __table_args__ = (owned_by_workspace(),)

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.TEAM, key=True)
    team: str = column(Data.PROGRAMME, "offer its channels", Kept.TEAM, key=True)
    service: str = column(Data.INTERNAL, "know which service to ask", Kept.TEAM)


class OpeningRow(Row, table=True):
    """How far opening a pair's room has come, where each time a platform is asked it makes a new one."""

    __tablename__ = "opening"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose room", Kept.PAIRING, key=True)
    room: str = column(Data.PAIRING, "go on with the room that was made", Kept.PAIRING)
    over: bool = column(Data.INTERNAL, "not ask for another room", Kept.PAIRING, Boolean)
