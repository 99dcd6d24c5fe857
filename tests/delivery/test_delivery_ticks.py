"""Ticks wake, rows tell what is to be done, and one pass does all that is due at a moment."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery import ticks as ticks_module
from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.inbox import InboxWorker
from bot.delivery.sending import Sender
from bot.delivery.ticks import AT_MOST, Ticks
from bot.due import DueItem, DueKind
from bot.mail import Outgoing, Sent
from bot.mentoring.ids import PairId, ParticipantId, ProgrammeId, WorkspaceId
from bot.mentoring.people import ParticipantState
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import MONDAY, a_message, a_pair, a_participant, a_programme
from tests.stores import CountedIds, TickingClock

HOUR = timedelta(hours=1)


@dataclass
class Wall:
    """The real clock, which a test can set wrong."""

    wrong_by: timedelta = timedelta()

    def __call__(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self.wrong_by  # noqa: TID251 # the scheduler under test runs by the real clock


@dataclass
class FakePlanning:
    """Plans that note what they were asked for, say it, and move it on by `every`, or not at all."""

    noted: list[tuple[str, datetime]] = field(default_factory=list)
    every: timedelta | None = HOUR
    broken: set[str] = field(default_factory=set)

    def plan(self, due: Sequence[DueItem], **given: Any) -> None:
        """Plan each of these."""
        for item in due:
            match item.kind:
                case DueKind.PAIR:
                    self.plan_pair(PairId(item.id), **given)
                case DueKind.PARTICIPANT:
                    self.plan_participant(ParticipantId(item.id), **given)
                case DueKind.PROGRAMME:
                    self.plan_programme(ProgrammeId(item.id), **given)

    def plan_pair(self, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> None:
        """Plan a pair."""
        self._note(key, records, now, new_id)
        pair = records.pair(key)
        if self.every is not None and pair.next_due_at is not None:
            records.save_pair(replace(pair, next_due_at=pair.next_due_at + self.every))

    def plan_participant(self, key: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> None:
        """Plan a participant."""
        self._note(key, records, now, new_id)
        one = records.participant(key)
        records.save_participant(replace(one, state=ParticipantState.ACTIVE, paused_until=None))

    def plan_programme(self, key: ProgrammeId, *, records: Records, now: datetime, new_id: NewId) -> None:
        """Plan a programme."""
        self._note(key, records, now, new_id)
        programme = records.find_programme(key)
        week = timedelta(days=7)
        if programme.next_summary_at <= now:
            programme = replace(programme, next_summary_at=programme.next_summary_at + week)
        records.save_programme(replace(programme, next_round_at=None))

    def _note(self, key: str, records: Records, now: datetime, new_id: NewId) -> None:
        self.noted.append((key, now))
        if key in self.broken:
            raise LookupError(key)
        records.post(a_message(new_id(), to=key, not_before=now))


@dataclass
class FakeMessenger:
    """Notes to whom and when it was told to send."""

    clock: TickingClock
    sent: list[tuple[str, datetime]] = field(default_factory=list)

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send."""
        assert workspace == row.workspace
        self.sent.append((row.to.ref.rsplit(":", 1)[1], self.clock()))
        return Sent()


@dataclass
class Works:
    """All of delivery over a store, with plans that a test can look at."""

    store: Store
    workspace: WorkspaceId
    clock: TickingClock
    wall: Wall
    planning: FakePlanning
    messenger: FakeMessenger
    ticks: Ticks
    desk: LocalDispatcher

    async def advance(self) -> datetime | None:
        """Let all that is due happen; when something is due next."""
        return await self.ticks.advance(self.desk)

    async def ticked(self) -> None:
        """Wait for a tick."""
        for _ in range(250):
            if self.ticks.ticked_at is not None:
                return
            await asyncio.sleep(0.02)
        pytest.fail("no tick came in five seconds")

    async def people(self, *names: str) -> None:
        """Let these take part."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            for name in names:
                records.save_participant(a_participant(name))

        await self.store.run(self.workspace, use)

    async def pair(self, a: str, b: str, due: datetime) -> None:
        """Let two be a pair for which something is due."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # as above
            records.save_pair(a_pair(a, b, next_due_at=due))

        await self.people(a, b)
        await self.store.run(self.workspace, use)


