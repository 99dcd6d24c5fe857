"""Every button with forged values, old messages and strangers' hands: a clear answer, and nothing changed."""

import pytest

from bot.mentoring.pair import PairState
from bot.mentoring.prompts import (
    AcceptedFirst,
    JoinFirst,
    MeetingNoted,
    MovedOn,
    NotForThem,
    Nothing,
    OwnersOnly,
    Prompt,
    RoundReleased,
    RoundReview,
    TimesForm,
    Unclear,
)
from bot.ports import Destination, Kind
from handlers.buttons import BUTTONS
from tests.counter import a_busy_counter, in_words
from tests.hostile import hostile
from tests.worlds import at

FORGED = [
    *hostile("ID"),
    ("nothing", ""),
    ("a bar", "|"),
    ("bars", "|" * 2000),
    ("controls", "a\x00b\u202e"),
    ("a surrogate", "\ud83d"),
    ("another workspace", "slack:T2:BEN|SQL"),
    ("oneself", "slack:T1:ANA|SQL"),
    ("a page", "round|99999"),
    ("other digits", "round|\u00b2"),
]
OF_A_MEETING = (
    "met",
    "not_yet",
    "settle_met",
    "settle_not",
    "propose_time",
    "other_times",
    "pick",
    "take_back_times",
    "cancel_meeting",
    "open_agenda",
    "show_notes",
    "open_notes",
    "show_rhythm",
    "rhythm",
)
PAIR_BUTTONS = ("accept", "decline", "end_yes", "rematch", "close_together", *OF_A_MEETING)
OWNERS_BUTTONS = ("review", "release", "redraft", "match", "summary", "open_setup")
OWN = ("leave_yes", "open_again", "rest")
"""Buttons without a value that change what is one's own, whatever value they carry."""


@pytest.mark.parametrize("name", ["ana", "zoe"])
@pytest.mark.parametrize("action", [action for action in BUTTONS if action not in OWN])
def test_a_forged_value_changes_nothing(action: str, name: str) -> None:
    counter, *_ = a_busy_counter()
    before = counter.rows()
    for why, value in FORGED:
        answer = counter.press(name, action, str(value))
        assert isinstance(answer, Prompt)
        assert in_words(answer).text, why
        assert counter.rows() == before, f"{why}: {answer}"


@pytest.mark.parametrize("action", ["review", "release"])
def test_a_forged_round_reads_as_none_to_its_owner(action: str) -> None:
    counter, active, *_ = a_busy_counter()
    before = counter.rows()
    for why, value in [*FORGED, ("a pair", active)]:
        assert isinstance(counter.press("owner", action, str(value)), Nothing | Unclear), why
        assert counter.rows() == before


@pytest.mark.parametrize("action", PAIR_BUTTONS)
@pytest.mark.parametrize("state", ["active", "proposed"])
def test_another_pairs_buttons_do_nothing_for_a_bystander(action: str, state: str) -> None:
    counter, active, proposed, _ = a_busy_counter()
    pair = active if state == "active" else proposed
    before = counter.rows()
    assert counter.press("eli", action, pair) == counter.press("eli", action, "nowhere") == Nothing()
    for name in ("zoe", "owner"):
        assert counter.press(name, action, pair) == JoinFirst()
    assert counter.rows() == before


@pytest.mark.parametrize("action", OWNERS_BUTTONS)
def test_owners_buttons_are_theirs_alone(action: str) -> None:
    counter, *_, drafted = a_busy_counter()
    before = counter.rows()
    for name in ("ana", "zoe"):
        assert counter.press(name, action, drafted) == OwnersOnly()
    assert counter.rows() == before


def test_a_member_who_left_a_minute_ago_presses_in_vain() -> None:
    counter, active, *_ = a_busy_counter()
    counter.press("ana", "leave_yes")
    before = counter.rows()
    for action in PAIR_BUTTONS:
        assert counter.press("ana", action, active) == JoinFirst()
    assert counter.rows() == before


def test_a_button_that_no_longer_exists_has_moved_on() -> None:
    counter, active, *_ = a_busy_counter()
    before = counter.rows()
    for action in ("end_pair", "delete_programme", "", "accept ", "__class__"):
        assert counter.press("ana", action, active) == MovedOn("press", "gone")
    assert counter.rows() == before


@pytest.mark.parametrize("action", BUTTONS)
def test_people_of_other_companies_press_in_vain(action: str) -> None:
    counter, active, *_ = a_busy_counter()
    before = counter.rows()
    assert counter.press("ana", action, active, external=True) == NotForThem("external")
    assert counter.rows() == before


def test_an_answer_takes_the_place_of_the_message_that_was_pressed() -> None:
    counter, _, proposed, _ = a_busy_counter()
    there = Destination(Kind.REPLY, "message", (at("cem"),))
    side = counter.world.records.pair(proposed).a
    answer = counter.press(side, "accept", proposed, reply_to=there)
    assert answer == AcceptedFirst()
    replies = [each for each in counter.world.records.outbox.values() if each.to == there]
    assert [each.prompt for each in replies] == [answer]
    assert all(not each.counts_for for each in replies)


def test_a_refusal_takes_the_messages_place_too_and_a_form_does_not() -> None:
    counter, active, *_ = a_busy_counter()
    there = Destination(Kind.REPLY, "message", (at("ana"),))
    assert counter.press("eli", "accept", active, reply_to=there) == Nothing()
    assert isinstance(counter.press("ana", "propose_time", active, reply_to=there), TimesForm)
    replies = [each for each in counter.world.records.outbox.values() if each.to == there]
    assert [each.prompt for each in replies] == [Nothing()]


def test_an_answer_that_nobody_asked_for_is_not_taken() -> None:
    counter, active, *_ = a_busy_counter()
    before = counter.rows()
    assert counter.press("ana", "not_yet", active) == MovedOn("not yet", "active")
    assert counter.rows() == before


def test_a_double_click_gets_the_same_answer() -> None:
    counter, active, proposed, drafted = a_busy_counter()
    side = counter.world.records.pair(proposed).a
    assert isinstance(counter.press("ana", "met", active), MeetingNoted)
    for name, action, value in (
        ("ana", "met", active),
        (side, "accept", proposed),
        (side, "decline", proposed),
    ):
        assert counter.press(name, action, value) == counter.press(name, action, value)
    assert isinstance(counter.press("owner", "review", f"{drafted}|0"), RoundReview)
    first = counter.press("owner", "release", drafted)
    assert isinstance(first, RoundReleased)
    assert counter.press("owner", "release", drafted) == first
    assert counter.press("ana", "leave_yes") == counter.press("ana", "leave_yes")


def test_an_old_button_says_what_is_possible_now() -> None:
    counter, active, proposed, drafted = a_busy_counter()
    side = counter.world.records.pair(proposed).a
    assert counter.press(side, "met", proposed) == MovedOn("check-in", "proposed")
    assert counter.press("ana", "decline", active) == MovedOn("decline", "active")
    counter.press("owner", "redraft", drafted)
    assert counter.press("owner", "review", drafted) == MovedOn("review", "dropped")
    assert counter.world.records.pair(active).state is PairState.ACTIVE
