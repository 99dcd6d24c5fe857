"""Where people and teams are reached on a platform that gives references."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "reference",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_reference_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "address", name="pk_reference"),
    )
    op.create_table(
        "team",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_team_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "team", name="pk_team"),
    )


def downgrade() -> None:
    op.drop_table("team")
    op.drop_table("reference")
