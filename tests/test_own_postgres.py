"""The tests' own PostgreSQL serves, and dies with whoever started it."""

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
