"""Messages that were scheduled: kept until their moment, then posted; one with metadata never is."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.blockkit.walk import Json


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message to come. Slack keeps one with `metadata` and never posts it (its documentation says so)."""

    id: str
    channel: str
    at: datetime
    made: datetime
    text: str
    blocks: list[Json] | None
    metadata: bool


class Schedule:
    """What is scheduled, in order of being made."""

    def __init__(self) -> None:
        self._waiting: dict[str, Scheduled] = {}

    def add(self, one: Scheduled) -> None:
        """Keep a message until its moment."""
        self._waiting[one.id] = one

    def remove(self, key: str) -> Scheduled | None:
        """Forget one; None where it is not there any more."""
        return self._waiting.pop(key, None)

    def waiting(self) -> list[Scheduled]:
        """Those to come, earliest first."""
        return sorted(self._waiting.values(), key=lambda one: (one.at, one.made))

    def due(self, now: datetime) -> list[Scheduled]:
        """Take out those whose moment has come and that are posted, earliest first."""
        due = [one for one in self.waiting() if one.at <= now]
        for one in due:
            self.remove(one.id)
        return [one for one in due if not one.metadata]

    def next_at(self) -> datetime | None:
        """The earliest moment of one to come."""
        return min((one.at for one in self._waiting.values()), default=None)
