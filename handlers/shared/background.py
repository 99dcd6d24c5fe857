"""Calls that leave no message and may be lost: one bounded set of tasks."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.logs import Log
from handlers.shared.incidents import Incidents

MOST_TASKS = 500
"""What is under way at once; more is let go, and the person presses again."""

log = Log("edge")


class Background:
    """The one bounded set of tasks for calls that may be lost; drained when the bot shuts down."""

    def __init__(self, incidents: Incidents, most: int = MOST_TASKS) -> None:
        self._incidents = incidents
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(
        self,
        work: Coroutine[Any, Any, None],
        sorry: Callable[[str], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        """Run `work` soon; where it fails the incident is noted and `sorry(incident)` tells the person."""
        if len(self._tasks) >= self._most:
            work.close()
            log.warning("background_full", count=len(self._tasks))
            return
        task = asyncio.create_task(self._reported(work, sorry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._tasks)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait until all is done, at most `seconds`; what is not done by then is cancelled."""
        deadline = None if seconds is None else asyncio.get_running_loop().time() + seconds
        while self._tasks:
            left = None if deadline is None else max(0.0, deadline - asyncio.get_running_loop().time())
            _, late = await asyncio.wait(set(self._tasks), timeout=left)
            if late:
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
                return

    async def _reported(
        self,
        work: Coroutine[Any, Any, None],
        sorry: Callable[[str], Coroutine[Any, Any, None]] | None,
    ) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the one place where such a call's failure ends
            incident = self._incidents.note(error, "background_failed")
            if sorry is not None:
                await self._reported(sorry(incident), None)
