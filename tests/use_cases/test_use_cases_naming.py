"""A company's own words for topics: given by its owners, understood wherever somebody names a topic."""

import pytest

from bot.mentoring.errors import BadInput, NotAllowed, Problem
from bot.mentoring.prompts import DraftReady, WordsForm, WordsKept
from bot.use_cases import finding, joining, naming, rounds
from tests.worlds import MATCHER, TOPICS, World, a_participant, a_senior, a_world

WORDS = "Sales kickoff: SKO, kick-off\n\nKubernetes: kube\nBrand voice"


def keep(world: World, typed: str, name: str = "owner") -> WordsKept:
    """Send the form."""
    return naming.keep_words(world.actor(name), typed, TOPICS, records=world.records)


def test_a_topic_is_found_by_any_word_the_company_has_for_it() -> None:
    world = a_world(a_participant(learn=("SKO",)), a_senior(teach=("Kubernetes", "Sales kickoff")))
    assert keep(world, WORDS) == WordsKept(3)
    topics = naming.matcher_here(MATCHER, world.records).topics
    for typed, teacher_of in (("kube", "Kubernetes"), ("kick-off", "Sales kickoff"), ("k8s", "Kubernetes")):
        found = finding.find(world.actor("ana"), typed, topics, records=world.records)
        assert (found.topic, [one.name for one in found.teachers]) == (teacher_of, ["Ben"])
    joining.add_interests(world.actor("ana"), "teach", "brand voice", topics, records=world.records)
    assert "Brand voice" in world.records.people[a_participant().id].teach
    assert topics.suggest("brand v") == ("Brand voice",)


def test_words_given_later_bring_people_together_who_named_a_topic_before() -> None:
    world = a_world(a_participant(learn=("SKO",), teach=()), a_senior(learn=(), teach=("Sales kickoff",)))
    matcher = naming.matcher_here(MATCHER, world.records)
    assert matcher is MATCHER
    keep(world, WORDS)
    matcher = naming.matcher_here(MATCHER, world.records)
    ready = rounds.draft(
        world.actor("owner"), matcher, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    assert ready.pairs == 1


def test_the_form_opens_with_what_is_kept_and_replaces_it() -> None:
    world = a_world()
    keep(world, WORDS)
    opened = naming.open_words(world.actor("owner"), records=world.records)
    assert opened == WordsForm("Sales kickoff: SKO, kick-off\nKubernetes: kube\nBrand voice")
    assert keep(world, opened.words) == WordsKept(3)
    assert keep(world, " - ") == WordsKept(0)
    assert naming.matcher_here(MATCHER, world.records) is MATCHER


@pytest.mark.parametrize(
    ("typed", "problem", "limit"),
    [
        ("", Problem.EMPTY, ""),
        (": SKO", Problem.EMPTY, ""),
        ("x" * 61, Problem.TOO_LONG, "60"),
        ("SKO: " + ", ".join(f"w{number}" for number in range(13)), Problem.TOO_MANY, "12"),
        ("\n".join(f"topic {number}" for number in range(201)), Problem.TOO_MANY, "200"),
        ("Kubernetes: Java", Problem.TAKEN, "Java"),
        ("Sales kickoff: SKO\nAnother: SKO", Problem.TAKEN, "SKO"),
        ("Sales kickoff\nSales kickoff", Problem.TAKEN, "Sales kickoff"),
    ],
)
def test_words_that_cannot_be_taken_are_named_and_nothing_changes(
    typed: str, problem: Problem, limit: str
) -> None:
    world = a_world()
    keep(world, WORDS)
    with pytest.raises(BadInput) as refused:
        keep(world, typed)
    assert (refused.value.field, refused.value.problem) == ("words", problem)
    assert limit in refused.value.limit
    assert naming.open_words(world.actor("owner"), records=world.records).words.startswith("Sales kickoff")


def test_only_an_owner_gives_words() -> None:
    world = a_world()
    with pytest.raises(NotAllowed):
        keep(world, WORDS, "ana")
    with pytest.raises(NotAllowed):
        naming.open_words(world.actor("ana"), records=world.records)
