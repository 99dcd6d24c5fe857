"""Lets things happen: drains the bot after each call, and moves the clock through all that is due."""

import asyncio
from datetime import datetime, timedelta

from sandbox.botlink import BotLink
from sandbox.events import Events
from sandbox.workspace import Workspace

# what is due this soon after a person acted belongs to that act: pacing, a short Retry-After
SOON = timedelta(seconds=5)
REPEATS = 20
STEP_ON = timedelta(seconds=30)
DOUBLINGS = 7


class Timeline:
    """One programme clock for the workspace and the bot."""

    def __init__(self, workspace: Workspace, bot: BotLink, events: Events) -> None:
        self._workspace = workspace
        self._bot = bot
        self._events = events
        self._lock = asyncio.Lock()
        self._next: asyncio.Task[None] | None = None

    async def settle(self) -> None:
        """Wait until the bot has done all that is due now or within seconds; waiting calls share a drain."""
        if self._next is None or self._next.done():
            self._next = asyncio.create_task(self._settle_next())
        await asyncio.shield(self._next)

    async def _settle_next(self) -> None:
        async with self._lock:
            self._next = None  # who comes from here on may have acted too late for this drain
            await self._through(self._workspace.clock.now() + SOON, only_if_due=True)

    async def move_to(self, moment: datetime) -> None:
        """Move the clock to `moment`, stopping wherever something is due.

        Raises:
            BotError: the bot does not answer as agreed.
        """
        async with self._lock:
            await self._through(moment, only_if_due=False)

    async def _through(self, end: datetime, *, only_if_due: bool) -> None:
        clock, overdue = self._workspace.clock, 0
        while True:
            due = await self._drain()
            now = clock.now()
            if due is not None and due <= end:
                overdue = overdue + 1 if due <= now else 0
                moment = max(due, now)
                if overdue > REPEATS:  # what stays due must not hold the clock
                    moment += STEP_ON * 2 ** min(overdue - REPEATS, DOUBLINGS)
            elif only_if_due:
                return
            else:
                moment = end
            if now >= end or (only_if_due and moment > end):
                return
            clock.reach(min(moment, end))
            self._workspace.changes.announce()

    async def _drain(self) -> datetime | None:
        """Let everything due by now happen; when something is next due."""
        self._workspace.post_scheduled()
        await self._events.retry_due()
        drained = await self._bot.drain(self._workspace.clock.now())
        dues = (drained.next_due_at, self._events.next_retry(), self._workspace.schedule.next_at())
        return min((due for due in dues if due is not None), default=None)
