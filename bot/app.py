"""Builds the bot: alone knows all parts, and alone reads the clock, randomness and settings."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy.engine import make_url
from starlette.applications import Starlette

from bot.catalogue import load_discovery, load_journey, load_topics
from bot.delivery.counters import Counters
from bot.delivery.dispatcher import Dispatcher, LocalDispatcher
from bot.delivery.distributed import DistributedDispatcher
from bot.delivery.inbox import InboxWorker
from bot.delivery.jobs import Deferrals
from bot.delivery.sending import Sender
from bot.delivery.ticks import Desk, Ticks
from bot.failpoints import armed, parse
from bot.feed import feed_route
from bot.logs import Log
from bot.mail import Outgoing
from bot.matching import Matcher
from bot.matching.engines.plain import PlainEngine
from bot.matching.problem import Engine
from bot.mentoring.ids import Address
from bot.mentoring.prompts import ConcernWaiting
from bot.metrics import Snapshot, metrics_route
from bot.platforms import Platforms, Shared, open_platforms, pace_of
from bot.ports import NewId, Records
from bot.public_holidays import holidays_version
from bot.settings import Settings
from bot.use_cases.passing_on import miss_message
from bot.use_cases.planning import plan
from bot.use_cases.timing import keep_time
from bot.web import OK, Moved, web_app
from bot.zones import zones_version
from handlers.caller import House
from handlers.events import handle
from handlers.limits import WINDOW, Limits
from handlers.slack.build import SlackEdge
from handlers.slack.edge import SocketMode
from storage.admission import Admission
from storage.encryption import Keyring
from storage.migrate import is_current
from storage.store import Store, open_store

LAST_CALLS = 10.0
"""Seconds that shutting down waits for calls under way."""
ANSWER_WITHIN = 4.0
"""Seconds the database may take before the bot is not ready."""
TICKS_MISSED = 3
FOLLOW_SECONDS = 20
"""Between looks at the database's clock; the monotonic one drifts by milliseconds in that time."""

log = Log("app")


class Role(StrEnum):
    """What a process does."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"

    @property
    def answers(self) -> bool:
        """Whether it answers the platform's requests."""
        return self is not Role.WORKER

    @property
    def works(self) -> bool:
        """Whether it runs schedules and delivery."""
        return self is not Role.WEB


def wall_clock() -> datetime:
    """The real time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - here and nowhere else


def wall_seconds() -> float:
    """The real time in seconds since the epoch, for signatures."""
    return time.time()  # noqa: TID251 - here and nowhere else


def steady_seconds() -> float:
    """Seconds that only go forward, however the real time is set."""
    return time.monotonic()


class ProgrammeClock:
    """The programme's clock: real time, which the demonstration sets forward.

    Where several processes share a database its clock is everybody's, carried on by the monotonic one, so
    that a machine whose own clock is wrong, or is set, plans and sends nothing early or twice.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0) if start is None else start - wall_clock()
        self._followed: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        """The programme's time, aware, in UTC."""
        if self._followed is None:
            return wall_clock() + self._ahead
        moment, since = self._followed
        return moment + timedelta(seconds=steady_seconds() - since) + self._ahead

    def follow(self, moment: datetime) -> None:
        """Go on from here by the monotonic clock: it is `moment` now."""
        self._followed = (moment, steady_seconds())

    def move_to(self, moment: datetime) -> None:
        """Set it forward; a moment that lies behind changes nothing."""
        self._ahead += max(timedelta(0), moment - self())


def matching_engine() -> Engine:
    """The engine that matching uses here: the fast one where its extra is installed, else the plain one."""
    if any(find_spec(name) is None for name in ("ortools", "rustworkx")):
        return PlainEngine()
    return import_module("bot.matching.engines.fast").FastEngine()  # type: ignore[no-any-return] # by name


