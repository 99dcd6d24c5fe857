"""Every pair the rules allow, with what it is worth to the programme."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.hours import Window, common_minutes
from bot.matching.model import Rules
from bot.matching.problem import Edge
from bot.matching.roster import Roster, members, unordered
from bot.matching.scoring import BEST_LEVEL_GAP, FULL_DAY_SHARED, TOPIC_SHARES, exact, score
from bot.matching.topics import FULL_CREDIT

MOST_PER_PERSON = 3000
"""Possible partners of one person that are weighed; of more, those are taken who come next by id."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The allowed pairs as edges, and how many people had more partners than are weighed."""

    edges: tuple[Edge, ...]
    cut: tuple[int, ...]


def worth(roster: Roster, rules: Rules, one: int, other: int, *, kept: bool = False) -> int:
    """A pair's score with the points on top that steer the choice."""
    both = exact(roster, one, other) and exact(roster, other, one)
    points = score(roster, rules, one, other)
    return points + (rules.reciprocity if both else 0) + (rules.keep if kept else 0)


def candidates(
    roster: Roster,
    rules: Rules,
    partners: Sequence[int],
    kept: frozenset[tuple[str, str]],
) -> Candidates:
    """Edges between each person and their allowed `partners` (a set of people for each position)."""
    edges = []
    cut = []
    context = _Context(roster, rules)
    for one, allowed in enumerate(partners):
        others = list(members(allowed))
        if len(others) > MOST_PER_PERSON:
            cut.append(one)
        later = [other for other in others if other > one][:MOST_PER_PERSON]
        edges.extend(context.edges(one, later))
    if kept:
        edges = [_favoured(roster, rules, edge, kept) for edge in edges]
    return Candidates(tuple(edges), tuple(cut))


def _favoured(roster: Roster, rules: Rules, edge: Edge, kept: frozenset[tuple[str, str]]) -> Edge:
    ids = unordered((roster.people[edge.one].id, roster.people[edge.other].id))
    return Edge(edge.one, edge.other, edge.worth + rules.keep) if ids in kept else edge


class _Context:
    """Tables that make weighing one pair a handful of look-ups; the sums are those of `scoring`."""

    def __init__(self, roster: Roster, rules: Rules) -> None:
        self._roster = roster
        self._rules = rules
        self._level = [person.level for person in roster.people]
        self._department = [person.department for person in roster.people]
        self._rung = [rules.levels * gap // BEST_LEVEL_GAP for gap in range(BEST_LEVEL_GAP + 1)]
        self._hours: dict[tuple[Window | None, Window | None], int] = {}

    def edges(self, one: int, others: Sequence[int]) -> list[Edge]:
        """One person's edges to others, in their order."""
        roster, rules = self._roster, self._rules
        level, department = self._level[one], self._department[one]
        own_window = roster.windows[one]
        found = []
        for other in others:
            ours, ours_exact = self._gain(one, other)
            theirs, theirs_exact = self._gain(other, one)
            points = rules.gain * (ours + theirs) // 200 + rules.mutual * min(ours, theirs) // 100
            points += self._rung[min(BEST_LEVEL_GAP, abs(level - self._level[other]))]
            points += rules.departments if department != self._department[other] else 0
            window = roster.windows[other]
            key = (own_window, window)
            hours = self._hours.get(key)
            if hours is None:
                hours = self._hours[key] = self._hours_points(own_window, window)
            points += hours + (rules.reciprocity if ours_exact and theirs_exact else 0)
            found.append(Edge(one, other, points))
        return found

    def _gain(self, learner: int, teacher: int) -> tuple[int, bool]:
        """The gain in percent and whether one topic is exact; `scoring.gain` and `exact` in one pass."""
        get = self._roster.helps[teacher].get
        wants = self._roster.wants[learner]
        if len(wants) == 1:
            credit = get(wants[0], 0)
            return TOPIC_SHARES[0] * credit // 100, credit == FULL_CREDIT
        credits_given = sorted([get(wanted, 0) for wanted in wants], reverse=True)
        if not credits_given or not credits_given[0]:
            return 0, False
        total = sum([share * credit for share, credit in zip(TOPIC_SHARES, credits_given, strict=False)])
        return total // 100, credits_given[0] == FULL_CREDIT

    def _hours_points(self, one: Window | None, other: Window | None) -> int:
        minutes = common_minutes(one, other) if one and other else 0
        return self._rules.hours * min(FULL_DAY_SHARED, minutes) // FULL_DAY_SHARED
