"""A PostgreSQL database that tests use one after the other, empty and migrated for each."""

from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

MARK: LiteralString = """
SELECT md5(string_agg(mark, ' ' ORDER BY mark)) FROM (
    SELECT format('class %s %s', oid, xmin) FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT format('column %s %s %s', attrelid, attnum, xmin)
        FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT format('rule %s %s', oid, xmin) FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT format('function %s %s', oid, xmin) FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT format('type %s %s', oid, xmin) FROM pg_type WHERE oid >= 16384
    UNION ALL SELECT format('version %s', version_num) FROM alembic_version
) AS marks (mark)
"""
"""Any change of the schema writes a row of these anew; 16384 is the first id of what is not built in."""
TABLES: LiteralString = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
    AND tablename NOT IN ('alembic_version', 'bothways_applied')
"""
"""All tables but those that say which migrations are in."""
COUNTERS: LiteralString = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
"""
ALONE: LiteralString = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Reused:
    """A copy of `template` on a server, emptied for each test: making one costs two hundred times as much.

    A test that changed the schema passes none of it on: the copy is then made anew.
    """

    def __init__(self, server: str, template: str, name: str) -> None:
        self._server, self._template, self._name = make_url(server), template, name
        self._mark: object = None
        self._emptying: sql.Composed | None = None

    def empty(self) -> str:
        """Give the address of the copy: no row in it, its counters at the start, and nobody connected."""
        if self._mark is None or not self._emptied():
            self._make()
        return self._server.set(database=self._name).render_as_string(hide_password=False)

    def drop(self) -> None:
        """Remove the copy."""
        with self._connected(self._server.database) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(*self._names()))
        self._mark = None

    def _emptied(self) -> bool:
        """Empty it, unless its schema is another one now."""
        with self._connected(self._name) as copy:
            copy.execute(ALONE)
            same = _one(copy, MARK) == self._mark
            if same and self._emptying is not None:
                copy.execute("SET search_path TO public, procrastinate")  # its triggers name no schema
                copy.execute(self._emptying)
                copy.execute(COUNTERS)
        return same

    def _make(self) -> None:
        self.drop()
        with self._connected(self._server.database) as server:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(made.format(*self._names(), sql.Identifier(self._template)))
        with self._connected(self._name) as copy:
            tables = [sql.Identifier(*names) for names in copy.execute(TABLES).fetchall()]
            for table in tables:
                rows = sql.SQL("SELECT count(*) FROM {}").format(table)
                assert _one(copy, rows) == 0, "a migration puts rows here, which emptying would take away"
            self._mark, self._emptying = _one(copy, MARK), _deleting(tables)

    def _names(self) -> tuple[sql.Identifier]:
        return (sql.Identifier(self._name),)

    def _connected(self, database: str | None) -> psycopg.Connection:
        address = self._server.set(drivername="postgresql", database=database)
        return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)


def _one(connection: psycopg.Connection, query: sql.Composed | LiteralString) -> object:
    """The one value that a query gives."""
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def _deleting(tables: list[sql.Identifier]) -> sql.Composed:
    """One statement that deletes from all tables, so that it matters to no foreign key which comes first."""
    each = [
        sql.SQL("{} AS (DELETE FROM {})").format(sql.Identifier(f"t{number}"), table)
        for number, table in enumerate(tables)
    ]
    return sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(each))
