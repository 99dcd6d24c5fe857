"""A small programme whose people do everything through the use cases, at moments that a history chooses."""

import inspect
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.due import DueItem
from bot.mentoring.errors import MentoringError
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import UNDER_WAY, Exchange, Pair, PairState
from bot.mentoring.people import Hours
from bot.mentoring.rights import Actor
from bot.mentoring.story import Answer
from bot.ports import Records
from bot.use_cases import home, pausing, planning, proposing, showing
from bot.use_cases.acting import actor_at
from tests.use_cases.stateful.stores import Arrived, Shelf
from tests.worlds import JOURNEY, MATCHER, TUESDAY, a_participant, a_programme, at

CAST = (
    a_participant("ana", places=2),
    a_participant("ben", level=6, department="Sales", learn=("SQL",), teach=("Negotiation",), places=3),
    a_participant("cleo", level=4, department="Legal", hours=Hours("America/New_York", time(8), time(16))),
    a_participant("dev", level=2, department="Design", hours=Hours("Asia/Kolkata", time(10), time(19))),
    a_participant("eve", level=2, department="Finance", hours=Hours("Asia/Tokyo"), learn=("SQL",)),
    a_participant("fay", level=7, department="Law", hours=Hours("America/Los_Angeles"), teach=("Writing",)),
    a_participant("gus", level=3, department="People", learn=("Writing",), teach=("Drawing",)),
    a_participant("hal", level=5, department="Shop", hours=Hours("Europe/Berlin", days=frozenset({1, 2, 3}))),
)
"""Eight people in five zones; some work four days, some places never wake together."""
NAMES = tuple(one.id for one in CAST)
OWNER = "owner"
PAIRS = (
    ("ana", "ben", "Negotiation", "SQL"),
    ("cleo", "ben", "Negotiation", ""),
    ("dev", "eve", "", "SQL"),
    ("gus", "fay", "Writing", ""),
    ("ana", "eve", "Negotiation", "SQL"),
)
"""Who is proposed to whom, and what the first and the second of them learn: ben and ana have two pairs each,
two pairs are lateral, three one-sided, and the hours of gus and fay never meet."""


@dataclass(frozen=True)
class Deed:
    """Something that was done, when, by whom; `refused` is what the rules said against it."""

    at: datetime
    by: str
    what: str
    refused: MentoringError | None = None


