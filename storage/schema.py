"""All tables, in one place."""

from storage.agreement_tables import AgreementRow, GoalsRow
from storage.closing_tables import ClosingRow, FitRow, GoingOnRow, HelpedRow, LookBackRow, WishRow
from storage.columns import Row
from storage.concern_tables import ConcernRow
from storage.ethics_tables import CodeKeptRow
from storage.mail_tables import BudgetRow, DirectRow, InboxRow, OutboxRow, SaidRow
from storage.meeting_tables import FeedRow, OfferRow, PairTextRow, RhythmRow
from storage.reference_tables import OpeningRow, ReferenceRow, TeamRow
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
    CodeKeptRow,
    WaitingRow,
    PairRow,
    MeetingRow,
    StepRow,
    FitRow,
    HelpedRow,
    WishRow,
    ClosingRow,
    LookBackRow,
    GoingOnRow,
    ConcernRow,
    AgreementRow,
    GoalsRow,
    OfferRow,
    RhythmRow,
    PairTextRow,
    FeedRow,
    OutboxRow,
    SaidRow,
    InboxRow,
    BudgetRow,
    DirectRow,
    ReferenceRow,
    TeamRow,
    OpeningRow,
)
"""Every table, those before that others point to."""

METADATA = Row.metadata
