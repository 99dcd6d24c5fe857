"""The Slack edge over a real store and the stand-in, over real HTTP; what is posted waits in the outbox."""

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import httpx
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.catalogue import load_discovery, load_journey, load_topics
from bot.matching import Matcher
from bot.matching.engines.plain import PlainEngine
from bot.mentoring.ids import WorkspaceId
from handlers.caller import House
from handlers.limits import Limits
from handlers.slack.build import Access, SlackEdge, build_edge
from handlers.slack.client import slack_session
from handlers.slack.refs import Seals
from sandbox.running import RunningSandbox
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.workspace import Workspace
from storage.columns import Row
from storage.encryption import Keyring, Sealed
from storage.guard import across
from storage.store import Store
from tests.loopback import loopback_client
from tests.slack.asgi import FORM, SECRET, signed
from tests.stores import KEYS, CountedIds, TickingClock

TOKEN = "xoxb-sandbox-1"
T = TypeVar("T", bound=Row)
SEALED = Seals(
    close=lambda workspace, text: Keyring(KEYS).seal(workspace, text.encode()).stored,
    open=lambda workspace, sealed: Keyring(KEYS).open(workspace, Sealed(sealed)).decode(),
)


def a_house() -> House:
    """The project's own journey and topics."""
    return House(load_journey(), Matcher(load_topics(), PlainEngine()), load_discovery(), "#help-mentoring")


@dataclass
class Served:
    """A workspace with the bot's Slack edge in it, and a script's client for `/sandbox/*`."""

    edge: SlackEdge
    store: Store
    sandbox: RunningSandbox
    script: httpx.AsyncClient
    bot: str
    limits: Limits

    async def post(self, name: str, **body: Any) -> Any:
        """A call of a script; whatever came back, as JSON."""
        return (await self.script.post(f"/sandbox/{name}", json=body)).json()

    async def say(self, person: str, text: str) -> str:
        """Type something; the texts of what only this person sees."""
        answer = await self.post("say", person=person, text=text)
        return "\n".join(one["text"] for one in answer["replies"])

    async def form(self, person: str) -> Any:
        """The person's open window: its title and fields, None where there is none."""
        forms = (await self.script.get("/sandbox/state")).json()["forms"]
        return next((form for form in forms if form["person"] == person), None)

    async def send(self, body: bytes, content_type: str = FORM) -> httpx.Response:
        """Send the bot a request that Slack signed just now; the same bytes are the same request."""
        headers = signed(body, content_type=content_type, at=self.sandbox.workspace.wall())
        return await self.send_again(body, headers)

    async def send_again(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Send exactly this, and wait for what it set off."""
        answer = await self.script.post(f"{self.bot}/slack/events", content=body, headers=headers)
        await self.edge.background.drain(10)
        return answer

    async def rows(self, table: type[T]) -> list[T]:
        """All rows of a table."""
        options = across("look into a test's table")
        return await self.store.workshop.run(
            lambda session: list(session.exec(select(table), execution_options=options).all())
        )

    async def workspace(self) -> WorkspaceId:
        """The workspace in the store."""
        return (await self.edge.installed.identity()).workspace

    @property
    def calls(self) -> list[str]:
        """The methods the bot called, in order."""
        return [call.method for call in self.sandbox.workspace.calls]


@contextlib.asynccontextmanager
async def serving(
    store: Store,
    clock: TickingClock,
    workspace: Workspace,
    owners: frozenset[str] = frozenset(),
    limits: Limits | None = None,
) -> AsyncIterator[Served]:
    """Serve the edge and a workspace until the block ends; the usual limits hold unless others are given."""
    limits = limits or Limits(time.time)  # noqa: TID251 - a minute is one of the wall clock's
    bound = loopback_socket()
    sandbox = RunningSandbox(workspace, bot_address=address_of(bound), signing_secret=SECRET, bot_token=TOKEN)
    async with slack_session() as session:
        edge = build_edge(
            Access(TOKEN, sandbox.web_api, (SECRET,), owners),
            store=store,
            house=a_house(),
            session=session,
            seals=SEALED,
            new_id=CountedIds(),
            wall=time.time,  # noqa: TID251 - signatures are checked against the wall clock
            limits=limits,
        )

        async def moved(request: Request) -> Response:
            clock.now = datetime.fromisoformat((await request.json())["to"])
            await edge.background.drain()
            return JSONResponse({"clock": clock.now.isoformat(), "next_due_at": None})

        async def health(_request: Request) -> Response:
            return Response("ok")

        app = Starlette(
            routes=[
                Route("/slack/events", edge.gate),
                Route("/_demo/clock", moved, methods=["POST"]),
                Route("/healthz", health),
            ]
        )
        script = loopback_client(sandbox.address, 30)
        async with LoopbackServer(app, bound), sandbox, script:
            yield Served(edge, store, sandbox, script, address_of(bound), limits)
            await edge.background.drain(5)
