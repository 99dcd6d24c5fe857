"""What goes into a matching run and what comes out of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType

from bot.matching.hours import WorkingHours
from bot.matching.reasons import FunnelStep, Help, Reason, TopicSupply, WhyNobody

IdPairs = Collection[tuple[str, str]]
MOST_POINTS = 100_000
"""What a number of the rules may be at most: sums of them fit into 32 bits with room to spare."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as matching sees them.

    `learn` and `teach` hold topic names; `places` is how many new pairs are possible now (0 keeps a
    person out but leaves them in the reporting line); `languages` empty means not stated; `manager` may
    be somebody outside the roster; `waiting` counts the rounds this person has been first in line. With
    `one_per_topic` each partner counts for the first wanted topic they teach, and no two for the same.
    """

    id: str
    level: int
    department: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    hours: WorkingHours
    places: int = 1
    languages: frozenset[str] = frozenset()
    manager: str | None = None
    waiting: int = 0
    one_per_topic: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """A programme's matching rules, all in whole numbers.

    `gain`, `mutual`, `levels`, `departments` and `hours` share out the 1,000 points of a pair's score:
    the mean of what both sides gain, the smaller of the two gains, the distance in levels, being from
    different departments, and the hours in common. The others are points on top that steer the choice:
    `coverage` for everybody's first pair, `first_in_line` for every round somebody has waited,
    `reciprocity` for a pair with exchanges both ways, `keep` for a pair that exists in `kept`. ValueError for
    a number that is not from 0 to MOST_POINTS.
    """

    allow_lateral: bool = False
    related_is_enough: bool = False
    min_overlap_minutes: int = 30
    widen_minutes: int = 60
    gain: int = 400
    mutual: int = 300
    levels: int = 120
    departments: int = 100
    hours: int = 80
    coverage: int = 1500
    first_in_line: int = 1500
    reciprocity: int = 300
    keep: int = 100

    def __post_init__(self) -> None:
        wrong = [one.name for one in fields(self) if not 0 <= getattr(self, one.name) <= MOST_POINTS]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: a rule's number goes from 0 to {MOST_POINTS}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Which pairs are out or in beforehand; every pair of ids is unordered.

    `history` are pairs of earlier rounds and `again` those of them where both asked for more; `forbidden`
    is private (blocks, skips) and never told to anybody; `locked` must be in the result if the rules
    allow it; `kept` are favoured; `managers` gives the line of people outside the roster.
    """

    history: IdPairs = ()
    again: IdPairs = ()
    forbidden: IdPairs = ()
    locked: IdPairs = ()
    kept: IdPairs = ()
    managers: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a score and its points."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """Two people for each other; `a` is of the lower level (ties: the lower id).

    `a_learns` are topics a wants and b teaches, in a's own words; `b_learns` the other way. The `score`
    (0..1000) is the sum of its `parts`.
    """

    a: str
    b: str
    score: int
    a_learns: tuple[str, ...]
    b_learns: tuple[str, ...]
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    locked: bool = False

    @property
    def reciprocal(self) -> bool:
        """Whether both sides learn something they asked for."""
        return bool(self.a_learns and self.b_learns)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody this round has no pair for, with the rules that narrowed the roster down and what would help.

    It never speaks of private rules: who is kept apart from the last possible partner is told what
    somebody is told whose possible partners are all taken.
    """

    id: str
    why: WhyNobody
    funnel: tuple[FunnelStep, ...] = ()
    wanted: tuple[TopicSupply, ...] = ()
    offered: tuple[TopicSupply, ...] = ()
    helps: tuple[Help, ...] = ()


class NoticeKind(StrEnum):
    """What the run found in its input and worked around."""

    MANAGER_CYCLE = "manager_cycle"
    UNKNOWN_ZONE = "unknown_zone"
    NEGATIVE_PLACES = "negative_places"
    CANDIDATES_CUT = "candidates_cut"
    LOCK_NOT_OPEN = "lock_not_open"


@dataclass(frozen=True, slots=True)
class Notice:
    """One finding about the input and the ids it is about."""

    kind: NoticeKind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A run in numbers.

    `objective` is what the engine maximised (scores and points on top), `bound` a proven upper bound of
    it over every pair that was weighed; `complete` says that those were all the rules allow. `engine` is
    what solved it. `upward` counts pairs in which the higher level
    learns from the lower.
    """

    people: int
    available: int
    matched: int
    pairs: int
    reciprocal: int
    cross_level: int
    cross_department: int
    upward: int
    total_score: int
    objective: int
    bound: int
    complete: bool
    engine: str

    @property
    def gap(self) -> int:
        """Points by which the result may fall short of the best possible; 0 is proven best."""
        return self.bound - self.objective

    @property
    def proven(self) -> bool:
        """Whether no better result exists."""
        return self.complete and self.gap == 0


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Pairs by score downwards then by ids; people without a pair by id; figures; findings."""

    pairs: tuple[MatchedPair, ...]
    unmatched: tuple[Unmatched, ...]
    figures: Figures
    notices: tuple[Notice, ...] = ()


class RosterError(ValueError):
    """The same id stands for two people: {ids}."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(f"the roster holds more than one person with the id {', '.join(ids)}")
        self.ids = ids
