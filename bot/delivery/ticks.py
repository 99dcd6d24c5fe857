"""The clock's ticks: they only wake; what is to be done stands in rows."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped] # it ships no types

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.inbox import InboxWorker
from bot.due import DueItem
from bot.failpoints import Point, reach
from bot.logs import Log
from bot.mail import Inbox, Outbox
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock, NewId

log = Log("ticks")

SETTLE_SECONDS = 15
CLEAR_SECONDS = 3_600
DRIFT_SECONDS = 2.0
"""A wall clock that moved this far against the monotonic one was set: the ticks are then due at once."""
LOOK_SECONDS = 1.0
PATIENCE = (0.05, 0.1, 0.2, 0.4)
"""Seconds before each further look at workspaces in which somebody else was at work."""
TOGETHER = 100
"""Things of one workspace that are planned in one transaction: people's requests there wait so long."""
AT_MOST = 20
"""Times that one thing is planned in one pass; what is still due then does not move on."""
INBOX_KEPT = timedelta(hours=24)
OUTBOX_KEPT = timedelta(days=30)
"""How long keys and rows stay (SECURITY §5.1)."""

Job = Callable[[], Awaitable[None]]


class Schedule(Protocol):
    """What the ticks need of the store."""

    async def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is due over all workspaces."""

    async def next_due(self, after: datetime | None = None) -> datetime | None:
        """When something is due next."""

    async def run_unless_busy(
        self, workspace: WorkspaceId, use: Callable[..., object], *args: object
    ) -> bool:
        """Run a use case in one transaction; False, and nothing done, where another one runs there."""

    async def forget(self, now: datetime) -> int:
        """Remove what was to be kept until now at the latest."""

    async def sweep(self, now: datetime) -> int:
        """Remove limits that are not in use any more."""


class Desk(Protocol):
    """Where mail leaves from, of a process that has the outbox to itself."""

    @property
    def busy(self) -> bool:
        """Whether something is being claimed, or on its way."""

    async def drain(self) -> None:
        """Send all that is due, and wait for it."""


class Ticks:
    """Wakes planning, delivery, settling and clearing.

    `plan` is the use case that plans several due things of one workspace. `clock` is the programme's; `wall`
    is the real one, by which the ticks themselves run.
    """

    def __init__(
        self,
        schedule: Schedule,
        plan: Callable[..., object],
        dispatcher: Dispatcher,
        events: InboxWorker,
        mail: tuple[Inbox, Outbox],
        clocks: tuple[Clock, Clock],
        new_id: NewId,
    ) -> None:
        self._schedule = schedule
        self._plan = plan
        self._dispatcher = dispatcher
        self._events = events
        self._inbox, self._outbox = mail
        self._clock, self._wall = clocks
        self._new_id = new_id
        self._planning = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._jobs: dict[str, tuple[float, Job]] = {}
        self._watchdog: asyncio.Task[None] | None = None
        self.ticked_at: datetime | None = None
        """When planning last ran through, by the wall clock; a sign of life for whoever asks."""

    def start(self, seconds: float) -> None:
        """Tick every `seconds` from now on, in the running loop."""
        self._every(seconds, self.tick)
        self._every(SETTLE_SECONDS, self._dispatcher.settle)
        self._every(CLEAR_SECONDS, self.clear)
        self._scheduler.start()
        self._watchdog = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Tick no more."""
        if self._watchdog is not None:
            self._watchdog.cancel()
            await asyncio.gather(self._watchdog, return_exceptions=True)
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Plan what is due; wake whoever delivers, in case a wake was lost."""
        await self.plan()
        self._events.wake()
        self._dispatcher.wake()
        self.ticked_at = self._wall()

    async def plan(self) -> int:
        """Plan until nothing is due at this moment of the programme's clock; how many things moved on."""
        async with self._planning:
            times: Counter[DueItem] = Counter()
            waits = iter(PATIENCE)
            while due := [item for item in await self._schedule.due(self._clock()) if times[item] < AT_MOST]:
                if await self._plan_free(due, times):
                    continue
                wait = next(waits, None)
                if wait is None:
                    break  # whoever is at work there plans it, or the next tick does
                await asyncio.sleep(wait)
            stuck = [item for item, count in times.items() if count >= AT_MOST]
            for item in stuck:
                log.warning("plan_does_not_move_on", kind=item.kind, id=item.id, workspace=item.workspace)
            return len(+times) - len(stuck)

    async def advance(self, desk: Desk) -> datetime | None:
        """Do all that is due at this moment: handle events, plan, send from `desk`, until nothing is left.

        Gives the next moment at which something is due, None where nothing ever is.
        """
        while True:
            moment = self._clock()  # what falls due, or opens, from here on may have been overlooked
            due = await self._schedule.next_due()
            if not desk.busy and (due is None or due > moment):
                return due
            await self._dispatcher.settle()
            handled = await self._events.drain()
            planned = await self.plan()
            await desk.drain()
            if not handled + planned:  # what is still due waits for a limit, or does not move on
                return await self._schedule.next_due(moment)

    async def clear(self) -> None:
        """Remove what has been kept for long enough."""
        now = self._clock()
        await self._inbox.clear(now - INBOX_KEPT)
        await self._outbox.clear(now - OUTBOX_KEPT)
        await self._schedule.forget(now)
        await self._schedule.sweep(now)
        await self._dispatcher.clear()

    async def _plan_free(self, due: list[DueItem], times: Counter[DueItem]) -> bool:
        """Plan what is due where nobody else is at work; False where somebody is everywhere."""
        went = False
        for workspace in dict.fromkeys(item.workspace for item in due):
            here = tuple(item for item in due if item.workspace == workspace)
            for first in range(0, len(here), TOGETHER):
                went = await self._plan_batch(workspace, here[first : first + TOGETHER], times) or went
        return went

    async def _plan_batch(
        self, workspace: WorkspaceId, batch: tuple[DueItem, ...], times: Counter[DueItem]
    ) -> bool:
        """Plan some things in one transaction; where one fails each alone, so that it holds up no other."""
        try:
            free = await self._schedule.run_unless_busy(workspace, self._planned, batch)
            reach(Point.PLAN_AFTER_COMMIT)
        except Exception as error:  # noqa: BLE001 # one plan that fails must not hold up the others
            if len(batch) > 1:
                went = [await self._plan_batch(workspace, (item,), times) for item in batch]
                return any(went)
            (item,) = batch
            log.broke("plan_failed", error, incident=self._new_id(), kind=item.kind, id=item.id)
            times[item] += AT_MOST
            return True
        for item in batch:
            times[item] += free
        return free

    def _planned(self, batch: tuple[DueItem, ...], **given: object) -> None:
        self._plan(batch, **given)
        reach(Point.PLAN_BEFORE_COMMIT)

    def _every(self, seconds: float, job: Job) -> None:
        safely = partial(self._guarded, job)
        running = self._scheduler.add_job(
            safely, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._jobs[running.id] = (seconds, safely)

    async def _guarded(self, job: Job) -> None:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 # the next tick comes, whatever ails this one
            log.broke("tick_failed", error, incident=self._new_id())

    async def _watch(self) -> None:
        """Tick at once and afresh when the wall clock was set: five hours back would silence the ticks."""
        loop = asyncio.get_running_loop()
        lead = self._wall().timestamp() - loop.time()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            drift = self._wall().timestamp() - loop.time() - lead
            if abs(drift) > DRIFT_SECONDS:
                lead += drift
                log.warning("clock_was_set", seconds=drift)
                for key, (seconds, job) in self._jobs.items():
                    self._scheduler.reschedule_job(key, trigger="interval", seconds=seconds)
                    await job()
