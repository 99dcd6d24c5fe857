"""What samples of prompts are made of: people, moments, and any words that somebody might have typed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.mentoring.ids import Address, PairId, RoundId, address
from bot.mentoring.pair import Reason

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SOON = NOW + timedelta(days=2)
LATER = NOW + timedelta(weeks=6)
PAIR, OTHER_PAIR, ROUND = PairId("c0ffee"), PairId("decade"), RoundId("facade")
CHANNEL = address("slack", "T1", "C1")
REASONS = (
    Reason("levels", ("3",)),
    Reason("departments", ("Research", "Sales")),
    Reason("hours", ("150",)),
    Reason("languages", ("de", "en")),
)


@dataclass(frozen=True)
class Typed:
    """What people typed, in every place where a prompt shows it."""

    name: str = "Ana Lopez"
    other: str = "Ben Okafor"
    topic: str = "negotiation"
    second: str = "Rust"
    department: str = "Field Science"
    programme: str = "Bothways at Acme"
    purpose: str = "You get a colleague who helps you with what you want to learn, and learns from you."
    word: str = "lern"


def user(key: str) -> Address:
    """The address of a person."""
    return address("slack", "T1", key)
