"""What wakes on work and can be waited for: the common part of inbox and outbox workers."""

import asyncio
from abc import ABC, abstractmethod

from bot.logs import Log

log = Log("delivery")


class Worker(ABC):
    """Works whenever it is woken, in one task of an event loop."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    @abstractmethod
    async def work(self) -> None:
        """Begin what there is to do now."""

    def wake(self) -> None:
        """Tell that there is work; from any thread. Before `run` it does nothing, since that looks first."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Work until cancelled. What fails is logged, and tried again when it is woken next."""
        self._loop = asyncio.get_running_loop()
        self._woken.set()
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self.work()
            except Exception as error:  # noqa: BLE001 # one failure, a database away, must not end the worker
                log.broke("worker_failed", error, kind=type(self).__name__)
