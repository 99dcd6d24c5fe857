"""A running `bothways demo`, always the same one: the town that pictures and benchmarks look at."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from sandbox.serving import address_of, loopback_socket
from tests.loopback import loopback_client
from tests.tree import ROOT

SEED = "1"
BEGINS = "2026-11-24T09:00:00+00:00"
READY_WITHIN = 120.0
LOOK_AGAIN = 0.2
LONGEST_CALL = 300.0
Json = dict[str, Any]


def chromium() -> str:
    """The path of the chromium that `make test-setup` installs; SystemExit where there is none."""
    found = shutil.which("chromium")
    if not found:
        raise SystemExit("There is no chromium here: `make test-setup` as root installs Debian's.")
    return found


class Demo:
    """The demonstration from outside: its address, and the calls that scripts make."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.address = str(http.base_url)

    async def state(self) -> Json:
        """Everything in the workspace."""
        told: Json = (await self.http.get("/sandbox/state")).raise_for_status().json()
        return told

    async def post(self, call: str, **body: Any) -> Json:
        """Make a call of a script."""
        told: Json = (await self.http.post(f"/sandbox/{call}", json=body)).raise_for_status().json()
        return told

    async def person(self, name: str) -> str:
        """The Slack id of somebody."""
        return next(str(one["id"]) for one in (await self.state())["people"] if one["name"] == name)

    async def owner(self) -> str:
        """The Slack id of the programme's owner."""
        return next(str(one["id"]) for one in (await self.state())["people"] if one["owner"])


@asynccontextmanager
async def a_demo() -> AsyncIterator[Demo]:
    """The demonstration with its story told, on a free port; it ends with the block."""
    with loopback_socket() as free:
        address = address_of(free)
    port = address.rpartition(":")[2]
    told = ("demo", "--port", port, "--seed", SEED, "--clock", BEGINS)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *told, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with loopback_client(address, LONGEST_CALL) as http:
            await asyncio.wait_for(_ready(http), READY_WITHIN)
            yield Demo(http)
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()


async def _ready(http: httpx.AsyncClient) -> None:
    while True:
        try:
            state = (await http.get("/sandbox/state")).json()
        except httpx.TransportError:
            state = {}
        if state.get("ready") and any(message["buttons"] for message in state["messages"]):
            return
        await asyncio.sleep(LOOK_AGAIN)
