"""The programme clock: starts anywhere, ticks with the wall, jumps forwards only."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class BackwardsError(ValueError):
    """The programme clock was asked to run backwards."""


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

    def move_to(self, moment: datetime) -> None:
        """Jump to `moment` (aware). Raises BackwardsError when that lies in the past."""
        ahead = moment.astimezone(UTC) - self.now()
        if ahead < timedelta(0):
            raise BackwardsError(f"the clock stands at {self.now().isoformat()} and never runs backwards")
        self._offset += ahead
