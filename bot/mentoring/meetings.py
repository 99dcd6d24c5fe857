"""Meetings of a pair: how they are set, moved and held, and what each side answered about them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.people import Hours

SAID_TWICE = timedelta(hours=36)
"""A second word by the same side within this time is about the same meeting."""
SAID_BY_BOTH = timedelta(days=10)
"""A first word by the other side within this time is about the same meeting."""
EARLY = timedelta(days=3)
"""A "we met" this long before a date, or less, is about it: the two met sooner than planned."""
LENGTHS = (30, 45)
"""Minutes that a meeting may take."""


class MeetingState(StrEnum):
    """A meeting is planned; then held, missed or cancelled."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class MeetingEvent(StrEnum):
    """What can happen to a meeting."""

    MOVE = "move"
    CANCEL = "cancel"
    HOLD = "hold"
    MISS = "miss"


MEETING_TRANSITIONS = {
    MeetingState.PLANNED: {
        MeetingEvent.MOVE: MeetingState.PLANNED,
        MeetingEvent.CANCEL: MeetingState.CANCELLED,
        MeetingEvent.HOLD: MeetingState.HELD,
        MeetingEvent.MISS: MeetingState.MISSED,
    },
    MeetingState.HELD: {MeetingEvent.HOLD: MeetingState.HELD, MeetingEvent.MISS: MeetingState.MISSED},
    MeetingState.MISSED: {MeetingEvent.HOLD: MeetingState.HELD, MeetingEvent.MISS: MeetingState.MISSED},
}
"""state -> event -> state. HELD and MISSED lead to each other where the two remember differently."""


@dataclass(frozen=True)
class Meeting:
    """The two talking.

    `at` is when it is planned, or when it was first told that it was held (UTC). `told_by` are the sides
    that told of it, `denied_by` those that said it did not take place. `sequence` counts its changes and
    `changed_at` is the last of them, as calendars want to know.
    """

    id: MeetingId
    pair: PairId
    state: MeetingState
    at: datetime
    told_by: frozenset[ParticipantId] = frozenset()
    denied_by: frozenset[ParticipantId] = frozenset()
    minutes: int = LENGTHS[0]
    sequence: int = 0
    changed_at: datetime | None = None

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.at + timedelta(minutes=self.minutes)

    @property
    def differs(self) -> bool:
        """Whether the two remember it differently. What one remembers counts until they take it back."""
        return bool(self.told_by and self.denied_by)

    def after(self, event: MeetingEvent, now: datetime) -> "Meeting":
        """The meeting once `event` has happened; NotPossibleNow where the table has no way."""
        try:
            state = MEETING_TRANSITIONS[self.state][event]
        except KeyError:
            raise NotPossibleNow(event, f"meeting {self.state}") from None
        return replace(self, state=state, sequence=self.sequence + 1, changed_at=now)

    def moved(self, at: datetime, minutes: int, now: datetime) -> "Meeting":
        """The meeting at another time; NotPossibleNow where it was held, missed or cancelled."""
        return replace(self.after(MeetingEvent.MOVE, now), at=at, minutes=minutes)

    def said_held(self, by: ParticipantId, now: datetime) -> "Meeting":
        """The meeting once a side said that it took place."""
        word = replace(self, told_by=self.told_by | {by}, denied_by=self.denied_by - {by})
        return word.after(MeetingEvent.HOLD, now)

    def said_missed(self, by: ParticipantId, now: datetime) -> "Meeting":
        """The meeting once a side said that it did not take place; the other's word keeps it held."""
        word = replace(self, told_by=self.told_by - {by}, denied_by=self.denied_by | {by})
        return word.after(MeetingEvent.HOLD if word.told_by else MeetingEvent.MISS, now)


