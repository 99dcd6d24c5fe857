"""What another choice would change: a pair forced, a pair forbidden, another roster or other rules."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.matching.explain import describe
from bot.matching.model import Limits, MatchedPair, MatchResult, Person, Rules
from bot.matching.problem import Engine
from bot.matching.reasons import Rule
from bot.matching.roster import Roster, encode, unordered
from bot.matching.rules import broken_between
from bot.matching.run import Watch, match
from bot.matching.topics import Topics

PRICE_STEP = 25
"""Prices are told in steps of so many points, rounded up and never 0.

A blocked pair that the run would else have chosen costs nothing; an open one that it has not chosen
may cost as little as one point. In steps the two read alike, so a price gives no block away.
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """From one result to another: pairs as (a, b), people by id, and points won (lost: below 0)."""

    kept: tuple[tuple[str, str], ...]
    ended: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    now_matched: tuple[str, ...]
    now_alone: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """Why two people are not a pair, as an owner may know it.

    `broken` are the public rules that stand between them. Where there are none, `pair` is what they would
    be, `price` what forcing them would cost at most (see PRICE_STEP) and `changes` what else it would do.
    """

    broken: tuple[Rule, ...]
    pair: MatchedPair | None = None
    price: int | None = None
    changes: Changes | None = None


def compare(before: MatchResult, after: MatchResult) -> Changes:
    """What changed between two runs."""
    old, new = _pairs(before), _pairs(after)
    old_people, new_people = _people(old), _people(new)
    return Changes(
        kept=tuple(sorted(old & new)),
        ended=tuple(sorted(old - new)),
        new=tuple(sorted(new - old)),
        now_matched=tuple(sorted(new_people - old_people)),
        now_alone=tuple(sorted(old_people - new_people)),
        points=after.figures.objective - before.figures.objective,
    )


def _pairs(result: MatchResult) -> set[tuple[str, str]]:
    return {(pair.a, pair.b) for pair in result.pairs}


def _people(pairs: set[tuple[str, str]]) -> set[str]:
    return {name for pair in pairs for name in pair}


@dataclass(frozen=True, slots=True)
class Setting:
    """What `match` is asked with, apart from limits; questions about its answer need the same again."""

    people: tuple[Person, ...]
    rules: Rules
    reference: datetime
    topics: Topics
    seed: int = 0
    engine: Engine | None = None

    def run(self, limits: Limits, *, watch: Watch | None = None) -> MatchResult:
        """Match within these limits; `watch` is told how much is done, from 0 to 1."""
        return match(
            self.people,
            self.rules,
            limits=limits,
            reference=self.reference,
            topics=self.topics,
            seed=self.seed,
            engine=self.engine,
            watch=watch,
        )

    def roster(self, limits: Limits) -> Roster:
        """The roster within these limits; RosterError when two people have one id."""
        return encode(self.people, self.rules, limits, self.reference, self.topics)


def explain_pair(one: str, other: str, setting: Setting) -> MatchedPair:
    """What two people are to each other, with reasons, whether or not the rules allow the pair.

    KeyError when an id is not in the roster.
    """
    roster = setting.roster(Limits())
    return describe(roster, setting.rules, [(roster.index[one], roster.index[other])])[0]


def why_not(one: str, other: str, setting: Setting, limits: Limits) -> PairAnswer:
    """Why two people are not a pair, or what it would take: two runs, the second with the pair locked.

    Where a private rule stands between the two, both runs are made as if it did not. KeyError when an id
    is not in the roster; ValueError when the two are one.
    """
    if one == other:
        raise ValueError("nobody pairs with themselves")
    roster = setting.roster(limits)
    broken = broken_between(roster, setting.rules, roster.index[one], roster.index[other])
    if broken:
        return PairAnswer(broken)
    pair = unordered((one, other))
    others_locked = [known for known in limits.locked if unordered(known) != pair]
    forbidden = [known for known in limits.forbidden if unordered(known) != pair]
    opened = replace(limits, forbidden=forbidden, locked=others_locked)
    free = setting.run(opened)
    forced = setting.run(replace(opened, locked=[*others_locked, pair]))
    found = next((known for known in forced.pairs if unordered((known.a, known.b)) == pair), None)
    if found is None:
        return PairAnswer((Rule.PLACES,))
    changes = compare(free, forced)
    return PairAnswer((), found, max(1, -(changes.points // PRICE_STEP)) * PRICE_STEP, changes)
