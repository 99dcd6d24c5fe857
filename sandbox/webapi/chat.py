"""chat.*: posting, changing and deleting messages."""

from typing import Any

from sandbox.blockkit.check import check_message, too_long
from sandbox.blockkit.walk import Json
from sandbox.channels import Channel
from sandbox.members import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from sandbox.messages import Message
from sandbox.rates import CHANNEL_MESSAGES, WORKSPACE_MESSAGES
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import RateLimited, SlackError, refuse_for
from sandbox.webapi.files import refuse_unknown_files
from sandbox.webapi.places import existing_member, seen_channel, writable_channel
from sandbox.workspace import Workspace

TEXT_LENGTH = 40_000


def message_json(workspace: Workspace, message: Message) -> dict[str, Any]:
    """A bot's message as answers and payloads show it."""
    shown: dict[str, Any] = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM_ID,
    }
    if message.author == BOT_USER_ID:
        name = workspace.manifest.bot_name
        shown |= {
            "bot_id": BOT_ID,
            "app_id": APP_ID,
            "bot_profile": {
                "id": BOT_ID,
                "app_id": APP_ID,
                "name": name,
                "team_id": TEAM_ID,
                "deleted": False,
            },
        }
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.edited:
        shown["edited"] = {"user": message.author, "ts": message.ts}
    return shown


def checked_content(text: Any, blocks: Any) -> tuple[str, list[Json] | None]:
    """A message's text and blocks (None when absent), or Slack's refusal of them."""
    if blocks is not None:
        if not isinstance(blocks, list):
            raise SlackError("invalid_blocks_format")
        refuse_for("invalid_blocks", check_message(blocks))
        if too_long(blocks):
            raise SlackError("msg_blocks_too_long")
    words = "" if text is None else str(text)
    if len(words) > TEXT_LENGTH:
        raise SlackError("msg_too_long")
    if not words.strip() and not blocks:
        raise SlackError("no_text")
    return words, blocks


def content(workspace: Workspace, arguments: Arguments) -> tuple[str, list[Json] | None]:
    """A call's text and blocks, or Slack's refusal of them."""
    given = arguments.json("blocks", "invalid_blocks_format")
    text, blocks = checked_content(arguments.given.get("text"), given)
    refuse_unknown_files(workspace, blocks)
    return text, blocks


def _pace(workspace: Workspace, channel: Channel) -> None:
    now = workspace.clock.now()
    wait = workspace.rates.wait(("messages", channel.id), CHANNEL_MESSAGES, now)
    wait = wait or workspace.rates.wait("messages", WORKSPACE_MESSAGES, now)
    if wait:
        raise RateLimited(wait)


def post_message(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = writable_channel(workspace, arguments.need("channel", "channel_not_found"))
    text, blocks = content(workspace, arguments)
    _pace(workspace, channel)
    message = workspace.post(channel.id, BOT_USER_ID, text, blocks)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(workspace, message)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.postEphemeral."""
    channel = writable_channel(workspace, arguments.need("channel", "channel_not_found"))
    person = existing_member(workspace, arguments.need("user", "user_not_found"))
    if person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = content(workspace, arguments)
    message = workspace.post(channel.id, BOT_USER_ID, text, blocks, visible_to=person.id)
    return {"message_ts": message.ts}


def _own_message(workspace: Workspace, arguments: Arguments, refusal: str) -> Message:
    channel = seen_channel(workspace, arguments.need("channel", "channel_not_found"))
    message = workspace.messages.get(channel.id, arguments.need("ts", "message_not_found"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    if message.author != BOT_USER_ID:
        raise SlackError(refusal)
    return message


def update(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.update; blocks that are not given stay as they are."""
    message = _own_message(workspace, arguments, "cant_update_message")
    words = arguments.given.get("text")
    text, blocks = content(workspace, arguments)
    workspace.rewrite(message, message.text if words is None else text, blocks, edited=True)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(workspace, message),
    }


def delete(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """chat.delete."""
    message = _own_message(workspace, arguments, "cant_delete_message")
    workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}
