"""Slack's limits on calls: buckets that refill by the programme clock."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """`size` calls at once, refilled at `per_second`."""

    size: int
    per_second: float


# Slack allows about one message a second in a channel with "short bursts", and several hundred messages a
# minute in a workspace, without figures; the bursts chosen here are 3 and 300
CHANNEL_MESSAGES = Rate(size=3, per_second=1.0)
WORKSPACE_MESSAGES = Rate(size=300, per_second=5.0)
TIERS = {tier: Rate(calls, calls / 60) for tier, calls in ((1, 1), (2, 20), (3, 50), (4, 100))}


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class Rates:
    """One bucket for each key."""

    def __init__(self) -> None:
        self._buckets: dict[Hashable, _Bucket] = {}

    def wait(self, key: Hashable, rate: Rate, now: datetime) -> int:
        """0 and one call taken, or the whole seconds until one may be made (Retry-After)."""
        bucket = self._buckets.setdefault(key, _Bucket(rate.size, now))
        refill = max(0.0, (now - bucket.at).total_seconds()) * rate.per_second
        bucket.left = min(rate.size, bucket.left + refill)
        bucket.at = max(now, bucket.at)
        if bucket.left >= 1:
            bucket.left -= 1
            return 0
        return max(1, math.ceil((1 - bucket.left) / rate.per_second))