def planned(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those that are planned, past ones that nobody told of included, earliest first."""
    return _of(meetings, MeetingState.PLANNED)


def next_planned(meetings: tuple[Meeting, ...], now: datetime) -> Meeting | None:
    """The first planned meeting that still lies ahead."""
    return next((meeting for meeting in planned(meetings) if meeting.at >= now), None)


def held(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those that were held, oldest first."""
    return _of(meetings, MeetingState.HELD)


def _of(meetings: tuple[Meeting, ...], state: MeetingState) -> tuple[Meeting, ...]:
    return tuple(sorted((m for m in meetings if m.state is state), key=lambda m: (m.at, m.id)))


def lost(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """The dates since the two last met that came to nothing, cancelled or missed, oldest first."""
    last = max((meeting.at for meeting in held(meetings)), default=None)
    gone = (m for m in meetings if m.state in (MeetingState.CANCELLED, MeetingState.MISSED))
    return tuple(sorted((m for m in gone if last is None or m.at > last), key=lambda m: (m.at, m.id)))


def told(
    meetings: tuple[Meeting, ...],
    by: ParticipantId,
    now: datetime,
    fresh: Meeting,
    words: Mapping[ParticipantId, datetime],
) -> Meeting | None:
    """The meeting that a side's "we met" is about, as it stands after it; None where it says nothing new.

    `words` holds when each side last told of a meeting, which can be long after it. The other side's word
    about a meeting told lately joins it; so does a word about a date that the other says was missed. A date
    that has come, or lies ahead by EARLY at most, becomes held; else it is `fresh`, a planned meeting of a
    new id.
    """
    past = held(meetings)
    last = past[-1] if past else None
    if last is not None:
        spoken = max([last.at, *(words[side] for side in last.told_by if side in words)])
        if by in last.told_by and now < max(last.at, words.get(by, last.at)) + SAID_TWICE:
            return None
        if by not in last.told_by and now < spoken + SAID_BY_BOTH:
            return last.said_held(by, now)
    missed = [m for m in _of(meetings, MeetingState.MISSED) if now < m.at + SAID_BY_BOTH]
    if missed and (last is None or missed[-1].at > last.at):
        return missed[-1].said_held(by, now)
    near = [meeting for meeting in planned(meetings) if meeting.at <= now + EARLY]
    meeting = near[-1] if near else fresh
    return replace(meeting, at=min(meeting.at, now)).said_held(by, now)


def denied(meetings: tuple[Meeting, ...], by: ParticipantId, now: datetime) -> Meeting | None:
    """The meeting that a side's "not yet" is about, as it stands after it; None where it is about none.

    It is the last date that has passed, or a meeting that the other alone has told of lately.
    """
    passed = [meeting for meeting in planned(meetings) if meeting.at <= now]
    if passed:
        return passed[-1].said_missed(by, now)
    recent = [m for m in meetings if m.state in (MeetingState.HELD, MeetingState.MISSED) and m.at <= now]
    last = max(recent, key=lambda m: (m.at, m.id), default=None)
    if last is None or by in last.told_by | last.denied_by or now >= last.at + SAID_BY_BOTH:
        return None
    return last.said_missed(by, now)


@dataclass(frozen=True)
class Offer:
    """Times that one side of a pair offers the other (UTC), `minutes` long each.

    Each side has at most one. `moves` is the meeting that a time taken from it replaces.
    """

    id: str
    pair: PairId
    by: ParticipantId
    times: tuple[datetime, ...]
    minutes: int
    moves: MeetingId | None = None

    def still(self, now: datetime) -> tuple[datetime, ...]:
        """The times that have not passed."""
        return tuple(at for at in self.times if at > now)


class Every(StrEnum):
    """How often a pair wants to meet."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"

    @property
    def days(self) -> int:
        """Days from one meeting to the next."""
        return {Every.WEEK: 7, Every.TWO_WEEKS: 14, Every.MONTH: 28}[self]


@dataclass(frozen=True)
class Rhythm:
    """How often a pair meets: `agreed` by both, and what one side, `by`, has `wished` since."""

    pair: PairId
    agreed: Every | None = None
    wished: Every | None = None
    by: ParticipantId | None = None

    def chosen(self, every: Every, by: ParticipantId) -> "Rhythm":
        """The rhythm after a press: the first wishes it, the other's same wish agrees it.

        Another wish takes the first one's place and waits for the other in turn. Wishing what is agreed
        already takes an open wish back.
        """
        if every is self.agreed:
            return Rhythm(self.pair, every)
        if every is self.wished and by != self.by:
            return Rhythm(self.pair, every)
        return replace(self, wished=every, by=by)


USUAL = Every.TWO_WEEKS
"""What pairs are offered until they have agreed on a rhythm."""
SOONER = timedelta(days=3)
"""How long before a rhythm's day the times begin that are offered."""
NOTICE = timedelta(hours=18)
"""How long from now the first time lies that is offered."""


def next_from(rhythm: Rhythm, meetings: tuple[Meeting, ...], now: datetime) -> datetime:
    """From when on the next date is looked for."""
    soonest, past = now + NOTICE, held(meetings)
    if not past:
        return soonest
    days = (rhythm.agreed or USUAL).days
    return max(soonest, past[-1].at + timedelta(days=days) - SOONER)


def working_day_before(hours: Hours, at: datetime, days: int) -> datetime:
    """When somebody's `days`-th working day before the day of a meeting begins (UTC)."""
    day = hours.day(at)
    while days:
        day -= timedelta(days=1)
        days -= hours.works_on(day)
    return hours.opening(datetime.combine(day, hours.starts, ZoneInfo(hours.zone)).astimezone(UTC))
