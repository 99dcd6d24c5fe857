"""When a message's readers stop work, and the moment that it missed where they did before it left."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WAITS = "state = 'pending' AND closes_at IS NOT NULL"
LATER = {
    "sqlite": "julianday(planned_at) - julianday(posted_at) > 1.0 / 1440",
    "postgresql": "planned_at > posted_at + interval '1 minute'",
}
PLANNED = """
    state IN ('pending', 'sending') AND kind IN ('person', 'room')
    AND ({later} OR id IN (SELECT outbox FROM said))
"""
"""What waits for its readers' hours: an answer is for the moment at which it is posted, and never counts."""


def upgrade() -> None:
    op.add_column("outbox", sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True))
    # whose hours these are stands in other tables: at its moment each is planned anew, then with its hours
    planned = PLANNED.format(later=LATER[op.get_bind().dialect.name])
    op.execute(f"UPDATE outbox SET closes_at = planned_at WHERE {planned}")  # noqa: S608 # constants
    op.create_index(
        "ix_outbox_closes_at_due",
        "outbox",
        ["closes_at", "workspace_id"],
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_closes_at_due", "outbox")
    op.drop_column("outbox", "missed_at")
    op.drop_column("outbox", "closes_at")
