"""Weekly at nine, in every zone, over four years: never missed, never twice, never out of hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.mentoring.people import Hours
from bot.mentoring.programme import weekly

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
WEEKS = 209
NINE, HALF_PAST_TWO = time(9), time(2, 30)
ZONES = sorted(available_timezones())
PARTS = 8


def weeks_of(zone: str, weekday: int, at: time) -> list[datetime]:
    """Every weekly moment of four years, each found from the one before."""
    moments = [weekly(zone, weekday, at, FIRST)]
    while len(moments) < WEEKS:
        moments.append(weekly(zone, weekday, at, moments[-1]))
    return moments


@pytest.mark.parametrize("part", range(PARTS))
def test_weekly_at_nine_comes_once_a_week_at_nine_in_every_zone(part: int) -> None:
    for zone in ZONES[part::PARTS]:
        here, hours = ZoneInfo(zone), Hours(zone)
        local = [moment.astimezone(here) for moment in weeks_of(zone, 0, NINE)]
        days = [moment.date() for moment in local]
        assert days == [days[0] + timedelta(weeks=week) for week in range(WEEKS)], zone
        assert {(moment.weekday(), moment.time()) for moment in local} == {(0, NINE)}, zone
        assert all(hours.covers(moment) for moment in local), zone


@pytest.mark.parametrize("part", range(PARTS))
def test_an_hour_that_is_skipped_or_comes_twice_is_met_once_a_week_all_the_same(part: int) -> None:
    for zone in ZONES[part::PARTS]:
        here = ZoneInfo(zone)
        moments = weeks_of(zone, 6, HALF_PAST_TWO)
        local = [moment.astimezone(here) for moment in moments]
        days = [moment.date() for moment in local]
        assert days == [days[0] + timedelta(weeks=week) for week in range(WEEKS)], zone
        for moment, shown in zip(moments, local, strict=True):
            wanted = datetime.combine(shown.date(), HALF_PAST_TWO, here)
            skipped = wanted.astimezone(UTC).astimezone(here).time() != HALF_PAST_TWO
            assert skipped or shown.time() == HALF_PAST_TWO, zone
            assert skipped or moment == min(wanted.replace(fold=fold).astimezone(UTC) for fold in (0, 1)), (
                f"the first of two, in {zone}"
            )


@pytest.mark.parametrize("part", range(PARTS))
def test_somebody_hears_on_each_working_day_once_and_at_work(part: int) -> None:
    for zone in ZONES[part::PARTS]:
        hours = Hours(zone, NINE, time(17), frozenset({0, 1, 3}))
        moment, heard = FIRST, list[date]()
        for _ in range(3 * 52):
            moment = hours.opening(moment)
            assert hours.covers(moment), zone
            heard.append(hours.day(moment))
            moment = max(moment + timedelta(hours=8), moment.replace(minute=0))
        wanted = [hours.day(FIRST) + timedelta(days=day) for day in range(366)]
        wanted = [day for day in wanted if day.weekday() in hours.days and day >= heard[0]]
        assert heard == wanted[: len(heard)], zone
