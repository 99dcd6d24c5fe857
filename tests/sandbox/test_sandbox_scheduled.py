"""Scheduled messages wait, are listed, and leave at their moment, within Slack's limits."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import Served


def at(workspace: Workspace, **ahead: float) -> int:
    """A moment so much later, in seconds since 1970."""
    return int((workspace.clock.now() + timedelta(**ahead)).timestamp())


async def plan(served: Served, seconds: int, text: str = "hello", **more: Any) -> Any:
    """Schedule a message in the programme's channel."""
    return await served.client.chat_scheduleMessage(channel="mentoring", text=text, post_at=seconds, **more)


async def texts(served: Served) -> list[str]:
    """What was posted."""
    return [message["text"] for message in (await served.state())["messages"]]


async def test_a_message_waits_is_listed_and_leaves_at_its_moment(
    served: Served, workspace: Workspace
) -> None:
    moment = at(workspace, minutes=2)
    planned = await plan(served, moment)
    assert planned["post_at"] == moment
    assert "ts" not in planned.data
    listed = await served.client.chat_scheduledMessages_list(oldest=str(moment), latest=str(moment))
    assert [one["id"] for one in listed["scheduled_messages"]] == [planned["scheduled_message_id"]]
    assert await texts(served) == []
    await served.post("clock", days=1)
    assert await texts(served) == ["hello"]
    (message,) = workspace.messages.all()
    assert abs(message.at.timestamp() - moment) < 2
    assert (await served.client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_one_with_metadata_never_leaves(served: Served, workspace: Workspace) -> None:
    await plan(served, at(workspace, minutes=2), metadata={"event_type": "x", "event_payload": {}})
    await served.post("clock", days=1)
    assert await texts(served) == []


async def test_one_that_is_taken_back_does_not_leave(served: Served, workspace: Workspace) -> None:
    planned = await plan(served, at(workspace, minutes=2))
    named = {"channel": planned["channel"], "scheduled_message_id": planned["scheduled_message_id"]}
    await served.client.chat_deleteScheduledMessage(**named)
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        await served.client.chat_deleteScheduledMessage(**named)
    await served.post("clock", days=1)
    assert await texts(served) == []


@pytest.mark.parametrize(("days", "error"), [(-0.1, "time_in_past"), (121, "time_too_far")])
async def test_a_moment_out_of_reach_is_refused(
    served: Served, workspace: Workspace, days: float, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await plan(served, at(workspace, days=days))


async def test_no_more_than_thirty_wait_for_the_same_five_minutes(
    served: Served, workspace: Workspace
) -> None:
    for number in range(30):
        await plan(served, at(workspace, minutes=10), str(number))
    with pytest.raises(SlackApiError, match="restricted_too_many"):
        await plan(served, at(workspace, minutes=12))
    await plan(served, at(workspace, minutes=20))
