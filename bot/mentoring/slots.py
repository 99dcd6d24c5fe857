"""Times at which two people could meet: inside both their hours, over their zones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.mentoring.people import Hours

STEP = timedelta(minutes=30)
"""Between one start and the next, on the first one's clock."""
SPAN = timedelta(days=14)
MOST_SLOTS = 5
ENOUGH = 5
"""Half hours in which a meeting could begin; with fewer the hours are stretched a little."""
STRETCHES = (0, 30, 60, 90, 120)
"""Minutes by which both working days are stretched at both ends; the least that is enough counts."""
EARLIEST, LATEST = 6 * 60, 22 * 60
"""Minutes after local midnight that no stretch goes beyond."""
NOON = 12
HALF_HOUR = 1800
_PLACES = (0.3, 0.75, 0.1, 0.55, 0.9)
"""Where in a day's choice each day in turn looks first, so that mornings and afternoons take turns."""
Span = tuple[datetime, datetime]
"""A stretch of time in which somebody is taken."""


@dataclass(frozen=True)
class Slot:
    """A time for a meeting (UTC); `outside` says by how many minutes each of the two stretches their day."""

    at: datetime
    outside: tuple[int, int] = (0, 0)

    @property
    def stretched(self) -> bool:
        """Whether it asks somebody to stretch their day."""
        return any(self.outside)


def outside(hours: Hours, at: datetime, minutes: int) -> int:
    """By how many minutes a meeting makes somebody begin earlier, or end later, than they work.

    On a day off it is the length of the meeting.
    """
    local = at.astimezone(ZoneInfo(hours.zone))
    starts = local.hour * 60 + local.minute
    early = _minutes(hours.starts.hour, hours.starts.minute) - starts
    late = starts + minutes - _minutes(hours.ends.hour, hours.ends.minute)
    if not hours.works_on(local.date()):
        return minutes
    return max(0, early) + max(0, late)


