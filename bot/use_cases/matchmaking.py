"""Between participants and the matching engine: who takes part in a run, and what it found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.matching import Limits, Matcher, MatchResult, Person, Rules, Setting, Unmatched, WorkingHours
from bot.matching.model import MatchedPair
from bot.matching.reasons import AcrossDepartments, CommonHours, CommonLanguages, LevelsApart
from bot.matching.reasons import Reason as Found
from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.pair import LIVE, OVER, Exchange, Pair, PairState, Reason
from bot.mentoring.people import Hours, Participant, ParticipantState
from bot.mentoring.programme import Choosing, Programme, Two, two
from bot.mentoring.waiting import Hint, Search, Supply, Waiting
from bot.ports import Records
from bot.use_cases.acting import programme_of

_GAINS = {"gain": 400, "mutual": 300}
_SCORE = 1_000
"""What a score's parts add up to."""
_STRETCH = 2 * Rules().widen_minutes
"""Minutes by which the engine lets both stretch their day; people read the time in which both are at work."""


@dataclass(frozen=True)
class Wishes:
    """What an owner asks of a draft: pairs to have, not to have, and to keep where that costs little."""

    locked: tuple[Two, ...] = ()
    apart: tuple[Two, ...] = ()
    kept: tuple[Two, ...] = ()


def run_matching(
    matcher: Matcher, wishes: Wishes = Wishes(), *, records: Records, now: datetime
) -> MatchResult:
    """One run over everybody who takes part, with their free places, history and reporting lines."""
    setting, limits = matching_of(matcher, wishes, records=records, now=now)
    return setting.run(limits)


def matching_of(
    matcher: Matcher,
    wishes: Wishes = Wishes(),
    asked: tuple[ParticipantId, ...] = (),
    *,
    records: Records,
    now: datetime,
) -> tuple[Setting, Limits]:
    """What a run is asked with.

    A locked pair is drafted as if no block stood between the two and nobody of them had paused; whoever is
    `asked` about is weighed as if they had not paused. So an owner learns of neither.
    """
    people = records.participants()
    managers = managers_of(people)
    held = places_held(records)
    forbidden = {*wishes.apart, *_blocked(people, records)} - set(wishes.locked)
    limits = Limits(
        history=tuple((first, second) for first, second in map(sorted, brought_together(records))),
        forbidden=tuple(sorted(forbidden)),
        locked=wishes.locked,
        kept=wishes.kept,
        managers=_outside(people, managers),
    )
    locks = Counter(side for both in wishes.locked for side in both)
    programme = programme_of(records)
    everybody = tuple(
        _person(one, managers, _free(one, held[one.id], locks[one.id], asked))
        for one in (_as_at_the_boundary(each, programme) for each in people)
    )
    rules = rules_of(programme.choosing)
    return Setting(everybody, rules, now, matcher.topics, engine=matcher.engine), limits


def _as_at_the_boundary(one: Participant, programme: Programme) -> Participant:
    """Somebody as a draft sees them: without places from the boundary on after which they get no new pair."""
    boundary = programme.boundary_at
    since = one.without_new_since
    keeps = since is not None and (boundary is None or since < boundary)
    return replace(one, places=0) if keeps else one


def as_if_all_were_free(matcher: Matcher, *, records: Records, now: datetime) -> Setting:
    """Everybody who takes part, with all their places: what a way to choose would do with these people."""
    people = records.participants()
    managers = managers_of(people)
    everybody = tuple(_person(one, managers, one.places) for one in people)
    rules = rules_of(programme_of(records).choosing)
    return Setting(everybody, rules, now, matcher.topics, engine=matcher.engine)


def _blocked(people: tuple[Participant, ...], records: Records) -> set[Two]:
    by_address = {one.address: one.id for one in people}
    return {
        two(*(by_address[address] for address in block))
        for block in records.kept_apart()
        if by_address.keys() >= block
    }


