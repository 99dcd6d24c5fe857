"""What a pair is worth: whole points for what both sides gain and for how the two complement each other."""

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


def gain_of(credits_given: list[int]) -> int:
    """The gain in percent from the credit of each topic somebody wants; the best topics count most."""
    if len(credits_given) == 1:
        return TOPIC_SHARES[0] * credits_given[0] // PERCENT
    best = sorted(credits_given, reverse=True)
    return sum([share * credit for share, credit in zip(TOPIC_SHARES, best, strict=False)]) // PERCENT


def exact_among(credits_given: list[int]) -> bool:
    """Whether one topic is taught just as it is wanted."""
    return FULL_CREDIT in credits_given


def gain(roster: Roster, learner: int, teacher: int) -> int:
    """What a learner gains from a teacher, in percent."""
    return gain_of(_credits(roster, learner, teacher))


def exact(roster: Roster, learner: int, teacher: int) -> bool:
    """Whether the teacher gives at least one topic just as the learner wants it."""
    return exact_among(_credits(roster, learner, teacher))


def _credits(roster: Roster, learner: int, teacher: int) -> list[int]:
    helps = roster.helps[teacher]
    return [helps.get(wanted, 0) for wanted in roster.wants[learner]]


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
