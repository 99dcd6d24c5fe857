"""Workspaces know by which rules of time zones their moments were computed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("zones", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("workspace", "zones")
