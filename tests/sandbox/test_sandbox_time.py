"""The clock, what is due on its way, and events tried again."""

from datetime import timedelta
from typing import Any

from tests.sandbox.conftest import MONDAY
from tests.sandbox.tiny_bot import Served

ADA = "UP00001"


def failing_home(served: Served, times: int) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    served.bot.failures = times

    @served.app.event("app_home_opened")
    async def on_home(body: dict[str, Any]) -> None:
        seen.append(body)

    return seen


async def test_the_clock_starts_where_it_was_told_and_moves_forward_only(served: Served) -> None:
    state = await served.state()
    assert state["clock"].startswith("2026-11-02T09:00:0")
    moved = await served.post("clock", days=2.5)
    assert moved["clock"].startswith("2026-11-04T21:00:0")
    await served.post("clock", to="2026-11-05T00:00:00+00:00")
    for body in (
        {"to": "2026-11-01T00:00:00Z"},
        {"days": -1},
        {},
        {"days": 1, "to": "x"},
        {"to": "soon"},
        {"days": "x"},
        {"days": True},
        {"days": 400},
        {"to": "9999-12-31T23:00:00Z"},
    ):
        answer = await served.script.post("/sandbox/clock", json=body)
        assert answer.status_code == 400, body
        assert answer.json()["error"]


async def test_the_clock_stops_wherever_something_is_due(served: Served) -> None:
    served.bot.dues = [MONDAY + timedelta(days=1), MONDAY + timedelta(days=3), MONDAY + timedelta(days=9)]
    await served.post("clock", days=7)
    days = [(clock - MONDAY).total_seconds() / 86400 for clock in served.bot.clocks]
    assert [round(day, 2) for day in days] == [0, 1, 3, 7]
    assert served.bot.clocks == sorted(served.bot.clocks)


async def test_what_is_due_within_seconds_of_an_act_is_waited_for(served: Served) -> None:
    @served.app.command("/mentor")
    async def mentor(ack: Any) -> None:
        served.bot.dues = [MONDAY + timedelta(seconds=3), MONDAY + timedelta(minutes=3)]
        await ack()

    await served.post("say", person=ADA, text="/mentor help")
    assert [round((clock - MONDAY).total_seconds()) for clock in served.bot.clocks] == [0, 3]


async def test_something_that_stays_due_does_not_hold_the_clock(served: Served) -> None:
    class Stuck(list[Any]):
        def __iter__(self) -> Any:
            clock = served.bot.clock
            return iter([] if clock is None else [clock + timedelta(microseconds=1)])

    served.bot.dues = Stuck()
    answer = await served.post("clock", days=1 / 24)
    assert answer["ok"] is True
    assert len(served.bot.clocks) < 60


async def test_messages_carry_programme_time_and_growing_stamps(served: Served) -> None:
    await served.post("clock", days=10)
    stamps = [(await served.client.chat_postMessage(channel="mentoring", text="x"))["ts"] for _ in range(3)]
    messages = (await served.state())["messages"]
    assert [message["ts"] for message in messages] == stamps == sorted(set(stamps))
    assert messages[0]["at"].startswith("2026-11-12T09:00")


async def test_an_event_that_fails_is_tried_again_at_once_then_after_one_and_five_minutes(
    served: Served,
) -> None:
    seen = failing_home(served, 3)
    await served.post("home", person=ADA)
    assert seen == []
    assert len(served.bot.requests) == 2
    await served.post("clock", days=59 / 86400)
    assert len(served.bot.requests) == 2
    await served.post("clock", days=2 / 86400)
    assert len(served.bot.requests) == 3
    await served.post("clock", days=301 / 86400)
    numbers = [headers.get("x-slack-retry-num") for headers, _ in served.bot.requests]
    assert numbers == [None, "1", "2", "3"]
    assert served.bot.requests[1][0]["x-slack-retry-reason"] == "http_error"
    assert len(seen) == 1
    assert seen[0]["event_id"].startswith("Ev")


async def test_an_event_is_given_up_after_three_further_tries(served: Served) -> None:
    failing_home(served, 99)
    await served.post("home", person=ADA)
    await served.post("clock", days=1)
    assert len(served.bot.requests) == 4


async def test_only_events_that_the_manifest_subscribes_to_are_sent(served: Served) -> None:
    seen: list[bool] = []

    @served.app.event("user_change")
    async def changed(event: dict[str, Any]) -> None:
        seen.append(event["user"]["deleted"])

    await served.post("member", person=ADA, deleted=True)
    assert seen == [True]
    refused = await served.script.post("/sandbox/say", json={"person": ADA, "text": "still here"})
    assert refused.status_code == 403
    served.workspace.manifest = type(served.workspace.manifest)(events=())
    await served.post("member", person="UP00002", timezone="Asia/Tokyo")
    assert seen == [True]


async def test_after_uninstalling_the_token_is_dead(served: Served) -> None:
    seen: list[str] = []

    @served.app.event("app_uninstalled")
    async def gone(event: dict[str, Any]) -> None:
        seen.append(event["type"])

    @served.app.event("tokens_revoked")
    async def revoked(event: dict[str, Any]) -> None:
        seen.append(event["type"])

    await served.post("uninstall")
    assert seen == ["tokens_revoked", "app_uninstalled"]
    answer = await served.script.post("/api/auth.test", headers={"Authorization": "Bearer xoxb-sandbox-1"})
    assert answer.json()["error"] == "account_inactive"
