"""Several processes on one PostgreSQL: each message and event is somebody's, once, soon, and whoever dies."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.delivery import jobs as jobs_module
from bot.delivery.counters import Counters
from bot.delivery.distributed import DistributedDispatcher
from bot.delivery.inbox import InboxWorker
from bot.delivery.jobs import Deferrals
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Refused, Sent
from bot.mentoring.ids import WorkspaceId
from bot.ports import Message, NewId, Records
from storage import admission
from storage.admission import Admission
from storage.encryption import Keyring
from storage.store import Store, open_store
from tests.builders import a_message, a_participant
from tests.stores import KEYS, CountedIds


def clock() -> datetime:
    """The real time, since several processes have no other in common."""
    return datetime.now(UTC)  # noqa: TID251 # as above


@dataclass
class Post:
    """Where all messengers of a test deliver."""

    arrived: list[tuple[str, int, datetime]] = field(default_factory=list)
    answers: dict[str, list[Exception]] = field(default_factory=dict)
    slow: float = 0.0

    def by(self, number: int) -> "Carrier":
        """A messenger of one process."""
        return Carrier(self, number)

    @property
    def keys(self) -> list[str]:
        """What arrived, in order."""
        return [key for key, _, _ in self.arrived]


@dataclass
class Carrier:
    """Notes who sent what, and when."""

    post: Post
    number: int

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send, refuse or break, as the test says."""
        assert workspace == row.workspace
        await asyncio.sleep(self.post.slow)
        waiting = self.post.answers.get(row.key)
        if waiting:
            raise waiting.pop(0)
        self.post.arrived.append((row.key, self.number, clock()))
        return Sent(row.key)


@dataclass
class Process:
    """A worker among others."""

    store: Store
    dispatcher: DistributedDispatcher
    counters: Counters
    heard: list[str]


