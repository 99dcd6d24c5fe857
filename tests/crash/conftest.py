"""What the tests of the crash suite share: the profile, a PostgreSQL that may die, and the figures."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import upgrade
from tests import postgres
from tests.crash.figures import Figures
from tests.crash.page import table, write_section
from tests.crash.profile import LONG, Profile, chosen
from tests.databases import administer, at
from tests.postgres import Breakable


@pytest.fixture(scope="session")
def profile() -> Profile:
    """Give the profile that the environment asks for."""
    return chosen()


@pytest.fixture(scope="session")
def figures(profile: Profile) -> Iterator[Figures]:
    """Give what keeps the figures; the long profile writes them into the documentation at its end."""
    kept = Figures()
    yield kept
    if profile is LONG and kept.lines:
        write_section("crash", table(kept.lines))


@pytest.fixture
def undisturbed_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of one more empty database, for the process that is left alone."""
    file = tmp_path / "undisturbed.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def breakable() -> Iterator[Breakable]:
    """Give a PostgreSQL that keeps what it committed, and may be killed."""
    with postgres.breakable_server() as server:
        yield server


@pytest.fixture
def breakable_url(breakable: Breakable) -> str:
    """Give the address of an empty, migrated database on it."""
    name = f"bothways_crash_{os.getpid()}"
    administer(breakable.address, "CREATE DATABASE {}", name)
    url = at(breakable.address, name)
    upgrade(url)
    return url
