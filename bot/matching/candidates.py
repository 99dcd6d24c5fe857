"""Every pair the rules allow, with what it is worth to the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from bot.matching.hours import common_minutes
from bot.matching.model import Rules
from bot.matching.roster import Roster, members, unordered
from bot.matching.scoring import BEST_LEVEL_GAP, FULL_DAY_SHARED, both_learn, gain, score

MOST_PAIRS = 250_000
"""Pairs a run weighs at most, for some seconds and 100 MB; beyond, each person keeps an equal share.

Measured at 5,000 people (1.7 million possible pairs): 0.01 percent below keeping everybody's best."""
LEAST_PER_PERSON = 24
"""Possible partners that are weighed for everybody, however large the roster."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs to choose from, by index, and the people who have more possible partners than are weighed."""

    one: list[int]
    other: list[int]
    worth: list[int]
    cut: tuple[int, ...]


def worth(roster: Roster, rules: Rules, one: int, other: int, *, kept: bool = False) -> int:
    """A pair's score with the points on top that steer the choice."""
    points = score(roster, rules, one, other)
    points += rules.reciprocity if both_learn(roster, one, other) else 0
    return points + (rules.keep if kept else 0)


def candidates(
    roster: Roster,
    rules: Rules,
    partners: Sequence[int],
    kept: frozenset[tuple[str, str]],
) -> Candidates:
    """The pairs between each person and their allowed `partners` (a set of people for each position)."""
    weighed, cut = _within_budget(roster, partners)
    found = Candidates([], [], [], cut)
    scale = _Scale(roster, rules)
    for one, allowed in enumerate(weighed):
        others = list(members(allowed >> one + 1))
        if others:
            later = [one + 1 + other for other in others]
            found.one.extend([one] * len(later))
            found.other.extend(later)
            found.worth.extend(scale.worths(one, later))
    if kept:
        _favour(roster, rules, found, kept)
    return found


def _favour(roster: Roster, rules: Rules, found: Candidates, kept: frozenset[tuple[str, str]]) -> None:
    name = [person.id for person in roster.people]
    for at, (one, other) in enumerate(zip(found.one, found.other, strict=True)):
        if unordered((name[one], name[other])) in kept:
            found.worth[at] += rules.keep


def _within_budget(roster: Roster, partners: Sequence[int]) -> tuple[Sequence[int], tuple[int, ...]]:
    """All partners while there are few; else for each person a share, exchanges both ways before others."""
    if sum(allowed.bit_count() for allowed in partners) <= 2 * MOST_PAIRS:
        return partners, ()
    share = max(LEAST_PER_PERSON, MOST_PAIRS // len(partners))
    weighed = [0] * len(partners)
    cut = []
    for one, allowed in enumerate(partners):
        chosen = _ring(allowed & roster.mutual[one], one, share)
        chosen += _ring(allowed & ~roster.mutual[one], one, share - len(chosen))
        if len(chosen) < allowed.bit_count():
            cut.append(one)
        for other in chosen:
            weighed[one] |= 1 << other
            weighed[other] |= 1 << one
    return weighed, tuple(cut)


def _ring(people: int, start: int, most: int) -> list[int]:
    """Members of a set in ring order after a position, so that everybody keeps other partners."""
    later = people >> start << start
    found = list(islice(members(later), most))
    return found + list(islice(members(people & ~later), most - len(found)))


class _Scale:
    """Tables that make weighing a pair a handful of look-ups; the sums are those of `scoring`."""

    def __init__(self, roster: Roster, rules: Rules) -> None:
        self._roster = roster
        self._rules = rules
        self._level = [person.level for person in roster.people]
        self._department = [person.department for person in roster.people]
        self._rung = [rules.levels * gap // BEST_LEVEL_GAP for gap in range(BEST_LEVEL_GAP + 1)]
        numbers = {window: at for at, window in enumerate(dict.fromkeys(roster.windows))}
        self._windows = list(numbers)
        self._window = [numbers[window] for window in roster.windows]
        self._hours: list[list[int] | None] = [None] * len(numbers)

    def worths(self, one: int, others: Sequence[int]) -> list[int]:
        """What one person's pairs with others are worth, in their order."""
        rules, levels, departments, windows = self._rules, self._level, self._department, self._window
        helps, wants = self._roster.helps, self._roster.wants
        own_help, own_wants = helps[one], wants[one]
        level, department, hours = levels[one], departments[one], self._hours_row(windows[one])
        found = []
        for other in others:
            ours, exact = gain(own_wants, helps[other])
            theirs, exact_too = gain(wants[other], own_help)
            points = (
                rules.gain * (ours + theirs) // 200
                + rules.mutual * min(ours, theirs) // 100
                + self._rung[min(BEST_LEVEL_GAP, abs(level - levels[other]))]
                + hours[windows[other]]
            )
            if department != departments[other]:
                points += rules.departments
            if exact and exact_too:
                points += rules.reciprocity
            found.append(points)
        return found

    def _hours_row(self, window: int) -> list[int]:
        row = self._hours[window]
        if row is None:
            own, rules = self._windows[window], self._rules
            shared = [common_minutes(own, other) if own and other else 0 for other in self._windows]
            row = [rules.hours * min(FULL_DAY_SHARED, minutes) // FULL_DAY_SHARED for minutes in shared]
            self._hours[window] = row
        return row
