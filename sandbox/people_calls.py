"""Calls beyond CONTRACT's table: what the app called, people who come and go, uninstalling."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.lookups import find_anybody, find_channel
from sandbox.members import TEAM_ID, member_json
from sandbox.scripts import answering
from sandbox.shown import person_json
from sandbox.slack import Slack, WrongUseError, short
from sandbox.zones import ZONES

Json = dict[str, Any]
_CHANGEABLE = ("deleted", "is_restricted", "is_admin")


async def _member(slack: Slack, body: Json) -> Json:
    member = find_anybody(slack, body)
    zone, called = body.get("timezone", member.tz), body.get("name", member.real_name)
    changed = {name: body.get(name, getattr(member, name)) for name in _CHANGEABLE}
    if not isinstance(zone, str) or zone not in ZONES:
        raise WrongUseError(f"`timezone` {short(zone)} is not an IANA time zone")
    if not isinstance(called, str) or not called.strip():
        raise WrongUseError("`name` must be text")
    if not all(isinstance(value, bool) for value in changed.values()):
        raise WrongUseError(f"{', '.join(f'`{name}`' for name in _CHANGEABLE)} must be true or false")
    member.tz, member.real_name = zone, called
    for name, value in changed.items():
        setattr(member, name, value)
    slack.workspace.changes.announce()
    now = slack.workspace.clock.now()
    shown = member_json(member, slack.workspace.manifest.scopes, now)
    await slack.events.emit({"type": "user_change", "user": shown, "event_ts": f"{now.timestamp():.6f}"})
    await slack.timeline.settle()
    return {"ok": True, "person": person_json(member)}


async def _join(slack: Slack, body: Json) -> Json:
    member, channel = find_anybody(slack, body), find_channel(slack, body)
    channel.members.setdefault(member.id)
    slack.workspace.changes.announce()
    await slack.events.emit(
        {
            "type": "member_joined_channel",
            "user": member.id,
            "channel": channel.id,
            "channel_type": channel.id[0],
            "team": TEAM_ID,
            "event_ts": f"{slack.workspace.clock.now().timestamp():.6f}",
        }
    )
    await slack.timeline.settle()
    return {"ok": True}


async def _uninstall(slack: Slack, _body: Json) -> Json:
    slack.workspace.installed = False
    await slack.events.emit(
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.workspace.bot_id]}}
    )
    await slack.events.emit({"type": "app_uninstalled"})
    await slack.timeline.settle()
    return {"ok": True}


def routes(slack: Slack) -> list[Route]:
    """The routes."""

    async def calls(request: Request) -> Response:
        method = request.query_params.get("method")
        shown = [
            {"at": call.at.isoformat(), "method": call.method, "error": call.error, "channel": call.channel}
            for call in slack.workspace.calls
            if method in (None, call.method)
        ]
        return JSONResponse({"calls": shown})

    return [
        Route("/sandbox/calls", calls, methods=["GET"]),
        Route("/sandbox/member", answering(slack, _member), methods=["POST"]),
        Route("/sandbox/join-channel", answering(slack, _join), methods=["POST"]),
        Route("/sandbox/uninstall", answering(slack, _uninstall), methods=["POST"]),
    ]
