"""What comes too late to make sense is not sent, and what can never be delivered is counted."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.delivery import sending
from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Refused, Sent
from bot.mentoring.ids import PairId, WorkspaceId
from bot.mentoring.prompts import PartnerAway, ProposalReminder, Welcome
from bot.ports import Message, NewId, Records
from storage.guard import across
from storage.mail_tables import OutboxRow
from storage.store import Store
from tests.builders import MONDAY, a_message
from tests.stores import TickingClock

DAY = timedelta(days=1)


class Picky:
    """Refuses for good what the test names, and takes all else."""

    def __init__(self, *refused: str) -> None:
        self.refused = refused
        self.sent: list[str] = []

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send or refuse."""
        assert workspace == row.workspace
        if row.key in self.refused:
            raise Refused("user_not_found", permanent=True)
        self.sent.append(row.key)
        return Sent()


async def post(store: Store, workspace: WorkspaceId, *messages: Message) -> None:
    """Put messages in the outbox."""

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        for message in messages:
            records.post(message)

    await store.run(workspace, use)


async def states(store: Store) -> dict[str, str]:
    """Where each message stands."""
    options = across("look into a test's table")
    rows = await store.workshop.run(
        lambda session: list(session.exec(select(OutboxRow), execution_options=options).all())
    )
    return {row.key: row.state.value for row in rows}


async def test_each_kind_of_prompt_is_sent_for_as_long_as_it_makes_sense(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    reminder = ProposalReminder(
        ((PairId("p"), "Ben", MONDAY + 2 * DAY), (PairId("q"), "Cleo", MONDAY + 4 * DAY))
    )
    messages = (
        a_message("welcome", to="ada", prompt=Welcome("Bothways", "why", None)),
        a_message("reminder", to="ben", prompt=reminder),
        a_message("away", to="cleo", prompt=PartnerAway(MONDAY + DAY)),
        a_message("plain", to="dev"),
    )
    await post(store, workspace, *messages)
    clock.forward(days=3)
    carrier, counters = Picky(), Counters()
    dispatcher = LocalDispatcher(store.outbox, Sender(store.outbox, carrier, clock, counters), clock)
    await dispatcher.drain()
    assert sorted(carrier.sent) == ["plain", "reminder", "welcome"]
    assert (await states(store))["away"] == "expired"
    await post(store, workspace, *(message for message in messages), a_message("late", prompt=reminder))
    clock.forward(days=30)
    await dispatcher.drain()
    assert sorted(carrier.sent) == ["plain", "reminder", "welcome"]


async def test_what_was_refused_for_good_is_counted_for_the_owners(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    def undelivered(*, records: Records, now: datetime, new_id: NewId) -> int:  # noqa: ARG001 # as above
        return records.undelivered(now - 7 * DAY)

    await post(store, workspace, *(a_message(key, to=key) for key in ("a", "b", "c")))
    other = await store.workspace("slack", "T2")
    await post(store, other, a_message("a"))
    sender = Sender(store.outbox, Picky("a", "b"), clock, Counters())
    await LocalDispatcher(store.outbox, sender, clock).drain()
    assert await store.run(workspace, undelivered) == 2
    assert await store.run(other, undelivered) == 1
    clock.forward(days=8)
    assert await store.run(workspace, undelivered) == 0


async def test_whoever_has_to_know_hears_of_what_will_never_be_taken(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    heard: list[str] = []

    async def failed(row: Outgoing) -> None:
        assert (await states(store))[row.key] == "sending", "before it is recorded, so that it is never lost"
        heard.append(row.key)

    await post(store, workspace, *(a_message(key, to=key) for key in ("a", "b")))
    sender = Sender(store.outbox, Picky("a"), clock, Counters(), failed=failed)
    await LocalDispatcher(store.outbox, sender, clock).drain()
    assert heard == ["a"]
    assert await states(store) == {"a": "failed", "b": "sent"}


async def test_what_will_never_be_taken_is_recorded_even_where_nobody_can_be_told(
    store: Store, workspace: WorkspaceId, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    async def failed(row: Outgoing) -> None:
        tries.append(row.key)
        raise RuntimeError("it does not work")

    monkeypatch.setattr(sending, "RECORD_AGAIN", (0.0, 0.0))
    await post(store, workspace, a_message("a"))
    sender = Sender(store.outbox, Picky("a"), clock, Counters(), failed=failed)
    await LocalDispatcher(store.outbox, sender, clock).drain()
    assert tries == ["a"] * 3
    assert await states(store) == {"a": "failed"}


async def test_a_pressed_button_ends_the_doubt_of_its_message(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(store, workspace, a_message("pressed", to="ada"), a_message("other", to="ben"))
    rows = {row.key: row for row in await store.outbox.claim(clock(), 8)}
    await store.arrived(workspace, rows["pressed"].id, "message:D1:1.5")
    await store.arrived(await store.workspace("slack", "T2"), rows["other"].id, "message:D2:1.5")
    clock.forward(seconds=61)
    settled = await store.outbox.settle(clock(), clock() - timedelta(seconds=60), frozenset())
    assert settled.again + settled.unknown == 1
    assert (await states(store))["pressed"] == "sent"
    assert await store.outbox.sent(rows["pressed"], "message:D1:1.5", clock())
    assert not await store.outbox.sent(rows["pressed"], "message:D1:2.5", clock())


async def test_a_message_that_was_never_tried_does_not_count_as_arrived(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    await post(store, workspace, a_message("waits", not_before=MONDAY + DAY))
    assert not await store.outbox.arrived(workspace, f"{0:032x}", "message:D1:1.5", clock())
    assert await states(store) == {"waits": "pending"}
