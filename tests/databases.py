"""Fixtures that give a test an empty, migrated database of its own, on SQLite and on PostgreSQL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from storage.migrate import upgrade
from tests import postgres
from tests.reused import Reused

DRIVER = "postgresql+psycopg"


def at(server_url: str, database: str) -> str:
    """Give the address of another database on the same server."""
    return make_url(server_url).set(database=database).render_as_string(hide_password=False)


def administer(server_url: str, statement: LiteralString, *names: str) -> None:
    """Run one statement on the server with the names in the place of its `{}`."""
    address = make_url(server_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server on which databases can be made.

    $TEST_DATABASE_URL names one (PostgreSQL 15 or newer); without it a server is started.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername=DRIVER).render_as_string(hide_password=False)
        return
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file that every test's database is copied from."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """Migrate one PostgreSQL database that every test's database is copied from; give its name."""
    name = f"bothways_template_{os.getpid()}"
    administer(postgres_server, "CREATE DATABASE {}", name)
    upgrade(at(postgres_server, name))
    yield name
    administer(postgres_server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the SQLAlchemy address of an empty, migrated SQLite file."""
    file = tmp_path / "bothways.db"
    with closing(sqlite3.connect(sqlite_template)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgres_reused(postgres_server: str, postgres_template: str) -> Iterator[Reused]:
    """Give the database that the session's tests use one after the other."""
    reused = Reused(postgres_server, postgres_template, f"bothways_test_{os.getpid()}")
    yield reused
    reused.drop()


@pytest.fixture
def postgres_url(postgres_reused: Reused) -> str:
    """Give the SQLAlchemy address of an empty, migrated PostgreSQL database."""
    return postgres_reused.empty()


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For a module that says why one store is enough: what it tests does not depend on the store."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the SQLAlchemy address of an empty, migrated database; the test runs once on each store."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url
