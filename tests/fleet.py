"""The bot as it runs in earnest: processes on one database, and the stand-in before them."""

import asyncio
import itertools
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
from cryptography.fernet import Fernet
from sqlalchemy import NullPool, and_, create_engine, func, or_, select
from sqlalchemy.engine import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.__main__ import main
from bot.ports import Clock
from sandbox.running import RunningSandbox
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.workspace import Workspace
from storage.mail_tables import BudgetRow, Handling, InboxRow, OutboxRow, Sending
from tests.forked import Forked
from tests.loopback import loopback_client
from tests.postgres import free_port

TOKEN, SECRET = "xoxb-sandbox-1", "0123456789abcdef"
PASSED_ON = ("content-type", "x-slack-request-timestamp", "x-slack-signature", "x-slack-retry-num")
BAD_GATEWAY = 502
SOON = timedelta(seconds=5)
"""For so long Slack makes somebody wait; what is due by then belongs to what is due now."""
OUTBOX, INBOX, BUDGET = OutboxRow.__table__, InboxRow.__table__, BudgetRow.__table__


def now() -> datetime:
    """The real time, the only one that several processes have in common."""
    return datetime.now(UTC)  # noqa: TID251 # as above


@dataclass
class Child:
    """One process of the bot."""

    role: str
    process: Forked
    port: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 20) -> int:
        """Ask it to end, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


class Gateway:
    """The way to a PostgreSQL, which a test can close or let fall silent."""

    def __init__(self, database_url: str) -> None:
        parsed = make_url(database_url)
        self._to = (parsed.host or "127.0.0.1", parsed.port or 5432)
        self._port = free_port()
        self.url = parsed.set(host="127.0.0.1", port=self._port).render_as_string(hide_password=False)
        self._flows = asyncio.Event()
        self._flows.set()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Let connections through."""
        self._flows.set()
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)

    async def close(self) -> None:
        """Cut all connections and refuse new ones, as a server does that was stopped."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hush(self) -> None:
        """Keep all connections, and let nothing through, as a machine does that hangs."""
        self._flows.clear()

    def speak(self) -> None:
        """Let everything through again that was kept back."""
        self._flows.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self._flows.wait()
            there, back = await asyncio.open_connection(*self._to)
            ways = (self._pass(reader, back), self._pass(there, writer))
            try:
                await asyncio.gather(*ways, return_exceptions=True)
            finally:
                back.close()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()


@dataclass(frozen=True)
class Manner:
    """How the processes of a fleet are run: the program, and what else stands in its environment."""

    program: Callable[[], None] = main
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: Clock = now
    """The time that the processes have in common."""


@dataclass
class Fleet:
    """Processes of the bot on one database; `reaches` is the environment by which they reach a platform."""

    database_url: str
    direct: str
    """The same database without a way between that a test can close; for looking."""
    folder: Path
    reaches: Mapping[str, str]
    manner: Manner = field(default_factory=Manner)
    children: list[Child] = field(default_factory=list)
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    _turn: "itertools.count[int]" = field(default_factory=itertools.count)

    def start(self, role: str, **more: str) -> Child:
        """One more process; `more` goes into its environment."""
        port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        environment = {
            **kept,
            **self.reaches,
            "DATABASE_URL": self.database_url,
            "BOTHWAYS_SECRET_KEYS": self.key,
            "BOTHWAYS_TICK_SECONDS": "2",
            "PORT": str(port),
            **self.manner.environment,
            **more,
        }
        log = self.folder / f"{role}-{port}.log"
        process = Forked(self.manner.program, ("serve", "--role", role), environment, log)
        child = Child(role, process, port)
        self.children.append(child)
        return child

    async def ready(self, seconds: float = 60, role: str = "") -> None:
        """Wait until every process that runs, or those of a role, says that it is ready."""
        async with asyncio.timeout(seconds), loopback_client("http://127.0.0.1", 5) as http:
            for child in self.running(role):
                while not await _is_ready(http, child):
                    assert child.process.returncode is None, self.words(child)
                    await asyncio.sleep(0.1)

    def running(self, role: str = "") -> list[Child]:
        """The processes that run, all or those of a role."""
        return [one for one in self.children if one.process.returncode is None and one.role.startswith(role)]

    def words(self, child: Child) -> str:
        """What a process wrote."""
        return (self.folder / f"{child.role}-{child.port}.log").read_text(errors="replace")

    def undone(self) -> int:
        """How much is due and not done."""
        soon = self.manner.clock() + SOON
        waits = and_(OUTBOX.c.state == Sending.PENDING, OUTBOX.c.not_before <= soon)
        mail = select(func.count()).select_from(OUTBOX).where(or_(OUTBOX.c.state == Sending.SENDING, waits))
        unheard = and_(INBOX.c.state == Handling.PENDING, INBOX.c.not_before <= soon)
        events = select(func.count()).select_from(INBOX).where(unheard)
        engine = create_engine(self.direct, poolclass=NullPool)
        with engine.connect() as connection:
            return sum(connection.scalar(one) or 0 for one in (mail, events))

    async def done(self, seconds: float = 120) -> None:
        """Wait until nothing that is due is left; TimeoutError with what is, and what the processes wrote."""
        try:
            async with asyncio.timeout(seconds):
                while await asyncio.to_thread(self.undone):  # noqa: ASYNC110 # it happens in other processes
                    await asyncio.sleep(0.05)
        except TimeoutError as late:
            raise TimeoutError(self.left()) from late

    def left(self) -> str:
        """What waits or is on its way, by the clock of now, and the last words of every process."""
        open_still = OUTBOX.c.state.in_((Sending.PENDING, Sending.SENDING))
        moments = (OUTBOX.c.planned_at, OUTBOX.c.not_before, OUTBOX.c.started_at)
        rows = select(OUTBOX.c.key, OUTBOX.c.state, *moments).where(open_still).limit(20)
        limits = select(BUDGET.c.scope, BUDGET.c.free_at, BUDGET.c.doubts).limit(20)
        engine = create_engine(self.direct, poolclass=NullPool)
        with engine.connect() as connection:
            found = [*connection.execute(rows), *connection.execute(limits)]
        words = [self.words(child)[-1500:] for child in self.running()]
        return "\n".join([f"now {self.manner.clock()}", *map(str, found), *words])

    async def reach(self, moment: datetime) -> datetime | None:
        """Wait until all is done that is due; when something is next due, as far as that is known.

        The real clock cannot be set, so that `moment` is nothing to wait for.
        """
        del moment
        await self.done()
        return None

    def next_webs(self) -> list[Child]:
        """The processes that answer, the one whose turn it is first."""
        webs = [one for one in self.running() if one.role != "worker"]
        turn = next(self._turn) % max(len(webs), 1)
        return [*webs[turn:], *webs[:turn]]


@dataclass
class SlackFleet(Fleet):
    """Processes before Slack's stand-in, and a front that gives requests to those that answer, in turn."""

    sandbox: RunningSandbox = field(kw_only=True)


