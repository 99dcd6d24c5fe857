"""How pairs feel and end, whether they go on, who rests; concerns."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME: sa.types.TypeEngine[Any] = sa.DateTime(timezone=True)
TEXT: sa.types.TypeEngine[Any] = sa.Text()
FLAG: sa.types.TypeEngine[Any] = sa.Boolean()


def _table(
    name: str, key: tuple[str, ...], columns: Mapping[str, sa.types.TypeEngine[Any]], of: str = ""
) -> None:
    """A table of a workspace: its columns, none empty but `agreed_at`; `of` names a row of another table."""
    told = [sa.Column(one, kind, nullable=one == "agreed_at") for one, kind in columns.items()]
    bounds = [sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{name}_workspace_id")]
    if of:
        target = [f"{of}.workspace_id", f"{of}.id"]
        bounds += [sa.ForeignKeyConstraint(["workspace_id", of], target, name=f"fk_{name}_workspace_id_{of}")]
    keys = sa.PrimaryKeyConstraint("workspace_id", *key, name=f"pk_{name}")
    op.create_table(name, sa.Column("workspace_id", TEXT, nullable=False), *told, *bounds, keys)


def upgrade() -> None:
    sealed = {"pair": TEXT, "participant": TEXT}
    _table("fit", ("pair", "participant"), {**sealed, "answer": TEXT, "at": TIME}, of="pair")
    _table("helped", ("id",), {"id": TEXT, "who": TEXT, "answer": TEXT, "at": TIME})
    _table("wish", ("id",), {"id": TEXT, "participant": TEXT, "whom": TEXT}, of="participant")
    op.create_index("ix_wish_workspace_id_participant", "wish", ["workspace_id", "participant"])
    _table("closing", ("pair",), {"pair": TEXT, "by": TEXT, "at": TIME, "agreed_at": TIME}, of="pair")
    _table("look_back", ("pair", "participant"), {**sealed, "said": TEXT, "at": TIME}, of="pair")
    asked = {"pair": TEXT, "asked_at": TIME, "decided_at": TIME, "met_lately": FLAG, "said": TEXT}
    _table("going_on", ("pair",), {**asked, "over": FLAG}, of="pair")
    _table("concern", ("id",), {"id": TEXT, "told": TEXT, "at": TIME, "keep_until": TIME})
    for name in ("fit", "helped", "look_back"):
        op.create_index(f"ix_{name}_at_due", name, ["at", "workspace_id"])
    op.create_index("ix_concern_keep_until_due", "concern", ["keep_until", "workspace_id"])
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("resting_since", TIME, nullable=True))
    with op.batch_alter_table("pair") as table:
        table.add_column(sa.Column("rested_by", TEXT, nullable=True))
        table.add_column(sa.Column("rests_until", TIME, nullable=True))
    with op.batch_alter_table("programme") as table:
        table.add_column(sa.Column("routes", TEXT, nullable=False, server_default=""))
        table.add_column(sa.Column("helped", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("programme") as table:
        table.drop_column("helped")
        table.drop_column("routes")
    with op.batch_alter_table("pair") as table:
        table.drop_column("rests_until")
        table.drop_column("rested_by")
    with op.batch_alter_table("participant") as table:
        table.drop_column("resting_since")
    for name in ("concern", "going_on", "look_back", "closing", "wish", "helped", "fit"):
        op.drop_table(name)
