"""Reads the figures of a played programme off the sandbox's state: what was said, to whom, when."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.dialogues.town import Json

WINDOW = timedelta(days=7)
MOST = 3
DAY_STARTS, DAY_ENDS = time(9), time(17)
INTRODUCTION = "meet each other"
KNOW_EACH_OTHER = "know each other first"
ALIGN = "what do you expect of each other"
SET_A_DATE = "A first meeting is easiest when it has a date"
DID_YOU_MEET = "Did you meet"
ORDER = (INTRODUCTION, KNOW_EACH_OTHER, ALIGN)
NAMED = re.compile(r"(?:^| and )([^()\n]+?) \(level", re.MULTILINE)
"""The two of a pair, in its introduction."""
WITH = re.compile(r"To you and (.+?), each in your own chat with me\.")
"""In front of what both of a pair read, where each reads it in their own chat."""
PROPOSAL = "Here is somebody for you"
REMINDER = re.compile(r"You and .+ meet on .+, for \d+ minutes\.")
GONE = re.compile(r"\W*\w+ (\d+ \w+), \d\d:\d\d\W* does not work out for .+ after all")
"""That a date is off; from the working day before on, it comes in the place of its reminder."""
NOT_COUNTED = (PROPOSAL, INTRODUCTION)
"""Beside them only the reminder of a meeting, and what comes in its place, does not count."""
TEN_MINUTES = "The ten-minute meeting"
NUDGES = (SET_A_DATE, TEN_MINUTES)
OFFICE = (DAY_STARTS, DAY_ENDS)


@dataclass(frozen=True)
class Said:
    """One message of the bot, and the people who read it."""

    at: datetime
    text: str
    channel: str
    readers: tuple[str, ...]

    @property
    def together(self) -> str:
        """The place that is a pair's: its room, or what names the two where each reads it; else empty."""
        if len(self.readers) > 1:
            return self.channel
        named = WITH.match(self.text)
        return f"{self.channel} with {named[1]}" if named else ""

    def has(self, *openers: str) -> bool:
        """Whether it is one of these."""
        return any(opener in self.text for opener in openers)


