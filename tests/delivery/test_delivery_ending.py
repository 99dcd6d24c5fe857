"""The end of a dispatcher: its jobs end too, also where something on the way swallowed that they should."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.delivery import distributed
from bot.delivery.distributed import DistributedDispatcher


@dataclass
class DeafWorker:
    """Does not hear the first time that it should end, as a database call may not."""

    patience: float = 0.05
    ended: bool = False

    async def run(self) -> None:
        """Wait for ever, and once more after the first cancellation."""
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3_600)
        try:
            await asyncio.sleep(3_600)
        finally:
            self.ended = True


async def nothing_waits() -> bool:
    """Nothing is due."""
    return False


async def test_jobs_that_did_not_hear_that_they_should_end_are_told_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deaf = DeafWorker()
    monkeypatch.setattr(distributed, "JobWorker", lambda *_: deaf)
    sender, events = SimpleNamespace(deadline=1.0, deliver=None), SimpleNamespace(hear=None)
    dispatcher = DistributedDispatcher(
        "", cast("Any", None), cast("Any", sender), cast("Any", events), nothing_waits, cast("Any", None)
    )
    monkeypatch.setattr(dispatcher, "work", nothing_waits)
    running = asyncio.create_task(dispatcher.run())
    await asyncio.sleep(0.05)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=5)
    assert done
    assert deaf.ended
