"""One matching run: roster and rules in, pairs with their reasons out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.matching.arrays import Whole, among
from bot.matching.candidates import Candidates, candidates
from bot.matching.engines.plain import PlainEngine
from bot.matching.explain import describe, standings
from bot.matching.groups import grouped
from bot.matching.model import Figures, Limits, MatchedPair, MatchResult, Notice, NoticeKind, Person, Rules
from bot.matching.problem import Engine, Problem, Solution
from bot.matching.roster import Roster, encode, keys_of, seeded, unordered
from bot.matching.rules import allowed
from bot.matching.scoring import worths
from bot.matching.topics import Topics
from bot.matching.unmatched import nobody_for

_LONGEST_WAIT = 3
"""Rounds of waiting that count; who waited longer is no further ahead."""
Pairs = Sequence[tuple[int, int]]
Watch = Callable[[float], None]
_ENCODED, _WEIGHED, _SOLVED = 0.1, 0.5, 0.9
"""Shares of the work that is done after each part, about."""


def _unwatched(_share: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a house matches with: its topics, and the engine that is installed."""

    topics: Topics
    engine: Engine


@dataclass(frozen=True, slots=True)
class _Locked:
    """Locked pairs the rules allow, as positions, and the ids of those they do not."""

    pairs: tuple[tuple[int, int], ...]
    refused: tuple[tuple[str, str], ...]


def match(  # noqa: PLR0913 # everything that a run depends on is named
    people: Iterable[Person],
    rules: Rules,
    *,
    limits: Limits | None = None,
    reference: datetime,
    topics: Topics,
    seed: int = 0,
    engine: Engine | None = None,
    watch: Watch | None = None,
) -> MatchResult:
    """Pair people so that the rules hold, most people have a pair, and pairs are worth most.

    `reference` (aware) is the moment whose zone offsets count. The same people, rules, limits, topics and
    seed give the same result in whatever order they come; the seed decides only between choices worth
    the same. `watch` is told how much is done, from 0 to 1. Raises RosterError when two people have one id.
    """
    watch = watch or _unwatched
    limits = limits or Limits()
    engine = engine or PlainEngine()
    roster = encode(seeded(people, seed), rules, limits, reference, topics)
    places = _places(roster)
    locked = _locked(roster, rules, limits, places)
    kept = keys_of(limits.kept, roster.index)
    watch(_ENCODED)
    found = _found(roster, rules, _Wanted(places, locked.pairs, kept), engine.most_edges)
    watch(_WEIGHED)
    problem = _problem(roster, rules, locked, places, found)
    solution = engine.solve(problem)
    watch(_SOLVED)
    result = _result(roster, rules, _Run(locked, kept, found, solution, engine.name))
    watch(1)
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """What candidates are looked for: places left by position, pairs that are taken, keys of kept pairs."""

    places: Whole
    locked: Pairs
    kept: Whole


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    locked: _Locked
    kept: Whole
    found: Candidates
    solution: Solution
    engine: str


def _places(roster: Roster) -> Whole:
    """Everybody's places, no more than there are people; none where a person cannot take part."""
    most = len(roster.people)
    places = np.array([min(person.places, most) for person in roster.people], dtype=np.int64)
    return np.where(roster.open, places, 0)


def _locked(roster: Roster, rules: Rules, limits: Limits, places: Whole) -> _Locked:
    """Take locked pairs by their ids while both have a place and every rule holds; `places` shrink."""
    pairs: list[tuple[int, int]] = []
    refused = []
    for ids in sorted({unordered(pair) for pair in limits.locked}):
        one, other = (roster.index.get(name, -1) for name in ids)
        known = one >= 0 and other >= 0 and one != other
        free = known and places[one] and places[other]
        if free and len(allowed(roster, rules, *_columns([(one, other)]))[0]):
            pairs.append((one, other))
            places[[one, other]] -= 1
        else:
            refused.append(ids)
    return _Locked(tuple(pairs), tuple(refused))


