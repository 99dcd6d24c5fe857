"""The bot as a process that can be stopped, and started again on the same database and address."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from socket import socket
from urllib.parse import urlsplit

from bot.app import Bot, ProgrammeClock, Role, running
from bot.settings import Settings
from sandbox.serving import LoopbackServer, address_of, loopback_socket


class BotProcess:
    """One bot at one address; `clock` tells the programme's time at which it starts."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._clock = clock
        self._stack = AsyncExitStack()
        self._running: Bot | None = None
        self.address = ""

    @property
    def inside(self) -> Bot:
        """The running bot's parts."""
        assert self._running is not None, "the bot does not run"
        return self._running

    @asynccontextmanager
    async def at_work(self, bound: socket) -> AsyncIterator[None]:
        """Serve on a socket until the block ends."""
        self.address = address_of(bound)
        await self._start(bound)
        try:
            yield
        finally:
            await self.stop()

    async def _start(self, bound: socket) -> None:
        clock = ProgrammeClock(self._clock())
        self._running = await self._stack.enter_async_context(
            running(self.settings, Role.ALL, clock, demonstration=True)
        )
        await self._stack.enter_async_context(LoopbackServer(self._running.web, bound))

    async def start(self) -> None:
        """Start anew at the old address."""
        await self._start(loopback_socket(urlsplit(self.address).port or 0))

    async def stop(self) -> None:
        """Finish what was begun and let go of everything."""
        await self._stack.aclose()
        self._running = None
