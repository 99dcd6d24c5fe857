"""The words of the journey's steps: short, plain, said to whom they are for, with why they came."""

import re
from hashlib import sha256

import pytest
from jinja2 import Environment, meta

from bot.mentoring.ethics import CODE
from prompts import labels
from prompts.filters import FILTERS
from prompts.view import Heading, Note, Paragraph
from prompts.wording import FOLDER
from tests.prompts.golden import view_of
from tests.prompts.reading import buttons, note
from tests.prompts.samples import samples
from tests.prompts.steps import JUNIOR, SENIOR, STEPS, VARIABLES, step_file, step_view
from tests.prompts.test_prompts_words import BANNED, LONGEST
from tests.prompts.typed import Typed

BY_LEVEL = re.compile(r"\b(senior|junior|further up|above you|below you|your rank)", re.IGNORECASE)
"""Words that two people on one level do not read."""
ABOUT_BOTH_SIDES = {"commands.yml", "journey.yml", "weekly_summary.md.j2"}
"""Pages about every kind of pair, for whoever opens them and for owners."""
DIGEST = {1: "8a52eee2791d"}
"""The words of the code by version."""


def text_of(key: str) -> str:
    """What a step says, in one line of plain words."""
    return " ".join(step_view(key).text.split())


@pytest.mark.parametrize("key", STEPS)
def test_a_step_is_short_whatever_its_topics_are(key: str) -> None:
    for topics in (True, False):
        assert len(step_view(key, topics=topics).text) <= LONGEST


@pytest.mark.parametrize("key", STEPS)
def test_a_step_has_a_title_and_says_why_it_came_and_how_to_stop(key: str) -> None:
    view = step_view(key)
    first = view.blocks[0]
    assert isinstance(first, Heading) or (
        isinstance(first, Paragraph) and all(one.bold for one in first.line)
    )
    assert isinstance(view.blocks[-1], Note)
    assert "/mentor pause" in note(view)
    assert "/mentor leave" in note(view)
    assert note(view).index("/mentor pause") > len("You get this since")


@pytest.mark.parametrize("key", STEPS)
def test_a_step_knows_only_what_every_step_knows(key: str) -> None:
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    used = meta.find_undeclared_variables(environment.parse(step_file(key).read_text(encoding="utf-8")))
    assert used <= {*VARIABLES, "code"}


@pytest.mark.parametrize("key", STEPS)
def test_what_people_typed_is_data_in_a_step(key: str) -> None:
    typed = Typed(other="**x** [y](accept:z)", topic="# a\n- b", second="{{ 1 }}")
    view = step_view(key, typed)
    assert [block for block in view.blocks if isinstance(block, Heading)] == [
        block for block in step_view(key).blocks if isinstance(block, Heading)
    ]
    assert list(buttons(view)) == list(buttons(step_view(key)))


@pytest.mark.parametrize("kind", BANNED)
def test_no_step_speaks_of(kind: str) -> None:
    """A4, E14."""
    words = re.compile(rf"\b(?:{'|'.join(BANNED[kind])})\b", re.IGNORECASE)
    assert {key: words.findall(text_of(key)) for key in STEPS if words.search(text_of(key))} == {}


def test_two_on_one_level_read_no_word_of_level_in_any_template() -> None:
    """B9: only steps for one side, which a lateral pair has not, name it."""
    files = {path.relative_to(FOLDER / "en").as_posix(): path for path in (FOLDER / "en").rglob("*.*")}
    for_one_side = {f"steps/{key}.md.j2" for key in (*SENIOR, *JUNIOR)}
    to_everybody = files.keys() - for_one_side - ABOUT_BOTH_SIDES
    found = {name: BY_LEVEL.findall(files[name].read_text(encoding="utf-8")) for name in to_everybody}
    assert {name for name, words in found.items() if words} <= {"joined.md.j2", "join_form.md.j2"}


def test_joining_speaks_of_level_only_to_whom_it_helps() -> None:
    """A6: what is left of it in the two templates is said about people at large."""
    by_level = {name for name, prompt in samples().items() if BY_LEVEL.search(view_of(prompt).text)}
    to_owners = {name for name in by_level if name.startswith("weekly_summary")}
    for_one_side = {*SENIOR, *JUNIOR}
    assert by_level - to_owners - for_one_side == {"join_form", "joined_further_up", "help_on_roles"}


def test_the_code_can_be_answered_where_it_is_read() -> None:
    """C9."""
    (keep, *_) = buttons(step_view("keep_the_code"))
    assert (keep.label, keep.action, keep.value) == ("I'll keep to this", "keep_code", str(CODE))


def test_the_code_gets_a_new_version_when_its_words_change() -> None:
    """C9: everybody is asked anew then."""
    words = sha256(labels.help_page("ethics").encode()).hexdigest()[:12]
    assert DIGEST[CODE] == words, "new words: raise CODE in bot/mentoring/ethics.py, and add them here"


@pytest.mark.parametrize(
    ("key", "ideas"),
    [
        ("senior_before_1", ("curious", "Ask how they see it", "you do not know", "wait a moment")),
        (
            "senior_before_2",
            ("Thank first, then answer", "Ask to understand", "Hold your judgement", "no effect"),
        ),
        ("senior_before_3", ("Protect the time", "nothing bad follows")),
        ("junior_before_1", ("You were asked for this", "Ask what", "talk about", "/mentor privacy")),
        ("junior_before_2", ("Ask before you tell", "If a reaction stings", "/mentor privacy")),
        ("teacher_card", ("listen first", "Their path need not be yours")),
        ("roles_compared", ("Mentoring", "Coaching", "Feedback", "Sponsoring")),
        ("managing_up", ("next step", "next date")),
        ("primer", ("Goals come later", "Set the next date")),
        ("keep_the_code", ("stays with me", "appraisals", "I would rather not")),
    ],
)
def test_each_side_reads_what_it_is_there_for(key: str, ideas: tuple[str, ...]) -> None:
    """A6, C9, C12, D5, D8, E3, E4, E6."""
    assert [idea for idea in ideas if idea not in text_of(key)] == []
