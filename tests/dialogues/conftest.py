"""A town for every dialogue: the real bot beside the stand-in, over real HTTP, on both databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.app import ProgrammeClock, Role, running
from bot.settings import read_settings
from sandbox.company import draw_company
from sandbox.manifest import Manifest, read_manifest
from sandbox.people import RosterPerson, load_roster
from sandbox.running import RunningSandbox
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.story import prepare
from sandbox.workspace import Workspace
from tests.dialogues.town import Town

ROOT = Path(__file__).parents[2]
ROSTER = ROOT / "tests" / "data" / "people_60.csv"
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-town-0000"
LONGEST_CALL = 300.0


@asynccontextmanager
async def a_town(database_url: str, roster: list[RosterPerson]) -> AsyncIterator[Town]:
    """The bot and the stand-in, from a Tuesday morning on, with the programme set up."""
    bound = loopback_socket()
    sandbox = RunningSandbox(
        Workspace(roster, manifest=read_manifest(ROOT / "manifest.yml") if (ROOT / "manifest.yml").exists() else Manifest(), start=TUESDAY, seed=1),
        bot_address=address_of(bound),
        signing_secret=SECRET,
        bot_token=TOKEN,
    )
    settings = read_settings(
        given={
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_BASE_URL": sandbox.web_api,
            "DATABASE_URL": database_url,
            "BOTHWAYS_SECRET_KEYS": Fernet.generate_key().decode(),
            "BOTHWAYS_TICK_SECONDS": "3600",
            "BOTHWAYS_SUPPORT": "mentoring@example.com",
        },
    )
    clock = ProgrammeClock(TUESDAY)
    async with (
        sandbox,
        running(settings, Role.ALL, clock, demonstration=True) as bot,
        LoopbackServer(bot.web, bound),
        httpx.AsyncClient(base_url=sandbox.address, timeout=LONGEST_CALL) as http,
    ):
        trouble = await prepare(sandbox.slack)
        assert trouble is None, trouble
        yield Town(http)


@pytest.fixture
async def roster_town(database_url: str) -> AsyncIterator[Town]:
    """A town of sixty people whose topics real people declared; nobody has opted in."""
    async with a_town(database_url, load_roster(ROSTER)) as town:
        yield town


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """A town drawn to look real; nobody has opted in."""
    async with a_town(database_url, draw_company(1)) as town:
        yield town
