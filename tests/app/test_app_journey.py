"""`bothways journey`: what is wrong with a journey, in a line with its place, and what a pair reads of it."""

from pathlib import Path
from shutil import copytree

import pytest

from prompts.wording import FOLDER
from tests.app.conftest import Command
from tests.prompts.journey_samples import JOURNEY

STEP = "en/steps/goals.md.j2"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Give a copy of our own journey to change: the stages and the words of the steps."""
    (tmp_path / "journey.yml").write_bytes((FOLDER / "journey.yml").read_bytes())
    copytree(FOLDER / "en" / "steps", tmp_path / "en" / "steps")
    return tmp_path


def with_step(folder: Path, words: str) -> Path:
    """The words of the step that asks for a goal, changed."""
    (folder / STEP).write_text(words, encoding="utf-8")
    return folder


def with_journey(folder: Path, old: str, new: str) -> Path:
    """A part of the stages, changed."""
    text = (folder / "journey.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "journey.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_our_own_journey_has_nothing_to_mend(command: Command, changed: Path) -> None:
    for arguments in ((), (str(changed),)):
        done = command("journey", "check", *arguments)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{len(JOURNEY.steps)} steps in {len(JOURNEY.stages)} stages: nothing to mend\n"


def test_words_that_are_not_changed_are_our_own(command: Command, changed: Path) -> None:
    (changed / STEP).unlink()
    assert command("journey", "check", str(changed)).code == 0


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("{{ nobody }}", "line 1: 'nobody' is undefined"),
        ("fine\n\n{% if %}", "line 3: "),
        ("fine\n\n{{ you|shout }}", "line 3: No filter named 'shout'."),
        ("word " * 130, "characters, and a message the bot starts has at most 600"),
        ("\n", "says nothing"),
        ("[Do it](explode:{{ pair }})", "the button 'Do it' does 'explode', which no button does"),
        ("```\nx\n```", "line 1: a template may not hold a nameless fence"),
    ],
)
def test_what_is_wrong_with_words_is_told_with_its_file(
    command: Command,
    changed: Path,
    words: str,
    finding: str,
) -> None:
    done = command("journey", "check", str(with_step(changed, words)))
    assert done.code == 1
    assert done.err.startswith(f"bothways: {STEP}")
    assert finding in done.err
    assert (done.err.count("\n"), done.out) == (1, "")


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("kind: introduction", "kind: opera", "'introduction': kind: Input should be"),
        ("after: introduced", "afterwards: introduced", "'introduction' has an unknown key 'afterwards'"),
        ("only: [never_met]", "only: [rich]", "the step 'primer' has an unknown condition 'rich'"),
        ("key: primer", "key: introduction", "the step 'introduction' stands there twice"),
        ("stages:", "chapters:", "there is no list of stages"),
        ("stages:", "stages:\n  - {key: empty}", "the stage 'empty' has no list of steps"),
        ("- key: goals", "- key: [goals", ", line 5"),
        ("key: primer", "key: premier", "en/steps/premier.md.j2: no such file"),
        ("counted: false", "counted: false, nudge: true", "is a nudge, and a nudge counts"),
    ],
)
def test_what_is_wrong_with_the_stages_is_told_with_its_place(
    command: Command,
    changed: Path,
    old: str,
    new: str,
    finding: str,
) -> None:
    done = command("journey", "check", str(with_journey(changed, old, new)))
    assert done.code == 1
    assert finding in done.err
    assert "Traceback" not in done.err


def test_words_of_a_step_that_there_is_not_are_found(command: Command, changed: Path) -> None:
    (changed / "en" / "steps" / "gaols.md.j2").write_text("Lost", encoding="utf-8")
    done = command("journey", "check", str(changed))
    assert (done.code, done.err) == (1, "bothways: en/steps/gaols.md.j2: no step has this name\n")


def test_a_folder_without_a_journey_and_one_that_is_not_there_are_told_apart(
    command: Command,
    tmp_path: Path,
) -> None:
    empty = command("journey", "check", str(tmp_path))
    assert (empty.code, empty.err) == (1, "bothways: journey.yml: no such file\n")
    gone = command("journey", "check", str(tmp_path / "gone"))
    assert gone.code == 2
    assert gone.err.count("\n") == 1


def test_the_preview_shows_the_weeks_and_a_side_alone(command: Command) -> None:
    whole, senior = command("journey", "preview"), command("journey", "preview", "--side", "senior")
    assert (whole.code, senior.code) == (0, 0)
    assert "## Week 1\n" in whole.out
    assert "### speaking_up" in whole.out
    assert "### being_challenged" in senior.out
    assert "### speaking_up" not in senior.out
    assert command("journey", "preview", "--locale", "xx").out == whole.out
    wrong = command("journey", "preview", "--side", "elder")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
