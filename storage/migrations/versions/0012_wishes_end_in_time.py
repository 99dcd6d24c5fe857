"""When a wish was made, so that it is forgotten in time; and what is looked for by its time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("wish") as wish:
        wish.add_column(sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE wish SET at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("wish") as wish:
        wish.alter_column("at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_wish_at_due", "wish", ["at", "workspace_id"])
    op.create_index("ix_going_on_decided_at_due", "going_on", ["decided_at", "workspace_id"])


def downgrade() -> None:
    op.drop_index("ix_going_on_decided_at_due", "going_on")
    op.drop_index("ix_wish_at_due", "wish")
    with op.batch_alter_table("wish") as wish:
        wish.drop_column("at")
