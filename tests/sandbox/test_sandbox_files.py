"""Pictures: announced, sent, completed, and only then shown in a message."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.manifest import Manifest
from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import Served

PNG = b"\x89PNG\r\n\x1a\n and the rest of a picture"


async def announced(served: Served, content: bytes = PNG, **more: Any) -> tuple[str, str]:
    """The id and the address of a file that is to come."""
    answer = await served.client.files_getUploadURLExternal(filename="chart.png", length=len(content), **more)
    return str(answer["file_id"]), str(answer["upload_url"])


async def uploaded(served: Served, content: bytes = PNG) -> str:
    """The id of a complete file."""
    key, address = await announced(served, content)
    assert (await served.script.post(address, content=content)).status_code == 200
    await served.client.files_completeUploadExternal(files=[{"id": key, "title": "Chart"}])
    return key


async def show(served: Served, key: str) -> None:
    """Post a message with the file as a picture."""
    picture = {"type": "image", "slack_file": {"id": key}, "alt_text": "a chart"}
    await served.client.chat_postMessage(channel="mentoring", text="a chart", blocks=[picture])


async def test_a_complete_picture_stands_in_a_message_and_is_served_to_the_page(served: Served) -> None:
    key = await uploaded(served)
    await show(served, key)
    (message,) = (await served.state())["messages"]
    assert message["text"] == "a chart"
    answer = await served.script.get(f"/sandbox/files/{key}")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")


async def test_a_file_that_did_not_arrive_cannot_be_completed(served: Served) -> None:
    key, _ = await announced(served)
    for unknown in (key, "F0000000000"):
        with pytest.raises(SlackApiError, match="file_not_found"):
            await served.client.files_completeUploadExternal(files=[{"id": unknown}])


async def test_a_picture_that_was_not_completed_is_no_picture_yet(served: Served) -> None:
    key, address = await announced(served)
    await served.script.post(address, content=PNG)
    with pytest.raises(SlackApiError, match=r"invalid slack file \[json-pointer:/blocks/0/slack_file\]"):
        await show(served, key)
    assert (await served.script.get(f"/sandbox/files/{key}")).status_code == 404


async def test_only_pictures_are_shown(served: Served) -> None:
    key = await uploaded(served, b"<svg onload=alert(1)>")
    with pytest.raises(SlackApiError, match="invalid slack file"):
        await show(served, key)
    assert (await served.script.get(f"/sandbox/files/{key}")).status_code == 404


async def test_an_id_must_look_like_one(served: Served) -> None:
    with pytest.raises(SlackApiError, match="input must match regex pattern"):
        await show(served, "https://example.com/F1")


async def test_an_address_takes_one_file_of_the_length_announced(served: Served) -> None:
    _, address = await announced(served)
    assert (await served.script.post(address, content=PNG + b"!")).status_code == 400
    assert (await served.script.post(address, content=PNG)).status_code == 200
    assert (await served.script.post(address, content=PNG)).status_code == 400
    assert (await served.script.post(address[:-1] + "-", content=PNG)).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"filename": ""}, {"length": ""}, {"length": 0}, {"length": "many"}, {"alt_txt": "a" * 1001}],
)
async def test_what_slack_needs_to_know_of_a_file_must_be_there(
    served: Served, wrong: dict[str, Any]
) -> None:
    asked = {"filename": "chart.png", "length": 5, **wrong}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await served.client.api_call("files.getUploadURLExternal", data=asked)


@pytest.mark.parametrize("wrong", [[], "x", [3], None])
async def test_completing_needs_a_list_of_files(served: Served, wrong: Any) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await served.client.api_call("files.completeUploadExternal", json={"files": wrong})


async def test_files_need_their_scope(workspace: Workspace, served: Served) -> None:
    workspace.manifest = Manifest(scopes=("commands", "chat:write"))
    with pytest.raises(SlackApiError, match="missing_scope"):
        await announced(served)


async def test_the_stand_in_can_refuse_blocks_once(served: Served) -> None:
    key = await uploaded(served)
    await served.post("fault", method="chat.postMessage", error="invalid_blocks", times=1)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await show(served, key)
    await show(served, key)
