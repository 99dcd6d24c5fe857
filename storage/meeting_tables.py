"""Tables around the meetings of a pair: times offered, rhythms, agendas and notes, calendar feeds."""

from datetime import datetime

from sqlalchemy import Index, Integer, UniqueConstraint

from bot.mentoring.ids import MeetingId, PairId, ParticipantId, WorkspaceId
from bot.mentoring.meetings import Every
from bot.mentoring.pair_texts import About
from storage.columns import Data, Guarded, Kept, Named, Packed, Row, Utc, column
from storage.encryption import Encrypted, Sealed
from storage.tables import belongs_to, owned_by_workspace


class OfferRow(Guarded, table=True):
    """Times that one side of a pair offers the other."""

    __tablename__ = "offer"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("pair", "pair"),
        UniqueConstraint("workspace_id", "pair", "by"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    id: str = column(Data.INTERNAL, "name the offer", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose offer", Kept.PAIRING)
    by: ParticipantId = column(Data.PAIRING, "know who offers", Kept.PAIRING)
    times: tuple[datetime, ...] = column(
        Data.PAIRING, "let the other pick one", Kept.PAIRING, Packed(tuple[datetime, ...])
    )
    minutes: int = column(Data.PAIRING, "keep the time free", Kept.PAIRING, Integer)
    moves: MeetingId | None = column(Data.PAIRING, "move the right meeting", Kept.PAIRING, optional=True)


class RhythmRow(Guarded, table=True):
    """How often a pair meets."""

    __tablename__ = "rhythm"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose rhythm", Kept.PAIRING, key=True)
    agreed: Every | None = column(
        Data.PAIRING, "offer the next date in time", Kept.PAIRING, Named(Every), optional=True
    )
    wished: Every | None = column(
        Data.PAIRING, "ask the other whether it suits", Kept.PAIRING, Named(Every), optional=True
    )
    by: ParticipantId | None = column(Data.PAIRING, "know whom to ask", Kept.PAIRING, optional=True)


class PairTextRow(Row, table=True):
    """What one of a pair wrote for both: an agenda, or a note after a meeting."""

    __tablename__ = "pair_text"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("pair", "pair"),
        Index(None, "workspace_id", "pair", "about", "at"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose text", Kept.PAIRING, key=True)
    about: About = column(Data.PAIRING, "tell agendas from notes", Kept.PAIRING, Named(About), key=True)
    by: ParticipantId = column(Data.PAIRING, "know who wrote it", Kept.PAIRING, key=True)
    meeting: str = column(Data.PAIRING, "know for which meeting", Kept.PAIRING, key=True)
    text: Sealed = column(Data.MESSAGE, "show it to the two", Kept.PAIRING, Encrypted)
    at: datetime = column(Data.PAIRING, "show them in order", Kept.PAIRING, Utc)


class FeedRow(Row, table=True):
    """The secret of a person's calendar feed: its hash, to find it, and itself, to show it to them again."""

    __tablename__ = "feed"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("participant", "participant"),
        UniqueConstraint("workspace_id", "hash"),
        Index("ix_feed_hash_due", "hash", "workspace_id"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.FEED, key=True)
    participant: ParticipantId = column(Data.ADDRESS, "know whose calendar", Kept.FEED, key=True)
    hash: str = column(Data.SECRET, "find the calendar asked for", Kept.FEED)
    secret: Sealed = column(Data.SECRET, "show the address again", Kept.FEED, Encrypted)
