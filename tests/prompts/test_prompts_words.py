"""How the bot speaks: warm, short, plain, without blame, and with the words that were promised."""

import re
from dataclasses import replace

import pytest

from bot.catalogue import load_journey
from bot.mentoring.prompts import ChangeProposed, Compared, Introduction, Proposal
from bot.mentoring.steps import Kind
from prompts.wording import FOLDER
from tests.prompts.golden import view_of
from tests.prompts.reading import buttons, note, spans
from tests.prompts.samples import samples
from tests.prompts.typed import Typed

SAMPLES = samples()
VIEWS = {name: view_of(prompt) for name, prompt in SAMPLES.items()}
TO_PARTICIPANTS = (
    "proposal",
    "proposal_asked_by_the_other",
    "proposal_of_a_handover",
    "proposal_to_hand_over",
    "proposal_reminder",
    "proposal_reminder_of_two",
    "lapsed",
    "came_to_nothing",
    "introduction",
    "introduction_one_sided",
    "introduction_of_a_handover",
    "times_offered",
    "times_offered_near",
    "times_offered_to_move",
    "meeting_set",
    "meeting_set_moved",
    "meeting_cancelled_by_the_other",
    "meeting_reminder",
    "meeting_reminder_that_asks",
    "meeting_reminder_with_an_agenda",
    "agenda_asked",
    "agenda_arrived",
    "rhythm_shown_wished_by_the_other",
    "settle_meeting",
    "pair_quiet",
    "partner_away",
    "partner_unreached",
    "pair_closed",
    "pause_ended",
    "no_pair_this_round",
    "go_on_asked",
    "go_on_asked_two",
    "closing_asked",
    "closing_agreed",
    "going_on_for_now",
    "look_back_shown",
    "closed_together",
    "partner_wrote",
    "compared",
    "agreed_and_told",
    "agreed_on_a_change",
    "change_proposed",
    "change_proposed_to_go_back",
    "change_declined",
    "partner_reached",
    "did_you_meet_and_learn_nothing",
    "set_a_date_and_learn_nothing",
    "flows_back_told",
    "did_you_meet_with_a_goal",
)
TO_OWNERS = (
    "draft_ready",
    "no_pairs_possible",
    "owner_news",
    "weekly_summary",
    "summary_not_posted",
    "concern_waiting",
)
TO_REPORTERS = ("concern_unreached",)
OF_TWO = tuple(f"{step.key}_two" for step in load_journey().steps if step.kind is Kind.CHECK_IN)
STEPS = (*(step.key for step in load_journey().steps), *OF_TWO)
TO_PAIRS = (*TO_PARTICIPANTS, *STEPS)
STARTED = (*TO_PAIRS, *TO_OWNERS, *TO_REPORTERS)
"""What the bot says without being asked."""
LONGEST = 600
"""Characters of our own words in what the bot starts."""
LONGEST_PROPOSAL = 700
"""A proposal shows two profiles."""
NEUTRAL = ("came_to_nothing", "pair_quiet", "pair_closed", "partner_away")
BANNED = {
    "generations": (
        *("millennials?", "boomers?", "gen [xyz]", "generations?", "young.*", "old", "older", "aged?"),
        *("digital natives?", "elders?", "tech-savvy", "set in their ways", "retire.*", "kids?", "veterans?"),
    ),
    "a career as success": (
        *("promot.*", "climb.*", "succe.*", "top performer", "high potential", "ambitio.*"),
        *("(career )?ladder", "next level", "mov\\w+ up", "top talents?", "fast track", "rising stars?"),
    ),
    "blame": ("fail.*", "you (did not|didn't|forgot|should have)", "unfortunately", "overdue", "guilt.*"),
    "a person's worth": ("your score", "best people", "weak.*", "poor", "rank.*"),
    "other words for ours": ("program", "cycle", "sessions?", "mentees?", "mentors", "users?", "capacity"),
    "pressure": ("must", "mandatory", "required", "last chance", "hurry", "deadline"),
}
ALLOWED = {
    "setup_form": "pressure",
    "setup_form_unreached": "pressure",
    "join_form": "generations",
    "join_form_again": "generations",
    "join_form_resumed": "generations",
    "join_form_of_a_handover": "generations",
    "programme_ready_though_mandatory": "pressure",
    "programme_shown_though_mandatory": "pressure",
}
"""The warning against "must", and the promise that a level says nothing of age."""
FIXED = {
    "accepted_first": "Thanks. I'll open the room once both of you have said yes.",
    "came_to_nothing": "This one did not come together. You are first in line for the next round.",
    "partner_away": "Your partner is away until Tuesday 5 January; I'll be quiet until then.",
}
LABELS = {
    "proposal": ["Accept", "Not this time"],
    "did_you_meet": ["We met", "Not yet", "Propose a time", "Snooze", "Raise a concern"],
    "teachers_found": ["Ask to pair"],
    "draft_ready": ["Review pairs", "Draft again"],
    "leave_asked": ["Yes, leave", "Stay"],
}


