"""chat.scheduleMessage and what goes with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.members import BOT_USER_ID
from sandbox.scheduled import Scheduled
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.chat import content
from sandbox.webapi.errors import SlackError
from sandbox.webapi.places import writable_channel
from sandbox.workspace import Workspace

FURTHEST = timedelta(days=120)
WINDOW = timedelta(minutes=5)
MOST_IN_A_WINDOW = 30
"""Messages scheduled for one channel within five minutes (docs.slack.dev, chat.scheduleMessage)."""


def schedule(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.scheduleMessage."""
    channel = writable_channel(workspace, arguments.need("channel", "channel_not_found"))
    text, blocks = content(workspace, arguments)
    at, now = _moment(arguments), workspace.clock.now()
    if at <= now:
        raise SlackError("time_in_past")
    if at > now + FURTHEST:
        raise SlackError("time_too_far")
    near = [
        one for one in workspace.schedule.waiting() if one.channel == channel.id and abs(one.at - at) < WINDOW
    ]
    if len(near) >= MOST_IN_A_WINDOW:
        raise SlackError("restricted_too_many")
    key = f"Q{workspace.draw.token(10)}"
    metadata = bool(arguments.given.get("metadata"))
    workspace.schedule.add(Scheduled(key, channel.id, at, now, text, blocks, metadata))
    shown = {"type": "delayed_message", "text": text, "user": BOT_USER_ID}
    return {"channel": channel.id, "scheduled_message_id": key, "post_at": _seconds(at), "message": shown}


def scheduled(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.scheduledMessages.list: those to come, without their metadata and their blocks."""
    channel = arguments.text("channel")
    oldest, latest = arguments.whole("oldest"), arguments.whole("latest")
    found = [
        {
            "id": one.id,
            "channel_id": one.channel,
            "post_at": _seconds(one.at),
            "date_created": _seconds(one.made),
            "text": one.text,
        }
        for one in workspace.schedule.waiting()
        if channel in (None, one.channel)
        and (oldest is None or _seconds(one.at) >= oldest)
        and (latest is None or _seconds(one.at) <= latest)
    ]
    return {"scheduled_messages": found, "response_metadata": {"next_cursor": ""}}


def unschedule(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.deleteScheduledMessage."""
    channel = writable_channel(workspace, arguments.need("channel", "channel_not_found"))
    found = workspace.schedule.remove(arguments.need("scheduled_message_id", "invalid_scheduled_message_id"))
    if found is None or found.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    return {}


def _moment(arguments: Arguments) -> datetime:
    seconds = arguments.whole("post_at")
    if seconds is None:
        raise SlackError("invalid_time")
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
