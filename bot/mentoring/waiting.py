"""Why somebody waits for a pair: the reason, how the search narrowed down, and what would help."""

from dataclasses import dataclass

from bot.mentoring.pair import Reason


@dataclass(frozen=True)
class Supply:
    """How many other people with a place free teach a topic that somebody wants to learn."""

    topic: str
    teachers: int


@dataclass(frozen=True)
class Hint:
    """One change that alone would bring people into reach: `kind` names its words.

    `people` come into reach; `topic` is one to teach or learn, `minutes` of work more at both ends of a day.
    """

    kind: str
    people: int
    topic: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class Search:
    """How a round looked for somebody's partner.

    `left` holds each rule by its kind with the people left after it and those before; `hints` the cheapest
    first.
    """

    left: tuple[tuple[str, int], ...] = ()
    supply: tuple[Supply, ...] = ()
    hints: tuple[Hint, ...] = ()


NO_SEARCH = Search()
"""Nobody was looked for."""


@dataclass(frozen=True)
class Waiting:
    """Why somebody has no pair in a round."""

    reason: Reason
    search: Search = NO_SEARCH
