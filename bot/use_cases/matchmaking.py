"""Between participants and the matching engine: who takes part in a run, and what it found."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot.matching import Limits, Matcher, MatchResult, Person, Rules, Unmatched, WorkingHours, match
from bot.matching.model import MatchedPair
from bot.matching.reasons import AcrossDepartments, CommonHours, CommonLanguages, LevelsApart
from bot.matching.reasons import Reason as Found
from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.pair import LIVE, Exchange, Pair, PairState, Reason
from bot.mentoring.people import Hours, Participant, ParticipantState
from bot.ports import NewId, Records

RULES = Rules()
"""Every programme is matched by the usual rules."""


def run_matching(matcher: Matcher, *, records: Records, now: datetime) -> MatchResult:
    """One run over everybody who takes part, with their free places, history and reporting lines."""
    people = records.participants()
    managers = managers_of(people)
    taken = places_taken(records)
    return match(
        [_person(one, managers, taken[one.id]) for one in people],
        RULES,
        limits=Limits(
            history=tuple((first, second) for first, second in map(sorted, records.met_before())),
            managers=_outside(people, managers),
        ),
        reference=now,
        topics=matcher.topics,
        engine=matcher.engine,
    )


def managers_of(people: tuple[Participant, ...]) -> dict[str, str | None]:
    """Everybody's manager by participant id, or by address where the manager takes no part."""
    by_address = {one.address: one.id for one in people}
    return {one.id: one.manager and by_address.get(one.manager, one.manager) for one in people}


def _outside(people: tuple[Participant, ...], managers: Mapping[str, str | None]) -> dict[str, str | None]:
    known = {one.id for one in people}
    return {manager: None for manager in managers.values() if manager and manager not in known}


def places_taken(records: Records) -> Counter[ParticipantId]:
    """How many places of each person are taken by proposed, active and resting pairs."""
    return Counter(side for pair in records.pairs(LIVE) for side in pair.sides)


def in_one_line(one: Participant, other: Participant, managers: Mapping[str, str | None]) -> bool:
    """Whether one of the two is the other's manager, directly or over others (cycles end the climb)."""
    return other.id in _line(one.id, managers) or one.id in _line(other.id, managers)


def _line(start: str, managers: Mapping[str, str | None]) -> set[str]:
    seen: set[str] = set()
    above = managers.get(start)
    while above and above not in seen:
        seen.add(above)
        above = managers.get(above)
    return seen


def _person(one: Participant, managers: Mapping[str, str | None], taken: int) -> Person:
    free = max(0, one.places - taken) if one.state is ParticipantState.ACTIVE else 0
    return Person(
        id=one.id,
        level=one.level,
        department=one.department,
        learn=one.learn,
        teach=one.teach,
        hours=_hours(one.hours),
        places=free,
        languages=frozenset(one.languages),
        manager=managers[one.id],
        waiting=one.waiting,
    )


def _hours(hours: Hours) -> WorkingHours:
    return WorkingHours(
        hours.zone,
        hours.starts.hour * 60 + hours.starts.minute,
        hours.ends.hour * 60 + hours.ends.minute,
    )


def drafted(
    found: MatchedPair, round_key: RoundId, new_id: NewId, levels: Mapping[ParticipantId, int]
) -> Pair:
    """The drafted pair for what the engine found."""
    a, b = ParticipantId(found.a), ParticipantId(found.b)
    return Pair(
        id=PairId(new_id()),
        a=a,
        b=b,
        exchanges=(
            *(Exchange(a, b, topic) for topic in found.a_learns),
            *(Exchange(b, a, topic) for topic in found.b_learns),
        ),
        state=PairState.DRAFTED,
        round=round_key,
        reasons=tuple(reason for one in found.reasons if (reason := _reason(one)) is not None),
        score=found.score,
        lateral=levels[a] == levels[b],
    )


def _reason(found: Found) -> Reason | None:
    """What is said of a reason; what each learns is shown by the exchanges, ranks stay with owners."""
    match found:
        case LevelsApart(levels):
            return Reason("levels", (str(levels),))
        case AcrossDepartments(a, b):
            return Reason("departments", (a, b))
        case CommonHours(minutes) if minutes > 2 * RULES.widen_minutes:
            # the engine lets both stretch their day; people read the time in which both are at work anyway
            return Reason("hours", (str(minutes - 2 * RULES.widen_minutes),))
        case CommonLanguages(languages):
            return Reason("languages", languages)
        case _:
            return None


def waiting_reason(one: Unmatched) -> Reason:
    """Why somebody has no pair: a kind, and the topics it is about."""
    return Reason(one.why, tuple(supply.topic for supply in one.wanted if not supply.teachers))
