"""Why a round has nobody for somebody, and what would help: from the public rules alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bot.matching.arrays import Mask, Whole, among, distinct, nothing
from bot.matching.hours import DAY, Window, common_minutes
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
    outlook = _Outlook(roster, rules, spare)
    met = set(np.append(roster.met // max(1, len(roster.people)), roster.met % max(1, len(roster.people))))
    for at in missing:
        alike = _alike(roster, at, alone=at in met)
        if alike not in known:
            known[alike] = _nobody_for(outlook, at)
        found.append(replace(known[alike], id=roster.people[at].id))
    return found


def _alike(roster: Roster, at: int, *, alone: bool) -> object:
    """The same for people of whom the public rules and the words for their topics are the same."""
    person, line = roster.people[at], roster.lines
    leads = at if alone or line.leaves[at] > line.enters[at] else person.manager
    ends = person.level, person.languages, int(roster.starts[at]), int(roster.minutes[at])
    return leads, bool(roster.open[at]), person.places > 0, person.learn, person.teach, ends


def _nobody_for(outlook: "_Outlook", at: int) -> Unmatched:
    roster = outlook.roster
    person = roster.people[at]
    own = _own_reason(roster, at, person)
    if own in {WhyNobody.NO_PLACES, WhyNobody.UNKNOWN_ZONE}:
        return Unmatched(person.id, own)
    view = _View(outlook, at)
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


class _Outlook:
    """A round as seen by those it has nobody for: what is the same for all of them, worked out once."""

    def __init__(self, roster: Roster, rules: Rules, spare: Mask) -> None:
        topics = roster.topics
        self.roster = roster
        self.rules = rules
        self.spare = spare
        self.everybody = np.arange(len(roster.people))
        self.declared = {
            HelpKind.TEACH: (topics.wants.flat, topics.wants.owners),
            HelpKind.LEARN: (topics.gives.flat, topics.gives.owners),
        }
        self.rare = np.flatnonzero(_counts(topics.wants.flat, len(topics.shown)) < FEWEST_LEARNERS)
        self.days, self.day = np.unique(roster.starts * (2 * DAY) + roster.minutes, return_inverse=True)

    def with_topics(self, at: int, *, related: bool) -> Whole:
        """Everybody who teaches what somebody wants or wants what they teach, ascending."""
        topics = self.roster.topics
        wants, gives = topics.wants[at].tolist(), topics.gives[at].tolist()
        if related:
            wants, gives = (
                [*own, *(near for one in own for near in topics.near[one])] for own in (wants, gives)
            )
        lists = [*(topics.teachers[topic] for topic in wants), *(topics.learners[topic] for topic in gives)]
        found = distinct(np.concatenate([nothing(), *lists]))
        others: Whole = found[found != at]
        return others

    def help(self, kind: HelpKind, people: Whole, *, topic: str = "", minutes: int = 0) -> Help | None:
        """A help that brings these people into reach; None when it brings nobody."""
        return Help(kind, len(people), int(self.spare[people].sum()), topic, minutes) if len(people) else None


class _View:
    """The roster as one person meets it: whom each rule allows among those with a common topic."""

    def __init__(self, outlook: _Outlook, at: int) -> None:
        self._outlook = outlook
        self._at = at
        self._fitting = outlook.with_topics(at, related=outlook.rules.related_is_enough)
        self._allows = self._rules_for(self._fitting)

    def _rules_for(self, others: Whole) -> dict[Rule, Mask]:
        """What each rule but that of topics says of some others."""
        ourselves = np.full(len(others), self._at)
        roster, rules = self._outlook.roster, self._outlook.rules
        return {
            rule: allows(roster, rules, ourselves, others)
            for rule, allows in PUBLIC.items()
            if rule is not Rule.TOPICS
        }

    def funnel(self) -> tuple[FunnelStep, ...]:
        """How the roster narrows down, rule by rule; private rules have no step."""
        left = np.ones(len(self._fitting), dtype=np.bool_)
        found = []
        for rule in PUBLIC:
            if rule is Rule.PLACES:
                others = int(self._outlook.roster.open.sum()) - 1
                left = left & self._allows[rule]
            elif rule is Rule.TOPICS:
                others = int(left.sum())
            else:
                left = left & self._allows[rule]
                others = int(left.sum())
            found.append(FunnelStep(rule, others))
        return tuple(found)

    def supply(self, text: str) -> TopicSupply:
        """How many of the others with places free teach a topic, and how many want it."""
        roster = self._outlook.roster
        topic = roster.topics.number[text]
        who = (roster.topics.teachers[topic], roster.topics.learners[topic])
        return TopicSupply(text, *(int(roster.open[people[people != self._at]].sum()) for people in who))

    def helps(self) -> tuple[Help, ...]:
        """What alone would bring somebody into reach, that with free people first, then the cheapest."""
        rules, told = self._outlook.rules, self._outlook
        strangers = self._strangers()
        found = [
            *self._topic_helps(strangers),
            self._hours_help(),
            told.help(HelpKind.MEET_AGAIN, self._only(Rule.MET)),
            None if rules.allow_lateral else told.help(HelpKind.LATERAL_PAIRS, self._only(Rule.LEVELS)),
            None if rules.related_is_enough else told.help(HelpKind.RELATED_TOPICS, self._nearly(strangers)),
        ]
        in_reach = self._fitting[_all(self._allows.values())]
        if len(in_reach):
            # Nobody in reach counts as free here: a free one would betray the private rule between the two.
            found.append(Help(HelpKind.MORE_PLACES, len(in_reach), 0))
        known = [one for one in found if one is not None]
        order = list(HelpKind)
        known.sort(key=lambda one: (not one.free, order.index(one.kind), -one.free, -one.people, one.topic))
        return tuple(known[:MOST_HELPS])

    def _only(self, rule: Rule) -> Whole:
        """Those with a common topic whom that rule alone keeps away."""
        rest = _all([allowed for other, allowed in self._allows.items() if other is not rule])
        kept_away: Whole = self._fitting[rest & ~self._allows[rule]]
        return kept_away

    def _strangers(self) -> Whole:
        """Everybody whom nothing but the topics keeps away."""
        others = np.setdiff1d(self._outlook.everybody, self._fitting, assume_unique=True)
        others = others[others != self._at]
        strangers: Whole = others[_all(self._rules_for(others).values())]
        return strangers

    def _topic_helps(self, strangers: Whole) -> Iterable[Help | None]:
        """The topic to teach and the topic to learn that bring most people into reach, free ones first."""
        outlook, topics = self._outlook, self._outlook.roster.topics
        own = np.append(topics.wants[self._at], topics.gives[self._at])
        reached, free = np.zeros((2, len(outlook.everybody)), dtype=np.bool_)
        reached[strangers] = True
        free[strangers] = outlook.spare[strangers]
        for kind, (named, owners) in outlook.declared.items():
            people = _counts(named[reached[owners]], len(topics.shown))
            people[own] = 0
            if kind is HelpKind.TEACH:
                people[outlook.rare] = 0
            if people.any():
                spare = np.where(people, _counts(named[free[owners]], len(topics.shown)), -1)
                best = int(np.lexsort((-people, -spare))[0])
                yield Help(kind, int(people[best]), int(spare[best]), topics.shown[best])

    def _hours_help(self) -> Help | None:
        """How many minutes more at both ends of the day reach somebody whom only the hours keep away."""
        outlook = self._outlook
        own = outlook.roster.window(self._at)
        away = self._only(Rule.HOURS)
        if own is None or not len(away):
            return None
        days = outlook.day[away]
        missing = np.zeros(len(outlook.days), dtype=np.int64)
        for day in np.unique(days).tolist():
            start, minutes = divmod(int(outlook.days[day]), 2 * DAY)
            missing[day] = _more_minutes(own, Window(start, minutes), outlook.rules)
        needed = missing[days]
        kinds = [more for more in np.unique(needed).tolist() if more]
        if not kinds:
            return None
        least = min(kinds, key=lambda more: (not outlook.spare[away[needed == more]].any(), more))
        return outlook.help(HelpKind.LONGER_HOURS, away[needed == least], minutes=least)

    def _nearly(self, strangers: Whole) -> Whole:
        """Those with a related but no same topic, whom nothing else keeps away."""
        near = self._outlook.with_topics(self._at, related=True)
        return strangers[among(strangers, near)]


def _all(masks: Iterable[Mask]) -> Mask:
    every: Mask = np.logical_and.reduce(list(masks))
    return every


def _counts(numbers: Whole, size: int) -> Whole:
    counts: Whole = np.bincount(numbers, minlength=size)
    return counts


def _more_minutes(own: Window, other: Window, rules: Rules) -> int:
    """Minutes more at both ends of our day with which the hours are enough; 0 where none are."""
    quarters = range(15, _WIDEST_DAY + 1, 15)
    least = rules.min_overlap_minutes
    return next((extra for extra in quarters if common_minutes(own.wider(extra), other) >= least), 0)
