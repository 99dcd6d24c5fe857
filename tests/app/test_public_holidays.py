"""Public holidays of places, and the countries of time zones."""

import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module
from zoneinfo import available_timezones

import pytest

from bot import public_holidays
from bot.public_holidays import days_off, known, name, of_zone, suggest
from bot.use_cases.reading import ZONES

CHRISTMAS, WORKDAY = date(2026, 12, 25), date(2026, 12, 29)
ALL_SAINTS = date(2027, 11, 1)
COUNTRIES = tuple(public_holidays._countries())


def test_a_countrys_holidays_are_days_off_and_other_days_are_not() -> None:
    assert CHRISTMAS in days_off("GB")
    assert WORKDAY not in days_off("GB")
    assert "2026-12-25" not in days_off("GB"), "a day is a date"


def test_a_part_of_a_country_keeps_its_own_days_beside_those_of_all() -> None:
    assert ALL_SAINTS in days_off("DE-BY")
    assert ALL_SAINTS not in days_off("DE")
    assert CHRISTMAS in days_off("DE-BY")


def test_a_holiday_that_falls_on_a_weekend_is_kept_on_the_day_that_stands_for_it() -> None:
    assert date(2026, 12, 28) in days_off("GB"), "Boxing Day 2026 is a Saturday"


@pytest.mark.parametrize("place", ["", "-", "XX", "DE-XX", "DE-", "de", "../DE", "DE-BY-BY"])
def test_of_what_is_no_place_nothing_is_known_and_no_day_is_off(place: str) -> None:
    assert not known(place)
    assert CHRISTMAS not in days_off(place)
    assert name(place) == place


def test_every_country_has_a_calendar_and_nobody_is_off_for_weeks() -> None:
    """The form offers all countries, so the package must know each of them, and each of their parts."""
    years = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(2 * 365)]
    for place, _ in public_holidays._all():
        assert known(place)
        off = days_off(place)
        runs = "".join("x" if day in off or day.weekday() > 4 else " " for day in years)
        assert max(map(len, runs.split())) < 21, place


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Copenhagen", "DK"),
        ("America/Denver", "US"),
        ("Asia/Calcutta", "IN"),
        ("US/Pacific", "US"),
        ("Atlantic/Jan_Mayen", ""),
        ("Canada/Eastern", ""),
        ("Europe/Belfast", ""),
        ("UTC", ""),
        ("Etc/GMT-1", ""),
        ("Mars/Olympus", ""),
    ],
)
def test_a_zone_gives_its_country_and_none_where_it_could_be_several(zone: str, country: str) -> None:
    assert of_zone(zone) == country


def test_whatever_a_zone_gives_is_a_country_and_most_zones_give_one() -> None:
    found = [of_zone(zone) for zone in sorted(available_timezones() & ZONES)]
    assert set(found) <= {"", *COUNTRIES}
    assert sum(map(bool, found)) > 0.8 * len(found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("germ", "DE"), ("bayern", "DE-BY"), ("thurin", "DE-TH"), ("united k", "GB"), ("scot", "GB-SCT")],
)
def test_a_place_is_found_by_the_letters_of_its_names(typed: str, first: str) -> None:
    assert suggest(typed, 20)[0] == first


def test_before_anything_is_typed_countries_are_shown_and_no_more_than_asked_for() -> None:
    shown = suggest("", 20)
    assert len(shown) == 20
    assert set(shown) <= set(COUNTRIES)
    assert suggest("zzzz", 20) == ()
    assert len(suggest("germany", 5)) == 5


def test_names_say_the_country_first() -> None:
    assert name("DE") == "Germany"
    assert name("DE-BY") == "Germany, Bayern"


def test_the_package_is_loaded_only_once_a_day_is_asked_for() -> None:
    """It takes half a second and 46 MB, which a bot whose people keep no holidays does not spend."""
    asked = (
        "import sys, bot.app, datetime; from bot.public_holidays import *; from storage import tables;"
        "of_zone('Europe/Berlin'), name('DE'), suggest('', 9); off = days_off('DE');"
        "assert 'holidays' not in sys.modules; datetime.date(2026, 1, 1) in off;"
        "assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, timeout=120)
    assert import_module("holidays")
