"""What a summary holds back: no figure on few people, and none that moves on few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.people import Participant
from bot.mentoring.summary import (
    FEWEST_FOR_A_TOPIC,
    FEWEST_PAIRS,
    FEWEST_PEOPLE,
    meetings_to_show,
    wanted_without_teachers,
)
from tests.worlds import a_participant


def wanting(topic: str, count: int, *, teach: tuple[str, ...] = ("SQL",)) -> tuple[Participant, ...]:
    """So many people who want one topic."""
    return tuple(a_participant(f"{topic}{at}", learn=(topic,), teach=teach) for at in range(count))


def test_the_thresholds_are_those_that_people_are_promised() -> None:
    assert (FEWEST_PEOPLE, FEWEST_FOR_A_TOPIC, FEWEST_PAIRS) == (5, 10, 10)


@pytest.mark.parametrize("people", range(5))
def test_fewer_than_five_people_who_want_what_nobody_teaches_are_held_back(people: int) -> None:
    assert wanted_without_teachers(wanting("Go", people)) is None


def test_five_are_counted_and_not_named() -> None:
    wanted = wanted_without_teachers((*wanting("Go", 3), *wanting("Rust", 2)))
    assert wanted is not None
    assert (wanted.topics, wanted.people, wanted.named) == (2, 5, ())


def test_a_topic_is_named_from_ten_people_on() -> None:
    wanted = wanted_without_teachers((*wanting("Go", 10), *wanting("Rust", 9)))
    assert wanted is not None
    assert (wanted.topics, wanted.people, wanted.named) == (2, 19, ("Go",))


def test_what_somebody_teaches_is_not_missing() -> None:
    people = (*wanting("Go", 12), a_participant("teacher", teach=("Go",)))
    assert wanted_without_teachers(people) is None


def test_a_person_who_wants_several_counts_once() -> None:
    people = tuple(a_participant(f"p{at}", learn=("Go", "Rust", "C")) for at in range(4))
    assert wanted_without_teachers(people) is None


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12)), max_size=20))
def test_the_meetings_shown_move_only_when_five_people_stand_behind_the_move(
    weeks: list[tuple[int, int]],
) -> None:
    shown = held = behind = 0
    for meetings, people in weeks:
        held += meetings
        behind += people if meetings else 0
        now = meetings_to_show(shown, held, behind)
        assert now in (shown, held), "no figure in between is ever made up"
        if now != shown:
            assert behind >= FEWEST_PEOPLE
        if behind >= FEWEST_PEOPLE:
            assert now == held, "what is held back comes with a later week"
            behind = 0
        shown = now
