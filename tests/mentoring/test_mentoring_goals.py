"""Goals: one at a time for each side, small steps, and what was reached stays."""

import pytest

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.goals import Aim, Goals, aimed, reached, stepped
from bot.mentoring.ids import PairId, ParticipantId
from tests.builders import MONDAY

ADA, BEN = ParticipantId("ada"), ParticipantId("ben")
AIM = Aim("Lead one negotiation", "Both sides smile", "Read one contract")


def with_a_goal() -> Goals:
    """Ada has a goal."""
    return aimed(Goals(PairId("p")), ADA, AIM, MONDAY)


def test_each_side_has_a_goal_of_its_own() -> None:
    both = aimed(with_a_goal(), BEN, Aim("Read code", "I follow one review", "Ask for a tour"), MONDAY)
    mine, theirs = both.of(ADA), both.of(BEN)
    assert mine is not None
    assert theirs is not None
    assert (mine.what, theirs.what) == ("Lead one negotiation", "Read code")


def test_an_old_goal_is_replaced() -> None:
    changed = aimed(with_a_goal(), ADA, Aim("Listen", "Silence", "Ask one question"), MONDAY)
    assert [goal.what for goal in changed.all] == ["Listen"]


def test_a_small_step_is_done_once_however_often_it_is_pressed() -> None:
    once = stepped(with_a_goal(), ADA, "1.0")
    goal = once.of(ADA)
    assert goal is not None
    assert (goal.steps, goal.step_done) == (1, True)
    assert stepped(once, ADA, "1.0") == once


def test_a_button_of_an_older_step_does_not_touch_the_new_one() -> None:
    further = aimed(stepped(with_a_goal(), ADA, "1.0"), ADA, Aim(AIM.what, AIM.evidence, "Write one"), MONDAY)
    goal = further.of(ADA)
    assert goal is not None
    assert not goal.step_done
    with pytest.raises(NotPossibleNow):
        stepped(further, ADA, "1.0")
    assert stepped(further, ADA, "1.1").all[0].steps == 2


def test_a_step_that_is_done_stays_done_when_only_the_goal_is_reworded() -> None:
    done = aimed(stepped(with_a_goal(), ADA, "1.0"), ADA, Aim("Lead two", "Smiles", AIM.step), MONDAY)
    goal = done.of(ADA)
    assert goal is not None
    assert goal.step_done


def test_a_reached_goal_stays_and_makes_room_for_the_next() -> None:
    done = reached(with_a_goal(), ADA, 1, MONDAY)
    assert done.of(ADA) is None
    anew = aimed(done, ADA, Aim("Lead two", "Smiles", "Call somebody"), MONDAY)
    assert [goal.number for goal in anew.all] == [1, 2]
    assert [goal.what for goal in anew.reached(ADA)] == ["Lead one negotiation"]
    with pytest.raises(NotPossibleNow):
        reached(anew, ADA, 1, MONDAY)


def test_nobody_walks_towards_somebody_elses_goal() -> None:
    with pytest.raises(NotPossibleNow):
        stepped(with_a_goal(), BEN, "1.0")
    with pytest.raises(NotPossibleNow):
        reached(with_a_goal(), BEN, 1, MONDAY)
