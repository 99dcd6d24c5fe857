"""How far opening a pair's room has come."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "opening",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_opening_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_opening_workspace_id_pair"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "pair", name="pk_opening"),
    )


def downgrade() -> None:
    op.drop_table("opening")
