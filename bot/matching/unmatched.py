"""Why a round has nobody for somebody, and what would help: from the public rules alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching.hours import Window, common_minutes
from bot.matching.model import Person, Rules, Unmatched
from bot.matching.reasons import FunnelStep, Help, HelpKind, Rule, TopicSupply, WhyNobody
from bot.matching.roster import Roster

MOST_HELPS = 5
"""Things that are named as help; more would be no advice."""
FEWEST_LEARNERS = 5
"""What fewer people want to learn is not named to somebody who could teach it: it is theirs to tell."""
_WIDEST_DAY = 4 * 60
"""Minutes more at both ends of a day that may be suggested at most."""


def steps(roster: Roster, at: int) -> tuple[tuple[Rule, int], ...]:
    """Every public rule with the people it allows for a person, in the order of the funnel."""
    return (
        (Rule.PLACES, roster.open),
        (Rule.TOPICS, roster.topical[at]),
        (Rule.LEVELS, roster.other_level[at]),
        (Rule.REPORTING_LINE, ~roster.line[at]),
        (Rule.LANGUAGE, roster.language[at]),
        (Rule.HOURS, roster.hours[at]),
        (Rule.MET, ~roster.met[at]),
    )


def funnel(roster: Roster, at: int) -> tuple[FunnelStep, ...]:
    """How the roster narrows down for a person, rule by rule; private rules have no step."""
    others = roster.everybody & ~(1 << at)
    found = []
    for rule, allowed in steps(roster, at):
        others &= allowed
        found.append(FunnelStep(rule, others.bit_count()))
    return tuple(found)


_WHY = {
    Rule.PLACES: WhyNobody.NOBODY_ELSE,
    Rule.TOPICS: WhyNobody.NO_TOPIC_FIT,
    Rule.LEVELS: WhyNobody.NOBODY_ACROSS_LEVELS,
    Rule.REPORTING_LINE: WhyNobody.ONLY_REPORTING_LINE,
    Rule.LANGUAGE: WhyNobody.NO_COMMON_LANGUAGE,
    Rule.HOURS: WhyNobody.NO_COMMON_HOURS,
    Rule.MET: WhyNobody.ALL_MET,
}


def nobody_for(roster: Roster, rules: Rules, at: int, spare: int) -> Unmatched:
    """Why a person is in no pair, as if there were no private rules; `spare`: people with places left."""
    person = roster.people[at]
    own = _own_reason(roster, at, person)
    if own in {WhyNobody.NO_PLACES, WhyNobody.UNKNOWN_ZONE}:
        return Unmatched(person.id, own)
    found = funnel(roster, at)
    empty = next((step.rule for step in found if not step.left), None)
    return Unmatched(
        id=person.id,
        why=own or (_WHY[empty] if empty else WhyNobody.EVERYONE_TAKEN),
        funnel=found,
        wanted=tuple(_supply(roster, at, text) for text in person.learn),
        offered=tuple(_supply(roster, at, text) for text in person.teach),
        helps=_helps(roster, rules, at, spare),
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
class _Reach:
    """Counts people who come into reach, those with places left over apart."""

    spare: int

    def help(self, kind: HelpKind, people: int, *, topic: str = "", minutes: int = 0) -> Help | None:
        if not people:
            return None
        return Help(kind, people.bit_count(), (people & self.spare).bit_count(), topic, minutes)


def _helps(roster: Roster, rules: Rules, at: int, spare: int) -> tuple[Help, ...]:
    """What alone would bring somebody into reach, the cheapest first: that with people still free leads."""
    reach = _Reach(spare & ~(1 << at))
    found = [
        *_topic_helps(roster, at, reach),
        _hours_help(roster, rules, at, reach),
        reach.help(HelpKind.MEET_AGAIN, _without(roster, at, Rule.MET) & roster.met[at]),
        None
        if rules.allow_lateral
        else reach.help(HelpKind.LATERAL_PAIRS, _without(roster, at, Rule.LEVELS) & ~roster.other_level[at]),
        None if rules.related_is_enough else reach.help(HelpKind.RELATED_TOPICS, _nearly(roster, at)),
        # Nobody in reach counts as free here: a free one would betray the private rule between the two.
        _Reach(0).help(HelpKind.MORE_PLACES, _without(roster, at)),
    ]
    known = [one for one in found if one is not None]
    order = list(HelpKind)
    known.sort(key=lambda one: (not one.free, order.index(one.kind), -one.free, -one.people, one.topic))
    return tuple(known[:MOST_HELPS])


def _without(roster: Roster, at: int, *left_out: Rule) -> int:
    """Whom the public rules allow for a person when some rules are left out."""
    others = roster.everybody & ~(1 << at)
    for rule, allowed in steps(roster, at):
        if rule not in left_out:
            others &= allowed
    return others


def _topic_helps(roster: Roster, at: int, reach: _Reach) -> Iterable[Help | None]:
    """The topic to teach and the topic to learn that bring most people into reach, free ones first."""
    strangers = _without(roster, at, Rule.TOPICS) & ~roster.topical[at]
    own = {*roster.wants[at], *roster.gives[at]}
    for kind, sets in ((HelpKind.TEACH, roster.learners), (HelpKind.LEARN, roster.teachers)):
        best: Help | None = None
        for identity in sorted(sets):
            if identity in own or (kind is HelpKind.TEACH and sets[identity].bit_count() < FEWEST_LEARNERS):
                continue
            one = reach.help(kind, sets[identity] & strangers, topic=roster.shown[identity])
            if one and (best is None or (one.free, one.people) > (best.free, best.people)):
                best = one
        yield best


def _hours_help(roster: Roster, rules: Rules, at: int, reach: _Reach) -> Help | None:
    """How many minutes more at both ends of the day reach somebody whom only the hours keep away."""
    own = roster.windows[at]
    away = _without(roster, at, Rule.HOURS) & ~roster.hours[at]
    if own is None or not away:
        return None
    missing: dict[int, int] = {}
    for window, people in roster.by_window.items():
        more = _more_minutes(own, window, rules.min_overlap_minutes) if people & away else None
        if more is not None:
            missing[more] = missing.get(more, 0) | people & away
    if not missing:
        return None
    least = min(missing, key=lambda more: (not missing[more] & reach.spare, more))
    return reach.help(HelpKind.LONGER_HOURS, missing[least], minutes=least)


def _more_minutes(own: Window, other: Window, least: int) -> int | None:
    quarters = range(15, _WIDEST_DAY + 1, 15)
    return next((extra for extra in quarters if common_minutes(own.wider(extra), other) >= least), None)


def _nearly(roster: Roster, at: int) -> int:
    """People with a related but no same topic, whom every other rule allows."""
    near = 0
    for wanted in roster.wants[at]:
        for identity in roster.near.get(wanted, ()):
            near |= roster.teachers.get(identity, 0)
    for given in roster.gives[at]:
        for identity in roster.near.get(given, ()):
            near |= roster.learners.get(identity, 0)
    return _without(roster, at, Rule.TOPICS) & near & ~roster.topical[at]
