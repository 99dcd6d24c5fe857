"""Meetings: times that are offered and picked, agendas and notes, the rhythm, and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from bot.mentoring.ids import MeetingId, PairId
from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt


@dataclass(frozen=True)
class Whom:
    """With whom one meets: the pair, and the partner's name and zone."""

    pair: PairId
    partner: str
    zone: str


@dataclass(frozen=True)
class NextDate:
    """What there is to say of a pair's next date.

    It is planned, or there are `times` to pick from: `theirs`, which the partner offers, or such as lie in
    both their hours. `stretched`: some ask somebody to begin earlier or end later than usual.
    """

    zone: str
    planned_at: datetime | None = None
    times: tuple[datetime, ...] = ()
    theirs: bool = False
    stretched: bool = False


@dataclass(frozen=True)
class TimesForm(FormPrompt):
    """Asks which times to offer; `here` is the reader's zone, `moving` the date that would move."""

    form: ClassVar[str] = "times"
    whom: Whom
    here: str
    times: tuple[datetime, ...]
    stretched: bool
    minutes: int
    on: date
    at: time
    moving: datetime | None = None

    @property
    def carries(self) -> str:
        """The pair."""
        return self.whom.pair


@dataclass(frozen=True)
class TimesSent(Prompt):
    """To whoever offered times: the partner can pick one."""

    whom: Whom
    times: tuple[datetime, ...]
    minutes: int
    moving: datetime | None = None


@dataclass(frozen=True)
class TimesTaken(Prompt):
    """Offered times were taken back."""

    whom: Whom


@dataclass(frozen=True)
class TimesOffered(Prompt):
    """Times to pick from, which the partner offers; `passed` where one was pressed that has gone by."""

    doubt: ClassVar[Doubt] = Doubt.RESEND
    whom: Whom
    times: tuple[datetime, ...]
    minutes: int
    moving: datetime | None = None
    passed: bool = False

    def stale_at(self, planned: datetime) -> datetime:
        """Once the last of them has passed."""
        return max(self.times, default=planned)


@dataclass(frozen=True)
class MeetingSet(Prompt):
    """A date that stands; `file` is the address of its calendar file, empty where there is none.

    `fresh`: it was set just now, or `moved`; else it is only shown.
    """

    doubt: ClassVar[Doubt] = Doubt.RESEND
    whom: Whom
    meeting: MeetingId
    at: datetime
    minutes: int
    file: str = ""
    fresh: bool = True
    moved: bool = False

    def stale_at(self, planned: datetime) -> datetime:
        """Once it begins."""
        del planned
        return self.at


@dataclass(frozen=True)
class MeetingCancelled(Prompt):
    """A date does not take place: by the reader's word, or by the partner's, who owes no reason."""

    doubt: ClassVar[Doubt] = Doubt.RESEND
    whom: Whom
    at: datetime
    yours: bool

    def stale_at(self, planned: datetime) -> datetime | None:
        """Once it would have begun."""
        return None if self.yours else max(planned, self.at)


@dataclass(frozen=True)
class MeetingReminder(Prompt):
    """The day before a date: when, and what to talk about; `agenda` holds (name, text)."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Whom
    meeting: MeetingId
    at: datetime
    minutes: int
    agenda: tuple[tuple[str, str], ...]
    asks: bool

    def stale_at(self, planned: datetime) -> datetime:
        """Once it begins."""
        del planned
        return self.at


@dataclass(frozen=True)
class AgendaAsked(Prompt):
    """To a learner, some days before a date: what do you want to talk about?"""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Whom
    at: datetime

    def stale_at(self, planned: datetime) -> datetime:
        """Once it begins."""
        del planned
        return self.at


@dataclass(frozen=True)
class AgendaForm(FormPrompt):
    """Asks what to talk about next; `theirs` is what the partner wrote."""

    form: ClassVar[str] = "agenda"
    whom: Whom
    at: datetime | None
    yours: str
    theirs: str

    @property
    def carries(self) -> str:
        """The pair."""
        return self.whom.pair


@dataclass(frozen=True)
class AgendaKept(Prompt):
    """What to talk about was kept, or taken off; when the partner reads it."""

    whom: Whom
    at: datetime | None
    text: str


@dataclass(frozen=True)
class AgendaArrived(Prompt):
    """What the partner wants to talk about, where the reminder has gone out already."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Whom
    at: datetime
    text: str

    def stale_at(self, planned: datetime) -> datetime:
        """Once the meeting begins."""
        del planned
        return self.at


@dataclass(frozen=True)
class NoteLine:
    """A note of the two: for which meeting, by whom, what."""

    met_at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class NotesForm(FormPrompt):
    """Asks for a note on the last meeting."""

    form: ClassVar[str] = "notes"
    whom: Whom
    met_at: datetime
    yours: str

    @property
    def carries(self) -> str:
        """The pair."""
        return self.whom.pair


@dataclass(frozen=True)
class NotesShown(Prompt):
    """The notes of the two, newest first; `met` where there is a meeting to write one on."""

    whom: Whom
    notes: tuple[NoteLine, ...]
    met: bool
    more: int = 0


@dataclass(frozen=True)
class RhythmShown(Prompt):
    """How often the two meet: what is agreed, and what one of them wishes; `yours` is the reader's wish."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Whom
    agreed: str
    wished: str
    yours: bool
    started: bool = False


@dataclass(frozen=True)
class SettleMeeting(Prompt):
    """The two remember a meeting differently: to both alike, so that one press settles it."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Whom
    meeting: MeetingId
    at: datetime


@dataclass(frozen=True)
class MeetingSettled(Prompt):
    """What stands after a press: it was held, it was not, or the two still differ."""

    whom: Whom
    at: datetime
    held: bool
    differs: bool


@dataclass(frozen=True)
class CalendarShown(Prompt):
    """The address of the reader's own calendar feed, for nobody else; empty where the bot has none.

    `renewed`: the old address has just gone.
    """

    address: str
    renewed: bool = False
