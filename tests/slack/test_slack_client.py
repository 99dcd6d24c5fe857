"""The way to Slack: one session, patient where asked, never led elsewhere; and the bounded set of tasks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from aiohttp import ClientConnectionError, web
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.mentoring.people import Standing
from handlers.shared.background import Background
from handlers.shared.incidents import Incidents
from handlers.slack.answers import Answers, ForeignAddressError
from handlers.slack.calls import patiently
from handlers.slack.client import RedirectedError, slack_client, slack_session
from handlers.slack.directory import profile_of
from handlers.slack.edge import SocketMode, socket_key
from sandbox.members import TEAM_ID
from sandbox.workspace import Workspace
from storage.store import Store
from tests.slack.served import serving
from tests.stores import TickingClock


@asynccontextmanager
async def a_server(answer: Any) -> AsyncIterator[str]:
    """A server on loopback that answers every POST and GET with `answer(request)`."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/api/"
    await runner.cleanup()


async def test_an_address_that_leads_elsewhere_is_not_followed() -> None:
    async def elsewhere(request: web.Request) -> web.Response:
        if request.path == "/inside":
            pytest.fail("followed")
        raise web.HTTPFound("/inside")

    async with a_server(elsewhere) as api, slack_session() as session:
        with pytest.raises(RedirectedError):
            await slack_client(session, "xoxb-1", api).auth_test()


async def test_what_is_packed_is_not_unpacked() -> None:
    async def packed(_request: web.Request) -> web.Response:
        return web.Response(body=b"\x1f\x8b" + b"0" * 50, headers={"Content-Encoding": "gzip"})

    async with a_server(packed) as api, slack_session() as session:
        with pytest.raises((SlackApiError, UnicodeDecodeError)):
            await slack_client(session, "xoxb-1", api).auth_test()


async def test_a_cut_off_answer_is_an_error() -> None:
    async def cut(_request: web.Request) -> web.Response:
        return web.Response(text='{"ok": true', content_type="application/json")

    async with a_server(cut) as api, slack_session() as session:
        with pytest.raises(SlackApiError):
            await slack_client(session, "xoxb-1", api).auth_test()


async def test_answers_go_to_slack_or_its_stand_in_and_nowhere_else() -> None:
    async def fine(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async with a_server(fine) as api, slack_session() as session:
        answers = Answers(session, api)
        assert await answers.post(api.replace("/api/", "/response/1"), {"text": "x"}) == (200, 1)
        for foreign in (
            "https://evil.example/hook",
            "http://hooks.slack.com/x",
            "https://hooks.slack.com.evil/x",
        ):
            with pytest.raises(ForeignAddressError):
                await answers.post(foreign, {"text": "x"})


async def test_slack_is_asked_again_after_the_time_it_names_and_not_for_other_reasons() -> None:
    seen: list[str] = []

    async def busy(request: web.Request) -> web.Response:
        seen.append(request.path)
        if request.path.endswith("auth.test") and len(seen) < 2:
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "0"}
            )
        ok = request.path.endswith("auth.test")
        return web.json_response({"ok": ok, "error": "user_not_found"})

    async with a_server(busy) as api, slack_session() as session:
        client = slack_client(session, "xoxb-1", api)
        assert (await patiently(client.auth_test))["ok"]
        assert len(seen) == 2
        with pytest.raises(SlackApiError):
            await patiently(lambda: client.users_info(user="U1"))
        assert len(seen) == 3


async def test_what_may_be_asked_twice_is_asked_again_where_the_connection_breaks() -> None:
    seen: list[str] = []

    async def breaking(request: web.Request) -> web.Response:
        seen.append(request.path)
        if request.path.endswith("users.info") or len(seen) < 2:
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"ok": True})

    async with a_server(breaking) as api, slack_session() as session:
        client = slack_client(session, "xoxb-1", api)
        assert (await patiently(client.auth_test))["ok"]
        assert len(seen) == 2
        with pytest.raises(ClientConnectionError):
            await patiently(lambda: client.users_info(user="U1"))


