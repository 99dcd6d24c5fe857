"""A roster made ready for matching: people by position, and every hard rule as a set of people.

A set of people is one whole number with a bit for each person (bit i is person i), so that narrowing a
roster down by a rule is a single operation however many people there are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from zlib import crc32

from bot.matching.hours import Window, common_minutes, utc_window, zone_offset
from bot.matching.model import IdPairs, Limits, Notice, NoticeKind, Person, RosterError, Rules
from bot.matching.topics import FULL_CREDIT, Topics


@dataclass(frozen=True, slots=True)
class Roster:
    """People in order with what the rules say about each: tuples are by position in `people`.

    Declared: `wants` and `gives` hold topic identities in declared order and `first_words` how the person
    put those they want; `identity` the identity of every text, `shown` the spelling of an identity that
    sorts first, `near` the credit of identities for each other, `helps` the credit (percent) each person
    can give on a topic, near ones included. `windows` are widened working days in UTC, `by_window` who
    has each, `offsets` minutes ahead of UTC.

    Sets of people: `open` (a place and a known zone), `teachers` and `learners` by topic identity; for
    each person those with an exchange (`topical`; `mutual`: both ways), those whom the rule of that name
    allows, and for `line`, `met` and `barred` those whom it forbids.
    """

    people: tuple[Person, ...]
    index: Mapping[str, int]
    windows: tuple[Window | None, ...]
    offsets: tuple[int, ...]
    by_window: Mapping[Window, int]
    identity: Mapping[str, str]
    shown: Mapping[str, str]
    first_words: tuple[tuple[str, ...], ...]
    wants: tuple[tuple[str, ...], ...]
    gives: tuple[tuple[str, ...], ...]
    helps: tuple[Mapping[str, int], ...]
    open: int
    everybody: int
    near: Mapping[str, Mapping[str, int]]
    teachers: Mapping[str, int]
    learners: Mapping[str, int]
    topical: tuple[int, ...]
    mutual: tuple[int, ...]
    other_level: tuple[int, ...]
    language: tuple[int, ...]
    hours: tuple[int, ...]
    line: tuple[int, ...]
    met: tuple[int, ...]
    barred: tuple[int, ...]
    notices: tuple[Notice, ...]

    def minutes(self, one: int, other: int) -> int:
        """Minutes a day two people share after widening; 0 when a zone is unknown."""
        ours, theirs = self.windows[one], self.windows[other]
        return common_minutes(ours, theirs) if ours and theirs else 0

    def nearest(self, teacher: int, wanted: str) -> str:
        """The topic of a teacher, in their words, that comes nearest to a wanted identity."""
        taught = self.people[teacher].teach
        return max(taught, key=lambda text: (self.near[self.identity[text]].get(wanted, 0), text))

    def allowed(self, person: int) -> int:
        """Everybody the hard rules allow for a person, private ones included."""
        return self.publicly_allowed(person) & ~self.barred[person]

    def publicly_allowed(self, person: int) -> int:
        """Everybody the rules that may be named allow for a person."""
        if not self.open >> person & 1:
            return 0
        rest = self.open & self.topical[person] & self.other_level[person] & ~self.line[person]
        return rest & self.language[person] & self.hours[person] & ~self.met[person]


def members(people: int) -> Iterator[int]:
    """The positions in a set of people, ascending."""
    for byte_at, byte in enumerate(people.to_bytes((people.bit_length() + 7) // 8, "little")):
        if byte:
            for bit in _BITS[byte]:
                yield 8 * byte_at + bit


_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def unordered(pair: tuple[str, str]) -> tuple[str, str]:
    """The pair with the lower id first."""
    one, other = pair
    return (one, other) if one <= other else (other, one)


def seeded(people: Iterable[Person], seed: int) -> list[Person]:
    """People in an order that depends on their ids and the seed alone: it decides between equal choices."""
    return sorted(people, key=lambda person: (crc32(f"{seed} {person.id}".encode()), person.id))


def encode(
    people: Sequence[Person], rules: Rules, limits: Limits, reference: datetime, topics: Topics
) -> Roster:
    """Make a roster ready, with positions in the order given.

    RosterError when an id occurs twice; anything else that is odd becomes a notice.
    """
    _refuse_double_ids(people)
    notices = []
    negative = tuple(sorted(person.id for person in people if person.places < 0))
    ready = tuple(replace(person, places=0) if person.places < 0 else person for person in people)
    if negative:
        notices.append(Notice(NoticeKind.NEGATIVE_PLACES, negative))
    windows = tuple(utc_window(person.hours, reference, rules.widen_minutes) for person in ready)
    groups = _by_window(windows)
    lost = tuple(sorted(one.id for one, window in zip(ready, windows, strict=True) if window is None))
    if lost:
        notices.append(Notice(NoticeKind.UNKNOWN_ZONE, lost))
    index = {person.id: at for at, person in enumerate(ready)}
    line, cycles = _lines(ready, index, limits.managers)
    notices.extend(Notice(NoticeKind.MANAGER_CYCLE, cycle) for cycle in cycles)
    again = {unordered(pair) for pair in limits.again}
    met = [pair for pair in limits.history if unordered(pair) not in again]
    declared = {text for one in ready for text in (*one.learn, *one.teach)}
    identity = {text: topics.identity(text) for text in declared}
    wants = tuple(tuple(dict.fromkeys(identity[text] for text in one.learn)) for one in ready)
    gives = tuple(tuple(dict.fromkeys(identity[text] for text in one.teach)) for one in ready)
    near = {identity[text]: _near(text, topics) for text in declared}
    teachers, learners = _by_topic(gives), _by_topic(wants)
    topical = _topical(wants, gives, teachers, learners, near if rules.related_is_enough else {})
    return Roster(
        people=ready,
        index=index,
        offsets=tuple(zone_offset(one.hours.zone, reference) or 0 for one in ready),
        by_window=groups,
        identity=identity,
        shown={identity[text]: text for text in sorted(identity, reverse=True)},
        first_words=_first_words(ready, identity),
        near=near,
        windows=windows,
        wants=wants,
        gives=gives,
        helps=_helps(gives, near),
        open=_bits(at for at, one in enumerate(ready) if one.places and windows[at] is not None),
        everybody=(1 << len(ready)) - 1,
        teachers=teachers,
        learners=learners,
        topical=tuple(mine | yours for mine, yours in topical),
        mutual=tuple(mine & yours for mine, yours in topical),
        other_level=_other_level(ready, lateral=rules.allow_lateral),
        language=_language(ready),
        hours=_hours(windows, groups, rules.min_overlap_minutes),
        line=line,
        met=_pair_sets(met, index, len(ready)),
        barred=_pair_sets(limits.forbidden, index, len(ready)),
        notices=tuple(notices),
    )


def _refuse_double_ids(people: Sequence[Person]) -> None:
    counts = Counter(person.id for person in people)
    double = tuple(sorted(name for name, count in counts.items() if count > 1))
    if double:
        raise RosterError(double)


def _bits(positions: Iterable[int]) -> int:
    bits = 0
    for at in positions:
        bits |= 1 << at
    return bits


def _first_words(people: Sequence[Person], identity: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    found = []
    for person in people:
        words: dict[str, str] = {}
        for text in person.learn:
            words.setdefault(identity[text], text)
        found.append(tuple(words.values()))
    return tuple(found)


def _by_topic(declared: Sequence[Sequence[str]]) -> dict[str, int]:
    sets: dict[str, int] = {}
    for at, identities in enumerate(declared):
        for identity in identities:
            sets[identity] = sets.get(identity, 0) | 1 << at
    return sets


def _helps(
    gives: Sequence[tuple[str, ...]],
    near: Mapping[str, Mapping[str, int]],
) -> tuple[Mapping[str, int], ...]:
    helps = []
    for identities in gives:
        credit: dict[str, int] = {}
        for given in identities:
            for identity, percent in near[given].items():
                credit[identity] = max(percent, credit.get(identity, 0))
        helps.append({**credit, **dict.fromkeys(identities, FULL_CREDIT)})
    return tuple(helps)


def _near(text: str, topics: Topics) -> dict[str, int]:
    """The identities of the topics related to one, with their credit in percent."""
    return {topics.identity(name): percent for name, percent in topics.related(text).items()}


def _topical(
    wants: Sequence[Sequence[str]],
    gives: Sequence[Sequence[str]],
    teachers: Mapping[str, int],
    learners: Mapping[str, int],
    near: Mapping[str, Mapping[str, int]],
) -> list[tuple[int, int]]:
    """For each person those who teach what they want, and those who want what they teach."""

    def wide(sets: Mapping[str, int], identity: str) -> int:
        found = sets.get(identity, 0)
        for other in near.get(identity, ()):
            found |= sets.get(other, 0)
        return found

    known = {identity for declared in (*wants, *gives) for identity in declared}
    taught = {identity: wide(teachers, identity) for identity in known}
    wanted = {identity: wide(learners, identity) for identity in known}
    found = []
    for at, (learn, teach) in enumerate(zip(wants, gives, strict=True)):
        others = ~(1 << at)
        mine = reduce(or_, (taught[identity] for identity in learn), 0)
        yours = reduce(or_, (wanted[identity] for identity in teach), 0)
        found.append((mine & others, yours & others))
    return found


def _other_level(people: Sequence[Person], *, lateral: bool) -> tuple[int, ...]:
    everybody = (1 << len(people)) - 1
    same: dict[int, int] = {}
    for at, person in enumerate(people):
        same[person.level] = same.get(person.level, 0) | 1 << at
    return tuple(
        everybody & ~(1 << at if lateral else same[person.level]) for at, person in enumerate(people)
    )


def _language(people: Sequence[Person]) -> tuple[int, ...]:
    everybody = (1 << len(people)) - 1
    speakers: dict[str, int] = {}
    silent = 0
    for at, person in enumerate(people):
        silent |= (not person.languages) << at
        for language in person.languages:
            speakers[language] = speakers.get(language, 0) | 1 << at
    sets: dict[frozenset[str], int] = {frozenset(): everybody}
    for person in people:
        if person.languages not in sets:
            understood = silent
            for language in person.languages:
                understood |= speakers[language]
            sets[person.languages] = understood
    return tuple(sets[person.languages] for person in people)


def _by_window(windows: Sequence[Window | None]) -> dict[Window, int]:
    groups: dict[Window, int] = {}
    for at, window in enumerate(windows):
        if window is not None:
            groups[window] = groups.get(window, 0) | 1 << at
    return groups


def _hours(windows: Sequence[Window | None], groups: Mapping[Window, int], least: int) -> tuple[int, ...]:
    reachable: dict[Window | None, int] = {None: 0}
    for window in groups:
        reach = 0
        for other, members_of in groups.items():
            if common_minutes(window, other) >= least:
                reach |= members_of
        reachable[window] = reach
    return tuple(reachable[window] for window in windows)


def _lines(
    people: Sequence[Person],
    index: Mapping[str, int],
    outside: Mapping[str, str | None],
) -> tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]:
    manager = {**outside, **{person.id: person.manager for person in people}}
    line = [0] * len(people)
    cycles = set()
    for at, person in enumerate(people):
        above: dict[str, None] = {person.id: None}
        boss = person.manager
        while boss is not None and boss not in above:
            above[boss] = None
            if boss in index:
                line[at] |= 1 << index[boss]
                line[index[boss]] |= 1 << at
            boss = manager.get(boss)
        if boss is not None:
            chain = list(above)
            cycles.add(tuple(sorted(chain[chain.index(boss) :])))
    return tuple(line), tuple(sorted(cycles))


def _pair_sets(pairs: IdPairs, index: Mapping[str, int], size: int) -> tuple[int, ...]:
    sets = [0] * size
    for one, other in pairs:
        if one in index and other in index and one != other:
            sets[index[one]] |= 1 << index[other]
            sets[index[other]] |= 1 << index[one]
    return tuple(sets)
