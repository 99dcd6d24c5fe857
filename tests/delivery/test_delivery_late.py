"""What was to leave before its reader stopped work is not sent after it, is lost never, and comes once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from bot.delivery.counters import Counters
from bot.delivery.inbox import InboxWorker
from bot.delivery.ticks import Ticks
from bot.mail import Refused
from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import Said
from bot.mentoring.prompts import PartnerAway, Prompt
from bot.ports import NewId, Records
from bot.use_cases.planning import plan
from bot.use_cases.saying import tell
from storage.guard import across
from storage.mail_tables import OutboxRow
from storage.migrate import downgrade, upgrade
from storage.turns import Turns
from tests.builders import a_message
from tests.delivery.mailroom import AGAIN, ONCE_ONLY, Mailroom
from tests.worlds import JOURNEY, MATCHER

FRIDAY = datetime(2026, 11, 27, 15, 50, tzinfo=UTC)
"""Ten to five where Ada works, in Berlin."""
SATURDAY = datetime(2026, 11, 28, 2, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
DAY, MINUTE, HOUR = timedelta(days=1), timedelta(minutes=1), timedelta(hours=1)
LINES: tuple[Prompt, ...] = (AGAIN, ONCE_ONLY)


@dataclass
class Office:
    """A mailroom with the bot's own planning; what it tells Ada is planned as the bot plans it."""

    mailroom: Mailroom
    ticks: Ticks

    async def tell(self, *said: tuple[str, Prompt], at: datetime = FRIDAY, **more: bool) -> None:
        """Plan to tell Ada these things, each under its key."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            ada = records.participant(ParticipantId("ada"))
            for key, prompt in said:
                tell(ada, key, prompt, at=at, records=records, **more)

        await self.mailroom.store.run(self.mailroom.workspace, use)

    async def back(self, moment: datetime) -> list[str]:
        """The bot is back at a moment: it starts anew and does all that is due; what it has sent till now."""
        self.mailroom.clock.now = moment
        dispatcher = self.mailroom.restarted()
        await dispatcher.start()
        await dispatcher.drain()
        await self.ticks.plan()
        await dispatcher.drain()
        return self.mailroom.messenger.sent

    async def rows(self) -> dict[str, OutboxRow]:
        """The messages by their keys."""
        every = select(OutboxRow).execution_options(**across("look into a test's table"))
        found = await self.mailroom.store.workshop.run(lambda session: list(session.exec(every).all()))
        return {row.key: row for row in found}


@pytest.fixture
async def office(mailroom: Mailroom) -> Office:
    """Give a mailroom on a Friday, with the bot's own planning."""
    store, clock = mailroom.store, mailroom.clock
    clock.now = FRIDAY - HOUR
    planning = partial(plan, journey=JOURNEY, matcher=MATCHER)
    events = InboxWorker(store.inbox, lambda *_, **__: None, clock, store.new_id, Counters())
    mail = (store.inbox, store.outbox)
    ticks = Ticks(store, planning, mailroom.dispatcher, events, mail, (clock, clock), store.new_id)
    return Office(mailroom, ticks)


async def test_nothing_leaves_on_the_night_of_an_outage_and_all_of_it_on_monday_once(office: Office) -> None:
    await office.tell(*((f"line {number}", LINES[number % 2]) for number in range(6)), counted=False)
    await office.tell(("counted", ONCE_ONLY))
    assert await office.back(SATURDAY) == []
    assert await office.back(MONDAY - MINUTE) == []
    assert await office.mailroom.said() == (Said(MONDAY, nudge=False),)
    assert len(await office.back(MONDAY)) == 7
    assert len(await office.back(MONDAY + DAY)) == 7
    assert office.mailroom.messenger.sent == [*(f"line {number}" for number in range(6)), "counted"]
    assert {row.state for row in (await office.rows()).values()} == {"sent"}


async def test_an_answer_leaves_at_once_and_is_not_held_up_by_what_waits_for_monday(office: Office) -> None:
    await office.tell(("late", AGAIN))
    await office.mailroom.post(a_message("answer", prompt=AGAIN, not_before=SATURDAY))
    assert await office.back(SATURDAY) == ["answer"]
    assert await office.back(MONDAY) == ["answer", "late"]


@pytest.mark.parametrize("back", [SATURDAY, MONDAY + HOUR])
async def test_the_order_of_a_conversation_is_kept(office: Office, back: datetime) -> None:
    await office.tell(("for monday", AGAIN), at=FRIDAY + HOUR, counted=False)
    await office.tell(("second", AGAIN), at=FRIDAY + MINUTE, counted=False)
    await office.tell(("first", AGAIN), at=FRIDAY, counted=False)
    if back < MONDAY:
        assert await office.back(back) == []
    assert await office.back(MONDAY + HOUR) == ["first", "second", "for monday"]


