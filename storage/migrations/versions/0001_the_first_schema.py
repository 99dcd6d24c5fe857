"""The first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def create_workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        sa.UniqueConstraint("platform", "team", "enterprise", name="uq_workspace_platform_team_enterprise"),
    )


def create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_inbox_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_inbox"),
    )
    index("ix_inbox_not_before_due", "inbox", ["not_before", "workspace_id"], "state = 'pending'")
    index("ix_inbox_received_at_due", "inbox", ["received_at", "workspace_id"], "state <> 'pending'")


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("nudge", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_as", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_outbox_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_outbox"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_outbox_workspace_id_key"),
        sa.UniqueConstraint("workspace_id", "number", name="uq_outbox_workspace_id_number"),
    )
    index("ix_outbox_ended_at_due", "outbox", ["ended_at", "workspace_id"], "ended_at IS NOT NULL")
    index("ix_outbox_not_before_due", "outbox", ["not_before", "number", "workspace_id"], "state = 'pending'")
    index("ix_outbox_started_at_due", "outbox", ["started_at", "workspace_id"], "state = 'sending'")
    index(
        "ix_outbox_workspace_id_queue",
        "outbox",
        ["workspace_id", "kind", "ref", "planned_at", "number"],
        "state IN ('pending', 'sending')",
    )


def create_participant() -> None:
    op.create_table(
        "participant",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("learn", sa.JSON(), nullable=False),
        sa.Column("teach", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("findable", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tell_partners", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_participant_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_participant"),
        sa.UniqueConstraint("workspace_id", "address", name="uq_participant_workspace_id_address"),
    )
    index(
        "ix_participant_paused_until_due",
        "participant",
        ["paused_until", "workspace_id"],
        "state = 'paused' AND paused_until IS NOT NULL",
    )


def create_person() -> None:
    op.create_table(
        "person",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_person_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "address", name="pk_person"),
    )


def create_left_form() -> None:
    op.create_table(
        "left_form",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_left_form_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "address", name="pk_left_form"),
    )
    op.create_index("ix_left_form_keep_until_due", "left_form", ["keep_until", "workspace_id"])


def create_programme() -> None:
    op.create_table(
        "programme",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("summary_day", sa.Integer(), nullable=False),
        sa.Column("summary_at", sa.Time(), nullable=False),
        sa.Column("weeks_between_rounds", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("next_summary_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_round_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_programme_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_programme"),
    )
    index(
        "ix_programme_next_round_at_due",
        "programme",
        ["next_round_at", "workspace_id"],
        "next_round_at IS NOT NULL",
    )
    op.create_index("ix_programme_next_summary_at_due", "programme", ["next_summary_at", "workspace_id"])


def create_round() -> None:
    op.create_table(
        "round",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opted_in", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("meetings_shown", sa.Integer(), nullable=False),
        sa.Column("meetings_weekly", sa.JSON(), nullable=False),
        sa.Column("shown_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wanted", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_round_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_round"),
    )


def create_pair() -> None:
    op.create_table(
        "pair",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("exchanges", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("is_lateral", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "a"],
            ["participant.workspace_id", "participant.id"],
            name="fk_pair_workspace_id_a",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "b"],
            ["participant.workspace_id", "participant.id"],
            name="fk_pair_workspace_id_b",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round"], ["round.workspace_id", "round.id"], name="fk_pair_workspace_id_round"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_pair_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_pair"),
    )
    index("ix_pair_next_due_at_due", "pair", ["next_due_at", "workspace_id"], "next_due_at IS NOT NULL")
    op.create_index("ix_pair_workspace_id_a", "pair", ["workspace_id", "a"])
    op.create_index("ix_pair_workspace_id_b", "pair", ["workspace_id", "b"])
    op.create_index("ix_pair_workspace_id_round", "pair", ["workspace_id", "round"])
    op.create_index("ix_pair_workspace_id_state", "pair", ["workspace_id", "state"])


def create_said() -> None:
    op.create_table(
        "said",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("outbox", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudge", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outbox"],
            ["outbox.workspace_id", "outbox.id"],
            name="fk_said_workspace_id_outbox",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "participant"],
            ["participant.workspace_id", "participant.id"],
            name="fk_said_workspace_id_participant",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_said_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "participant", "outbox", name="pk_said"),
    )
    op.create_index("ix_said_workspace_id_outbox", "said", ["workspace_id", "outbox"])
    op.create_index("ix_said_workspace_id_participant_at", "said", ["workspace_id", "participant", "at"])


def create_waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "participant"],
            ["participant.workspace_id", "participant.id"],
            name="fk_waiting_workspace_id_participant",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round"],
            ["round.workspace_id", "round.id"],
            name="fk_waiting_workspace_id_round",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_waiting_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "round", "participant", name="pk_waiting"),
    )
    op.create_index("ix_waiting_workspace_id_participant", "waiting", ["workspace_id", "participant"])


def create_meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_meeting_workspace_id_pair"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_meeting_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_workspace_id_pair_at", "meeting", ["workspace_id", "pair", "at"])
    op.create_index("ix_meeting_workspace_id_state_at", "meeting", ["workspace_id", "state", "at"])


def create_step() -> None:
    op.create_table(
        "step",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pair"], ["pair.workspace_id", "pair.id"], name="fk_step_workspace_id_pair"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_step_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "pair", "step", "recipient", "at", name="pk_step"),
    )


TABLES = {
    "workspace": create_workspace,
    "inbox": create_inbox,
    "outbox": create_outbox,
    "participant": create_participant,
    "person": create_person,
    "left_form": create_left_form,
    "programme": create_programme,
    "round": create_round,
    "pair": create_pair,
    "said": create_said,
    "waiting": create_waiting,
    "meeting": create_meeting,
    "step": create_step,
}


def upgrade() -> None:
    for create in TABLES.values():
        create()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
