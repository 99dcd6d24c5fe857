"""Times in two people's hours: inside them, over every zone, away from clock changes, and fairly shared."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mentoring.people import Hours
from bot.mentoring.slots import (
    EARLIEST,
    LATEST,
    MOST_SLOTS,
    SPAN,
    STRETCHES,
    Slot,
    outside,
    slots,
    stretched_day,
)

TUESDAY = datetime(2026, 11, 24, 9, 7, tzinfo=UTC)
BERLIN, SINGAPORE, DENVER = "Europe/Berlin", "Asia/Singapore", "America/Denver"
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
MINUTES_OF_DAY = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)


def clock(minutes: int) -> time:
    """A time of day."""
    return time(minutes // 60, minutes % 60)


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    """Anybody's working week, in any zone."""
    starts = draw(st.integers(0, 22 * 4).map(lambda quarter: quarter * 15))
    ends = draw(st.integers(starts // 15 + 1, 24 * 4 - 1).map(lambda quarter: quarter * 15))
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Hours(draw(st.sampled_from(ZONES)), clock(starts), clock(ends), days)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 # bounds


@settings(max_examples=150, deadline=None)
@given(some_hours(), some_hours(), MOMENTS, st.sampled_from([30, 45]), st.tuples(*[st.integers(0, 300)] * 2))
def test_every_time_lies_in_both_days_stretched_at_most_and_in_no_clock_change(
    one: Hours, other: Hours, begin: datetime, minutes: int, borne: tuple[int, int]
) -> None:
    found = slots((one, other), begin, minutes, borne=borne)
    assert len(found) <= MOST_SLOTS
    assert list(found) == sorted(found, key=lambda slot: slot.at)
    for slot in found:
        assert begin <= slot.at < begin + SPAN
        for hours, beyond in zip((one, other), slot.outside, strict=True):
            starts = slot.at.astimezone(ZoneInfo(hours.zone))
            ends = (slot.at + timedelta(minutes=minutes)).astimezone(ZoneInfo(hours.zone))
            assert starts.weekday() in hours.days
            first, last = stretched_day(hours, STRETCHES[-1])
            begins = starts.hour * 60 + starts.minute
            assert first <= begins
            assert begins + minutes <= last
            shown = starts.replace(tzinfo=None) + timedelta(minutes=minutes)
            assert shown == ends.replace(tzinfo=None), "a clock changes inside it"
            assert starts.astimezone(UTC) == slot.at, "its local time names no other moment"
            assert starts.replace(fold=1 - starts.fold).utcoffset() == starts.utcoffset(), "read twice"
            assert beyond == outside(hours, slot.at, minutes)
            assert beyond <= STRETCHES[-1]
    for hours in (one, other):
        names = [slot.at.astimezone(ZoneInfo(hours.zone)).strftime("%a %H:%M") for slot in found]
        assert len(names) == len(set(names)), "a button's label is its own"


@settings(max_examples=100, deadline=None)
@given(some_hours(), MOMENTS)
def test_people_of_the_same_hours_are_never_asked_to_stretch_where_there_is_time_enough(
    hours: Hours, begin: datetime
) -> None:
    length = (hours.ends.hour - hours.starts.hour) * 60 + hours.ends.minute - hours.starts.minute
    found = slots((hours, hours), begin, 30)
    if length >= 240 and len(hours.days) >= 2:
        assert found
        assert not any(slot.stretched for slot in found)


def test_times_are_spread_over_days_and_over_mornings_and_afternoons() -> None:
    found = slots((Hours(BERLIN), Hours("Europe/London")), TUESDAY, 30)
    local = [slot.at.astimezone(ZoneInfo(BERLIN)) for slot in found]
    assert len({at.date() for at in local}) == MOST_SLOTS
    assert {at.hour < 13 for at in local} == {True, False}
    assert not any(at.hour == 12 for at in local)
    assert not any(slot.stretched for slot in found)


def test_zones_eight_hours_apart_meet_inside_wide_hours() -> None:
    denver = Hours(DENVER, time(8), time(19))
    berlin = Hours(BERLIN, time(8), time(19))
    found = slots((berlin, denver), TUESDAY, 30)
    assert len(found) == MOST_SLOTS
    for slot in found:
        assert slot.outside == (0, 0)
        assert 16 <= slot.at.astimezone(ZoneInfo(BERLIN)).hour < 19


def test_where_hours_share_nothing_both_days_are_stretched_alike_and_a_little() -> None:
    found = slots((Hours(BERLIN), Hours(DENVER)), TUESDAY, 30)
    assert found
    assert {slot.outside for slot in found} == {(30, 0), (0, 30)}, (
        "half an hour, now for one, now for the other"
    )
    far = slots((Hours(BERLIN), Hours("America/Los_Angeles")), TUESDAY, 30)
    assert {slot.outside for slot in far} == {(60, 30), (30, 60)}


@pytest.mark.parametrize("burdened", [0, 1])
def test_whoever_has_borne_more_is_asked_for_less(burdened: int) -> None:
    hours = (Hours(BERLIN), Hours(DENVER))
    borne = (240, 0) if burdened == 0 else (0, 240)
    for slot in slots(hours, TUESDAY, 30, borne=borne):
        assert slot.outside[burdened] <= slot.outside[1 - burdened]
    assert slots(hours, TUESDAY, 30, borne=borne)[0].outside[burdened] == 0


def test_over_time_both_bear_about_the_same() -> None:
    hours, borne, now = (Hours(BERLIN), Hours(DENVER)), [0, 0], TUESDAY
    for _ in range(12):
        first = slots(hours, now, 30, borne=(borne[0], borne[1]))[0]
        borne = [sum(both) for both in zip(borne, first.outside, strict=True)]
        now = first.at + timedelta(days=11)
    assert abs(borne[0] - borne[1]) <= 60, borne


def test_people_whose_days_never_come_near_each_other_get_no_time_in_the_night() -> None:
    mornings = (Hours("Europe/London", time(9), time(12)), Hours("Pacific/Auckland", time(9), time(12)))
    assert slots(mornings, TUESDAY, 30) == ()
    for slot in slots((Hours("Europe/London"), Hours("Pacific/Auckland")), TUESDAY, 30):
        for zone in ("Europe/London", "Pacific/Auckland"):
            assert 7 <= slot.at.astimezone(ZoneInfo(zone)).hour < 19


def test_a_stretched_day_keeps_to_mornings_and_evenings_unless_it_was_declared_longer() -> None:
    assert stretched_day(Hours("UTC"), 120) == (7 * 60, 19 * 60)
    assert stretched_day(Hours("UTC", time(7), time(21)), 120) == (EARLIEST, LATEST)
    assert stretched_day(Hours("UTC", time(4), time(23)), 120) == (4 * 60, 23 * 60)


def test_a_time_that_somebody_has_given_away_is_not_offered() -> None:
    only = Hours(BERLIN, time(10), time(10, 30), frozenset({1}))
    free = slots((only, only), TUESDAY, 30)
    assert free
    gone = [(free[0].at - timedelta(minutes=1), free[0].at + timedelta(minutes=1))]
    assert free[0].at not in [slot.at for slot in slots((only, only), TUESDAY, 30, taken=gone)]


@pytest.mark.parametrize(
    ("day", "zone"),
    [(datetime(2027, 3, 28, tzinfo=UTC), BERLIN), (datetime(2026, 10, 25, tzinfo=UTC), BERLIN)],
)
def test_who_works_through_the_night_of_a_clock_change_is_offered_no_skipped_or_doubled_time(
    day: datetime, zone: str
) -> None:
    night = Hours(zone, time(0), time(5), frozenset({6}))
    for slot in slots((night, night), day - timedelta(days=1), 30):
        local = slot.at.astimezone(ZoneInfo(zone))
        assert local.date() != day.date() or local.hour != 2, local


def test_the_minutes_outside_somebodys_hours_are_counted_on_both_ends() -> None:
    hours = Hours("UTC", time(9), time(17))
    nine = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert outside(hours, nine, 30) == 0
    assert outside(hours, nine - timedelta(minutes=15), 30) == 15
    assert outside(hours, nine - timedelta(hours=1), 45) == 60
    assert outside(hours, nine.replace(hour=16, minute=45), 45) == 30
    assert outside(hours, nine + timedelta(days=4), 30) == 30, "a Saturday"
    assert not Slot(nine).stretched


def test_no_time_falls_on_a_holiday_of_either_not_even_on_a_stretched_day() -> None:
    free = frozenset(TUESDAY.date() + timedelta(days=ahead) for ahead in range(0, 14, 2))
    for both in (
        (Hours(BERLIN, off=free), Hours("Europe/London")),
        (Hours(BERLIN), Hours("Europe/London", off=free)),
        (Hours(BERLIN, off=free), Hours(DENVER)),
    ):
        found = slots(both, TUESDAY, 30)
        assert found
        assert not any(slot.at.astimezone(ZoneInfo(BERLIN)).date() in free for slot in found)


def test_a_meeting_on_a_holiday_asks_the_whole_of_it_from_whoever_keeps_the_day() -> None:
    noon = TUESDAY.replace(hour=11)
    assert outside(Hours(BERLIN, off=frozenset({noon.date()})), noon, 30) == 30
    assert outside(Hours(BERLIN), noon, 30) == 0
