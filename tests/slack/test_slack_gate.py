"""The gate before Bolt: only what Slack signed is parsed, and nothing else is remembered."""

import json
import logging
import random  # noqa: TID251 - mutations for a test, seeded
from pathlib import Path
from typing import Any

import pytest

from handlers.shared.http import MAX_BODY, shallow
from handlers.slack import gate
from handlers.slack.gate import VERIFIED, Gate
from tests.slack.asgi import FORM, JSON, NOW, SECRET, Answer, Inner, call, signature, signed

HOSTILE = Path(__file__).parent.parent / "data" / "hostile_inputs.json"
COMMAND = b"command=%2Fmentor&text=help&user_id=U1&team_id=T1"


def expand(value: Any) -> Any:
    """The value that an entry of the hostile inputs stands for."""
    if isinstance(value, dict) and set(value) == {"$repeat", "$times"}:
        return value["$repeat"] * value["$times"]
    if isinstance(value, dict) and set(value) == {"$concat"}:
        return "".join(expand(part) for part in value["$concat"])
    return value


def hostile_requests() -> list[Any]:
    """Every AU entry, named by its id."""
    entries = json.loads(HOSTILE.read_text())
    return [pytest.param(entry, id=entry["id"]) for entry in entries if entry["id"].startswith("AU-")]


@pytest.fixture
def inner() -> Inner:
    """What stands behind the gate."""
    return Inner()


@pytest.fixture
def app(inner: Inner) -> Gate:
    """The gate with one secret and a clock that stands."""
    return Gate(inner, (SECRET,), lambda: NOW)


async def attempt(app: Gate, entry: dict[str, Any]) -> Answer:
    """Send what an AU entry describes."""
    where, value = entry["where"], expand(entry["value"])
    headers, body, method = signed(COMMAND), COMMAND, "POST"
    if where.startswith("header."):
        headers[where.removeprefix("header.").lower()] = value
    elif where == "body.raw":
        body = value.encode()
        headers = {"content-type": FORM if value.startswith("command") else JSON}
    elif "Content-Type" in value:
        headers["content-type"] = value.rsplit(" ", 1)[1]
    else:
        method = value.split(" ", 1)[0]
    return await call(app, headers, body, method=method)


def allowed(expected: str) -> set[int]:
    """The statuses a verdict allows; NO-EFFECT lets a request through that Slack signed."""
    if expected.startswith("NO-EFFECT"):
        return {200}
    verdict = expected.split(";", maxsplit=1)[0].replace("/", " ").replace("HTTP-", " ").replace(":", " ")
    return {int(word) for word in verdict.split() if word.isdigit()}


@pytest.mark.parametrize("entry", hostile_requests())
async def test_every_hostile_request_meets_its_verdict(
    entry: dict[str, Any], app: Gate, inner: Inner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = await attempt(app, entry)
    assert answer.status in allowed(entry["expected"])
    assert bool(inner.scopes) == (answer.status == 200)
    assert "evil.example" not in str(answer)
    assert len(caplog.records) <= 1
    assert all(len(record.getMessage()) + len(str(record.__dict__)) < 2000 for record in caplog.records)
    assert all(record.exc_info is None for record in caplog.records)
    assert COMMAND.decode() not in caplog.text


async def test_what_slack_signed_is_handed_on_with_what_it_holds_and_a_key(app: Gate, inner: Inner) -> None:
    answer = await call(app, signed(COMMAND), COMMAND)
    assert answer.status == 200
    verified = inner.scopes[0][VERIFIED]
    assert verified.content == {"command": "/mentor", "text": "help", "user_id": "U1", "team_id": "T1"}
    assert len(verified.key) == 64


async def test_the_same_signed_bytes_have_the_same_key_and_others_another(app: Gate, inner: Inner) -> None:
    for body in (COMMAND, COMMAND, COMMAND + b"&x=1"):
        await call(app, signed(body), body)
    first, again, other = (scope[VERIFIED].key for scope in inner.scopes)
    assert first == again != other


async def test_an_event_is_known_by_its_own_id_however_often_it_is_signed(app: Gate, inner: Inner) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "Ev123", "event": {}}).encode()
    for at in (NOW, NOW - 60):
        await call(app, signed(body, content_type=JSON, at=at), body)
    assert [scope[VERIFIED].key for scope in inner.scopes] == ["Ev123", "Ev123"]


async def test_a_body_in_pieces_is_read_whole(app: Gate, inner: Inner) -> None:
    answer = await call(app, signed(COMMAND), [COMMAND[:5], COMMAND[5:20], COMMAND[20:]])
    assert answer.status == 200
    assert inner.scopes[0][VERIFIED].content["command"] == "/mentor"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
async def test_a_timestamp_inside_five_minutes_passes(seconds: int, app: Gate) -> None:
    assert (await call(app, signed(COMMAND, at=NOW + seconds), COMMAND)).status == 200


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
async def test_a_timestamp_further_off_is_refused(seconds: int, app: Gate, inner: Inner) -> None:
    assert (await call(app, signed(COMMAND, at=NOW + seconds), COMMAND)).status == 401
    assert inner.scopes == []