class RandomIds:
    """Ids nobody can guess, and draws, from the system's own randomness."""

    def __call__(self) -> str:
        """A new id of 128 random bits, as 32 hexadecimal digits."""
        return secrets.token_hex(16)

    def draw(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + secrets.randbelow(high - low + 1)


@dataclass(frozen=True)
class Bot:
    """A bot that runs: its HTTP face, and the parts that tests and the demonstration look at."""

    web: Starlette
    store: Store
    platforms: Platforms
    counters: Counters
    limits: Limits


@asynccontextmanager
async def running(
    settings: Settings, role: Role, clock: ProgrammeClock, *, demonstration: bool = False
) -> AsyncIterator[Bot]:
    """A bot at work until the block ends; then it finishes what it began, and lets go of everything.

    `settings` hold all that serving needs, and the database is migrated. With `demonstration` the route
    that moves the programme's clock exists, and what a whole workspace may ask within a minute has no bound.
    """
    new_id, keyring = RandomIds(), Keyring(settings.secret_keys)
    limits = Limits(wall_seconds, per_workspace=not demonstration)
    matcher = Matcher(load_topics(), matching_engine())
    house = House(load_journey(), matcher, load_discovery(), settings.support, settings.public_url)
    async with AsyncExitStack() as stack:
        stack.enter_context(armed(parse(settings.failpoints)))
        pace = pace_of(settings.messages_per_second, on_slack=settings.on_slack)
        store = open_store(settings.database_url, keyring, clock, new_id, pace)
        stack.callback(store.close)
        shared = Shared(store, house, keyring, new_id, limits, wall_seconds, steady_seconds)
        platforms = await open_platforms(stack, settings, shared)
        counters = Counters()
        alone = settings.on_sqlite or demonstration  # a clock that is moved is one process's own
        clocked = (clock, new_id, counters)
        delivery = _delivery(store, platforms, house, settings, clocked, alone=alone)
        if not alone:
            await stack.enter_async_context(_following(clock, store))
        if role.works:
            await store.keep_time(f"{zones_version()}, {holidays_version()}", keep_time)
            await stack.enter_async_context(_working(delivery, settings))
        stack.push_async_callback(platforms.drain, LAST_CALLS)
        if role.answers and platforms.slack is not None and settings.slack_app_token is not None:
            token = settings.slack_app_token.get_secret_value()
            await stack.enter_async_context(_connected(platforms.slack, token))
        desk = delivery.desk if demonstration else None

        async def look() -> Snapshot:
            return await _snapshot(store, counters, delivery.ticks if role.works else None)

        web = web_app(
            slack=platforms.slack.gate if role.answers and platforms.slack is not None else None,
            teams=platforms.teams.gate if role.answers and platforms.teams is not None else None,
            readiness=lambda: _readiness(store, delivery.ticks if role.works else None, settings),
            move=None if desk is None else _move(clock, platforms, delivery.ticks, desk, limits),
            more=(
                metrics_route(look, settings.metrics_token.get_secret_value()),
                *((feed_route(store, wall_seconds),) if role.answers else ()),
            ),
        )
        yield Bot(web, store, platforms, counters, limits)


@dataclass(frozen=True)
class _Delivery:
    """What brings messages and events on their way."""

    ticks: Ticks
    dispatcher: Dispatcher
    events: InboxWorker
    desk: Desk | None
    """Where all mail leaves from; None where other processes send too."""


def _delivery(
    store: Store,
    platforms: Platforms,
    house: House,
    settings: Settings,
    clocked: tuple[ProgrammeClock, NewId, Counters],
    *,
    alone: bool,
) -> _Delivery:
    """Delivery by one process `alone` on its store, or by several on a PostgreSQL."""
    clock, new_id, counters = clocked
    sender = Sender(store.outbox, platforms.messenger, clock, counters, missed=partial(_missed, store))
    events = InboxWorker(store.inbox, _heard, clock, new_id, counters)
    dispatcher: Dispatcher
    desk = None
    if alone:
        dispatcher = desk = LocalDispatcher(store.outbox, sender, clock)
        store.on_outbox.append(dispatcher.wake)
        store.on_inbox.append(events.wake)
    else:
        admission = Admission(store.workshop, Deferrals(), clock, store.pace)
        around, database = admission.look_around, _plain_address(settings)
        dispatcher = DistributedDispatcher(database, store.outbox, sender, events, around, clock)
    planning = partial(plan, journey=house.journey, matcher=house.matcher)
    mail = (store.inbox, store.outbox)
    ticks = Ticks(store, planning, dispatcher, events, mail, (clock, wall_clock), new_id)
    return _Delivery(ticks, dispatcher, events, desk)


def _plain_address(settings: Settings) -> str:
    """The database's address as PostgreSQL's own library reads it."""
    return make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)


