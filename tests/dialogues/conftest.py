"""A town for every dialogue: the real bot beside the stand-in, over real HTTP, on both databases."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import read_settings
from sandbox.company import draw_company
from sandbox.manifest import read_manifest
from sandbox.people import RosterPerson, load_roster
from sandbox.running import RunningSandbox
from sandbox.serving import address_of, loopback_socket
from sandbox.story import prepare
from sandbox.workspace import Workspace
from tests.dialogues.cast import four_pairs, the_village
from tests.dialogues.process import BotProcess
from tests.dialogues.town import Town
from tests.loopback import loopback_client
from tests.reused import Reused

ROOT = Path(__file__).parents[2]
ROSTER = ROOT / "tests" / "data" / "people_60.csv"
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-town-0000"
LONGEST_CALL = 300.0


@asynccontextmanager
async def a_town(
    database_url: str, roster: list[RosterPerson], *, set_up: bool = True
) -> AsyncIterator[Town]:
    """The bot and the stand-in, from a Tuesday morning on, with the programme `set_up` or not."""
    bound = loopback_socket()
    manifest = read_manifest(ROOT / "manifest.yml")
    sandbox = RunningSandbox(
        Workspace(roster, manifest=manifest, start=TUESDAY, seed=1),
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
            "BOTHWAYS_PUBLIC_URL": address_of(bound),
        },
    )
    bot = BotProcess(settings, sandbox.workspace.clock.now)
    async with sandbox, bot.at_work(bound), loopback_client(sandbox.address, LONGEST_CALL) as http:
        if set_up:
            trouble = await prepare(sandbox.slack)
            assert trouble is None, trouble
        yield Town(http, sandbox, bot)


@pytest.fixture(scope="module")
def shared_database_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Give the address of an empty, migrated PostgreSQL database that the tests of a module share."""
    shared = Reused(postgres_server, postgres_template, f"bothways_shared_{os.getpid()}")
    yield shared.empty()
    shared.drop()


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


@pytest.fixture
async def village(database_url: str) -> AsyncIterator[Town]:
    """A town of six; nobody has opted in."""
    async with a_town(database_url, the_village()) as town:
        yield town


@pytest.fixture
async def four_pairs_town(database_url: str) -> AsyncIterator[Town]:
    """A town in which each of eight people fits exactly one other; nobody has opted in."""
    async with a_town(database_url, four_pairs()) as town:
        yield town


@pytest.fixture
async def unset_village(database_url: str) -> AsyncIterator[Town]:
    """A town of six in which nobody has set up a programme."""
    async with a_town(database_url, the_village(), set_up=False) as town:
        yield town
