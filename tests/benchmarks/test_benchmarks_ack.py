"""What the benchmark of answers lets come from Teams: each kind is answered, and none holds up the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from benchmarks.slow_microsoft import slow_app
from benchmarks.teams_load import KINDS, UNKNOWN_KEY, come, visit
from handlers.teams import keys
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.teams.town import town

SLOW = 1.0
SECONDS = 3.0
LOOK = 0.01


@asynccontextmanager
async def watched(held_up: list[float]) -> AsyncIterator[None]:
    """Note, all the while, by how many seconds the event loop is late."""
    clock = asyncio.get_running_loop().time

    async def watch() -> None:
        while True:
            begun = clock()
            await asyncio.sleep(LOOK)
            held_up.append(clock() - begun - LOOK)

    watching = asyncio.create_task(watch())
    yield
    watching.cancel()


async def test_strangers_and_slow_keys_hold_up_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SELDOM", 0.0)  # keys are asked for all the time, as in the benchmark
    bound, until = loopback_socket(), asyncio.Event()
    held_up: list[float] = []
    async with (
        town(sqlite_url, lambda microsoft: slow_app(microsoft, SLOW)) as here,
        LoopbackServer(here.bot.web, bound),
    ):
        asked = visit(f"{address_of(bound)}/teams/messages", here.microsoft)
        async with watched(held_up):
            coming = asyncio.create_task(come(asked, until))
            await asyncio.wait([coming], timeout=SECONDS)
            until.set()
            took = await coming
    assert took.keys() == KINDS.keys()
    assert min(took[UNKNOWN_KEY]) >= SLOW * 1000, "the keys were asked for"
    assert here.microsoft.key_fetches >= 2
    assert max(held_up) < SLOW / 2
