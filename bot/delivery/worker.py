"""What wakes on work and can be waited for: the common part of inbox and outbox workers."""

import asyncio
from abc import ABC, abstractmethod

from bot.logs import Log

log = Log("delivery")

REST_AFTER_FAILURE = 2.0
"""Seconds before the next try where nobody wakes the worker earlier."""
SHORTEST_REST = 0.05
"""Seconds between two looks at what is due soon."""


class Worker(ABC):
    """Works whenever it is woken, and when it said it would look again, in one task of an event loop."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    @abstractmethod
    async def work(self) -> float | None:
        """Begin what there is to do now; seconds until it should look again, None to be woken."""

    def wake(self) -> None:
        """Tell that there is work; from any thread. Before `run` it does nothing, since that looks first."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def wake_here(self) -> None:
        """The same, from the loop itself."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled. What fails is logged, and tried again soon."""
        self._loop = asyncio.get_running_loop()
        rest: float | None = 0.0
        while True:
            await self._rest(rest)
            try:
                rest = await self.work()
            except Exception as error:  # noqa: BLE001 # one failure, a database away, must not end the worker
                log.broke("worker_failed", error, kind=type(self).__name__)
                rest = REST_AFTER_FAILURE

    async def _rest(self, seconds: float | None) -> None:
        """Wait to be woken, `seconds` at most."""
        try:
            async with asyncio.timeout(None if seconds is None else max(seconds, SHORTEST_REST)):
                await self._woken.wait()
        except TimeoutError:
            pass
        self._woken.clear()
