"""What a pair is worth: whole points for what both sides gain and for how the two complement each other."""

from collections.abc import Mapping, Sequence

from bot.matching.model import Part, Rules
from bot.matching.roster import Roster
from bot.matching.topics import FULL_CREDIT

PERCENT = 100
BEST_LEVEL_GAP = 3
"""Rungs apart from which distance counts in full; more distance is neither better nor worse."""
FULL_DAY_SHARED = 480
"""Shared minutes a day from which the hours count in full."""
TOPIC_SHARES = (80, 15, 5)
"""Percent of a side's gain that its best, second and third topic make."""


def gain(wants: Sequence[str], helps: Mapping[str, int]) -> tuple[int, bool]:
    """What somebody who wants these topics gains from somebody who gives those credits.

    In percent, the best topics counting most; and whether one topic is given just as it is wanted.
    """
    if len(wants) == 1:
        credit = helps.get(wants[0], 0)
        return TOPIC_SHARES[0] * credit // PERCENT, credit == FULL_CREDIT
    best = sorted([helps.get(wanted, 0) for wanted in wants], reverse=True)
    if not best or not best[0]:
        return 0, False
    total = sum([share * credit for share, credit in zip(TOPIC_SHARES, best, strict=False)])
    return total // PERCENT, best[0] == FULL_CREDIT


def both_learn(roster: Roster, one: int, other: int) -> bool:
    """Whether each gives the other at least one topic just as it is wanted."""
    return _gain(roster, one, other)[1] and _gain(roster, other, one)[1]


def _gain(roster: Roster, learner: int, teacher: int) -> tuple[int, bool]:
    return gain(roster.wants[learner], roster.helps[teacher])


def parts(roster: Roster, rules: Rules, one: int, other: int) -> tuple[Part, ...]:
    """The components of a pair's score, each rounded down; the order of the two does not matter."""
    gains = _gain(roster, one, other)[0], _gain(roster, other, one)[0]
    ours, theirs = roster.people[one], roster.people[other]
    gap = min(BEST_LEVEL_GAP, abs(ours.level - theirs.level))
    minutes = min(FULL_DAY_SHARED, roster.minutes(one, other))
    return (
        Part("gain", rules.gain * sum(gains) // (2 * PERCENT)),
        Part("mutual", rules.mutual * min(gains) // PERCENT),
        Part("levels", rules.levels * gap // BEST_LEVEL_GAP),
        Part("departments", rules.departments if ours.department != theirs.department else 0),
        Part("hours", rules.hours * minutes // FULL_DAY_SHARED),
    )


def score(roster: Roster, rules: Rules, one: int, other: int) -> int:
    """A pair's score, 0..1000 with the default rules."""
    return sum(part.points for part in parts(roster, rules, one, other))
