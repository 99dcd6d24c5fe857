"""Events are handled once, with their effects, and one that cannot be does not hold up the others."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.delivery.counters import Counters
from bot.delivery.inbox import InboxWorker
from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import MONDAY, a_participant
from tests.stores import CountedIds, TickingClock


@dataclass
class FakeHandler:
    """Lets the person an event names take part; breaks afterwards on the kinds that the test names."""

    broken: set[str] = field(default_factory=set)
    seen: list[tuple[str, bytes, datetime]] = field(default_factory=list)

    def __call__(self, kind: str, facts: bytes, *, records: Records, now: datetime, new_id: NewId) -> None:
        """Handle one event."""
        assert new_id()
        self.seen.append((kind, facts, now))
        records.save_participant(a_participant(facts.decode()))
        if kind in self.broken:
            raise LookupError(facts.decode())


@dataclass
class Desk:
    """A store, a handler, and the worker between them."""

    store: Store
    workspace: WorkspaceId
    clock: TickingClock
    handler: FakeHandler
    worker: InboxWorker
    counters: Counters

    async def take(self, key: str, kind: str = "joined", body: bytes = b"ada") -> bool:
        """Take an event."""
        return await self.store.take(self.workspace, key, kind, body)

    async def names(self) -> list[str]:
        """Who takes part."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> list[str]:  # noqa: ARG001 # a use case's signature
            return [one.id for one in records.participants()]

        return await self.store.run(self.workspace, use)


@pytest.fixture
def desk(store: Store, workspace: WorkspaceId, clock: TickingClock) -> Desk:
    """Give a desk at which nothing waits."""
    handler, counters = FakeHandler(), Counters()
    worker = InboxWorker(store.inbox, handler, clock, CountedIds(), counters)
    return Desk(store, workspace, clock, handler, worker, counters)


async def test_an_event_is_handled_once_however_often_it_comes(desk: Desk) -> None:
    assert await desk.take("e1")
    assert not await desk.take("e1")
    await desk.worker.drain()
    assert not await desk.take("e1")
    assert await desk.worker.drain() == 0
    assert desk.handler.seen == [("joined", b"ada", MONDAY)]
    assert await desk.names() == ["ada"]


async def test_the_same_key_in_two_workspaces_is_two_events(desk: Desk) -> None:
    other = await desk.store.workspace("slack", "T2")
    assert await desk.take("e1")
    assert await desk.store.take(other, "e1", "joined", b"ben")
    assert await desk.worker.drain() == 2
    assert await desk.names() == ["ada"]


async def test_many_deliveries_at_once_are_one_event(desk: Desk) -> None:
    new = await asyncio.gather(*(desk.take("e1") for _ in range(12)))
    assert sum(new) == 1


async def test_two_workers_handle_an_event_once(desk: Desk) -> None:
    for number in range(10):
        await desk.take(f"e{number}", body=f"p{number}".encode())
    rival = InboxWorker(desk.store.inbox, desk.handler, desk.clock, CountedIds(), desk.counters)
    await asyncio.gather(desk.worker.drain(), rival.drain())
    assert sorted(body for _, body, _ in desk.handler.seen) == [f"p{number}".encode() for number in range(10)]


async def test_events_are_handled_in_the_order_in_which_they_came(desk: Desk) -> None:
    for name in ("zoe", "ada", "mia"):
        await desk.take(f"key of {name}", body=name.encode())
        desk.clock.forward(seconds=1)
    await desk.worker.drain()
    assert [body for _, body, _ in desk.handler.seen] == [b"zoe", b"ada", b"mia"]


async def test_a_broken_event_leaves_no_effects_and_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.handler.broken = {"broken"}
    await desk.take("e1", "broken", b"ada")
    await desk.take("e2", "joined", b"ben")
    await desk.worker.drain()
    assert await desk.names() == ["ben"]
    assert desk.counters.handled == 1


async def test_a_broken_event_is_tried_five_times_and_then_given_up(desk: Desk) -> None:
    desk.handler.broken = {"broken"}
    await desk.take("e1", "broken")
    for wait in (2, 4, 8, 16):
        await desk.worker.drain()
        assert await desk.store.next_due() == desk.clock.now + timedelta(seconds=wait)
        desk.clock.forward(seconds=wait)
    assert desk.counters.given_up == 0
    await desk.worker.drain()
    assert len(desk.handler.seen) == 5
    assert desk.counters.given_up == 1
    assert await desk.store.next_due() is None
    assert await desk.store.keys_in_use() == {}


async def test_an_event_that_breaks_once_is_handled_later(desk: Desk) -> None:
    desk.handler.broken = {"joined"}
    await desk.take("e1")
    await desk.worker.drain()
    desk.handler.broken = set()
    desk.clock.forward(seconds=2)
    await desk.worker.drain()
    assert await desk.names() == ["ada"]


async def test_the_body_goes_when_the_event_was_handled_and_the_key_after_a_day(desk: Desk) -> None:
    await desk.take("e1")
    await desk.worker.drain()
    assert await desk.store.keys_in_use() == {}
    assert await desk.store.inbox.clear(MONDAY) == 0
    assert await desk.store.inbox.clear(MONDAY + timedelta(seconds=1)) == 1
    assert await desk.take("e1")


async def test_what_waits_is_not_cleared(desk: Desk) -> None:
    await desk.take("e1")
    assert await desk.store.inbox.clear(MONDAY + timedelta(days=2)) == 0
    assert await desk.worker.drain() == 1


async def test_taking_an_event_wakes_the_worker(desk: Desk) -> None:
    desk.store.on_inbox.append(desk.worker.wake)
    running = asyncio.create_task(desk.worker.run())
    await asyncio.sleep(0.05)
    await desk.take("e1")
    for _ in range(250):
        if await desk.names() == ["ada"]:
            break
        await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await desk.names() == ["ada"]
