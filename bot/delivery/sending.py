"""One message, one attempt: sent, certainly refused, or in doubt; the same however the work is spread."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.delivery.counters import Counters
from bot.failpoints import Point, reach
from bot.logs import Log
from bot.mail import Held, Messenger, Outbox, Outgoing, Refused, Settled
from bot.ports import Clock

log = Log("delivery")

DEADLINE = 15.0
"""Seconds that one attempt may take; after that nobody knows (DELIVERY §3)."""
SHORTEST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds between attempts at a message that was refused for now, where the platform names none."""
RECORD_AGAIN = (0.2, 1.0, 5.0, 10.0)
"""Seconds before each further try to record what is known; all of it well before doubt is settled."""
Recorded = TypeVar("Recorded")
Missed = Callable[[Outgoing], Awaitable[None]]
"""Lets the programme hear of a message that will never arrive; heard of twice, it changes nothing more."""


class Sender:
    """Sends what was claimed and records what became of it; what is in doubt stays claimed until settled."""

    def __init__(
        self,
        outbox: Outbox,
        messenger: Messenger,
        clock: Clock,
        counters: Counters,
        *,
        missed: Missed | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._counters = counters
        self._missed = missed
        self.deadline = deadline

    async def deliver(self, row: Outgoing) -> bool:
        """Make one attempt at a claimed message; True where it waits for a later moment."""
        try:
            return await self._attempt(row)
        except Exception as error:  # noqa: BLE001 # an outcome that cannot be recorded leaves this message in doubt
            log.broke("outcome_lost", error, id=row.id, workspace=row.workspace)
            return False

    async def settle(self, before: datetime, spare: frozenset[str]) -> Settled:
        """Decide about what was claimed before a moment and has no outcome, what is in `spare` excepted."""
        settled = await self._outbox.settle(self._clock(), before, spare)
        self._counters.again += settled.again
        self._counters.unknown += settled.unknown
        if settled.again or settled.unknown:
            log.warning("settled", count=settled.again + settled.unknown)
        return settled

    async def _attempt(self, row: Outgoing) -> bool:
        try:
            async with asyncio.timeout(self.deadline):
                reach(Point.SEND_BEFORE)
                sent = await self._messenger.send(row.workspace, row)
                reach(Point.SEND_AFTER)
        except Refused as refusal:
            return await self._record_refusal(row, refusal)
        except Exception as error:  # noqa: BLE001 # whatever else happens, nobody knows whether it arrived
            self._counters.doubts += 1
            log.broke("in_doubt", error, id=row.id, workspace=row.workspace, attempt=row.attempt)
            await self._outbox.doubt(row, self._clock())
        else:
            self._counters.sent += 1
            now = self._clock()
            if row.planned_at is not None:
                self._counters.was_late((now - row.planned_at).total_seconds())
            if not await self._recorded(lambda: self._outbox.sent(row, sent.ref, now), row):
                self._counters.doubled += 1
                log.warning("doubled", id=row.id, workspace=row.workspace)
        return False

    async def _record_refusal(self, row: Outgoing, refusal: Refused) -> bool:
        known = {"id": row.id, "workspace": row.workspace, "code": refusal.code, "attempt": row.attempt}
        if refusal.permanent:
            self._counters.failed += 1
            log.warning("failed", **known)
            if self._missed is not None:
                missed = self._missed
                await self._recorded(lambda: missed(row), row)
            await self._recorded(lambda: self._outbox.fail(row, refusal.code, self._clock()), row)
            return False
        if refusal.retry_after is None:
            self._counters.refused += 1
            wait = min(SHORTEST_WAIT * 2**row.attempt, LONGEST_WAIT)
        else:
            wait = max(refusal.retry_after, SHORTEST_WAIT)
            if isinstance(refusal, Held):
                self._counters.held += 1
            else:
                self._counters.limited += 1
        log.info("refused", seconds=wait, **known)
        now = self._clock()
        until = now + timedelta(seconds=wait)
        await self._recorded(lambda: self._outbox.wait(row, until, refusal.way, now), row)
        return True

    async def _recorded(self, record: Callable[[], Awaitable[Recorded]], row: Outgoing) -> Recorded:
        """Record an outcome, more than once if need be: a slow database must not put in doubt what is known.

        Recording the same outcome twice changes nothing.
        """
        for wait in RECORD_AGAIN:
            try:
                return await record()
            except Exception as error:  # noqa: BLE001 # whatever ails the database, it may be well again soon
                log.broke("recording_again", error, id=row.id, workspace=row.workspace)
                await asyncio.sleep(wait)
        return await record()
