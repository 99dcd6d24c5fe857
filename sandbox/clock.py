"""The programme clock: starts anywhere, ticks with the wall, jumps forwards only."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ProgrammeClock:
    """Programme time = wall time + an offset that only grows."""

    def __init__(self, wall: Callable[[], float], start: datetime | None = None) -> None:
        self._wall = wall
        self._offset = timedelta(0)
        if start is not None:
            self._offset = start.astimezone(UTC) - self._wall_time()

    def _wall_time(self) -> datetime:
        return datetime.fromtimestamp(self._wall(), tz=UTC)

    def now(self) -> datetime:
        """The programme's time, aware, in UTC."""
        return self._wall_time() + self._offset

    def reach(self, moment: datetime) -> None:
        """Jump to `moment` (aware), unless it has passed already: the clock never runs backwards."""
        self._offset += max(moment.astimezone(UTC) - self.now(), timedelta(0))
