"""The limits of what the bot starts: never broken in any seven days, and never waiting longer than needed."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.mentoring.limits import MOST_MESSAGES, MOST_NUDGES, SLACK, WINDOW, Said, earliest, others

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
STEP = timedelta(hours=6)
ASKED = st.lists(st.tuples(st.integers(0, 160), st.booleans()), max_size=14)
"""Messages in the order of their planning: the step of the grid from which on, and whether a nudge."""


def plan(asked: list[tuple[int, bool]]) -> tuple[Said, ...]:
    """Plan one message after the other, each at its earliest moment."""
    said: tuple[Said, ...] = ()
    for place, nudge in asked:
        said = (*said, Said(earliest(said, nudge=nudge, after=START + place * STEP), nudge))
    return said


def most_in_seven_days(times: list[datetime]) -> int:
    """The largest number of these in any seven days, both ends counted."""
    return max((sum(end - WINDOW <= at <= end for at in times) for end in times), default=0)


@given(ASKED)
@example([(40, False), (41, False), (42, False), (30, False)])
@example([(60, True), (0, True), (30, True)])
def test_no_seven_days_hold_more_than_the_limits_whatever_is_planned(asked: list[tuple[int, bool]]) -> None:
    said = plan(asked)
    assert most_in_seven_days([one.at for one in said]) <= MOST_MESSAGES == 3
    assert most_in_seven_days([one.at for one in said if one.nudge]) <= MOST_NUDGES == 1


@given(asked=ASKED, place=st.integers(0, 160), nudge=st.booleans())
def test_no_earlier_moment_would_do(asked: list[tuple[int, bool]], place: int, *, nudge: bool) -> None:
    said, after = plan(asked), START + place * STEP
    found = earliest(said, nudge=nudge, after=after)
    grid = [after + step * STEP for step in range((found - after) // STEP + 1)]
    for moment in (*grid, found - timedelta(minutes=30)):
        assert not after <= moment < found or not keeps(said, Said(moment, nudge)), (
            f"{moment} would have done"
        )
    assert keeps(said, Said(found, nudge))


@given(asked=ASKED, place=st.integers(0, 13), later=st.integers(0, 80))
def test_a_message_that_is_planned_anew_does_not_stand_in_its_own_way(
    asked: list[tuple[int, bool]], place: int, later: int
) -> None:
    said = plan(asked)
    if place >= len(said):
        return
    own = said[place]
    rest = others(said, own)
    assert sorted((*rest, own), key=repr) == sorted(said, key=repr)
    assert earliest(rest, nudge=own.nudge, after=own.at) == own.at, "it may stay where it is"
    moved = Said(earliest(rest, nudge=own.nudge, after=own.at + later * STEP), own.nudge)
    assert keeps(rest, moved)


def test_what_is_not_among_them_is_taken_from_none() -> None:
    said = plan([(0, False)])
    assert others(said, None) == others(said, Said(START, nudge=True)) == said


def keeps(said: tuple[Said, ...], more: Said) -> bool:
    """Whether one message more breaks nothing, with the hour that a message may leave late."""
    every = [*said, more]
    return fits([one.at for one in every], MOST_MESSAGES) and (
        not more.nudge or fits([one.at for one in every if one.nudge], MOST_NUDGES)
    )


def fits(times: list[datetime], most: int) -> bool:
    """Whether no window, its beginning not counted, holds more than `most`."""
    return all(sum(end - WINDOW - SLACK < at <= end for at in times) <= most for end in times)


def test_somebody_who_heard_nothing_hears_at_once() -> None:
    assert earliest((), nudge=True, after=START) == START


def test_a_fourth_message_waits_until_the_first_is_over_a_week_old() -> None:
    said = tuple(Said(START + timedelta(days=day), nudge=False) for day in range(3))
    assert earliest(said, nudge=False, after=START + timedelta(days=3)) == START + WINDOW + SLACK


def test_a_second_nudge_waits_and_another_message_does_not() -> None:
    said = (Said(START, nudge=True),)
    after = START + timedelta(days=1)
    assert earliest(said, nudge=True, after=after) == START + WINDOW + SLACK
    assert earliest(said, nudge=False, after=after) == after


def test_messages_planned_for_later_keep_their_place() -> None:
    later = tuple(Said(START + timedelta(days=day), nudge=False) for day in (4, 5, 6))
    assert earliest(later, nudge=False, after=START) > later[0].at + WINDOW
