"""One matching run: roster and rules in, pairs with their reasons out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.matching.candidates import Candidates, candidates, worth
from bot.matching.engines.plain import PlainEngine
from bot.matching.explain import Options, describe
from bot.matching.model import Figures, Limits, MatchedPair, MatchResult, Notice, NoticeKind, Person, Rules
from bot.matching.problem import Engine, Problem, Solution
from bot.matching.roster import Roster, encode, seeded, unordered
from bot.matching.topics import Topics
from bot.matching.unmatched import nobody_for

_LONGEST_WAIT = 3
"""Rounds of waiting that count; who waited longer is no further ahead."""


@dataclass(frozen=True, slots=True)
class _Locked:
    """Locked pairs the rules allow, as positions, and the ids of those they do not."""

    pairs: tuple[tuple[int, int], ...]
    refused: tuple[tuple[str, str], ...]


def match(
    people: Iterable[Person],
    rules: Rules,
    *,
    limits: Limits | None = None,
    reference: datetime,
    topics: Topics,
    seed: int = 0,
    engine: Engine | None = None,
) -> MatchResult:
    """Pair people so that the rules hold, most people have a pair, and pairs are worth most.

    `reference` (aware) is the moment whose zone offsets count. The same people, rules, limits, topics and
    seed give the same result in whatever order they come; the seed decides only between choices worth
    the same. Raises RosterError when two people have one id.
    """
    limits = limits or Limits()
    roster = encode(seeded(people, seed), rules, limits, reference, topics)
    locked = _locked(roster, limits)
    partners = [_without(roster.allowed(at), at, locked.pairs) for at in range(len(roster.people))]
    kept = frozenset(unordered(pair) for pair in limits.kept)
    found = candidates(roster, rules, partners, kept)
    problem = _problem(roster, rules, locked, found)
    chosen = engine or PlainEngine()
    solution = chosen.solve(problem)
    return _result(roster, rules, _Run(locked, found, problem, solution, kept, chosen.name))


@dataclass(frozen=True, slots=True)
class _Run:
    locked: _Locked
    found: Candidates
    problem: Problem
    solution: Solution
    kept: frozenset[tuple[str, str]]
    engine: str


def _locked(roster: Roster, limits: Limits) -> _Locked:
    """Take locked pairs in order of their ids while both have a place and every rule holds."""
    left = [person.places for person in roster.people]
    pairs: list[tuple[int, int]] = []
    refused = []
    for ids in sorted({unordered(pair) for pair in limits.locked}):
        one, other = (roster.index.get(name, -1) for name in ids)
        known = one >= 0 and other >= 0 and one != other
        if known and left[one] > 0 and left[other] > 0 and roster.allowed(one) >> other & 1:
            pairs.append((one, other))
            left[one] -= 1
            left[other] -= 1
        else:
            refused.append(ids)
    return _Locked(tuple(pairs), tuple(refused))


def _without(partners: int, at: int, locked: Sequence[tuple[int, int]]) -> int:
    for one, other in locked:
        if at in (one, other):
            partners &= ~(1 << (other if at == one else one))
    return partners


def _problem(roster: Roster, rules: Rules, locked: _Locked, found: Candidates) -> Problem:
    places = [person.places if roster.open >> at & 1 else 0 for at, person in enumerate(roster.people)]
    bonus = [_bonus(rules, person) for person in roster.people]
    for at in (at for pair in locked.pairs for at in pair):
        places[at] -= 1
        bonus[at] = 0
    return Problem(places, bonus, found.one, found.other, found.worth)


def _bonus(rules: Rules, person: Person) -> int:
    return rules.coverage + rules.first_in_line * max(0, min(_LONGEST_WAIT, person.waiting))


def _result(roster: Roster, rules: Rules, run: _Run) -> MatchResult:
    chosen = [(run.found.one[at], run.found.other[at]) for at in run.solution.chosen]
    options = _options(run.found, {at for pair in chosen for at in pair})
    pairs = [describe(roster, rules, pair, locked=True) for pair in run.locked.pairs]
    pairs += [describe(roster, rules, pair, options=options) for pair in chosen]
    together = [*run.locked.pairs, *chosen]
    matched = {at for pair in together for at in pair}
    missing = [at for at in range(len(roster.people)) if at not in matched]
    spare = _spare(roster, together)
    fixed = _locked_value(roster, rules, run)
    cut = tuple(sorted(roster.people[at].id for at in run.found.cut))
    notices = [*roster.notices, *(Notice(NoticeKind.LOCK_NOT_OPEN, ids) for ids in run.locked.refused)]
    return MatchResult(
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))),
        unmatched=tuple(
            sorted((nobody_for(roster, rules, at, spare) for at in missing), key=lambda one: one.id)
        ),
        figures=_figures(roster, pairs, run, fixed, len(matched)),
        notices=(*notices, *((Notice(NoticeKind.CANDIDATES_CUT, cut),) if cut else ())),
    )


def _options(found: Candidates, wanted: set[int]) -> Options:
    """What every weighed pair of these people is worth, by person and by the other."""
    options: dict[int, dict[int, int]] = {at: {} for at in wanted}
    for one, other, points in zip(found.one, found.other, found.worth, strict=True):
        if one in wanted:
            options[one][other] = points
        if other in wanted:
            options[other][one] = points
    return options


def _spare(roster: Roster, together: Sequence[tuple[int, int]]) -> int:
    """The people who still have a place free."""
    used = Counter(at for pair in together for at in pair)
    left = (at for at, person in enumerate(roster.people) if person.places > used[at])
    return roster.open & sum(1 << at for at in left)


def _locked_value(roster: Roster, rules: Rules, run: _Run) -> int:
    value = 0
    for one, other in run.locked.pairs:
        ids = unordered((roster.people[one].id, roster.people[other].id))
        value += worth(roster, rules, one, other, kept=ids in run.kept)
    covered = {at for pair in run.locked.pairs for at in pair}
    return value + sum(_bonus(rules, roster.people[at]) for at in covered)


def _figures(roster: Roster, pairs: Sequence[MatchedPair], run: _Run, fixed: int, matched: int) -> Figures:
    person = {one.id: one for one in roster.people}
    levels = [(person[pair.a].level, person[pair.b].level) for pair in pairs]
    return Figures(
        people=len(roster.people),
        available=roster.open.bit_count(),
        matched=matched,
        pairs=len(pairs),
        reciprocal=sum(pair.reciprocal for pair in pairs),
        cross_level=sum(a != b for a, b in levels),
        cross_department=sum(person[pair.a].department != person[pair.b].department for pair in pairs),
        upward=sum(bool(pair.b_learns) and a < b for pair, (a, b) in zip(pairs, levels, strict=True)),
        total_score=sum(pair.score for pair in pairs),
        objective=fixed + run.solution.value,
        bound=fixed + run.solution.bound,
        complete=not run.found.cut,
        engine=run.engine,
    )
