"""The tests' own PostgreSQL serves, and dies with whoever started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from sqlalchemy.engine import make_url

from tests import postgres
from tests.reused import MARK, Reused

ROOT = Path(__file__).parent.parent
SESSION = """
import signal, time
from tests import postgres
# a shell starts what runs in its background with Ctrl-C ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
with postgres.server() as address:
    print(address, flush=True)
    time.sleep(600)
"""


def plain(address: str) -> str:
    """Give the address as psycopg itself reads it."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def refuses(address: str, seconds: float = 20) -> bool:
    """Wait until nobody answers at the address; False if somebody still does after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            psycopg.connect(plain(address)).close()
        except psycopg.OperationalError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_session_that_dies_takes_its_server_along(end: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SESSION],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as session:
        assert session.stdout is not None
        address = session.stdout.readline().strip()
        psycopg.connect(plain(address)).close()
        session.send_signal(end)
        session.wait(timeout=60)
        assert refuses(address)


def test_every_test_finds_its_database_empty_and_migrated(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    tables = sqlalchemy.inspect(engine).get_table_names()
    engine.dispose()
    assert "alembic_version" in tables


def test_a_folder_that_only_root_enters_is_not_chosen_for_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(closed))
    assert postgres.open_folder() != closed


def test_the_database_that_tests_share_is_empty_for_each(
    postgres_server: str, postgres_template: str
) -> None:
    reused = Reused(postgres_server, postgres_template, f"bothways_reused_{os.getpid()}")
    address = plain(reused.empty())
    left = psycopg.connect(address, autocommit=True)
    left.execute(
        "INSERT INTO workspace (id, platform, team, enterprise, installed_at, bot_user)"
        " VALUES ('w1', 'slack', 'T1', '', now(), '')"
    )
    counters = left.execute(
        "SELECT nextval(format('%I.%I', schemaname, sequencename)::regclass) FROM pg_sequences"
    ).fetchall()
    assert plain(reused.empty()) == address
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    left.close()
    with psycopg.connect(address, autocommit=True) as again:
        assert again.execute("SELECT count(*) FROM workspace").fetchone() == (0,)
        restarted = "SELECT nextval(format('%I.%I', schemaname, sequencename)::regclass) FROM pg_sequences"
        assert again.execute(restarted).fetchall() == counters
    reused.drop()


CHANGES = (
    "CREATE TABLE left_behind (id int)",
    "ALTER TABLE workspace ADD COLUMN left_behind int",
    "ALTER TABLE workspace ALTER COLUMN team DROP NOT NULL",
    "CREATE INDEX ON workspace (team)",
    "ALTER TABLE workspace ADD CHECK (team <> 'x')",
    "CREATE FUNCTION left_behind() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "UPDATE alembic_version SET version_num = 'another'",
)


def test_a_schema_that_a_test_changed_is_not_handed_on(postgres_server: str, postgres_template: str) -> None:
    reused = Reused(postgres_server, postgres_template, f"bothways_reused_{os.getpid()}")
    address = plain(reused.empty())
    with psycopg.connect(address, autocommit=True) as test:
        marks = [test.execute(MARK).fetchone()]
        for change in CHANGES:
            test.execute(change)
            marks.append(test.execute(MARK).fetchone())
        assert len(set(marks)) == len(CHANGES) + 1, "each change is seen"
    reused.empty()
    with psycopg.connect(address, autocommit=True) as after:
        assert after.execute("SELECT to_regclass('left_behind')").fetchone() == (None,)
        assert after.execute("SELECT version_num FROM alembic_version").fetchone() != ("another",)
    reused.drop()
