"""What people do for themselves, and owners for the programme."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot import public_holidays
from bot.mentoring.ethics import CODE
from bot.mentoring.ids import ParticipantId
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import DRAFTED, RoundState
from bot.mentoring.rights import Actor
from bot.ports import NewId, Records
from bot.use_cases import acknowledging, blocking, finding, joining, parting, pausing, raising, rounds
from bot.use_cases.joining import JoinAnswers
from bot.use_cases.losing_touch import find_again, lose_touch
from bot.use_cases.raising import ConcernAnswers
from tests.use_cases.stateful.acting import NUMBER, THEN, WHO, WHOSE, Acting, Whose, other_of
from tests.use_cases.stateful.town import CAST, OWNER
from tests.worlds import CONTACTS, MATCHER, TOPICS, at

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles")
HOURS = (("09:00", "17:00"), ("06:00", "11:30"), ("14:00", "23:00"))


SURE = 5
"""One in six who think of leaving leaves."""

READER = "hr"
"""The contact with whom concerns are raised."""


class PeopleRules(Acting):
    """Going away, coming back, moving house; rounds, and asking somebody by oneself."""

    @rule(who=WHO, days=st.integers(1, 40), tells=st.booleans(), then=THEN)
    def pauses(self, who: str, days: int, *, tells: bool, then: timedelta) -> None:
        """A break until a day, which partners are told or not; or another day for the one they are in."""
        until = (self.town.now + timedelta(days=days)).date().isoformat()

        def deed() -> None:
            self.town.do(who, pausing.pause, until, tell_partners=tells)

        if tells:
            deed()
        else:
            self.quietly(who, deed)
        self.later(then)

    @rule(who=WHO, then=THEN)
    def tells_partners(self, who: str, then: timedelta) -> None:
        """The day of return may be told after all."""
        self.town.do(who, pausing.tell_partners)
        self.later(then)

    @rule(who=WHO, then=THEN)
    def resumes(self, who: str, then: timedelta) -> None:
        """The end of a break by one's own word."""
        self.town.do(who, pausing.resume)
        self.later(then)

    @rule(who=WHO, sure=st.sampled_from([*range(6)]), then=THEN)
    def leaves_or_joins_again(self, who: str, sure: int, then: timedelta) -> None:
        """Somebody comes back with what they had said, or, which is rare, leaves."""
        one = self.participant(who)
        if one.state is ParticipantState.LEFT:
            self.town.do(who, joining.join, answers_of(one), TOPICS, public_holidays)
        elif sure == SURE:
            self.quietly(who, lambda: self.town.do(who, pausing.leave))
        self.later(then)

    @rule(who=WHO, gone=st.booleans(), then=THEN)
    def is_not_reached_or_is_again(self, who: str, *, gone: bool, then: timedelta) -> None:
        """Messages do not reach somebody, or they are heard of again."""
        self.town.do(who, is_not_reached if gone else is_reached)
        self.later(then)

    @rule(gone=st.booleans(), then=THEN)
    def a_contact_is_not_reached_or_is_again(self, *, gone: bool, then: timedelta) -> None:
        """The same of the one who reads concerns."""
        self.town.do(READER, is_not_reached if gone else is_reached)
        self.later(then)

    @rule(who=WHO, zone=st.sampled_from(ZONES), hours=st.sampled_from(HOURS), then=THEN)
    def moves_to_other_hours(self, who: str, zone: str, hours: tuple[str, str], then: timedelta) -> None:
        """Another zone, or other hours."""
        answers = replace(answers_of(self.participant(who)), zone=zone, starts=hours[0], ends=hours[1])
        self.town.do(who, joining.join, answers, TOPICS, public_holidays)
        self.later(then)

    @rule(who=WHO, other=WHO, back=st.booleans(), then=THEN)
    def blocks_somebody(self, who: str, other: str, *, back: bool, then: timedelta) -> None:
        """A block, or its end."""
        if back:
            self.town.do(who, blocking.unblock, at(other))
        else:
            self.quietly(who, lambda: self.town.do(who, blocking.block, at(other)))
        self.later(then)

    @rule(whose=WHOSE, wanted=st.sampled_from(["nothing", "rest", "rest", "end", "never"]), then=THEN)
    def raises_a_concern(self, whose: Whose, wanted: str, then: timedelta) -> None:
        """About a partner, with what is wanted for the pair."""
        for who, pair in self.of_one_pair(whose):
            answers = ConcernAnswers(at(other_of(pair, who)), (), CONTACTS[0], "Something happened.", wanted)
            self.quietly(who, lambda: self.town.do(who, raising.give, answers))  # noqa: B023 # used at once
        self.later(then)

    @rule(who=WHO, other=WHO, topic=st.sampled_from(["SQL", "Negotiation", "Writing"]), then=THEN)
    def asks_to_pair(self, who: str, other: str, topic: str, then: timedelta) -> None:
        """A pair of one's own wish."""
        self.town.do(who, finding.ask_to_pair, at(other), topic, TOPICS)
        self.later(then)

    @rule(who=WHO, number=NUMBER)
    def presses_a_button(self, who: str, number: int) -> None:
        """Open to a new pair, or not for now; or the code is kept."""
        match number % 4:
            case 0 | 1:
                self.town.do(who, parting.open_again)
            case 2:
                self.town.do(who, parting.rest)
            case _:
                self.town.do(who, acknowledging.acknowledge_code, str(CODE))

    @rule(number=NUMBER, then=THEN)
    def an_owner_works_on_a_round(self, number: int, then: timedelta) -> None:
        """A draft, a look at it, or its release."""

        def look(records: Records) -> list[tuple[object, RoundState]]:
            return [(one.id, one.state) for one in records.rounds() if one.state in DRAFTED]

        waiting = self.town.read(look)
        if not waiting:
            self.town.do(OWNER, rounds.draft, MATCHER)
        else:
            self.town.do(OWNER, rounds.review, waiting[-1][0], number)
            self.town.do(OWNER, rounds.release, waiting[-1][0])
        self.later(then)

    def participant(self, who: str) -> Participant:
        """Somebody as they stand now."""
        found: Participant = self.town.read(lambda records: records.participant(ParticipantId(who)))
        return found


def is_not_reached(who: Actor, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Messages do not reach somebody."""
    lose_touch(who.address, records=records, now=now, new_id=new_id)


def is_reached(who: Actor, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Somebody is heard of again."""
    find_again(who.address, records=records, now=now, new_id=new_id)


def answers_of(one: Participant) -> JoinAnswers:
    """The form to join as somebody sends it who changes nothing."""
    first = next(each for each in CAST if each.id == one.id)
    return JoinAnswers(
        name=one.name,
        level=str(one.level),
        department=one.department,
        learn=one.learn or first.learn,
        teach=one.teach or first.teach,
        places=str(one.places),
        starts=one.hours.starts.isoformat("minutes"),
        ends=one.hours.ends.isoformat("minutes"),
        zone=one.hours.zone,
        languages=one.languages,
        manager=one.manager,
        since=one.since,
        findable=one.findable,
    )
