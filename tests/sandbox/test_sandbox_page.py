"""What the page is served, and who is turned away at the door."""

import asyncio
from typing import Any

import pytest

from sandbox.changes import Changes
from sandbox.screen import changes_of
from tests.sandbox.joining_bot import Joining
from tests.sandbox.tiny_bot import Served

ADA, BO = "UP00001", "UP00002"


async def screen(served: Served, person: str) -> Any:
    return (await served.script.get("/sandbox/screen", params={"person": person})).json()


async def test_the_page_and_its_files_are_served_under_a_strict_policy(served: Served) -> None:
    answer = await served.script.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    script = await served.script.get("/page/main.js")
    assert script.status_code == 200
    for path in ("/page/../app.py", "/page/%2e%2e/app.py", "/static/../../.env"):
        assert (await served.script.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 400),
        ({"host": "127.0.0.1.evil.example:80"}, 400),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"content-type": "text/plain"}, 415),
    ],
)
async def test_other_hosts_other_sites_and_forms_are_turned_away(
    served: Served, headers: dict[str, str], status: int
) -> None:
    sent = {"content-type": "application/json", **headers}
    body = f'{{"person": "{ADA}", "text": "hello"}}'
    answer = await served.script.post("/sandbox/say", content=body, headers=sent)
    assert answer.status_code == status
    assert (await served.state())["messages"] == []


async def test_nonsense_in_a_body_is_refused_politely(served: Served) -> None:
    json = {"content-type": "application/json"}
    for body in (b"{", b"[]", b"[" * 100_000, b"\xff"):
        answer = await served.script.post("/sandbox/say", content=body, headers=json)
        assert answer.status_code == 400
    assert (await served.script.post("/sandbox/say", content=b" " * 300_000, headers=json)).status_code == 413
    assert (await served.script.get("/sandbox/screen", params={"person": "x"})).status_code == 404
    assert (await served.script.get("/sandbox/state", params={"person": "x"})).status_code == 404


async def test_the_screen_shows_what_one_person_sees_with_raw_blocks(served: Served) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Hello*"}}]
    await served.client.chat_postMessage(channel=ADA, text="Hello", blocks=blocks)
    await served.client.chat_postEphemeral(channel="mentoring", user=BO, text="for Bo")
    mine, theirs = await screen(served, ADA), await screen(served, BO)
    assert [message["blocks"][0]["text"]["text"] for message in mine["messages"]] == ["*Hello*"]
    assert mine["messages"][0]["author_name"] == "Mentor"
    assert [(message["text"], message["ephemeral"]) for message in theirs["messages"]] == [("for Bo", True)]
    assert {channel["kind"] for channel in mine["channels"]} == {"channel", "direct"}
    assert (mine["me"], mine["modal"], mine["home"]) == (ADA, None, None)
    assert mine["workspace"]["bot"] == served.workspace.bot_id


async def test_a_form_is_filled_by_block_and_action(served: Served) -> None:
    bot = Joining(served)
    await served.post("say", person=ADA, text="/mentor join")
    modal = (await screen(served, ADA))["modal"]
    assert modal["errors"] == {}
    where = {"person": ADA, "place": "modal", "block_id": "I want to learn", "action_id": "topics"}
    offered = (await served.post("options", **where, query="sq"))["options"]
    assert [option["value"] for option in offered] == ["sql", "sqlite", "sq"]
    values = {
        "Name": {"input": "Ada"},
        "Level": {"input": "3"},
        "I want to learn": {"topics": ["sql"]},
        "My manager": {"input": BO},
        "Being found": {"input": []},
    }
    assert await served.post("view-submit", person=ADA, values=values) == {"ok": True, "errors": {}}
    sent = bot.sent[ADA]
    assert sent["Level"]["selected_option"]["text"]["text"] == "3 · Rung 3"
    assert sent["I want to learn"]["selected_options"] == [offered[0]]
    assert sent["My manager"]["selected_user"] == BO


async def test_errors_of_a_form_come_by_block(served: Served) -> None:
    bot = Joining(served)
    bot.taken = {"Ada"}
    await served.post("say", person=ADA, text="/mentor join")
    answer = await served.post("view-submit", person=ADA, values={"Name": {"input": "Ada"}})
    assert answer == {"ok": False, "errors": {"Name": "That name is taken"}}
    assert (await screen(served, ADA))["modal"]["errors"] == answer["errors"]


async def test_a_value_that_is_not_offered_or_an_element_that_is_gone_is_refused(served: Served) -> None:
    Joining(served)
    await served.post("say", person=ADA, text="/mentor join")
    for values, status in (({"Level": {"input": "99"}}, 400), ({"Gone": {"input": "x"}}, 404), ([], 400)):
        answer = await served.script.post("/sandbox/view-submit", json={"person": ADA, "values": values})
        assert answer.status_code == status


async def test_an_option_chosen_before_may_be_sent_again(served: Served) -> None:
    chosen = {"text": {"type": "plain_text", "text": "Chess"}, "value": "chess"}
    element = {"type": "multi_external_select", "action_id": "a", "initial_options": [chosen]}
    block = {
        "type": "input",
        "block_id": "b",
        "element": element,
        "label": {"type": "plain_text", "text": "Learn"},
    }
    view = {
        "type": "modal",
        "callback_id": "x",
        "title": {"type": "plain_text", "text": "x"},
        "submit": {"type": "plain_text", "text": "x"},
        "blocks": [block],
    }
    sent: list[Any] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        await ack()
        served.bot.later(served.client.views_open(trigger_id=command["trigger_id"], view=view))

    @served.app.view("x")
    async def submitted(ack: Any, body: dict[str, Any]) -> None:
        sent.append(body["view"]["state"]["values"]["b"]["a"]["selected_options"][0]["value"])
        await ack()

    await served.post("say", person=ADA, text="/mentor")
    answer = await served.post("view-submit", person=ADA, values={"b": {"a": ["chess"]}})
    assert answer["ok"] is True
    assert sent == ["chess"]


async def test_listeners_hear_of_changes_once_each_time(served: Served) -> None:
    changes = Changes()
    stream = changes_of(changes)
    assert await anext(stream) == b"data: changed\n\n"
    changes.announce()
    changes.announce()
    assert await anext(stream) == b"data: changed\n\n"
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    changes.close()
    assert await waiting == b"data: changed\n\n"
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    async with served.script.stream("GET", "/sandbox/changes") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert await anext(answer.aiter_lines()) == "data: changed"
