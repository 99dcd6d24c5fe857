"""Meetings of a pair, and what each side answered about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.mentoring.ids import MeetingId, PairId


class MeetingState(StrEnum):
    """A meeting is planned, then held or missed."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True)
class Meeting:
    """The two talking; `at` is when it is planned, or when it was told that it was held (UTC)."""

    id: MeetingId
    pair: PairId
    state: MeetingState
    at: datetime


def next_planned(meetings: tuple[Meeting, ...], now: datetime) -> Meeting | None:
    """The first planned meeting that still lies ahead."""
    ahead = [m for m in meetings if m.state is MeetingState.PLANNED and m.at >= now]
    return min(ahead, key=lambda m: (m.at, m.id), default=None)


def held(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those that were held, oldest first."""
    return tuple(sorted((m for m in meetings if m.state is MeetingState.HELD), key=lambda m: (m.at, m.id)))
