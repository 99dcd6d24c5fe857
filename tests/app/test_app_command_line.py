"""The command line: exit codes, errors in one line, and processes that end cleanly."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.app import wall_clock
from bot.demo import usual_start
from sandbox.serving import loopback_socket
from tests.app.conftest import Command
from tests.sandbox.test_sandbox_people import GOOD, HEADER
from tests.stores import KEYS
from tests.teams.stand_in import object_id

ROOT = Path(__file__).parents[2]
KEY = Fernet.generate_key().decode()
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0123456789abcdef", "BOTHWAYS_SECRET_KEYS": KEY}
NOTHING_THERE = {"SLACK_API_BASE_URL": "http://127.0.0.1:9/"}


def environment(**values: str) -> dict[str, str]:
    """An environment with these values and none that the bot reads besides."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {**kept, **values}


@contextmanager
def started(*arguments: str, **values: str) -> Iterator["subprocess.Popen[str]"]:
    """A command that runs until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env=environment(**values),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def a_free_port() -> int:
    """A port nobody listens on."""
    with loopback_socket() as bound:
        return int(bound.getsockname()[1])


def wait_for(address: str, seconds: float = 30) -> httpx.Response:
    """The first answer of a server that starts."""
    until = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(address, trust_env=False)
        except httpx.ConnectError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["bogus"], "bogus"),
        ([], "command"),
        (["demo", "--port", "x"], "--port"),
        (["demo", "--clock", "soon"], "--clock"),
        (["demo", "--people", "/nowhere.csv"], "--people"),
        (["serve", "--role", "cat"], "--role"),
        (["migrate", "twice"], "twice"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str], named: str, command: Command) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert named in done.err


@pytest.mark.parametrize("name", ["demo", "serve", "migrate", "doctor"])
def test_every_command_explains_itself(name: str, command: Command) -> None:
    done = command(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert name in done.out


def test_serving_without_its_values_names_them_in_one_line(command: Command) -> None:
    done = command("serve")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert all(name in done.err for name in SLACK)


def test_two_roles_on_one_file_are_wrong_use_and_name_the_variable(command: Command) -> None:
    for role in ("web", "worker"):
        done = command("serve", "--role", role, **SLACK)
        assert done.code == 2
        assert "DATABASE_URL" in done.err


def test_a_database_that_is_not_migrated_is_said_and_then_is(tmp_path: Path, command: Command) -> None:
    values = {**SLACK, **NOTHING_THERE, "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}", "PORT": "0"}
    refused = command("serve", **values)
    assert refused.code == 1
    assert refused.err.splitlines()[-1].endswith("run `bothways migrate`")
    for _ in range(2):
        assert command("migrate", **values).code == 0


def test_a_database_that_is_away_is_one_line_without_its_password(command: Command) -> None:
    done = command("migrate", DATABASE_URL="postgresql://bot:hunter2@127.0.0.1:1/x")
    assert done.code == 1
    assert done.err.startswith("bothways: DATABASE_URL")
    assert len(done.err.splitlines()) == 1
    assert "hunter2" not in done.err


def test_a_folder_that_is_missing_is_one_line_that_names_variable_and_folder(
    tmp_path: Path, command: Command
) -> None:
    url = f"sqlite:///{tmp_path / 'away' / 'bot.db'}"
    for name in ("migrate", "serve"):
        done = command(name, **SLACK, DATABASE_URL=url)
        assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
        assert done.err.startswith(f"bothways: DATABASE_URL: there is no folder {tmp_path / 'away'}")
    looked = command("doctor", **SLACK, **NOTHING_THERE, DATABASE_URL=url)
    assert (looked.code, looked.err) == (1, "")
    assert f"wrong DATABASE_URL: there is no folder {tmp_path / 'away'}" in looked.out


def test_what_the_machine_refuses_is_one_line(tmp_path: Path, command: Command) -> None:
    file = tmp_path / "bot.db"
    (tmp_path / "bot.db.lock").mkdir()
    values = {**SLACK, **NOTHING_THERE, "DATABASE_URL": f"sqlite:///{file}", "PORT": "0"}
    done = command("serve", **values)
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "bot.db.lock" in done.err


def test_the_doctor_names_what_is_wrong_and_what_is_well(tmp_path: Path, command: Command) -> None:
    values = {
        **NOTHING_THERE,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }
    assert command("migrate", **values).code == 0
    done = command("doctor", **values)
    assert (done.code, done.err) == (1, "")
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == ["wrong", "ok", "wrong"]
    assert "SLACK_SIGNING_SECRET" in lines[0]
    assert "SLACK_API_BASE_URL" in lines[2]


def test_the_doctor_names_a_network_that_leads_nowhere_in_one_line_a_finding(
    tmp_path: Path, command: Command
) -> None:
    values = {
        **dict.fromkeys(("TEAMS_APP_ID", "TEAMS_TENANT_ID", "BOTHWAYS_OWNERS"), object_id(1)),
        "TEAMS_APP_SECRET": "not~a.real_secret",
        "TEAMS_API_BASE_URL": "http://127.0.0.1:9",
        "BOTHWAYS_SECRET_KEYS": KEYS[0],
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }
    assert command("migrate", **values).code == 0
    done = command("doctor", **values)
    assert (done.code, done.err) == (1, "")
    assert [line.split()[:2] for line in done.out.splitlines()][-2:] == [["wrong", "teams:"]] * 2


def test_the_doctor_names_a_value_that_cannot_be_read(command: Command) -> None:
    done = command("doctor", DATABASE_URL="mysql://root:hunter2@db/x")
    assert done.code == 1
    assert done.out.startswith("wrong DATABASE_URL")
    assert "hunter2" not in done.out + done.err


def test_serve_answers_until_it_is_told_to_stop_and_a_second_one_says_who_has_the_file(
    tmp_path: Path, command: Command
) -> None:
    port = a_free_port()
    values = {
        **SLACK,
        **NOTHING_THERE,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "PORT": str(port),
    }
    assert command("migrate", **values).code == 0
    with started("serve", **values) as process:
        assert wait_for(f"http://127.0.0.1:{port}/healthz").status_code == 200
        assert wait_for(f"http://127.0.0.1:{port}/readyz").status_code == 200
        taken = command("serve", **values)
        assert (taken.code, len(taken.err.splitlines())) == (1, 1)
        assert str(port) in taken.err
        second = command("serve", **values | {"PORT": str(a_free_port())})
        assert (second.code, len(second.err.splitlines())) == (1, 1)
        assert "bot.db" in second.err
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_the_demonstration_prints_its_page_and_leaves_nothing_behind(tmp_path: Path) -> None:
    port = a_free_port()
    with started("demo", "--port", str(port), TMPDIR=str(tmp_path), SLACK_BOT_TOKEN="xoxb-real") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        assert httpx.get(address.group(), trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read().count("\n") == 1
    with pytest.raises(httpx.ConnectError):
        httpx.get(address.group(), trust_env=False)
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_ends_the_demonstration_with_one_line(command: Command) -> None:
    with loopback_socket() as bound:
        bound.listen()
        port = str(bound.getsockname()[1])
        done = command("demo", "--port", port)
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert port in done.err


def test_a_roster_that_cannot_be_used_is_wrong_use_and_one_line(tmp_path: Path) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text(f"{HEADER}\n{GOOD.replace(',2,', ',x,')}\n", encoding="utf-8")
    with started("demo", "--port", str(a_free_port()), "--people", str(roster)) as process:
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(
        f"bothways: Invalid value: --people {roster}: line 2: level 'x' is not a whole number"
    )


def test_the_demonstration_starts_on_a_tuesday_when_people_are_at_work() -> None:
    start = usual_start(wall_clock())
    assert (start.weekday(), start.hour, str(start.tzinfo)) == (1, 10, "Europe/Berlin")
    assert start > wall_clock()
