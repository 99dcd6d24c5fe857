"""Topics: one name for each thing, two names for two things, help while typing."""

from types import MappingProxyType

import pytest

from bot.matching import (
    CloseTopic,
    How,
    Person,
    Rules,
    Setting,
    Topic,
    Topics,
    TopicsError,
    explain_pair,
    normalise,
)
from tests.matching.roster_builders import MONDAY, TOPICS, a_person, people_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("k8s", "Kubernetes"),
        ("KUBERNETES", "Kubernetes"),
        ("organizational history", "How this organisation came to be"),
        ("presentation skills", "Presenting"),
        ("SQL basics", "SQL"),
        ("Intro to Python", "Python"),
        ("c ++", "C++"),
        ("golang", "Go"),
        ("\uff11:\uff11s", "One-to-one meetings"),
    ],
)
def test_one_thing_has_one_name(typed: str, name: str) -> None:
    found = TOPICS.find(typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("project management", "product management"),
        ("Java", "JavaScript"),
        ("C", "C++"),
        ("C", "C#"),
        ("C#", "F#"),
        (".NET", "ASP.NET"),
        ("R", "Rust"),
        ("Go", "Goal setting"),
        ("React", "React Native"),
        ("Design thinking", "System design"),
        ("Machine learning", "Learning to learn"),
    ],
)
def test_two_things_stay_two(one: str, other: str) -> None:
    assert TOPICS.identity(one) != TOPICS.identity(other)
    assert TOPICS.resolve(one).topic.name != TOPICS.resolve(other).topic.name


@pytest.mark.parametrize("name", sorted({text for one in people_of("people_400.csv") for text in one.teach}))
def test_every_technology_of_the_rosters_is_known_by_its_own_name(name: str) -> None:
    found = TOPICS.find(name)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Kubernets", "Kubernetes"), ("projet management", "Project management"), ("Javascrpit", "JavaScript")],
)
def test_a_slip_of_the_keyboard_is_mended_and_said(typed: str, name: str) -> None:
    found = TOPICS.resolve(typed)
    assert (found.topic.name, found.how) == (name, How.TYPO)


@pytest.mark.parametrize("typed", ["Java 7 patterns", "beekeeping", "Jave", "Cobalt", "🎸", "क्रिकेट"])
def test_what_nobody_knows_is_a_topic_of_its_own(typed: str) -> None:
    found = TOPICS.resolve(typed)
    assert (found.topic.name, found.topic.known, found.how) == (typed, False, How.NEW)


def test_what_others_declared_is_found_again() -> None:
    declared = ["Beekeeping", "Sourdough"]
    assert TOPICS.resolve("bee-keeping", declared).topic.name == "Beekeeping"
    assert TOPICS.resolve("sourdogh", declared).topic.name == "Sourdough"
    assert TOPICS.resolve("SOURDOUGH ", declared).how is How.SAME


def test_a_long_text_is_cut_and_never_slow() -> None:
    found = TOPICS.resolve("SQL " * 1250 + "end")
    assert len(found.topic.name) <= 80


def test_typing_offers_beginnings_first() -> None:
    assert TOPICS.suggest("kub") == ("Kubernetes",)
    assert TOPICS.suggest("feedb")[0] in {"Giving feedback", "Receiving feedback"}
    assert TOPICS.suggest("java")[:2] == ("Java", "JavaScript")
    assert "Beekeeping" in TOPICS.suggest("bee", declared=["Beekeeping"])
    assert len(TOPICS.suggest("", limit=7)) == 7
    assert TOPICS.suggest("zzzz") == ()


def test_a_related_topic_has_part_of_the_credit_both_ways() -> None:
    assert TOPICS.credit("k8s", "Kubernetes") == 100
    assert TOPICS.credit("Docker", "Kubernetes") == TOPICS.credit("Kubernetes", "Docker") == 70
    assert TOPICS.credit("Docker", "Negotiation") == 0
    assert TOPICS.credit("Beekeeping", "beekeeping") == 100


def test_owners_add_their_own_topics_and_names() -> None:
    own = TOPICS.with_overlay(
        [
            Topic("Kubernetes", aliases=("our platform",)),
            Topic("Beekeeping", related=MappingProxyType({"Sustainability": 60})),
        ],
    )
    assert own.identity("our platform") == own.identity("k8s")
    assert own.credit("sustainability", "Beekeeping") == 60
    assert TOPICS.find("our platform") is None


@pytest.mark.parametrize(
    "entries",
    [
        [Topic("One", aliases=("x",)), Topic("Two", aliases=("X",))],
        [Topic("One", related=MappingProxyType({"Nowhere": 60}))],
        [Topic("One", related=MappingProxyType({"Two": 100})), Topic("Two")],
    ],
)
def test_a_muddled_list_is_refused(entries: list[Topic]) -> None:
    with pytest.raises(TopicsError):
        Topics(entries)


def test_spelling_alone_makes_no_difference() -> None:
    assert normalise("  Organisational  Behaviour ") == normalise("organizational behavior")
    assert normalise("Café management") == normalise("cafe Management")
    assert len({normalise(text) for text in ("C", "C++", "C#", ".NET", "NET", "F#", "R", "Go")}) == 8


def test_every_relation_of_the_table_counts_in_a_run() -> None:
    for topic in TOPICS.entries:
        for name, percent in topic.related.items():
            pair = explain_pair("a", "b", Setting(two_with(topic.name, name), Rules(), MONDAY, TOPICS))
            assert (
                CloseTopic("a", "b", topic.name, name, max(percent, TOPICS.credit(name, topic.name)))
                in pair.reasons
            )


def two_with(wanted: str, taught: str) -> tuple[Person, Person]:
    """Somebody who wants one topic and somebody who teaches another."""
    return a_person("a", 1, learn=[wanted]), a_person("b", 2, teach=[taught])


def test_a_name_is_told_from_another_spelling_of_it() -> None:
    assert TOPICS.is_name("Kubernetes")
    assert not any(TOPICS.is_name(other) for other in ("kubernetes", "k8s", "Kubernetes ", "Falconry", ""))
