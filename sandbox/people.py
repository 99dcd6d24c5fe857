"""The roster file: PEOPLE.csv read strictly, every bad row named with its line and reason."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sandbox.zones import ZONES

COLUMNS = (
    "id",
    "name",
    "email",
    "level",
    "department",
    "location",
    "timezone",
    "manager",
    "learn",
    "teach",
    "places",
    "languages",
    "since",
)
_SINCE = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
_LANGUAGE = re.compile(r"^[a-z]{2}$")
_WHOLE = re.compile(r"^[0-9]{1,4}$")


NAMED = 10
"""Bad rows that are told one by one; of more than these only the number is."""


class RosterError(ValueError):
    """The file cannot be used; the message is one line that names each bad row by its line and reason."""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One row: what a person declared. `manager` is another row's id; `since` is a month, YYYY-MM."""

    id: str
    name: str
    email: str
    level: int
    department: str
    location: str
    timezone: str
    manager: str | None
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    places: int
    languages: tuple[str, ...]
    since: str | None


def load_roster(path: Path) -> list[RosterPerson]:
    """Everybody in the file, in its order.

    Raises:
        RosterError: the file cannot be read, a column is missing, or any row is bad.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _checked_rows(csv.DictReader(file, strict=True))
    except OSError as error:
        raise RosterError(f"it cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise RosterError("it is not text in UTF-8: save it as CSV in UTF-8") from None


def _checked_rows(rows: "csv.DictReader[str]") -> list[RosterPerson]:
    try:
        return _read(rows)
    except csv.Error as error:  # from there on nothing can be read, so this row stands for itself
        raise RosterError(f"line {rows.line_num + 1}: no row of CSV ({error})") from None


def _read(rows: "csv.DictReader[str]") -> list[RosterPerson]:
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or [])]
    if missing:
        raise RosterError(f"line 1: the header lacks {', '.join(missing)}")
    people: list[RosterPerson] = []
    wrong: list[str] = []
    lines: dict[str, int] = {}
    for row in rows:
        try:
            person = _person(_cells(row))
        except ValueError as error:
            wrong.append(f"line {rows.line_num}: {error}")
            continue
        if person.id in lines:
            wrong.append(f"line {rows.line_num}: id {person.id} was used on line {lines[person.id]}")
        lines.setdefault(person.id, rows.line_num)
        people.append(person)
    wrong += _bad_managers(people, lines)
    if wrong:
        more = [f"and {len(wrong) - NAMED} more"] if len(wrong) > NAMED else []
        raise RosterError("; ".join([*wrong[:NAMED], *more]))
    if not people:
        raise RosterError("line 2: the file has no rows")
    return people


def _cells(row: dict[str, str | None]) -> dict[str, str]:
    # DictReader files cells beyond the header under None, and None under columns that have no cell
    if None in row or None in row.values():
        raise ValueError(f"it has {'more' if None in row else 'fewer'} cells than the header")
    return {name: (row.get(name) or "").strip() for name in COLUMNS}


def _bad_managers(people: Iterable[RosterPerson], lines: dict[str, int]) -> list[str]:
    return [
        f"line {lines[person.id]}: manager {person.manager} is not the id of another row"
        for person in people
        if person.manager and (person.manager not in lines or person.manager == person.id)
    ]


def _person(cells: dict[str, str]) -> RosterPerson:
    for name in ("id", "name"):
        if not cells[name]:
            raise ValueError(f"{name} is empty")
    return RosterPerson(
        id=cells["id"],
        name=cells["name"],
        email=cells["email"],
        level=_whole(cells, "level", least=1),
        department=cells["department"],
        location=cells["location"],
        timezone=_checked(cells, "timezone", lambda zone: zone in ZONES, "an IANA time zone"),
        manager=cells["manager"] or None,
        learn=_list(cells["learn"]),
        teach=_list(cells["teach"]),
        places=_whole(cells, "places", least=0),
        languages=_languages(cells),
        since=_since(cells),
    )


def _checked(cells: dict[str, str], name: str, good: Callable[[str], bool], what: str) -> str:
    if not good(cells[name]):
        raise ValueError(f"{name} {cells[name]!r} is not {what}")
    return cells[name]


def _whole(cells: dict[str, str], name: str, *, least: int) -> int:
    # str.isdigit() takes "²", which int() refuses
    number = _checked(cells, name, lambda text: bool(_WHOLE.match(text)), "a whole number")
    if int(number) < least:
        raise ValueError(f"{name} {number} is below {least}")
    return int(number)


def _since(cells: dict[str, str]) -> str | None:
    month = _checked(cells, "since", lambda text: not text or bool(_SINCE.match(text)), "a month YYYY-MM")
    return month or None


def _languages(cells: dict[str, str]) -> tuple[str, ...]:
    codes = _list(cells["languages"])
    for code in codes:
        if not _LANGUAGE.match(code):
            raise ValueError(f"language {code!r} is not a two-letter code")
    return codes


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
