"""Everything that can be said has words, and everything that words offer can be done."""

import re

import pytest

from bot.catalogue import load_journey
from bot.matching import HelpKind, Rule, WhyNobody
from bot.mentoring import conditions, prompts
from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.pair import PairState
from bot.mentoring.people import MAX_PLACES, Standing
from bot.mentoring.programme import CONDITIONS, LADDER, RoundState
from bot.mentoring.prompts import FormPrompt, LeftOver, Prompt
from bot.mentoring.prompts.steps import StepPrompt
from bot.mentoring.steps import Kind, Step, To
from handlers.asked import Command
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS, LATER
from handlers.forms import FORMS, fields
from prompts import labels
from prompts.render import step_template, template_name
from prompts.wording import FOLDER, table
from tests.prompts.golden import view_of
from tests.prompts.reading import buttons, inputs
from tests.prompts.samples import samples

SAMPLES = samples()
STEPS = load_journey().steps
QUESTIONS = [step for step in STEPS if step.kind is Kind.QUESTION]
CLASSES = [
    one
    for one in vars(prompts).values()
    if isinstance(one, type) and issubclass(one, Prompt) and one not in (Prompt, FormPrompt)
]
SLACK_TITLE = 24
"""Characters of a form's title and of its submit word."""
SLACK_HINT = 2000


def test_every_prompt_has_a_sample() -> None:
    assert {type(sample) for sample in SAMPLES.values()} == set(CLASSES)


def test_every_prompt_has_a_template_and_every_template_a_prompt() -> None:
    templates = {path.name for path in (FOLDER / "en").glob("*.j2") if not path.name.startswith("_")}
    assert templates == {template_name(one) for one in CLASSES if not issubclass(one, StepPrompt)}


def test_every_step_of_the_journey_has_words_and_all_such_words_have_a_step() -> None:
    words = (FOLDER / "en" / "steps").glob("*.j2")
    keys = {f"steps/{path.name}" for path in words if not path.name.startswith("_")}
    assert keys == {step_template(step.key) for step in STEPS if step.kind is not Kind.INTRODUCTION}


@pytest.mark.parametrize(
    "step", [step for step in STEPS if step.kind is Kind.QUESTION], ids=lambda one: one.key
)
def test_every_answer_of_a_question_is_offered_and_has_words_of_its_own(step: Step) -> None:
    offered = [button.value for button in buttons(view_of(SAMPLES[step.key])) if button.action == "answer"]
    assert offered == [f"c0ffee|{step.key}|{answer}" for answer in step.answers]
    for answer in step.answers:
        view = view_of(SAMPLES[f"{step.key}_{answer}"])
        assert view.text
        assert not [button for button in buttons(view) if button.action in {"answer", "snooze"}]


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.key)
def test_every_step_but_the_introduction_can_be_snoozed(step: Step) -> None:
    offered = {button.action for button in buttons(view_of(SAMPLES[step.key]))}
    snooze = "snooze_here" if step.to is To.BOTH else "snooze"
    assert (snooze in offered) is (step.kind is not Kind.INTRODUCTION)


def test_every_condition_is_named_by_a_step() -> None:
    assert {name for step in STEPS for name in step.only + step.unless} == set(conditions.CONDITIONS)


def test_every_button_does_something_and_everything_a_button_can_do_is_offered() -> None:
    offered = {button.action for sample in SAMPLES.values() for button in buttons(view_of(sample))}
    assert offered == set(BUTTONS)


def test_every_command_has_its_usage_and_its_line_of_help() -> None:
    words = {*(command.word for command in COMMANDS), *LATER}
    assert set(labels.commands()) == words
    assert all(labels.usage(word).startswith(f"/mentor {word}") for word in words)
    assert all(labels.help_line(word) for word in words)


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.takes is not None], ids=lambda one: one.word
)
def test_every_command_that_takes_no_more_words_says_what_it_does_alone(command: Command) -> None:
    view = view_of(LeftOver(command.word))
    assert f"/mentor {command.word}" in view.text
    assert len(view.text.splitlines()) > 1


def test_every_command_that_is_named_works_already() -> None:
    texts = [view_of(sample).text for name, sample in SAMPLES.items() if name != "comes_later"]
    named = {word for text in texts for word in re.findall(r"/mentor (\w+)", text)}
    assert named <= {command.word for command in COMMANDS}


