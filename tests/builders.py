"""Builders of what the core is made of, each with defaults, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.mentoring.agreement import Agreement, Terms, Version
from bot.mentoring.ids import Address, MeetingId, PairId, ParticipantId, ProgrammeId, RoundId
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import Exchange, Pair, PairState, Reason
from bot.mentoring.people import Hours, Participant, Profile, Standing
from bot.mentoring.programme import Programme, Round, RoundState
from bot.mentoring.prompts import PairQuiet, Prompt
from bot.ports import Destination, Kind, Message

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday morning on which most tests play."""


def at(name: str) -> Address:
    """The address of a person or channel by a short name."""
    return Address(f"slack:T1:{name}")


def topics(told: str) -> tuple[str, ...]:
    """The topics of a text that separates them by semicolons."""
    return tuple(topic.strip() for topic in told.split(";") if topic.strip())


def a_profile(name: str = "ada", **changes: Any) -> Profile:
    """What the directory tells of an ordinary member."""
    plain = Profile(at(name), name.title(), "Europe/Berlin", admin=False, standing=Standing.MEMBER)
    return replace(plain, **changes)


def a_participant(name: str = "ada", *, learn: str = "", teach: str = "", **changes: Any) -> Participant:
    """A person who takes part; topics are separated by semicolons."""
    plain = Participant(
        id=ParticipantId(name),
        address=at(name),
        name=name.title(),
        level=2,
        department="Engineering",
        hours=Hours("Europe/Berlin"),
        learn=topics(learn),
        teach=topics(teach),
        joined_at=MONDAY - timedelta(days=7),
    )
    return replace(plain, **changes)


def a_programme(**changes: Any) -> Programme:
    """A programme with a round and a summary ahead."""
    plain = Programme(
        id=ProgrammeId("programme"),
        name="Both ways",
        purpose="Learn from each other across levels",
        channel=at("mentoring"),
        owners=(at("olga"),),
        contacts=(at("carol"), at("dan")),
        zone="Europe/Berlin",
        summary_day=4,
        summary_at=time(10),
        weeks_between_rounds=6,
        ends=None,
        next_summary_at=MONDAY + timedelta(days=4),
        next_round_at=MONDAY + timedelta(weeks=1),
    )
    return replace(plain, **changes)


def a_round(key: str = "round", **changes: Any) -> Round:
    """A drafted round."""
    plain = Round(RoundId(key), number=1, state=RoundState.DRAFT, drafted_at=MONDAY)
    return replace(plain, **changes)


def a_pair(a: str = "ada", b: str = "ben", **changes: Any) -> Pair:
    """A proposed pair of two participants, in which the first learns python."""
    plain = Pair(
        id=PairId(f"{a}-{b}"),
        a=ParticipantId(a),
        b=ParticipantId(b),
        exchanges=(Exchange(ParticipantId(a), ParticipantId(b), "python"),),
        state=PairState.PROPOSED,
        reasons=(Reason("learns", ("python",)),),
        proposed_at=MONDAY,
        expires_at=MONDAY + timedelta(days=7),
    )
    return replace(plain, **changes)


def a_meeting(pair: str = "ada-ben", key: str = "meeting", **changes: Any) -> Meeting:
    """A meeting that is planned for the day after."""
    plain = Meeting(MeetingId(key), PairId(pair), MeetingState.PLANNED, MONDAY + timedelta(days=1))
    return replace(plain, **changes)


def some_terms(**changes: Any) -> Terms:
    """What somebody expects, or what two agreed: every question answered that has to be."""
    plain = Terms(
        learn="To listen",
        share="Python",
        hope="An honest look",
        often="fortnightly",
        reply="two_days",
        look_back="8",
        channel="A call",
        cancel="A line the day before",
    )
    return replace(plain, **changes)


def an_agreement(pair: str = "ada-ben", *, version: Terms | None = None, **changes: Any) -> Agreement:
    """An empty agreement; with `version` one that both made on a Monday."""
    made = (Version(1, version, MONDAY),) if version else ()
    return replace(Agreement(PairId(pair), versions=made), **changes)


def a_message(key: str = "message", to: str = "ada", prompt: Prompt | None = None, **changes: Any) -> Message:
    """A message to a person, to be sent at once."""
    address = at(to)
    plain = Message(key, Destination(Kind.PERSON, address, (address,)), prompt or PairQuiet(), MONDAY)
    return replace(plain, **changes)
