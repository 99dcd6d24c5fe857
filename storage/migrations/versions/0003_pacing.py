"""Budgets of the ways out of a workspace, and the conversations that were opened."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WAITS = "state = 'pending'"


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("promised_at", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_budget_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "scope", name="pk_budget"),
    )
    op.create_index("ix_budget_free_at_due", "budget", ["free_at", "workspace_id"])
    op.create_table(
        "direct",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_direct_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "address", name="pk_direct"),
    )
    op.create_index(
        "ix_outbox_workspace_id_turn",
        "outbox",
        ["workspace_id", "kind", "not_before", "number"],
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_workspace_id_turn", "outbox")
    op.drop_table("direct")
    op.drop_table("budget")
