"""`GET /calendar/<secret>.ics`: a person's meetings for their own calendar."""

import re
from collections import deque
from collections.abc import Callable
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.use_cases.calendars import PATH, SUFFIX, events
from handlers.calendar import calendar_file
from storage.feeds import feed_of
from storage.store import Store

MISSES = 60
"""Secrets within WINDOW that opened nothing; from then on no database is asked until some time has passed."""
WINDOW = 60.0
"""Seconds."""
LONGEST = 80
"""Characters of a path that is looked at."""
_SECRET = re.compile(r"[0-9a-f]{32}\Z")
_ONLY = re.compile(r"[0-9a-f]{0,64}\Z")


def feed_route(store: Store, wall: Callable[[], float]) -> Route:
    """The route; `wall` gives seconds since the epoch.

    What opens nothing reads the same whatever it was: no such person, an old secret, somebody who left. A
    text that cannot be a secret costs no query, and a flood of wrong ones costs none after MISSES: then
    everybody is asked to come back in a while, so that nobody's calendar is taken for gone.
    """
    missed: deque[float] = deque()

    async def calendar(request: Request) -> Response:
        secret, only = request.path_params["name"].removesuffix(SUFFIX), request.query_params.get("only", "")
        named = request.path_params["name"].endswith(SUFFIX)
        if not named or len(secret) > LONGEST or not _SECRET.match(secret) or not _ONLY.match(only):
            return _nothing()
        now = wall()
        while missed and not 0 <= now - missed[0] < WINDOW:
            missed.popleft()
        if len(missed) >= MISSES:
            return PlainTextResponse("later\n", status_code=429, headers={"Retry-After": str(int(WINDOW))})
        owner = await feed_of(store, secret)
        found = None if owner is None else await store.read(owner[0], events, owner[1], only)
        if found is None:
            missed.append(now)
            return _nothing()
        return _file(calendar_file(found), request)

    return Route(f"{PATH}{{name:path}}", calendar, methods=["GET"])


def _nothing() -> Response:
    return PlainTextResponse("not found\n", status_code=404, headers={"Cache-Control": "private, no-store"})


def _file(content: bytes, request: Request) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    told = {
        "ETag": tag,
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": 'attachment; filename="meetings.ics"',
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    given = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in given:
        return Response(status_code=304, headers=told)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=told)
