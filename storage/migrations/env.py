"""How Alembic runs a migration here: over the connection it is handed, in that connection's transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from storage.schema import METADATA


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 # Alembic's
    """Write a column's type as the database knows it, so that migrations do not depend on our classes."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        inner = thing.impl_instance
        return f"sa.{inner!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=plain_type,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
