"""Why this pair, why not that one, why nobody: answers as data, from the rules alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.hours import DAY, Window, common_windows
from bot.matching.model import MatchedPair, Person, Rules, Unmatched
from bot.matching.reasons import (
    AcrossDepartments,
    CloseTopic,
    CommonHours,
    CommonLanguages,
    FunnelStep,
    Learns,
    LevelsApart,
    Reason,
    Rule,
    TopicSupply,
    WhyNobody,
)
from bot.matching.roster import Roster
from bot.matching.scoring import PERCENT, parts


def describe(roster: Roster, rules: Rules, pair: tuple[int, int], *, locked: bool = False) -> MatchedPair:
    """A pair of positions as it is shown: lower level first, what each learns, and the reasons."""
    a, b = sorted(pair, key=lambda at: (roster.people[at].level, roster.people[at].id))
    shares = parts(roster, rules, a, b)
    return MatchedPair(
        a=roster.people[a].id,
        b=roster.people[b].id,
        score=sum(part.points for part in shares),
        a_learns=learns(roster, a, b),
        b_learns=learns(roster, b, a),
        parts=shares,
        reasons=reasons(roster, a, b),
        locked=locked,
    )


def learns(roster: Roster, learner: int, teacher: int) -> tuple[str, ...]:
    """What a learner wants that the teacher teaches as such, in the learner's words and order."""
    helps = roster.helps[teacher]
    return tuple(text for text, identity in _wanted(roster, learner) if helps.get(identity) == PERCENT)


def _wanted(roster: Roster, at: int) -> Sequence[tuple[str, str]]:
    """A person's learn topics as declared with their identities, one for each identity."""
    return tuple(zip(roster.first_words[at], roster.wants[at], strict=True))


def reasons(roster: Roster, a: int, b: int) -> tuple[Reason, ...]:
    """Everything that speaks for the pair, the exchanges first."""
    one, other = roster.people[a], roster.people[b]
    found: list[Reason] = []
    for learner, teacher in ((a, b), (b, a)):
        topics = learns(roster, learner, teacher)
        if topics:
            found.append(Learns(roster.people[learner].id, roster.people[teacher].id, topics))
    found.extend(_close_topics(roster, a, b))
    found.extend(_close_topics(roster, b, a))
    if one.level != other.level:
        found.append(LevelsApart(abs(one.level - other.level)))
    if one.department != other.department:
        found.append(AcrossDepartments(one.department, other.department))
    found.extend(_common_hours(roster, a, b))
    if one.languages & other.languages:
        found.append(CommonLanguages(tuple(sorted(one.languages & other.languages))))
    return tuple(found)


def _close_topics(roster: Roster, learner: int, teacher: int) -> list[Reason]:
    found: list[Reason] = []
    ids = roster.people[learner].id, roster.people[teacher].id
    for text, identity in _wanted(roster, learner):
        credit = roster.helps[teacher].get(identity, 0)
        if 0 < credit < PERCENT:
            taught = roster.nearest(teacher, identity)
            found.append(CloseTopic(*ids, wanted=text, taught=taught, credit=credit))
    return found


def _common_hours(roster: Roster, a: int, b: int) -> list[Reason]:
    ours, theirs = roster.windows[a], roster.windows[b]
    if not ours or not theirs:
        return []
    shared = common_windows(ours, theirs)
    minutes = sum(window.minutes for window in shared)
    local = [tuple(_shifted(window, roster.offsets[at]) for window in shared) for at in (a, b)]
    return [CommonHours(minutes, local[0], local[1])] if minutes else []


def _shifted(window: Window, minutes: int) -> Window:
    return Window((window.start + minutes) % DAY, window.minutes)


def funnel(roster: Roster, at: int) -> tuple[FunnelStep, ...]:
    """How the roster narrows down for a person, rule by rule; private rules have no step."""
    others = roster.everybody & ~(1 << at)
    steps = []
    for rule, kept in _steps(roster, at):
        others &= kept
        steps.append(FunnelStep(rule, others.bit_count()))
    return tuple(steps)


def _steps(roster: Roster, at: int) -> tuple[tuple[Rule, int], ...]:
    return (
        (Rule.PLACES, roster.open),
        (Rule.TOPICS, roster.topical[at]),
        (Rule.LEVELS, roster.other_level[at]),
        (Rule.REPORTING_LINE, ~roster.line[at]),
        (Rule.LANGUAGE, roster.language[at]),
        (Rule.HOURS, roster.hours[at]),
        (Rule.MET, ~roster.met[at]),
    )


_WHY = {
    Rule.PLACES: WhyNobody.NOBODY_ELSE,
    Rule.TOPICS: WhyNobody.NO_TOPIC_FIT,
    Rule.LEVELS: WhyNobody.NOBODY_ACROSS_LEVELS,
    Rule.REPORTING_LINE: WhyNobody.ONLY_REPORTING_LINE,
    Rule.LANGUAGE: WhyNobody.NO_COMMON_LANGUAGE,
    Rule.HOURS: WhyNobody.NO_COMMON_HOURS,
    Rule.MET: WhyNobody.ALL_MET,
}


def nobody_for(roster: Roster, at: int) -> Unmatched:
    """Why a person is in no pair; as if there were no private rules."""
    person = roster.people[at]
    own = _own_reason(roster, at, person)
    if own is not None:
        return Unmatched(person.id, own)
    steps = funnel(roster, at)
    empty = next((step.rule for step in steps if not step.left), None)
    return Unmatched(
        id=person.id,
        why=_WHY[empty] if empty else WhyNobody.EVERYONE_TAKEN,
        funnel=steps,
        wanted=tuple(_supply(roster, at, text) for text in person.learn),
        offered=tuple(_supply(roster, at, text) for text in person.teach),
    )


def _own_reason(roster: Roster, at: int, person: Person) -> WhyNobody | None:
    if not person.places:
        return WhyNobody.NO_PLACES
    if roster.windows[at] is None:
        return WhyNobody.UNKNOWN_ZONE
    return None if person.learn or person.teach else WhyNobody.NOTHING_DECLARED


def _supply(roster: Roster, at: int, text: str) -> TopicSupply:
    identity = roster.identity[text]
    others = roster.open & ~(1 << at)
    return TopicSupply(
        topic=text,
        teachers=(roster.teachers.get(identity, 0) & others).bit_count(),
        learners=(roster.learners.get(identity, 0) & others).bit_count(),
    )


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What the nameable rules say about two people: those that are broken, and the pair if none is."""

    broken: tuple[Rule, ...]
    pair: MatchedPair | None


def weigh(roster: Roster, rules: Rules, one: str, other: str) -> PairAnswer:
    """Whether two people could be a pair by the public rules, and what it would be. KeyError: unknown id."""
    first, second = roster.index[one], roster.index[other]
    broken = [rule for rule, kept in _steps(roster, first) if not kept >> second & 1]
    if not roster.open >> first & 1 and Rule.PLACES not in broken:
        broken.insert(0, Rule.PLACES)
    if broken or first == second:
        return PairAnswer(tuple(broken), None)
    return PairAnswer((), describe(roster, rules, (first, second)))