async def test_what_the_platform_refuses_beyond_the_end_of_work_comes_on_monday(office: Office) -> None:
    refusals: list[Exception] = [Refused("503", retry_after=5 * 60), Refused("503", retry_after=6 * 60)]
    office.mailroom.messenger.answers["late"] = refusals
    await office.tell(("late", ONCE_ONLY))
    for moment in (FRIDAY, FRIDAY + 5 * MINUTE, FRIDAY + 11 * MINUTE, SATURDAY):
        assert await office.back(moment) == []
    assert refusals == []
    assert await office.back(MONDAY) == ["late"]
    (row,) = (await office.rows()).values()
    assert (row.missed_at, row.planned_at, row.attempt) == (FRIDAY, MONDAY, 3)


@pytest.mark.parametrize(("prompt", "comes"), [(AGAIN, ["late"]), (ONCE_ONLY, [])])
async def test_a_doubt_that_is_settled_after_work_is_sent_again_on_monday_if_at_all(
    office: Office, prompt: Prompt, comes: list[str]
) -> None:
    office.mailroom.messenger.answers["late"] = [ConnectionError()]
    await office.tell(("late", prompt), at=FRIDAY + 9 * MINUTE)
    office.mailroom.clock.now = FRIDAY + 9 * MINUTE
    await office.mailroom.dispatcher.drain()
    assert await office.back(FRIDAY + 11 * MINUTE) == []
    assert await office.back(MONDAY) == comes
    assert await office.back(MONDAY + DAY) == comes


async def test_lateness_and_lapsing_count_from_the_first_moment_that_was_missed(office: Office) -> None:
    await office.tell(("reminder", AGAIN), nudge=True)
    await office.tell(("away", PartnerAway(MONDAY + 20 * HOUR)), ("plain", AGAIN), counted=False)
    assert await office.back(SATURDAY) == []
    assert await office.back(MONDAY + 10 * HOUR) == [], "away on Monday too"
    tuesday_at_ten = MONDAY + DAY + HOUR
    assert await office.back(tuesday_at_ten) == ["plain"]
    states = {key: row.state for key, row in (await office.rows()).items()}
    assert states == {"reminder": "expired", "away": "expired", "plain": "sent"}
    assert office.mailroom.counters.late_seconds == (tuesday_at_ten - FRIDAY).total_seconds()
    assert await office.mailroom.said() == ()


async def test_what_is_withdrawn_while_it_is_late_never_comes(office: Office) -> None:
    await office.tell(("late", AGAIN), ("later", AGAIN), counted=False)

    def withdraw(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # as above
        records.withdraw(ParticipantId("ada"), "later")

    office.mailroom.clock.now = SATURDAY
    await office.mailroom.store.run(office.mailroom.workspace, withdraw)
    assert await office.back(SATURDAY) == []
    assert await office.back(MONDAY) == ["late"]


async def test_no_worker_is_told_of_what_is_late_and_none_may_take_it(office: Office) -> None:
    await office.tell(("late", AGAIN))
    store, workspace = office.mailroom.store, office.mailroom.workspace
    (row,) = (await office.rows()).values()

    def untold(moment: datetime) -> Callable[[Any], int]:
        return lambda session: len(Turns(store.pace).pick(session, moment, 8, untold=True))

    closes_at = FRIDAY + 10 * MINUTE
    before = closes_at - timedelta(microseconds=1)
    assert await store.workshop.run(untold(closes_at)) == 0
    assert await store.outbox.claim_one(workspace, row.id, closes_at) is None
    assert await store.outbox.claim(closes_at, 8) == ()
    assert await store.workshop.run(untold(before)) == 1
    (claimed,) = await store.outbox.claim(before, 8)
    assert (claimed.key, claimed.closes_at, claimed.missed_at) == ("late", closes_at, None)


async def test_what_waited_when_the_bot_was_upgraded_keeps_to_hours_too(
    office: Office, database_url: str
) -> None:
    await office.tell(("planned", AGAIN), at=FRIDAY, counted=False)
    office.mailroom.clock.now = FRIDAY - MINUTE
    await office.tell(("counted", AGAIN), at=FRIDAY - MINUTE)
    await office.mailroom.post(a_message("answer", prompt=AGAIN, not_before=FRIDAY - MINUTE))
    for move, where in ((downgrade, "0014"), (upgrade, "head")):
        await asyncio.to_thread(move, database_url, where)
    assert await office.back(SATURDAY) == ["answer"]
    assert sorted(await office.back(MONDAY)) == ["answer", "counted", "planned"]
