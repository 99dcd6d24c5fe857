"""A town for every dialogue: the real bot beside a stand-in for its platform, over real HTTP."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from sandbox.company import draw_company
from sandbox.people import load_roster
from tests.dialogues.cast import ANA, BEN, EVE, four_pairs, the_village
from tests.dialogues.differences import platforms_of
from tests.dialogues.on_slack import slack_town
from tests.dialogues.on_teams import teams_town
from tests.dialogues.profile import SHORT, everything
from tests.dialogues.town import Founding, Town
from tests.reused import Reused
from tests.tree import ROOT

FOUNDING: dict[str, Callable[..., AbstractAsyncContextManager[Town]]] = {
    "slack": slack_town,
    "teams": teams_town,
}
ROSTER = ROOT / "tests" / "data" / "people_60.csv"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have every dialogue run on both platforms, but for what one of them lacks."""
    if "platform" in metafunc.fixturenames:
        metafunc.parametrize("platform", platforms_of(metafunc.definition.iter_markers("needs")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave Teams out on the second store, and most of it in `make test`.

    What the stores keep does not depend on the platform; the whole of it is `make conformance`.
    """
    left_out = {one for one in items if _left_out(one)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [one for one in items if one not in left_out]


def _left_out(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    params = item.callspec.params
    second, on_teams = params.get("database_url") == "postgresql", params.get("platform") == "teams"
    if everything():
        return second and "platform" in params
    return on_teams and (second or f"{item.path.stem}::{item.originalname}" not in SHORT)


@pytest.fixture(scope="module")
def shared_database_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Give the address of an empty, migrated PostgreSQL database that the tests of a module share."""
    shared = Reused(postgres_server, postgres_template, f"bothways_shared_{os.getpid()}")
    yield shared.empty()
    shared.drop()


@pytest.fixture
def found(platform: str, database_url: str) -> Founding:
    """Give what founds a town on the test's platform, from a roster; nobody has opted in."""
    return partial(FOUNDING[platform], database_url)


@pytest.fixture
async def roster_town(found: Founding) -> AsyncIterator[Town]:
    """A town of sixty people whose topics real people declared; nobody has opted in."""
    async with found(load_roster(ROSTER)) as town:
        yield town


@pytest.fixture
async def town(found: Founding) -> AsyncIterator[Town]:
    """A town drawn to look real; nobody has opted in."""
    async with found(draw_company(1)) as town:
        yield town


@pytest.fixture
async def village(found: Founding) -> AsyncIterator[Town]:
    """A town of six; nobody has opted in."""
    async with found(the_village()) as town:
        yield town


@pytest.fixture
async def four_pairs_town(found: Founding) -> AsyncIterator[Town]:
    """A town in which each of eight people fits exactly one other; nobody has opted in."""
    async with found(four_pairs()) as town:
        yield town


@pytest.fixture
async def unset_village(found: Founding) -> AsyncIterator[Town]:
    """A town of six in which nobody has set up a programme."""
    async with found(the_village(), set_up=False) as town:
        yield town


@pytest.fixture
async def drafted(village: Town) -> Town:
    """A round of Ana and Ben lies before the owner; Eve waits."""
    await village.join(ANA, BEN, EVE)
    owner = await village.owner()
    await village.say(owner, "/mentor match")
    await village.press(owner, "Review pairs")
    return village


@pytest.fixture
async def paired(village: Town) -> Town:
    """Ana and Ben, on levels 2 and 6, are a pair since Tuesday 24 November."""
    await village.join(ANA, BEN)
    await village.release_a_round()
    await village.press(ANA, "Accept")
    await village.press(BEN, "Accept")
    return village
