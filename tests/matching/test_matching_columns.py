"""Columns say what one would work out pair by pair: lines, hours, gains, scores, possible pairs."""

from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Limits, MatchedPair, Person, Rules, Setting, WorkingHours, candidates, explain_pair
from bot.matching import declared as declared_topics
from bot.matching.arrays import cheapest, distinct
from bot.matching.candidates import Candidates
from bot.matching.engines.fast import FastEngine
from bot.matching.hours import common_minutes, utc_window
from bot.matching.lines import lines
from bot.matching.roster import Roster, encode
from bot.matching.rules import minutes_shared
from tests.matching.roster_builders import MONDAY, TOPICS, a_person, a_run, people_of

NAMES = ["a", "b", "c", "d", "e", "f", "out", "far"]
SHARES = (80, 15, 5)


def a_roster(people: list[Person], rules: Rules | None = None) -> Roster:
    return encode(people, rules or Rules(), Limits(), MONDAY, TOPICS)


def found(roster: Roster, most: int = 10**9) -> Candidates:
    return candidates.candidates(roster, Rules(), roster.open, most)


def keys(some: Candidates) -> dict[tuple[int, int], int]:
    """The worth of each candidate by its two positions."""
    ends = zip(some.one.tolist(), some.other.tolist(), strict=True)
    return dict(zip(ends, some.worth.tolist(), strict=True))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.sampled_from(NAMES)), min_size=6, max_size=6),
    st.sampled_from([{}, {"out": "far"}, {"out": "a"}, {"out": "far", "far": "out"}]),
)
def test_a_line_is_everybody_met_on_the_way_up(
    bosses: list[str | None], outside: dict[str, str | None]
) -> None:
    people = [a_person(name, manager=boss) for name, boss in zip(NAMES, bosses, strict=False)]
    manager = outside | {person.id: person.manager for person in people}

    def above(name: str) -> set[str]:
        seen: set[str] = set()
        boss = manager.get(name)
        while boss is not None and boss not in seen:
            seen.add(boss)
            boss = manager.get(boss)
        return seen

    line = lines(people, outside)
    for low, high in combinations(range(6), 2):
        ours, theirs = NAMES[low], NAMES[high]
        met = theirs in above(ours) or ours in above(theirs)
        inside = (
            line.enters[low] <= line.enters[high] <= line.leaves[low]
            or line.enters[high] <= line.enters[low] <= line.leaves[high]
        )
        assert inside == met


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Asia/Kolkata", "UTC", "Nowhere"]), *[st.integers(0, 1439)] * 2),
        min_size=2,
        max_size=2,
    ),
    st.integers(0, 400),
)
def test_minutes_in_common_are_those_of_the_two_days(days: list[tuple[str, int, int]], widen: int) -> None:
    people = [
        a_person(str(at), zone=zone, start=start, end=end) for at, (zone, start, end) in enumerate(days)
    ]
    roster = a_roster(people, Rules(widen_minutes=widen))
    offset = {"Asia/Kolkata": 330, "UTC": 0, "Nowhere": None}
    one, other = (utc_window(WorkingHours(*day), offset[day[0]], widen) for day in days)
    expected = common_minutes(one, other) if one and other else 0
    assert minutes_shared(roster, np.array([0]), np.array([1])).tolist() == [expected]


def gain(learner: Person, teacher: Person) -> int:
    """What somebody gains, topic by topic."""
    wanted = list({TOPICS.identity(text): text for text in learner.learn}.values())
    best = sorted(max([TOPICS.credit(text, one) for one in teacher.teach], default=0) for text in wanted)
    return sum(share * credit for share, credit in zip(SHARES, reversed(best), strict=False)) // 100