def slots(
    both: tuple[Hours, Hours],
    begin: datetime,
    minutes: int,
    *,
    borne: tuple[int, int] = (0, 0),
    taken: Iterable[Span] = (),
) -> tuple[Slot, ...]:
    """At most MOST_SLOTS times within SPAN from `begin`, earliest first, spread over days and times of day.

    Where the working hours of the two share little or nothing, both days are stretched by the same few
    minutes, and of the times that this opens those come first that leave whoever has borne more till now,
    `borne` in minutes, the less to bear. No time falls into a change of somebody's clock, is one that
    comes twice, or touches `taken`. None where even that is not enough.
    """
    found: list[Slot] = []
    spans = tuple(taken)
    for stretch in STRETCHES:
        found = _free(both, begin, minutes, stretch, spans)
        if len({int(slot.at.timestamp()) // HALF_HOUR for slot in found}) >= ENOUGH:
            break
    return _spread(found, both, borne)


def _free(
    both: tuple[Hours, Hours], begin: datetime, minutes: int, stretch: int, taken: tuple[Span, ...]
) -> list[Slot]:
    """Every start on the grid at which both are in hours that long."""
    length, moment = timedelta(minutes=minutes), _on_grid(begin, both[0])
    found = []
    while moment < begin + SPAN:
        if all(_fits(hours, moment, minutes, stretch) for hours in both) and not any(
            start < moment + length and moment < end for start, end in taken
        ):
            one, other = both
            found.append(Slot(moment, (outside(one, moment, minutes), outside(other, moment, minutes))))
        moment += STEP
    return found


def _on_grid(moment: datetime, hours: Hours) -> datetime:
    """The first full or half hour on somebody's clock at or after a moment."""
    local = moment.astimezone(ZoneInfo(hours.zone))
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return (local.astimezone(UTC) - past + STEP) if past else moment.astimezone(UTC)


def _fits(hours: Hours, at: datetime, minutes: int, stretch: int) -> bool:
    """Whether a meeting lies inside a working day so stretched, on one date, away from clock changes."""
    zone = ZoneInfo(hours.zone)
    starts = at.astimezone(zone)
    if not hours.works_on(starts.date()):
        return False
    first, last = stretched_day(hours, stretch)
    begins = _minutes(starts.hour, starts.minute)
    if not first <= begins <= last - minutes:
        return False
    ends = (at + timedelta(minutes=minutes)).astimezone(zone)
    as_read = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
    twice = starts.replace(fold=0).utcoffset() != starts.replace(fold=1).utcoffset()
    return as_read == timedelta(minutes=minutes) and not twice


def stretched_day(hours: Hours, stretch: int) -> tuple[int, int]:
    """A working day's first and last minute after midnight, `stretch` minutes longer at both ends.

    It is never stretched past EARLIEST and LATEST; a day that goes beyond them by itself stays as it is.
    """
    starts = _minutes(hours.starts.hour, hours.starts.minute)
    ends = _minutes(hours.ends.hour, hours.ends.minute)
    return max(starts - stretch, min(starts, EARLIEST)), min(ends + stretch, max(ends, LATEST))


def _minutes(hour: int, minute: int) -> int:
    return hour * 60 + minute


def _spread(found: list[Slot], both: tuple[Hours, Hours], borne: tuple[int, int]) -> tuple[Slot, ...]:
    """A few of them: first one a day, the fairest of it, then more of the same days where days are few."""
    days: dict[date, list[Slot]] = {}
    zone = ZoneInfo(both[0].zone)
    for slot in found:
        days.setdefault(slot.at.astimezone(zone).date(), []).append(slot)
    good = {day: _best(choice, both, borne) for day, choice in days.items()}
    chosen: list[Slot] = []
    named: set[tuple[str, ...]] = set()
    for turn in range(MOST_SLOTS):
        wanted = _some_days(good, MOST_SLOTS - len(chosen), borne)
        for place, day in enumerate(wanted):
            found_one = _one_of(good[day], _PLACES[(place + turn) % len(_PLACES)], both, named)
            if found_one is not None:
                chosen.append(found_one)
                named |= _names(found_one, both)
                good[day].remove(found_one)
        if len(chosen) >= MOST_SLOTS:
            break
    return tuple(sorted(chosen, key=lambda slot: slot.at))


def _weight(slot: Slot, borne: tuple[int, int]) -> tuple[int, int]:
    """How unfair a slot is: what the one who then has borne most has borne, and what both bear."""
    one, other = slot.outside
    return (max(borne[0] + one, borne[1] + other) if slot.stretched else 0, one + other)


def _best(choice: list[Slot], both: tuple[Hours, Hours], borne: tuple[int, int]) -> list[Slot]:
    """The fairest of a day; of these, inside both days, full hours away from noon, where there are any."""
    least = min(_weight(slot, borne) for slot in choice)
    fair = [slot for slot in choice if _weight(slot, borne) == least]
    if fair[0].stretched:
        return fair  # no preference may decide which of the two begins early or ends late
    away = [slot for slot in fair if not any(_local(slot, hours).hour == NOON for hours in both)] or fair
    return [slot for slot in away if _local(slot, both[0]).minute == 0] or away


def _some_days(good: Mapping[date, list[Slot]], most: int, borne: tuple[int, int]) -> list[date]:
    """At most so many of the days that still have a choice: the fairest, spread over the span."""
    open_days = sorted(day for day, choice in good.items() if choice)
    if not open_days:
        return []
    least = min(_weight(good[day][0], borne) for day in open_days)
    fair = [day for day in open_days if _weight(good[day][0], borne) == least]
    if len(fair) <= most:
        return fair
    return [fair[place * len(fair) // most] for place in range(most)]


def _one_of(
    choice: list[Slot], place: float, both: tuple[Hours, Hours], named: set[tuple[str, ...]]
) -> Slot | None:
    """The slot nearest to a place in the choice whose name, such as "Tue 10:00", nobody reads twice."""
    middle = place * (len(choice) - 1)
    near = sorted(range(len(choice)), key=lambda at: (abs(at - middle), at))
    return next((choice[at] for at in near if not _names(choice[at], both) & named), None)


def _names(slot: Slot, both: tuple[Hours, Hours]) -> set[tuple[str, ...]]:
    """Weekday and time, as each of the two reads them."""
    return {(str(side), format(_local(slot, hours), "%a %H:%M")) for side, hours in enumerate(both)}


def _local(slot: Slot, hours: Hours) -> datetime:
    return slot.at.astimezone(ZoneInfo(hours.zone))