def own_words(name: str) -> str:
    """Give a view's text when people typed as little as can be, without lists of reasons and of answers."""
    little = samples(Typed("a", "b", "c", "d", "e", "f", "g", "h"))[name]
    if isinstance(little, Introduction | Proposal):
        little = replace(little, reasons=())
    if isinstance(little, Compared):
        little = replace(little, rows=())
    if isinstance(little, ChangeProposed):
        little = replace(little, rows=())
    return view_of(little).text


@pytest.mark.parametrize("name", STARTED)
def test_what_the_bot_starts_is_short(name: str) -> None:
    assert len(own_words(name)) <= (LONGEST_PROPOSAL if name.startswith("proposal") else LONGEST)


@pytest.mark.parametrize("name", [*TO_PAIRS, "steps_together"])
def test_what_the_bot_starts_says_why_it_came_and_how_to_stop_it(name: str) -> None:
    small_print = note(VIEWS[name])
    assert "/mentor pause" in small_print
    assert "/mentor leave" in small_print
    assert small_print.index("/mentor pause") > len("You get this because")


@pytest.mark.parametrize("name", TO_OWNERS)
def test_what_owners_get_says_how_to_change_it(name: str) -> None:
    assert "/mentor setup" in note(VIEWS[name])


@pytest.mark.parametrize("name", TO_REPORTERS)
def test_what_reporters_get_says_why_it_came_and_does_not_say_that_it_is_about_a_concern(name: str) -> None:
    assert "You get this because" in note(VIEWS[name])
    assert "oncern" not in VIEWS[name].text


@pytest.mark.parametrize("name", FIXED)
def test_promised_words_are_said_exactly(name: str) -> None:
    assert VIEWS[name].text.startswith(FIXED[name])


def test_the_first_yes_is_answered_with_one_sentence_and_nothing_else() -> None:
    assert VIEWS["accepted_first"].text == FIXED["accepted_first"]


@pytest.mark.parametrize("name", LABELS)
def test_promised_buttons_carry_their_labels(name: str) -> None:
    assert [button.label for button in buttons(VIEWS[name])] == LABELS[name]


def test_release_stands_first_under_a_review() -> None:
    assert next(buttons(VIEWS["round_review_last_page"])).label == "Release"


def test_a_stale_button_has_moved_on() -> None:
    moved = [name for name in VIEWS if name.startswith("moved_on")]
    assert moved
    assert all(VIEWS[name].text.startswith("This has moved on. ") for name in moved)


def test_declined_lapsed_and_ended_read_the_same() -> None:
    words = {re.sub(" .*", "", state): _moved(state) for state in ("declined", "expired", "closed")}
    assert len(set(words.values())) == 1


def _moved(state: str) -> str:
    return view_of(replace(SAMPLES["moved_on_to_declined"], state=state)).text  # type: ignore[call-arg]


@pytest.mark.parametrize("name", NEUTRAL)
def test_a_neutral_line_names_and_mentions_nobody(name: str) -> None:
    assert not [span for span in spans(VIEWS[name]) if span.person or span.room]
    assert not [button for button in buttons(VIEWS[name]) if button.value]


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith(("weekly", "draft_ready"))])
def test_nobody_is_named_to_a_channel(name: str) -> None:
    view = VIEWS[name]
    assert not [span for span in spans(view) if span.person]
    assert not any(name in view.text for name in ("Ana", "Ben"))


def test_a_figure_that_is_held_back_is_said_to_be() -> None:
    text = VIEWS["weekly_summary_held_back"].text
    assert text.count("held back, since fewer than five people stand behind it") == 2
    assert not re.search(r"\d", VIEWS["weekly_summary_of_few"].text.replace("Tuesday 5 January", ""))


@pytest.mark.parametrize("kind", BANNED)
def test_no_view_speaks_of(kind: str) -> None:
    words = re.compile(rf"\b(?:{'|'.join(BANNED[kind])})\b", re.IGNORECASE)
    found = {name: words.findall(view.text) for name, view in VIEWS.items() if ALLOWED.get(name) != kind}
    assert {name: said for name, said in found.items() if said} == {}


def test_no_mark_of_the_templates_is_left() -> None:
    for name, view in VIEWS.items():
        marked = [span.text for span in spans(view) if re.search(r"\*\*|\]\(|[{}]|  |^# ", span.text)]
        assert marked == [], name
        assert "None" not in view.text, name


def test_sentences_are_short() -> None:
    sentences = {one for view in VIEWS.values() for one in re.split(r"[.?!:;]\s|\n", view.text)}
    words = [len(one.split()) for one in sentences]
    assert max(words) <= 32, max(sentences, key=lambda one: len(one.split()))
    assert sum(words) / len(words) <= 12


def test_no_template_uses_a_dash_for_a_pause() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "en").rglob("*.*")}
    assert not [name for name, text in texts.items() if "\u2014" in text or " \u2013 " in text]
