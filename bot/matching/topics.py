"""Topics people learn and teach: one name for each, nearness between them, help while typing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bot.matching.spelling import clean, initials, is_typo, normalise

FULL_CREDIT = 100
LEAST_CREDIT = 50
"""Percent below which a related topic is no help; the file holds nothing lower."""

_FILLERS = frozenset(
    {"skill", "basic", "fundamental", "essential", "advanced", "introduction", "intro", "to"}
)
_FILLERS |= {"beginner", "101", "how", "for", "in", "of", "my", "with", "programming", "language", "database"}
_FILLERS |= {"development", "developer", "coding", "framework", "library"}
"""Words that are dropped when the whole text is unknown ("SQL basics", "how to code in Go")."""
_ENOUGH_LETTERS = 6
"""From this length on, where a text has its spaces does not matter ("web assembly")."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: the name people see, other names, and related topics with their credit in percent."""

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    related: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    known: bool = True


class How(StrEnum):
    """How a typed text was understood."""

    SAME = "same"
    ALIAS = "alias"
    TYPO = "typo"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a typed text stands for and how that was found; a slip should be shown to its author."""

    topic: Topic
    how: How


class TopicsError(ValueError):
    """Two topics claim one name, or a relation names no topic."""


class Topics:
    """All known topics, looked up by any of their spellings. Unknown topics stand for themselves."""

    def __init__(self, entries: Iterable[Topic] = ()) -> None:
        """Index the entries; TopicsError when two of them share a spelling or a relation leads nowhere."""
        self.entries: tuple[Topic, ...] = tuple(entries)
        self._by_key: dict[str, Topic] = {}
        self._by_letters: dict[str, Topic] = {}
        for topic in self.entries:
            for spelling in (topic.name, *topic.aliases):
                self._index(spelling, topic)
        self._by_initials: dict[str, list[str]] = {}
        for key in self._by_key:
            self._by_initials.setdefault(initials(key), []).append(key)
        self._credits = self._symmetric_credits()
        self._vocabulary = frozenset(word for key in self._by_key for word in key.split())

    def __len__(self) -> int:
        return len(self.entries)

    def _index(self, spelling: str, topic: Topic) -> None:
        key = normalise(spelling)
        for index, found in ((self._by_key, key), (self._by_letters, _letters(key))):
            other = index.setdefault(found, topic)
            if other.name != topic.name:
                raise TopicsError(f"{spelling!r} of {topic.name!r} already belongs to {other.name!r}")

    def _symmetric_credits(self) -> dict[str, dict[str, int]]:
        credit: dict[str, dict[str, int]] = {topic.name: {} for topic in self.entries}
        for topic in self.entries:
            for name, percent in topic.related.items():
                if name not in credit or name == topic.name:
                    raise TopicsError(f"{topic.name!r} is related to {name!r}, which is no other topic")
                if not LEAST_CREDIT <= percent < FULL_CREDIT:
                    raise TopicsError(f"{topic.name!r} to {name!r}: credit {percent} is not in 50..99")
                for one, other in ((topic.name, name), (name, topic.name)):
                    credit[one][other] = max(percent, credit[one].get(other, 0))
        return credit

    def canonical(self, text: str) -> Topic:
        """The topic a text names, by name or alias; a text nobody knows is a topic of its own."""
        return self.find(text) or Topic(clean(text), known=False)

    def is_name(self, text: str) -> bool:
        """Whether a text is, letter for letter, the name of a known topic."""
        return text in self._credits

    def identity(self, text: str) -> str:
        """A key that two texts share exactly when they name the same topic."""
        return _letters(normalise(self.canonical(text).name))

    def find(self, text: str) -> Topic | None:
        """The known topic a text names, by name, alias, or either with filler words around it."""
        key = normalise(text)
        bare = _without_fillers(key)
        return self._by_key.get(key) or self._by_key.get(bare) or self._by_letters.get(_letters(key))

    def resolve(self, text: str, declared: Sequence[str] = ()) -> Resolution:
        """What a newly typed topic stands for, given the names `declared` by others that no file knows.

        Slips of the keyboard are mended; where two topics are equally near none is chosen. Work is
        bounded by the number of spellings.
        """
        topic = self.find(text)
        if topic is not None:
            same = normalise(text) == normalise(topic.name)
            return Resolution(topic, How.SAME if same else How.ALIAS)
        key = normalise(text)
        others = {normalise(name): name for name in sorted(declared)}
        by_letters = {_letters(other): name for other, name in others.items()}
        name = others.get(key) or by_letters.get(_letters(key))
        if name is not None:
            return Resolution(Topic(name, known=False), How.SAME)
        meant = self._typo_of(key, others)
        return Resolution(meant, How.TYPO) if meant else Resolution(Topic(clean(text), known=False), How.NEW)

    def _typo_of(self, key: str, others: Mapping[str, str]) -> Topic | None:
        alike = self._by_initials.get(initials(key), ())
        words = self._vocabulary.union(word for other in others for word in other.split())
        near = {self._by_key[known].name for known in alike if is_typo(key, known, words)}
        near.update(name for other, name in others.items() if is_typo(key, other, words))
        return self.canonical(near.pop()) if len(near) == 1 else None

    def credit(self, wanted: str, taught: str) -> int:
        """Percent of what a learner wants that a teacher's topic gives: 100 the same, 0 nothing."""
        if self.identity(wanted) == self.identity(taught):
            return FULL_CREDIT
        return self.related(wanted).get(self.canonical(taught).name, 0)

    def related(self, text: str) -> Mapping[str, int]:
        """The related topics of a topic by name, with their credit in percent; both ways alike."""
        return MappingProxyType(self._credits.get(self.canonical(text).name, {}))

    def suggest(self, query: str, limit: int = 10, declared: Sequence[str] = ()) -> tuple[str, ...]:
        """Names to offer while somebody types: names first, then aliases; beginnings before the middle."""
        typed = normalise(query)
        found: dict[str, tuple[int, int, str]] = {}
        spellings = [(key, topic.name) for key, topic in self._by_key.items()]
        spellings += [(normalise(name), self.canonical(name).name) for name in declared]
        for key, name in spellings:
            place = _place(typed, key)
            if place is not None:
                rank = (place, int(key != normalise(name)), name.casefold())
                found[name] = min(rank, found.get(name, rank))
        return tuple(sorted(found, key=lambda name: (found[name], name))[:limit])

    def with_overlay(self, overlay: Iterable[Topic]) -> "Topics":
        """These topics with an owner's own: new ones, and more aliases and relations for known ones."""
        merged = {topic.name: topic for topic in self.entries}
        for topic in overlay:
            base = merged.get(topic.name)
            merged[topic.name] = topic if base is None else _joined(base, topic)
        return Topics(merged.values())


def _joined(base: Topic, extra: Topic) -> Topic:
    related = MappingProxyType({**base.related, **extra.related})
    return Topic(base.name, base.kind, tuple(dict.fromkeys(base.aliases + extra.aliases)), related)


def _letters(key: str) -> str:
    """The key without its spaces where it is long enough for them not to matter."""
    return key.replace(" ", "") if len(key) >= _ENOUGH_LETTERS else key


def _without_fillers(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _FILLERS)


def _place(typed: str, key: str) -> int | None:
    if not typed:
        return 2
    if key == typed:
        return 0
    if key.startswith(typed):
        return 1
    if f" {typed}" in key:
        return 2
    return 3 if len(typed) > 2 and typed in key else None  # noqa: PLR2004 - two letters are in everything
