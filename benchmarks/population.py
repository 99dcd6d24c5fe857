"""Made-up companies for the matching benchmark: the same size and seed, the same company.

Eight levels as a pyramid with a line of managers through it, 40 departments, 30 places with their zones, 500
topics of which a few are wanted and taught by very many (Zipf), related topics, places, languages, pairs that
have met and pairs that are kept apart. Written before the engine was tuned on it, and not changed since.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.matching import Limits, Person, Topic, Topics, WorkingHours

TOPICS = 500
DEPARTMENTS = 40
LEVEL_SHARES = (0.26, 0.24, 0.19, 0.13, 0.09, 0.055, 0.025, 0.01)
SPAN = 8
"""People of the level below for each manager, about."""
PLACES = ((1, 0.6), (2, 0.23), (3, 0.09), (4, 0.05), (6, 0.03))
COUNTS = ((1, 0.15), (2, 0.3), (3, 0.3), (4, 0.15), (5, 0.1))
"""How many topics people name, with the share of people who name so many."""
LANGUAGES = ("de", "fr", "es", "pt", "hi", "ja", "zh", "pl", "sv", "it", "nl")
ZONES = (
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Toronto",
    "America/Mexico_City",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Warsaw",
    "Europe/Madrid",
    "Europe/Stockholm",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Population:
    """Everything that one matching run is asked with."""

    people: tuple[Person, ...]
    topics: Topics
    limits: Limits


def population(size: int, seed: int, *, places: int | None = None) -> Population:
    """A company of so many people; `places` gives everybody that many instead of drawn ones."""
    draw = np.random.default_rng([size, seed])
    names = [f"Craft {at:03}" for at in range(TOPICS)]
    topics = Topics(_topic(names, at, draw) for at in range(TOPICS))
    popularity = 1 / (1 + np.arange(TOPICS))
    wanted = draw.permutation(popularity) / popularity.sum()
    taught = 0.5 * wanted + 0.5 * draw.permutation(popularity) / popularity.sum()
    levels = 1 + draw.choice(len(LEVEL_SHARES), size, p=LEVEL_SHARES)
    managers = _managers(levels, draw)
    departments = draw.integers(DEPARTMENTS, size=size)
    sites = draw.choice(len(ZONES), size, p=_skewed(len(ZONES), draw))
    starts = draw.choice([7 * 60, 8 * 60, 9 * 60, 10 * 60], size, p=[0.1, 0.3, 0.45, 0.15])
    room = _drawn(PLACES, size, draw) if places is None else np.full(size, places)
    learn, teach = (_declared(names, shares, size, draw) for shares in (wanted, taught))
    people = tuple(
        Person(
            id=f"P{at:06}",
            level=int(levels[at]),
            department=f"Department {departments[at]}",
            learn=learn[at],
            teach=teach[at],
            hours=WorkingHours(ZONES[sites[at]], int(starts[at]), int(starts[at]) + 8 * 60),
            places=int(room[at]),
            languages=_languages(draw),
            manager=None if managers[at] < 0 else f"P{managers[at]:06}",
        )
        for at in range(size)
    )
    return Population(
        people, topics, Limits(history=_pairs(size, size, draw), forbidden=_pairs(size, size // 4, draw))
    )


def _topic(names: list[str], at: int, draw: np.random.Generator) -> Topic:
    """A topic with one or two relations of its own: with those of others, two to four."""
    others = [int(other) for other in draw.integers(TOPICS, size=draw.integers(1, 3)) if other != at]
    credit = {names[other]: int(draw.integers(50, 81)) for other in others}
    return Topic(names[at], related=MappingProxyType(credit))


def _managers(levels: Whole, draw: np.random.Generator) -> Whole:
    """For everybody somebody of the next level that there is, or -1 at the top."""
    managers = np.full(len(levels), -1)
    for level in np.unique(levels):
        above = levels[levels > level]
        if len(above):
            bosses = np.flatnonzero(levels == above.min())
            own = np.flatnonzero(levels == level)
            managers[own] = bosses[draw.integers(max(1, min(len(bosses), len(own) // SPAN)), size=len(own))]
    return managers


def _skewed(count: int, draw: np.random.Generator) -> NDArray[np.float64]:
    weights = draw.permutation(1 / (3 + np.arange(count)))
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _drawn(table: tuple[tuple[int, float], ...], size: int, draw: np.random.Generator) -> Whole:
    values, shares = zip(*table, strict=True)
    return draw.choice(np.array(values), size, p=shares)


def _declared(
    names: list[str], shares: NDArray[np.float64], size: int, draw: np.random.Generator
) -> list[tuple[str, ...]]:
    counts = _drawn(COUNTS, size, draw)
    drawn = draw.choice(len(names), (size, int(counts.max())), p=shares)
    return [
        tuple(dict.fromkeys(names[topic] for topic in row[:count]))
        for row, count in zip(drawn.tolist(), counts.tolist(), strict=True)
    ]


def _languages(draw: np.random.Generator) -> frozenset[str]:
    if draw.random() < 0.1:  # noqa: PLR2004 - one in ten states none
        return frozenset()
    spoken = {LANGUAGES[int(draw.integers(len(LANGUAGES)))]}
    return frozenset(spoken | {"en"} if draw.random() < 0.85 else spoken)  # noqa: PLR2004 - most speak English


def _pairs(size: int, count: int, draw: np.random.Generator) -> tuple[tuple[str, str], ...]:
    ends = draw.integers(size, size=(count, 2)).tolist() if size else []
    return tuple((f"P{one:06}", f"P{other:06}") for one, other in ends if one != other)
