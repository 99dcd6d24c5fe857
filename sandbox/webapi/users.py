"""auth.test and users.*: who is who."""

from typing import Any

from sandbox.members import BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, member_json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import SlackError
from sandbox.webapi.places import existing_member, page_of
from sandbox.workspace import Workspace


def auth_test(workspace: Workspace, _arguments: Arguments) -> dict[str, Any]:
    """auth.test."""
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": workspace.manifest.bot_name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """users.info."""
    member = existing_member(workspace, arguments.need("user", "user_not_found"))
    return {"user": member_json(member, workspace.manifest.scopes, workspace.clock.now())}


def list_(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """users.list, in pages."""
    page, metadata = page_of(list(workspace.members.values()), arguments)
    now = workspace.clock.now()
    return {
        "members": [member_json(member, workspace.manifest.scopes, now) for member in page],
        "cache_ts": int(now.timestamp()),
        "response_metadata": metadata,
    }


def lookup_by_email(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """users.lookupByEmail."""
    wanted = arguments.need("email", "users_not_found").casefold()
    for member in workspace.members.values():
        if member.email.casefold() == wanted and not member.deleted:
            return {"user": member_json(member, workspace.manifest.scopes, workspace.clock.now())}
    raise SlackError("users_not_found")
