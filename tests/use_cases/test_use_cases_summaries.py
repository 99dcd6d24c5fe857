"""The weekly summary over weeks and rounds: it repeats what it showed, and nothing moves on few people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.mentoring.ids import MeetingId, RoundId
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import PairState
from bot.mentoring.programme import Round, RoundState
from bot.mentoring.prompts import WeeklySummary
from bot.mentoring.summary import MOST_WEEKS, Figures, RoundFigures, WeekFigures, weeks_shown
from bot.use_cases.summarising import post_summary, show_summary
from tests.worlds import TUESDAY, World, a_participant, a_senior, a_world

RELEASED = Round(
    RoundId("r2"),
    2,
    RoundState.RELEASED,
    TUESDAY,
    released_at=TUESDAY,
    shown_until=TUESDAY,
    opted_in=24,
    pairs=12,
)
EARLIER = replace(RELEASED, id=RoundId("r1"), number=1, opted_in=20, pairs=10, meetings_shown=31)


def a_running_world(*earlier: Round, pairs: int = 12) -> World:
    """A world whose round has this many active pairs."""
    people = [
        make(f"{side}{at}") for at in range(pairs) for side, make in (("a", a_participant), ("b", a_senior))
    ]
    world = a_world(*people)
    for one in (*earlier, RELEASED):
        world.records.save_round(one)
    for key in world.propose_all():
        world.records.save_pair(replace(world.records.pair(key), state=PairState.ACTIVE))
    world.records.round_rows = {one.id: one for one in (*earlier, replace(RELEASED, pairs=pairs))}
    return world


def meet(world: World, *pairs: int) -> None:
    """The pairs of these places meet, an hour from now."""
    world.now += timedelta(hours=1)
    keys = sorted(world.records.pair_rows)
    for place in pairs:
        key = MeetingId(world.ids())
        world.records.save_meeting(Meeting(key, keys[place], MeetingState.HELD, world.now))


def summary_after(world: World, days: int = 7) -> Figures:
    """What the summary says after so many days."""
    world.now += timedelta(days=days)
    programme = world.records.programme()
    assert programme
    post_summary(programme, records=world.records, now=world.now)
    posted = list(world.records.outbox.values())[-1].prompt
    assert isinstance(posted, WeeklySummary)
    assert posted.figures
    return posted.figures


def test_each_week_shows_what_the_weeks_before_it_showed() -> None:
    world = a_running_world()
    meet(world, 0, 1, 2)
    assert summary_after(world).weeks == (WeekFigures(1, 3),)
    meet(world, 0, 1, 2, 3)
    assert summary_after(world).weeks == (WeekFigures(1, 3), WeekFigures(2, 7))


def test_a_week_moves_only_when_five_people_stand_behind_it() -> None:
    world = a_running_world()
    meet(world, 0, 1)
    first = summary_after(world)
    assert (first.meetings, first.weeks) == (None, ())
    meet(world, 2)
    second = summary_after(world)
    assert (second.meetings, second.weeks) == (3, (WeekFigures(2, 3),))
    meet(world, 4)
    third = summary_after(world)
    assert (third.meetings, third.weeks) == (3, (WeekFigures(2, 3), WeekFigures(3, 3)))


def test_the_summary_now_shows_what_was_posted_last() -> None:
    world = a_running_world(EARLIER)
    meet(world, 0, 1, 2)
    posted = summary_after(world)
    meet(world, 3, 4, 5, 6)
    assert show_summary(world.actor("owner"), records=world.records).figures == posted


def test_rounds_stand_side_by_side_with_the_figures_of_their_release() -> None:
    figures = summary_after(a_running_world(EARLIER))
    assert figures.rounds == (RoundFigures(1, 20, 10, 31), RoundFigures(2, 24, 12, None))


@pytest.mark.parametrize("small", [replace(EARLIER, pairs=9), replace(EARLIER, opted_in=4)])
def test_an_earlier_round_of_few_is_left_out(small: Round) -> None:
    assert [one.number for one in summary_after(a_running_world(small)).rounds] == [2]


def test_a_round_that_never_went_out_is_left_out() -> None:
    dropped = replace(EARLIER, state=RoundState.DROPPED)
    assert [one.number for one in summary_after(a_running_world(dropped)).rounds] == [2]


def test_a_round_of_fewer_than_ten_pairs_shows_no_figure_of_any_round() -> None:
    world = a_running_world(EARLIER, pairs=9)
    assert show_summary(world.actor("owner"), records=world.records).figures is None


def test_a_long_round_shows_its_last_weeks() -> None:
    weeks = weeks_shown((0, 0, *range(5, 35)))
    assert len(weeks) == MOST_WEEKS
    assert (weeks[0], weeks[-1]) == (WeekFigures(13, 15), WeekFigures(32, 34))
