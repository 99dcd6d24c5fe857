"""A message leaves in the best form Slack takes: its own charts, else pictures, else words; and only once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from handlers.slack.client import slack_client, slack_session
from handlers.slack.pictures import Draw, NoPictureError, Pictures
from handlers.slack.pictures import draw as really_draw
from handlers.slack.posting import Posting
from prompts.view import Chart, ChartKind, Heading, Series, Table, View
from sandbox.manifest import Manifest
from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import TOKEN, Served, serving

CHART = Chart(
    "Meetings", ChartKind.LINE, "Week", ("Week 1", "Week 2"), (Series("Meetings so far", (12, 25)),)
)
TABLE = Table("Rounds", ("Round", "Pairs"), (("Round 1", 15),))
VIEW = View("Meetings: 12, then 25", (Heading("The week"), TABLE, CHART))
WORDS = "Week 2: Meetings so far 25"
POST, ASK, COMPLETE = "chat.postMessage", "files.getUploadURLExternal", "files.completeUploadExternal"
PNG = b"\x89PNG\r\n\x1a\n and the rest of a picture"


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    """A workspace of Slack's."""
    async with serving(Workspace(start=datetime(2026, 11, 2, 9, tzinfo=UTC))) as both:
        yield both


async def drawn_at_once(charts: tuple[Chart, ...]) -> list[bytes]:
    """What stands for a picture of each chart."""
    return [PNG for _ in charts]


async def post(served: Served, view: View = VIEW, draw: Draw = drawn_at_once) -> list[str]:
    """Post a view; the kinds of blocks that then stand in the channel's only message."""
    async with slack_session() as session:
        client = slack_client(session, TOKEN, served.sandbox.web_api)
        posting = Posting(client, Pictures(client, session, draw), (0.0, 0.0))
        await posting.post("mentoring", view, "m1")
    (message,) = served.sandbox.workspace.messages.all()
    assert message.text == view.text, "whatever is drawn, all of it is said in words too"
    return [block["type"] for block in message.blocks]


def called(served: Served) -> list[tuple[str, str | None]]:
    """The bot's calls and how each was refused."""
    return [(call.method, call.error) for call in served.sandbox.workspace.calls]


async def refuse(served: Served, method: str, **how: Any) -> None:
    """Let the stand-in refuse the next calls of a method."""
    await served.post("fault", method=method, **how)


async def test_slack_draws_its_own_charts_where_it_takes_them(served: Served) -> None:
    assert await post(served) == ["header", "data_table", "data_visualization"]
    assert called(served) == [(POST, None)]


async def test_a_slack_without_charts_gets_a_picture_in_the_same_message(served: Served) -> None:
    await refuse(served, POST, error="invalid_blocks")
    assert await post(served) == ["header", "rich_text", "rich_text", "image"]
    assert called(served) == [(POST, "invalid_blocks"), (ASK, None), (COMPLETE, None), (POST, None)]
    (message,) = served.sandbox.workspace.messages.all()
    file = served.sandbox.workspace.files.get(message.blocks[-1]["slack_file"]["id"])
    assert file
    assert (file.picture, file.title) == ("image/png", "Meetings")
    assert file.alt_text == message.blocks[-1]["alt_text"]
    assert WORDS in file.alt_text


async def test_the_picture_is_the_drawn_one(served: Served) -> None:
    async def patiently(charts: tuple[Chart, ...]) -> list[bytes]:
        return await really_draw(charts, 60)

    await refuse(served, POST, error="invalid_blocks")
    assert (await post(served, draw=patiently))[-1] == "image"
    (message,) = served.sandbox.workspace.messages.all()
    shown = await served.script.get(f"/sandbox/files/{message.blocks[-1]['slack_file']['id']}")
    assert shown.headers["content-type"] == "image/png"
    assert len(shown.content) > 10_000


async def test_a_picture_that_slack_does_not_know_yet_is_tried_again(served: Served) -> None:
    await refuse(served, POST, error="invalid_blocks", times=2)
    assert (await post(served))[-1] == "image"
    assert [error for method, error in called(served) if method == POST] == ["invalid_blocks"] * 2 + [None]


async def test_a_slack_that_takes_no_picture_either_gets_words(served: Served) -> None:
    await refuse(served, POST, error="invalid_blocks", times=3)
    assert await post(served) == ["header", *["rich_text"] * 4]
    (message,) = (await served.state())["messages"]
    assert WORDS in message["text"]


@pytest.mark.parametrize(
    ("method", "how"),
    [
        (ASK, {"error": "ratelimited"}),
        (ASK, {"drop": True}),
        (ASK, {"status": 503}),
        (COMPLETE, {"error": "file_not_found"}),
    ],
)
async def test_a_picture_that_cannot_be_uploaded_is_words(served: Served, method: str, how: Any) -> None:
    await refuse(served, POST, error="invalid_blocks")
    await refuse(served, method, **how)
    assert await post(served) == ["header", *["rich_text"] * 4]


async def test_a_bot_that_may_not_upload_says_words(served: Served) -> None:
    served.sandbox.workspace.manifest = Manifest(scopes=("chat:write",))
    await refuse(served, POST, error="invalid_blocks")
    assert await post(served) == ["header", *["rich_text"] * 4]


async def test_an_upload_address_elsewhere_is_not_used(served: Served) -> None:
    served.sandbox.workspace.files.address = "http://127.0.0.2:9"
    await refuse(served, POST, error="invalid_blocks")
    assert await post(served) == ["header", *["rich_text"] * 4]


async def test_a_drawing_that_fails_is_words(served: Served) -> None:
    async def failing(_charts: tuple[Chart, ...]) -> list[bytes]:
        raise NoPictureError("drawing_failed")

    await refuse(served, POST, error="invalid_blocks")
    assert await post(served, draw=failing) == ["header", *["rich_text"] * 4]
    assert ASK not in [method for method, _ in called(served)]


async def test_a_table_alone_needs_no_picture(served: Served) -> None:
    await refuse(served, POST, error="invalid_blocks")
    assert await post(served, View("Rounds", (TABLE,))) == ["rich_text", "rich_text"]
    assert called(served) == [(POST, "invalid_blocks"), (POST, None)]


async def test_another_refusal_is_not_tried_in_another_form(served: Served) -> None:
    await refuse(served, POST, error="is_archived")
    with pytest.raises(SlackApiError, match="is_archived"):
        await post(served)
    assert called(served) == [(POST, "is_archived")]


async def test_what_may_have_arrived_is_not_tried_in_another_form(served: Served) -> None:
    await refuse(served, POST, error="fatal_error", after=True)
    with pytest.raises(SlackApiError, match="fatal_error"):
        await post(served)
    assert len(list(served.sandbox.workspace.messages.all())) == 1


async def test_a_message_without_figures_has_one_form(served: Served) -> None:
    await refuse(served, POST, error="invalid_blocks")
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await post(served, View("Hello", (Heading("Hello"),)))
    assert called(served) == [(POST, "invalid_blocks")]
