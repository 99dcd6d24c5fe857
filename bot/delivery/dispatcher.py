"""What every dispatcher of the outbox does, and the one that works in a single process."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.delivery.sending import Sender
from bot.delivery.worker import Worker
from bot.mail import SETTLE, Outbox, Outgoing
from bot.ports import Clock

AT_ONCE = 8
"""Messages on their way at the same time."""
GATHER = 0.02
"""Seconds in which more may come back before the next are claimed, where most are on their way."""
SET_BACK = timedelta(seconds=2)
"""A clock this far behind its own last reading was set."""
ALL = datetime.max.replace(tzinfo=UTC)


class Dispatcher(Protocol):
    """Sends what is due, in one process or together with others."""

    async def run(self) -> None:
        """Send until cancelled."""

    def wake(self) -> None:
        """Tell that there may be something to send; from any thread."""

    async def settle(self) -> None:
        """Decide about what has been in doubt for long enough, and take up what a dead process left."""

    async def start(self) -> None:
        """Take up what an earlier process left; before anything is sent."""

    async def clear(self) -> None:
        """Remove what the dispatcher itself kept for long enough."""

    async def close(self) -> None:
        """Wait for what is on its way; call it once `run` was cancelled."""


class LocalDispatcher(Worker):
    """Sends from the one process that has the outbox to itself: claims, sends, records."""

    def __init__(self, outbox: Outbox, sender: Sender, clock: Clock, *, at_once: int = AT_ONCE) -> None:
        super().__init__()
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._at_once = at_once
        self._on_its_way: dict[str, asyncio.Task[None]] = {}
        self._claiming = asyncio.Lock()
        self._kept_by = datetime.min.replace(tzinfo=UTC) + SET_BACK

    async def work(self) -> float | None:
        """Start as many sends as may be on their way; seconds until the next message's moment."""
        if len(self._on_its_way) > self._at_once // 2:
            await asyncio.sleep(GATHER)  # a claim for several costs hardly more than one for one
        now = self._clock()  # before the claim: what opens during it must not be overlooked
        await self._fill()
        if len(self._on_its_way) == self._at_once:
            return None
        moment = await self._outbox.next_at(now)
        return None if moment is None else (moment - self._clock()).total_seconds()

    @property
    def busy(self) -> bool:
        """Whether something is being claimed, or on its way."""
        return self._claiming.locked() or bool(self._on_its_way)

    async def drain(self) -> None:
        """Send all that is due, and wait for it."""
        while await self._fill() or self._on_its_way:
            if self._on_its_way:
                await asyncio.wait(self._on_its_way.values(), return_when=asyncio.FIRST_COMPLETED)

    async def settle(self) -> None:
        """Decide about what has been in doubt for long enough."""
        await self._settle(self._clock() - SETTLE)

    async def start(self) -> None:
        """Decide about everything an earlier process left without an outcome; no other has any on its way."""
        await self._settle(ALL)

    async def clear(self) -> None:
        """Keep nothing beside the outbox, so there is nothing to remove."""

    async def close(self) -> None:
        """Wait for what is on its way; call it once `run` was cancelled."""
        if self._on_its_way:
            await asyncio.wait(self._on_its_way.values(), timeout=self._sender.deadline + 1)

    async def _fill(self) -> int:
        async with self._claiming:
            free = self._at_once - len(self._on_its_way)
            if free <= 0:
                return 0
            rows = await self._outbox.claim(await self._now(), free)
            for row in rows:
                self._on_its_way[row.id] = asyncio.create_task(self._deliver(row))
            return len(rows)

    async def _now(self) -> datetime:
        """The moment by which limits are kept, which must not lie behind one that they were kept by already.

        A clock may be set forth and back between two looks of whoever watches it.
        """
        now = self._clock()
        if now < self._kept_by - SET_BACK:
            await self._outbox.clock_went_back(now)
        self._kept_by = now
        return now

    async def _deliver(self, row: Outgoing) -> None:
        try:
            await self._sender.deliver(row)
        finally:
            del self._on_its_way[row.id]
            self.wake_here()

    async def _settle(self, before: datetime) -> None:
        if (await self._sender.settle(before, frozenset(self._on_its_way))).again:
            self.wake_here()
