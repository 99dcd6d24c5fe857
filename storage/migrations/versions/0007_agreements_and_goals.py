"""What the two of a pair wrote; when something began to flow back, and in how many of a round's pairs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for name in ("agreement", "goals"):
        op.create_table(
            name,
            sa.Column("workspace_id", sa.Text(), nullable=False),
            sa.Column("pair", sa.Text(), nullable=False),
            sa.Column("content", sa.Text(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{name}_workspace_id"),
            sa.ForeignKeyConstraint(
                ["workspace_id", "pair"],
                ["pair.workspace_id", "pair.id"],
                name=f"fk_{name}_workspace_id_pair",
            ),
            sa.PrimaryKeyConstraint("workspace_id", "pair", name=f"pk_{name}"),
        )
    with op.batch_alter_table("pair") as table:
        table.add_column(sa.Column("flows_back_since", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("flowed_back", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.drop_column("flowed_back")
    with op.batch_alter_table("pair") as table:
        table.drop_column("flows_back_since")
    op.drop_table("goals")
    op.drop_table("agreement")
