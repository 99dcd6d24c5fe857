"""Budgets let go what a limit allows, exactly once for all who ask, and say when to come again."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.mail import UNHURRIED, Pace, Rate, Way
from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId, Records
from storage.budget import LONGEST_REST, SHORTEST_REST, rest_of
from storage.encryption import Keyring
from storage.store import Store, open_store
from tests.builders import MONDAY, a_message
from tests.stores import KEYS, CountedIds, TickingClock

SLOW = Pace({Way.POST: Rate(2, 10), Way.REPLACE: Rate(2, 10), Way.OPEN: Rate(0.5, 2)}, Rate(1, 3))
SECOND = timedelta(seconds=1)


@pytest.fixture
def paced(store: Store, database_url: str, clock: TickingClock) -> Store:
    """Give a store on the same database that keeps to a slow pace; the other keeps to none."""
    made = open_store(database_url, Keyring(KEYS), clock, CountedIds(1_000), SLOW)
    assert store.pace is UNHURRIED
    return made


async def post(store: Store, workspace: WorkspaceId, count: int, to: str = "") -> None:
    """Put messages in the outbox, each to somebody else or all to one."""

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        for number in range(count):
            records.post(a_message(f"{to}{number}", to=to or f"p{number}"))

    await store.run(workspace, use)


async def claimed(store: Store, most: int = 1_000) -> int:
    """How many messages a claim gives; they are recorded as sent."""
    rows = await store.outbox.claim(store.clock(), most)
    for row in rows:
        await store.outbox.sent(row, "", store.clock())
    return len(rows)


async def test_a_workspace_sends_its_burst_and_then_its_rate(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(paced, workspace, 30)
    assert await claimed(paced) == 10
    assert await claimed(paced) == 0
    assert await paced.next_due(clock()) == MONDAY + SECOND / 2
    assert await paced.outbox.next_at(clock()) == MONDAY + SECOND / 2
    clock.forward(seconds=0.5)
    assert await claimed(paced) == 1
    clock.forward(seconds=3)
    assert await claimed(paced) == 6
    clock.forward(hours=1)
    assert await claimed(paced) == 10
    paced.close()


async def test_one_destination_gets_three_at_once_and_then_one_a_second(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(paced, workspace, 6, "ada")
    assert [await claimed(paced) for _ in range(4)] == [1, 1, 1, 0]
    assert await paced.next_due(clock()) == MONDAY + SECOND
    clock.forward(seconds=1)
    assert [await claimed(paced) for _ in range(2)] == [1, 0]
    await post(paced, workspace, 20, "")
    assert await claimed(paced) == 8  # what the line held back was given back to the workspace
    paced.close()


async def test_many_who_ask_at_once_get_no_more_than_there_is(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    fast = Pace({way: Rate(100, 50) for way in Way}, Rate(1, 1))
    paced.pace = fast
    granted = 0
    for _ in range(4):
        waits = await asyncio.gather(*(paced.allow(workspace, Way.OPEN) for _ in range(40)))
        granted += sum(wait == 0 for wait in waits)
        clock.forward(seconds=0.1)
    assert granted == 50 + 3 * 10
    paced.close()


async def test_whoever_is_refused_is_given_a_moment_of_their_own(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    waits = [await paced.allow(workspace, Way.OPEN) for _ in range(6)]
    assert waits == [0, 0, 2, 4, 6, 8]
    for _ in range(4):
        clock.forward(seconds=2)
        assert await paced.allow(workspace, Way.OPEN) == 0
    assert await paced.allow(workspace, Way.OPEN) == 2
    paced.close()


async def test_budgets_that_are_full_again_are_swept(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(paced, workspace, 3)
    await claimed(paced)
    assert await paced.sweep(clock()) == 0
    assert await paced.sweep(clock.forward(hours=2)) == 4
    await post(paced, workspace, 1, "ben")
    assert await claimed(paced) == 1
    paced.close()


def test_a_rest_doubles_up_to_five_minutes() -> None:
    assert [rest_of(doubts) for doubts in (3, 4, 5)] == [SHORTEST_REST, 2 * SHORTEST_REST, 4 * SHORTEST_REST]
    assert rest_of(7) == rest_of(10_000) == LONGEST_REST


async def test_a_conversation_is_remembered_and_forgotten(store: Store, workspace: WorkspaceId) -> None:
    who, there = a_message(to="ada").to.readers[0], a_message(to="D1").to.readers[0]
    assert await store.direct(workspace, who) is None
    await store.keep_direct(workspace, who, there)
    await store.keep_direct(workspace, who, there)
    assert await store.direct(workspace, who) == there
    assert await store.direct(await store.workspace("slack", "T2"), who) is None
    await store.keep_direct(workspace, who, None)
    assert await store.direct(workspace, who) is None


async def test_what_breaks_off_together_rests_no_longer_than_three_in_a_row(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(store, workspace, 8)
    rows = await store.outbox.claim(clock(), 8)
    moment = clock.forward(seconds=10)
    assert [await store.outbox.doubt(row, moment) for row in rows] == [1, 2, 3, 3, 3, 3, 3, 3]


async def test_a_clock_that_is_set_back_holds_nothing_up_for_as_long(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    clock.forward(hours=9)
    await post(paced, workspace, 20)
    while await claimed(paced):
        pass
    clock.forward(hours=-5)
    await post(paced, workspace, 1, "ben")
    assert await claimed(paced) == 0
    await paced.outbox.clock_went_back(clock())
    assert await claimed(paced) == 1
    paced.close()


async def test_a_clock_that_is_set_back_holds_no_message_up_for_as_long(
    paced: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    clock.forward(hours=9)
    await post(paced, workspace, 5, "ben")
    assert [await claimed(paced) for _ in range(4)] == [1, 1, 1, 0]  # the fourth is put off
    clock.forward(hours=-5)
    await post(paced, workspace, 1, "zoe")
    assert await claimed(paced) == 0
    await paced.outbox.clock_went_back(clock())
    assert await claimed(paced) == 1
    clock.forward(seconds=10)
    assert [await claimed(paced) for _ in range(3)] == [1, 1, 0]
    paced.close()


async def test_what_a_clock_that_was_ahead_took_in_hand_is_settled_in_time(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    clock.forward(hours=9)
    await post(store, workspace, 1)
    assert len(await store.outbox.claim(clock(), 1)) == 1
    clock.forward(hours=-5)
    await store.outbox.clock_went_back(clock())
    moment = clock.forward(seconds=61)
    settled = await store.outbox.settle(moment, moment - 60 * SECOND, frozenset())
    assert settled.again + settled.unknown == 1