@pytest.mark.parametrize("stamp", ["", "abc", "1e9", "-1", " 1700000000", "1700000000 ", "1700000000.0"])
async def test_a_timestamp_of_another_form_is_refused_though_it_is_signed(stamp: str, app: Gate) -> None:
    headers = {
        "content-type": FORM,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature(COMMAND, stamp),
    }
    assert (await call(app, headers, COMMAND)).status == 401


async def test_a_signature_in_capitals_or_without_its_version_is_refused(app: Gate) -> None:
    good = signed(COMMAND)
    for odd in (good["x-slack-signature"].upper(), good["x-slack-signature"][3:], ""):
        assert (await call(app, {**good, "x-slack-signature": odd}, COMMAND)).status == 401


async def test_during_rotation_both_secrets_sign_and_a_third_does_not(inner: Inner) -> None:
    app = Gate(inner, ("new", "old"), lambda: NOW)
    statuses = [
        (await call(app, signed(COMMAND, secret=secret), COMMAND)).status for secret in ("new", "old", "x")
    ]
    assert statuses == [200, 200, 401]


async def test_without_a_secret_nothing_passes(inner: Inner) -> None:
    assert (await call(Gate(inner, (), lambda: NOW), signed(COMMAND, secret=""), COMMAND)).status == 401


async def test_a_body_over_the_limit_is_refused_before_it_is_read(app: Gate) -> None:
    headers = {**signed(b""), "content-length": str(MAX_BODY + 1)}
    assert (await call(app, headers, [])).status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 5000, "²"])
async def test_a_length_that_is_no_number_is_refused(length: str, app: Gate) -> None:
    assert (await call(app, {**signed(COMMAND), "content-length": length}, COMMAND)).status == 413


async def test_a_stream_that_lies_about_its_length_is_cut_off(app: Gate, inner: Inner) -> None:
    pieces = [b"x" * 65_536] * 200
    assert (await call(app, {**signed(b""), "content-length": "10"}, pieces)).status == 413
    assert inner.scopes == []


async def test_a_body_of_just_the_limit_passes(app: Gate) -> None:
    body = b"text=" + b"x" * (MAX_BODY - 5)
    assert (await call(app, signed(body), body)).status == 200


async def test_nothing_is_parsed_before_it_is_verified(app: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        pytest.fail("parsed")

    monkeypatch.setattr(gate, "_parsed", refuse)
    for body in (b"[" * 100_000, b"{bad", COMMAND):
        headers = {**signed(body, content_type=JSON), "x-slack-signature": "v0=" + "0" * 64}
        assert (await call(app, headers, body)).status == 401


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON, b"{bad"),
        (JSON, b"[" * 100_000),
        (JSON, b"[]"),
        (JSON, b'"text"'),
        (JSON, b"\xff\xfe"),
        (JSON, b'{"a":' * 40 + b"1" + b"}" * 40),
        (FORM, b"payload=%7Bbad"),
        (FORM, b"payload=" + b"%5B" * 1000),
        (FORM, b"payload=1"),
        (FORM, b"payload=%7B%7D&payload=%5B%5D"),
        (FORM, b"payload=%22text%22"),
        (FORM, b"a=1&" * 200),
    ],
)
async def test_signed_nonsense_is_a_400_and_never_a_500(
    content_type: str, body: bytes, app: Gate, inner: Inner
) -> None:
    assert (await call(app, signed(body, content_type=content_type), body)).status == 400
    assert inner.scopes == []


async def test_a_signed_challenge_is_answered_as_json_and_goes_no_further(app: Gate, inner: Inner) -> None:
    challenge = "<script>alert(1)</script>"
    body = json.dumps({"type": "url_verification", "challenge": challenge}).encode()
    answer = await call(app, signed(body, content_type=JSON), body)
    assert answer.status == 200
    assert json.loads(answer.body) == {"challenge": challenge}
    assert answer.headers["content-type"] == JSON
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert inner.scopes == []


async def test_a_sender_that_hangs_up_leaves_nothing(inner: Inner) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        pytest.fail("answered")

    headers = [(name.encode(), value.encode()) for name, value in signed(b"").items()]
    await Gate(inner, (SECRET,), lambda: NOW)({"method": "POST", "headers": headers}, receive, send)
    assert inner.scopes == []


async def test_ten_thousand_mutations_of_a_signed_request_are_all_refused(app: Gate, inner: Inner) -> None:
    chance = random.Random(7)  # noqa: S311 - mutations for a test, seeded
    good = signed(COMMAND)
    for _ in range(10_000):
        headers, body = dict(good), bytearray(COMMAND)
        part = chance.choice(["body", "x-slack-signature", "x-slack-request-timestamp"])
        if part == "body":
            body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        else:
            place = chance.randrange(len(headers[part]))
            swapped = chr(ord(headers[part][place]) ^ 1 << chance.randrange(6))
            headers[part] = headers[part][:place] + swapped + headers[part][place + 1 :]
        assert (await call(app, headers, bytes(body))).status == 401
    assert inner.scopes == []


def test_nesting_is_counted_to_thirty_two() -> None:
    def nested(depth: int) -> Any:
        value: Any = 1
        for _ in range(depth):
            value = {"a": [1, 2], "b": value}
        return value

    assert shallow(nested(31))
    assert not shallow(nested(33))