@pytest.fixture
async def works(store: Store, workspace: WorkspaceId, clock: TickingClock) -> AsyncIterator[Works]:
    """Give delivery with nothing to do."""
    planning, messenger, counters, ids = FakePlanning(), FakeMessenger(clock), Counters(), CountedIds()
    wall = Wall()
    dispatcher = LocalDispatcher(store.outbox, Sender(store.outbox, messenger, clock, counters), clock)

    def handle(kind: str, facts: bytes, *, records: Records, now: datetime, new_id: NewId) -> None:
        assert kind
        planning.plan_pair(PairId(facts.decode()), records=records, now=now, new_id=new_id)

    events = InboxWorker(store.inbox, handle, clock, ids, counters)
    mail = (store.inbox, store.outbox)
    ticks = Ticks(store, planning.plan, dispatcher, events, mail, (clock, wall), ids)
    yield Works(store, workspace, clock, wall, planning, messenger, ticks, dispatcher)
    await ticks.stop()


async def test_one_pass_plans_and_sends_what_is_due_and_tells_what_comes_next(works: Works) -> None:
    await works.pair("ada", "ben", MONDAY - 3 * HOUR)
    await works.pair("cleo", "dan", MONDAY + 5 * HOUR)
    assert await works.advance() == MONDAY + HOUR
    assert works.planning.noted == [("ada-ben", MONDAY)] * 4
    assert works.messenger.sent == [("ada-ben", MONDAY)] * 4
    assert await works.advance() == MONDAY + HOUR
    assert len(works.planning.noted) == 4


async def test_stepping_from_moment_to_moment_does_everything_in_its_order(works: Works) -> None:
    await works.pair("ada", "ben", MONDAY)
    await works.pair("cleo", "dan", MONDAY + HOUR / 2)
    moment = await works.advance()
    while moment is not None and moment <= MONDAY + 2 * HOUR:
        works.clock.now = moment
        moment = await works.advance()
    expected = [("ada-ben", 0.0), ("cleo-dan", 0.5), ("ada-ben", 1), ("cleo-dan", 1.5), ("ada-ben", 2)]
    assert works.messenger.sent == [(who, MONDAY + after * HOUR) for who, after in expected]


async def test_pauses_and_programmes_fall_due_as_pairs_do(works: Works) -> None:
    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        paused = replace(a_participant("ada"), state=ParticipantState.PAUSED, paused_until=MONDAY)
        records.save_participant(paused)
        records.save_programme(a_programme(next_summary_at=MONDAY, next_round_at=MONDAY))

    await works.store.run(works.workspace, use)
    assert await works.advance() == MONDAY + timedelta(days=7)
    assert sorted(works.planning.noted) == [("ada", MONDAY), ("programme", MONDAY)]


async def test_an_event_is_handled_and_what_it_brings_is_planned(works: Works) -> None:
    await works.pair("ada", "ben", MONDAY + HOUR)
    await works.store.take(works.workspace, "e1", "kind", b"ada-ben")
    assert await works.advance() == MONDAY + 2 * HOUR
    assert works.messenger.sent == [("ada-ben", MONDAY)]


async def test_a_plan_that_does_not_move_on_is_left_and_holds_nothing_up(works: Works) -> None:
    works.planning.every = None
    await works.pair("ada", "ben", MONDAY)
    await works.store.take(works.workspace, "e1", "kind", b"ada-ben")
    assert await works.ticks.plan() == 0
    assert len(works.planning.noted) == AT_MOST
    assert await works.advance() is None


async def test_a_plan_that_breaks_holds_nothing_up_and_leaves_nothing(works: Works) -> None:
    works.planning.broken = {"ada-ben"}
    await works.pair("ada", "ben", MONDAY)
    await works.pair("cleo", "dan", MONDAY)
    assert await works.ticks.plan() == 1
    await works.advance()
    assert {who for who, _ in works.messenger.sent} == {"cleo-dan"}


async def test_ticks_run_by_themselves(works: Works) -> None:
    await works.pair("ada", "ben", MONDAY)
    works.ticks.start(0.05)
    await works.ticked()
    assert works.planning.noted == [("ada-ben", MONDAY)]


@pytest.mark.parametrize("jump", [timedelta(hours=-5), timedelta(hours=5)])
async def test_a_wall_clock_that_was_set_makes_every_tick_due(
    works: Works, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks_module, "LOOK_SECONDS", 0.02)
    works.ticks.start(10_000)
    await asyncio.sleep(0.1)
    assert works.ticks.ticked_at is None
    works.wall.wrong_by = jump
    await works.ticked()


async def test_what_was_kept_long_enough_is_cleared(works: Works) -> None:
    await works.pair("ada", "ben", MONDAY)
    await works.store.take(works.workspace, "e1", "kind", b"ada-ben")
    await works.advance()
    assert not await works.store.take(works.workspace, "e1", "kind", b"ada-ben")
    works.clock.forward(days=31)
    await works.ticks.clear()
    assert await works.store.outbox.clear(MONDAY + timedelta(days=365)) == 0
    assert await works.store.take(works.workspace, "e1", "kind", b"ada-ben")