async def _missed(store: Store, row: Outgoing) -> None:
    """Let the reporter of a concern hear that the message of it will never reach its contact."""
    if isinstance(row.prompt, ConcernWaiting):
        await store.run(row.workspace, miss_message, row.prompt.concern, Address(row.to.ref))


def _heard(kind: str, facts: bytes, *, records: Records, now: datetime, new_id: NewId) -> None:
    handle(kind, json.loads(facts), records=records, now=now, new_id=new_id)


@asynccontextmanager
async def _working(delivery: _Delivery, settings: Settings) -> AsyncIterator[None]:
    """Schedules and delivery, until the block ends; what is on its way then is waited for."""
    await delivery.dispatcher.start()
    tasks = [asyncio.create_task(worker.run()) for worker in (delivery.dispatcher, delivery.events)]
    delivery.ticks.start(settings.tick_seconds)
    try:
        yield
    finally:
        await delivery.ticks.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await delivery.dispatcher.close()


@asynccontextmanager
async def _following(clock: ProgrammeClock, store: Store) -> AsyncIterator[None]:
    """The database's clock is the programme's, looked at now and then until the block ends."""
    clock.follow(await store.time())

    async def follow() -> None:
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            try:
                clock.follow(await store.time())
            except Exception:  # noqa: BLE001 - a database away is told of by whoever needs it
                log.info("clock_goes_on_alone")

    following = asyncio.create_task(follow())
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


@asynccontextmanager
async def _connected(edge: SlackEdge, token: str) -> AsyncIterator[None]:
    """A Socket Mode connection until the block ends."""
    socket = SocketMode(edge.bolt, token, edge.failures, edge.client)
    await socket.connect_async()  # type: ignore[no-untyped-call] # Bolt's
    try:
        yield
    finally:
        await socket.close_async()  # type: ignore[no-untyped-call] # Bolt's


def _move(
    clock: ProgrammeClock,
    platforms: Platforms,
    ticks: Ticks,
    desk: Desk,
    limits: Limits,
) -> Callable[[datetime], Awaitable[Moved]]:
    async def move(moment: datetime) -> Moved:
        if moment - clock() > timedelta(seconds=WINDOW):
            limits.forget()  # whoever skips time has waited
        clock.move_to(moment)
        while True:
            await platforms.drain()
            next_due = await ticks.advance(desk)
            if not platforms.busy:
                return Moved(clock(), next_due)

    return move


async def _snapshot(store: Store, counters: Counters, ticks: Ticks | None) -> Snapshot:
    """The figures of this moment; those of the database are left out where it does not answer."""
    ticked = ticks.ticked_at if ticks is not None else None
    age = None if ticked is None else wall_clock() - ticked
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return Snapshot(counters, await store.mail_state(), age)
    except Exception:  # noqa: BLE001 - that it does not answer is a figure too
        return Snapshot(counters, None, age)


async def _readiness(store: Store, ticks: Ticks | None, settings: Settings) -> dict[str, str]:
    """What this process needs, by name: "ok", or what is wrong with it."""
    found = {"database": OK, "schema": OK}
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            current = await store.workshop.run(lambda session: is_current(session.connection()))
    except Exception:  # noqa: BLE001 - whatever ails the database, the bot is not ready
        return {"database": "does not answer", "schema": "unknown"}
    if not current:
        found["schema"] = "run `bothways migrate`"
    if ticks is not None:
        found["schedules"] = OK if _ticking(ticks, settings.tick_seconds) else "do not run"
    return found


def _ticking(ticks: Ticks, seconds: int) -> bool:
    """Whether planning ran through lately; before its first tick it is given as long."""
    ticked = ticks.ticked_at
    return ticked is None or wall_clock() - ticked < timedelta(seconds=TICKS_MISSED * seconds + ANSWER_WITHIN)
