"""A journey played through by two who meet as one would wish."""

from bot.mentoring.rehearsal import weeks
from bot.mentoring.steps import Journey
from tests.mentoring.journeys import JOURNEY

ALWAYS = ("introduction", "know_each_other", "align", "goals", "midpoint", "look_back")
HELP = (
    "set_a_date",
    "ten_minutes",
    "no_luck_yet",
    "silent_partner",
    "quiet_word",
    "kind_ending",
    "welcome_back",
)


def test_what_always_happens_comes_in_its_order_within_half_a_year() -> None:
    found = weeks(JOURNEY)
    told = [found[key] for key in ALWAYS]
    assert told == sorted(told)
    assert (told[0], max(found.values())) == (1, 26)


def test_two_who_meet_need_no_help_and_every_chosen_stage_has_its_turn() -> None:
    found = weeks(JOURNEY)
    assert not set(HELP) & set(found)
    assert {JOURNEY.by_key[key].stage for key in found} >= set(JOURNEY.chosen)


def test_each_side_is_coached_in_the_week_of_a_meeting_at_the_latest() -> None:
    found = weeks(JOURNEY)
    for nth in (1, 2):
        assert found[f"senior_before_{nth}"] == found[f"junior_before_{nth}"] <= 2 * nth


def test_a_journey_without_steps_has_no_weeks() -> None:
    assert weeks(Journey(JOURNEY.stages, ())) == {}
