"""The facts of coaching by role: the code, handovers, ideas of what to learn, and what belongs elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.discovery import MOST_IDEAS, Discovery
from bot.mentoring.elsewhere import is_about_somebody
from bot.mentoring.ethics import CODE, CodeKept, both_keep, keeps
from bot.mentoring.handover import handing_over, is_handover
from bot.mentoring.ids import ParticipantId
from bot.mentoring.people import Track
from prompts.labels import cues
from tests.builders import MONDAY, a_pair, a_participant
from tests.worlds import DISCOVERY, TOPICS

ADA, BEN = ParticipantId("ada"), ParticipantId("ben")
TABLE = Discovery(
    questions={"q": {"x": ("A", "B", "Here"), "y": ("C",)}, "r": {"x": ("B", "D", "E", "F"), "y": ()}},
    job=frozenset({("q", "y")}),
    about_here=("Here", "Rules"),
)


def test_both_keep_the_code_once_each_said_so_to_its_words_of_now() -> None:
    """C9."""
    pair = a_pair()
    old, ada, ben = CodeKept(ADA, CODE - 1, MONDAY), CodeKept(ADA, CODE, MONDAY), CodeKept(BEN, CODE, MONDAY)
    assert both_keep((ada, ben), pair)
    assert not both_keep((ada,), pair)
    assert not both_keep((old, ben), pair)
    assert keeps((old,), ADA, CODE - 1)
    assert not keeps((old,), ADA)


def test_a_pair_is_a_handover_where_who_hands_over_teaches_in_it() -> None:
    """D7."""
    pair = a_pair()  # Ada learns from Ben
    ada, ben = a_participant("ada"), a_participant("ben")
    leaving = a_participant("ben", track=Track.HANDOVER)
    assert handing_over(pair, (ada, leaving)) == (BEN,)
    assert is_handover(pair, (ada, leaving))
    assert not is_handover(pair, (ada, ben))
    assert not is_handover(pair, (a_participant("ada", track=Track.HANDOVER), ben))


def test_ideas_come_by_teachers_then_by_answers_then_in_order() -> None:
    """D4."""
    answers = {"q": "x", "r": "x"}
    assert TABLE.ideas(answers, (), ()) == ("B", "A", "Here", "D", "E")
    assert TABLE.ideas(answers, ("F", "A"), ()) == ("A", "F", "B", "Here", "D")
    assert TABLE.ideas(answers, (), ("B", "A", "Here")) == ("D", "E", "F", "Rules")


def test_one_idea_is_always_about_this_place() -> None:
    """A3."""
    assert TABLE.ideas({"q": "y", "r": "x"}, (), ()) == ("C", "B", "D", "E", "Here")
    assert TABLE.ideas({"q": "y", "r": "y"}, (), ("C", "Here", "Rules")) == ()


def test_a_skill_of_the_job_is_known_by_its_answer() -> None:
    """D6."""
    assert TABLE.is_of_the_job({"q": "y", "r": "x"})
    assert not TABLE.is_of_the_job({"q": "x", "r": "y"})


@given(st.data())
def test_whatever_is_answered_up_to_five_known_topics_come_and_one_of_this_place(data: st.DataObject) -> None:
    """A3, D4."""
    answers = {key: data.draw(st.sampled_from(sorted(some))) for key, some in DISCOVERY.questions.items()}
    names = sorted({topic.name for topic in TOPICS.entries})
    taught = data.draw(st.sets(st.sampled_from(names), max_size=40))
    ideas = DISCOVERY.ideas(answers, taught, ())
    assert 1 <= len(ideas) == len(set(ideas)) <= MOST_IDEAS
    assert all(TOPICS.is_name(topic) for topic in ideas)
    assert set(ideas) & set(DISCOVERY.about_here)


ELSEWHERE = (
    "feedback for Anna",
    "give feedback to slack:T1:BEN",
    "please give slack:T1:BEN some Feedback!",
    "tell Anna that the report was late",
    "tell slack:T1:BEN",
    "remind Tom of the deck",
    "my colleague shouted at me",
    "my boss ignores me in meetings",
    "he took credit for my work",
    "somebody was rude to her",
    "slack:T1:BEN is always late",
    "@ben never answers mails",
    "I want to complain",
    "a complaint about my manager",
    "my manager\u2019s unfair",
)
NOT_ELSEWHERE = (
    "",
    "x",
    "lern Go",
    "tell me more",
    "tell",
    "let me in",
    "pass",
    "how do I find a partner",
    "my partner is great",
    "my manager",
    "hello",
    "\u0645\u062d\u0645\u062f",
    "slack:T1:BEN",
    "pair slack:T1:BEN please",
    "what is a round",
    "shouted",
)


@pytest.mark.parametrize("typed", ELSEWHERE)
def test_words_about_one_incident_or_one_person_are_known(typed: str) -> None:
    """B7."""
    assert is_about_somebody(typed, cues(), near=False)


@pytest.mark.parametrize("typed", NOT_ELSEWHERE)
def test_other_words_are_left_alone(typed: str) -> None:
    """B7."""
    assert not is_about_somebody(typed, cues(), near=False)


def test_a_slip_in_a_command_with_somebodys_name_stays_a_slip() -> None:
    assert is_about_somebody("blck slack:T1:BEN now and then", cues(), near=False)
    assert not is_about_somebody("blck slack:T1:BEN now and then", cues(), near=True)
