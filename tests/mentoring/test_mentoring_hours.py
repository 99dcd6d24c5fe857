"""Working hours in every zone, across every clock change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.meetings import working_day_before
from bot.mentoring.people import Hours, common_closing, common_opening, opening_again, working_days_later

ZONES = sorted(available_timezones())
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TWO_YEARS = 2 * 365 * 24 * 60
MOMENTS = st.integers(0, TWO_YEARS).map(lambda minutes: FIRST + timedelta(minutes=minutes))
STARTS = st.integers(0, 23 * 4).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    """Any working week, in any zone."""
    starts = draw(STARTS)
    left = 24 * 60 - 1 - (starts.hour * 60 + starts.minute)
    ends = (datetime.combine(date(2026, 1, 1), starts) + timedelta(minutes=draw(st.integers(1, left)))).time()
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Hours(draw(st.sampled_from(ZONES)), starts, ends, days)


HOURS = some_hours()


def changes(zone: str) -> list[datetime]:
    """The hours (UTC) after which the clock of a zone was changed, in 2026."""
    here = ZoneInfo(zone)
    hours = [FIRST + timedelta(hours=hour) for hour in range(365 * 24)]
    offsets = [hour.astimezone(here).utcoffset() for hour in hours]
    return [hours[at] for at in range(1, len(hours)) if offsets[at] != offsets[at - 1]]


@given(HOURS, MOMENTS)
def test_an_opening_is_always_at_work_and_never_before_the_moment(hours: Hours, moment: datetime) -> None:
    opening = hours.opening(moment)
    assert opening >= moment
    assert hours.covers(opening)
    assert hours.opening(opening) == opening


@given(st.sampled_from(ZONES), MOMENTS)
def test_nobody_at_work_waits_longer_than_a_weekend(zone: str, moment: datetime) -> None:
    opening = Hours(zone).opening(moment)
    assert opening - moment <= timedelta(days=2, hours=17)
    step = moment
    while step < opening:
        assert not Hours(zone).covers(step)
        step += timedelta(minutes=30)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"])
@pytest.mark.parametrize("starts", [time(0), time(0, 30), time(1, 45), time(2, 15), time(2, 30), time(3)])
def test_every_clock_change_keeps_the_opening_at_work(zone: str, starts: time) -> None:
    every_day = frozenset(range(7))
    found = changes(zone)
    assert found, f"{zone} does not change its clock any more: choose another zone"
    for ends in ((datetime.combine(date(2026, 1, 1), starts) + timedelta(minutes=20)).time(), time(12)):
        hours = Hours(zone, starts, ends, every_day)
        for change in found:
            for minutes in range(-26 * 60, 26 * 60, 20):
                moment = change + timedelta(minutes=minutes)
                opening = hours.opening(moment)
                assert opening >= moment
                assert hours.covers(opening)
                assert opening - moment < timedelta(hours=50)


def test_a_start_that_the_clock_skips_moves_forward() -> None:
    hours = Hours("Europe/Berlin", time(2, 30), time(9), frozenset({6}))
    opening = hours.opening(datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert opening.astimezone(ZoneInfo("Europe/Berlin")) == datetime(
        2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )


def test_a_day_whose_hours_the_clock_skips_is_left_out() -> None:
    hours = Hours("Africa/Cairo", time(0, 15), time(0, 45), frozenset({4}))
    friday_of_the_change = datetime(2026, 4, 23, 12, tzinfo=UTC)
    assert hours.day(hours.opening(friday_of_the_change)) == date(2026, 5, 1)


def test_a_start_that_comes_twice_is_the_first_and_then_the_second() -> None:
    hours = Hours("Europe/Berlin", time(2, 30), time(2, 45), frozenset(range(7)))
    before = datetime(2026, 10, 25, tzinfo=UTC)
    first = hours.opening(before)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert hours.opening(first + timedelta(minutes=20)) == first + timedelta(hours=1)


@given(HOURS, MOMENTS, st.integers(0, 24 * 60))
def test_a_closing_is_the_first_moment_after_one_at_work_when_nobody_is(
    hours: Hours, moment: datetime, later: int
) -> None:
    opening = hours.opening(moment)
    at_work = max(at for at in (opening, opening + timedelta(minutes=later)) if hours.covers(at))
    closing = hours.closing(at_work)
    assert at_work < closing <= at_work + timedelta(hours=26)
    assert not hours.covers(closing)
    passed = (closing - at_work) // timedelta(minutes=1)
    assert all(hours.covers(at_work + timedelta(minutes=minute)) for minute in range(0, passed, 7))
    assert hours.covers(closing - timedelta(microseconds=1))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"])
@pytest.mark.parametrize("ends", [time(0, 15), time(1, 45), time(2, 15), time(2, 30), time(3), time(12)])
def test_every_clock_change_closes_where_work_is_over(zone: str, ends: time) -> None:
    for starts in (time(0), time(2, 20)):
        if starts >= ends:
            continue
        hours = Hours(zone, starts, ends, frozenset(range(7)))
        for change in changes(zone):
            for minutes in range(-26 * 60, 26 * 60, 20):
                moment = change + timedelta(minutes=minutes)
                if hours.covers(moment):
                    closing, step = hours.closing(moment), moment
                    while step < closing:
                        assert hours.covers(step), f"{hours} at {step}"
                        step += timedelta(minutes=1)
                    assert not hours.covers(closing)


def test_work_ends_before_its_last_minute() -> None:
    hours = Hours("Europe/Berlin")
    assert hours.covers(datetime(2026, 11, 24, 15, 59, tzinfo=UTC))
    assert not hours.covers(datetime(2026, 11, 24, 16, tzinfo=UTC))
    assert not hours.covers(datetime(2026, 11, 28, 12, tzinfo=UTC)), "a Saturday"


def test_work_closes_at_its_end_and_where_the_clock_skips_that_at_the_change() -> None:
    assert Hours("Europe/Berlin").closing(datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)) == datetime(
        2026, 11, 24, 16, tzinfo=UTC
    )
    night = Hours("Europe/Berlin", time(0), time(2, 30), frozenset(range(7)))
    assert night.closing(datetime(2026, 3, 29, 0, 10, 30, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert night.closing(datetime(2026, 10, 25, 0, 10, tzinfo=UTC)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(st.lists(HOURS, min_size=1, max_size=3), MOMENTS)
def test_a_common_closing_is_the_first_of_all(both: list[Hours], moment: datetime) -> None:
    opening = common_opening(tuple(both), moment)
    if opening is not None:
        closing = common_closing(both, opening)
        assert closing in {hours.closing(opening) for hours in both}
        assert all(hours.covers(closing - timedelta(microseconds=1)) for hours in both)
        assert not all(hours.covers(closing) for hours in both)


@given(HOURS, MOMENTS, st.integers(0, 20 * 24 * 60))
def test_work_that_is_not_over_begins_again_after_what_was_missed(
    hours: Hours, moment: datetime, away: int
) -> None:
    closed = hours.closing(hours.opening(moment))
    now = closed + timedelta(minutes=away)
    again = opening_again((hours,), closed, now)
    assert again is not None
    assert closed <= again
    assert hours.covers(again)
    assert max(again, now) == hours.opening(now), "it can be told at once, or no later than anything else"


def test_hours_that_never_meet_do_not_begin_again() -> None:
    both = (Hours("Europe/Berlin", time(9), time(12)), Hours("Europe/Berlin", time(13), time(17)))
    assert opening_again(both, FIRST, FIRST + timedelta(days=1)) is None


def test_hours_without_a_day_have_no_opening() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Hours("UTC", days=frozenset()).opening(FIRST)


@given(st.lists(HOURS, min_size=1, max_size=3), MOMENTS)
def test_a_common_opening_finds_everybody_at_work(both: list[Hours], moment: datetime) -> None:
    opening = common_opening(tuple(both), moment)
    if opening is not None:
        assert moment <= opening <= moment + timedelta(days=10)
        assert all(hours.covers(opening) for hours in both)


@given(st.sampled_from(ZONES), st.sampled_from(ZONES), st.integers(0, 21 * 24))
def test_where_hours_meet_the_first_common_moment_is_found(one: str, other: str, place: int) -> None:
    both = (Hours(one), Hours(other))
    moment = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=place)
    opening = common_opening(both, moment)
    quarters = (moment + timedelta(minutes=15 * step) for step in range(4 * 24 * 10))
    first = next((at for at in quarters if all(hours.covers(at) for hours in both)), None)
    assert (opening is None) == (first is None)
    if opening is not None and first is not None:
        assert first - timedelta(minutes=15) < opening <= first


def test_hours_that_never_meet_have_no_common_opening() -> None:
    early, late = Hours("UTC", time(6), time(9)), Hours("UTC", time(9), time(12))
    assert common_opening((early, late), FIRST) is None


@given(st.sampled_from(ZONES), MOMENTS, st.integers(1, 10))
def test_working_days_are_counted_without_weekends(zone: str, moment: datetime, days: int) -> None:
    hours = Hours(zone)
    later = working_days_later(hours, moment, days)
    assert hours.covers(later)
    passed = [hours.day(moment) + timedelta(days=ahead) for ahead in range(1, 40)]
    worked = [day for day in passed if day.weekday() in hours.days]
    assert hours.day(later) == worked[days - 1]


@given(HOURS, MOMENTS, st.frozensets(st.integers(0, 20), max_size=12))
def test_nobody_is_at_work_on_a_holiday_and_the_next_opening_is_after_it(
    hours: Hours, moment: datetime, ahead: frozenset[int]
) -> None:
    off = frozenset(hours.day(moment) + timedelta(days=days) for days in ahead)
    free = replace(hours, off=off)
    assert not (hours.day(moment) in off and free.covers(moment))
    opening = free.opening(moment)
    assert free.day(opening) not in off
    assert opening >= hours.opening(moment)


def test_holidays_are_no_working_days_where_days_are_counted() -> None:
    thursday = datetime(2026, 12, 24, 12, tzinfo=UTC)
    hours = Hours("Europe/London", off=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
    assert working_days_later(hours, thursday, 1) == datetime(2026, 12, 29, 9, tzinfo=UTC)
    assert working_day_before(hours, datetime(2026, 12, 29, 12, tzinfo=UTC), 1) == datetime(
        2026, 12, 24, 9, tzinfo=UTC
    )


def test_a_room_waits_until_the_holidays_of_both_are_over() -> None:
    """A week of holidays of one is followed by some of the other: they still have a moment in common."""
    begin = date(2027, 2, 5)
    one = Hours("Asia/Shanghai", off=frozenset(begin + timedelta(days=ahead) for ahead in range(9)))
    other = Hours("Asia/Shanghai", off=frozenset(begin + timedelta(days=9 + ahead) for ahead in range(3)))
    opening = common_opening((one, other), datetime(2027, 2, 5, 2, tzinfo=UTC))
    assert opening == datetime(2027, 2, 17, 1, tzinfo=UTC)