@dataclass
class Town:
    """The programme at a moment, and all that has left in it so far."""

    shelf: Shelf
    now: datetime = TUESDAY
    left: list[tuple[datetime, Arrived]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    on_leaving: Callable[[list[Arrived]], None] = lambda _: None
    """Looks at what leaves at the moment at which it leaves."""
    on_settled: Callable[[], None] = lambda: None
    """Looks at how everything stands once planning has come to rest."""
    ended: set[tuple[str, PairId]] = field(default_factory=set)
    """Who ended which pair by a deed of their own."""
    sound: bool = True
    """Whether all has held so far; a history in which something did not is not played to its end."""
    dates: dict[str, set[datetime]] = field(default_factory=lambda: defaultdict(set))
    """Every moment for which each meeting was ever set."""
    known: set[PairId] = field(default_factory=set)
    """The pairs of which one has said that the two know each other, if only once."""
    were_gone: set[str] = field(default_factory=set)
    """Who has left at some time: what waited for them then was taken back."""

    def found(self, ends_in_weeks: int | None, round_in_weeks: int) -> None:
        """Begin: everybody has joined, and the pairs are proposed."""
        ends = None if ends_in_weeks is None else (self.now + timedelta(weeks=ends_in_weeks)).date()
        usual = a_programme(next_round_at=self.now + timedelta(weeks=round_in_weeks), ends=ends)

        def begin(records: Records) -> None:
            records.save_programme(replace(usual, next_summary_at=usual.after_summary(self.now)))
            for one in CAST:
                records.save_participant(one)
            for place, (a, b, a_learns, b_learns) in enumerate(PAIRS):
                proposing.propose(
                    _a_pair(place, a, b, a_learns, b_learns, records), records=records, now=self.now
                )

        self.shelf.run(self.now, begin)
        self.send()

    # what people do

    def do(self, name: str, use: Callable[..., Any], *args: object, **more: object) -> object:
        """Somebody does something: what it answers, or the refusal. Anything else it raises comes out."""
        taken = inspect.signature(use).parameters

        def work(records: Records) -> object:
            ports = {"records": records, "now": self.now, "new_id": self.shelf.ids}
            given = {key: port for key, port in ports.items() if key in taken}
            return use(actor(name, records), *args, **given, **more)

        self.sound, what = False, f"{use.__module__.rpartition('.')[2]}.{use.__name__}"
        before, mine = self.shelf.look(), self._open_to(name)
        try:
            answer = self.shelf.run(self.now, work)
        except MentoringError as refusal:
            assert self.shelf.look() == before, f"{what} was refused and changed something"
            self.deeds.append(Deed(self.now, name, what, refusal))
            self.sound = True
            return refusal
        self.deeds.append(Deed(self.now, name, what))
        self.ended |= {(name, key) for key in mine - self._open_to(name)}
        self.read(self._note)
        if use is pausing.leave:
            self.were_gone.add(name)
        self.send()
        self.sound = True
        return answer

    def _note(self, records: Records) -> None:
        for pair in records.pairs(UNDER_WAY):
            if any(done.answer == Answer.KNOWN for done in records.done(pair.id)):
                self.known.add(pair.id)
            for meeting in records.meetings(pair.id):
                self.dates[meeting.id].add(meeting.at)

    def _open_to(self, name: str) -> frozenset[PairId]:
        """The pairs that are open to somebody."""
        return frozenset(pair.id for pair in self.pairs_of(name) if pair.open_to(ParticipantId(name)))

    def read(self, look: Callable[[Records], Any]) -> Any:
        """What stands in the records now."""
        return self.shelf.run(self.now, look)

    def pairs_of(self, name: str) -> tuple[Pair, ...]:
        """All pairs somebody ever had, whatever became of them."""
        return self.read(lambda records: records.pairs_of(ParticipantId(name), PairState))  # type: ignore[no-any-return] # what is read

    def seen_by(self, name: str) -> tuple[object, ...]:
        """What somebody is shown who looks up their pairs, why they have them, and their own page."""

        def look(records: Records) -> tuple[object, ...]:
            who = actor(name, records)
            found: list[object] = []
            pages: tuple[Callable[[], object], ...] = (
                lambda: showing.show_pairs(who, records=records, now=self.now),
                lambda: showing.why(who, None, records=records),
                lambda: home.show_home(who, records=records, now=self.now),
            )
            for show in pages:
                try:
                    found.append(show())
                except MentoringError as refusal:
                    found.append(refusal)
            return tuple(found)

        return self.read(look)  # type: ignore[no-any-return] # what is read

    # what time does

    def settle(self) -> None:
        """Plan and send everything that is due now."""
        self.sound = False
        for _ in range(50):
            due = self.shelf.due(self.now)
            if not due:
                break
            for item in due:
                self.shelf.run(self.now, self._planning(item))
        else:
            raise AssertionError(f"planning never comes to an end: {due}")
        self.send()
        self.on_settled()
        self.sound = True

    def _planning(self, item: DueItem) -> Callable[[Records], None]:
        def plan(records: Records) -> None:
            planning.plan(
                (item,),
                journey=JOURNEY,
                matcher=MATCHER,
                records=records,
                now=self.now,
                new_id=self.shelf.ids,
            )

        return plan

    def send(self) -> None:
        """Let what may leave now leave."""
        arrived = self.shelf.send(self.now)
        self.left += [(self.now, one) for one in arrived]
        if arrived:
            self.on_leaving(arrived)

    def skip(self, span: timedelta) -> None:
        """Let time pass, and everything due happen in order."""
        end = self.now + span
        self.settle()
        while (due := self.shelf.next_due()) is not None and due <= end:
            assert due > self.now, f"what was due at {due} does not move on"
            self.now = due
            self.settle()
        self.now = end


def actor(name: str, records: Records) -> Actor:
    """The person called `name`, as the records know them now."""
    return actor_at(at(name), may_set_up=False, records=records)


def _a_pair(place: int, a: str, b: str, a_learns: str, b_learns: str, records: Records) -> Pair:
    first, second = records.participant(ParticipantId(a)), records.participant(ParticipantId(b))
    low, high = sorted((first, second), key=lambda one: (one.level, one.id))
    found = [(first, second, a_learns), (second, first, b_learns)]
    return Pair(
        id=PairId(f"pair{place}"),
        a=low.id,
        b=high.id,
        exchanges=tuple(Exchange(one.id, other.id, topic) for one, other, topic in found if topic),
        state=PairState.DRAFTED,
        lateral=low.level == high.level,
    )
