"""People's own pages: for newcomers, participants and owners."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.mentoring.ids import Address, RoundId
from bot.mentoring.prompts.base import Prompt
from bot.mentoring.prompts.shapes import PairLine


@dataclass(frozen=True)
class RoundNow:
    """The round that is under way, and since when."""

    number: int
    since: datetime


@dataclass(frozen=True)
class DraftWaiting:
    """A draft that waits for its review or release."""

    round: RoundId
    number: int
    pairs: int
    drafted_at: datetime


@dataclass(frozen=True)
class Home(Prompt):
    """The page of somebody who does not take part; `programme` is empty where there is none yet.

    `kept_until` is how long the opt-in form they left half-way is kept, where they did.
    """

    programme: str
    purpose: str
    may_set_up: bool
    next_round_at: datetime | None
    kept_until: datetime | None = None


@dataclass(frozen=True)
class ParticipantHome(Prompt):
    """The page of somebody who takes part: who I am here, my pairs, the round, my rights."""

    programme: str
    name: str
    level: int
    department: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    places: int
    zone: str
    starts: time
    ends: time
    findable: bool
    paused_until: datetime | None
    pairs: tuple[PairLine, ...]
    round: RoundNow | None
    next_round_at: datetime | None
    resting: bool = False


@dataclass(frozen=True)
class OwnerHome(Prompt):
    """The page of somebody who owns the programme: where it stands, and what waits for them."""

    programme: str
    purpose: str
    channel: Address
    owners: tuple[Address, ...]
    contacts: tuple[Address, ...]
    round: RoundNow | None
    draft: DraftWaiting | None
    next_round_at: datetime | None
    next_summary_at: datetime
    unreached: tuple[Address, ...] = ()
    """The owners and contacts whom messages do not reach."""
