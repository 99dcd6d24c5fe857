"""The shapes of what Slack sends: commands, clicks, submissions, options requests, events."""

import hashlib
from typing import Any

from sandbox.blockkit.walk import Json
from sandbox.channels import Channel
from sandbox.members import APP_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, Member
from sandbox.messages import Message
from sandbox.views import View, view_json
from sandbox.webapi.chat import message_json
from sandbox.workspace import Workspace

# Slack still sends its deprecated verification token; nobody should look at it
TOKEN = hashlib.sha256(b"verification token").hexdigest()[:24]
_NAMES = {"im": "directmessage", "private": "privategroup"}


def channel_name(channel: Channel) -> str:
    """The name a payload gives a conversation."""
    return _NAMES.get(channel.kind, channel.name)


def command_form(
    person: Member, channel: Channel, command: str, text: str, *, trigger_id: str, response_url: str
) -> dict[str, str]:
    """The form of a slash command."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _interaction(kind: str, person: Member) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _in_message(workspace: Workspace, message: Message) -> dict[str, Any]:
    channel = workspace.channels.get(message.channel)
    name = channel_name(channel) if channel else ""
    ephemeral = message.visible_to is not None
    place: dict[str, Any] = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": ephemeral,
        },
        "channel": {"id": message.channel, "name": name},
        "state": {"values": message.state},
    }
    if not ephemeral:  # Slack does not send what only one person saw
        place["message"] = message_json(workspace, message)
    return place


def _in_view(view: View) -> dict[str, Any]:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view)}


def place_of(workspace: Workspace, source: Message | View) -> dict[str, Any]:
    """The part of a payload that says where something happened."""
    return _in_view(source) if isinstance(source, View) else _in_message(workspace, source)


def block_actions(
    workspace: Workspace, person: Member, source: Message | View, action: Json, *, trigger_id: str
) -> dict[str, Any]:
    """A click or a choice."""
    return {
        **_interaction("block_actions", person),
        **place_of(workspace, source),
        "trigger_id": trigger_id,
        "actions": [action],
    }


def block_suggestion(
    workspace: Workspace, person: Member, source: Message | View, *, ids: tuple[str, str], query: str
) -> dict[str, Any]:
    """An options request: `ids` are the block's and the action's."""
    return {
        **_interaction("block_suggestion", person),
        **place_of(workspace, source),
        "block_id": ids[0],
        "action_id": ids[1],
        "value": query,
    }


def view_submission(person: Member, view: View, trigger_id: str) -> dict[str, Any]:
    """A form sent."""
    return {
        **_interaction("view_submission", person),
        "trigger_id": trigger_id,
        "view": view_json(view),
        "response_urls": [],
    }


def view_closed(person: Member, view: View, *, cleared: bool) -> dict[str, Any]:
    """A form closed without sending; like Slack's, it does not tell what stood in the form."""
    closed = {**view_json(view), "state": {"values": {}}}
    return {**_interaction("view_closed", person), "view": closed, "is_cleared": cleared}


def event_envelope(event: Json, event_id: str, event_time: int) -> dict[str, Any]:
    """An event in its envelope."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
