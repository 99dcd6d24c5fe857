"""The bot as app.py builds it: nothing gets past the gate, what is posted leaves, and it stops cleanly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from bot import app as app_module
from bot.app import Bot, ProgrammeClock, RandomIds, Role, running, wall_clock
from bot.mentoring.ids import Address, WorkspaceId
from bot.serving import PortTakenError, listening, serve
from bot.settings import SERVING, Settings, read_settings
from handlers.limits import Kind
from handlers.slack.edge import Endpoint
from sandbox.members import OWNER_ID
from sandbox.people import load_roster
from sandbox.running import RunningSandbox
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.story import prepare
from sandbox.workspace import Workspace
from tests.handlers.test_handlers_limits import asked
from tests.loopback import loopback_client
from tests.slack.asgi import SECRET, call, signed

TOKEN = "xoxb-sandbox-1"
PEOPLE = load_roster(Path(__file__).parent.parent / "data" / "people_60.csv")[:2]


def settings_for(database_url: str, web_api: str = "http://127.0.0.1:9/api/", **more: str) -> Settings:
    """Settings of a bot on this database."""
    return read_settings(
        SERVING,
        {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_BASE_URL": web_api,
            "DATABASE_URL": database_url,
            "BOTHWAYS_SECRET_KEYS": Fernet.generate_key().decode(),
            **more,
        },
    )


@asynccontextmanager
async def demonstrated(database_url: str) -> AsyncIterator[tuple[Bot, RunningSandbox, httpx.AsyncClient]]:
    """The bot and the stand-in, with a clock that can be moved, and a script's client."""
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    bound = loopback_socket()
    sandbox = RunningSandbox(
        Workspace(PEOPLE, start=start), bot_address=address_of(bound), signing_secret=SECRET, bot_token=TOKEN
    )
    settings = settings_for(database_url, sandbox.web_api)
    async with (
        running(settings, Role.ALL, ProgrammeClock(start), demonstration=True) as bot,
        LoopbackServer(bot.web, bound),
        sandbox,
        loopback_client(sandbox.address, 60) as script,
    ):
        yield bot, sandbox, script


async def test_the_bot_and_the_stand_in_go_through_a_first_week(database_url: str) -> None:
    async with demonstrated(database_url) as (bot, sandbox, script):
        assert await prepare(sandbox.slack) is None
        moved = await script.post("/sandbox/clock", json={"days": 7})
        assert moved.status_code == 200, moved.text
        state = (await script.get("/sandbox/state")).json()
        channel = next(one["id"] for one in state["channels"] if one["name"] == "mentoring")
        posted = [message for message in state["messages"] if message["channel"] == channel]
        assert len(posted) == 1
        assert bot.counters.sent >= 1
        assert bot.counters.doubts == bot.counters.failed == 0


async def test_what_a_person_pressed_is_answered_in_its_place_by_itself(sqlite_url: str) -> None:
    async with demonstrated(sqlite_url) as (_, sandbox, script):
        told = (await script.post("/sandbox/say", json={"person": OWNER_ID, "text": "/mentor help"})).json()
        message = told["replies"][0]
        pressed = {"person": OWNER_ID, "message": message["ts"], "button": "What is stored"}
        await script.post("/sandbox/press", json=pressed)
        now = sandbox.workspace.messages.find(message["ts"])
        assert now is None or now.text != message["fallback"] or sandbox.workspace.views.top(OWNER_ID)


async def test_only_the_demonstration_does_without_the_bound_on_a_workspace(sqlite_url: str) -> None:
    everybody = [Address(f"slack:T1:U{number}") for number in range(Kind.ACT.value.workspace + 1)]
    for demonstration in (True, False):
        async with running(
            settings_for(sqlite_url), Role.ALL, ProgrammeClock(), demonstration=demonstration
        ) as bot:
            waits = [asked(bot.limits, Kind.ACT, WorkspaceId("w1"), who) for who in everybody]
            assert (waits[-1] == 0) is demonstration
            assert [asked(bot.limits, Kind.ACT, WorkspaceId("w2"), everybody[0]) for _ in range(21)][-1] > 0


async def test_whoever_skips_a_day_has_waited(sqlite_url: str) -> None:
    async with demonstrated(sqlite_url) as (_, _, script):
        asked = {"person": OWNER_ID, "text": "/mentor help"}
        told = [
            (await script.post("/sandbox/say", json=asked)).json()["replies"][0]["text"] for _ in range(21)
        ]
        assert "More to read" in told[19]
        assert told[20].startswith("A lot came in at once, so I have not done this one yet.")
        await script.post("/sandbox/clock", json={"days": 1})
        again = (await script.post("/sandbox/say", json=asked)).json()["replies"]
        assert "More to read" in again[0]["text"]


