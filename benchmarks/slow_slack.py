"""A stand-in for Slack's Web API that takes its time: every call succeeds after $SLOW seconds.

The sandbox can be slow too, but keeps Slack's pace and its rules for triggers, which a load like this breaks.
"""

import asyncio
import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.serving import listening, serve, stop_on_signals
from sandbox.members import BOT_ID, BOT_USER_ID, TEAM_ID


def slow_app(seconds: float) -> Starlette:
    """Who we are and the window that was opened, whatever is asked."""
    said = {
        "ok": True,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "view": {"id": "V0BENCH"},
    }

    async def call(_request: Request) -> Response:
        await asyncio.sleep(seconds)
        return JSONResponse(said)

    async def health(_request: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/api/{method}", call, methods=["POST"]), Route("/healthz", health)])


async def main() -> None:
    """Serve on $PORT until a signal comes."""
    with listening("127.0.0.1", int(os.environ["PORT"])) as bound:
        await serve(slow_app(float(os.environ["SLOW"])), bound, stop_on_signals())


if __name__ == "__main__":
    asyncio.run(main())
