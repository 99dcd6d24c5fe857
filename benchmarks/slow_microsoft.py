"""A stand-in for Microsoft that takes its time: keys, tokens and messages are answered after $SLOW seconds.

$KEYS are the public keys that it gives, as JSON; whoever sends requests has the private halves.
"""

import asyncio
import json
import os

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.serving import listening, serve, stop_on_signals
from tests.teams.stand_in import Microsoft


def slow_app(microsoft: Microsoft, seconds: float) -> ASGIApp:
    """All that the stand-in answers, so many seconds late."""
    app = microsoft.app()

    async def slowly(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/healthz":
            await asyncio.sleep(seconds)
        await app(scope, receive, send)

    return slowly


async def main() -> None:
    """Serve on $PORT until a signal comes."""
    microsoft = Microsoft(keys=json.loads(os.environ["KEYS"]))
    with listening("127.0.0.1", int(os.environ["PORT"])) as bound:
        await serve(slow_app(microsoft, float(os.environ["SLOW"])), bound, stop_on_signals())


if __name__ == "__main__":
    asyncio.run(main())
