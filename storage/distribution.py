"""Procrastinate's own tables, in a schema of their own beside ours, on PostgreSQL."""

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, column, func, insert, select, table, text

SCHEMA = "procrastinate"
APPLIED = table("bothways_applied", column("name"), schema=SCHEMA)
"""Which of Procrastinate's migrations are in; it keeps no such list itself."""


def shipped() -> tuple[str, ...]:
    """The names of Procrastinate's migrations, in the order in which they are applied."""
    return tuple(sorted(file.name for file in Path(SchemaManager.get_migrations_path()).glob("*.sql")))


def applied(connection: Connection) -> frozenset[str]:
    """The names of those that the database has."""
    if connection.scalar(select(func.to_regclass(APPLIED.fullname))) is None:
        return frozenset()
    return frozenset(connection.scalars(select(APPLIED.c.name)))


def bring_in(connection: Connection) -> None:
    """Make the schema, or bring it to what the installed Procrastinate needs."""
    names, there = shipped(), applied(connection)
    if there.issuperset(names):
        return
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
    if there:
        folder = Path(SchemaManager.get_migrations_path())
        for name in names:
            if name not in there:
                _run(connection, (folder / name).read_text("utf-8"))
    else:
        _run(connection, SchemaManager.get_schema())
        connection.execute(text("CREATE TABLE bothways_applied (name text PRIMARY KEY)"))
    connection.execute(insert(APPLIED), [{"name": name} for name in names if name not in there])
    connection.execute(text("SET LOCAL search_path TO DEFAULT"))


def take_out(connection: Connection) -> None:
    """Remove the schema with all that is in it."""
    connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


def _run(connection: Connection, script: str) -> None:
    """Run a script of several statements in the connection's transaction."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(script)
    finally:
        cursor.close()