def managers_of(people: tuple[Participant, ...]) -> dict[str, str | None]:
    """Everybody's manager by participant id, or by address where the manager takes no part."""
    by_address = {one.address: one.id for one in people}
    return {one.id: one.manager and by_address.get(one.manager, one.manager) for one in people}


def _outside(people: tuple[Participant, ...], managers: Mapping[str, str | None]) -> dict[str, str | None]:
    known = {one.id for one in people}
    return {manager: None for manager in managers.values() if manager and manager not in known}


def places_taken(records: Records) -> Counter[ParticipantId]:
    """How many places of each person are taken by proposed, active and resting pairs, as they see it."""
    return Counter(side for pair in records.pairs(LIVE) for side in pair.sides if pair.open_to(side))


def places_seen(records: Records) -> Counter[ParticipantId]:
    """The same as everybody else sees it: the places of both come free at once."""
    return Counter(side for pair in records.pairs(LIVE) for side in pair.sides)


def places_held(records: Records) -> Counter[ParticipantId]:
    """How many places of each person are taken as a draft sees it.

    They come free for it at the boundary between rounds after the pair was over for both, and no sooner, so
    that an owner who drafts again learns nothing of what people answered or ended in between.
    """
    held = places_seen(records)
    boundary = programme_of(records).boundary_at
    if boundary is not None:
        for pair in records.pairs(OVER):
            if pair.ended_at is not None and pair.ended_at >= boundary:
                held.update(pair.sides)
    return held


def brought_together(records: Records) -> frozenset[frozenset[ParticipantId]]:
    """Who was proposed to each other and is not again, unless each of the two has wished for it since."""
    return records.met_before() - records.wished_again()


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


def rules_of(choosing: Choosing) -> Rules:
    """The rules of a run: the parts of a score in the owners' proportions, made to add up to 1,000 points."""
    own = {"levels": choosing.levels, "departments": choosing.departments, "hours": choosing.hours}
    parts = {**_GAINS, **own}
    whole = sum(parts.values())
    shares = {name: points * _SCORE // whole for name, points in parts.items()}
    shares["gain"] += _SCORE - sum(shares.values())
    return Rules(
        **shares,
        reciprocity=choosing.reciprocity,
        min_overlap_minutes=choosing.overlap,
        allow_lateral=choosing.lateral,
        related_is_enough=choosing.related,
    )


def _free(one: Participant, taken: int, locks: int, asked: tuple[ParticipantId, ...]) -> int:
    """The places a run may fill: of somebody who paused, only those of pairs that an owner locked."""
    free = max(0, one.places - taken)
    here = one.state is ParticipantState.ACTIVE
    return free if here or one.id in asked else min(free, locks)


def _person(one: Participant, managers: Mapping[str, str | None], free: int) -> Person:
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


def drafted(found: MatchedPair, key: PairId, round_key: RoundId, levels: Mapping[ParticipantId, int]) -> Pair:
    """The drafted pair for what the engine found."""
    a, b = ParticipantId(found.a), ParticipantId(found.b)
    return Pair(
        id=key,
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
        case CommonHours(minutes) if minutes > _STRETCH:
            return Reason("hours", (str(minutes - _STRETCH),))
        case CommonLanguages(languages):
            return Reason("languages", languages)
        case _:
            return None


def waiting_of(one: Unmatched) -> Waiting:
    """Why somebody has no pair: a kind with the topics it is about, how the search went, what would help."""
    scarce = tuple(supply.topic for supply in one.wanted if not supply.teachers)
    search = Search(
        left=tuple((step.rule.value, step.left) for step in one.funnel),
        supply=tuple(Supply(supply.topic, supply.teachers) for supply in one.wanted),
        hints=tuple(Hint(help_.kind.value, help_.people, help_.topic, help_.minutes) for help_ in one.helps),
    )
    return Waiting(Reason(one.why, scarce), search)
