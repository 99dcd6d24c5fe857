"""The Web API refuses what Slack refuses, by Slack's names."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.manifest import Manifest
from sandbox.members import BOT_USER_ID, OWNER_ID
from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import TOKEN, Served

ADA, BO, CY = "UP00001", "UP00002", "UP00003"


async def call(served: Served, method: str, *, token: str | None = TOKEN, **fields: Any) -> Any:
    """A raw call with a form, whatever comes back."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return (await served.script.post(f"/api/{method}", data=fields, headers=headers)).json()


async def error_of(served: Served, method: str, **fields: Any) -> str:
    """The error a call ends with."""
    answer = await call(served, method, **fields)
    assert answer["ok"] is False
    return str(answer["error"])


async def test_a_call_needs_the_bots_token(served: Served) -> None:
    assert await error_of(served, "auth.test", token=None) == "not_authed"
    assert await error_of(served, "auth.test", token="xoxb-other") == "invalid_auth"
    answer = await served.client.auth_test()
    assert (answer["ok"], answer["user_id"]) == (True, BOT_USER_ID)


async def test_an_unknown_method_is_refused(served: Served) -> None:
    assert await error_of(served, "chat.shout") == "unknown_method"


async def test_a_missing_scope_is_named(workspace: Workspace, served: Served) -> None:
    workspace.manifest = Manifest(scopes=("commands", "chat:write", "im:write"))
    answer = await call(served, "users.list")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert answer["provided"] == "commands,chat:write,im:write"
    assert await error_of(served, "conversations.open", users=f"{ADA},{BO}") == "missing_scope"
    assert (await call(served, "conversations.open", users=ADA))["ok"] is True


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"channel": "C000", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": "general", "text": "x"}, "not_in_channel"),
        ({"channel": "#mentoring"}, "no_text"),
        ({"channel": "mentoring", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "mentoring", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "mentoring", "text": "x", "blocks": "{}"}, "invalid_blocks_format"),
        ({"channel": BOT_USER_ID, "text": "x"}, "cannot_dm_bot"),
    ],
)
async def test_a_message_that_slack_would_not_take(served: Served, fields: Any, error: str) -> None:
    assert await error_of(served, "chat.postMessage", **fields) == error
    assert (await served.state())["messages"] == []


async def test_an_archived_channel_takes_no_message(served: Served) -> None:
    channel = served.workspace.channels.named("mentoring")
    assert channel is not None
    channel.archived = True
    assert await error_of(served, "chat.postMessage", channel=channel.id, text="x") == "is_archived"


async def test_bad_blocks_are_explained_with_pointers(served: Served) -> None:
    answer = await call(
        served,
        "chat.postMessage",
        channel="mentoring",
        blocks='[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]',
    )
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"
    ]


async def test_too_many_characters_are_refused_though_each_block_is_sound(served: Served) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        await served.client.chat_postMessage(channel="mentoring", blocks=blocks, text="x")


async def test_a_message_to_a_person_opens_the_direct_conversation(served: Served) -> None:
    posted = await served.client.chat_postMessage(channel=ADA, text="hello")
    opened = await served.client.conversations_open(users=ADA)
    assert posted["channel"] == opened["channel"]["id"]
    assert opened["already_open"] is True
    assert [message["text"] for message in (await served.state(ADA))["messages"]] == ["hello"]
    assert (await served.state(BO))["messages"] == []


async def test_the_same_people_share_one_conversation(served: Served) -> None:
    first = await served.client.conversations_open(users=[ADA, BO])
    again = await served.client.conversations_open(users=[BO, ADA, BO])
    other = await served.client.conversations_open(users=[ADA, CY])
    assert first["channel"]["id"] == again["channel"]["id"] != other["channel"]["id"]


async def test_a_channels_members_come_in_pages_to_who_may_read_it(served: Served) -> None:
    channel = served.workspace.channels.named("mentoring")
    assert channel is not None
    first = await served.client.conversations_members(channel=channel.id, limit=4)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await served.client.conversations_members(channel=channel.id, limit=4, cursor=cursor)
    assert [*first["members"], *rest["members"]] == list(channel.members)
    group = await served.client.conversations_open(users=[ADA, BO])
    answer = await call(served, "conversations.members", channel=group["channel"]["id"])
    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:read")


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        (BOT_USER_ID, "not_enough_users"),
        ("U404", "user_not_found"),
        (",".join(f"U{n}" for n in range(9)), "too_many_users"),
        ("USLACKBOT", "cannot_dm_bot"),
    ],
)
async def test_a_conversation_that_cannot_be_opened(served: Served, users: str, error: str) -> None:
    assert await error_of(served, "conversations.open", users=users) == error


async def test_somebody_who_left_cannot_be_written_to_anew(served: Served) -> None:
    served.workspace.members[ADA].deleted = True
    assert await error_of(served, "conversations.open", users=ADA) == "user_disabled"
    # Slack takes such a message without a word
    assert (await call(served, "chat.postMessage", channel=ADA, text="x"))["ok"] is True


