"""A company of some forty people, drawn from a seed to look real: a pyramid, managers, topics, zones."""

from collections.abc import Sequence
from dataclasses import replace

from sandbox.company_lists import (
    DEPARTMENTS,
    FIRST_NAMES,
    FRESH,
    LAST_NAMES,
    OFFICES,
    PYRAMID,
    WISDOM,
    Department,
)
from sandbox.draw import Draw
from sandbox.people import RosterPerson

HIGH = 5
YEAR = 2026


def draw_company(seed: int) -> list[RosterPerson]:
    """The company of this seed, the same every time: everybody below the top has a manager above them."""
    draw = Draw(f"company {seed}")
    names = _names(draw, sum(PYRAMID))
    levels = [level for level, count in enumerate(PYRAMID, start=1) for _ in range(count)]
    people = [
        _person(draw, number, name, level)
        for number, (name, level) in enumerate(zip(names, levels, strict=True), start=1)
    ]
    return [replace(person, manager=_manager(draw, person, people)) for person in people]


def _names(draw: Draw, count: int) -> list[str]:
    first, last = draw.sample(FIRST_NAMES, count), draw.sample(LAST_NAMES, count)
    return [f"{one} {other}" for one, other in zip(first, last, strict=True)]


def _person(draw: Draw, number: int, name: str, level: int) -> RosterPerson:
    department = DEPARTMENTS[number % len(DEPARTMENTS)]
    office = draw.choice(OFFICES)
    teach = _teaches(draw, department, level)
    learn = [topic for topic in _learns(draw, department, level) if topic not in teach]
    years = min(level + draw.below(4), 14)
    return RosterPerson(
        id=f"P{number * 7 + 93:05d}",
        name=name,
        email=f"p{number * 7 + 93:05d}@example.com",
        level=level,
        department=department.name,
        location=office.city,
        timezone=office.timezone,
        manager=None,
        learn=tuple(learn),
        teach=tuple(teach),
        places=2 if draw.chance(35) else 1,
        languages=("en", *draw.sample(office.languages, draw.below(3))),
        since=f"{YEAR - years}-{draw.between(1, 10):02d}",
    )


def _teaches(draw: Draw, department: Department, level: int) -> list[str]:
    crafts = draw.sample(department.crafts, draw.between(1, 2))
    others = draw.sample(WISDOM, draw.between(1, 3)) if level >= HIGH - 1 else draw.sample(FRESH, 1)
    return list(dict.fromkeys([*crafts, *others]))


def _learns(draw: Draw, department: Department, level: int) -> list[str]:
    if level >= HIGH:
        wanted = draw.sample(FRESH, draw.between(1, 3))
    else:
        wanted = draw.sample(WISDOM, draw.between(1, 3))
    elsewhere = draw.choice([other for other in DEPARTMENTS if other is not department])
    return list(dict.fromkeys([*wanted, draw.choice(elsewhere.crafts)]))


def _manager(draw: Draw, person: RosterPerson, people: Sequence[RosterPerson]) -> str | None:
    above = [other for other in people if other.level > person.level]
    if not above:
        return None
    own = [other for other in above if other.department == person.department]
    candidates = own or above
    nearest = min(other.level for other in candidates)
    return draw.choice([other for other in candidates if other.level == nearest]).id
