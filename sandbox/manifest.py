"""What the app's manifest grants and asks for: scopes, commands, events."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DEFAULT_SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "mpim:write",
    "users:read",
    "channels:read",
    "groups:read",
    "files:write",
)
DEFAULT_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "user_change",
    "member_joined_channel",
)


class ManifestError(ValueError):
    """The manifest cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command the app registered; with `should_escape` names arrive as `<@U…|name>`."""

    command: str
    should_escape: bool = True


def _default_commands() -> dict[str, SlashCommand]:
    return {"/mentor": SlashCommand("/mentor")}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The part of manifest.yml that decides what the app may call and what it is sent."""

    scopes: tuple[str, ...] = DEFAULT_SCOPES
    events: tuple[str, ...] = DEFAULT_EVENTS
    commands: dict[str, SlashCommand] = field(default_factory=_default_commands)
    bot_name: str = "mentor"
    home_tab: bool = True


def read_manifest(path: Path) -> Manifest:
    """The manifest in `path`. Raises ManifestError when it cannot be read or lacks a part."""
    try:
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        features, settings = content["features"], content["settings"]
        commands = [
            SlashCommand(entry["command"], bool(entry.get("should_escape")))
            for entry in features.get("slash_commands", [])
        ]
        return Manifest(
            scopes=tuple(content["oauth_config"]["scopes"]["bot"]),
            events=tuple(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands={entry.command: entry for entry in commands},
            bot_name=features["bot_user"]["display_name"],
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path.name}: cannot be used as a manifest: {error}") from error
