"""Buttons and menus in messages and in the App Home, pressed by their labels."""

from typing import Any

from tests.sandbox.tiny_bot import Served

ADA, BO = "UP00001", "UP00002"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "A pair for you: *Bo*"}},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            {
                "type": "button",
                "action_id": "accept",
                "value": "pair-1",
                "text": plain("Accept"),
                "style": "primary",
            },
            {
                "type": "button",
                "action_id": "decline",
                "value": "pair-1",
                "text": plain("No"),
                "accessibility_label": "Not this time",
            },
            {
                "type": "static_select",
                "action_id": "slot",
                "options": [
                    {"text": plain("Tue 10:00"), "value": "t"},
                    {"text": plain("Wed 11:00"), "value": "w"},
                ],
            },
            {"type": "overflow", "action_id": "more", "options": [{"text": plain("Why?"), "value": "why"}]},
        ],
    },
]


async def propose(served: Served) -> str:
    posted = await served.client.chat_postMessage(channel=ADA, text="A pair for you: Bo", blocks=BLOCKS)
    return str(posted["ts"])


def keeping(served: Served, action_id: str) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []

    @served.app.action(action_id)
    async def acted(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        await ack()

    return seen


async def test_buttons_are_found_by_their_accessible_labels(served: Served) -> None:
    await propose(served)
    message = (await served.state(ADA))["messages"][0]
    assert message["buttons"] == ["Accept", "Not this time", "Tue 10:00", "Wed 11:00", "Why?"]
    assert message["text"] == "A pair for you: Bo"


async def test_a_press_arrives_as_block_actions(served: Served) -> None:
    ts = await propose(served)
    seen = keeping(served, "decline")
    assert (await served.post("press", person=ADA, message=ts, button="Not this time"))["ok"] is True
    body = seen[0]
    assert body["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "action_id": "decline",
        "block_id": "answers",
        "value": "pair-1",
        "text": {"type": "plain_text", "text": "No", "emoji": True},
        "action_ts": "",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": body["channel"]["id"],
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == ts
    assert body["channel"]["name"] == "directmessage"
    assert body["response_url"].startswith(served.sandbox.address)


async def test_a_choice_arrives_with_its_option_and_stands_in_the_state(served: Served) -> None:
    ts = await propose(served)
    seen, accepted = keeping(served, "slot"), keeping(served, "accept")
    await served.post("press", person=ADA, message=ts, button="Wed 11:00")
    assert seen[0]["actions"][0]["selected_option"]["value"] == "w"
    await served.post("press", person=ADA, message=ts, button="Accept")
    assert accepted[0]["state"]["values"]["answers"]["slot"]["selected_option"]["value"] == "w"


async def test_an_overflow_menus_option_arrives(served: Served) -> None:
    ts = await propose(served)
    seen = keeping(served, "more")
    await served.post("press", person=ADA, message=ts, button="Why?")
    assert seen[0]["actions"][0]["selected_option"]["value"] == "why"


async def test_an_absent_button_names_those_there_are(served: Served) -> None:
    ts = await propose(served)
    answer = await served.script.post("/sandbox/press", json={"person": ADA, "message": ts, "button": "Yes"})
    assert answer.status_code == 404
    assert "Accept, Not this time" in answer.json()["error"]


async def test_nobody_presses_in_a_message_they_do_not_see(served: Served) -> None:
    ts = await propose(served)
    answer = await served.script.post(
        "/sandbox/press", json={"person": BO, "message": ts, "button": "Accept"}
    )
    assert answer.status_code == 404
    assert served.bot.requests == []


async def test_the_bot_replaces_the_message_at_the_response_address(served: Served) -> None:
    ts = await propose(served)

    @served.app.action("accept")
    async def accepted(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Thanks.", replace_original=True)

    await served.post("press", person=ADA, message=ts, button="Accept")
    messages = (await served.state(ADA))["messages"]
    assert [(message["ts"], message["text"], message["buttons"]) for message in messages] == [
        (ts, "Thanks.", [])
    ]


async def test_the_bot_deletes_an_ephemeral_message_at_the_response_address(served: Served) -> None:
    await served.client.chat_postEphemeral(channel="mentoring", user=ADA, text="x", blocks=BLOCKS)
    ts = (await served.state(ADA))["messages"][0]["ts"]
    bodies: list[dict[str, Any]] = []

    @served.app.action("accept")
    async def accepted(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()
        await respond(delete_original=True)

    await served.post("press", person=ADA, message=ts, button="Accept")
    assert (await served.state(ADA))["messages"] == []
    assert bodies[0]["container"]["is_ephemeral"] is True
    assert "message" not in bodies[0]


async def test_a_press_that_fails_is_told_to_the_person(served: Served) -> None:
    ts = await propose(served)
    served.bot.failures = 1
    answer = await served.post("press", person=ADA, message=ts, button="Accept")
    assert answer["replies"][0]["text"] == "That did not work (dispatch_failed). Try again?"


async def test_the_home_opens_and_its_buttons_work(served: Served) -> None:
    opened: list[dict[str, Any]] = []

    @served.app.event("app_home_opened")
    async def on_home(event: dict[str, Any]) -> None:
        opened.append(event)
        view = {"type": "home", "blocks": BLOCKS}
        served.bot.later(served.client.views_publish(user_id=event["user"], view=view))

    seen = keeping(served, "accept")
    await served.post("press", person=ADA, message="home", button="Accept")
    assert opened[0]["tab"] == "home"
    assert seen[0]["view"]["type"] == "home"
    assert "response_url" not in seen[0]
    home = (await served.state(ADA))["home"]
    assert home[ADA]["text"] == "A pair for you: Bo"
    assert home[ADA]["buttons"][0] == "Accept"
    assert (await served.state(BO))["home"] == {}
