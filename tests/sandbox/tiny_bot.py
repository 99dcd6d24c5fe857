"""A tiny real Bolt app to try the stand-in with, and the two served together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from datetime import datetime
from typing import Any

import aiohttp
import httpx
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.running import RunningSandbox
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.workspace import Workspace
from tests.loopback import loopback_client

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-sandbox-1"


class TinyBot:
    """Bolt behind Starlette; its listeners are added by each test on `app`."""

    def __init__(self) -> None:
        self.socket = loopback_socket()
        self.address = address_of(self.socket)
        self.tasks: set[asyncio.Task[Any]] = set()
        self.clock: datetime | None = None
        self.dues: list[datetime] = []
        self.clocks: list[datetime] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.failures = 0
        self.slow = 0.0

    def connect(self, web_api: str, session: aiohttp.ClientSession) -> None:
        """Build the Bolt app against this Web API."""
        self.client = AsyncWebClient(token=TOKEN, base_url=web_api, session=session, retry_handlers=[])
        self.app = AsyncApp(signing_secret=SECRET, client=self.client, process_before_response=True)

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something after the acknowledgement; `/_demo/clock` waits for it."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def served(self) -> Starlette:
        """The ASGI app."""
        handler = AsyncSlackRequestHandler(self.app)

        async def events(request: Request) -> Response:
            self.requests.append((dict(request.headers), await request.body()))
            if self.slow:
                await asyncio.sleep(self.slow)
            if self.failures:
                self.failures -= 1
                return Response(status_code=500)
            return await handler.handle(request)

        async def clock(request: Request) -> Response:
            self.clock = datetime.fromisoformat((await request.json())["to"])
            self.clocks.append(self.clock)
            while self.tasks:
                await asyncio.gather(*self.tasks)
            waiting = [due for due in self.dues if due > self.clock]
            due = min(waiting).isoformat() if waiting else None
            return JSONResponse({"clock": self.clock.isoformat(), "next_due_at": due})

        async def health(_request: Request) -> Response:
            return Response("ok")

        return Starlette(
            routes=[
                Route("/slack/events", events, methods=["POST"]),
                Route("/_demo/clock", clock, methods=["POST"]),
                Route("/healthz", health),
            ]
        )


class Served:
    """The stand-in and the bot, both over real HTTP, and a script's client for `/sandbox/*`."""

    def __init__(self, bot: TinyBot, sandbox: RunningSandbox, script: httpx.AsyncClient) -> None:
        self.bot = bot
        self.app = bot.app
        self.client = bot.client
        self.sandbox = sandbox
        self.workspace = sandbox.workspace
        self.script = script

    async def post(self, name: str, **body: Any) -> Any:
        """A call of a script; whatever came back, as JSON."""
        return (await self.script.post(f"/sandbox/{name}", json=body)).json()

    async def state(self, person: str | None = None) -> Any:
        """`GET /sandbox/state`."""
        params = {} if person is None else {"person": person}
        return (await self.script.get("/sandbox/state", params=params)).json()


@contextlib.asynccontextmanager
async def serving(workspace: Workspace) -> AsyncIterator[Served]:
    """Serve a workspace and a tiny bot until the block ends."""
    bot = TinyBot()
    sandbox = RunningSandbox(workspace, bot_address=bot.address, signing_secret=SECRET, bot_token=TOKEN)
    async with aiohttp.ClientSession() as session:
        bot.connect(sandbox.web_api, session)
        served = LoopbackServer(bot.served(), bot.socket)
        script = loopback_client(sandbox.address, 60)
        async with served, sandbox, script:
            yield Served(bot, sandbox, script)
