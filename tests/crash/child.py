"""A process of the bot as the crash suite starts it: the real one; hurried, with a clock moved, or broken.

What it does to the bot is done here, before the bot's own entry point runs; the product knows nothing of it.
"""

import json
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from bot import app, platforms
from bot.__main__ import main
from bot.delivery import dispatcher, distributed, jobs, ticks
from bot.delivery.sending import Sender
from bot.mail import Settled
from handlers.shared.http import SERVER_ERROR
from handlers.slack import build
from handlers.teams.build import TIMEOUT
from handlers.teams.places import Places
from storage import budget
from storage.outbox import SqlOutbox
from storage.store import Store
from tests.crash.profile import Pace

ORDER = "CRASH_ORDER"
FOLLOW_SECONDS = 0.1
TRIES = 2


class Mutation(StrEnum):
    """A way in which the mechanism is broken on purpose; the suite must notice each."""

    NONE = ""
    NO_SETTLING = "no settling of doubt"
    NO_UNIQUE_KEY = "no unique key"
    CLIENT_RETRIES = "client retries on"


@dataclass(frozen=True)
class Order:
    """What is done to a process; the two files hold seconds, and may be written while it runs.

    `wall`: by how much this process's own clock is wrong. `shared`: by how much the database server's is
    moved, which every process follows.
    """

    pace: Pace | None = None
    mutation: Mutation = Mutation.NONE
    wall: str = ""
    shared: str = ""

    def environment(self) -> dict[str, str]:
        """The order as the environment carries it."""
        return {ORDER: json.dumps(asdict(self))}


def carried() -> Order:
    """The order in the environment."""
    given: dict[str, Any] = json.loads(os.environ[ORDER])
    pace = given.pop("pace")
    return Order(pace=Pace(**pace) if pace else None, mutation=Mutation(given.pop("mutation")), **given)


def put(into: object, **values: object) -> None:
    """Put values in the place of others that are there already."""
    for name, value in values.items():
        assert hasattr(into, name), f"there is no {name} to put another in the place of"
        setattr(into, name, value)


def hurry(pace: Pace) -> None:
    """Shorten the waits."""
    settle = timedelta(seconds=pace.settle)
    put(dispatcher, SETTLE=settle)
    put(distributed, SETTLE=settle)
    put(ticks, SETTLE_SECONDS=pace.settle_every)
    put(jobs, HEARTBEAT=pace.heartbeat, STALLED=pace.stalled, FORGOTTEN=pace.forgotten)
    put(budget, SHORTEST_REST=timedelta(seconds=pace.rest), LONGEST_REST=timedelta(seconds=4 * pace.rest))
    put(app, Sender=partial(Sender, deadline=pace.deadline))


def break_(mutation: Mutation) -> None:
    """Break the mechanism; a missing unique key is the feeder's to leave out."""
    if mutation is Mutation.NO_SETTLING:
        put(SqlOutbox, settle=_settle_nothing)
    if mutation is Mutation.CLIENT_RETRIES:
        put(build, slack_client=_with_retries)
        put(platforms, teams_client=_with_retries_too)


async def _settle_nothing(*_: object) -> Settled:
    return Settled(0, 0)


def _with_retries(session: Any, token: str, base_url: str) -> AsyncWebClient:
    """The client as slack_sdk makes it when nobody says otherwise."""
    return AsyncWebClient(token, base_url=base_url, session=session)


class _Again(httpx.AsyncHTTPTransport):
    """Tries again, as libraries do that want to be kind."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for _ in range(TRIES):
            with suppress(httpx.TransportError):
                answer = await super().handle_async_request(request)
                if answer.status_code < SERVER_ERROR:
                    return answer
        return await super().handle_async_request(request)


@asynccontextmanager
async def _with_retries_too(_: Places) -> AsyncIterator[httpx.AsyncClient]:
    """The client for Teams as such a library makes it."""
    async with httpx.AsyncClient(transport=_Again(), timeout=TIMEOUT) as http:
        yield http


def moved(file: str) -> Callable[[], float]:
    """Read the seconds in a file, again whenever it was written."""
    path, seen, seconds = Path(file), -1.0, 0.0

    def read() -> float:
        nonlocal seen, seconds
        try:
            written = path.stat().st_mtime_ns
            if written != seen:
                seconds, seen = float(path.read_text()), written
        except (FileNotFoundError, ValueError):
            pass  # not written yet, or just being written
        return seconds

    return read


def move_wall(file: str) -> None:
    """Let this process's clock be wrong: all of the bot reads it through these two."""
    ahead, real = moved(file), time.time  # noqa: TID251 # what is moved is the real clock

    def seconds() -> float:
        return real() + ahead()

    put(app, wall_seconds=seconds, wall_clock=lambda: datetime.fromtimestamp(seconds(), UTC))


def move_shared(file: str) -> None:
    """Let the database server's clock be moved."""
    ahead, real = moved(file), Store.time

    async def time_(store: Store) -> datetime:
        return await real(store) + timedelta(seconds=ahead())

    put(Store, time=time_)
    put(app, FOLLOW_SECONDS=FOLLOW_SECONDS)


def run() -> None:
    """Do to the bot what the order says, and run it."""
    order = carried()
    if order.pace is not None:
        hurry(order.pace)
    break_(order.mutation)
    if order.wall:
        move_wall(order.wall)
    if order.shared:
        move_shared(order.shared)
    main()
