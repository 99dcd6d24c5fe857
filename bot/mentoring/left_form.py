"""Forms that somebody closed before sending them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=7)
"""How long what stood in such a form is kept."""


@dataclass(frozen=True)
class LeftForm:
    """What stood in a form when it was closed: a field's key to its values, as typed; nothing is checked."""

    answers: Mapping[str, tuple[str, ...]]
    keep_until: datetime

    def one(self, key: str) -> str:
        """A field's only value, empty where there is none."""
        return next(iter(self.answers.get(key, ())), "")

    def many(self, key: str) -> tuple[str, ...]:
        """A field's values."""
        return self.answers.get(key, ())
