"""A programme: its purpose, owners, dates and rounds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.fit import HelpShown
from bot.mentoring.ids import Address, ParticipantId, ProgrammeId, RoundId
from bot.mentoring.summary import FlowedBack, Wanted

LADDER = 8
"""Rungs of the ladder; 1 is the lowest."""
FEWEST_CONTACTS = 2
"""Named contacts for concerns that a programme needs before it can launch, one of them no owner."""
CONDITIONS = ("sponsor", "purpose", "time", "confidentiality", "appraisal")
"""What an owner confirms before launch: a sponsor, a purpose people know, working time allowed, what is
said stays between the two, and no use in appraisal."""


ROUND_AT = time(9)
"""When, on its day, a round is drafted."""
FEWEST_WEEKS = 2
"""Weeks from a release to the next draft, at least: until then every answer to a proposal has come in."""
NOT_RELEASED = 1
"""Weeks after which a draft that nobody released is drawn up afresh."""


@dataclass(frozen=True)
class Choosing:
    """How pairs are chosen in a programme, in whole numbers.

    `levels`, `departments` and `hours` are the points that a pair's score gives to a distance in levels, to
    different departments and to hours in common, beside what both sides gain; `reciprocity` are points on
    top where both learn what they asked for. `overlap` is in minutes a working day.
    """

    reciprocity: int = 300
    levels: int = 120
    departments: int = 100
    hours: int = 80
    overlap: int = 30
    lateral: bool = False
    related: bool = False


@dataclass(frozen=True)
class OwnTopic:
    """A topic as a company calls it: a name, and what else people say for it."""

    name: str
    also: tuple[str, ...] = ()


USUAL_CHOOSING = Choosing()
MOST_POINTS = 300
"""Points that one part of a score may count."""
LEAST_OVERLAP, MOST_OVERLAP = 30, 240
"""Minutes of a working day that the two of a pair need in common; owners may raise the least."""


@dataclass(frozen=True)
class Programme:
    """One mentoring scheme in one workspace; a programme exists once it has been launched.

    `next_summary_at` and `next_round_at` are the moments (UTC) at which the weekly summary and the draft
    of the next round are due; `next_round_at` is None after the last round before `ends`. `boundary_at` is
    the last moment at which places came free for a draft, None before the first round. `mandatory`: its
    owners say that people are told to take part. It changes nothing of what people may turn down. `routes`
    are the employer's other ways for somebody with a concern, in its own words. `helped` is what the
    summaries show of whether it helped to ask across levels.
    """

    id: ProgrammeId
    name: str
    purpose: str
    channel: Address
    owners: tuple[Address, ...]
    contacts: tuple[Address, ...]
    zone: str
    summary_day: int
    summary_at: time
    weeks_between_rounds: int
    ends: date | None
    next_summary_at: datetime
    next_round_at: datetime | None
    boundary_at: datetime | None = None
    choosing: Choosing = USUAL_CHOOSING
    topics: tuple[OwnTopic, ...] = ()
    mandatory: bool = False
    routes: str = ""
    helped: HelpShown | None = None

    def after_summary(self, now: datetime) -> datetime:
        """The next moment of the weekly summary after `now`."""
        return weekly(self.zone, self.summary_day, self.summary_at, now)

    @property
    def summary_date(self) -> date:
        """The local date of the next weekly summary."""
        return self.next_summary_at.astimezone(ZoneInfo(self.zone)).date()

    def round_after(self, released: datetime) -> datetime | None:
        """When the round after one released then is drafted; None where the programme ends before."""
        return self._drafted(released, self.weeks_between_rounds)

    def drafted_again(self, drafted: datetime) -> datetime | None:
        """When a draft of then that nobody releases is drawn up afresh; None as above."""
        return self._drafted(drafted, NOT_RELEASED)

    def same_day(self, drafted: datetime) -> datetime:
        """The moment of a round's draft on the local day of that moment."""
        return at_local(self.zone, drafted.astimezone(ZoneInfo(self.zone)).date(), ROUND_AT)

    def _drafted(self, after: datetime, weeks: int) -> datetime | None:
        day = after.astimezone(ZoneInfo(self.zone)).date() + timedelta(weeks=weeks)
        return None if self.ends and day > self.ends else at_local(self.zone, day, ROUND_AT)


def at_local(zone: str, day: date, at: time) -> datetime:
    """The moment (UTC) of a wall-clock time.

    One that the clock skips moves forward, one that comes twice is the first.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def weekly(zone: str, weekday: int, at: time, after: datetime) -> datetime:
    """The first moment after `after` at which it is `weekday` (Monday 0) and `at` in `zone`."""
    today = after.astimezone(ZoneInfo(zone)).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    moment = at_local(zone, day, at)
    return moment if moment > after else at_local(zone, day + timedelta(weeks=1), at)


class RoundState(StrEnum):
    """A round is drafted, looked over by an owner, and released."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    RELEASED = "released"
    DROPPED = "dropped"


DRAFTED = (RoundState.DRAFT, RoundState.REVIEWED)
"""The states in which a round waits for its owner."""


class RoundEvent(StrEnum):
    """What can happen to a round."""

    REVIEW = "review"
    RELEASE = "release"
    DROP = "drop"


ROUND_TRANSITIONS = {
    RoundState.DRAFT: {RoundEvent.REVIEW: RoundState.REVIEWED, RoundEvent.DROP: RoundState.DROPPED},
    RoundState.REVIEWED: {
        RoundEvent.REVIEW: RoundState.REVIEWED,
        RoundEvent.RELEASE: RoundState.RELEASED,
        RoundEvent.DROP: RoundState.DROPPED,
    },
}


Two = tuple[ParticipantId, ParticipantId]
"""Two people, the smaller id first."""


def two(one: ParticipantId, other: ParticipantId) -> Two:
    """Two people in the order of their ids."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Round:
    """One matching run. `opted_in`, `pairs` and `wanted` are those of its release and never move inside it.

    `locked` are pairs that its owner wants in the draft, `apart` those that they want kept out of it, each by
    its two ids in order.

    `flowed_back` is counted once, when the next round goes out, and stays so.

    `meetings_shown` is the count of meetings that a summary last showed, of those up to `shown_until`;
    `meetings_weekly` what each of the round's summaries showed, oldest first (0: held back).
    """

    id: RoundId
    number: int
    state: RoundState
    drafted_at: datetime
    released_at: datetime | None = None
    opted_in: int = 0
    pairs: int = 0
    meetings_shown: int = 0
    meetings_weekly: tuple[int, ...] = ()
    shown_until: datetime | None = None
    wanted: Wanted | None = None
    flowed_back: FlowedBack | None = None
    locked: tuple[Two, ...] = ()
    apart: tuple[Two, ...] = ()


def state_after(state: RoundState, event: RoundEvent) -> RoundState:
    """The state that `event` leads to; NotPossibleNow where the table has none."""
    try:
        return ROUND_TRANSITIONS[state][event]
    except KeyError:
        raise NotPossibleNow(event, state) from None


def under_way_since(programme: Programme, rounds: tuple[Round, ...]) -> datetime | None:
    """When the round under way was released; None between two rounds, and before the first."""
    boundary = programme.boundary_at
    releases = (one.released_at for one in rounds if one.released_at is not None)
    return min((at for at in releases if boundary is not None and at >= boundary), default=None)
