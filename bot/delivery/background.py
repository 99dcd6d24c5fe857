"""Calls that leave no message, such as opening a form: made at once, in a bounded set, and possibly lost."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.delivery.counters import Counters
from bot.logs import Log
from bot.ports import NewId

log = Log("delivery")

MOST = 100
"""Calls under way at the same time; what comes on top is dropped, and the person presses again."""
PATIENCE = 10.0
"""Seconds that shutdown waits for them."""


class Background:
    """A bounded set of tasks. What fails is logged with an id, never raised."""

    def __init__(self, new_id: NewId, counters: Counters, most: int = MOST) -> None:
        self._new_id = new_id
        self._counters = counters
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, call: Coroutine[Any, Any, object], method: str) -> bool:
        """Make a call without waiting for it; `method` names it in the log. False where it was dropped."""
        if len(self._tasks) >= self._most:
            call.close()
            self._counters.lost_in_background += 1
            log.warning("background_full", method=method)
            return False
        task = asyncio.create_task(self._make(call, method))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def drain(self, patience: float = PATIENCE) -> None:
        """Wait for the calls under way; those that take longer than `patience` seconds are cancelled."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _make(self, call: Coroutine[Any, Any, object], method: str) -> None:
        try:
            await call
        except Exception as error:  # noqa: BLE001 # nobody waits for the call, so nobody could catch this
            self._counters.lost_in_background += 1
            log.broke("background_failed", error, incident=self._new_id(), method=method)
