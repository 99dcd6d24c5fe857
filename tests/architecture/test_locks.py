"""The locks pin every package with its hashes and hold what pyproject.toml asks for."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tree import ROOT

FOLDER = ROOT / "requirements"
GROUPS = {"run": ("build",), "fast": ("build",), "test": ("build", "test"), "bench": ("build", "bench")}
EXTRAS = {"fast": ("fast",)}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
COMMENT = re.compile(r" *#.*")


def project() -> dict[str, Any]:
    """Give pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: Path) -> dict[str, str]:
    """Give the version that a lock holds of each package."""
    found = [match for line in lock.read_text().splitlines() if (match := PIN.fullmatch(line))]
    return {match["name"]: match["version"] for match in found}


def wanted(lock: str) -> list[Requirement]:
    """Give what pyproject.toml asks the lock to hold."""
    settings = project()
    groups = [requirement for group in GROUPS[lock] for requirement in settings["dependency-groups"][group]]
    extras = settings["project"]["optional-dependencies"]
    more = [requirement for extra in EXTRAS.get(lock, ()) for requirement in extras[extra]]
    return [Requirement(text) for text in (*settings["project"]["dependencies"], *groups, *more)]


def test_the_locks_are_the_known_ones() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {"uv", *GROUPS}


@pytest.mark.parametrize("lock", sorted(FOLDER.iterdir()), ids=lambda lock: lock.name)
def test_a_lock_is_pins_hashes_and_comments_and_names_no_address(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    odd = [line for line in lines if not any(kind.fullmatch(line) for kind in (PIN, HASH, COMMENT))]
    assert odd == []
    assert not [line for line in lines if "://" in line]
    following = dict(pairwise(lines))
    assert all(HASH.fullmatch(following[line]) for line in lines if PIN.fullmatch(line))


@pytest.mark.parametrize("lock", GROUPS)
def test_a_lock_satisfies_what_the_project_asks_for(lock: str) -> None:
    held = pins(FOLDER / f"{lock}.txt")
    missing = [
        str(requirement)
        for requirement in wanted(lock)
        if not requirement.specifier.contains(held.get(canonicalize_name(requirement.name), "0"))
    ]
    assert not missing, "run `make lock`"


@pytest.mark.parametrize("lock", ["fast", "test", "bench"])
def test_the_larger_locks_hold_the_versions_that_run(lock: str) -> None:
    assert pins(FOLDER / "run.txt").items() <= pins(FOLDER / f"{lock}.txt").items()


def test_the_locks_carry_the_build_backend() -> None:
    settings = project()
    assert settings["dependency-groups"]["build"] == settings["build-system"]["requires"]
