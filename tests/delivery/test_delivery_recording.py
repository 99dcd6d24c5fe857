"""What became of a message is recorded, also where the database does not take it at once."""

from datetime import datetime

import pytest

from bot.mail import Outgoing
from tests.builders import a_message
from tests.delivery.mailroom import Mailroom


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
