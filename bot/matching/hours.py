"""Working hours of a day, in a zone, and how much of them two people share."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = 24 * 60
LONGEST_ZONE_NAME = 64


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A working day: minutes after local midnight; an end at or before the start is on the next day."""

    zone: str
    start: int = 9 * 60
    end: int = 17 * 60


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of the day: where it starts (minutes after midnight UTC, 0..1439) and how long it is."""

    start: int
    minutes: int

    def wider(self, extra: int) -> "Window":
        """The window with so many minutes more at both ends, a whole day at most."""
        return Window((self.start - extra) % DAY, min(DAY, self.minutes + 2 * extra))


def zone_offset(zone: str, reference: datetime) -> int | None:
    """Minutes the zone is ahead of UTC at `reference` (aware), or None when no such zone is known."""
    if not zone or len(zone) > LONGEST_ZONE_NAME:
        return None
    try:
        offset = reference.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if offset is None else int(offset.total_seconds() // 60)


def utc_window(hours: WorkingHours, offset: int | None, widen: int = 0) -> Window | None:
    """The working day in UTC, `widen` minutes longer on both sides.

    `offset` are the zone's minutes ahead of UTC; None for an unknown zone gives None.
    """
    if offset is None:
        return None
    length = (hours.end - hours.start) % DAY
    return Window((hours.start - offset - widen) % DAY, min(DAY, length + 2 * widen))


def common_windows(one: Window, other: Window) -> tuple[Window, ...]:
    """What two windows share, as at most two windows in order of their start."""
    shared = []
    for shift in (-DAY, 0, DAY):
        start = max(one.start, other.start + shift)
        end = min(one.start + one.minutes, other.start + shift + other.minutes)
        if end > start:
            shared.append(Window(start % DAY, end - start))
    return tuple(sorted(shared))


def common_minutes(one: Window, other: Window) -> int:
    """Minutes of a day that two windows share."""
    return min(DAY, sum(window.minutes for window in common_windows(one, other)))
