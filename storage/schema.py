"""All tables, in one place."""

from storage.agreement_tables import AgreementRow, GoalsRow
from storage.columns import Row
from storage.mail_tables import BudgetRow, DirectRow, InboxRow, OutboxRow, SaidRow
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
    AgreementRow,
    GoalsRow,
    OutboxRow,
    SaidRow,
    InboxRow,
    BudgetRow,
    DirectRow,
)
"""Every table, those before that others point to."""

METADATA = Row.metadata
