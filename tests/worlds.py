"""A small world for use cases: fake records, a clock that is moved, people who act by name."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from bot.catalogue import load_discovery, load_journey, load_topics
from bot.matching import Matcher
from bot.matching.engines.plain import PlainEngine
from bot.mentoring.ids import Address, PairId, ParticipantId, ProgrammeId
from bot.mentoring.people import Hours, Participant
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import DraftReady, Introduction, MeetingSet, Prompt, StepsTogether
from bot.mentoring.prompts.steps import StepPrompt
from bot.mentoring.rights import Actor
from bot.ports import Message
from bot.use_cases import dates, planning, proposing, rounds
from bot.use_cases.acting import actor_at
from tests.fakes import FakeIds, FakeRecords

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUSE = "https://bot.example.com"
"""Where the bot is reached from outside."""
OWNER = Address("slack:T1:OWNER")
CONTACTS = (Address("slack:T1:HR"), Address("slack:T1:WORKS"))
JOURNEY = load_journey()
TOPICS = load_topics()
DISCOVERY = load_discovery()
MATCHER = Matcher(TOPICS, PlainEngine())


def at(name: str) -> Address:
    """The address of somebody called `name`."""
    return Address(f"slack:T1:{name.upper()}")


def a_programme(**changes: object) -> Programme:
    """A programme in Berlin with its first round a week away and its summary on Mondays at nine."""
    usual = Programme(
        id=ProgrammeId("programme"),
        name="Bothways",
        purpose="You learn from somebody on another level, and they from you.",
        channel=Address("slack:T1:CHANNEL"),
        owners=(OWNER,),
        contacts=CONTACTS,
        zone="Europe/Berlin",
        summary_day=0,
        summary_at=time(9),
        weeks_between_rounds=12,
        ends=None,
        next_summary_at=TUESDAY + timedelta(days=6),
        next_round_at=TUESDAY + timedelta(days=7),
    )
    return replace(usual, **changes)  # type: ignore[arg-type] # a builder takes what the class takes


def a_participant(name: str = "ana", **changes: object) -> Participant:
    """Somebody in Berlin, on level 2, who wants to learn Negotiation and can teach SQL."""
    usual = Participant(
        id=ParticipantId(name),
        address=at(name),
        name=name.capitalize(),
        level=2,
        department="Data",
        hours=Hours("Europe/Berlin"),
        learn=("Negotiation",),
        teach=("SQL",),
        findable=True,
        joined_at=TUESDAY,
    )
    return replace(usual, **changes)  # type: ignore[arg-type] # a builder takes what the class takes


def a_senior(name: str = "ben", **changes: object) -> Participant:
    """Somebody on level 6 who wants to learn SQL and can teach Negotiation."""
    swapped: dict[str, object] = {
        "level": 6,
        "department": "Sales",
        "learn": ("SQL",),
        "teach": ("Negotiation",),
    }
    return a_participant(name, **(swapped | changes))


@dataclass
class World:
    """One workspace in dicts at a moment."""

    records: FakeRecords = field(default_factory=FakeRecords)
    now: datetime = TUESDAY
    ids: FakeIds = field(default_factory=FakeIds)
    log: list[tuple[datetime, Message]] = field(default_factory=list)

    def actor(self, name: str) -> Actor:
        """The person called `name`, as the database knows them now."""
        return actor_at(at(name), may_set_up=False, records=self.records)

    def propose_all(self) -> list[PairId]:
        """Draft, look over and release a round; the ids of the proposed pairs."""
        ready = rounds.draft(
            self.actor("owner"), MATCHER, records=self.records, now=self.now, new_id=self.ids
        )
        assert isinstance(ready, DraftReady)
        rounds.review(self.actor("owner"), ready.round, 0, records=self.records)
        rounds.release(self.actor("owner"), ready.round, records=self.records, now=self.now)
        self.settle()
        return [pair.id for pair in self.records.pairs_in(ready.round)]

    def accept(self, name: str, pair: PairId) -> Prompt:
        """Somebody says yes."""
        return proposing.accept(
            self.actor(name), pair, JOURNEY, records=self.records, now=self.now, new_id=self.ids
        )

    def decline(self, name: str, pair: PairId) -> Prompt:
        """Somebody says no."""
        return proposing.decline(self.actor(name), pair, records=self.records, now=self.now, new_id=self.ids)

    def offer(self, name: str, pair: PairId, day: str, clock: str, minutes: str = "30") -> Prompt:
        """Somebody offers a day and a time of their own."""
        return dates.offer(
            self.actor(name),
            pair,
            ((), day, clock, minutes),
            HOUSE,
            records=self.records,
            now=self.now,
            new_id=self.ids,
        )

    def pick(self, name: str, pair: PairId, at: datetime) -> Prompt:
        """Somebody picks a time."""
        stamp = str(int(at.timestamp()))
        return dates.pick(
            self.actor(name), pair, stamp, HOUSE, records=self.records, now=self.now, new_id=self.ids
        )

    def set_date(self, pair: PairId, day: str, clock: str) -> MeetingSet:
        """The lower side offers a day and a time, and the other picks it."""
        return self.set_date_with(self.records.pair(pair).sides[0], pair, day, clock)

    def set_date_with(self, one: str, pair: PairId, day: str, clock: str) -> MeetingSet:
        """`one` offers a day and a time, and the other picks it."""
        self.offer(one, pair, day, clock)
        (offer,) = self.records.offers(pair)
        answer = self.pick(self.records.pair(pair).partner_of(ParticipantId(one)), pair, offer.times[0])
        assert isinstance(answer, MeetingSet)
        return answer

    def settle(self) -> None:
        """Do and send everything that is due now."""
        while due := self.records.due(self.now):
            planning.plan(
                due,
                journey=JOURNEY,
                matcher=MATCHER,
                records=self.records,
                now=self.now,
                new_id=self.ids,
            )
        self.log += [(self.now, message) for message in self.records.send_due(self.now)]

    def skip(self, **span: float) -> None:
        """Move the clock forward, letting everything due happen in order."""
        end = self.now + timedelta(**span)
        self.settle()
        while (due := self.records.next_due()) is not None and due <= end:
            assert due > self.now, f"{due} does not move on"
            self.now = due
            self.settle()
        self.now = end

    def said_to(self, name: str, kind: type[Prompt] = Prompt) -> list[Prompt]:
        """What was sent to a person, their rooms included, oldest first."""
        return [
            message.prompt
            for _, message in self.log
            if at(name) in message.to.readers and isinstance(message.prompt, kind)
        ]

    def steps_of(self, name: str) -> list[str]:
        """The keys of the steps that a person was told, their rooms included, oldest first."""
        return [key for prompt in self.said_to(name) for key in steps_in(prompt)]


def parts_of(prompt: Prompt) -> tuple[StepPrompt, ...]:
    """The steps that a message holds."""
    if isinstance(prompt, StepsTogether):
        return prompt.parts
    return (prompt,) if isinstance(prompt, StepPrompt) else ()


def steps_in(prompt: Prompt) -> list[str]:
    """The keys of the steps that a message holds."""
    if isinstance(prompt, Introduction):
        return ["introduction"]
    return [part.step for part in parts_of(prompt)]


def a_world(*people: Participant) -> World:
    """A world with a programme and these people, Ana and Ben unless others are given."""
    world = World()
    world.records.save_programme(a_programme())
    for one in people or (a_participant(), a_senior()):
        world.records.save_participant(one)
    return world
