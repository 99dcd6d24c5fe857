"""Slack's events as platform-neutral facts, for the inbox."""

import json
from collections.abc import Callable
from dataclasses import asdict

from handlers.shared.types import Json
from handlers.slack.client import Identity
from handlers.slack.directory import profile_of

Fact = tuple[str, Json]


def _profile_changed(event: Json, identity: Identity) -> Fact:
    return "profile_changed", asdict(profile_of(event["user"], identity.team))


def _uninstalled(_event: Json, _identity: Identity) -> Fact:
    return "uninstalled", {}


def _tokens_revoked(event: Json, identity: Identity) -> Fact | None:
    """Only the bot's own token matters; people's are none of ours."""
    return _uninstalled(event, identity) if event.get("tokens", {}).get("bot") else None


HAPPENINGS: dict[str, Callable[[Json, Identity], Fact | None]] = {
    "user_change": _profile_changed,
    "app_uninstalled": _uninstalled,
    "tokens_revoked": _tokens_revoked,
}
"""Slack's name of an event to what it says to us; None where it says nothing."""


def fact_of(event: Json, identity: Identity) -> tuple[str, bytes] | None:
    """(the kind, the facts as JSON) of an event, None where it is none of ours."""
    found = HAPPENINGS[event["type"]](event, identity)
    return None if found is None else (found[0], json.dumps(found[1], ensure_ascii=False).encode())
