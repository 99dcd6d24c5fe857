"""The peer of the journey benchmark: bare Bolt, with a demonstration's clock on which nothing is due."""

import asyncio
import os

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.bare import acknowledge, authorize
from bot.serving import listening, serve, stop_on_signals


def bare_demo(secret: str) -> Starlette:
    """The smallest app that the stand-in can drive."""
    app = AsyncApp(signing_secret=secret, authorize=authorize, process_before_response=True)
    app.command("/mentor")(acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async def clock(request: Request) -> Response:
        return JSONResponse({"clock": (await request.json())["to"], "next_due_at": None})

    async def health(_request: Request) -> Response:
        return Response("ok")

    return Starlette(
        routes=[
            Route("/slack/events", endpoint, methods=["POST"]),
            Route("/_demo/clock", clock, methods=["POST"]),
            Route("/healthz", health),
        ]
    )


async def main() -> None:
    """Serve on $PORT until a signal comes."""
    with listening("127.0.0.1", int(os.environ["PORT"])) as bound:
        await serve(bare_demo(os.environ["SLACK_SIGNING_SECRET"]), bound, stop_on_signals())


if __name__ == "__main__":
    asyncio.run(main())
