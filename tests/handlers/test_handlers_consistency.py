"""The tables of the edges, the prompts and their words agree, and every way in asks for the right to it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.matching import WhyNobody
from bot.mentoring import prompts, rights
from bot.mentoring.errors import BadForm, BadInput, MentoringError, NotPossibleNow, Problem
from bot.mentoring.people import Standing
from bot.mentoring.rights import Action, Actor, On
from handlers import agreeing, aiming, meeting
from handlers.asked import Command
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS, LATER
from handlers.forms import FORMS
from handlers.home import home
from handlers.refusals import refusal
from prompts import labels
from prompts.render import template_name
from tests.counter import Counter, a_busy_counter, a_counter_for, in_words
from tests.tree import ROOT
from tests.worlds import at

PREVIEWS = (
    "show_programme",
    "open_choosing",
    "open_words",
    "lock",
    "unlock",
    "keep_apart",
    "allow",
    "open_about_two",
)
OWNERS = ("review", "release", "redraft", "match", "summary", "open_setup", *PREVIEWS)
ENDINGS = ("ask_end", "end_yes", "rematch", "let_go_on", "close_together", "close_agree", "close_not_now")
FEELINGS = ("open_fit", "fit_good", "fit_unsure", "fit_not_right", "look_back", "go_on", "not_go_on")
DATES = tuple(set(meeting.BUTTONS) - {"show_calendar", "renew_calendar"})
OF_A_PAIR = ("accept", "decline", *DATES, *ENDINGS, *FEELINGS)
TOGETHER = (*agreeing.BUTTONS, *(set(aiming.BUTTONS) - {"show_goals"}))
FORM_RIGHTS = {
    "join": Action.JOIN,
    "setup": Action.RUN_PROGRAMME,
    "pause": Action.TAKE_PART,
    **dict.fromkeys(("times", "agenda", "notes"), Action.ANSWER_PAIR),
    "about_two": Action.RUN_PROGRAMME,
    "choosing": Action.RUN_PROGRAMME,
    "words": Action.RUN_PROGRAMME,
    **dict.fromkeys(("learn", "teach", "forget", "find", "block", "discover"), Action.TAKE_PART),
    "look_back": Action.ANSWER_PAIR,
    "concern_about": Action.READ,
    "concern": Action.READ,
    **dict.fromkeys(("expect", "change", "goal", "reached", "back"), Action.WRITE_TOGETHER),
}
WORDS = ROOT / "prompts" / "en"
BUTTON = re.compile(r"\]\(([a-z_]+):")
REASON = re.compile(r'Reason\(\s*"(\w+)"')


def kinds_of(base: type[Any]) -> set[type[Any]]:
    """Every class below a class, of our own."""
    below = {kind for kind in base.__subclasses__() if kind.__module__.startswith("bot.")}
    return below.union(*(kinds_of(kind) for kind in below))


PROMPTS = sorted(kinds_of(prompts.Prompt) - {prompts.FormPrompt}, key=lambda kind: kind.__name__)
ERRORS = sorted(kinds_of(MentoringError), key=lambda kind: kind.__name__)


def test_every_button_of_every_template_has_a_row_and_every_row_a_template() -> None:
    files = [*WORDS.rglob("*.j2"), *WORDS.rglob("*.yml")]
    shown = {action for file in files for action in BUTTON.findall(file.read_text(encoding="utf-8"))}
    assert shown == set(BUTTONS)


def test_every_command_has_words_and_every_words_a_command() -> None:
    assert set(labels.commands()) == {command.word for command in COMMANDS} | set(LATER)
    for word in labels.commands():
        assert labels.usage(word).startswith(f"/mentor {word}")
        assert labels.help_line(word)


@pytest.mark.parametrize("kind", PROMPTS, ids=lambda kind: kind.__name__)
def test_every_prompt_has_a_template(kind: type[prompts.Prompt]) -> None:
    assert (WORDS / template_name(kind)).is_file()


def test_every_template_has_a_prompt() -> None:
    named = {template_name(kind) for kind in PROMPTS}
    assert {file.name for file in WORDS.glob("*.j2") if not file.name.startswith("_")} == named


def test_every_form_prompt_has_a_form() -> None:
    assert {kind.form for kind in kinds_of(prompts.FormPrompt)} == set(FORMS)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_prompt_in_words(kind: type[MentoringError]) -> None:
    bad = BadInput("topic", Problem.EMPTY)
    values: dict[str, Callable[[], MentoringError]] = {
        "BadInput": lambda: bad,
        "BadForm": lambda: kind((bad,)),
        "NotPossibleNow": lambda: kind("walk", "closed"),
        "CannotTakePart": lambda: kind("guest"),
    }
    error = values.get(kind.__name__, kind)()
    assert in_words(refusal(error)).text


def test_every_reason_to_wait_has_words_for_the_person_and_for_owners() -> None:
    given = {reason for file in (ROOT / "bot").rglob("*.py") for reason in REASON.findall(file.read_text())}
    pair = {"levels", "departments", "hours", "languages", "asked"}
    assert pair <= given, "the pattern finds what it looks for"
    for kind in (given - pair) | set(WhyNobody):
        assert labels.waiting_reason(kind), kind
        assert labels.waiting_group(kind), kind
    for kind in pair:
        assert labels.pair_reason(kind)


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.MEMBER])
def test_who_cannot_take_part_reads_why(standing: Standing) -> None:
    assert labels.not_for_them(standing) != labels.not_for_them("some other cause")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Action]:
    """Every right that is asked for, as it is asked for."""
    found: list[Action] = []

    def noted(action: Action, rule: Callable[[Actor, On], bool]) -> Callable[[Actor, On], bool]:
        def ask(actor: Actor, on: On) -> bool:
            found.append(action)
            return rule(actor, on)

        return ask

    for action, rule in rights._RULES.items():
        monkeypatch.setitem(rights._RULES, action, noted(action, rule))
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word)
def test_every_command_asks_for_the_right_that_help_shows_it_by(
    command: Command, asked: list[Action]
) -> None:
    counter, *_ = a_busy_counter()
    asked.clear()
    who = {Action.JOIN: "zoe", Action.SET_UP: "owner", Action.RUN_PROGRAMME: "owner"}
    words = "sql" if command.takes is None else ""
    counter.say(who.get(command.shown_to, "ana"), f"{command.word} {words}")
    on_the_owners = {Action.SET_UP: {Action.SET_UP, Action.RUN_PROGRAMME}}
    wanted = on_the_owners.get(command.shown_to, {command.shown_to})
    assert wanted & set(asked)


@pytest.mark.parametrize("action", BUTTONS)
def test_every_button_asks_for_a_right(action: str, asked: list[Action]) -> None:
    counter, active, _, drafted = a_busy_counter()
    asked.clear()
    values = {"review": drafted, "release": drafted, "ask_pair": f"{at('ben')}|SQL"}
    counter.press("owner" if action in OWNERS else "ana", action, values.get(action, active))
    assert asked
    if action in OWNERS:
        assert Action.RUN_PROGRAMME in asked
    if action in OF_A_PAIR:
        assert Action.ANSWER_PAIR in asked
    if action in TOGETHER:
        assert Action.WRITE_TOGETHER in asked


@pytest.mark.parametrize(("form", "right"), FORM_RIGHTS.items())
def test_every_form_asks_for_a_right_when_it_is_sent(form: str, right: Action, asked: list[Action]) -> None:
    counter, active = a_counter_for(form)
    asked.clear()
    who = {"join": "zoe", "setup": "owner", "about_two": "owner", "choosing": "owner", "words": "owner"}.get(
        form, "ana"
    )
    asks_for_nothing = form in ("reached", "look_back")  # so what they are about is looked at
    with pytest.raises(NotPossibleNow if asks_for_nothing else BadForm):
        counter.send(who, form, {}, at("ben") if form == "concern" else active)
    assert asked[0] is right
    assert set(FORM_RIGHTS) == set(FORMS)


def test_an_own_page_and_help_ask_too(asked: list[Action]) -> None:
    counter = Counter()
    world = counter.world
    asked.clear()
    home(counter.caller("ana"), records=world.records, now=world.now, new_id=world.ids)
    assert asked == [Action.READ]
