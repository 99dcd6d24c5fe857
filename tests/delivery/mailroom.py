"""A store, a fake messenger, and the dispatcher between them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Sent
from bot.mentoring.ids import ParticipantId, WorkspaceId
from bot.mentoring.limits import Said
from bot.mentoring.prompts import AcceptedFirst, PairQuiet
from bot.ports import Message, NewId, Records
from storage.store import Store
from tests.builders import MONDAY
from tests.stores import TickingClock

ADA = ParticipantId("ada")
AGAIN = AcceptedFirst()
"""A prompt that is sent again when in doubt."""
ONCE_ONLY = PairQuiet()
"""A prompt that must not come twice."""


@dataclass
class FakeMessenger:
    """Notes what it is given, after it asked the next of `answers` what happens."""

    sent: list[str] = field(default_factory=list)
    workspaces: list[WorkspaceId] = field(default_factory=list)
    answers: dict[str, list[Exception]] = field(default_factory=dict)
    before: Callable[[Outgoing], None] = lambda _row: None
    gate: asyncio.Event | None = None
    under_way: int = 0
    most_under_way: int = 0

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send, refuse or break, as the test says."""
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            self.before(row)
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
            waiting = self.answers.get(row.key)
            if waiting:
                raise waiting.pop(0)
        finally:
            self.under_way -= 1
        self.sent.append(row.key)
        self.workspaces.append(workspace)
        return Sent(f"ref of {row.key}")


@dataclass
class Mailroom:
    """A store, a fake messenger, and the dispatcher between them."""

    store: Store
    workspace: WorkspaceId
    clock: TickingClock
    messenger: FakeMessenger
    dispatcher: LocalDispatcher
    counters: Counters

    async def post(self, *messages: Message, workspace: WorkspaceId | None = None) -> None:
        """Put messages in the outbox, in one transaction."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            for message in messages:
                records.post(message)

        await self.store.run(workspace or self.workspace, use)

    async def said(self) -> tuple[Said, ...]:
        """What counts for Ada."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> tuple[Said, ...]:  # noqa: ARG001 # as above
            return records.said(ADA, MONDAY - timedelta(days=30))

        return await self.store.run(self.workspace, use)

    def restarted(self, at_once: int = 8) -> LocalDispatcher:
        """The dispatcher of a process that was started anew."""
        sender = Sender(self.store.outbox, self.messenger, self.clock, self.counters)
        return LocalDispatcher(self.store.outbox, sender, self.clock, at_once=at_once)
