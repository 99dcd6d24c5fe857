"""The hard rules, each over pairs of positions: the only place that says who may meet whom."""

from collections.abc import Callable, Collection
from functools import reduce

import numpy as np

from bot.matching.arrays import Mask, Whole, among
from bot.matching.hours import DAY
from bot.matching.model import Rules
from bot.matching.reasons import Rule
from bot.matching.roster import Roster
from bot.matching.topics import FULL_CREDIT

Allows = Callable[[Roster, Rules, Whole, Whole], Mask]
"""Whether a rule allows each pair of positions."""


def _places(roster: Roster, _rules: Rules, one: Whole, other: Whole) -> Mask:
    return roster.open[one] & roster.open[other]


def _topics(roster: Roster, rules: Rules, one: Whole, other: Whole) -> Mask:
    best = np.maximum(roster.topics.gains(one, other)[1], roster.topics.gains(other, one)[1])
    common: Mask = best >= (1 if rules.related_is_enough else FULL_CREDIT)
    return common


def _levels(roster: Roster, rules: Rules, one: Whole, other: Whole) -> Mask:
    ours, theirs = (one, other) if rules.allow_lateral else (roster.rung[one], roster.rung[other])
    apart: Mask = ours != theirs
    return apart


def _line(roster: Roster, _rules: Rules, one: Whole, other: Whole) -> Mask:
    enters, leaves = roster.lines.enters, roster.lines.leaves
    ours, theirs = enters[one], enters[other]
    return ((ours > leaves[other]) | (theirs > ours)) & ((theirs > leaves[one]) | (ours > theirs))


def _language(roster: Roster, _rules: Rules, one: Whole, other: Whole) -> Mask:
    shared = (words[one] & words[other] for words in roster.languages)
    common: Mask = reduce(np.bitwise_or, shared) != 0
    return common


def _hours(roster: Roster, rules: Rules, one: Whole, other: Whole) -> Mask:
    return minutes_shared(roster, one, other) >= rules.min_overlap_minutes


def _met(roster: Roster, _rules: Rules, one: Whole, other: Whole) -> Mask:
    return ~among(roster.key(one, other), roster.met)


PUBLIC: dict[Rule, Allows] = {
    Rule.PLACES: _places,
    Rule.TOPICS: _topics,
    Rule.LEVELS: _levels,
    Rule.REPORTING_LINE: _line,
    Rule.LANGUAGE: _language,
    Rule.HOURS: _hours,
    Rule.MET: _met,
}
"""The rules that may be named, in the order in which a roster is narrowed down for one person."""

_QUICKEST_FIRST = (Rule.PLACES, Rule.LEVELS, Rule.LANGUAGE, Rule.HOURS, Rule.REPORTING_LINE, Rule.TOPICS)


def minutes_shared(roster: Roster, one: Whole, other: Whole) -> Whole:
    """Minutes of a day that the widened working days of each two have in common."""
    ours, theirs = roster.minutes[one], roster.minutes[other]
    later = roster.starts[other] - roster.starts[one]
    later += DAY * (later < 0)
    first = np.maximum(0, np.minimum(ours, later + theirs) - later)
    shared: Whole = np.minimum(DAY, first + np.maximum(0, np.minimum(ours, later - DAY + theirs)))
    return shared


def allowed(
    roster: Roster, rules: Rules, one: Whole, other: Whole, *, known: Collection[Rule] = ()
) -> tuple[Whole, Whole]:
    """Those of these pairs that no rule forbids, private ones included; `known` rules are known to hold."""
    for rule in _QUICKEST_FIRST:
        if rule not in known:
            holds = PUBLIC[rule](roster, rules, one, other)
            one, other = one[holds], other[holds]
    keys = roster.key(one, other)
    free = ~(among(keys, roster.met) | among(keys, roster.barred))
    return one[free], other[free]


def broken_between(roster: Roster, rules: Rules, one: int, other: int) -> tuple[Rule, ...]:
    """The public rules that stand between two positions, in the order of the funnel."""
    ends = np.array([one]), np.array([other])
    return tuple(rule for rule, allows in PUBLIC.items() if not allows(roster, rules, *ends)[0])
