"""To people who do not take part yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.mentoring.prompts.base import Doubt, Prompt


@dataclass(frozen=True)
class Welcome(Prompt):
    """Once, to somebody who opens their page for the first time: what this is and how to join."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    lasts: ClassVar[timedelta | None] = timedelta(days=7)
    programme: str
    purpose: str
    next_round_at: datetime | None


@dataclass(frozen=True)
class JoinLeft(Prompt):
    """Once, to somebody who closed the opt-in form half-way: it is kept until then, to go on or to forget."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    keep_until: datetime

    def stale_at(self, planned: datetime) -> datetime:
        """Once it is not kept any more."""
        del planned
        return self.keep_until


@dataclass(frozen=True)
class JoinForgotten(Prompt):
    """What stood in the opt-in form is gone."""
