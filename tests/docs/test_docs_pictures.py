"""The pictures of the README and the tour are there, described, small, and those that are made."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.pictures import FOLDER, LOOK, PICTURES, SHARP
from tests.teams import pictures as teams
from tests.tree import ROOT, tracked

PAGES = ("README.md", "docs/tour.md")
PICTURE = re.compile(r"!\[(?P<alternative>[^\]]*)\]\((?P<target>[^)]+)\)")
SHORTEST = 60
"""Characters that say what a picture shows, and not only what it is."""
ALL_TOGETHER = 400_000


def pictures_of(page: str) -> list[tuple[str, Path]]:
    """Each picture that a page shows: its words, and its file from the root."""
    found = PICTURE.finditer((ROOT / page).read_text())
    return [
        (one["alternative"], (ROOT / page).parent.joinpath(one["target"]).resolve().relative_to(ROOT))
        for one in found
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_of_a_page_is_there_and_says_what_it_shows(page: str) -> None:
    shown = pictures_of(page)
    assert {path for _, path in shown} <= set(tracked())
    assert [words for words, _ in shown if len(words) < SHORTEST] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_every_picture_that_is_made(page: str) -> None:
    made = {FOLDER.relative_to(ROOT) / f"{name}.png" for name in PICTURES}
    on_teams = {teams.FOLDER.relative_to(ROOT) / f"{name}.png" for name in teams.PICTURES}
    assert {path for _, path in pictures_of(page)} == made | (on_teams if page == "README.md" else set())


def test_the_pictures_that_are_kept_are_those_that_are_made() -> None:
    kept = {path for path in tracked() if path.parent == FOLDER.relative_to(ROOT)}
    assert {path.name for path in kept} == {f"{name}.png" for name in PICTURES}


def test_the_pictures_are_small_and_of_one_size() -> None:
    files = sorted(FOLDER.iterdir())
    assert sum(path.stat().st_size for path in files) < ALL_TOGETHER
    sizes = set()
    for path in files:
        with Image.open(path) as picture:
            sizes.add(picture.size)
    assert sizes == {(round(LOOK.width * SHARP), round(LOOK.height * SHARP))}
