"""Bolt over HTTP and over Socket Mode: the same listeners, reached only by what was verified."""

import asyncio
import hashlib
import json
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import Receive, Scope, Send

from handlers.shared.types import Json
from handlers.slack.asking import KEY
from handlers.slack.client import Installed
from handlers.slack.failures import Failures
from handlers.slack.gate import VERIFIED, Verified
from handlers.slack.limiting import Limiting
from handlers.slack.listeners import Listeners, register

ANSWER_WITHIN = 2.5
"""Seconds until a person is told sorry, or an event left to be sent again; Slack waits three (SLACK §8)."""


class UnknownHereError(Exception):
    """Slack does not know our token, so nobody can be answered in its name."""


class _Authorize(AsyncAuthorize):
    """Who we are, without asking Slack at each request."""

    def __init__(self, installed: Installed, token: str) -> None:
        self._installed = installed
        self._token = token

    async def __call__(self, **_: Any) -> AuthorizeResult:
        """Our own account; an error, and not Bolt's line with a 200, where Slack does not know us."""
        try:
            identity = await self._installed.identity()
        except SlackApiError as error:
            raise UnknownHereError from error
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_id=identity.bot,
            bot_token=self._token,
        )


def bolt_app(
    listeners: Listeners, limiting: Limiting, failures: Failures, client: AsyncWebClient
) -> AsyncApp:
    """Bolt with our listeners. It verifies nothing itself: the gate, or Socket Mode, stands before it."""
    quiet = logging.getLogger("slack_bolt.ours")
    quiet.setLevel(logging.ERROR)  # it warns of every value of the environment that it does not use
    app = AsyncApp(
        logger=quiet,
        name="slack_bolt.listeners",  # Bolt sets the level of the logger of this name: none of ours
        client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
        authorize=_Authorize(listeners.installed, str(client.token)),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.middleware(limiting.check)
    register(app, listeners)
    app.error(failures.handle)
    return app


class Endpoint:
    """ASGI: hands Bolt what the gate verified. Without the gate there is nothing to hand on."""

    def __init__(self, app: AsyncApp, failures: Failures) -> None:
        self._app = app
        self._failures = failures

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request; KeyError for one that did not come through the gate."""
        verified: Verified = scope[VERIFIED]
        # Bolt reads a body for itself unless it came over a socket; reading a form's state twice is dear
        request = AsyncBoltRequest(mode="socket_mode", body=verified.content, context={KEY: verified.key})
        response = await answered(self._app, self._failures, request)
        await _send(response, send)


async def answered(app: AsyncApp, failures: Failures, request: AsyncBoltRequest) -> BoltResponse:
    """What Bolt answers, or what is said where something, a database away, takes too long for Slack.

    A pressed button is answered by another way than this response, so its work goes on: the release of a
    large round may take a while.
    """
    work = asyncio.create_task(app.async_dispatch(request))
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await (asyncio.shield(work) if _answered_later(request.body) else work)
    except TimeoutError as late:
        if _answered_later(request.body):
            failures.windows.background.spawn(_to_its_end(work))
            return BoltResponse(status=200)
        return await failures.handle(late, request.body, request.context)


def _answered_later(body: Json) -> bool:
    return body.get("type") == "block_actions"


async def _to_its_end(work: asyncio.Task[BoltResponse]) -> None:
    """Wait for work that goes on; what becomes of it, a failure too, Bolt has told the person itself."""
    await work


async def _send(response: BoltResponse, send: Send) -> None:
    body = response.body.encode()
    headers = [(name.encode(), value.encode()) for name, value in response.first_headers().items()]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class SocketMode(AsyncSocketModeHandler):
    """The same over a connection of our own to Slack, which needs no public address and no signature."""

    def __init__(self, app: AsyncApp, app_token: str, failures: Failures, web_client: AsyncWebClient) -> None:
        super().__init__(app, app_token, web_client=web_client)
        self._failures = failures

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as its parent
        """Answer one request; it has the same key however often it is delivered."""
        started = asyncio.get_running_loop().time()
        payload = req.payload
        request = AsyncBoltRequest(mode="socket_mode", body=payload, context={KEY: socket_key(payload)})
        response = await answered(self.app, self._failures, request)
        await send_async_response(client, req, response, started)


def socket_key(payload: Json) -> str:
    """An event's own id; for what people do, the hash of all that was sent, its one-use trigger included."""
    event_id = payload.get("event_id")
    if isinstance(event_id, str) and event_id:
        return event_id
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