@dataclass(frozen=True)
class Played:
    """Everything the bot said in one programme; `zones` and local `hours` are people's, by id."""

    said: tuple[Said, ...]
    summaries: tuple[str, ...]
    zones: dict[str, str]
    hours: dict[str, tuple[time, time]] = field(default_factory=dict)

    def to_people(self) -> dict[str, list[Said]]:
        """What each person read, oldest first."""
        heard: dict[str, list[Said]] = defaultdict(list)
        for one in sorted(self.said, key=lambda said: said.at):
            for reader in one.readers:
                heard[reader].append(one)
        return heard

    def pairs(self) -> set[frozenset[str]]:
        """Who was introduced to whom, by name, where both could be told at once."""
        return {frozenset(NAMED.findall(one.text)[:2]) for one in self._introduced()}

    def _introduced(self) -> list[Said]:
        return [one for one in self.said if one.has(INTRODUCTION) and one.together]

    def out_of_hours(self) -> list[Said]:
        """Messages that reached somebody who was not at work."""
        return [one for one in self.said if not all(self._at_work(one.at, who) for who in one.readers)]

    def _at_work(self, moment: datetime, who: str) -> bool:
        local = moment.astimezone(ZoneInfo(self.zones[who]))
        starts, ends = self.hours.get(who, OFFICE)
        return local.weekday() < len("MTWTF") and starts <= local.time() < ends

    def busiest_week(self) -> int:
        """The most messages that count, to one person in any seven days."""
        return max(_most_in_a_week([one.at for one in heard]) for heard in self.counted().values())

    def above_the_limit(self) -> int:
        """How many people heard more than three messages that count in some seven days."""
        weeks = (_most_in_a_week([one.at for one in heard]) for heard in self.counted().values())
        return sum(most > MOST for most in weeks)

    def above_one_nudge(self) -> int:
        """How many people heard more than one reminder in some seven days."""
        nudges = ([one.at for one in heard if one.has(*NUDGES)] for heard in self.counted().values())
        return sum(_most_in_a_week(moments) > 1 for moments in nudges)

    def most_nudges(self) -> int:
        """The most reminders to one person in any seven days."""
        nudges = ([one.at for one in heard if one.has(*NUDGES)] for heard in self.counted().values())
        return max(_most_in_a_week(moments) for moments in nudges)

    def counted(self) -> dict[str, list[Said]]:
        """What each person read that counts, oldest first."""
        return {
            who: [one for one in heard if not one.has(*NOT_COUNTED) and not self._reminds(one, who)]
            for who, heard in self.to_people().items()
        }

    def _reminds(self, one: Said, who: str) -> bool:
        """Whether it is the reminder of a date, or that it is off, said so late that it takes that place."""
        gone = GONE.match(one.text)
        if gone is None:
            return REMINDER.match(one.text) is not None
        today = one.at.astimezone(ZoneInfo(self.zones[who])).date()
        named = datetime.strptime(f"{gone[1]} {today.year}", "%d %B %Y").date()  # noqa: DTZ007 # a day alone
        day = named if named >= today else named.replace(year=today.year + 1)
        ahead = (today + timedelta(days=each) for each in range(1, (day - today).days + 1))
        return sum(each.weekday() < len("MTWTF") for each in ahead) <= 1

    def twice(self) -> list[tuple[str, str]]:
        """Texts that stand twice in one place within a day."""
        places: dict[tuple[str, str], list[datetime]] = defaultdict(list)
        for one in self.said:
            places[one.channel, one.text].append(one.at)
        return [
            place
            for place, moments in places.items()
            if any(later - earlier < timedelta(days=1) for earlier, later in pairwise(sorted(moments)))
        ]

    def out_of_order(self) -> list[tuple[str, list[str]]]:
        """Who did not read a pair's introduction and both stages once each in this order, and what they read.

        In its room, or alone where other pairs leave a post to it no moment for twelve days (record 15).
        """
        heard, found = self.to_people(), []
        for opened in self._introduced():
            two = f"{' and '.join(NAMED.findall(opened.text)[:2])}:"
            for who in opened.readers:
                mine = [one for one in heard[who] if one.together == opened.together or two in one.text]
                read = [opener for one in mine for opener in ORDER if one.has(opener)]
                found += [] if tuple(read) == ORDER else [(who, read)]
        return found

    def told_alone(self) -> int:
        """How many pairs that could be told at once heard a stage alone."""
        places = Counter(one.together for one in self.said if one.together and one.has(*ORDER))
        apart = [one for one in self._introduced() if places[one.together] < len(ORDER)]
        return len({frozenset(NAMED.findall(one.text)[:2]) for one in apart})

    def kinds(self) -> Counter[str]:
        """How often each kind of message was sent."""
        openers = (*ORDER, SET_A_DATE, DID_YOU_MEET)
        return Counter(opener for one in self.said for opener in openers if one.has(opener))


def played(state: Json, proposals: set[str], hours: dict[str, tuple[time, time]] | None = None) -> Played:
    """Read a state of the sandbox; `proposals` names messages whose place an answer has taken.

    `hours` are those of people who do not work from nine to five, by id.
    """
    zones = {one["id"]: one["timezone"] for one in state["people"]}
    channels = {one["id"]: one for one in state["channels"]}
    readers = {key: tuple(who for who in one["members"] if who in zones) for key, one in channels.items()}
    by_bot = [m for m in state["messages"] if m["author"] not in zones and m["visible_to"] is None]
    owners = {one["id"] for one in state["people"] if one["owner"]}
    private = [m for m in by_bot if channels[m["channel"]]["kind"] != "channel"]
    return Played(
        said=tuple(
            Said(datetime.fromisoformat(m["at"]), m["text"], m["channel"], readers[m["channel"]])
            for m in private
            if m["ts"] not in proposals and not owners.intersection(readers[m["channel"]])
        ),
        summaries=tuple(m["text"] for m in by_bot if channels[m["channel"]]["kind"] == "channel"),
        zones=zones,
        hours=hours or {},
    )


def _most_in_a_week(moments: list[datetime]) -> int:
    return max((sum(end - WINDOW < at <= end for at in moments) for end in moments), default=0)
