"""The wall clock, for signatures, trigger ids and time-outs: the one place of the sandbox that reads it."""

import time


def wall_seconds() -> float:
    """Seconds since the epoch by this machine's clock."""
    return time.time()  # noqa: TID251 - the sandbox is a process of its own, and this is its one clock
