"""Messages know whether a worker was told of them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TOLD = "state = 'pending' AND admitted_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_outbox_admitted_at_due",
        "outbox",
        ["admitted_at", "workspace_id"],
        sqlite_where=sa.text(TOLD),
        postgresql_where=sa.text(TOLD),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_admitted_at_due", "outbox")
    op.drop_column("outbox", "admitted_at")
