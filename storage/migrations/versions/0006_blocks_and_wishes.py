"""Blocks; what owners ask of a draft; how a round looked for somebody."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("blocker", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_block_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_block"),
    )
    op.create_index("ix_block_workspace_id_blocker", "block", ["workspace_id", "blocker"])
    with op.batch_alter_table("programme") as table:
        table.add_column(sa.Column("choosing", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("waiting") as table:
        table.add_column(sa.Column("search", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("locked", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("apart", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.drop_column("apart")
        table.drop_column("locked")
    with op.batch_alter_table("waiting") as table:
        table.drop_column("search")
    with op.batch_alter_table("programme") as table:
        table.drop_column("topics")
        table.drop_column("choosing")
    op.drop_table("block")
