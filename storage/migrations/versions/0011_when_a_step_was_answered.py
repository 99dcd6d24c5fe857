"""When somebody answered a step of their journey."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("step") as step:
        step.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE step SET answered_at = at WHERE answer IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("step") as step:
        step.drop_column("answered_at")
