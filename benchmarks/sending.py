"""How fast messages leave, and what one costs: the bot's own processes, and the bare peers."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from cryptography.fernet import Fernet

from benchmarks import bare_senders
from benchmarks.counting_slack import TEAM
from bot.app import RandomIds, wall_clock
from bot.delivery.jobs import Deferrals
from bot.mentoring.ids import PairId, address
from bot.mentoring.prompts import MeetingCancelled, Whom
from bot.ports import Destination, Kind, Message, NewId, Records
from handlers.slack.limits import pace
from storage.admission import Admission
from storage.encryption import Keyring
from storage.engine import is_sqlite
from storage.migrate import upgrade
from storage.store import open_store
from tests.databases import administer, at
from tests.fleet import plain
from tests.loopback import loopback_client
from tests.postgres import breakable_server, free_port
from tests.tree import ROOT

SECONDS = 300.0
PER_SECOND = 10_000.0
"""No limit that is felt: the bot's own pace for Slack is not what is measured."""
IN_ONE = 500
"""Messages that one transaction posts."""
AT_WORK = timedelta(hours=8)
Process = subprocess.Popen  # started at once, and waited for elsewhere
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Rate:
    """Sends a second, and the milliseconds of processor time that one took."""

    name: str
    per_second: float
    cpu_ms: float


@dataclass(frozen=True)
class Bench:
    """The stand-in, and where to find things."""

    http: httpx.AsyncClient
    api: str
    folder: Path
    sends: int

    def process(self, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
        """Start a process of this interpreter."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", *words]
            return subprocess.Popen(command, env={**kept, **environment}, cwd=ROOT, stdout=log, stderr=log)

    async def all_arrived(self) -> float:
        """Wait for all messages; how many came a second."""
        async with asyncio.timeout(SECONDS):
            while (told := (await self.http.get("/counted")).json())["count"] < self.sends:  # noqa: ASYNC110 # it is asked
                await asyncio.sleep(0.1)
        await self.http.post("/forget")
        return float(told["count"] - 1) / float(told["seconds"])


@asynccontextmanager
async def bench(sends: int) -> AsyncIterator[Bench]:
    """A stand-in that answers in 50 ms, in a process of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        slack = Process([sys.executable, "-m", "benchmarks.counting_slack", str(port)], cwd=ROOT)
        try:
            async with loopback_client(f"http://127.0.0.1:{port}", 10) as http:
                await _answers(http, "/counted")
                yield Bench(http, f"http://127.0.0.1:{port}/api/", Path(folder), sends)
        finally:
            slack.kill()
            slack.wait()


async def rates(sends: int) -> list[Rate]:
    """All of them, one after the other in one run."""
    with breakable_server() as server:
        async with bench(sends) as made:
            found = [await _bare_loop(made), await _bare_task(made, _database(server.address, "bare"))]
            found.append(await _ours(made, f"sqlite:///{made.folder}/bothways.db", ("all",)))
            for workers in (1, 2, 3):
                url = _database(server.address, f"workers_{workers}")
                found.append(await _ours(made, url, ("worker",) * workers))
            return found


def _database(server: str, name: str) -> str:
    administer(server, "CREATE DATABASE {}", f"bench_{name}")
    return at(server, f"bench_{name}")


async def _bare_loop(made: Bench) -> Rate:
    process = made.process("benchmarks.bare_senders", "loop", made.api, str(made.sends))
    rate, cpu = await _measured(made, [process])
    return Rate("bare loop with slack_sdk", rate, cpu)


async def _bare_task(made: Bench, url: str) -> Rate:
    await bare_senders.defer(plain(url), made.sends)
    process = made.process("benchmarks.bare_senders", "work", plain(url), made.api)
    rate, cpu = await _measured(made, [process])
    return Rate("bare Procrastinate task", rate, cpu)


async def _ours(made: Bench, url: str, roles: Sequence[str]) -> Rate:
    await asyncio.to_thread(upgrade, url)
    key, ports = Fernet.generate_key().decode(), [free_port() for _ in roles]
    processes = []
    for role, port in zip(roles, ports, strict=True):
        environment = {
            "SLACK_BOT_TOKEN": "xoxb-bench-1",
            "SLACK_SIGNING_SECRET": "0123456789abcdef",
            "SLACK_API_BASE_URL": made.api,
            "DATABASE_URL": url,
            "BOTHWAYS_SECRET_KEYS": key,
            "BOTHWAYS_TICK_SECONDS": "1",
            "BOTHWAYS_LOG_LEVEL": "WARNING",
            "BOTHWAYS_MESSAGES_PER_SECOND": str(PER_SECOND),
            "PORT": str(port),
        }
        processes.append(made.process("bot", "serve", "--role", role, **environment))
    for port in ports:
        async with loopback_client(f"http://127.0.0.1:{port}", 5) as http:
            await _answers(http, "/readyz")
    await _post(url, key, made.sends)
    rate, cpu = await _measured(made, processes)
    name = (
        "embedded, SQLite" if is_sqlite(url) else f"{len(roles)} worker{'s' * (len(roles) > 1)}, PostgreSQL"
    )
    return Rate(name, rate, cpu)


async def _measured(made: Bench, processes: "list[subprocess.Popen[bytes]]") -> tuple[float, float]:
    """Sends a second, and milliseconds of processor time a send; the processes are then ended."""
    before = sum(_cpu(one.pid) for one in processes)
    try:
        rate = await made.all_arrived()
        used = sum(_cpu(one.pid) for one in processes) - before
    finally:
        for one in processes:
            one.kill()
            one.wait()
    return rate, 1000 * used / made.sends


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used; zero once it is gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(words[11]) + int(words[12])) / TICKS


async def _post(url: str, key: str, sends: int) -> None:
    """Put the messages in the outbox, each to a place of its own, as one more process."""
    store = open_store(url, Keyring((key,)), wall_clock, RandomIds(), pace(PER_SECOND))
    if not is_sqlite(url):
        Admission(store.workshop, Deferrals(), wall_clock, store.pace)
    workspace = await store.workspace("slack", TEAM)

    def use(first: int, *, records: Records, now: datetime, new_id: NewId) -> None:
        for number in range(first, min(first + IN_ONE, sends)):
            place = Destination(Kind.CHANNEL, address("slack", TEAM, f"C{number:08d}"))
            moment = now + timedelta(microseconds=number)
            whom = Whom(PairId("pair"), f"Person {number}", "UTC")
            cancelled, closes_at = MeetingCancelled(whom, now, yours=True), moment + AT_WORK
            records.post(Message(new_id(), place, cancelled, moment, closes_at=closes_at))

    for first in range(0, sends, IN_ONE):
        await store.run(workspace, use, first)
    store.close()


async def _answers(http: httpx.AsyncClient, path: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            if (await http.get(path)).is_success:
                return
        except httpx.TransportError:
            pass
        if time.monotonic() > until:
            raise RuntimeError(f"{path} does not answer")
        await asyncio.sleep(0.1)
