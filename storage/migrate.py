"""Brings a database to the current schema, and says whether it is there."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage import distribution
from storage.engine import begin_immediate, with_driver
from storage.work import lost_a_race

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_262_844_203
"""The advisory lock under which PostgreSQL lets one process migrate at a time; any number would do."""
TRIES = 10
"""How often a migration begins: processes that run meanwhile may lock what it needs in another order."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision; safe to run twice and from two processes at once.

    Everything happens in one transaction: a migration that is killed in the middle leaves nothing behind.
    """
    _run(url, "upgrade", revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision, `base` for an empty one."""
    _run(url, "downgrade", revision)


def is_current(connection: Connection) -> bool:
    """Whether the database has the schema that this version of the code needs."""
    heads = set(ScriptDirectory(str(SCRIPTS)).get_heads())
    if set(MigrationContext.configure(connection).get_current_heads()) != heads:
        return False
    return connection.dialect.name != "postgresql" or distribution.applied(connection).issuperset(
        distribution.shipped()
    )


def config(connection: Connection) -> Config:
    """Alembic's configuration for migrating over an open connection."""
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _run(url: str, direction: Literal["upgrade", "downgrade"], revision: str) -> None:
    # A rebuilt table must not take along the rows that point to it, so SQLite's foreign keys stay off here.
    engine = create_engine(with_driver(url), poolclass=NullPool, hide_parameters=True)
    if make_url(url).get_backend_name() == "sqlite":
        begin_immediate(engine)
    try:
        for _ in range(TRIES - 1):
            try:
                return _migrate(engine, direction, revision)
            except OperationalError as error:
                if not lost_a_race(error):
                    raise
        return _migrate(engine, direction, revision)
    finally:
        engine.dispose()


def _migrate(engine: Engine, direction: Literal["upgrade", "downgrade"], revision: str) -> None:
    with engine.begin() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        getattr(command, direction)(config(connection), revision)
        if on_postgresql and revision == "base":
            distribution.take_out(connection)
        elif on_postgresql:
            distribution.bring_in(connection)
