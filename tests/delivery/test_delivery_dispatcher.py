"""Messages leave once, in order, at their moment; what is in doubt is settled by what is worse for it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Refused, Way
from bot.mentoring.limits import Said
from bot.ports import Kind, NewId, Records
from storage.budget import SHORTEST_REST
from storage.encryption import Keyring
from storage.outbox import OUTBOX
from storage.store import open_store
from tests.builders import MONDAY, a_message
from tests.delivery.mailroom import ADA, AGAIN, ONCE_ONLY, Mailroom
from tests.stores import KEYS, CountedIds


async def test_a_message_is_sent_once(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("one"))
    await mailroom.dispatcher.drain()
    await mailroom.post(a_message("one"))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["one"]
    assert mailroom.messenger.workspaces == [mailroom.workspace]
    assert mailroom.counters.sent == 1


async def test_a_message_waits_for_its_moment(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("later", not_before=MONDAY + timedelta(hours=1)))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == []
    assert await mailroom.store.next_due() == mailroom.clock.forward(hours=1)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["later"]
    assert await mailroom.store.next_due() is None


async def test_the_ledger_holds_the_moment_at_which_a_message_left(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("one", counts_for=(ADA,), nudge=True))
    left = mailroom.clock.forward(minutes=7)
    await mailroom.dispatcher.drain()
    assert await mailroom.said() == (Said(left, nudge=True),)


async def test_the_claim_is_committed_before_the_message_leaves(
    mailroom: Mailroom, database_url: str
) -> None:
    mailroom.messenger.gate = asyncio.Event()
    await mailroom.post(a_message("one"))
    await mailroom.dispatcher.work()
    other = open_store(database_url, Keyring(KEYS), mailroom.clock, CountedIds())
    assert mailroom.messenger.sent == []
    assert await other.next_due() == MONDAY + timedelta(seconds=60)
    other.close()
    mailroom.messenger.gate.set()
    await mailroom.dispatcher.drain()


async def test_one_destination_gets_its_messages_in_order(mailroom: Mailroom) -> None:
    keys = [f"m{number}" for number in range(9)]
    mailroom.messenger.before = lambda row: mailroom.messenger.sent.append(f"begin {row.key}")
    await mailroom.post(*(a_message(key) for key in keys))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == [said for key in keys for said in (f"begin {key}", key)]


async def test_a_message_planned_earlier_leaves_earlier_whatever_was_posted_first(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("second", not_before=MONDAY + timedelta(minutes=2)))
    await mailroom.post(a_message("first", not_before=MONDAY + timedelta(minutes=1)))
    mailroom.clock.forward(minutes=5)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["first", "second"]


async def test_no_more_than_eight_are_on_their_way_at_once(mailroom: Mailroom) -> None:
    await mailroom.post(*(a_message(f"to {n}", to=f"person{n}") for n in range(20)))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.most_under_way == 8
    assert len(mailroom.messenger.sent) == 20


async def test_a_refusal_with_a_time_to_wait_is_obeyed_and_keeps_the_order(mailroom: Mailroom) -> None:
    mailroom.messenger.answers["one"] = [Refused("ratelimited", retry_after=30)]
    await mailroom.post(a_message("one", counts_for=(ADA,)), a_message("two"), a_message("else", to="ben"))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["else"]
    assert await mailroom.store.next_due() == MONDAY + timedelta(seconds=30)
    assert [said.at for said in await mailroom.said()] == [MONDAY + timedelta(seconds=30)]
    mailroom.clock.forward(seconds=29)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["else"]
    mailroom.clock.forward(seconds=1)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["else", "one", "two"]
    assert mailroom.counters.limited == 1


async def test_an_unreachable_platform_is_tried_again_after_ever_longer_waits(mailroom: Mailroom) -> None:
    mailroom.messenger.answers["one"] = [Refused("unreachable"), Refused("unreachable")]
    await mailroom.post(a_message("one"))
    for wait in (2, 4):
        await mailroom.dispatcher.drain()
        assert await mailroom.store.next_due() == mailroom.clock.forward(seconds=wait)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["one"]
    assert (mailroom.counters.refused, mailroom.counters.limited) == (2, 0)


async def test_a_way_that_is_limited_rests_in_its_workspace_and_in_no_other(mailroom: Mailroom) -> None:
    other = await mailroom.store.workspace("slack", "T2")
    mailroom.messenger.answers["one"] = [Refused("ratelimited", retry_after=30, way=Way.POST)]
    reply = a_message("reply")
    reply = replace(reply, to=replace(reply.to, kind=Kind.REPLY, ref="message:D1:1"))
    await mailroom.post(a_message("one", to="ada"))
    await mailroom.dispatcher.drain()
    await mailroom.post(a_message("two", to="ben"), reply)
    await mailroom.post(a_message("three", to="cleo"), workspace=other)
    await mailroom.dispatcher.drain()
    assert sorted(mailroom.messenger.sent) == ["reply", "three"]
    assert await mailroom.store.next_due(MONDAY) == MONDAY + timedelta(seconds=30)
    mailroom.clock.forward(seconds=29.9)
    await mailroom.dispatcher.drain()
    assert len(mailroom.messenger.sent) == 2
    mailroom.clock.forward(seconds=0.2)
    await mailroom.dispatcher.drain()
    assert len(mailroom.messenger.sent) == 3, "one alone sees whether the way is open again"
    mailroom.clock.forward(seconds=1)
    await mailroom.dispatcher.drain()
    assert sorted(mailroom.messenger.sent) == ["one", "reply", "three", "two"]


async def test_a_way_that_is_limited_again_rests_again_after_one_try(mailroom: Mailroom) -> None:
    keys = [f"m{number}" for number in range(12)]
    mailroom.messenger.answers = {
        key: [Refused("ratelimited", retry_after=30, way=Way.POST)] * 2 for key in keys
    }
    mailroom.dispatcher = mailroom.restarted(at_once=1)
    await mailroom.post(*(a_message(key, to=key) for key in keys))
    await mailroom.dispatcher.drain()
    assert mailroom.counters.limited == 1
    for tried in (2, 3):
        mailroom.clock.forward(seconds=30.1)
        await mailroom.dispatcher.drain()
        assert mailroom.counters.limited == tried
    assert mailroom.messenger.sent == []


async def test_what_was_let_in_before_its_way_was_let_rest_is_not_claimed(mailroom: Mailroom) -> None:
    mailroom.messenger.answers["one"] = [Refused("ratelimited", retry_after=30, way=Way.POST)]
    await mailroom.post(a_message("one", to="ada"), a_message("two", to="ben"))
    workspace, store = mailroom.workspace, mailroom.store
    await mailroom.restarted(at_once=1).drain()
    mine = (OUTBOX.c.workspace_id == workspace, OUTBOX.c.key == "two")
    two = await store.workshop.run(lambda session: str(session.scalar(select(OUTBOX.c.id).where(*mine))))
    assert await store.outbox.claim_one(workspace, two, mailroom.clock()) is None
    mailroom.clock.forward(seconds=30.1)
    claimed = await store.outbox.claim_one(workspace, two, mailroom.clock())
    assert claimed is not None


async def test_three_doubts_in_a_row_rest_a_workspace_and_one_message_then_probes_it(
    mailroom: Mailroom,
) -> None:
    keys = [f"m{number}" for number in range(6)]
    mailroom.messenger.answers = {key: [ConnectionResetError()] for key in keys[:4]}
    mailroom.dispatcher = mailroom.restarted(at_once=1)
    await mailroom.post(*(a_message(key, to=key, prompt=ONCE_ONLY) for key in keys))
    await mailroom.dispatcher.drain()
    assert mailroom.counters.doubts == 3
    assert await mailroom.store.next_due(MONDAY) == MONDAY + SHORTEST_REST
    mailroom.clock.now += SHORTEST_REST
    await mailroom.dispatcher.drain()
    assert (mailroom.counters.doubts, mailroom.messenger.sent) == (4, [])
    mailroom.clock.now += 2 * SHORTEST_REST
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["m4", "m5"]


async def test_a_clear_answer_ends_the_count_of_doubts(mailroom: Mailroom) -> None:
    troubled = {"m0", "m1", "m3", "m4"}
    mailroom.messenger.answers = {key: [ConnectionResetError()] for key in troubled}
    mailroom.dispatcher = mailroom.restarted(at_once=1)
    await mailroom.post(*(a_message(f"m{number}", to=f"p{number}") for number in range(6)))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["m2", "m5"]


async def test_one_busy_workspace_does_not_starve_the_others(mailroom: Mailroom) -> None:
    for number in range(3):
        other = await mailroom.store.workspace("slack", f"T{number + 2}")
        await mailroom.post(a_message(f"other {number}"), workspace=other)
    await mailroom.post(*(a_message(f"m{number}", to=f"p{number}") for number in range(40)))
    await mailroom.dispatcher.drain()
    places = [mailroom.messenger.sent.index(f"other {number}") for number in range(3)]
    assert max(places) < 12


async def test_a_refusal_for_good_ends_the_message_and_lets_the_next_one_pass(mailroom: Mailroom) -> None:
    mailroom.messenger.answers["one"] = [Refused("channel_not_found", permanent=True)]
    await mailroom.post(a_message("one", counts_for=(ADA,)), a_message("two"))
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["two"]
    assert mailroom.counters.failed == 1
    assert await mailroom.said() == ()
    assert await mailroom.store.next_due() is None


async def test_of_a_refusal_for_good_the_programme_hears_and_of_no_other(mailroom: Mailroom) -> None:
    missed: list[str] = []

    async def miss(row: Outgoing) -> None:
        missed.append(row.key)
        if len(missed) == 1:
            raise RuntimeError("the database is away for a moment")

    mailroom.messenger.answers["one"] = [Refused("user_not_found", permanent=True)]
    mailroom.messenger.answers["two"] = [Refused("unreachable")]
    await mailroom.post(a_message("one"), a_message("two", to="ben"))
    sender = Sender(mailroom.store.outbox, mailroom.messenger, mailroom.clock, mailroom.counters, failed=miss)
    await LocalDispatcher(mailroom.store.outbox, sender, mailroom.clock).drain()
    assert missed == ["one", "one"], "what could not be recorded is recorded again"
    assert mailroom.counters.failed == 1


@pytest.mark.parametrize("trouble", [ConnectionResetError("boom"), "silence"])
async def test_a_doubt_is_settled_after_a_minute_by_sending_again(
    mailroom: Mailroom, trouble: Exception | str
) -> None:
    if isinstance(trouble, Exception):
        mailroom.messenger.answers["one"] = [trouble]
    else:
        mailroom.messenger.gate = asyncio.Event()
    await mailroom.post(a_message("one", prompt=AGAIN), a_message("two"))
    await mailroom.dispatcher.drain()
    mailroom.messenger.gate = None
    assert (mailroom.messenger.sent, mailroom.counters.doubts) == ([], 1)
    assert await mailroom.store.next_due() == MONDAY + timedelta(seconds=60)
    mailroom.clock.forward(seconds=60)
    await mailroom.dispatcher.settle()
    assert mailroom.counters.again == 0
    mailroom.clock.forward(seconds=1)
    await mailroom.dispatcher.settle()
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["one", "two"]
    assert (mailroom.counters.again, mailroom.counters.unknown) == (1, 0)


async def test_what_must_not_come_twice_is_left_unknown_and_still_counts(mailroom: Mailroom) -> None:
    mailroom.messenger.answers["one"] = [ConnectionResetError("boom")]
    await mailroom.post(a_message("one", prompt=ONCE_ONLY, counts_for=(ADA,)), a_message("two"))
    await mailroom.dispatcher.drain()
    mailroom.clock.forward(seconds=61)
    await mailroom.dispatcher.settle()
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["two"]
    assert (mailroom.counters.again, mailroom.counters.unknown) == (0, 1)
    assert len(await mailroom.said()) == 1


async def test_what_a_killed_process_left_is_in_doubt_when_the_next_one_starts(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("resend", prompt=AGAIN), a_message("once", to="ben", prompt=ONCE_ONLY))
    claimed = await mailroom.store.outbox.claim(mailroom.clock(), 8)
    assert {row.key for row in claimed} == {"resend", "once"}
    started = mailroom.restarted()
    await started.drain()
    assert mailroom.messenger.sent == []
    await started.start()
    await started.drain()
    assert mailroom.messenger.sent == ["resend"]
    assert (mailroom.counters.again, mailroom.counters.unknown) == (1, 1)


async def test_what_is_on_its_way_is_not_settled_when_the_clock_is_moved(mailroom: Mailroom) -> None:
    mailroom.messenger.gate = asyncio.Event()
    await mailroom.post(a_message("one", prompt=AGAIN))
    await mailroom.dispatcher.work()
    mailroom.clock.forward(days=7)
    await mailroom.dispatcher.settle()
    mailroom.messenger.gate.set()
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["one"]
    assert mailroom.counters.again == 0


async def test_a_late_success_ends_the_doubt(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("one", prompt=AGAIN))
    (row,) = await mailroom.store.outbox.claim(mailroom.clock(), 8)
    await mailroom.restarted().start()
    assert await mailroom.store.outbox.sent(row, "ref", mailroom.clock())
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == []


async def test_a_success_after_the_message_was_claimed_again_is_known_as_doubled(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("one", prompt=AGAIN))
    (row,) = await mailroom.store.outbox.claim(mailroom.clock(), 8)
    await mailroom.restarted().start()
    (again,) = await mailroom.store.outbox.claim(mailroom.clock(), 8)
    assert again.attempt == 2
    assert not await mailroom.store.outbox.sent(row, "ref", mailroom.clock())
    assert await mailroom.store.outbox.sent(again, "ref", mailroom.clock())


async def test_a_reminder_three_days_late_is_not_sent(mailroom: Mailroom) -> None:
    await mailroom.post(a_message("nudge", nudge=True, counts_for=(ADA,)), a_message("plain"))
    mailroom.clock.forward(days=3, seconds=1)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["plain"]
    assert await mailroom.said() == ()


async def test_a_commit_wakes_the_dispatcher(mailroom: Mailroom) -> None:
    second = asyncio.Event()
    mailroom.messenger.before = lambda row: second.set() if row.key == "two" else None
    mailroom.store.on_outbox.append(mailroom.dispatcher.wake)
    running = asyncio.create_task(mailroom.dispatcher.run())
    await asyncio.sleep(0.05)
    await mailroom.post(a_message("one"), a_message("two"))
    await asyncio.wait_for(second.wait(), timeout=5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await mailroom.dispatcher.close()
    assert mailroom.messenger.sent == ["one", "two"]


async def test_a_transaction_that_fails_sends_nothing(mailroom: Mailroom) -> None:
    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.post(a_message("one"))
        raise LookupError

    with pytest.raises(LookupError):
        await mailroom.store.run(mailroom.workspace, use)
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == []


async def test_the_text_goes_when_the_message_was_sent_and_the_row_after_thirty_days(
    mailroom: Mailroom,
) -> None:
    await mailroom.post(a_message("one"), a_message("waits", not_before=MONDAY + timedelta(days=365)))
    await mailroom.dispatcher.drain()
    assert await mailroom.store.keys_in_use() == {mailroom.store.keyring.mark: 1}
    assert await mailroom.store.outbox.clear(MONDAY) == 0
    assert await mailroom.store.outbox.clear(MONDAY + timedelta(days=30)) == 1


async def test_shutdown_waits_for_what_is_on_its_way(mailroom: Mailroom) -> None:
    mailroom.messenger.gate = asyncio.Event()
    await mailroom.post(a_message("one"))
    await mailroom.dispatcher.work()
    asyncio.get_running_loop().call_later(0.05, mailroom.messenger.gate.set)
    await mailroom.dispatcher.close()
    assert mailroom.messenger.sent == ["one"]
    assert mailroom.counters.doubts == 0
