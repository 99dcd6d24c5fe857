"""A Teams edge, for the tests that ask for one."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.stores import TickingClock
from tests.teams.edge import Edge, edge_over


@pytest.fixture
async def edge(store: Store, clock: TickingClock) -> AsyncIterator[Edge]:
    """Give an edge whose app nobody took in yet."""
    async with edge_over(store, clock) as made:
        yield made
