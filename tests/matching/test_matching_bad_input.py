"""Odd and hostile rosters: a clear answer in bounded work, never a hang."""

import json
from pathlib import Path

import pytest

from bot.matching import NoticeKind, Person, WhyNobody
from bot.matching.hours import WorkingHours, utc_window, zone_offset
from bot.matching.problem import Engine
from tests.matching.roster_builders import ENGINES, MONDAY, TOPICS, a_person, a_run, broken_rules

HOSTILE = json.loads(
    (Path(__file__).parent.parent / "data" / "hostile_inputs.json").read_text(encoding="utf-8")
)


def texts_in(data: object) -> list[str]:
    """Every text in the hostile inputs."""
    if isinstance(data, str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for child in children for text in texts_in(child)]


def a_crowd(size: int) -> list[Person]:
    """People who all want one topic; every tenth teaches it."""
    return [
        a_person(
            f"p{at:05}", 1 + at % 7, learn=["SQL"], teach=["SQL"] if at % 10 == 0 else [], department="x"
        )
        for at in range(size)
    ]


def test_everybody_of_one_level_is_told_so() -> None:
    people = [a_person(f"p{at}", 3, learn=["SQL"], teach=["SQL"]) for at in range(30)]
    result = a_run(*people)
    assert {person.why for person in result.unmatched} == {WhyNobody.NOBODY_ACROSS_LEVELS}
    assert len(result.unmatched) == 30


def test_nobody_teaches_and_everybody_is_told_so() -> None:
    result = a_run(*[a_person(f"p{at}", 1 + at % 5, learn=["SQL"]) for at in range(30)])
    assert {person.why for person in result.unmatched} == {WhyNobody.NO_TOPIC_FIT}
    assert {supply.teachers for person in result.unmatched for supply in person.wanted} == {0}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_ten_thousand_people_who_want_one_topic_are_answered_within_a_budget(engine: Engine) -> None:
    people = a_crowd(10_000)
    result = a_run(*people, engine=engine)
    assert result.figures.pairs == 1000
    assert not result.figures.complete
    assert not result.figures.proven
    assert NoticeKind.CANDIDATES_CUT in {notice.kind for notice in result.notices}
    assert not list(broken_rules(people, result.pairs))
    assert {person.why for person in result.unmatched} == {WhyNobody.EVERYONE_TAKEN}


def test_a_topic_of_five_thousand_characters_is_only_a_topic() -> None:
    long = "SQL and " * 625
    result = a_run(a_person("a", 1, learn=[long]), a_person("b", 2, teach=[long]))
    assert len(result.pairs) == 1
    assert len(TOPICS.resolve(long).topic.name) <= 80


@pytest.mark.parametrize(
    "zone", ["", "Nowhere", "../../etc/passwd", "/etc/passwd", "Europe", "UTC\0", "x" * 5000]
)
def test_no_text_breaks_the_reading_of_zones(zone: str) -> None:
    assert zone_offset(zone, MONDAY) is None


@pytest.mark.parametrize("hours", [(0, 0), (-60, 5000), (10**9, -(10**9)), (1439, 1)])
def test_any_hours_are_some_window(hours: tuple[int, int]) -> None:
    window = utc_window(WorkingHours("Asia/Kolkata", *hours), 330, widen=60)
    assert window is not None
    assert 0 <= window.start < 1440
    assert 120 <= window.minutes <= 1440


def test_a_long_chain_of_managers_and_a_circle_of_them_end() -> None:
    chain = [
        a_person(f"p{at:04}", at % 5, learn=["SQL"], teach=["SQL"], manager=f"p{at + 1:04}")
        for at in range(500)
    ]
    circle = [*chain, a_person("p0500", 9, learn=["SQL"], teach=["SQL"], manager="p0000")]
    for people in (chain, circle):
        result = a_run(*people)
        assert result.pairs == ()
        assert {person.why for person in result.unmatched} == {WhyNobody.ONLY_REPORTING_LINE}
    assert len(result.notices) == 1
    assert len(result.notices[0].ids) == 501


def test_levels_of_any_size_are_levels() -> None:
    assert a_run(a_person("a", -5, learn=["SQL"]), a_person("b", 10**12, teach=["SQL"])).figures.pairs == 1


def test_hostile_texts_match_themselves_and_nothing_breaks() -> None:
    texts = [text for text in texts_in(HOSTILE) if text.strip()][:200]
    assert len(texts) > 50
    for text in texts:
        assert len(TOPICS.resolve(text).topic.name) <= 80
        TOPICS.suggest(text)
    people = [
        person
        for at, text in enumerate(texts)
        for person in (a_person(f"a{at}", 1, learn=[text]), a_person(f"b{at}", 2, teach=[text]))
    ]
    assert a_run(*people).figures.pairs == len(texts)
