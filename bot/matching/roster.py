"""A roster made ready for matching: what the rules and scores ask of people, as columns by position."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Mask, Whole
from bot.matching.declared import Declared, declared
from bot.matching.hours import Window, utc_window, zone_offset
from bot.matching.lines import Lines, lines
from bot.matching.model import Limits, Notice, NoticeKind, Person, RosterError, Rules
from bot.matching.topics import Topics

MOST_LEVELS_APART = 3
"""Rungs apart from which distance counts in full; more distance is neither better nor worse."""
_WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """People in order, and columns with a row for each.

    `open` who has a place and a known zone; `rung` levels, closed up to at most MOST_LEVELS_APART + 1 between
    neighbours; `department` numbered; `languages` rows of bits; `starts` and `minutes` the widened working
    day in UTC, -1 minutes long where the zone is unknown; `offsets` minutes ahead of UTC. `met` and `barred`
    are the keys of pairs (see `key`), ascending: of earlier rounds, and private ones.
    """

    people: tuple[Person, ...]
    index: Mapping[str, int]
    topics: Declared
    lines: Lines
    open: Mask
    rung: Whole
    department: Whole
    languages: NDArray[np.uint64]
    starts: Whole
    minutes: Whole
    offsets: Whole
    met: Whole
    barred: Whole
    notices: tuple[Notice, ...]

    def key(self, one: Whole, other: Whole) -> Whole:
        """One number for two positions, in whatever order."""
        return np.minimum(one, other).astype(np.int64) * len(self.people) + np.maximum(one, other)

    def window(self, at: int) -> Window | None:
        """The widened working day of somebody in UTC; None when the zone is unknown."""
        length = int(self.minutes[at])
        return Window(int(self.starts[at]), length) if length >= 0 else None


def unordered(pair: tuple[str, str]) -> tuple[str, str]:
    """The pair with the lower id first."""
    one, other = pair
    return (one, other) if one <= other else (other, one)


def seeded(people: Iterable[Person], seed: int) -> list[Person]:
    """People in an order that depends on their ids and the seed alone: it decides between equal choices."""
    return sorted(people, key=lambda person: (crc32(f"{seed} {person.id}".encode()), person.id))


def encode(
    people: Sequence[Person], rules: Rules, limits: Limits, reference: datetime, topics: Topics
) -> Roster:
    """Make a roster ready, with positions in the order given.

    RosterError when an id occurs twice; anything else that is odd becomes a notice.
    """
    _refuse_double_ids(people)
    ready = tuple(replace(person, places=0) if person.places < 0 else person for person in people)
    index = {person.id: at for at, person in enumerate(ready)}
    offset = {zone: zone_offset(zone, reference) for zone in {one.hours.zone for one in ready}}
    windows = [utc_window(one.hours, offset[one.hours.zone], rules.widen_minutes) for one in ready]
    minutes = np.array([window.minutes if window else -1 for window in windows], dtype=np.int64)
    places = np.array([min(one.places, len(ready)) for one in ready], dtype=np.int64)
    line = lines(ready, limits.managers)
    again = {unordered(pair) for pair in limits.again}
    return Roster(
        people=ready,
        index=index,
        topics=declared(ready, topics),
        lines=line,
        open=(places > 0) & (minutes >= 0),
        rung=_rungs([one.level for one in ready]),
        department=_numbered([one.department for one in ready]),
        languages=_languages(ready),
        starts=np.array([window.start if window else 0 for window in windows], dtype=np.int64),
        minutes=minutes,
        offsets=np.array([offset[one.hours.zone] or 0 for one in ready], dtype=np.int64),
        met=keys_of((pair for pair in limits.history if unordered(pair) not in again), index),
        barred=keys_of(limits.forbidden, index),
        notices=_notices(people, minutes, line),
    )


def _refuse_double_ids(people: Sequence[Person]) -> None:
    counts = Counter(person.id for person in people)
    double = tuple(sorted(name for name, count in counts.items() if count > 1))
    if double:
        raise RosterError(double)


def _notices(people: Sequence[Person], minutes: Whole, line: Lines) -> tuple[Notice, ...]:
    negative = tuple(sorted(person.id for person in people if person.places < 0))
    lost = tuple(sorted(person.id for person, length in zip(people, minutes, strict=True) if length < 0))
    return (
        *((Notice(NoticeKind.NEGATIVE_PLACES, negative),) if negative else ()),
        *((Notice(NoticeKind.UNKNOWN_ZONE, lost),) if lost else ()),
        *(Notice(NoticeKind.MANAGER_CYCLE, circle) for circle in line.circles),
    )


def _rungs(levels: Sequence[int]) -> Whole:
    rung: dict[int, int] = {}
    below = None
    for level in sorted(set(levels)):
        rung[level] = 0 if below is None else rung[below] + min(MOST_LEVELS_APART + 1, level - below)
        below = level
    return np.array([rung[level] for level in levels], dtype=np.int64)


def _numbered(names: Sequence[str]) -> Whole:
    number = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def _languages(people: Sequence[Person]) -> NDArray[np.uint64]:
    """Rows of words with a bit for each language, a column for everybody; all bits for who states none."""
    known = sorted({language for person in people for language in person.languages})
    words = len(known) // _WORD + 1
    bit = {language: 1 << at for at, language in enumerate(known)}
    everything = (1 << _WORD * words) - 1
    mask = (1 << _WORD) - 1
    rows = {
        spoken: [sum(bit[one] for one in spoken) or everything]
        for spoken in {person.languages for person in people}
    }
    split = {spoken: [row[0] >> _WORD * word & mask for word in range(words)] for spoken, row in rows.items()}
    table = np.array([split[person.languages] for person in people], dtype=np.uint64)
    return np.ascontiguousarray(table.reshape(len(people), words).T)


def keys_of(pairs: Iterable[tuple[str, str]], index: Mapping[str, int]) -> Whole:
    """The keys (see Roster) of pairs of two known people, ascending, each once."""
    size = len(index)
    known = (sorted((index[one], index[other])) for one, other in pairs if one in index and other in index)
    return np.array(sorted({low * size + high for low, high in known if low != high}), dtype=np.int64)
