"""What became of a message is recorded, also where the database does not take it at once."""

from datetime import datetime

import pytest

from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Pace, Rate, Way
from storage.encryption import Keyring
from storage.store import open_store
from tests.builders import a_message
from tests.delivery.mailroom import Mailroom
from tests.stores import KEYS, CountedIds

SLOW = Pace({Way.POST: Rate(2, 10), Way.REPLACE: Rate(2, 10), Way.OPEN: Rate(0.5, 2)}, Rate(1, 3))


async def test_an_outcome_that_a_database_did_not_take_at_once_is_recorded_all_the_same(
    mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = iter([TimeoutError(), TimeoutError()])
    sent = mailroom.store.outbox.sent

    async def slow(row: Outgoing, ref: str, now: datetime) -> bool:
        first = await sent(row, ref, now)
        for error in broken:
            raise error
        return first

    monkeypatch.setattr(mailroom.store.outbox, "sent", slow)
    monkeypatch.setattr("bot.delivery.sending.RECORD_AGAIN", (0.0, 0.0, 0.0))
    await mailroom.post(a_message("one"))
    await mailroom.dispatcher.drain()
    mailroom.clock.forward(minutes=10)
    await mailroom.dispatcher.settle()
    await mailroom.dispatcher.drain()
    assert mailroom.messenger.sent == ["one"]
    assert next(broken, None) is None
    assert (mailroom.counters.unknown, mailroom.counters.again, mailroom.counters.doubled) == (0, 0, 0)


async def test_an_outcome_that_never_can_be_recorded_is_a_doubt_and_holds_up_nobody(
    mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = mailroom.store.outbox.sent

    async def broken(row: Outgoing, ref: str, now: datetime) -> bool:
        if row.key == "one":
            raise TimeoutError
        return await sent(row, ref, now)

    monkeypatch.setattr(mailroom.store.outbox, "sent", broken)
    monkeypatch.setattr("bot.delivery.sending.RECORD_AGAIN", (0.0,))
    await mailroom.post(a_message("one"), a_message("two", to="ben"))
    await mailroom.dispatcher.drain()
    assert sorted(mailroom.messenger.sent) == ["one", "two"]
    mailroom.clock.forward(minutes=10)
    await mailroom.dispatcher.settle()
    assert mailroom.counters.unknown + mailroom.counters.again == 1


async def test_a_clock_that_was_ahead_for_a_moment_between_two_sends_holds_up_nothing(
    mailroom: Mailroom, database_url: str
) -> None:
    slow = open_store(database_url, Keyring(KEYS), mailroom.clock, CountedIds(5_000), SLOW)
    sender = Sender(slow.outbox, mailroom.messenger, mailroom.clock, mailroom.counters)
    dispatcher = LocalDispatcher(slow.outbox, sender, mailroom.clock)
    mailroom.clock.forward(hours=9)
    await mailroom.post(*(a_message(f"ahead {number}", to=f"a{number}") for number in range(12)))
    await dispatcher.drain()
    mailroom.clock.forward(hours=-5)
    await mailroom.post(a_message("back", to="ben"))
    for _ in range(60):
        mailroom.clock.forward(seconds=1)
        await dispatcher.drain()
    assert mailroom.messenger.sent[-1] == "back"
    assert len(mailroom.messenger.sent) == 13
    slow.close()
