"""conversations.*: opening, listing and looking at conversations."""

from typing import Any

from sandbox.channels import Channel
from sandbox.members import BOT_USER_ID, TEAM_ID
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import SlackError
from sandbox.webapi.places import page_of, seen_channel
from sandbox.workspace import Workspace

GROUP = 8
_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}


def channel_json(channel: Channel) -> dict[str, Any]:
    """The conversation object."""
    shared = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": TEAM_ID,
    }
    if channel.kind == "im":
        others = [member for member in channel.members if member != BOT_USER_ID]
        return {**shared, "user": others[0] if others else BOT_USER_ID, "is_user_deleted": False}
    return {
        **shared,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_general": channel.name == "general",
        "is_member": BOT_USER_ID in channel.members,
        "creator": next(iter(channel.members), BOT_USER_ID),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def open_(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """conversations.open: the same people, the same conversation."""
    name = arguments.text("channel")
    if name is not None:
        channel = seen_channel(workspace, name)
        if channel.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": _opened(channel, arguments)}
    people = _people(workspace, arguments)
    known = workspace.channels.between([*people, BOT_USER_ID])
    if known is not None:
        return {"no_op": True, "already_open": True, "channel": _opened(known, arguments)}
    if arguments.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return {"channel": _opened(workspace.conversation([*people, BOT_USER_ID]), arguments)}


def _opened(channel: Channel, arguments: Arguments) -> dict[str, Any]:
    return channel_json(channel) if arguments.flag("return_im") else {"id": channel.id}


def _people(workspace: Workspace, arguments: Arguments) -> list[str]:
    wanted = [one for one in dict.fromkeys(arguments.names("users")) if one != BOT_USER_ID]
    if not arguments.names("users"):
        raise SlackError("users_list_not_supplied")
    if not wanted:
        raise SlackError("not_enough_users")
    if len(wanted) > GROUP:
        raise SlackError("too_many_users")
    members = [workspace.members.get(one) for one in wanted]
    if None in members:
        raise SlackError("user_not_found")
    for member in members:
        if member and member.deleted:
            raise SlackError("user_disabled")
        if member and member.is_bot:
            raise SlackError("cannot_dm_bot" if len(wanted) == 1 else "invalid_user_combination")
    return wanted


def info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """conversations.info."""
    channel = seen_channel(workspace, arguments.need("channel", "channel_not_found"))
    need_scope(workspace, READ_SCOPES[channel.kind])
    shown = channel_json(channel)
    if not arguments.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """conversations.members, in pages."""
    channel = seen_channel(workspace, arguments.need("channel", "channel_not_found"))
    need_scope(workspace, READ_SCOPES[channel.kind])
    page, metadata = page_of(list(channel.members), arguments)
    return {"members": page, "response_metadata": metadata}


def list_(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """conversations.list: public channels and what the bot is in, in pages."""
    types = arguments.names("types") or ["public_channel"]
    if any(one not in _KINDS for one in types):
        raise SlackError("invalid_types")
    kinds = {_KINDS[one] for one in types}
    for kind in kinds:
        need_scope(workspace, READ_SCOPES[kind])
    seen = [
        channel
        for channel in workspace.channels.all()
        if channel.kind in kinds
        and (channel.kind == "public" or BOT_USER_ID in channel.members)
        and not (channel.archived and arguments.flag("exclude_archived"))
    ]
    page, metadata = page_of(seen, arguments)
    return {"channels": [channel_json(channel) for channel in page], "response_metadata": metadata}


def join(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """conversations.join: public channels only."""
    channel = seen_channel(workspace, arguments.need("channel", "channel_not_found"))
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    channel.members.setdefault(BOT_USER_ID)
    workspace.changes.announce()
    return {"channel": channel_json(channel)}


def need_scope(workspace: Workspace, scope: str) -> None:
    """Refuse with missing_scope unless the app was granted `scope`."""
    if scope not in workspace.manifest.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(workspace.manifest.scopes))
