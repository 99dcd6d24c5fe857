"""The pictures of the page on platforms are those that are made, and each says what it shows."""

import re

from tests.teams.pictures import FOLDER, PICTURES
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")


def test_the_page_shows_every_picture_that_is_made_and_says_what_it_shows() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures-teams/(\w+)\.png\)", PAGE)
    assert [name for _, name in shown] == list(PICTURES)
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
    assert [words for words, _ in shown if len(words) < 60] == []


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 150_000
