"""Finding somebody who teaches a topic, and asking to pair."""

from datetime import datetime

from bot.matching.topics import Topics
from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import Exchange, Pair, PairState, Reason
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import Proposal, Teacher, TeachersFound
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.interests import Interests
from bot.use_cases.matchmaking import brought_together, in_one_line, managers_of, places_seen, places_taken
from bot.use_cases.proposing import proposal_for, propose

MOST_FOUND = 10


def find(actor: Actor, typed: str, topics: Topics, *, records: Records) -> TeachersFound:
    """People who teach a topic, agreed to be found, and can be asked now."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    topic = Interests(topics, records).named(typed)
    found = _can_be_asked(one, topic, records)
    found.sort(key=lambda other: (abs(other.level - one.level), other.name, other.id))
    teachers = tuple(
        Teacher(other.address, other.name, other.level, other.department, other.teach)
        for other in found[:MOST_FOUND]
    )
    return TeachersFound(topic=topic, teachers=teachers)


def ask_to_pair(
    actor: Actor,
    teacher: Address,
    typed: str,
    topics: Topics,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Proposal:
    """Propose a pair to both; like any other proposal it opens once both accept.

    Whoever cannot be asked, for whatever cause, reads as not found.
    """
    authorise(actor, Action.TAKE_PART)
    one, other = records.participant(actor.id), records.participant_at(teacher)
    topic = Interests(topics, records).named(typed)
    programme = programme_of(records)
    if other is None:
        raise NotFound
    open_already = _open_between(one, other, records)
    if open_already is not None:
        return proposal_for(open_already, one.id, programme, records=records, asked_by_you=True)
    if one.state is ParticipantState.PAUSED:
        raise NotPossibleNow("ask to pair", "paused")
    if places_taken(records)[one.id] >= one.places:
        raise NotPossibleNow("ask to pair", "no places")
    if other not in _can_be_asked(one, topic, records):
        raise NotFound
    pair = propose(_between(one, other, topic, PairId(new_id())), records=records, now=now)
    return proposal_for(pair, one.id, programme, records=records, asked_by_you=True)


def _between(one: Participant, other: Participant, topic: str, key: PairId) -> Pair:
    """The pair of somebody who asks and somebody who teaches, with all that can flow each way."""
    low, high = sorted((one, other), key=lambda each: (each.level, each.id))
    wanted = dict.fromkeys((topic, *(t for t in one.learn if t in other.teach)))
    back = [topic for topic in other.learn if topic in one.teach]
    exchanges = (
        *(Exchange(one.id, other.id, each) for each in wanted),
        *(Exchange(other.id, one.id, each) for each in back),
    )
    return Pair(
        id=key,
        a=low.id,
        b=high.id,
        exchanges=exchanges,
        state=PairState.DRAFTED,
        reasons=(Reason("asked", (one.name,)),),
        lateral=one.level == other.level,
    )


def _can_be_asked(one: Participant, topic: str, records: Records) -> list[Participant]:
    """Everybody who teaches a topic and whom the person can ask now."""
    return [other for other in can_be_asked(one, records) if topic in other.teach]


def can_be_asked(one: Participant, records: Records) -> list[Participant]:
    """Everybody who agreed to be found and whom the person can ask now."""
    people = records.participants()
    managers, taken, met = managers_of(people), places_seen(records), brought_together(records)
    apart = records.kept_apart()
    return [
        other
        for other in people
        if other.id != one.id
        and other.findable
        and other.open_to_new
        and taken[other.id] < other.places
        and frozenset((one.id, other.id)) not in met
        and frozenset((one.address, other.address)) not in apart
        and not in_one_line(one, other, managers)
    ]


def _open_between(one: Participant, other: Participant, records: Records) -> Pair | None:
    proposed = open_pairs(one.id, records, (PairState.PROPOSED,))
    return next((pair for pair in proposed if other.id in pair.sides), None)
