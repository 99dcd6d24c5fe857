"""The HTTP face: the platforms' requests, health, readiness, and the demonstration's clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.settings import is_loopback

OK = "ok"
Readiness = Callable[[], Awaitable[dict[str, str]]]
"""Gives what this process needs, by name: OK, or what is wrong with it."""


@dataclass(frozen=True)
class Moved:
    """Where the programme's clock stands, and when something is due next (None: nothing ever is)."""

    clock: datetime
    next_due_at: datetime | None


Move = Callable[[datetime], Awaitable[Moved]]
"""Sets the programme's clock, lets everything due happen, and answers when all is done."""


def web_app(
    *,
    slack: ASGIApp | None,
    teams: ASGIApp | None = None,
    readiness: Readiness,
    move: Move | None = None,
    more: tuple[Route, ...] = (),
) -> Starlette:
    """The bot's paths; `slack` and `teams` are gates, `move` exists in the demonstration and nowhere else."""

    async def health(_request: Request) -> Response:
        return PlainTextResponse(OK)

    async def ready(_request: Request) -> Response:
        found = await readiness()
        well = all(state == OK for state in found.values())
        return JSONResponse(found, status_code=200 if well else 503)

    routes: list[BaseRoute] = [Route("/healthz", health), Route("/readyz", ready), *more]
    if slack is not None:
        routes.append(Route("/slack/events", slack))
    if teams is not None:
        routes.append(Route("/teams/messages", teams))
    if move is not None:
        routes.append(_clock_route(move))
    return Starlette(routes=routes)


def _clock_route(move: Move) -> Route:
    async def clock(request: Request) -> Response:
        if request.client is None or not is_loopback(request.client.host):
            return JSONResponse({"error": "from this machine only"}, status_code=403)
        try:
            moment = _moment(await request.json())
        except (ValueError, RecursionError):
            return JSONResponse({"error": 'give {"to": an ISO time with its zone}'}, status_code=400)
        moved = await move(moment)
        due = moved.next_due_at
        return JSONResponse(
            {"clock": moved.clock.isoformat(), "next_due_at": None if due is None else due.isoformat()}
        )

    return Route("/_demo/clock", clock, methods=["POST"])


def _moment(body: Any) -> datetime:  # noqa: ANN401 - somebody's JSON
    """The aware moment in `to`; ValueError for anything else."""
    moment = datetime.fromisoformat(str(body.get("to") if isinstance(body, dict) else ""))
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return moment.astimezone(UTC)