def scored(pair: MatchedPair, people: dict[str, Person]) -> dict[str, int]:
    """The parts of a pair's score by the words of the documentation."""
    a, b = people[pair.a], people[pair.b]
    gains = gain(a, b), gain(b, a)
    offsets = [MONDAY.astimezone(zone_of(person)).utcoffset() for person in (a, b)]
    windows = [
        utc_window(person.hours, int(offset.total_seconds() // 60) if offset else 0, 60)
        for person, offset in zip((a, b), offsets, strict=True)
    ]
    minutes = common_minutes(*(window for window in windows if window))
    return {
        "gain": 400 * sum(gains) // 200,
        "mutual": 300 * min(gains) // 100,
        "levels": 120 * min(3, abs(a.level - b.level)) // 3,
        "departments": 100 if a.department != b.department else 0,
        "hours": 80 * min(480, minutes) // 480,
    }


def zone_of(person: Person) -> ZoneInfo:
    return ZoneInfo(person.hours.zone)


def test_a_score_is_what_its_parts_say() -> None:
    people = {person.id: person for person in people_of("people_60.csv")}
    setting = Setting(tuple(people.values()), Rules(), MONDAY, TOPICS)
    for one, other in list(combinations(people, 2))[::29]:
        pair = explain_pair(one, other, setting)
        assert {part.name: part.points for part in pair.parts} == scored(pair, people)


def test_rare_topics_may_share_columns_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    people = people_of("people_60.csv")
    people += [
        a_person(f"x{at}", at % 7, learn=[f"Craft {at}"], teach=[f"Craft {at * 3 % 400}"])
        for at in range(400)
    ]
    usual = keys(found(a_roster(people)))
    monkeypatch.setattr(declared_topics, "_TABLE_BYTES", 1)
    roster = a_roster(people)
    assert roster.topics._table.shape[1] < len(roster.topics.shown)
    assert keys(found(roster)) == usual


def test_a_share_of_the_pairs_leaves_everybody_enough_and_those_with_few_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roster = a_roster(people_of("people_400.csv"))
    every = keys(found(roster))
    monkeypatch.setattr(candidates, "MOST_LOOKED_AT", 0)
    monkeypatch.setattr(candidates, "BOTH_WAYS", 60)
    monkeypatch.setattr(candidates, "FEW", 1000)
    some = keys(found(roster))
    assert len(some) < len(every)
    assert some.items() <= every.items()
    for at in range(400):
        own = {pair for pair in every if at in pair}
        ours = {pair for pair in some if at in pair}
        assert len(ours) >= min(len(own), candidates.LEAST_PER_PERSON)


def test_shares_of_long_lists_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    people = people_of("people_400.csv")
    best = a_run(*people, engine=FastEngine()).figures
    monkeypatch.setattr(candidates, "MOST_LOOKED_AT", 0)
    monkeypatch.setattr(candidates, "BOTH_WAYS", 40)
    less = a_run(*people, engine=FastEngine()).figures
    assert not less.complete
    assert less.matched == best.matched
    assert 0.98 * best.objective <= less.objective <= best.objective


def test_a_pair_that_is_to_be_kept_is_weighed_however_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    people = people_of("people_60.csv")
    worst = min(a_run(*people).pairs, key=lambda pair: pair.score)
    monkeypatch.setattr(candidates, "MOST_LOOKED_AT", 0)
    monkeypatch.setattr(candidates, "BOTH_WAYS", 0)
    monkeypatch.setattr(candidates, "MOST_SEARCHED", 0)
    kept = Limits(kept=[(worst.b, worst.a)])
    assert [(pair.a, pair.b) for pair in a_run(*people, limits=kept).pairs] == [(worst.a, worst.b)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9), st.integers(0, 7)), unique=True),
    st.integers(1, 4),
)
def test_the_cheapest_of_each_are_taken_and_ties_by_turn(
    items: list[tuple[int, int, int]], most: int
) -> None:
    owner, cost, turn = (np.array([item[at] for item in items], dtype=np.int64) for at in range(3))
    taken = {item for item, kept in zip(items, cheapest(owner, cost, turn, most), strict=True) if kept}
    for one in range(6):
        own = sorted(item[1:] for item in items if item[0] == one)
        ours = {item[1:] for item in taken if item[0] == one}
        assert set(own[:most]) == ours


@given(st.lists(st.integers(-5, 5)))
def test_distinct_numbers_are_there_once(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))
