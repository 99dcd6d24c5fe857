"""The page on the platforms says what the dialogues and the differences say, and its pictures are made."""

import ast
import re
from collections import Counter

import pytest

from tests.dialogues.conformance import PAGE, Script, as_it_should_be, declared, page, scripts
from tests.dialogues.differences import NAMED_BY_TOWNS, PLATFORMS
from tests.dialogues.profile import SHORT
from tests.teams.pictures import FOLDER, PICTURES
from tests.tree import ROOT

WORDS = PAGE.read_text(encoding="utf-8")


def test_the_page_shows_every_picture_that_is_made_and_says_what_it_shows() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures-teams/(\w+)\.png\)", WORDS)
    assert [name for _, name in shown] == list(PICTURES)
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
    assert [words for words, _ in shown if len(words) < 60] == []


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 150_000


def test_the_page_is_what_the_dialogues_say_where_all_of_them_hold() -> None:
    assert page(as_it_should_be(), WORDS) == WORDS, "`make conformance` writes it anew"


def test_a_dialogue_that_does_not_hold_stands_on_the_page_as_such() -> None:
    key = ("test_dialogues_meeting::test_d9_a_rhythm_is_set_in_meeting_one_by_both", "teams")
    broken = page({**as_it_should_be(), key: False}, WORDS)
    assert broken.count("**does not hold**: test_d9_a_rhythm_is_set_in_meeting_one_by_both") == 2, "B8 and D9"


def test_every_dialogue_is_found_and_runs_somewhere() -> None:
    files = {path.stem for path in (ROOT / "tests" / "dialogues").glob("test_dialogues_*.py")}
    assert {one.file for one in scripts()} == files
    assert [one.key for one in scripts() if not one.platforms] == []
    assert [key for key, times in Counter(one.key for one in scripts()).items() if times > 1] == []


@pytest.mark.parametrize("script", scripts(), ids=lambda one: one.key)
def test_a_dialogue_on_one_platform_alone_names_a_difference(script: Script) -> None:
    assert bool(script.reasons) == (script.platforms != PLATFORMS)
    assert set(script.reasons) <= set(declared().values())


@pytest.mark.parametrize("name", declared())
def test_a_difference_has_its_reason_and_somebody_who_shows_it(name: str) -> None:
    one = declared()[name]
    assert all((one.what, one.slack, one.teams, one.why)), "each cell says something"
    assert one.only in PLATFORMS
    needed = any(one in script.reasons for script in scripts())
    assert needed or one in NAMED_BY_TOWNS or one.held_by
    assert [test for test in one.held_by if not exists(test)] == []


def test_no_two_differences_are_about_the_same() -> None:
    assert len({one.what for one in declared().values()}) == len(declared())
    assert set(declared().values()) >= NAMED_BY_TOWNS


def test_the_short_run_plays_dialogues_that_there_are() -> None:
    on_teams = {one.key for one in scripts() if "teams" in one.platforms}
    assert SHORT - on_teams == set()


def exists(test: str) -> bool:
    """Whether there is such a test."""
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
