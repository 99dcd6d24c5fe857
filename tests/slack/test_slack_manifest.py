"""The manifest says what handlers/slack does, and no more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handlers.slack import listeners
from handlers.slack.happenings import HAPPENINGS
from handlers.slack.scopes import METHODS, SCOPES
from sandbox.webapi.methods import METHODS as SLACKS

ROOT = Path(__file__).parent.parent.parent
CALL = re.compile(r"(?:client|_client)\.([a-z]+(?:_[A-Za-z]+)+)\(")


@pytest.fixture(scope="module")
def manifest() -> Any:
    """Give manifest.yml."""
    return yaml.safe_load((ROOT / "manifest.yml").read_text())


def called() -> set[str]:
    """Give every method of the Web API that the code calls, by Slack's name."""
    texts = [
        path.read_text() for folder in ("handlers/slack", "bot") for path in (ROOT / folder).rglob("*.py")
    ]
    return {name.replace("_", ".", 1) for text in texts for name in CALL.findall(text)}


def test_the_commands_are_those_that_are_listened_to(manifest: Any) -> None:
    commands = manifest["features"]["slash_commands"]
    assert [command["command"] for command in commands] == [listeners.COMMAND]
    assert commands[0]["should_escape"] is True


def test_the_events_are_those_that_are_listened_to(manifest: Any) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(subscribed) == sorted([listeners.HOME_OPENED, *HAPPENINGS])


def test_the_scopes_are_those_that_the_calls_need(manifest: Any) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    assert scopes["bot"] == list(SCOPES)
    assert set(SCOPES) == {"commands"} | {scope for needed in METHODS.values() for scope in needed}
    assert not [scope for scope in scopes["bot"] if "history" in scope]


def test_every_call_is_listed_with_its_scopes_and_every_listed_one_is_made() -> None:
    made_by_bolt = {"apps.connections.open"}
    assert called() | made_by_bolt == set(METHODS)


def test_the_stand_in_asks_for_the_same_scopes() -> None:
    for method, needed in METHODS.items():
        scopes = SLACKS[method].scopes if method in SLACKS else ()
        if not callable(scopes):
            assert set(needed) <= set(scopes) or needed == scopes


def test_texts_fit_what_app_settings_take(manifest: Any) -> None:
    shown, command = manifest["display_information"], manifest["features"]["slash_commands"][0]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
    assert len(command["command"]) <= 32
    assert re.fullmatch(r"[a-z0-9._-]+", manifest["features"]["bot_user"]["display_name"])


def test_every_address_is_the_one_path_behind_the_gate(manifest: Any) -> None:
    settings = manifest["settings"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        manifest["features"]["slash_commands"][0]["url"],
    }
    assert addresses == {"https://EXAMPLE/slack/events"}
