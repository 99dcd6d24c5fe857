"""Works off the events that wait."""

import asyncio

from bot.delivery.counters import Counters
from bot.delivery.worker import Worker
from bot.logs import Log
from bot.mail import Handle, Inbox, Incoming
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock, NewId

log = Log("delivery")

MOST = 50
"""Events that one look gives."""


class InboxWorker(Worker):
    """Handles events one after the other, each in one transaction with its effects."""

    def __init__(self, inbox: Inbox, handle: Handle, clock: Clock, new_id: NewId, counters: Counters) -> None:
        super().__init__()
        self._inbox = inbox
        self._handle = handle
        self._clock = clock
        self._new_id = new_id
        self._counters = counters
        self._turn = asyncio.Lock()

    async def work(self) -> float | None:
        """Handle all that waits; seconds until the next try at one that stumbled."""
        now = self._clock()
        await self.drain()
        moment = await self._inbox.next_at(now)
        return None if moment is None else (moment - self._clock()).total_seconds()

    async def drain(self) -> int:
        """Handle all that waits at this moment of the programme's clock; how many events it was."""
        count = 0
        async with self._turn:
            while events := await self._inbox.waiting(self._clock(), MOST):
                count += len(events)
                for one in events:
                    await self._handle_one(one)
        return count

    async def hear(self, workspace: WorkspaceId) -> None:
        """Handle what waits in one workspace; another process may be doing the same."""
        while events := await self._inbox.waiting(self._clock(), MOST, workspace):
            for one in events:
                await self._handle_one(one)

    async def _handle_one(self, one: Incoming) -> None:
        try:
            await self._inbox.handle(one, self._handle)
        except Exception as error:  # noqa: BLE001 # one event that cannot be handled must not hold up the others
            incident = self._new_id()
            given_up = await self._inbox.stumble(one, incident, self._clock())
            self._counters.given_up += given_up
            event = "event_given_up" if given_up else "event_stumbled"
            log.broke(event, error, incident=incident, kind=one.kind, workspace=one.workspace)
        else:
            self._counters.handled += 1
