"""The peer of the ack benchmark: Bolt's own Starlette adapter with a listener that only acknowledges."""

import asyncio
import os

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.serving import listening, serve, stop_on_signals


async def authorize() -> AuthorizeResult:
    """Who the app is, without asking Slack."""
    token = "xoxb-0"  # noqa: S105 # opens nothing
    return AuthorizeResult(enterprise_id=None, team_id="T0", bot_user_id="U0", bot_id="B0", bot_token=token)


async def acknowledge(ack: AsyncAck) -> None:
    """Do nothing but that."""
    await ack()


def bare_app(secret: str) -> Starlette:
    """The smallest app that answers `/mentor`; Bolt checks the signature itself."""
    app = AsyncApp(signing_secret=secret, authorize=authorize, process_before_response=True)
    app.command("/mentor")(acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_request: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"]), Route("/healthz", health)])


async def main() -> None:
    """Serve on $PORT, as the bot does, until a signal comes."""
    with listening("127.0.0.1", int(os.environ["PORT"])) as bound:
        await serve(bare_app(os.environ["SLACK_SIGNING_SECRET"]), bound, stop_on_signals())


if __name__ == "__main__":
    asyncio.run(main())