async def test_no_request_reaches_bolt_without_the_gate(sqlite_url: str) -> None:
    async with running(settings_for(sqlite_url), Role.ALL, ProgrammeClock()) as bot:
        body = b"command=%2Fmentor&text=help&user_id=U1&team_id=T1"
        forged = {**signed(body, at=wall_clock().timestamp()), "x-slack-signature": "v0=" + "0" * 64}
        assert (await call(bot.web, forged, body)).status == 401
        slack = bot.platforms.slack
        assert slack is not None
        with pytest.raises(KeyError):
            await call(Endpoint(slack.bolt, slack.failures), signed(body), body)


async def test_a_bot_that_runs_is_ready_and_one_on_another_schema_is_not(database_url: str) -> None:
    settings = settings_for(database_url)
    async with running(settings, Role.ALL, ProgrammeClock()) as bot:
        ready = await call(bot.web, {}, method="GET", path="/readyz")
        assert (ready.status, b"schedules" in ready.body) == (200, True)
        engine = create_engine(settings.database_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'other'"))
        engine.dispose()
        assert (await call(bot.web, {}, method="GET", path="/readyz")).status == 503
        assert (await call(bot.web, {}, method="GET", path="/healthz")).status == 200


async def test_a_web_process_runs_no_schedules_and_a_worker_hears_nothing(sqlite_url: str) -> None:
    async with running(settings_for(sqlite_url), Role.WEB, ProgrammeClock()) as bot:
        ready = await call(bot.web, {}, method="GET", path="/readyz")
        assert b"schedules" not in ready.body
    async with running(settings_for(sqlite_url), Role.WORKER, ProgrammeClock()) as bot:
        assert (await call(bot.web, {}, method="POST", path="/slack/events")).status == 404


async def test_serve_has_no_route_to_move_its_clock(sqlite_url: str) -> None:
    async with running(settings_for(sqlite_url), Role.ALL, ProgrammeClock()) as bot:
        moved = await call(bot.web, {"content-type": "application/json"}, b"{}", path="/_demo/clock")
        assert moved.status == 404


async def test_serving_ends_when_it_is_told_and_the_port_is_free_again(sqlite_url: str) -> None:
    stop = asyncio.Event()
    with listening("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        async with running(settings_for(sqlite_url), Role.ALL, ProgrammeClock()) as bot:
            serving = asyncio.create_task(serve(bot.web, bound, stop))
            async with loopback_client(f"http://127.0.0.1:{port}", 5) as http:
                while not serving.done():
                    try:
                        assert (await http.get("/healthz")).text == "ok"
                        break
                    except httpx.ConnectError:
                        await asyncio.sleep(0.01)
            with pytest.raises(PortTakenError), listening("127.0.0.1", port):
                pass
            stop.set()
            await asyncio.wait_for(serving, 5)
    with listening("127.0.0.1", port):
        pass


async def test_what_else_stands_in_the_environment_changes_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN"):
        monkeypatch.setenv(name, "xoxb-others")
    async with demonstrated(sqlite_url) as (_, _sandbox, script):
        told = (await script.post("/sandbox/say", json={"person": OWNER_ID, "text": "/mentor help"})).json()
        assert "/mentor" in told["replies"][0]["text"]
    assert [record.name for record in caplog.records if record.levelname == "WARNING"] == []


def test_the_programmes_clock_is_set_forward_and_never_back() -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    clock = ProgrammeClock(start)
    assert timedelta(0) <= clock() - start < timedelta(seconds=5)
    clock.move_to(start + timedelta(days=3))
    clock.move_to(start)
    assert timedelta(days=3) <= clock() - start < timedelta(days=3, seconds=5)
    assert abs(ProgrammeClock()() - wall_clock()) < timedelta(seconds=1)


def test_a_clock_that_follows_goes_on_alone_whatever_the_machines_own_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moment = wall_clock()
    clock = ProgrammeClock()
    clock.follow(moment)
    monkeypatch.setattr(app_module, "wall_clock", lambda: moment + timedelta(hours=5))
    assert timedelta(0) <= clock() - moment < timedelta(seconds=5)
    monkeypatch.setattr(app_module, "wall_clock", lambda: moment - timedelta(hours=5))
    assert timedelta(0) <= clock() - moment < timedelta(seconds=5)
    clock.follow(moment + timedelta(minutes=1))
    assert timedelta(minutes=1) <= clock() - moment < timedelta(minutes=1, seconds=5)


async def test_the_databases_clock_is_asked_in_utc(database_url: str) -> None:
    async with running(settings_for(database_url), Role.WEB, ProgrammeClock()) as bot:
        now = await bot.store.time()
        assert now.tzinfo is not None
        assert abs(now - wall_clock()) < timedelta(seconds=10)


def test_ids_are_long_and_never_the_same_and_draws_keep_their_range() -> None:
    new_id = RandomIds()
    assert len({new_id() for _ in range(1000)}) == 1000
    assert len(new_id()) == 32
    assert {new_id.draw(1, 3) for _ in range(200)} == {1, 2, 3}
