"""The HTTP face: health, readiness, and a clock that only the demonstration has."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.web import OK, Moved, Readiness, web_app
from tests.slack.asgi import Inner, call

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def saying(**found: str) -> Readiness:
    """A readiness that finds this."""

    async def readiness() -> dict[str, str]:
        return found

    return readiness


async def moved(moment: datetime) -> Moved:
    """A clock that goes where it is set."""
    return Moved(moment, None)


def client(app: Any, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client that calls the app from an address."""
    transport = httpx.ASGITransport(app, client=(address, 1), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://bot")


async def test_a_process_that_lives_is_healthy_whatever_it_lacks() -> None:
    async with client(web_app(slack=None, readiness=saying(database="does not answer"))) as http:
        assert (await http.get("/healthz")).status_code == 200


async def test_a_bot_is_ready_when_all_it_needs_is_well_and_else_says_what_is_not() -> None:
    async with client(web_app(slack=None, readiness=saying(database=OK, schema=OK))) as http:
        assert (await http.get("/readyz")).status_code == 200
    async with client(web_app(slack=None, readiness=saying(database=OK, schedules="do not run"))) as http:
        answer = await http.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"database": "ok", "schedules": "do not run"}


async def test_without_the_demonstration_there_is_no_clock_to_move() -> None:
    async with client(web_app(slack=None, readiness=saying())) as http:
        assert (await http.post("/_demo/clock", json={"to": NOON.isoformat()})).status_code == 404


async def test_the_demonstrations_clock_goes_where_it_is_set_and_says_what_is_next() -> None:
    async with client(web_app(slack=None, readiness=saying(), move=moved)) as http:
        answer = await http.post("/_demo/clock", json={"to": "2026-11-24T13:00:00+01:00"})
        assert answer.json() == {"clock": NOON.isoformat(), "next_due_at": None}


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"to": 7}', '{"to": "soon"}', '{"to": "2026-11-24"}'])
async def test_a_moment_that_is_none_is_a_clear_400(body: str) -> None:
    async with client(web_app(slack=None, readiness=saying(), move=moved)) as http:
        answer = await http.post("/_demo/clock", content=body)
        assert answer.status_code == 400
        assert "to" in answer.json()["error"]


@pytest.mark.parametrize("claims", [{}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "127.0.0.1"}])
async def test_nobody_elsewhere_moves_the_clock_whatever_they_claim(claims: dict[str, str]) -> None:
    async with client(web_app(slack=None, readiness=saying(), move=moved), "203.0.113.9") as http:
        answer = await http.post("/_demo/clock", json={"to": NOON.isoformat()}, headers=claims)
        assert answer.status_code == 403


async def test_slacks_path_leads_to_the_gate_with_every_method() -> None:
    inner = Inner()
    app = web_app(slack=inner, readiness=saying())
    for method in ("GET", "POST", "DELETE"):
        await call(app, {}, method=method)
    assert [scope["method"] for scope in inner.scopes] == ["GET", "POST", "DELETE"]
