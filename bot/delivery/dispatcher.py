"""Sends what is due from the one process that has the outbox to itself."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.delivery.counters import Counters
from bot.delivery.worker import Worker
from bot.failpoints import Point, reach
from bot.logs import Log
from bot.mail import SETTLE, Messenger, Outbox, Outgoing, Refused
from bot.ports import Clock

log = Log("delivery")

AT_ONCE = 8
"""Messages on their way at the same time."""
DEADLINE = 15.0
"""Seconds that one attempt may take; after that nobody knows (DELIVERY §3)."""
SHORTEST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds between attempts at a message that was refused for now, where the platform names none."""
ALL = datetime.max.replace(tzinfo=UTC)


class LocalDispatcher(Worker):
    """Claims, sends, records: each message in one attempt, with its claim committed before it leaves.

    Sent, certainly refused, and in doubt are three different outcomes. What is in doubt stays claimed
    until it is settled.
    """

    def __init__(
        self,
        outbox: Outbox,
        messenger: Messenger,
        clock: Clock,
        counters: Counters,
        *,
        at_once: int = AT_ONCE,
        deadline: float = DEADLINE,
    ) -> None:
        super().__init__()
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._counters = counters
        self._at_once = at_once
        self._deadline = deadline
        self._on_its_way: dict[str, asyncio.Task[None]] = {}
        self._claiming = asyncio.Lock()

    async def work(self) -> None:
        """Start as many sends as may be on their way."""
        await self._fill()

    async def drain(self) -> None:
        """Send all that is due, and wait for it."""
        while await self._fill() or self._on_its_way:
            if self._on_its_way:
                await asyncio.wait(self._on_its_way.values(), return_when=asyncio.FIRST_COMPLETED)

    async def settle(self) -> None:
        """Decide about what has been in doubt for long enough."""
        await self._settle(self._clock() - SETTLE)

    async def settle_all(self) -> None:
        """Decide about everything an earlier process left without an outcome; only when this one starts."""
        await self._settle(ALL)

    async def close(self) -> None:
        """Wait for what is on its way; call it once `run` was cancelled."""
        if self._on_its_way:
            await asyncio.wait(self._on_its_way.values(), timeout=self._deadline + 1)

    async def _fill(self) -> int:
        async with self._claiming:
            free = self._at_once - len(self._on_its_way)
            if free <= 0:
                return 0
            rows = await self._outbox.claim(self._clock(), free)
            for row in rows:
                self._on_its_way[row.id] = asyncio.create_task(self._deliver(row))
            return len(rows)

    async def _deliver(self, row: Outgoing) -> None:
        try:
            await self._attempt(row)
        except Exception as error:  # noqa: BLE001 # an outcome that cannot be recorded leaves this message in doubt
            log.broke("outcome_lost", error, id=row.id, workspace=row.workspace)
        finally:
            del self._on_its_way[row.id]
            self._woken.set()

    async def _attempt(self, row: Outgoing) -> None:
        try:
            async with asyncio.timeout(self._deadline):
                reach(Point.SEND_BEFORE)
                sent = await self._messenger.send(row.workspace, row)
                reach(Point.SEND_AFTER)
        except Refused as refusal:
            await self._record_refusal(row, refusal)
        except Exception as error:  # noqa: BLE001 # whatever else happens, nobody knows whether it arrived
            self._counters.doubts += 1
            log.broke("in_doubt", error, id=row.id, workspace=row.workspace, attempt=row.attempt)
        else:
            self._counters.sent += 1
            if not await self._outbox.sent(row, sent.ref, self._clock()):
                self._counters.doubled += 1
                log.warning("doubled", id=row.id, workspace=row.workspace)

    async def _record_refusal(self, row: Outgoing, refusal: Refused) -> None:
        known = {"id": row.id, "workspace": row.workspace, "code": refusal.code, "attempt": row.attempt}
        if refusal.permanent:
            self._counters.failed += 1
            log.warning("failed", **known)
            await self._outbox.fail(row, refusal.code, self._clock())
            return
        if refusal.retry_after is None:
            self._counters.refused += 1
            wait = min(SHORTEST_WAIT * 2**row.attempt, LONGEST_WAIT)
        else:
            self._counters.limited += 1
            wait = max(refusal.retry_after, SHORTEST_WAIT)
        log.info("refused", seconds=wait, **known)
        await self._outbox.wait(row, self._clock() + timedelta(seconds=wait))

    async def _settle(self, before: datetime) -> None:
        settled = await self._outbox.settle(self._clock(), before, frozenset(self._on_its_way))
        self._counters.again += settled.again
        self._counters.unknown += settled.unknown
        if settled.again or settled.unknown:
            log.warning("settled", count=settled.again + settled.unknown)
            self._woken.set()
