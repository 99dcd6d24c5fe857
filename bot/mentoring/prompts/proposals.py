"""Proposals: shown, answered, and come to nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import Reason
from bot.mentoring.prompts.base import Doubt, Prompt
from bot.mentoring.prompts.shapes import Card, Flow


@dataclass(frozen=True)
class Proposal(Prompt):
    """A proposed pair: both profiles, what flows each way, why; opens nothing until both accept."""

    pair: PairId
    you: Card
    partner: Card
    flow: Flow
    reasons: tuple[Reason, ...]
    programme: str
    purpose: str
    answer_by: datetime
    asked_by_you: bool = False

    def stale_at(self, planned: datetime) -> datetime:
        """Once nobody can answer it."""
        del planned
        return self.answer_by


@dataclass(frozen=True)
class ProposalReminder(Prompt):
    """The one reminder before proposals lapse; several fall together in one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    proposals: tuple[tuple[PairId, str, datetime], ...]
    """(pair, partner's name, answer by)"""

    def stale_at(self, planned: datetime) -> datetime:
        """Once none of them can be answered."""
        del planned
        return max(answer_by for _, _, answer_by in self.proposals)


@dataclass(frozen=True)
class AcceptedFirst(Prompt):
    """The first yes of two."""


@dataclass(frozen=True)
class AcceptedBoth(Prompt):
    """The second yes: the room opens at `opens_at`, None for at once."""

    partner: Address
    opens_at: datetime | None


@dataclass(frozen=True)
class Declined(Prompt):
    """A no, taken kindly; when the next round is."""

    next_round_at: datetime | None


@dataclass(frozen=True)
class Lapsed(Prompt):
    """To somebody who did not answer a proposal in time."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    next_round_at: datetime | None


@dataclass(frozen=True)
class CameToNothing(Prompt):
    """To somebody who had accepted: one wording for every cause."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