@asynccontextmanager
async def at_work(fleet: Fleet, roles: Sequence[str]) -> AsyncIterator[None]:
    """Let processes of these roles run until the block ends."""
    for role in roles:
        fleet.start(role)
    try:
        await fleet.ready()
        yield
    finally:
        for child in fleet.running():
            child.kill()


async def _is_ready(http: httpx.AsyncClient, child: Child) -> bool:
    try:
        return (await http.get(f"{child.address}/readyz")).status_code == 200
    except httpx.HTTPError:
        return False


def plain(url: str) -> str:
    """A database's address as PostgreSQL's own library reads it."""
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql"))


def _front(fleet: Fleet, http: httpx.AsyncClient) -> Starlette:
    async def events(request: Request) -> Response:
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        body = await request.body()
        for web in fleet.next_webs():
            try:
                answer = await http.post(f"{web.address}/slack/events", content=body, headers=headers)
            except httpx.TransportError:
                continue  # it died; as every front does, ask another
            kind = answer.headers.get("content-type")
            return Response(answer.content, answer.status_code, media_type=kind)
        return Response(status_code=BAD_GATEWAY)

    async def moved(request: Request) -> Response:
        due = await fleet.reach(datetime.fromisoformat((await request.json())["to"]))
        clock = fleet.manner.clock().isoformat()
        return JSONResponse({"clock": clock, "next_due_at": due and due.isoformat()})

    async def health(_request: Request) -> Response:
        return Response("ok")

    return Starlette(
        routes=[
            Route("/slack/events", events, methods=["POST"]),
            Route("/_demo/clock", moved, methods=["POST"]),
            Route("/healthz", health),
        ]
    )


@asynccontextmanager
async def fleet_of(
    urls: tuple[str, str],
    folder: Path,
    workspace: Workspace,
    roles: Sequence[str],
    manner: Manner | None = None,
    kind: type[SlackFleet] = SlackFleet,
) -> AsyncIterator[SlackFleet]:
    """Processes of these roles at work before a stand-in of that workspace, until the block ends.

    `urls` are the database's address for the processes, and the direct one for looking.
    The stand-in's own calls return when the processes have done what was due, as in the demonstration.
    """
    bound = loopback_socket()
    sandbox = RunningSandbox(workspace, bot_address=address_of(bound), signing_secret=SECRET, bot_token=TOKEN)
    reaches = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_BASE_URL": sandbox.web_api,
    }
    fleet = kind(*urls, folder, reaches, manner or Manner(), sandbox=sandbox)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(loopback_client("http://127.0.0.1", 30))
        await stack.enter_async_context(LoopbackServer(_front(fleet, http), bound))
        await stack.enter_async_context(sandbox)
        await stack.enter_async_context(at_work(fleet, roles))
        yield fleet
