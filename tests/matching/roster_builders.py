"""Builders for matching tests: people with defaults, a fixed moment, runs in one line."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from bot.catalogue import load_topics
from bot.matching import Limits, MatchedPair, MatchResult, Person, Rules, Topics, WorkingHours, match
from bot.matching.arrays import Whole, nothing
from bot.matching.engines.fast import FastEngine
from bot.matching.engines.plain import PlainEngine
from bot.matching.problem import Engine, Problem

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPICS: Topics = load_topics()
DATA = Path(__file__).parent.parent / "data"
LARGE = Path(__file__).parents[2] / "benchmarks" / "data"


def a_person(
    name: str,
    level: int = 1,
    *,
    learn: Sequence[str] = (),
    teach: Sequence[str] = (),
    department: str | None = None,
    zone: str = "Europe/Berlin",
    start: int = 540,
    end: int = 1020,
    places: int = 1,
    languages: Iterable[str] = (),
    manager: str | None = None,
    waiting: int = 0,
    one_per_topic: bool = False,
) -> Person:
    return Person(
        id=name,
        level=level,
        department=department if department is not None else f"Department of {name}",
        learn=tuple(learn),
        teach=tuple(teach),
        hours=WorkingHours(zone, start, end),
        places=places,
        languages=frozenset(languages),
        manager=manager,
        waiting=waiting,
        one_per_topic=one_per_topic,
    )


ENGINES: tuple[Engine, ...] = (PlainEngine(), FastEngine())


def a_run(
    *people: Person,
    rules: Rules | None = None,
    limits: Limits | None = None,
    seed: int = 0,
    topics: Topics = TOPICS,
    engine: Engine | None = None,
) -> MatchResult:
    """Match with defaults."""
    given = rules or Rules()
    return match(
        people,
        given,
        limits=limits,
        reference=MONDAY,
        topics=topics,
        seed=seed,
        engine=engine or PlainEngine(),
    )


def ids(result: MatchResult) -> set[tuple[str, str]]:
    """The pairs of a result as (a, b)."""
    return {(pair.a, pair.b) for pair in result.pairs}


def people_of(file: str) -> list[Person]:
    """A roster of `tests/data` as people."""
    folder = LARGE if file == "people_5000.csv" else DATA
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        return [_person(row) for row in csv.DictReader(lines)]


def _person(row: dict[str, str]) -> Person:
    return a_person(
        row["id"],
        int(row["level"]),
        learn=_split(row["learn"]),
        teach=_split(row["teach"]),
        department=row["department"],
        zone=row["timezone"],
        places=int(row["places"]),
        languages=_split(row["languages"]),
        manager=row["manager"] or None,
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def broken_rules(people: Sequence[Person], pairs: Sequence[MatchedPair], least: int = 30) -> Iterator[str]:
    """Every hard rule a set of pairs breaks, checked without any code of the engine."""
    by_id = {person.id: person for person in people}
    boss = {person.id: person.manager for person in people}
    together = Counter(frozenset((pair.a, pair.b)) for pair in pairs)
    yield from (f"twice {set(pair)}" for pair, times in together.items() if times > 1)
    used = Counter(name for pair in pairs for name in (pair.a, pair.b))
    yield from (f"{name} is in more pairs than places" for name in used if used[name] > by_id[name].places)
    for pair in pairs:
        a, b = by_id[pair.a], by_id[pair.b]
        if a.level >= b.level:
            yield f"{pair.a} is not below {pair.b}"
        yield from between(a, b, boss, least)


def between(a: Person, b: Person, boss: Mapping[str, str | None], least: int = 30) -> Iterator[str]:
    """Every hard rule between two people, checked without any code of the engine."""
    if a.level == b.level:
        yield f"{a.id} and {b.id} are on one level"
    if a.languages and b.languages and not a.languages & b.languages:
        yield f"{a.id} and {b.id} share no language"
    if not (set(a.learn) & set(b.teach)) and not (set(b.learn) & set(a.teach)):
        yield f"{a.id} and {b.id} have nothing to exchange"
    if b.id in _above(a.id, boss) or a.id in _above(b.id, boss):
        yield f"{a.id} and {b.id} are in one line"
    if _shared_minutes(a, b) < least:
        yield f"{a.id} and {b.id} are never at work together"


def _above(name: str, boss: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    current = boss.get(name)
    while current is not None and current not in found:
        found.add(current)
        current = boss.get(current)
    return found


def _shared_minutes(a: Person, b: Person) -> int:
    return len(_at_work(a.hours) & _at_work(b.hours))


@cache
def _at_work(hours: WorkingHours) -> frozenset[int]:
    """The minutes of a UTC day at which somebody is at work, an hour more on both sides."""
    offset = MONDAY.astimezone(ZoneInfo(hours.zone)).utcoffset()
    assert offset is not None
    shift = int(offset.total_seconds() // 60)
    end = hours.end if hours.end > hours.start else hours.end + 1440
    return frozenset((minute - shift) % 1440 for minute in range(hours.start - 60, end + 60))


@dataclass(frozen=True)
class Edge:
    """A possible pair of a small problem, with the groups it is in at its two ends (-1 for none)."""

    one: int
    other: int
    worth: int
    one_group: int = -1
    other_group: int = -1


def a_problem(
    places: Sequence[int], bonus: Sequence[int], edges: Sequence[Edge], owner: Sequence[int] = ()
) -> Problem:
    """A problem as engines get it; `owner` are the people whose the groups are."""

    def column(name: str) -> Whole:
        return np.array([getattr(edge, name) for edge in edges], dtype=np.int64)

    return Problem(
        places=np.array(places, dtype=np.int64),
        bonus=np.array(bonus, dtype=np.int64),
        one=column("one"),
        other=column("other"),
        worth=column("worth"),
        owner=np.array(owner, dtype=np.int64),
        one_group=column("one_group") if owner else nothing(),
        other_group=column("other_group") if owner else nothing(),
    )


def edges_of(problem: Problem) -> list[Edge]:
    """The edges of a problem."""
    alone = [-1] * len(problem.one)
    groups = (problem.one_group.tolist() or alone, problem.other_group.tolist() or alone)
    columns = problem.one.tolist(), problem.other.tolist(), problem.worth.tolist(), *groups
    return [Edge(*row) for row in zip(*columns, strict=True)]


def fits(problem: Problem, chosen: Sequence[int]) -> bool:
    """Whether a choice of edges keeps to places and groups."""
    edges = [edges_of(problem)[at] for at in chosen]
    used = Counter(end for edge in edges for end in (edge.one, edge.other))
    groups = Counter(group for edge in edges for group in {edge.one_group, edge.other_group} if group >= 0)
    places = problem.places.tolist()
    alone = len(set(chosen)) == len(chosen) and max(groups.values(), default=0) <= 1
    return alone and all(count <= places[at] for at, count in used.items())


def best_by_brute_force(problem: Problem) -> int:
    """The most any choice of edges is worth, by taking and leaving each in turn."""
    places, bonus = problem.places.tolist(), problem.bonus.tolist()
    edges = edges_of(problem)
    used = [0] * len(places)
    full: set[int] = set()

    def best(at: int) -> int:
        if at == len(edges):
            return sum(extra for extra, count in zip(bonus, used, strict=True) if count)
        left_out = best(at + 1)
        edge = edges[at]
        groups = {edge.one_group, edge.other_group} - {-1}
        if used[edge.one] >= places[edge.one] or used[edge.other] >= places[edge.other] or groups & full:
            return left_out
        used[edge.one] += 1
        used[edge.other] += 1
        full.update(groups)
        taken = edge.worth + best(at + 1)
        used[edge.one] -= 1
        used[edge.other] -= 1
        full.difference_update(groups)
        return max(left_out, taken)

    return best(0)
