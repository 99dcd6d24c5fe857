"""What a pair is worth: whole points for what both sides gain and for how the two complement each other."""

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.declared import PERCENT
from bot.matching.model import Rules
from bot.matching.roster import MOST_LEVELS_APART, Roster
from bot.matching.rules import minutes_shared
from bot.matching.topics import FULL_CREDIT

FULL_DAY_SHARED = 480
"""Shared minutes a day from which the hours count in full."""


def parts(roster: Roster, rules: Rules, one: Whole, other: Whole) -> dict[str, Whole]:
    """The components of each pair's score by name, rounded down; the order of the two does not matter."""
    return _parts(roster, rules, one, other, *_gains(roster, one, other)[:2])


def worths(roster: Roster, rules: Rules, one: Whole, other: Whole) -> Whole:
    """Each pair's score with the points for a pair in which both learn."""
    ours, theirs, both = _gains(roster, one, other)
    total = np.where(both, rules.reciprocity, 0)
    for points in _parts(roster, rules, one, other, ours, theirs).values():
        total += points
    return total


def _gains(roster: Roster, one: Whole, other: Whole) -> tuple[Whole, Whole, Whole]:
    """What each side gains in percent, and whether both get a topic just as they want it."""
    ours, best = roster.topics.gains(one, other)
    theirs, best_too = roster.topics.gains(other, one)
    return ours, theirs, (np.minimum(best, best_too) == FULL_CREDIT).astype(np.int64)


def _parts(
    roster: Roster, rules: Rules, one: Whole, other: Whole, ours: Whole, theirs: Whole
) -> dict[str, Whole]:
    gap = np.minimum(MOST_LEVELS_APART, np.abs(roster.rung[one] - roster.rung[other]))
    minutes = np.minimum(FULL_DAY_SHARED, minutes_shared(roster, one, other))
    apart = roster.department[one] != roster.department[other]
    return {
        "gain": rules.gain * (ours + theirs) // (2 * PERCENT),
        "mutual": rules.mutual * np.minimum(ours, theirs) // PERCENT,
        "levels": rules.levels * gap // MOST_LEVELS_APART,
        "departments": np.where(apart, rules.departments, 0),
        "hours": rules.hours * minutes // FULL_DAY_SHARED,
    }
