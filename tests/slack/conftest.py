"""A workspace with the Slack edge in it, for the tests that ask for one."""

from collections.abc import AsyncIterator

import pytest

from sandbox.story import prepare
from sandbox.workspace import Workspace
from storage.store import Store
from tests.slack.sending import PEOPLE
from tests.slack.served import Served, serving
from tests.stores import TickingClock


@pytest.fixture
async def town(store: Store, clock: TickingClock) -> AsyncIterator[Served]:
    """Give a workspace with the edge in it."""
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now)) as served:
        yield served


@pytest.fixture
async def running(town: Served) -> Served:
    """Give a workspace whose programme was set up through its form."""
    assert await prepare(town.sandbox.slack) is None
    return town
