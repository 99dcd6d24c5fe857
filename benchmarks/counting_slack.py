"""A stand-in for Slack that does nothing but answer after 50 ms, and notes when messages came."""

import asyncio
import sys
import time

from aiohttp import web

ANSWER_SECONDS = 0.05
TEAM, BOT = "T00000001", "U00000001"


class SlowSlack:
    """Takes every message."""

    def __init__(self) -> None:
        self._arrived: list[float] = []

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call of the Web API."""
        await request.read()
        method = request.match_info["method"]
        await asyncio.sleep(ANSWER_SECONDS)
        if method == "auth.test":
            return web.json_response({"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "B00000001"})
        if method == "chat.postMessage":
            self._arrived.append(time.monotonic())
            number = len(self._arrived)
            return web.json_response({"ok": True, "channel": "C00000001", "ts": f"1700000000.{number:06d}"})
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def counted(self, _request: web.Request) -> web.Response:
        """How many came, and the seconds from the first to the last; then forget them."""
        count, seconds = len(self._arrived), 0.0
        if count:
            seconds = self._arrived[-1] - self._arrived[0]
        return web.json_response({"count": count, "seconds": seconds})

    async def forget(self, _request: web.Request) -> web.Response:
        """Begin to count anew."""
        self._arrived.clear()
        return web.json_response({})


def application() -> web.Application:
    """The stand-in's routes."""
    slack, app = SlowSlack(), web.Application()
    app.router.add_post("/api/{method}", slack.call)
    app.router.add_get("/counted", slack.counted)
    app.router.add_post("/forget", slack.forget)
    return app


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
