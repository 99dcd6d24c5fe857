"""A small workspace and a tiny bot beside it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from sandbox.people import RosterPerson
from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import Served, serving

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def a_roster_person(number: int, name: str, level: int = 2) -> RosterPerson:
    """Somebody on the roster, id P0000<number>."""
    return RosterPerson(
        id=f"P0000{number}",
        name=name,
        email=f"p{number}@example.com",
        level=level,
        department="Data",
        location="Berlin",
        timezone="Europe/Berlin",
        manager=None,
        learn=("SQL",),
        teach=("Public speaking",),
        places=1,
        languages=("en",),
        since="2024-03",
    )


ROSTER = [
    a_roster_person(1, "Ada Okafor"),
    a_roster_person(2, "Bo Lindgren", 5),
    a_roster_person(3, "Cy Tan", 4),
]


@pytest.fixture
def workspace() -> Workspace:
    """Three people, the owner and the contacts, on a Monday morning."""
    return Workspace(ROSTER, start=MONDAY)


@pytest.fixture
async def served(workspace: Workspace) -> AsyncIterator[Served]:
    """The workspace and a tiny bot, both served."""
    async with serving(workspace) as both:
        yield both
