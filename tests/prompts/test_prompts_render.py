"""A prompt becomes a view for one reader."""

from dataclasses import replace

import pytest

from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.prompts import Home, MeetingCancelled, PairAsked, PairQuiet, StepCheckIn, Unclear, Whom
from bot.mentoring.prompts.base import Doubt
from prompts import labels
from prompts.markdown import parse
from prompts.plain import fitted, plain
from prompts.render import LABEL_LIMIT, render, template_name
from prompts.view import Button, Buttons, Heading, Input, InputKind, Paragraph, Reader, Span
from prompts.wording import known
from tests.prompts.reading import buttons
from tests.prompts.samples import samples
from tests.prompts.typed import OTHER_PAIR, PAIR, SOON

SAMPLES = samples()
FAMILY = "👩‍👩‍👧‍👦"


def test_two_readers_read_their_own_times() -> None:
    kept = MeetingCancelled(Whom(PAIR, "Ana", "UTC"), SOON, yours=True)
    assert "Thursday 26 November, 10:00" in render(kept, Reader("Europe/Berlin")).text
    assert "Thursday 26 November, 04:00" in render(kept, Reader("America/New_York")).text


@pytest.mark.parametrize("locale", ["en-GB", "en-US", "de", "", "../../etc", "xx-YY"])
def test_a_reader_of_a_locale_without_words_reads_english(locale: str) -> None:
    assert known(locale) == "en"
    english = render(SAMPLES["home"], Reader())
    assert render(SAMPLES["home"], Reader(locale=locale)) == english


def test_a_template_is_named_after_its_prompt() -> None:
    assert template_name(PairQuiet) == "pair_quiet.md.j2"
    assert template_name(Home) == "home.md.j2"


def did_you_meet(*pairs: PairAsked) -> StepCheckIn:
    """A check-in about these pairs."""
    return StepCheckIn("did_you_meet", Doubt.AT_MOST_ONCE, 7, pairs)


def test_namesakes_get_a_number_on_their_buttons() -> None:
    twins = did_you_meet(PairAsked(PAIR, "Ana"), PairAsked(OTHER_PAIR, "Ana"))
    found = {button.label: button.value for button in buttons(render(twins, Reader()))}
    assert found["We met Ana"] == PAIR
    assert found["We met Ana (2)"] == OTHER_PAIR


def test_long_namesakes_stay_apart_and_short_enough() -> None:
    twins = did_you_meet(*(PairAsked(PAIR, "A" * 80) for _ in range(3)))
    found = [button.label for button in buttons(render(twins, Reader()))]
    assert len(set(found)) == len(found)
    assert max(len(label) for label in found) <= LABEL_LIMIT


def test_a_label_is_cut_between_whole_signs() -> None:
    assert fitted(FAMILY * 3, len(FAMILY) * 2) == FAMILY + "…"
    assert fitted("short", LABEL_LIMIT) == "short"
    assert fitted("e\u0301" * 5, 5) == "e\u0301e\u0301…"


def test_one_pair_needs_no_name_on_its_buttons() -> None:
    assert next(buttons(render(SAMPLES["did_you_meet"], Reader()))).label == "We met"


def test_an_answered_question_shows_the_answer_and_the_next_step() -> None:
    view = render(SAMPLES["did_you_meet_answered"], Reader())
    assert not {"met", "not_yet"} & {button.action for button in buttons(view)}
    lines = view.text.splitlines()
    assert "Ben Okafor: noted, you met." in lines
    assert "Ana Lopez: not yet, and that is fine. I ask again in a while." in lines
    assert [button.action for button in buttons(view)][-1] == "open_concern"


def test_steps_that_fall_together_have_one_small_print_and_one_snooze_for_all() -> None:
    view = render(SAMPLES["steps_together"], Reader())
    snooze = [button for button in buttons(view) if button.label == "Snooze"]
    assert [button.value for button in snooze] == [f"{PAIR}|{OTHER_PAIR}"]
    assert view.text.count("/mentor pause") == 1


def test_a_list_of_pairs_asks_only_those_who_have_not_answered() -> None:
    view = render(SAMPLES["pairs_shown"], Reader())
    assert [(button.action, button.value) for button in buttons(view)] == [
        ("met", PAIR),
        ("other_times", PAIR),
        ("show_notes", PAIR),
        ("open_fit", PAIR),
        ("ask_end", PAIR),
        ("accept", OTHER_PAIR),
        ("decline", OTHER_PAIR),
        ("look_back", "deed"),
        ("met", "deed"),
        ("propose_time", "deed"),
        ("show_notes", "deed"),
        ("ask_end", "deed"),
        ("open_concern", ""),
    ]


def test_the_pages_of_a_review_lead_to_each_other() -> None:
    first = [(one.label, one.value) for one in buttons(render(SAMPLES["round_review"], Reader()))]
    assert ("Page before", "facade|0") in first
    assert ("Next page", "facade|2") in first
    only = [one.label for one in buttons(render(SAMPLES["round_review_last_page"], Reader()))]
    assert only == ["Release", "Draft again", "Ask about two people"]


def test_a_review_counts_people_by_cause_and_names_none_of_their_topics() -> None:
    text = render(SAMPLES["round_review_last_page"], Reader()).text
    assert "5 people: topics that met nobody else's" in text
    assert "1 person: no place free" in text


def test_a_programme_without_a_further_round_promises_none() -> None:
    ended = replace(SAMPLES["no_pair_this_round"], next_round_at=None)  # type: ignore[call-arg] # it has one
    text = render(ended, Reader()).text
    assert "No further round is planned for now." in text
    assert "first in line" not in text


def test_views_that_differ_only_in_what_people_typed_are_read_once() -> None:
    cancelled = MeetingCancelled(Whom(PAIR, "Ana", "UTC"), SOON, yours=True)
    render(cancelled, Reader())
    before = parse.cache_info().misses
    typed = replace(cancelled, whom=Whom(PAIR, "**Ben**\n\n# Boss", "UTC"))
    render(typed, Reader("Asia/Tokyo"))
    assert parse.cache_info().misses == before


def test_plain_words_name_what_can_be_pressed_and_filled_in() -> None:
    blocks = (
        Heading("Title"),
        Paragraph((Span("Words "), Span("bold", bold=True))),
        Buttons((Button("Yes", "yes"), Button("No", "no"))),
        Input("day", InputKind.DATE, "Day", hint="A day"),
        Input("at", InputKind.TIME, "Time"),
    )
    assert plain(blocks) == "Title\nWords bold\nYou can press: Yes, No.\nDay: A day\nTime"


def test_a_problem_is_told_in_the_words_of_its_form() -> None:
    ends = BadInput("ends", Problem.NOT_A_DATE)
    assert labels.problem(ends, form="join") == "Please choose a time such as 17:00."
    assert labels.problem(ends, form="setup") == "Please choose a day such as 2027-03-31, or leave it empty."
    name = BadInput("name", Problem.TOO_LONG, "80")
    assert labels.problem(name, form="setup").startswith("Programme name is too long")
    assert labels.problem(name).startswith("Name is too long")


def test_a_limit_that_looks_like_a_template_is_only_text() -> None:
    strange = BadInput("name", Problem.TOO_LONG, "{label} **x** {{ 1 }}")
    assert "{label} **x** {{ 1 }}" in render(Unclear(strange), Reader()).text


def test_the_offer_to_add_a_topic_fits_a_choice() -> None:
    assert labels.add_topic("go") == "Add “go”"
    assert len(labels.add_topic("x" * 300)) <= labels.OPTION_LIMIT
    assert labels.add_topic("{topic}") == "Add “{topic}”"
