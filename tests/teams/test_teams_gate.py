"""Only what Teams signed for this app and tenant comes in, and a stranger makes for next to no work."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
import pytest

from handlers.shared.http import MAX_BODY
from handlers.teams.gate import Answer, Gate, Verified
from handlers.teams.keys import FRESH, LONGEST, SELDOM, Keys
from handlers.teams.library import library
from handlers.teams.places import places
from tests.slack.asgi import Answer as Got
from tests.slack.asgi import call
from tests.teams.stand_in import APP, TENANT, Microsoft, Person, private_key, public_jwk

ANA = Person(1, "Ana")


@dataclass
class Door:
    """A gate, what reached the other side of it, and a clock for its keys."""

    microsoft: Microsoft
    gate: Gate
    heard: list[Verified]
    clock: list[float] = field(default_factory=lambda: [1000.0])

    async def post(self, token: str | None = "", body: bytes | None = None, **more: Any) -> Got:
        """Send an activity of Ana's with a token, a good one if none is given."""
        held = self.microsoft.token() if token == "" else token
        headers = {"content-type": "application/json"}
        if held is not None:
            headers["authorization"] = f"Bearer {held}"
        said = ANA.activity(self.microsoft.address, id="1", text="help")
        said = {name: value for name, value in (said | more).items() if value is not None}
        return await call(self.gate, headers, json.dumps(said).encode() if body is None else body)

    async def status(self, token: str | None = "", **more: Any) -> int:
        """What an activity is answered with."""
        return (await self.post(token, **more)).status


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    microsoft, heard, clock = Microsoft(), [], [1000.0]

    async def hear(one: Verified) -> Answer:
        heard.append(one)
        return Answer(body={"heard": len(heard)})

    async with httpx.AsyncClient(transport=httpx.ASGITransport(microsoft.app())) as http:
        there = places(TENANT, microsoft.address)
        keys = Keys(http, there.keys, lambda: clock[0])
        yield Door(microsoft, Gate(APP, TENANT, there, keys, library().verified, hear), heard, clock)


