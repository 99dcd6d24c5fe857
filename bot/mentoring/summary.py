"""The weekly summary's figures, and what is held back from them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.mentoring.pair import Pair
from bot.mentoring.people import Participant

FEWEST_PEOPLE = 5
"""No figure stands on fewer people than this."""
FEWEST_FOR_A_TOPIC = 10
"""A topic is named only where at least this many want it."""
FEWEST_PAIRS = 10
"""Below this many pairs in a round the summary says only that the programme runs."""

MOST_ROUNDS = 8
MOST_WEEKS = 20
"""What is looked back on: as much as a chart shows at a glance, or at all (prompts/grids.py)."""


@dataclass(frozen=True)
class Wanted:
    """Topics somebody wants and nobody teaches.

    How many topics, how many people want one of them, and by name those that at least FEWEST_FOR_A_TOPIC
    people want.
    """

    topics: int
    people: int
    named: tuple[str, ...]


@dataclass(frozen=True)
class FlowedBack:
    """Of a round's pairs in which one side was to learn nothing: how many came to go both ways.

    `people_closed` and `people_open` are the distinct people in those that did and in those that did not.
    """

    one_sided: int
    closed: int
    people_closed: int
    people_open: int

    @property
    def shown(self) -> bool:
        """Whether it may be shown: FEWEST_PEOPLE or more stand behind those that did, and those that did not.

        Owners once saw which pairs these are, so "all of them" and "none" would tell of each.
        """
        return min(self.people_closed, self.people_open) >= FEWEST_PEOPLE


@dataclass(frozen=True)
class RoundFigures:
    """What the summaries showed of one round; `meetings` and `flowed_back` are None where it is held back."""

    number: int
    opted_in: int
    pairs: int
    meetings: int | None
    flowed_back: FlowedBack | None = None


@dataclass(frozen=True)
class WeekFigures:
    """How many meetings the summary of a round's week (from 1) showed, all since the round began."""

    week: int
    meetings: int


@dataclass(frozen=True)
class Figures:
    """What the summary shows; None where a figure is held back.

    `opted_in` and `pairs` are those of the round's release and do not move inside the round, so that no
    two weeks can be subtracted to find who left (the only form that taught nothing in trials). `rounds` and
    `weeks` repeat what earlier summaries showed, and nothing else, oldest first.
    """

    round: int
    opted_in: int | None
    pairs: int | None
    meetings: int | None
    wanted: Wanted | None
    rounds: tuple[RoundFigures, ...] = ()
    weeks: tuple[WeekFigures, ...] = ()


def wanted_without_teachers(participants: tuple[Participant, ...]) -> Wanted | None:
    """The topics that participants want to learn and none teaches; None on fewer than FEWEST_PEOPLE."""
    taught = {topic for one in participants for topic in one.teach}
    wanting = Counter(topic for one in participants for topic in one.learn if topic not in taught)
    people = sum(any(topic in wanting for topic in one.learn) for one in participants)
    if people < FEWEST_PEOPLE:
        return None
    named = sorted(topic for topic, count in wanting.items() if count >= FEWEST_FOR_A_TOPIC)
    return Wanted(len(wanting), people, tuple(named))


def meetings_to_show(shown: int, held: int, people_since: int) -> int:
    """The count to show now: it moves only when FEWEST_PEOPLE or more stand behind the move.

    `shown` was shown last (0 at first), `held` have been held since the round began, `people_since` are
    the distinct people in those not yet shown. What is held back comes with a later week.
    """
    return held if people_since >= FEWEST_PEOPLE else shown


def flowed_back(pairs: Iterable[Pair]) -> FlowedBack:
    """How many of these pairs were proposed one-sided, and how many of those came to go both ways.

    Those that nobody accepted count with the others, so that the figure tells nothing of who did.
    """
    proposed = [pair for pair in pairs if pair.proposed_at is not None]
    closed = [pair for pair in proposed if pair.flows_back_since is not None]
    still_open = [pair for pair in proposed if pair.learns_nothing is not None]
    people = ({side for pair in some for side in pair.sides} for some in (closed, still_open))
    return FlowedBack(len(closed) + len(still_open), len(closed), *map(len, people))


def weeks_shown(weekly: tuple[int, ...]) -> tuple[WeekFigures, ...]:
    """The last MOST_WEEKS of a round's weeks, without those in which the count was held back (0)."""
    weeks = (WeekFigures(week, count) for week, count in enumerate(weekly, start=1) if count)
    return tuple(weeks)[-MOST_WEEKS:]
