"""Meetings that are moved and cancelled; times offered, rhythms, agendas and notes, calendar feeds."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("denied_by", sa.JSON(), nullable=False, server_default="[]"))
        meeting.add_column(sa.Column("minutes", sa.Integer(), nullable=False, server_default="30"))
        meeting.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        meeting.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    _offers_and_rhythms()
    _texts_and_feeds()


def _offers_and_rhythms() -> None:
    op.create_table(
        "offer",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_offer_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_offer_workspace_id_pair"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_offer"),
        sa.UniqueConstraint("workspace_id", "pair", "by", name="uq_offer_workspace_id_pair_by"),
    )
    op.create_table(
        "rhythm",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("wished", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_rhythm_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_rhythm_workspace_id_pair"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "pair", name="pk_rhythm"),
    )


def _texts_and_feeds() -> None:
    op.create_table(
        "pair_text",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_pair_text_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_pair_text_workspace_id_pair"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "pair", "about", "by", "meeting", name="pk_pair_text"),
    )
    op.create_index(
        "ix_pair_text_workspace_id_pair_about_at", "pair_text", ["workspace_id", "pair", "about", "at"]
    )
    op.create_table(
        "feed",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_feed_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "participant"],
            ["participant.workspace_id", "participant.id"],
            name="fk_feed_workspace_id_participant",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "participant", name="pk_feed"),
        sa.UniqueConstraint("workspace_id", "hash", name="uq_feed_workspace_id_hash"),
    )
    op.create_index("ix_feed_hash_due", "feed", ["hash", "workspace_id"])


def downgrade() -> None:
    for table in ("feed", "pair_text", "rhythm", "offer"):
        op.drop_table(table)
    with op.batch_alter_table("meeting") as meeting:
        for name in ("changed_at", "sequence", "minutes", "denied_by"):
            meeting.drop_column(name)