def with_algorithm(name: str) -> str:
    """A token that names an algorithm and is signed by none."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"iss": "https://api.botframework.com", "aud": APP, "exp": 9_999_999_999}
    claims["serviceurl"] = Microsoft().address
    return f"{part({'alg': name, 'kid': 'k1'})}.{part(claims)}."


async def test_a_good_request_reaches_the_other_side_with_its_key(door: Door) -> None:
    got = await door.post()
    assert (got.status, json.loads(got.body)) == (200, {"heard": 1})
    assert door.heard[0].activity["text"] == "help"
    await door.post()
    await door.post(id="2")
    one, again, other = (each.key for each in door.heard)
    assert one == again != other


NOW = int(time.time())  # noqa: TID251 # tokens live by the real time
BAD = {
    "TJ-001 none": None,
    "empty": " ",
    "no token": "abc",
    "three dots": "a.b.c",
    "alg none": with_algorithm("none"),
    "alg of a shared secret": jwt.encode(
        {"iss": "https://api.botframework.com", "aud": APP, "exp": NOW + 600}, "k" * 32, headers={"kid": "k1"}
    ),
    "very long": "a" * 9000,
    "TJ-007 not valid yet": {"nbf": NOW + 600},
    "expired": {"exp": NOW - 600},
    "endless": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "another issuer": {"iss": "https://evil.example"},
    "an issuer that looks like Entra": {"iss": "https://login.microsoftonline.com/x/v2.0", "tid": "../evil"},
    "another app": {"aud": "0123abcd-0000-4000-8000-00000000000f"},
    "several apps": {"aud": [APP, "other"]},
    "no app": {"aud": None},
    "another service": {"serviceurl": "https://evil.example"},
    "a service that begins alike": {"serviceurl": "http://connector.test.evil.example"},
    "no service": {"serviceurl": None},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_a_bad_token_is_refused(door: Door, bad: Any) -> None:
    token = door.microsoft.token(**bad) if isinstance(bad, dict) else bad
    assert await door.status(token) == 401
    assert door.heard == []


@pytest.mark.parametrize("odd", ["another key", "an unknown key", "a changed claim", "a cut signature"])
async def test_a_token_that_the_keys_did_not_sign_is_refused(door: Door, odd: str) -> None:
    good = door.microsoft.token()
    head, claims, signature = good.split(".")
    forged = door.microsoft.token(aud=APP, extra="x").split(".")[1]
    tokens = {
        "another key": door.microsoft.token(key=private_key(1)),
        "an unknown key": door.microsoft.token(key=private_key(1), kid="k2"),
        "a changed claim": f"{head}.{forged}.{signature}",
        "a cut signature": f"{head}.{claims}.{signature[:-8]}",
    }
    assert await door.status(tokens[odd]) == 401
    assert door.heard == []


async def test_what_no_key_could_have_signed_fetches_nothing(door: Door) -> None:
    for bad in BAD.values():
        unsigned = not isinstance(bad, dict) or not {"nbf", "exp"} & bad.keys()
        if unsigned:
            await door.post(door.microsoft.token(**bad) if isinstance(bad, dict) else bad)
    assert door.microsoft.key_fetches == 0


async def test_a_stranger_makes_for_one_fetch_a_minute_whatever_keys_they_name(door: Door) -> None:
    for number in range(200):
        assert await door.status(door.microsoft.token(key=private_key(1), kid=f"bogus{number}")) == 401
    assert door.microsoft.key_fetches == 1
    door.clock[0] += SELDOM
    for number in range(200):
        await door.post(door.microsoft.token(key=private_key(1), kid=f"bogus{number}"))
    assert door.microsoft.key_fetches == 2
    assert await door.status() == 200, "and nobody else is held up"


async def test_many_requests_at_once_make_for_one_fetch(door: Door) -> None:
    assert set(await asyncio.gather(*(door.status(id=str(number)) for number in range(20)))) == {200}
    assert door.microsoft.key_fetches == 1


async def test_new_keys_are_heard_of_when_they_are_used(door: Door) -> None:
    assert await door.status() == 200
    door.microsoft.keys = [public_jwk(private_key(2), "k3")]
    door.clock[0] += SELDOM
    assert await door.status(door.microsoft.token(key=private_key(2), kid="k3")) == 200
    assert await door.status() == 401, "a key that was taken away opens nothing"


async def test_without_keys_a_request_is_left_to_be_sent_again(door: Door) -> None:
    door.microsoft.keys = []
    assert await door.status() == 503
    door.microsoft.keys = [public_jwk(private_key())]
    door.clock[0] += SELDOM
    assert await door.status() == 200


async def test_known_keys_outlast_a_key_server_that_is_away_but_not_for_ever(door: Door) -> None:
    assert await door.status() == 200
    door.microsoft.keys = []
    door.clock[0] += FRESH + 1
    assert await door.status() == 200
    door.clock[0] += LONGEST
    assert await door.status() == 503


async def test_a_key_that_speaks_for_other_channels_is_refused(door: Door) -> None:
    door.microsoft.keys = [public_jwk(private_key(), endorsements=["webchat"])]
    assert await door.status() == 403


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"serviceUrl": None}, 401),
        ({"serviceUrl": "https://evil.example"}, 401),
        ({"serviceUrl": 5}, 401),
        ({"channelId": "webchat"}, 403),
        ({"channelId": None}, 403),
        ({"channelData": None, "conversation": {"id": "a:x"}}, 403),
        ({"channelData": {"tenant": {"id": "0123abcd-0000-4000-8000-00000000000c"}}}, 403),
        ({"conversation": {"id": "a:x", "tenantId": "0123abcd-0000-4000-8000-00000000000c"}}, 403),
        ({"channelData": {"tenant": {"id": ["x"]}}}, 403),
    ],
)
async def test_a_signed_request_of_another_place_is_refused(door: Door, more: Any, status: int) -> None:
    assert await door.status(**more) == status
    assert door.heard == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40])
async def test_a_body_that_is_no_activity_is_refused(door: Door, body: bytes) -> None:
    assert (await door.post(body=body)).status == 400
    assert door.heard == []


async def test_a_body_is_not_read_before_its_token_is_good(door: Door) -> None:
    async def receive() -> Any:
        pytest.fail("the body was read")

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"authorization", b"Bearer a.b.c")]
    await door.gate({"type": "http", "method": "POST", "headers": headers}, receive, send)
    assert sent[0]["status"] == 401


async def test_other_methods_kinds_and_sizes_are_refused(door: Door) -> None:
    assert (await call(door.gate, {}, method="GET")).status == 405
    assert (await call(door.gate, {"content-type": "text/plain"})).status == 415
    assert (await door.post(body=b"x" * (MAX_BODY + 1))).status == 413


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://smba.trafficmanager.net/emea/x", True),
        ("https://smba.infra.gcc.teams.microsoft.com/amer", True),
        ("https://europe.botframework.com/", True),
        ("http://smba.trafficmanager.net/emea", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evil.example/smba.trafficmanager.net", False),
        ("https://x@smba.trafficmanager.net/", False),
        ("https://botframework.com.evil.example", False),
        ("https://evilbotframework.com", False),
        ("https://127.0.0.1/", False),
        ("https://smba.trafficmanager.net/../x", False),
        ("", False),
    ],
)
def test_messages_leave_for_microsofts_own_services_alone(address: str, good: bool) -> None:  # noqa: FBT001 # a table of what is good
    assert places(TENANT).serves(address) is good
