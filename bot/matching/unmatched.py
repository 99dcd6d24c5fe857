"""Why a round has nobody for somebody, and what would help: from the public rules alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.arrays import Mask, Whole
from bot.matching.hours import Window, common_minutes
from bot.matching.model import Person, Rules, Unmatched
from bot.matching.reasons import FunnelStep, Help, HelpKind, Rule, TopicSupply, WhyNobody
from bot.matching.roster import Roster
from bot.matching.rules import PUBLIC

MOST_HELPS = 5
"""Things that are named as help; more would be no advice."""
FEWEST_LEARNERS = 5
"""What fewer people want to learn is not named to somebody who could teach it: it is theirs to tell."""
_WIDEST_DAY = 4 * 60
"""Minutes more at both ends of a day that may be suggested at most."""

_WHY = {
    Rule.PLACES: WhyNobody.NOBODY_ELSE,
    Rule.TOPICS: WhyNobody.NO_TOPIC_FIT,
    Rule.LEVELS: WhyNobody.NOBODY_ACROSS_LEVELS,
    Rule.REPORTING_LINE: WhyNobody.ONLY_REPORTING_LINE,
    Rule.LANGUAGE: WhyNobody.NO_COMMON_LANGUAGE,
    Rule.HOURS: WhyNobody.NO_COMMON_HOURS,
    Rule.MET: WhyNobody.ALL_MET,
}


def nobody_for(roster: Roster, rules: Rules, missing: Sequence[int], spare: Mask) -> list[Unmatched]:
    """Why each of these is in no pair, as if there were no private rules; `spare`: who has places left."""
    known: dict[object, Unmatched] = {}
    found = []
    met = set(np.append(roster.met // max(1, len(roster.people)), roster.met % max(1, len(roster.people))))
    for at in missing:
        alike = _alike(roster, at, alone=at in met)
        if alike not in known:
            known[alike] = _nobody_for(roster, rules, at, spare)
        found.append(replace(known[alike], id=roster.people[at].id))
    return found


def _alike(roster: Roster, at: int, *, alone: bool) -> object:
    """The same for people of whom the public rules and the words for their topics are the same."""
    person, line = roster.people[at], roster.lines
    leads = at if alone or line.leaves[at] > line.enters[at] else person.manager
    ends = person.level, person.languages, int(roster.starts[at]), int(roster.minutes[at])
    return leads, bool(roster.open[at]), person.places > 0, person.learn, person.teach, ends


def _nobody_for(roster: Roster, rules: Rules, at: int, spare: Mask) -> Unmatched:
    person = roster.people[at]
    own = _own_reason(roster, at, person)
    if own in {WhyNobody.NO_PLACES, WhyNobody.UNKNOWN_ZONE}:
        return Unmatched(person.id, own)
    view = _View(roster, rules, at, spare)
    found = view.funnel()
    empty = next((step.rule for step in found if not step.left), None)
    return Unmatched(
        id=person.id,
        why=own or (_WHY[empty] if empty else WhyNobody.EVERYONE_TAKEN),
        funnel=found,
        wanted=tuple(view.supply(text) for text in person.learn),
        offered=tuple(view.supply(text) for text in person.teach),
        helps=view.helps(),
    )


def _own_reason(roster: Roster, at: int, person: Person) -> WhyNobody | None:
    if not person.places:
        return WhyNobody.NO_PLACES
    if roster.minutes[at] < 0:
        return WhyNobody.UNKNOWN_ZONE
    return None if person.learn or person.teach else WhyNobody.NOTHING_DECLARED


@dataclass(frozen=True, slots=True, eq=False)
class _Reach:
    """Counts people who come into reach, those with places left over apart."""

    spare: Mask

    def help(self, kind: HelpKind, people: Mask, *, topic: str = "", minutes: int = 0) -> Help | None:
        count = int(people.sum())
        return Help(kind, count, int((people & self.spare).sum()), topic, minutes) if count else None


class _View:
    """The roster as one person meets it: whom each rule allows."""

    def __init__(self, roster: Roster, rules: Rules, at: int, spare: Mask) -> None:
        self._roster = roster
        self._rules = rules
        self._at = at
        everybody = np.arange(len(roster.people))
        ourselves = np.full(len(everybody), at)
        self._others: Mask = everybody != at
        self._allows: Mapping[Rule, Mask] = {
            rule: allows(roster, rules, ourselves, everybody) for rule, allows in PUBLIC.items()
        }
        self._reach = _Reach(spare & self._others)

    def funnel(self) -> tuple[FunnelStep, ...]:
        """How the roster narrows down, rule by rule; private rules have no step."""
        others = self._others
        found = []
        for rule, allowed in self._allows.items():
            others = others & allowed
            found.append(FunnelStep(rule, int(others.sum())))
        return tuple(found)

    def supply(self, text: str) -> TopicSupply:
        """How many of the others with places free teach a topic, and how many want it."""
        topics = self._roster.topics
        free = self._roster.open & self._others
        topic = topics.number[text]
        return TopicSupply(text, *(int(free[who[topic]].sum()) for who in (topics.teachers, topics.learners)))

    def helps(self) -> tuple[Help, ...]:
        """What alone would bring somebody into reach, that with free people first, then the cheapest."""
        rules, reach = self._rules, self._reach
        found = [
            *self._topic_helps(),
            self._hours_help(),
            reach.help(HelpKind.MEET_AGAIN, self._only(Rule.MET)),
            None if rules.allow_lateral else reach.help(HelpKind.LATERAL_PAIRS, self._only(Rule.LEVELS)),
            None if rules.related_is_enough else reach.help(HelpKind.RELATED_TOPICS, self._nearly()),
            # Nobody in reach counts as free here: a free one would betray the private rule between the two.
            _Reach(np.zeros_like(self._others)).help(HelpKind.MORE_PLACES, self._without()),
        ]
        known = [one for one in found if one is not None]
        order = list(HelpKind)
        known.sort(key=lambda one: (not one.free, order.index(one.kind), -one.free, -one.people, one.topic))
        return tuple(known[:MOST_HELPS])

    def _without(self, left_out: Rule | None = None) -> Mask:
        """Whom the public rules allow when one of them is left out."""
        others = self._others
        for rule, allowed in self._allows.items():
            others = others if rule is left_out else others & allowed
        return others

    def _only(self, rule: Rule) -> Mask:
        """Whom that rule alone keeps away."""
        kept_away: Mask = self._without(rule) & ~self._allows[rule]
        return kept_away

    def _topic_helps(self) -> Iterable[Help | None]:
        """The topic to teach and the topic to learn that bring most people into reach, free ones first."""
        topics = self._roster.topics
        strangers = self._only(Rule.TOPICS)
        if not strangers.any():
            return
        own = np.append(topics.wants[self._at], topics.gives[self._at])
        for kind, lists in ((HelpKind.TEACH, topics.wants), (HelpKind.LEARN, topics.gives)):
            people = _counts(lists.flat[strangers[lists.owners]], len(topics.shown))
            free = _counts(lists.flat[(strangers & self._reach.spare)[lists.owners]], len(topics.shown))
            people[own] = 0
            if kind is HelpKind.TEACH:
                people[_counts(lists.flat, len(topics.shown)) < FEWEST_LEARNERS] = 0
            if people.any():
                free[people == 0] = -1
                best = int(np.lexsort((-people, -free))[0])
                yield Help(kind, int(people[best]), int(free[best]), topics.shown[best])

    def _hours_help(self) -> Help | None:
        """How many minutes more at both ends of the day reach somebody whom only the hours keep away."""
        roster = self._roster
        own = roster.window(self._at)
        away = np.flatnonzero(self._only(Rule.HOURS))
        if own is None or not len(away):
            return None
        days = np.stack((roster.starts[away], roster.minutes[away]), axis=1)
        kinds, kind = np.unique(days, axis=0, return_inverse=True)
        missing = np.array([_more_minutes(own, Window(*day), self._rules) for day in kinds.tolist()])[kind]
        reached: dict[int, Mask] = {}
        for more in np.unique(missing[missing > 0]).tolist():
            reached[more] = np.zeros_like(self._others)
            reached[more][away[missing == more]] = True
        if not reached:
            return None
        least = min(reached, key=lambda more: (not (reached[more] & self._reach.spare).any(), more))
        return self._reach.help(HelpKind.LONGER_HOURS, reached[least], minutes=least)

    def _nearly(self) -> Mask:
        """People with a related but no same topic, whom every other rule allows."""
        strangers = np.flatnonzero(self._only(Rule.TOPICS))
        ourselves = np.full(len(strangers), self._at)
        topics = self._roster.topics
        best = np.maximum(topics.gains(ourselves, strangers)[1], topics.gains(strangers, ourselves)[1])
        near: Mask = np.zeros_like(self._others)
        near[strangers[best > 0]] = True
        return near


def _counts(numbers: Whole, size: int) -> Whole:
    counts: Whole = np.bincount(numbers, minlength=size)
    return counts


def _more_minutes(own: Window, other: Window, rules: Rules) -> int:
    """Minutes more at both ends of our day with which the hours are enough; 0 where none are."""
    quarters = range(15, _WIDEST_DAY + 1, 15)
    least = rules.min_overlap_minutes
    return next((extra for extra in quarters if common_minutes(own.wider(extra), other) >= least), 0)
