"""What owners read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from bot.mentoring.ids import Address, RoundId
from bot.mentoring.pair import Reason
from bot.mentoring.prompts.base import FormPrompt, Prompt
from bot.mentoring.summary import Figures
from bot.mentoring.waiting import Hint


@dataclass(frozen=True)
class SetupForm(FormPrompt):
    """What a programme needs; opens with what is set."""

    form: ClassVar[str] = "setup"
    name: str
    purpose: str
    channel: Address | None
    first_round: date
    weeks_between_rounds: int
    ends: date | None
    summary_day: int
    summary_at: time
    zone: str
    owners: tuple[Address, ...]
    contacts: tuple[Address, ...]
    conditions: tuple[str, ...]
    mandatory: bool = False
    routes: str = ""
    unreached: tuple[Address, ...] = ()
    """The owners and contacts whom messages do not reach."""


@dataclass(frozen=True)
class ProgrammeReady(Prompt):
    """Set up or changed; when the first round is drafted and the first summary comes.

    `mandatory`: the owner says that people are told to take part, and reads why that ends pairs.
    """

    name: str
    channel: Address
    next_round_at: datetime | None
    next_summary_at: datetime
    new: bool
    mandatory: bool = False
    unreached: tuple[Address, ...] = ()
    """The owners and contacts whom messages do not reach."""


@dataclass(frozen=True)
class DraftReady(Prompt):
    """A draft round waits for its review.

    `held_until` is when places come free for a draft, None where no round is under way.
    """

    round: RoundId
    number: int
    pairs: int
    waiting: int
    reciprocal: int
    upward: int
    """Pairs in which the lower level teaches the higher something."""
    held_until: datetime | None = None


@dataclass(frozen=True)
class DraftedPair:
    """One pair of a draft, or one that could be, as its owner reads it; `key` names the two."""

    key: str
    one: str
    one_level: int
    other: str
    other_level: int
    one_learns: tuple[str, ...]
    other_learns: tuple[str, ...]
    reasons: tuple[Reason, ...]
    locked: bool = False


@dataclass(frozen=True)
class RoundReview(Prompt):
    """A page of a draft's pairs (pages from 0), and how many people wait for which reason."""

    round: RoundId
    number: int
    pairs: tuple[DraftedPair, ...]
    page: int
    pages: int
    total: int
    waiting: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True)
class RoundReleased(Prompt):
    """A round went out: how many proposals, and how many people wait.

    `not_open` names the locked pairs that were not open any more, whatever the cause.
    """

    number: int
    pairs: int
    waiting: int
    next_round_at: datetime | None
    not_open: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NoPairsPossible(Prompt):
    """A draft found no pair; what would help. `held_until` as in DraftReady."""

    joined: int
    held_until: datetime | None = None


@dataclass(frozen=True)
class NoPairThisRound(Prompt):
    """To a person whom the round leaves waiting: why, what would help most, when the next one is."""

    reason: Reason
    next_round_at: datetime | None
    hint: Hint | None = None


@dataclass(frozen=True)
class WeeklySummary(Prompt):
    """The owner's figures for a week, in the programme's channel; None holds all figures back."""

    lasts: ClassVar[timedelta | None] = timedelta(days=6)
    programme: str
    figures: Figures | None
    next_round_at: datetime | None
    helped: str = ""
    """What seniors answered of whether it helped to ask across levels, as a Band; empty while held back."""
    undelivered: int = 0
    """Messages of the week that the platform refused for good."""
    last: bool = False
    """Whether the programme has ended and no further summary comes."""


@dataclass(frozen=True)
class SummaryNotPosted(Prompt):
    """To an owner: the platform will not take the weekly summary in the programme's channel."""

    channel: Address


@dataclass(frozen=True)
class OwnerNews(Prompt):
    """To a new owner: what the programme is and that they own it now."""

    programme: str
    by: str
