"""The stand-in as a process of its own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from sandbox.serving import address_of, loopback_socket
from tests.sandbox.test_sandbox_people import GOOD, HEADER, roster
from tests.tree import ROOT

OPTIONS = ("--signing-secret", "s", "--bot-token", "xoxb-1")


def free_port() -> str:
    bound = loopback_socket()
    port = address_of(bound).rsplit(":", 1)[1]
    bound.close()
    return port


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox", *OPTIONS, "--bot", "http://127.0.0.1:9", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_a_bad_roster_stops_the_start_with_the_line_and_the_reason(tmp_path: Path) -> None:
    path = roster(tmp_path, HEADER, GOOD.replace(",2,", ",x,"))
    ended = run("--people", str(path))
    assert ended.returncode == 2
    assert ended.stderr == f"sandbox: --people {path}: line 2: level 'x' is not a whole number\n"


def test_a_port_that_is_taken_is_a_failure_and_no_wrong_use() -> None:
    with loopback_socket() as bound:
        bound.listen()
        ended = run("--port", address_of(bound).rsplit(":", 1)[1])
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "cannot be used" in ended.stderr


def test_a_clock_that_is_no_time_stops_the_start() -> None:
    ended = run("--clock", "noon")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "--clock 'noon' is not an ISO time" in ended.stderr


async def test_it_serves_on_loopback_until_it_is_told_to_stop() -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *OPTIONS, "--bot", "http://127.0.0.1:9", "--port", port,
        "--no-story", "--clock", "2026-11-02T09:00",
        cwd=ROOT, env={**os.environ, "HTTP_PROXY": "http://127.0.0.1:9"},
    )  # fmt: skip
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as script:
            state = await _state(script)
            people = state["people"]
            assert state["clock"].startswith("2026-11-02T09:00")
            assert len(people) == 45
            assert sum(person["owner"] for person in people) == 1
            assert [channel["name"] for channel in state["channels"]] == ["general", "mentoring", "random"]
            answer = await script.post(
                "/sandbox/say", json={"person": people[0]["id"], "text": "/mentor help"}
            )
            assert answer.status_code == 502
            assert "/_demo/clock" in answer.json()["error"]
    finally:
        process.terminate()
        assert await process.wait() == 0


async def _state(script: httpx.AsyncClient) -> dict[str, Any]:
    for _ in range(200):
        try:
            return dict((await script.get("/sandbox/state")).json())
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
    raise AssertionError("the process does not answer")
