"""The way to Slack's Web API: one session, ten seconds, no retries of its own, and who we are there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit

from aiohttp import (
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TraceConfig,
    TraceRequestRedirectParams,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.mentoring.ids import Address, WorkspaceId, address
from handlers.shared.store import Store

TIMEOUT = ClientTimeout(total=10)
PLATFORM = "slack"


class RedirectedError(Exception):
    """Slack's addresses never lead elsewhere; one that does is not followed."""


@asynccontextmanager
async def slack_session() -> AsyncIterator[ClientSession]:
    """The one session for all calls: kept-alive, no cookies, no redirects, ten seconds a call.

    Nothing is unpacked, so that a small answer cannot become a large one in memory.
    """
    trace = TraceConfig()
    trace.on_request_redirect.append(_refuse_redirect)
    async with ClientSession(
        cookie_jar=DummyCookieJar(),
        timeout=TIMEOUT,
        trace_configs=[trace],
        headers={"Accept-Encoding": "identity"},
        auto_decompress=False,
    ) as session:
        yield session


async def _refuse_redirect(
    _session: ClientSession, _context: SimpleNamespace, _params: TraceRequestRedirectParams
) -> None:
    raise RedirectedError


def slack_client(session: ClientSession, token: str, base_url: str) -> AsyncWebClient:
    """A client over the session; retrying is the business of who calls, since a post may have arrived."""
    client = AsyncWebClient(token, base_url=base_url, session=session, retry_handlers=[])
    if urlsplit(base_url).scheme == "http":
        client.proxy = None  # loopback: the environment's proxy has no business with it
    return client


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack: our workspace, as we know it and as Slack does, and our own account there."""

    workspace: WorkspaceId
    team: str
    user: str
    bot: str

    def address(self, local: str) -> Address:
        """The address of a person or channel of this workspace."""
        return address(PLATFORM, self.team, local)


class Installed:
    """The one workspace that the token is for, asked of Slack once and then remembered."""

    def __init__(self, client: AsyncWebClient, store: Store) -> None:
        self._client = client
        self._store = store
        self._known: Identity | None = None
        self._lock = asyncio.Lock()

    async def identity(self) -> Identity:
        """Who we are; SlackApiError where Slack does not know the token, and the next call asks again."""
        if self._known is None:
            async with self._lock:
                self._known = self._known or await self._ask()
        return self._known

    async def _ask(self) -> Identity:
        said = await self._client.auth_test()
        team = str(said["team_id"])
        workspace = await self._store.workspace(PLATFORM, team, str(said.get("enterprise_id") or ""))
        return Identity(workspace, team, str(said["user_id"]), str(said["bot_id"]))