@pytest.mark.parametrize("topic", labels.help_topics())
def test_every_page_of_help_is_named_by_the_overview(topic: str) -> None:
    assert f"/mentor help {topic}" in view_of(SAMPLES["help"]).text


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_form_is_shown_in_the_order_of_its_words(form: str) -> None:
    shown = [one for one in SAMPLES.values() if isinstance(one, FormPrompt) and one.form == form]
    assert [one.key for one in fields(shown[0])] == list(table("en", "forms")[form]["fields"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("again", [False, True])
def test_a_form_fits_where_it_is_shown(form: str, *, again: bool) -> None:
    frame = labels.frame(form, again=again)
    assert len(frame.title) <= SLACK_TITLE
    assert len(frame.submit) <= SLACK_TITLE
    for one in table("en", "forms")[form]["fields"]:
        words = labels.field(form, one)
        assert len(words.hint) <= SLACK_HINT
        assert all(len(option.label) <= labels.OPTION_LIMIT for option in words.options)


def test_a_form_that_changes_something_says_so() -> None:
    again = view_of(SAMPLES["join_form_again"]).form
    first = view_of(SAMPLES["join_form"]).form
    assert first
    assert again
    assert (first.title, first.submit) == ("Join the programme", "Join")
    assert (again.title, again.submit) == ("Change my profile", "Save")


@pytest.mark.parametrize("name", ["times_form", "agenda_form", "notes_form"])
def test_a_form_about_a_pair_carries_it(name: str) -> None:
    form = view_of(SAMPLES[name]).form
    assert form
    assert form.value == "c0ffee"


def test_levels_and_places_start_with_their_number() -> None:
    levels = labels.field("join", "level").options
    places = labels.field("join", "places").options
    assert [option.value for option in levels] == [str(rung) for rung in range(1, LADDER + 1)]
    assert [option.value for option in places] == [str(count) for count in range(MAX_PLACES + 1)]
    assert all(option.label.split()[0] == option.value for option in (*levels, *places))


def test_every_condition_has_words() -> None:
    assert [option.value for option in labels.field("setup", "conditions").options] == list(CONDITIONS)


def test_every_check_box_says_yes() -> None:
    assert [option.value for option in labels.field("join", "found").options] == ["yes"]
    assert [option.value for option in labels.field("pause", "tell").options] == ["yes"]


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_says_what_to_do_about_it(problem: Problem) -> None:
    keys = {one.key for sample in SAMPLES.values() for one in inputs(view_of(sample))}
    for key in sorted(keys | {"topic", "person", "page"}):
        words = labels.problem(BadInput(key, problem, "7"))
        assert "{" not in words
        assert len(words.split()) >= 5


@pytest.mark.parametrize("kind", [*WhyNobody, "paused_now", "late", "first_round", "came_to_nothing"])
def test_every_reason_to_wait_is_told_to_the_person_and_to_owners(kind: str) -> None:
    assert labels.waiting_reason(kind)
    assert labels.waiting_group(kind)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_how_many_it_left_and_what_it_keeps_apart(rule: Rule) -> None:
    assert "{{ some }}" in labels.left(rule)
    assert labels.between(rule)


@pytest.mark.parametrize("kind", HelpKind)
def test_everything_that_would_help_has_words(kind: HelpKind) -> None:
    assert "{{ some }}" in labels.hint(kind)


@pytest.mark.parametrize("kind", ["levels", "departments", "hours", "languages", "asked"])
def test_every_reason_for_a_pair_has_words(kind: str) -> None:
    assert labels.pair_reason(kind)


@pytest.mark.parametrize("state", PairState)
def test_every_state_of_a_pair_has_words(state: PairState) -> None:
    assert labels.pair_state(state)
    assert labels.moved_on("accept", state)


@pytest.mark.parametrize("state", RoundState)
def test_every_state_of_a_round_says_what_is_possible(state: RoundState) -> None:
    assert "/mentor match" in labels.moved_on("release", state)


@pytest.mark.parametrize("why", [*(one for one in Standing if one is not Standing.MEMBER), "owner"])
def test_whoever_cannot_take_part_reads_why(why: str) -> None:
    assert labels.not_for_them(why) != labels.not_for_them("something else")
