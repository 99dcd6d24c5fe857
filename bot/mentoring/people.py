"""People who take part: their levels, interests, places and working hours."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.mentoring.ids import Address, ParticipantId

MONDAY_TO_FRIDAY = frozenset(range(5))
MAX_PLACES = 6
"""Pairs one person may be in at once."""
MAX_INTERESTS = 20
"""Topics a person may name on each side."""
_FAR_ENOUGH = 60
"""Days ahead in which there is a working day, even where holidays take that of several weeks."""
_MINUTE = timedelta(minutes=1)
DaysOff = Container[date]
"""Days, by a person's own calendar, on which they are not at work whatever the day of the week."""


class Standing(StrEnum):
    """What the platform says of an account."""

    MEMBER = "member"
    GUEST = "guest"
    EXTERNAL = "external"
    BOT = "bot"
    CLOSED = "closed"


@dataclass(frozen=True)
class Profile:
    """What the platform's directory tells of a person; `zone` is an IANA name."""

    address: Address
    name: str
    zone: str
    admin: bool
    standing: Standing


@dataclass(frozen=True)
class Hours:
    """A working week: local times from `starts` to before `ends` on `days` (Monday 0) in an IANA `zone`.

    `holidays` names the place whose public holidays the person keeps, as ISO 3166 does ("DE", "DE-BY"), empty
    for none; `off` are their days.
    """

    zone: str
    starts: time = time(9)
    ends: time = time(17)
    days: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: str = ""
    off: DaysOff = field(default=frozenset(), compare=False, repr=False)

    def works_on(self, day: date) -> bool:
        """Whether that day is one of work."""
        return day.weekday() in self.days and day not in self.off

    def covers(self, moment: datetime) -> bool:
        """Whether the person is at work at this moment."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return self.starts <= local.time() < self.ends and self.works_on(local.date())

    def day(self, moment: datetime) -> date:
        """The person's own date at this moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def opening(self, moment: datetime) -> datetime:
        """The first moment at or after `moment` at which the person is at work (UTC).

        A start that a clock change skips moves forward, to the next day where the work would be over by
        then; of one that comes twice, the first that still lies ahead counts.
        """
        if self.covers(moment):
            return moment
        zone = ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        for ahead in range(_FAR_ENOUGH):
            day = today + timedelta(days=ahead)
            for fold in (0, 1):
                begins = datetime.combine(day, self.starts.replace(fold=fold), zone).astimezone(UTC)
                if begins >= moment and self.covers(begins):
                    return begins
        raise ValueError(f"no working day in {self.days}")

    def closing(self, moment: datetime) -> datetime:
        """The first moment (UTC) after `moment`, at which the person works, when they do not any more."""
        zone = ZoneInfo(self.zone)
        end = datetime.combine(self.day(moment), self.ends, zone).astimezone(UTC)
        if end > moment and end.astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset():
            return end
        # the clock is changed before that, or the end is skipped or comes twice: look closely
        end = moment.astimezone(UTC).replace(second=0, microsecond=0)
        while self.covers(end) or end <= moment:
            end += _MINUTE
        return end


def common_opening(both: tuple[Hours, ...], moment: datetime, *, within_days: int = 21) -> datetime | None:
    """The first moment at or after `moment` when everybody is at work; None where there is none in time."""
    limit = moment + timedelta(days=within_days)
    while moment <= limit:
        later = max(hours.opening(moment) for hours in both)
        if later == moment:
            return moment
        moment = later
    return None


def common_closing(all_of_them: Iterable[Hours], moment: datetime) -> datetime:
    """The first moment after `moment`, at which everybody is at work, when somebody is not any more."""
    return min(hours.closing(moment) for hours in all_of_them)


def opening_again(all_of_them: tuple[Hours, ...], closed: datetime, now: datetime) -> datetime | None:
    """When all of them first work again after `closed`, in a time of work that is not over by `now`.

    It may lie before `now`: whoever missed them at `closed` comes before whoever was planned for that time.
    None where they are never at work together in time.
    """
    moment = common_opening(all_of_them, closed)
    while moment is not None and (end := common_closing(all_of_them, moment)) <= now:
        moment = common_opening(all_of_them, end)
    return moment


def working_days_later(hours: Hours, moment: datetime, days: int) -> datetime:
    """The start of the person's `days`-th working day after the one of `moment`."""
    zone = ZoneInfo(hours.zone)
    day = moment.astimezone(zone).date()
    while days:
        day += timedelta(days=1)
        days -= hours.works_on(day)
    return hours.opening(datetime.combine(day, hours.starts, zone).astimezone(UTC))


class ParticipantState(StrEnum):
    """Where a person stands in the programme."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class Track(StrEnum):
    """What brings a person here."""

    LEARNING = "learning"
    """The usual: learn something, and teach something."""
    HANDOVER = "handover"
    """They leave or change role, and would like to hand on what they know before."""


class Direction(StrEnum):
    """Where somebody would like their work to go; one is as good as another."""

    UNSAID = "unsaid"
    CRAFT = "craft"
    """Deeper into the craft: to stay an expert, and become a better one."""
    PEOPLE = "people"
    """Towards leading people."""
    FIELD = "field"
    """Into another field."""
    OPEN = "open"
    """Not sure, and that is fine."""


@dataclass(frozen=True)
class Participant:
    """A person who opted in.

    `learn` and `teach` are interests by topic name; `level` is a rung of the ladder (1 lowest) and says
    nothing of age or tenure; `places` is how many pairs the person will be in at once; `waiting` counts
    the rounds and proposals that came to nothing for them, so that they come first in the next. Whoever
    rests, since `resting_since`, keeps their pairs and gets no new one until they say that they want one;
    whom the bot's messages do not reach, since `unreached_since`, gets none until they are heard of.
    """

    id: ParticipantId
    address: Address
    name: str
    level: int
    department: str
    hours: Hours
    learn: tuple[str, ...] = ()
    teach: tuple[str, ...] = ()
    places: int = 1
    languages: tuple[str, ...] = ()
    manager: Address | None = None
    since: str = ""
    findable: bool = False
    state: ParticipantState = ParticipantState.ACTIVE
    paused_until: datetime | None = None
    tell_partners: bool = False
    waiting: int = 0
    joined_at: datetime = field(default=datetime(1970, 1, 1, tzinfo=UTC))
    track: Track = Track.LEARNING
    direction: Direction = Direction.UNSAID
    resting_since: datetime | None = None
    unreached_since: datetime | None = None

    @property
    def without_new_since(self) -> datetime | None:
        """Since when they keep their pairs and get no new one; None for whoever may get one."""
        since = (at for at in (self.resting_since, self.unreached_since) if at is not None)
        return min(since, default=None)

    @property
    def open_to_new(self) -> bool:
        """Whether they take part now and may be brought together with somebody new."""
        return self.state is ParticipantState.ACTIVE and self.without_new_since is None

    def with_interests(self, learn: tuple[str, ...], teach: tuple[str, ...]) -> "Participant":
        """The same person with these interests, each named once, in the order given."""
        return replace(self, learn=tuple(dict.fromkeys(learn)), teach=tuple(dict.fromkeys(teach)))


@dataclass(frozen=True)
class Declared:
    """A participant's interests alone, for what looks at everybody's."""

    id: ParticipantId
    learn: tuple[str, ...]
    teach: tuple[str, ...]
