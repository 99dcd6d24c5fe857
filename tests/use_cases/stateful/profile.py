"""How many histories are drawn: a few within `make test`, two thousand as `make histories`."""

import os
from dataclasses import dataclass

from hypothesis import HealthCheck, settings


@dataclass(frozen=True)
class Profile:
    """What one run does: histories kept in dicts, those kept on SQLite, and the steps of each at most."""

    name: str
    in_dicts: int
    on_sqlite: int
    steps: int

    def drawing(self, histories: int) -> settings:
        """How hypothesis draws so many of them; a history takes longer than what it is made for."""
        slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
        return settings(
            max_examples=histories, stateful_step_count=self.steps, deadline=None, suppress_health_check=slow
        )


SHORT = Profile("short", in_dicts=60, on_sqlite=2, steps=40)
LONG = Profile("long", in_dicts=1_950, on_sqlite=50, steps=50)
CHOSEN = "HISTORIES"


def chosen() -> Profile:
    """The profile that the environment asks for."""
    return {one.name: one for one in (SHORT, LONG)}[os.environ.get(CHOSEN, SHORT.name)]
