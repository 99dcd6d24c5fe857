"""What the benchmark of answers lets come from Teams: each kind is answered, and none holds up the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from benchmarks.slow_microsoft import slow_app
from benchmarks.teams_load import KINDS, UNKNOWN_KEY, come, visit
from handlers.teams import keys
from tests.dialogues.cast import the_village
from tests.dialogues.on_teams import teams_town

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
    held_up, until = list[float](), asyncio.Event()
    slow = partial(slow_app, seconds=SLOW)
    async with teams_town(sqlite_url, the_village(), set_up=False, around=slow) as here:
        asked = visit(f"{here.bot.address}/teams/messages", here.microsoft)
        async with watched(held_up):
            coming = asyncio.create_task(come(asked, until))
            await asyncio.wait([coming], timeout=SECONDS)
            until.set()
            took = await coming
    assert took.keys() == KINDS.keys()
    assert min(took[UNKNOWN_KEY]) >= SLOW * 1000, "the keys were asked for"
    assert here.microsoft.key_fetches >= 2
    assert max(held_up) < SLOW / 2
