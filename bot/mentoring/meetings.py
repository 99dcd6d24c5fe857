"""Meetings of a pair, and what each side answered about them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.ids import MeetingId, PairId, ParticipantId

SAID_TWICE = timedelta(hours=36)
"""A second word by the same side within this time is about the same meeting."""
SAID_BY_BOTH = timedelta(days=10)
"""A first word by the other side within this time is about the same meeting."""


class MeetingState(StrEnum):
    """A meeting is planned, then held or missed."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True)
class Meeting:
    """The two talking.

    `at` is when it is planned, or when it was first told that it was held (UTC); `told_by` are the sides
    that told of it.
    """

    id: MeetingId
    pair: PairId
    state: MeetingState
    at: datetime
    told_by: frozenset[ParticipantId] = frozenset()


def next_planned(meetings: tuple[Meeting, ...], now: datetime) -> Meeting | None:
    """The first planned meeting that still lies ahead."""
    ahead = [m for m in meetings if m.state is MeetingState.PLANNED and m.at >= now]
    return min(ahead, key=lambda m: (m.at, m.id), default=None)


def held(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those that were held, oldest first."""
    return tuple(sorted((m for m in meetings if m.state is MeetingState.HELD), key=lambda m: (m.at, m.id)))


def told(
    meetings: tuple[Meeting, ...],
    by: ParticipantId,
    now: datetime,
    fresh: Meeting,
    words: Mapping[ParticipantId, datetime],
) -> Meeting | None:
    """The meeting that a side's "we met" is about, as it stands after it; None where it says nothing new.

    `words` holds when each side last told of a meeting, which can be long after it. The other side's word
    about a meeting told lately joins it; a date that was planned becomes held; else it is `fresh`, a
    planned meeting of a new id.
    """
    past = held(meetings)
    last = past[-1] if past else None
    if last is not None:
        spoken = max([last.at, *(words[side] for side in last.told_by if side in words)])
        if by in last.told_by and now < max(last.at, words.get(by, last.at)) + SAID_TWICE:
            return None
        if by not in last.told_by and now < spoken + SAID_BY_BOTH:
            return replace(last, told_by=last.told_by | {by})
    planned = next((m for m in meetings if m.state is MeetingState.PLANNED), fresh)
    return replace(planned, state=MeetingState.HELD, at=min(planned.at, now), told_by=frozenset({by}))