async def test_messages_are_changed_and_deleted_by_their_author_alone(served: Served) -> None:
    posted = await served.client.chat_postMessage(channel="mentoring", text="one")
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    changed = await served.client.chat_update(**where, text="two")
    assert changed["message"]["text"] == "two"
    await served.post("say", person=ADA, text="mine", channel="mentoring")
    theirs = (await served.state(ADA))["messages"][-1]["ts"]
    assert (
        await error_of(served, "chat.update", channel=where["channel"], ts=theirs, text="x")
        == "cant_update_message"
    )
    assert await error_of(served, "chat.delete", channel=where["channel"], ts=theirs) == "cant_delete_message"
    assert (
        await error_of(served, "chat.update", channel=where["channel"], ts="1.2", text="x")
        == "message_not_found"
    )
    await served.client.chat_delete(**where)
    assert [message["text"] for message in (await served.state())["messages"]] == ["mine"]


async def test_an_update_without_blocks_keeps_them(served: Served) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*kept*"}}]
    posted = await served.client.chat_postMessage(channel="mentoring", text="one", blocks=blocks)
    await served.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    assert [message["text"] for message in (await served.state())["messages"]] == ["kept"]
    await served.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two", blocks=[])
    assert [message["text"] for message in (await served.state())["messages"]] == ["two"]


async def test_an_ephemeral_message_is_for_a_member_of_the_channel(served: Served) -> None:
    assert (
        await error_of(served, "chat.postEphemeral", channel="mentoring", user="U404", text="x")
        == "user_not_found"
    )
    await served.client.chat_postEphemeral(channel="mentoring", user=ADA, text="psst")
    assert [message["visible_to"] for message in (await served.state())["messages"]] == [[ADA]]
    channel = served.workspace.channels.named("mentoring")
    assert channel is not None
    del channel.members[BO]
    assert (
        await error_of(served, "chat.postEphemeral", channel="mentoring", user=BO, text="x")
        == "user_not_in_channel"
    )


async def test_members_come_in_pages(served: Served) -> None:
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = await served.client.users_list(limit=3, cursor=cursor)
        assert len(page["members"]) <= 3
        seen += [member["id"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == len(served.workspace.members)
    assert {ADA, BO, CY, OWNER_ID, BOT_USER_ID} <= set(seen)
    assert await error_of(served, "users.list", cursor="!!") == "invalid_cursor"


async def test_a_members_address_needs_its_own_scope(workspace: Workspace, served: Served) -> None:
    user = (await served.client.users_info(user=ADA))["user"]
    assert (user["real_name"], user["tz"], user["is_bot"]) == ("Ada Okafor", "Europe/Berlin", False)
    assert "email" not in user["profile"]
    workspace.manifest = Manifest(scopes=("users:read", "users:read.email"))
    user = (await served.client.users_info(user=ADA))["user"]
    assert user["profile"]["email"] == "p1@example.com"
    assert await error_of(served, "users.info", user="U404") == "user_not_found"


async def test_a_channel_takes_three_messages_at_once_and_then_one_a_second(served: Served) -> None:
    for n in range(3):
        await served.client.chat_postMessage(channel="mentoring", text=f"{n}")
    with pytest.raises(SlackApiError) as refused:
        await served.client.chat_postMessage(channel="mentoring", text="too soon")
    response = refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"
    await served.client.chat_postMessage(channel=ADA, text="another channel")
    await served.post("clock", days=1 / 86400)
    await served.client.chat_postMessage(channel="mentoring", text="a second later")


async def test_users_list_has_its_own_tier(served: Served) -> None:
    for _ in range(20):
        await served.client.users_list(limit=1)
    with pytest.raises(SlackApiError, match="ratelimited"):
        await served.client.users_list(limit=1)
    await served.client.users_info(user=ADA)


async def test_json_and_forms_are_both_read_and_other_bodies_refused(served: Served) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    script = served.script
    as_json = await script.post("/api/users.info", json={"user": ADA}, headers=headers)
    assert as_json.json()["ok"] is True
    broken = {**headers, "content-type": "application/json"}
    assert (await script.post("/api/users.info", content=b"{", headers=broken)).json()[
        "error"
    ] == "invalid_json"
    assert (await script.post("/api/users.info", content=b"[]", headers=broken)).json()[
        "error"
    ] == "json_not_object"
    plain = {**headers, "content-type": "text/plain"}
    assert (await script.post("/api/users.info", content=b"x", headers=plain)).json()[
        "error"
    ] == "invalid_post_type"


async def test_the_calls_made_are_kept(served: Served) -> None:
    await served.client.chat_postMessage(channel="mentoring", text="one")
    await call(served, "chat.postMessage", channel="general", text="two")
    calls = (await served.script.get("/sandbox/calls", params={"method": "chat.postMessage"})).json()["calls"]
    assert [(made["channel"], made["error"]) for made in calls] == [
        ("mentoring", None),
        ("general", "not_in_channel"),
    ]
