"""What people type, and what the bot says back with the acknowledgement or later."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs

from tests.sandbox.tiny_bot import Served

ADA = "UP00001"


async def test_a_command_arrives_signed_with_slacks_fields(served: Served) -> None:
    seen: list[dict[str, Any]] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        await ack()

    answer = await served.post("say", person="P00001", text="/mentor learn python")
    assert answer["ok"] is True
    assert seen[0]["text"] == "learn python"
    assert seen[0]["user_id"] == ADA
    assert seen[0]["channel_name"] == "directmessage"
    assert set(seen[0]) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command",
        "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip


async def test_a_script_may_read_only_what_is_later_than_a_message(served: Served) -> None:
    for words in ("one", "two"):
        await served.post("say", person=ADA, text=words)
    first, second = (await served.state())["messages"]
    later = (await served.script.get("/sandbox/state", params={"since": first["ts"]})).json()
    assert later["messages"] == [second]
    none = (await served.script.get("/sandbox/state", params={"since": second["ts"], "person": ADA})).json()
    assert none["messages"] == []


async def test_the_words_that_come_with_the_acknowledgement_are_seen_by_the_person_alone(
    served: Served,
) -> None:
    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        await ack(text=f"You said *{command['text']}*")

    answer = await served.post("say", person=ADA, text="/mentor help", channel="mentoring")
    assert [reply["text"] for reply in answer["replies"]] == ["You said help"]
    assert answer["replies"][0]["visible_to"] == [ADA]
    assert (await served.state("UP00002"))["messages"] == []
    assert len((await served.state(ADA))["messages"]) == 1


async def test_what_is_typed_arrives_escaped_with_people_marked(served: Served) -> None:
    seen: list[str] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        seen.append(command["text"])
        await ack()

    await served.post(
        "say", person=ADA, text="/mentor why @Bo Lindgren & <!channel> #general https://x.example"
    )
    general = served.workspace.channels.named("general")
    assert general is not None
    assert seen == [
        f"why <@UP00002|bo.lindgren.p00002> &amp; &lt;!channel&gt; <#{general.id}|general> <https://x.example>"
    ]


async def test_a_bot_that_takes_more_than_three_seconds_is_reported_to_the_person(served: Served) -> None:
    served.bot.slow = 3.3

    @served.app.command("/mentor")
    async def mentor(ack: Any) -> None:
        await ack()

    answer = await served.post("say", person=ADA, text="/mentor help")
    assert [reply["text"] for reply in answer["replies"]] == [
        '/mentor failed with the error "operation_timeout"'
    ]


async def test_a_bot_that_fails_is_reported_to_the_person(served: Served) -> None:
    served.bot.failures = 1
    answer = await served.post("say", person=ADA, text="/mentor help")
    assert [reply["text"] for reply in answer["replies"]] == [
        '/mentor failed with the error "dispatch_failed"'
    ]


async def test_another_slash_command_is_not_the_bots(served: Served) -> None:
    answer = await served.post("say", person=ADA, text="/remind me")
    assert "/remind is not a valid command" in answer["replies"][0]["text"]
    assert served.bot.requests == []


async def test_plain_words_to_the_bot_stay_between_people_without_message_events(served: Served) -> None:
    await served.post("say", person=ADA, text="hello <b> there")
    assert served.bot.requests == []
    assert [message["text"] for message in (await served.state(ADA))["messages"]] == ["hello <b> there"]


async def test_what_the_bot_does_after_the_acknowledgement_is_done_when_the_call_returns(
    served: Served,
) -> None:
    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        async def post() -> None:
            await asyncio.sleep(0.05)
            await served.client.chat_postMessage(
                channel=command["user_id"], text="Hello <@UP00002> &amp; all"
            )

        await ack()
        served.bot.later(post())

    await served.post("say", person=ADA, text="/mentor help")
    messages = (await served.state(ADA))["messages"]
    assert [message["text"] for message in messages] == ["Hello @Bo Lindgren & all"]


async def test_a_response_address_works_five_times(served: Served) -> None:
    urls: list[str] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        await ack()

    await served.post("say", person=ADA, text="/mentor help")
    answers = [await served.script.post(urls[0], json={"text": f"answer {n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].text == "used_url"
    assert [message["text"] for message in (await served.state(ADA))["messages"]] == [
        f"answer {n}" for n in range(5)
    ]


async def test_a_response_address_dies_after_half_an_hour_of_programme_time(served: Served) -> None:
    urls: list[str] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        await ack()

    await served.post("say", person=ADA, text="/mentor help")
    await served.post("clock", days=1)
    answer = await served.script.post(urls[0], json={"text": "late"})
    assert (answer.status_code, answer.text) == (404, "expired_url")


async def test_a_bad_answer_to_a_command_is_reported(served: Served) -> None:
    @served.app.command("/mentor")
    async def mentor(ack: Any) -> None:
        await ack(text="", blocks=[{"type": "banner"}])

    answer = await served.post("say", person=ADA, text="/mentor help")
    assert "invalid_command_response" in answer["replies"][0]["text"]


async def test_wrong_use_says_what_is_wrong(served: Served) -> None:
    for body, status in (
        ({"person": "nobody", "text": "hi"}, 404),
        ({"person": ADA}, 400),
        ({"person": ADA, "text": "  "}, 400),
        ({"person": ADA, "text": "hi", "channel": "nowhere"}, 404),
    ):
        answer = await served.script.post("/sandbox/say", json=body)
        assert answer.status_code == status, answer.text
        assert answer.json()["error"]
    refused = await served.script.post("/sandbox/say", content=json.dumps({"person": ADA}))
    assert refused.status_code == 415


async def test_a_command_is_sent_as_a_form(served: Served) -> None:
    await served.post("say", person=ADA, text="/mentor learn “déjà vu”")
    headers, body = served.bot.requests[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode())["text"] == ["learn “déjà vu”"]
