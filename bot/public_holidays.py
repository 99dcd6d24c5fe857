"""Public holidays of a country, or of a part of it, and the country that a time zone lies in.

A place is an ISO 3166 code: "DE", or "DE-BY" for a part. The days come from the `holidays` package, the
countries and their zones from the tables of the time zone database. The package takes half a second and 46 MB
(docs/adr/0016), so it is loaded once somebody names a place or looks for one.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module, resources
from importlib.metadata import version
from typing import Any

from bot.mentoring.people import DaysOff

_TABLES = resources.files("tzdata") / "zoneinfo"


class _Calendar:
    """The days off in one place, worked out year by year as they are asked for."""

    def __init__(self, country: str, part: str | None) -> None:
        self._country, self._part = country, part
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        """Whether that day is one."""
        if not isinstance(day, date):
            return False
        if day.year not in self._years:
            found = _entity(self._country)(subdiv=self._part, years=day.year)
            self._years[day.year] = frozenset(found)
        return day in self._years[day.year]


@cache
def days_off(place: str) -> DaysOff:
    """The public holidays of a place; none where no place is given or nothing is known of it."""
    if not known(place):
        return frozenset()
    country, _, part = place.partition("-")
    return _Calendar(country, part or None)


def holidays_version() -> str:
    """The version of the rules: moments that were computed by others are computed anew."""
    return f"holidays {version('holidays')}"


def known(place: str) -> bool:
    """Whether the public holidays of a place are known."""
    country, dash, part = place.partition("-")
    return country in _countries() and (not dash or part in _parts(country))


def of_zone(zone: str) -> str:
    """The country whose time an IANA zone is; empty where that is nobody's or could be several's.

    A zone that the database keeps for one country is that country's. One that is only another name counts
    where all who have kept that time since 1970 live in one country.
    """
    own = _countries_of("zone.tab").get(zone, frozenset())
    found = own or _countries_of("zone1970.tab").get(_other_names().get(zone, ""), frozenset())
    return next(iter(found)) if len(found) == 1 else ""


def name(place: str) -> str:
    """A place as people read it, "Germany" or "Germany, Bayern"; the code itself where it is not known."""
    country, dash, part = place.partition("-")
    if country not in _countries() or (dash and part not in _parts(country)):
        return place
    return f"{_countries()[country]}, {_parts(country)[part]}" if dash else _countries()[country]


def suggest(typed: str, most: int) -> tuple[str, ...]:
    """At most so many places with these letters in a name of theirs, those that begin with them first.

    Nothing typed yet finds countries alone.
    """
    wanted = _plain(typed)
    if not wanted:
        return tuple(sorted(_countries(), key=lambda code: _plain(_countries()[code])))[:most]
    found = [(_rank(wanted, place, words), words, place) for place, words in _all() if wanted in words]
    return tuple(place for _, _, place in sorted(found)[:most])


def _rank(wanted: str, place: str, words: str) -> int:
    """0 for a country that begins with it, 1 for a part that does, 2 for all others."""
    own = words.rsplit(", ", 1)[-1]
    return (1 if "-" in place else 0) if own.startswith(wanted) else 2


@cache
def _all() -> tuple[tuple[str, str], ...]:
    """Every place, and what it is found by: its names in plain letters."""
    found = []
    for code, words in _countries().items():
        also = _entity(code).get_entity().__module__.rsplit(".", 1)[-1].replace("_", " ")
        found.append((code, _plain(f"{words} {also}")))
        found += [(f"{code}-{part}", _plain(f"{also} {words}, {one}")) for part, one in _parts(code).items()]
    return tuple(found)


@cache
def _countries() -> dict[str, str]:
    """The English names of countries, by their codes."""
    return {row[0]: row[1] for row in _rows("iso3166.tab")}


@cache
def _parts(country: str) -> dict[str, str]:
    """The names of a country's parts that have holidays of their own, by their codes."""
    entity = _entity(country)
    names: dict[str, str] = {}
    for words, code in getattr(entity, "subdivisions_aliases", {}).items():
        if len(words) > len(code):
            names.setdefault(code, words)
    return {code: names.get(code, code) for code in entity.subdivisions}


def _entity(country: str) -> Any:  # noqa: ANN401 # the package loads its classes by name
    """The package's calendar of a country."""
    return getattr(import_module("holidays"), country)


@cache
def _countries_of(table: str) -> dict[str, frozenset[str]]:
    """The countries whose time each zone of a table is."""
    return {row[2]: frozenset(row[0].split(",")) for row in _rows(table)}


@cache
def _other_names() -> dict[str, str]:
    """The zones that are only another name of one, as the database's links say."""
    lines = (line.split() for line in (_TABLES / "tzdata.zi").read_text(encoding="utf-8").splitlines())
    return {line[2]: line[1] for line in lines if line and line[0] == "L"}


def _rows(table: str) -> Iterator[list[str]]:
    for line in (_TABLES / table).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _plain(words: str) -> str:
    """Letters as one types them without accents, so that "thuringen" finds Thüringen."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
