"""When a programme's weekly summary and its rounds are due, in every zone and over clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.programme import (
    ROUND_AT,
    ROUND_TRANSITIONS,
    RoundEvent,
    RoundState,
    at_local,
    state_after,
    weekly,
)
from tests.worlds import a_programme

ZONES = sorted(available_timezones())
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
TIMES = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@given(st.sampled_from(ZONES), st.integers(0, 6), TIMES, MOMENTS)
def test_a_weekly_moment_lies_ahead_within_a_week(zone: str, weekday: int, at: time, after: datetime) -> None:
    moment = weekly(zone, weekday, at, after)
    assert after < moment <= after + timedelta(days=7, hours=1)


@given(st.sampled_from(ZONES), st.integers(0, 6), TIMES, MOMENTS)
def test_the_same_wall_clock_time_comes_once_in_every_week(
    zone: str, weekday: int, at: time, after: datetime
) -> None:
    moments = [weekly(zone, weekday, at, after)]
    for _ in range(60):
        moments.append(weekly(zone, weekday, at, moments[-1]))
    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    weeks = [(moment.date() - date(2026, 1, 5)).days // 7 for moment in local]
    assert all(later - earlier == 1 for earlier, later in pairwise(weeks))
    usual = [moment for moment in local if moment.time() == at and moment.weekday() == weekday]
    assert len(usual) >= len(local) - 4, "only a time that the clock skips is moved"


@given(st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2028, 1, 1)), TIMES)
def test_a_wall_clock_time_is_that_time_or_the_first_after_a_gap(zone: str, day: date, at: time) -> None:
    moment = at_local(zone, day, at)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    asked = datetime.combine(day, at)
    assert asked <= shown <= asked + timedelta(hours=2)
    assert shown == asked or moment != at_local(zone, day, at.replace(fold=1)), "only a gap moves it"


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert at_local("Europe/Berlin", date(2026, 10, 25), time(2, 30)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_nine_in_the_morning_stays_nine_over_a_clock_change() -> None:
    friday = datetime(2026, 10, 23, 12, tzinfo=UTC)
    after = weekly("Europe/Berlin", 0, time(9), friday)
    before = weekly("Europe/Berlin", 0, time(9), friday - timedelta(weeks=1))
    assert (before, after) == (
        datetime(2026, 10, 19, 7, tzinfo=UTC),
        datetime(2026, 10, 26, 8, tzinfo=UTC),
    )


def test_the_round_after_a_release_is_drafted_in_the_morning_weeks_later() -> None:
    released = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert a_programme().round_after(released) == at_local("Europe/Berlin", date(2027, 2, 16), ROUND_AT)


def test_no_round_follows_past_the_end() -> None:
    from_day = date(2027, 2, 16)
    released = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert a_programme(ends=from_day).round_after(released) is not None
    assert a_programme(ends=from_day - timedelta(days=1)).round_after(released) is None


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("event", RoundEvent)
def test_a_round_does_what_its_table_says_and_nothing_else(state: RoundState, event: RoundEvent) -> None:
    to = ROUND_TRANSITIONS.get(state, {}).get(event)
    if to is None:
        with pytest.raises(NotPossibleNow) as refused:
            state_after(state, event)
        assert refused.value == NotPossibleNow(event, state)
    else:
        assert state_after(state, event) is to


def test_only_a_reviewed_round_is_released_and_a_released_one_stays() -> None:
    released = [state for state, ways in ROUND_TRANSITIONS.items() if RoundEvent.RELEASE in ways]
    assert released == [RoundState.REVIEWED]
    assert RoundState.RELEASED not in ROUND_TRANSITIONS
    assert RoundState.DROPPED not in ROUND_TRANSITIONS