async def test_an_absurd_wait_is_not_waited_for() -> None:
    async def busy(_request: web.Request) -> web.Response:
        return web.json_response({"ok": False}, status=429, headers={"Retry-After": "86400"})

    async with a_server(busy) as api, slack_session() as session:
        client = slack_client(session, "xoxb-1", api)
        with pytest.raises(SlackApiError):
            await asyncio.wait_for(patiently(client.auth_test), 2)


def a_background(most: int = 10) -> Background:
    """A bounded set of tasks whose incidents are all called "incident00"."""
    return Background(Incidents(lambda: "incident00x"), most)


async def test_what_is_under_way_is_waited_for_when_the_bot_stops() -> None:
    done: list[int] = []

    async def work(number: int) -> None:
        await asyncio.sleep(0.01)
        done.append(number)
        if number == 0:
            background.spawn(work(99))

    background = a_background()
    for number in range(3):
        background.spawn(work(number))
    assert background.busy
    await background.drain()
    assert sorted(done) == [0, 1, 2, 99]
    assert not background.busy


async def test_what_takes_too_long_is_let_go() -> None:
    background = a_background()
    background.spawn(asyncio.sleep(60))
    await background.drain(0.01)
    assert not background.busy


async def test_over_the_bound_work_is_let_go_and_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    background = a_background(most=2)
    for _ in range(3):
        background.spawn(asyncio.sleep(0))
    assert [record.msg for record in caplog.records] == ["background_full"]
    await background.drain()


async def test_what_fails_is_told_to_the_person_by_its_id() -> None:
    told: list[str] = []

    async def fails() -> None:
        raise RuntimeError

    async def sorry(incident: str) -> None:
        told.append(incident)
        raise RuntimeError

    background = a_background()
    background.spawn(fails(), sorry)
    await background.drain()
    assert told == ["incident00"]


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"deleted": True, "is_bot": True}, Standing.CLOSED),
        ({"is_bot": True}, Standing.BOT),
        ({"id": "USLACKBOT"}, Standing.BOT),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T2OTHER00"}, Standing.EXTERNAL),
        ({"is_stranger": True, "is_restricted": True}, Standing.EXTERNAL),
    ],
)
def test_an_account_stands_as_slack_says(more: dict[str, Any], standing: Standing) -> None:
    profile = profile_of({"id": "U1", "team_id": "T1", **more}, "T1")
    assert profile.standing is standing


def test_a_profile_has_the_shown_name_cleaned_and_a_zone_that_exists() -> None:
    user = {"id": "U1", "tz": "Mars/Olympus", "real_name": "A\u202eB" + "x" * 200, "is_owner": True}
    profile = profile_of({**user, "profile": {"display_name": ""}}, "T1")
    assert profile.address == "slack:T1:U1"
    assert profile.name.startswith("ABxx")
    assert len(profile.name) == 80
    assert (profile.zone, profile.admin) == ("UTC", True)


def test_over_a_socket_the_same_request_has_the_same_key() -> None:
    pressed = {"type": "block_actions", "trigger_id": "1"}
    assert socket_key(pressed) == socket_key(dict(pressed)) != socket_key({**pressed, "trigger_id": "2"})
    assert socket_key({"type": "event_callback", "event_id": "Ev1"}) == "Ev1"


@dataclass
class Wire:
    """What stands in for a Socket Mode connection: it keeps what is sent back."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    logger: logging.Logger = field(default_factory=lambda: logging.getLogger("slack_bolt.wire"))

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        """Keep an answer."""
        self.sent.append(response.to_dict())


async def test_over_a_socket_the_same_listeners_hear_the_same_requests(
    store: Store, clock: TickingClock
) -> None:
    command = {"command": "/mentor", "text": "help", "user_id": "U1", "team_id": TEAM_ID, "trigger_id": "1"}
    request = SocketModeRequest(type="slash_commands", envelope_id="e1", payload=command)
    async with serving(store, clock, Workspace((), start=clock.now)) as town:
        socket, wire = SocketMode(town.edge.bolt, "xapp-1", town.edge.failures, town.edge.client), Wire()
        for _ in range(2):
            await socket.handle(cast("Any", wire), request)
        await socket.client.close()  # type: ignore[no-untyped-call] # the SDK's
    first, again = wire.sent
    assert first["envelope_id"] == "e1"
    assert "/mentor" in first["payload"]["text"]
    assert first == again
