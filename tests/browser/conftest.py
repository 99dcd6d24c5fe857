"""Towns with a browser that looks at them."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from sandbox.company import draw_company
from sandbox.people import RosterPerson
from storage.migrate import upgrade
from tests.browser.window import Window, a_browser, a_window
from tests.dialogues.cast import the_village
from tests.dialogues.on_slack import SlackTown, slack_town


def _town_of(folder: Path, roster: Iterable[RosterPerson]) -> AbstractAsyncContextManager[SlackTown]:
    database = f"sqlite:///{folder / 'town.db'}"
    upgrade(database)
    return slack_town(database, list(roster))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackTown]:
    """A town drawn to look real; nobody has opted in."""
    async with _town_of(tmp_path, draw_company(1)) as made:
        yield made


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[SlackTown]:
    """A town of six; nobody has opted in."""
    async with _town_of(tmp_path, the_village()) as made:
        yield made


async def _looking_at(chromium: str, town: SlackTown) -> AsyncIterator[Window]:
    async with (
        a_browser(chromium) as browser,
        a_window(browser, str(town.http.base_url)) as window,
    ):
        yield window


@pytest.fixture
async def window(chromium: str, town: SlackTown) -> AsyncIterator[Window]:
    """The town's page in a browser; an error on its console fails the test."""
    async for opened in _looking_at(chromium, town):
        yield opened


@pytest.fixture
async def village_window(chromium: str, village: SlackTown) -> AsyncIterator[Window]:
    """The village's page in a browser; an error on its console fails the test."""
    async for opened in _looking_at(chromium, village):
        yield opened
