"""The dispatcher of several processes: rows say what is to be sent, jobs say to whom it falls."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.delivery.dispatcher import AT_ONCE
from bot.delivery.inbox import InboxWorker
from bot.delivery.jobs import Hands, JobWorker
from bot.delivery.sending import Sender
from bot.delivery.worker import Worker
from bot.mail import SETTLE, Outbox
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock

LOOK = 2.0
"""Seconds between looks at most, since other processes post what is due a little later."""
HUNGRY = 0.2
"""Seconds between looks while more waits than may be in the engine at once."""


class DistributedDispatcher(Worker):
    """Sends, together with other processes, what the engine names; nothing depends on the engine's memory.

    `look_around` lets in what is due, and says whether more waits than may be in at once.
    """

    def __init__(
        self,
        database: str,
        outbox: Outbox,
        sender: Sender,
        events: InboxWorker,
        look_around: Callable[[], Awaitable[bool]],
        clock: Clock,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        super().__init__()
        self._outbox = outbox
        self._sender = sender
        self._look_around = look_around
        self._clock = clock
        self._on_its_way: set[str] = set()
        self._jobs = JobWorker(database, Hands(self._deliver, events.hear), at_once, sender.deadline + 1)

    async def run(self) -> None:
        """Work off jobs, and let in what falls due, until cancelled."""
        jobs = asyncio.create_task(self._jobs.run())
        try:
            await super().run()
        finally:
            # a cancellation that meets the end of a database call may be swallowed by it (cpython#86296)
            while not jobs.done():
                jobs.cancel()
                await asyncio.wait({jobs}, timeout=self._jobs.patience)

    async def work(self) -> float | None:
        """Let in what is due; seconds until there is more."""
        now = self._clock()  # before the look: what opens during it must not be overlooked
        if await self._look_around():
            return HUNGRY
        moment = await self._outbox.next_at(now)
        return LOOK if moment is None else min(LOOK, (moment - self._clock()).total_seconds())

    async def settle(self) -> None:
        """Decide about what has been in doubt for long enough; take up the jobs of workers that died."""
        await self._jobs.take_over()
        settled = await self._sender.settle(self._clock() - SETTLE, frozenset(self._on_its_way))
        if settled.again:
            self.wake_here()

    async def start(self) -> None:
        """Nothing: what another process has on its way is not ours to decide about yet."""

    async def clear(self) -> None:
        """Remove jobs that failed, once nobody will look at them any more."""
        await self._jobs.clear()

    async def close(self) -> None:
        """Nothing: whoever waited for `run` to end waited for what was on its way."""

    async def _deliver(self, workspace: WorkspaceId, message: str) -> None:
        row = await self._outbox.claim_one(workspace, message, self._clock())
        if row is None:
            return
        self._on_its_way.add(row.id)
        try:
            if await self._sender.deliver(row):
                self.wake_here()
        finally:
            self._on_its_way.discard(row.id)
