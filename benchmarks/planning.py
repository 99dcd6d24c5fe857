"""What waiting pairs cost: an idle tick, a burst of planning, and half a year of a whole programme."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import Connection, insert, select, update

from bot.app import RandomIds, matching_engine
from bot.catalogue import load_discovery, load_journey, load_topics
from bot.delivery.counters import Counters
from bot.delivery.inbox import InboxWorker
from bot.delivery.ticks import Ticks
from bot.matching import Matcher
from bot.mentoring.ids import Address, PairId, ParticipantId, WorkspaceId
from bot.mentoring.pair import PairState
from bot.ports import NewId, Records
from bot.use_cases.planning import plan
from handlers.caller import House
from storage.encryption import Keyring
from storage.mail_tables import OutboxRow, Sending
from storage.migrate import upgrade
from storage.store import Store, open_store
from storage.tables import PairRow, ParticipantRow
from tests.builders import MONDAY, a_pair, a_participant, a_programme

PAIR, PERSON, OUTBOX = PairRow.__table__, ParticipantRow.__table__, OutboxRow.__table__
DUE = 200
LOOKS = 25
CHUNK = 5_000
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
HALF_A_YEAR = timedelta(days=182)
FAR = timedelta(days=3_650)


@dataclass
class Clock:
    """The programme's clock, which only the benchmark moves."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.now


class Nobody:
    """In the place of a dispatcher: sends are cut off."""

    async def run(self) -> None:
        """Send nothing."""

    def wake(self) -> None:
        """Wake nobody."""

    async def settle(self) -> None:
        """Settle nothing."""

    async def start(self) -> None:
        """Take up nothing."""

    async def clear(self) -> None:
        """Remove nothing."""

    async def clock_went_back(self) -> None:
        """Have no limits to move."""

    async def close(self) -> None:
        """Wait for nothing."""


@dataclass
class Planner:
    """The bot's own planning over a store, with its clock in our hands."""

    store: Store
    clock: Clock
    ticks: Ticks
    workspace: WorkspaceId

    async def idle(self) -> float:
        """Milliseconds that a tick takes when nothing is due, the looks at outbox and inbox included."""
        before = time.perf_counter()
        for _ in range(LOOKS):
            await self.ticks.plan()
            await self.store.outbox.claim(self.clock(), 8)
            await self.store.outbox.next_at(self.clock())
            await self.store.inbox.waiting(self.clock(), 50)
            await self.store.inbox.next_at(self.clock())
        return 1000 * (time.perf_counter() - before) / LOOKS

    async def burst(self, after: int = 0) -> float:
        """Milliseconds that planning takes when 200 pairs, the first `after` so many, are due at once."""
        ours = select(PAIR.c.id).where(PAIR.c.workspace_id == self.workspace).order_by(PAIR.c.id)
        first = ours.offset(after).limit(DUE)

        def fall_due(connection: Connection) -> None:
            keys = list(connection.scalars(first))
            mine = (PAIR.c.workspace_id == self.workspace, PAIR.c.id.in_(keys))
            connection.execute(update(PAIR).where(*mine).values(next_due_at=self.clock()))

        await self._directly(fall_due)
        before = time.perf_counter()
        count = await self.ticks.plan()
        spent = 1000 * (time.perf_counter() - before)
        if count != DUE:
            raise RuntimeError(f"{count} pairs were planned")
        return spent

    async def fill(self, pairs: int, introduced: datetime, next_due: datetime) -> None:
        """Put in so many active pairs of two people each, in one go."""
        await self.store.run(self.workspace, _examples)

        def work(connection: Connection) -> None:
            _multiply(connection, pairs, introduced, next_due)

        await self._directly(work)

    async def forget_mail(self) -> int:
        """Let everything that waits have been sent, as it would have been; how many messages that was."""
        sent = update(OUTBOX).where(OUTBOX.c.state == Sending.PENDING, OUTBOX.c.not_before <= self.clock())
        values = {"state": Sending.SENT, "ended_at": self.clock(), "prompt": None}

        def work(connection: Connection) -> int:
            return connection.execute(sent.values(values)).rowcount

        found: int = await self._directly(work)
        return found

    async def _directly(self, work: Callable[[Connection], Any]) -> Any:  # noqa: ANN401 # what `work` gives
        return await self.store.workshop.run(
            lambda session: work(session.connection(execution_options={"across_workspaces": "a benchmark"}))
        )


