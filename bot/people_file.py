"""PEOPLE.csv, read strictly: every row as it was declared, every bad one with its line and what is wrong."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.matching.hours import zone_offset

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
_SINCE = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row declares. `manager` is another row's id; `since` a month, YYYY-MM."""

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


class BadCell(ValueError):
    """A cell cannot be used: the kind of problem, and facts for the words about it."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True)
class Bad:
    """A row that cannot be used, by its line in the file, and why."""

    line: int
    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PeopleFile:
    """A file's good rows in order, its bad ones, and the columns it has beyond those that mean something."""

    rows: tuple[Row, ...]
    bad: tuple[Bad, ...]
    ignored: tuple[str, ...] = ()


def people_of(text: str, reference: datetime) -> PeopleFile:
    """Read a PEOPLE.csv: columns in any order, all of them there. `reference` is when zones are looked up."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            return PeopleFile((), (Bad(1, "header", {"columns": ", ".join(missing)}),))
        found = list(_read(reader, header, reference))
    except csv.Error as error:
        return PeopleFile((), (Bad(reader.line_num, "csv", {"why": error}),))
    good = {line: row for line, row in found if isinstance(row, Row)}
    bad = [row for _, row in found if isinstance(row, Bad)]
    rows, wrong = _related(good)
    ignored = tuple(name for name in header if name and name not in COLUMNS)
    return PeopleFile(rows, tuple(sorted([*bad, *wrong], key=lambda one: one.line)), ignored)


def _read(
    reader: Iterator[list[str]], header: list[str], reference: datetime
) -> Iterator[tuple[int, Row | Bad]]:
    for cells in reader:
        line = int(getattr(reader, "line_num", 0))
        if any(cell.strip() for cell in cells):
            by_name = dict.fromkeys(COLUMNS, "") | {
                name: cell.strip() for name, cell in zip(header, cells, strict=False)
            }
            try:
                yield line, _row(by_name, reference)
            except BadCell as bad:
                yield line, Bad(line, bad.kind, bad.facts)


def _related(rows: Mapping[int, Row]) -> tuple[tuple[Row, ...], list[Bad]]:
    """The rows whose id is theirs alone and whose manager there is; the others."""
    lines: dict[str, int] = {}
    bad = []
    for line, row in rows.items():
        first = lines.setdefault(row.id, line)
        if first != line:
            bad.append(Bad(line, "twice", {"value": row.id, "line": first}))
    for line, row in rows.items():
        if row.manager is not None and (row.manager not in lines or row.manager == row.id):
            bad.append(Bad(line, "manager", {"value": row.manager}))
    wrong = {one.line for one in bad}
    return tuple(row for line, row in rows.items() if line not in wrong), bad


def _row(cells: Mapping[str, str], reference: datetime) -> Row:
    for name in ("id", "name"):
        if not cells[name]:
            raise BadCell("empty", column=name)
    if zone_offset(cells["timezone"], reference) is None:
        raise BadCell("zone", value=cells["timezone"])
    if cells["since"] and not _SINCE.fullmatch(cells["since"]):
        raise BadCell("month", value=cells["since"])
    return Row(
        id=cells["id"],
        name=cells["name"],
        email=cells["email"],
        level=_whole(cells, "level", least=1),
        department=cells["department"],
        location=cells["location"],
        timezone=cells["timezone"],
        manager=cells["manager"] or None,
        learn=_list(cells["learn"]),
        teach=_list(cells["teach"]),
        places=_whole(cells, "places", least=0),
        languages=_languages(cells["languages"]),
        since=cells["since"] or None,
    )


def _whole(cells: Mapping[str, str], name: str, *, least: int) -> int:
    if not _WHOLE.fullmatch(cells[name]):
        raise BadCell("whole", column=name, value=cells[name][:40])
    number = int(cells[name])
    if number < least:
        raise BadCell("least", column=name, value=number, least=least)
    return number


def _languages(cell: str) -> tuple[str, ...]:
    codes = _list(cell)
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise BadCell("language", value=code[:40])
    return codes


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
