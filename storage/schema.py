"""All tables, in one place."""

from storage.columns import Row
from storage.mail_tables import BudgetRow, DirectRow, InboxRow, OutboxRow, SaidRow
from storage.meeting_tables import FeedRow, OfferRow, PairTextRow, RhythmRow
from storage.tables import (
    BlockRow,
    LeftFormRow,
    MeetingRow,
    PairRow,
    ParticipantRow,
    PersonRow,
    ProgrammeRow,
    RoundRow,
    StepRow,
    WaitingRow,
    WorkspaceRow,
)

TABLES: tuple[type[Row], ...] = (
    WorkspaceRow,
    PersonRow,
    LeftFormRow,
    BlockRow,
    ProgrammeRow,
    RoundRow,
    ParticipantRow,
    WaitingRow,
    PairRow,
    MeetingRow,
    StepRow,
    OfferRow,
    RhythmRow,
    PairTextRow,
    FeedRow,
    OutboxRow,
    SaidRow,
    InboxRow,
    BudgetRow,
    DirectRow,
)
"""Every table, those before that others point to."""

METADATA = Row.metadata
