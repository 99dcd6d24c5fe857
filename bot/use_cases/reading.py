"""Reading values that people gave: strict, with an error that names the field."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from bot.mentoring.errors import BadForm, BadInput, Problem
from bot.mentoring.ids import Address, same_workspace
from bot.mentoring.people import Direction
from bot.mentoring.text import clean

_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_SPAN = re.compile(r"([0-9]{1,4})\s*(d|day|days|w|week|weeks|m|month|months)\Z")
_DAYS = {"d": 1, "w": 7, "m": 30}
MOST_LANGUAGES = 12
LONGEST_ADDRESS = 200
"""Characters of an address; those of the platforms stay far below."""
LONGEST_PAUSE = timedelta(days=366)
ZONES = frozenset(available_timezones())
"""IANA names this machine knows."""


T = TypeVar("T")


class Reading:
    """Reads the fields of a form, so that every problem is found before any is told."""

    def __init__(self) -> None:
        self.problems: list[BadInput] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives, or `otherwise` with its problem noted."""
        try:
            return read()
        except BadInput as problem:
            self.problems.append(problem)
            return otherwise

    def finish(self) -> None:
        """BadForm with all problems, if there were any."""
        if self.problems:
            raise BadForm(tuple(self.problems))


def number(field: str, typed: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`, in ASCII digits."""
    text = typed.strip()
    if not _NUMBER.match(text):
        raise BadInput(field, Problem.EMPTY if not text else Problem.NOT_A_NUMBER, f"{low} to {high}")
    value = int(text)
    if not low <= value <= high:
        raise BadInput(field, Problem.OUT_OF_RANGE, f"{low} to {high}")
    return value


def one_time(field: str, typed: str) -> time:
    """A time of day, HH:MM."""
    found = _TIME.match(typed.strip())
    if found is None:
        raise BadInput(field, Problem.EMPTY if not typed.strip() else Problem.NOT_A_DATE)
    return time(int(found[1]), int(found[2]))


def one_date(field: str, typed: str) -> date:
    """A date, YYYY-MM-DD, of this or the next century's start."""
    text = typed.strip()
    if not re.match(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}\Z", text):
        raise BadInput(field, Problem.EMPTY if not text else Problem.NOT_A_DATE)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(field, Problem.NOT_A_DATE) from None


def month(field: str, typed: str) -> str:
    """A month, YYYY-MM, or nothing."""
    text = typed.strip()
    if text and not _MONTH.match(text):
        raise BadInput(field, Problem.NOT_A_MONTH)
    return text


def zone(field: str, typed: str) -> str:
    """An IANA zone name."""
    text = typed.strip()
    if text not in ZONES:
        raise BadInput(field, Problem.EMPTY if not text else Problem.NOT_A_ZONE)
    return text


def choices(field: str, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Two-letter language codes, each once."""
    if len(typed) > MOST_LANGUAGES:
        raise BadInput(field, Problem.TOO_MANY, str(MOST_LANGUAGES))
    if not all(_LANGUAGE.match(code) for code in typed):
        raise BadInput(field, Problem.NOT_A_CHOICE)
    return tuple(dict.fromkeys(typed))


def read_direction(typed: str) -> Direction:
    """Where somebody would like their work to go; BadInput for what the form does not offer."""
    try:
        return Direction(typed or Direction.UNSAID)
    except ValueError:
        raise BadInput("direction", Problem.NOT_A_CHOICE) from None


def people(field: str, named: tuple[Address, ...], where: Address) -> tuple[Address, ...]:
    """People (or a channel) of the workspace in which somebody at `where` acts, each once."""
    if not all(len(one) <= LONGEST_ADDRESS and same_workspace(one, where) for one in named):
        raise BadInput(field, Problem.NOT_A_PERSON)
    return tuple(dict.fromkeys(named))


def pause_end(typed: str, here: str, now: datetime) -> datetime:
    """The end of a pause: "2w", "10 days", "until 2027-01-31" or a bare date; the day's start in zone `here`.

    BadInput where it is neither, lies in the past, or is further off than LONGEST_PAUSE.
    """
    text = clean(typed).lower().removeprefix("until").strip().removeprefix("for ").strip()
    found = _SPAN.match(text)
    today = now.astimezone(ZoneInfo(here)).date()
    if found is not None:
        days = int(found[1]) * _DAYS[found[2][0]]
        if days > LONGEST_PAUSE.days:
            raise BadInput("until", Problem.TOO_FAR, str(LONGEST_PAUSE.days))
        day = today + timedelta(days=days)
    else:
        day = one_date("until", text)
    if day <= today:
        raise BadInput("until", Problem.IN_THE_PAST)
    if day > today + LONGEST_PAUSE:
        raise BadInput("until", Problem.TOO_FAR, str(LONGEST_PAUSE.days))
    return datetime.combine(day, time(), ZoneInfo(here)).astimezone(UTC)
