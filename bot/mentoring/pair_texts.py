"""What the two of a pair write for each other: what to talk about, and notes after a meeting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.mentoring.ids import MeetingId, PairId, ParticipantId

TEXT_LIMIT = 1_000
"""Graphemes of an agenda or a note."""


class About(StrEnum):
    """What a text is for."""

    AGENDA = "agenda"
    NOTE = "note"


@dataclass(frozen=True)
class PairText:
    """A text that one side wrote and both can read, and nobody else.

    `meeting` is the meeting it belongs to; an agenda without one is for the next. Each side has one text of
    a kind for a meeting, so that nobody writes over the other's words.
    """

    pair: PairId
    about: About
    by: ParticipantId
    meeting: MeetingId | None
    text: str
    at: datetime
