"""Who keeps to the code; a person's track and direction; a programme that calls itself mandatory."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "code_kept",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_code_kept_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "participant"],
            ["participant.workspace_id", "participant.id"],
            name="fk_code_kept_workspace_id_participant",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "participant", "code", name="pk_code_kept"),
    )
    with op.batch_alter_table("programme") as table:
        table.add_column(sa.Column("mandatory", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("track", sa.Text(), nullable=False, server_default="learning"))
        table.add_column(sa.Column("direction", sa.Text(), nullable=False, server_default="unsaid"))


def downgrade() -> None:
    with op.batch_alter_table("participant") as table:
        table.drop_column("direction")
        table.drop_column("track")
    with op.batch_alter_table("programme") as table:
        table.drop_column("mandatory")
    op.drop_table("code_kept")