def _columns(pairs: Pairs) -> tuple[Whole, Whole]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _found(roster: Roster, rules: Rules, wanted: _Wanted, most: int) -> Candidates:
    """The candidates, kept pairs always among them and worth more, locked ones not."""
    found = candidates(roster, rules, wanted.places > 0, most)
    if not len(wanted.kept) and not wanted.locked:
        return found
    missing = wanted.kept[~among(wanted.kept, roster.key(found.one, found.other))]
    ends = missing // max(1, len(roster.people)), missing % max(1, len(roster.people))
    room = (wanted.places[ends[0]] > 0) & (wanted.places[ends[1]] > 0)
    ends = allowed(roster, rules, ends[0][room], ends[1][room])
    one, other = np.append(found.one, ends[0]), np.append(found.other, ends[1])
    worth = np.append(found.worth, worths(roster, rules, *ends))
    keys = roster.key(one, other)
    order = np.argsort(keys, kind="stable")
    order = order[~among(keys[order], np.sort(roster.key(*_columns(wanted.locked))))]
    worth = worth[order] + np.where(among(keys[order], wanted.kept), rules.keep, 0)
    return Candidates(one[order], other[order], worth, found.cut)


def _problem(roster: Roster, rules: Rules, locked: _Locked, places: Whole, found: Candidates) -> Problem:
    bonus = _bonuses(roster, rules)
    bonus[[at for pair in locked.pairs for at in pair]] = 0
    return grouped(roster, found, Problem(places, bonus, found.one, found.other, found.worth), locked.pairs)


def _bonuses(roster: Roster, rules: Rules) -> Whole:
    """The points for everybody's first pair."""
    waits = [max(0, min(_LONGEST_WAIT, person.waiting)) for person in roster.people]
    return rules.coverage + rules.first_in_line * np.array(waits, dtype=np.int64)


def _result(roster: Roster, rules: Rules, run: _Run) -> MatchResult:
    chosen = np.array(run.solution.chosen, dtype=np.int64)
    pairs = list(zip(run.found.one[chosen].tolist(), run.found.other[chosen].tolist(), strict=True))
    together = [*run.locked.pairs, *pairs]
    used = np.bincount(np.array(together, dtype=np.int64).ravel(), minlength=len(roster.people))
    described = [
        *describe(roster, rules, run.locked.pairs, locked=True),
        *describe(roster, rules, pairs, standings=standings(run.found, chosen)),
    ]
    spare = _places(roster) > used
    notices = [*roster.notices, *(Notice(NoticeKind.LOCK_NOT_OPEN, ids) for ids in run.locked.refused)]
    cut = tuple(sorted(roster.people[at].id for at in run.found.cut.tolist()))
    alone = np.flatnonzero(used == 0).tolist()
    return MatchResult(
        pairs=tuple(sorted(described, key=lambda pair: (-pair.score, pair.a, pair.b))),
        unmatched=tuple(sorted(nobody_for(roster, rules, alone, spare), key=lambda one: one.id)),
        figures=_figures(roster, described, run, _locked_value(roster, rules, run), int((used > 0).sum())),
        notices=(*notices, *((Notice(NoticeKind.CANDIDATES_CUT, cut),) if cut else ())),
    )


def _locked_value(roster: Roster, rules: Rules, run: _Run) -> int:
    one, other = _columns(run.locked.pairs)
    value = int(worths(roster, rules, one, other).sum())
    value += rules.keep * int(among(roster.key(one, other), run.kept).sum())
    return value + int(_bonuses(roster, rules)[np.unique(np.append(one, other))].sum())


def _figures(roster: Roster, pairs: Sequence[MatchedPair], run: _Run, fixed: int, matched: int) -> Figures:
    person = [(roster.people[roster.index[pair.a]], roster.people[roster.index[pair.b]]) for pair in pairs]
    upward = (bool(pair.b_learns) and a.level < b.level for pair, (a, b) in zip(pairs, person, strict=True))
    return Figures(
        people=len(roster.people),
        available=int(roster.open.sum()),
        matched=matched,
        pairs=len(pairs),
        reciprocal=sum(pair.reciprocal for pair in pairs),
        cross_level=sum(a.level != b.level for a, b in person),
        cross_department=sum(a.department != b.department for a, b in person),
        upward=sum(upward),
        total_score=sum(pair.score for pair in pairs),
        objective=fixed + run.solution.value,
        bound=fixed + run.solution.bound,
        complete=not len(run.found.cut),
        engine=run.engine,
    )