@dataclass
class Works:
    """A database, a store that only posts, as a web process does, and the workers."""

    url: str
    web: Store
    workspace: WorkspaceId
    post: Post
    made: int = 0

    @property
    def plain(self) -> str:
        """The database's address as PostgreSQL's own library reads it."""
        return make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)

    def look(self) -> psycopg.Connection:
        """A connection that sees Procrastinate's tables too."""
        return psycopg.connect(self.plain, options="-c search_path=public,procrastinate")

    def open(self) -> Store:
        """A store of one more process."""
        self.made += 1
        return open_store(self.url, Keyring(KEYS), clock, CountedIds(self.made * 1_000_000))

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Process]:
        """A worker at work."""
        store, counters, heard = self.open(), Counters(), list[str]()

        def handle(kind: str, facts: bytes, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a handler's signature
            assert kind == "joined"
            assert new_id()
            records.save_participant(a_participant(facts.decode()))
            heard.append(facts.decode())

        sender = Sender(store.outbox, self.post.by(self.made), clock, counters)
        events = InboxWorker(store.inbox, handle, clock, CountedIds(), counters)
        around = Admission(store.workshop, Deferrals(), clock).look_around
        dispatcher = DistributedDispatcher(self.plain, store.outbox, sender, events, around, clock)
        running = asyncio.create_task(dispatcher.run())
        try:
            yield Process(store, dispatcher, counters, heard)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await dispatcher.close()
            store.close()

    async def send(self, *messages: Message) -> None:
        """Post in one transaction, as a request in a web process does."""

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            for message in messages:
                records.post(message)

        await self.web.run(self.workspace, use)


@pytest.fixture
async def works(postgres_url: str) -> AsyncIterator[Works]:
    """Give a database with a web process on it and no worker yet."""
    web = open_store(postgres_url, Keyring(KEYS), clock, CountedIds())
    Admission(web.workshop, Deferrals(), clock)
    yield Works(postgres_url, web, await web.workspace("slack", "T1"), Post())
    web.close()


def soon(key: str, to: str = "ada", **more: float) -> Message:
    """A message that is due now, or so much later."""
    return a_message(key, to=to, not_before=clock() + timedelta(**more))


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 # what is waited for happens in a database
            await asyncio.sleep(0.01)


async def test_what_a_web_process_posts_leaves_from_a_worker_within_a_second(works: Works) -> None:
    async with works.worker():
        await works.send(soon("first"))
        await until(lambda: works.post.keys == ["first"])  # by now the worker listens
        posted = clock()
        await works.send(soon("second", to="ben"))
        await until(lambda: len(works.post.keys) == 2)
        assert works.post.arrived[-1][2] - posted < timedelta(seconds=1)


async def test_three_workers_send_everything_once_and_each_destination_in_order(works: Works) -> None:
    works.post.slow = 0.01
    for person in range(20):
        await works.send(*(soon(f"{person}/{number}", to=f"p{person}") for number in range(5)))
    async with works.worker() as one, works.worker() as two, works.worker() as three:
        await until(lambda: len(works.post.keys) >= 100, 60)
        await asyncio.sleep(0.3)
        shares = [process.counters.sent for process in (one, two, three)]
    assert sorted(works.post.keys) == sorted(f"{p}/{n}" for p in range(20) for n in range(5))
    for person in range(20):
        mine = [key for key in works.post.keys if key.startswith(f"{person}/")]
        assert mine == sorted(mine)
    assert sum(shares) == 100
    assert min(shares) > 0


async def test_what_comes_due_later_leaves_at_its_moment(works: Works) -> None:
    async with works.worker():
        later = soon("later", seconds=1)
        await works.send(later)
        await until(lambda: works.post.keys == ["later"])
        lateness = works.post.arrived[0][2] - later.not_before
        assert timedelta(0) <= lateness < timedelta(seconds=3)


async def test_a_refusal_for_now_waits_in_its_row_and_not_in_a_worker(works: Works) -> None:
    works.post.answers["first"] = [Refused("ratelimited", retry_after=1)]
    async with works.worker() as process:
        refused = clock()
        await works.send(soon("first"), soon("second"))
        await until(lambda: len(works.post.keys) == 2)
        assert works.post.keys == ["first", "second"]
        assert works.post.arrived[0][2] - refused >= timedelta(seconds=1)
        assert process.counters.limited == 1


async def test_a_transaction_that_fails_leaves_neither_a_message_nor_a_job(works: Works) -> None:
    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.post(soon("never"))
        raise LookupError

    with pytest.raises(LookupError):
        await works.web.run(works.workspace, use)
    with works.look() as connection:
        assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


async def test_an_event_is_handled_by_whichever_worker_once(works: Works) -> None:
    async with works.worker() as one, works.worker() as two:
        for number in range(20):
            await works.web.take(works.workspace, f"e{number}", "joined", f"p{number}".encode())
        await until(lambda: len(one.heard) + len(two.heard) >= 20)
        await asyncio.sleep(0.2)
        assert sorted([*one.heard, *two.heard]) == sorted(f"p{number}" for number in range(20))


async def test_a_message_that_the_engine_lost_is_let_in_again(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    await works.send(soon("lost"))
    with works.look() as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
    monkeypatch.setattr(admission, "AGAIN_AFTER", timedelta(0))
    async with works.worker():
        await until(lambda: works.post.keys == ["lost"])


async def test_the_job_of_a_worker_that_died_is_taken_over(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    await works.send(soon("orphan"))
    with works.look() as connection:
        dead = connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id"
        ).fetchone()
        assert dead is not None
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", dead)
    monkeypatch.setattr(jobs_module, "FORGOTTEN", 10_000.0)
    async with works.worker() as process:
        await asyncio.sleep(0.5)
        assert works.post.keys == []
        await process.dispatcher.settle()
        await until(lambda: works.post.keys == ["orphan"])


async def test_no_more_than_a_few_hundred_wait_in_the_engine_however_many_are_due(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "AHEAD", 10)
    for start in (0, 10, 20):
        await works.send(*(soon(f"m{n}", to=f"p{n}", seconds=0.2) for n in range(start, start + 10)))
    await asyncio.sleep(0.3)
    store = works.open()
    around = Admission(store.workshop, Deferrals(), clock).look_around
    assert await around()
    assert await around()
    store.close()
    with works.look() as connection:
        assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (10,)
    async with works.worker():
        await until(lambda: len(works.post.keys) == 30)


async def test_who_floods_one_workspace_does_not_hold_up_another(works: Works) -> None:
    works.post.slow = 0.02
    other = await works.web.workspace("slack", "T2")
    await works.send(*(soon(f"flood {number}", to=f"p{number}") for number in range(300)))

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.post(soon("of another"))

    async with works.worker():
        await until(lambda: len(works.post.keys) >= 8)
        before = len(works.post.keys)
        await works.web.run(other, use)
        await until(lambda: "of another" in works.post.keys, 30)
        assert works.post.keys.index("of another") - before < 100
        await until(lambda: len(works.post.keys) == 301, 30)


async def test_work_goes_on_by_itself_after_every_connection_was_cut(works: Works) -> None:
    async with works.worker():
        await works.send(soon("before"))
        await until(lambda: works.post.keys == ["before"])
        await asyncio.sleep(0.5)  # until that is recorded
        with psycopg.connect(works.plain, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await asyncio.sleep(0.3)  # the server cuts them a moment after it was told to
        await works.send(soon("after"))
        await until(lambda: works.post.keys == ["before", "after"], 20)
