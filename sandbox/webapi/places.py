"""Finding the conversations and members a call names, and refusing as Slack does."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.channels import Channel
from sandbox.members import BOT_USER_ID, Member
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import SlackError
from sandbox.workspace import Workspace

Item = TypeVar("Item")
PAGE = 1000


def seen_channel(workspace: Workspace, name: str) -> Channel:
    """A conversation the bot can see: public, or one it is in. Else channel_not_found."""
    channel = workspace.channels.get(name)
    if channel is None or (channel.kind != "public" and BOT_USER_ID not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def writable_channel(workspace: Workspace, name: str) -> Channel:
    """Where the bot may write: a conversation it is in, by id or name, or a person's id for their DM."""
    member = workspace.members.get(name)
    if member is not None:
        if member.is_bot:
            raise SlackError("cannot_dm_bot")
        return workspace.direct(member.id)
    channel = workspace.channels.named(name) or seen_channel(workspace, name)
    if channel.archived:
        raise SlackError("is_archived")
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def existing_member(workspace: Workspace, user_id: str) -> Member:
    """A member by Slack id. Else user_not_found."""
    member = workspace.members.get(user_id)
    if member is None:
        raise SlackError("user_not_found")
    return member


def page_of(items: Sequence[Item], arguments: Arguments) -> tuple[list[Item], dict[str, Any]]:
    """One page by `limit` and `cursor`, and the response_metadata that leads to the next."""
    limit = arguments.whole("limit") or PAGE
    if not 1 <= limit <= PAGE:
        raise SlackError("invalid_limit")
    cursor = arguments.text("cursor")
    start = _offset(cursor) if cursor else 0
    after = start + limit
    following = base64.b64encode(f"next:{after}".encode()).decode() if after < len(items) else ""
    return list(items[start:after]), {"next_cursor": following}


def _offset(cursor: str) -> int:
    try:
        word, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(place)
    except (binascii.Error, ValueError):
        pass
    raise SlackError("invalid_cursor")
