"""Imports Microsoft's library, when it is needed and without what importing it does besides."""

import os
import warnings
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Protocol

import httpx

from handlers.shared.types import Json
from handlers.teams.gate import Verify

_NO_ENV_FILE = "PYTHON_DOTENV_DISABLED"


class Calls(Protocol):
    """The calls to Teams that leave us, one attempt each; what httpx raises comes out unchanged."""

    async def say(self, service: str, conversation: str, card: Json, summary: str) -> str:
        """Send a card into a conversation; Teams' name for the message, empty where it gives none."""

    async def replace(self, service: str, conversation: str, activity: str, card: Json, summary: str) -> None:
        """Put a card in the place of a message of ours."""

    async def post(self, service: str, thread: str, tenant: str, card: Json, summary: str) -> tuple[str, str]:
        """Begin a conversation in a channel; (its id, the message's id)."""

    async def member(self, service: str, conversation: str, who: str) -> Json:
        """What the roster of a conversation tells of somebody."""

    async def members(self, service: str, conversation: str) -> list[Json]:
        """What the roster of a conversation tells of everybody in it."""

    async def team(self, service: str, team: str) -> str:
        """What a team is called; empty where Teams does not say."""

    async def channels(self, service: str, team: str) -> list[tuple[str, str]]:
        """(thread, name) of a team's channels; the name of its first one is empty, as Teams gives it."""


class Library(Protocol):
    """What handlers/teams/microsoft.py holds."""

    verified: Verify
    api: Callable[[httpx.AsyncClient, Callable[[], Awaitable[str]]], Calls]


def library() -> Library:
    """Microsoft's library. The first call takes more than a second; it warns of nothing and reads no file."""
    known = os.environ.get(_NO_ENV_FILE)
    os.environ[_NO_ENV_FILE] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns, when it is imported, of parts that nobody uses
            return import_module("handlers.teams.microsoft")
    finally:
        if known is None:
            del os.environ[_NO_ENV_FILE]
        else:
            os.environ[_NO_ENV_FILE] = known
