"""Why two people are a pair, and why somebody is in none: as data, without words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.matching.hours import Window


class Rule(StrEnum):
    """The hard rules, in the order in which a roster is narrowed down for one person."""

    PLACES = "places"
    TOPICS = "topics"
    LEVELS = "levels"
    REPORTING_LINE = "reporting_line"
    LANGUAGE = "language"
    HOURS = "hours"
    MET = "met"


class WhyNobody(StrEnum):
    """The one reason that best tells a person why this round has nobody for them."""

    NO_PLACES = "no_places"
    UNKNOWN_ZONE = "unknown_zone"
    NOTHING_DECLARED = "nothing_declared"
    NOBODY_ELSE = "nobody_else"
    NO_TOPIC_FIT = "no_topic_fit"
    NOBODY_ACROSS_LEVELS = "nobody_across_levels"
    ONLY_REPORTING_LINE = "only_reporting_line"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_COMMON_HOURS = "no_common_hours"
    ALL_MET = "all_met"
    EVERYONE_TAKEN = "everyone_taken"


@dataclass(frozen=True, slots=True)
class Learns:
    """One side wants exactly what the other teaches, in the learner's own words."""

    learner: str
    teacher: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CloseTopic:
    """One side teaches something near to what the other wants; `credit` is in percent."""

    learner: str
    teacher: str
    wanted: str
    taught: str
    credit: int


@dataclass(frozen=True, slots=True)
class LevelsApart:
    """How many rungs of the ladder lie between the two."""

    levels: int


@dataclass(frozen=True, slots=True)
class AcrossDepartments:
    """The two work in different departments."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class CommonHours:
    """Minutes a day the two share after widening, with the windows in each one's local time."""

    minutes: int
    a_local: tuple[Window, ...]
    b_local: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class CommonLanguages:
    """Languages that both state, sorted."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The pair's place among everybody who was possible for each side (1 is best)."""

    a_rank: int
    a_options: int
    b_rank: int
    b_options: int


Reason = Learns | CloseTopic | LevelsApart | AcrossDepartments | CommonHours | CommonLanguages | Standing


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many other people are left for somebody once this rule and those before it are applied."""

    rule: Rule
    left: int


class HelpKind(StrEnum):
    """What could bring a partner into reach, the cheapest first: one's own topics, then the owners' rules."""

    TEACH = "teach"
    LEARN = "learn"
    LONGER_HOURS = "longer_hours"
    MEET_AGAIN = "meet_again"
    RELATED_TOPICS = "related_topics"
    LATERAL_PAIRS = "lateral_pairs"
    MORE_PLACES = "more_places"


@dataclass(frozen=True, slots=True)
class Help:
    """One change that alone would help somebody without a pair.

    `people` come into reach by it, `free` of them still have a place this round; `topic` to teach or learn,
    `minutes` of work more at both ends of the day, or people who would have to take one more pair.
    """

    kind: HelpKind
    people: int
    free: int
    topic: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class TopicSupply:
    """How many other people with free places teach a topic, and how many want it."""

    topic: str
    teachers: int
    learners: int
