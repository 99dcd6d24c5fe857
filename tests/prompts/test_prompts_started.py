"""All that can be said answers what somebody just did, or says why it came and how to stop it."""

import pytest

from bot.mentoring.prompts import FormPrompt
from tests.prompts.golden import view_of
from tests.prompts.reading import note
from tests.prompts.samples import samples
from tests.prompts.test_prompts_complete import CLASSES
from tests.prompts.test_prompts_words import STARTED

SAMPLES = samples()
ANSWERING_AREAS = ("blocking", "coaching", "homes", "previews", "refusals")
"""Modules of prompts that hold answers alone."""
ANSWERS = frozenset(
    (
        *("InterestForgotten", "InterestsChanged", "Joined", "LeaveAsked", "LeftProgramme", "PairsShown"),
        *("Paused", "Privacy", "ProfileSaved", "ProfileShown", "Resumed", "TeachersFound", "WhyNone"),
        *("WhyShown", "ProgrammeReady", "RoundReleased", "RoundReview", "AcceptedBoth", "AcceptedFirst"),
        *("Declined", "MeetingNoted", "WhichPair", "JoinForgotten"),
        *("AgreedFirst", "AgreementAhead", "AgreementShown", "ChangeSent", "ChangeTakenBack", "Expected"),
        *("NoPairYet", "TermsKept", "GoalKept", "GoalReached", "GoalsShown", "StepDone"),
        *("AgendaKept", "CalendarShown", "MeetingSettled", "NotesShown", "TimesSent", "TimesTaken"),
        *("ClosingProposed", "EndAsked", "GoOnNoted", "LookBackKept", "Opened", "PairEnded", "Rested"),
        *("RematchAsked", "Rematched", "RestEnded", "FitKept", "HelpedKept"),
        *("ConcernGiven", "ConcernKeptLonger", "ConcernLost", "ConcernOutside", "ConcernRead"),
        *("PairAwake", "Snoozed", "SnoozedHere"),
        *("ConcernOnward", "ConcernsAside", "ConcernsFull", "ConcernsShown"),
        *("ConcernTakenBack", "ConcernWasRead"),
    )
)
"""Answers in the other modules."""
ONCE = {"Welcome": "once", "JoinLeft": "once"}
"""What people hear who do not take part yet, right after what they did: why, and that it comes once."""


def test_every_prompt_is_an_answer_or_is_held_to_what_is_sent_by_itself() -> None:
    """One in neither list was not looked at: put it among TO_PARTICIPANTS, TO_OWNERS or ANSWERS."""
    started = {type(SAMPLES[name]).__name__ for name in STARTED}
    answers = {
        one.__name__ for one in CLASSES if one.__module__.rsplit(".", 1)[1] in ANSWERING_AREAS
    } | ANSWERS
    said = {one.__name__ for one in CLASSES if not issubclass(one, FormPrompt)}
    assert said - started - answers - ONCE.keys() == {"StepsTogether"}, "its parts are looked at one by one"
    assert started & answers == set()


@pytest.mark.parametrize("kind", ONCE)
def test_what_comes_once_says_so(kind: str) -> None:
    shown = [view_of(sample) for sample in SAMPLES.values() if type(sample).__name__ == kind]
    assert shown
    assert all(ONCE[kind] in note(view) for view in shown)