def _examples(*, records: Records, now: datetime, new_id: NewId) -> None:
    """One pair as the records write it; all others are its copies."""
    del new_id
    records.save_programme(a_programme(next_summary_at=now + FAR, next_round_at=now + FAR))
    records.save_participant(a_participant("ada", teach="Python", learn="Negotiation"))
    records.save_participant(a_participant("ben", teach="Negotiation", learn="Python", level=5))
    records.save_pair(
        replace(a_pair(), state=PairState.ACTIVE, introduced_at=now, expires_at=None, round=None)
    )


def _multiply(connection: Connection, pairs: int, introduced: datetime, next_due: datetime) -> None:
    people = {row["id"]: dict(row) for row in connection.execute(select(PERSON)).mappings()}
    pair = dict(connection.execute(select(PAIR)).mappings().one())
    connection.execute(PAIR.delete().where(PAIR.c.workspace_id == pair["workspace_id"]))
    for first in range(0, pairs, CHUNK):
        numbers = range(first, min(first + CHUNK, pairs))
        connection.execute(insert(PERSON), [_person(people["ada"], "a", one) for one in numbers])
        connection.execute(insert(PERSON), [_person(people["ben"], "b", one) for one in numbers])
        connection.execute(insert(PAIR), [_pair(pair, one, introduced, next_due) for one in numbers])


def _person(example: dict[str, Any], side: str, number: int) -> dict[str, Any]:
    key = f"{side}{number:07d}"
    hours = replace(example["hours"], zone=ZONES[number % len(ZONES)])
    return {**example, "id": ParticipantId(key), "address": Address(f"slack:T1:{key}"), "hours": hours}


def _pair(example: dict[str, Any], number: int, introduced: datetime, next_due: datetime) -> dict[str, Any]:
    a, b = ParticipantId(f"a{number:07d}"), ParticipantId(f"b{number:07d}")
    exchanges = tuple(
        replace(one, learner=a if one.learner == "ada" else b, teacher=b if one.learner == "ada" else a)
        for one in example["exchanges"]
    )
    return {
        **example,
        "id": PairId(f"p{number:07d}"),
        "a": a,
        "b": b,
        "exchanges": exchanges,
        "introduced_at": introduced,
        "next_due_at": next_due,
    }


@asynccontextmanager
async def planner(url: str) -> AsyncIterator[Planner]:
    """A planner over an empty database."""
    await asyncio.to_thread(upgrade, url)
    clock, new_id = Clock(), RandomIds()
    store = open_store(url, Keyring((Fernet.generate_key().decode(),)), clock, new_id)
    house = House(load_journey(), Matcher(load_topics(), matching_engine()), load_discovery())
    events = InboxWorker(store.inbox, lambda *_, **__: None, clock, new_id, Counters())
    planning = partial(plan, journey=house.journey, matcher=house.matcher)
    ticks = Ticks(store, planning, Nobody(), events, (store.inbox, store.outbox), (clock, clock), new_id)
    yield Planner(store, clock, ticks, await store.workspace("slack", "T1"))
    store.close()


async def half_a_year(url: str, pairs: int) -> tuple[float, int, int]:
    """Play 182 days; the seconds it took, how many things were planned, and how many messages came of it."""
    async with planner(url) as made:
        await made.fill(pairs, MONDAY, MONDAY)
        end, planned_, said = MONDAY + HALF_A_YEAR, 0, 0
        before = time.perf_counter()
        while made.clock() <= end:
            planned_ += await made.ticks.plan()
            said += await made.forget_mail()
            moment = await made.store.next_due(made.clock())
            if moment is None:
                break
            made.clock.now = moment
        return time.perf_counter() - before, planned_, said
