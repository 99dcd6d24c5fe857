"""What a pair is worth: whole points for what both sides gain and for how the two complement each other."""

from bot.matching.model import Part, Rules
from bot.matching.roster import Roster

PERCENT = 100
BEST_LEVEL_GAP = 3
"""Rungs apart from which distance counts in full; more distance is neither better nor worse."""
FULL_DAY_SHARED = 480
"""Shared minutes a day from which the hours count in full."""
TOPIC_SHARES = (80, 15, 5)
"""Percent of a side's gain that its best, second and third topic make."""


def gain(roster: Roster, learner: int, teacher: int) -> int:
    """What a learner gains from a teacher, in percent: their three best topics, the best counting most."""
    helps = roster.helps[teacher]
    credits_given = [helps[wanted] for wanted in roster.wants[learner] if wanted in helps]
    if not credits_given:
        return 0
    credits_given.sort(reverse=True)
    return sum(share * credit for share, credit in zip(TOPIC_SHARES, credits_given, strict=False)) // PERCENT


def exact(roster: Roster, learner: int, teacher: int) -> bool:
    """Whether the teacher gives at least one topic just as the learner wants it."""
    return any(roster.helps[teacher].get(wanted) == PERCENT for wanted in roster.wants[learner])


def parts(roster: Roster, rules: Rules, one: int, other: int) -> tuple[Part, ...]:
    """The components of a pair's score, each rounded down; the order of the two does not matter."""
    gains = gain(roster, one, other), gain(roster, other, one)
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
