"""A mailroom for tests of sending."""

from datetime import datetime

import pytest

from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import a_participant
from tests.delivery.mailroom import FakeMessenger, Mailroom
from tests.stores import TickingClock


@pytest.fixture
async def mailroom(store: Store, workspace: WorkspaceId, clock: TickingClock) -> Mailroom:
    """Give a mailroom in which Ada takes part."""
    messenger, counters = FakeMessenger(), Counters()
    dispatcher = LocalDispatcher(
        store.outbox, Sender(store.outbox, messenger, clock, counters, deadline=0.2), clock
    )

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.save_participant(a_participant("ada"))

    await store.run(workspace, use)
    return Mailroom(store, workspace, clock, messenger, dispatcher, counters)
