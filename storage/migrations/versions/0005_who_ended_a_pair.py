"""Who ended a pair, until when that is kept quiet, and when places last came free for a draft."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("pair") as pair:
        pair.add_column(sa.Column("ended_by", sa.Text(), nullable=True))
        pair.add_column(sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("programme") as programme:
        programme.add_column(sa.Column("boundary_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("programme") as programme:
        programme.drop_column("boundary_at")
    with op.batch_alter_table("pair") as pair:
        pair.drop_column("quiet_until")
        pair.drop_column("ended_by")
