"""Every call of a script answers wrong use with 4xx and words, whatever is sent."""

import json
from typing import Any

import httpx
import pytest

from tests.sandbox.joining_bot import Joining
from tests.sandbox.tiny_bot import Served

ADA = "P00001"
OTHERS: dict[str, dict[str, Any]] = {
    "member": {"person": ADA, "deleted": False, "timezone": "UTC", "name": "Ada", "is_admin": False},
    "join-channel": {"person": ADA, "channel": "random"},
    "action": {"person": ADA, "place": "modal", "block_id": "Name", "action_id": "input", "value": "x"},
    "options": {"person": ADA, "place": "modal", "block_id": "Level", "action_id": "input", "query": "x"},
    "view-submit": {"person": ADA, "values": {"Name": {"input": "Ada"}}},
    "home": {"person": ADA},
    "opt-everyone-in": {},
}
CALLS: dict[str, dict[str, Any]] = {
    "say": {"person": ADA, "text": "hello", "channel": "general"},
    "press": {"person": ADA, "message": "home", "button": "Go"},
    "submit": {"person": ADA, "fields": {"Name": "Ada"}},
    "fill": {"person": ADA, "fields": {"Name": "Ada"}},
    "cancel": {"person": ADA},
    "clock": {"days": 1},
    "fault": {"method": "chat.postMessage", "error": "fatal_error", "times": 1},
}
NEEDED = [
    (call, key)
    for call, body in CALLS.items()
    for key in body
    if (call, key) not in {("say", "channel"), ("fault", "times")}
]
WRONG: list[Any] = [7, -1, 0.5, True, [], ["x"], {"a": 1}, "", "x" * 100_000, "\x00", "\u202e\u0301" * 50]


@pytest.fixture
async def joining(served: Served) -> Served:
    """Ada has the form to join open."""
    Joining(served)
    assert (await served.post("say", person=ADA, text="/mentor join"))["form"]
    return served


def refused(answer: httpx.Response, *statuses: int) -> str:
    """The words of a refusal; one line, with one of these statuses or any 4xx."""
    assert answer.status_code in statuses or (not statuses and 400 <= answer.status_code < 500), answer.text
    words = answer.json()["error"]
    assert isinstance(words, str)
    assert words
    assert "\n" not in words
    return words


@pytest.mark.parametrize(("call", "key"), NEEDED)
async def test_a_key_that_is_missing_is_400_and_named(joining: Served, call: str, key: str) -> None:
    body = {name: value for name, value in CALLS[call].items() if name != key}
    answer = await joining.script.post(f"/sandbox/{call}", json=body)
    assert key in refused(answer, 400)


@pytest.mark.parametrize("call", CALLS)
async def test_a_value_of_another_kind_is_refused_with_words(joining: Served, call: str) -> None:
    for key, good in CALLS[call].items():
        for wrong in WRONG:
            if type(wrong) is type(good) or (key, wrong) in (("days", 0.5), ("channel", None)):
                continue
            answer = await joining.script.post(f"/sandbox/{call}", json={**CALLS[call], key: wrong})
            assert refused(answer, 400), (key, wrong)


async def test_nobody_of_that_name_is_404_in_every_call(joining: Served) -> None:
    for call, body in CALLS.items():
        if "person" in body:
            answer = await joining.script.post(f"/sandbox/{call}", json={**body, "person": "nobody"})
            assert "nobody" in refused(answer, 404)
    for path in ("state", "screen"):
        answer = await joining.script.get(f"/sandbox/{path}", params={"person": "x" * 10_000})
        assert len(refused(answer, 404)) < 200
        refused(await joining.script.get(f"/sandbox/{path}", params={"person": ""}), 400)


async def test_a_method_that_slack_does_not_have_is_refused_and_those_known_are_named(
    joining: Served,
) -> None:
    for method in ("chat.postmessage", "chat.PostMessage ", "**", "nothing"):
        answer = await joining.script.post("/sandbox/fault", json={"method": method, "error": "fatal_error"})
        words = refused(answer, 400)
        assert "`method` must be * or" in words
        assert "chat.postMessage" in words
    assert (await joining.post("fault", method="*", error="fatal_error"))["ok"]


@pytest.mark.parametrize(
    "body",
    [
        {"days": "1"},
        {"days": None},
        {"days": [1]},
        {"days": 10**400},
        {"days": -0.001},
        {"days": float("nan")},
        {"days": float("inf")},
        {"to": 1},
        {"to": "9999-12-31T23:59:59-12:00"},
        {"to": "0001-01-01T00:00:00+12:00"},
        {"days": 1, "to": "2026-12-01"},
    ],
    ids=repr,
)
async def test_a_time_that_cannot_be_is_refused_and_the_clock_stands(
    joining: Served, body: dict[str, Any]
) -> None:
    before = list(joining.bot.clocks)
    answer = await joining.script.post(
        "/sandbox/clock", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    refused(answer, 400)
    assert joining.bot.clocks == before


@pytest.mark.parametrize("value", [{"a": 1}, True, [{"a": 1}], [[1]]], ids=repr)
@pytest.mark.parametrize(
    "label", ["Name", "Level", "I want to learn", "Working day starts", "Languages", "My manager"]
)
async def test_a_field_takes_no_value_of_another_kind(joining: Served, label: str, value: Any) -> None:
    answer = await joining.script.post("/sandbox/submit", json={"person": ADA, "fields": {label: value}})
    refused(answer, 400)
    assert (await joining.state(ADA))["forms"]


async def test_a_delay_that_never_ends_is_refused(joining: Served) -> None:
    for delay in ("Infinity", "NaN", "-1", "601", "true"):
        answer = await joining.script.post(
            "/sandbox/fault",
            content=f'{{"method": "*", "delay": {delay}}}',
            headers={"content-type": "application/json"},
        )
        assert "`delay`" in refused(answer, 400)


async def test_half_a_character_and_too_large_a_body_are_refused(joining: Served) -> None:
    kind = {"content-type": "application/json"}
    for call, body in {**CALLS, **OTHERS}.items():
        path = f"/sandbox/{call}"
        half = json.dumps({**body, "more": "\ud800"})
        assert "half a character" in refused(await joining.script.post(path, content=half, headers=kind), 400)
        large = json.dumps({**body, "more": "x" * 300_000})
        refused(await joining.script.post(path, content=large, headers=kind), 413)
        refused(await joining.script.post(path, content=b"[1]", headers=kind), 400)
        refused(await joining.script.get(path), 405)


async def test_what_is_sent_besides_changes_nothing(joining: Served) -> None:
    answer = await joining.script.post(
        "/sandbox/say", json={**CALLS["say"], "more": "x" * 200_000, "deep": [[[[{}]]]]}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("call", [name for name in OTHERS if name != "opt-everyone-in"])
async def test_the_calls_of_the_page_never_break(joining: Served, call: str) -> None:
    for key in OTHERS[call]:
        for wrong in [*WRONG, None]:
            answer = await joining.script.post(f"/sandbox/{call}", json={**OTHERS[call], key: wrong})
            assert answer.status_code < 500, (key, wrong, answer.text)
            if answer.status_code != 200:
                refused(answer)
