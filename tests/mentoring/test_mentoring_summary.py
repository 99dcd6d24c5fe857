"""What a summary holds back: no figure on few people, and none that moves on few."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.pair import Exchange, Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.summary import (
    FEWEST_FOR_A_TOPIC,
    FEWEST_PAIRS,
    FEWEST_PEOPLE,
    flowed_back,
    meetings_to_show,
    wanted_without_teachers,
)
from tests.builders import MONDAY, a_pair
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


def a_round_of(closed: int, still_open: int, reciprocal: int = 3, *, one_senior: bool = False) -> list[Pair]:
    """So many pairs of each kind; `one_senior` is on the upper side of all of them."""
    kinds = ["closed"] * closed + ["open"] * still_open + ["both ways"] * reciprocal
    pairs = []
    for number, kind in enumerate(kinds):
        a, b = f"j{number}", "boss" if one_senior else f"s{number}"
        pair = a_pair(a, b)
        if kind == "closed":
            pair = pair.flowing_back(("Deep craft",), MONDAY)
        if kind == "both ways":
            pair = replace(pair, exchanges=(*pair.exchanges, Exchange(pair.b, pair.a, "SQL")))
        pairs.append(pair)
    return pairs


def test_pairs_that_came_to_go_both_ways_are_counted_among_those_that_did_not_at_first() -> None:
    found = flowed_back(a_round_of(closed=3, still_open=4))
    assert (found.one_sided, found.closed) == (7, 3)
    assert found.shown


@pytest.mark.parametrize(("closed", "still_open"), [(2, 9), (9, 2), (9, 0), (0, 9), (0, 0)])
def test_the_share_is_held_back_where_few_people_stand_behind_either_part_of_it(
    closed: int, still_open: int
) -> None:
    assert not flowed_back(a_round_of(closed, still_open)).shown


def test_people_are_counted_and_not_places_in_pairs() -> None:
    assert not flowed_back(a_round_of(3, 9, one_senior=True)).shown, "three pairs of four people"
    assert flowed_back(a_round_of(4, 9, one_senior=True)).shown


def test_a_pair_that_was_never_proposed_is_not_counted() -> None:
    dropped = [replace(pair, proposed_at=None) for pair in a_round_of(3, 4)]
    assert flowed_back(dropped).one_sided == 0


def test_one_that_was_never_accepted_counts_like_one_that_was() -> None:
    pairs = a_round_of(3, 4)
    declined = [*pairs[:3], replace(pairs[3], state=PairState.DECLINED), *pairs[4:]]
    assert flowed_back(declined) == flowed_back(pairs)
