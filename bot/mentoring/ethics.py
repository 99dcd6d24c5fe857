"""The ethics and confidentiality code: who said that they keep to it, and to which version of its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair

CODE = 1
"""The version of the code's words; a test asks for the next number when the words change."""


@dataclass(frozen=True)
class CodeKept:
    """Somebody said at `at` that they keep to a version of the code."""

    who: ParticipantId
    version: int
    at: datetime


def keeps(kept: Iterable[CodeKept], who: ParticipantId, version: int = CODE) -> bool:
    """Whether `who` said that they keep to this version of the code."""
    return any(one.who == who and one.version == version for one in kept)


def both_keep(kept: Iterable[CodeKept], pair: Pair, version: int = CODE) -> bool:
    """Whether both of a pair said so: what a first meeting should find done."""
    known = tuple(kept)
    return all(keeps(known, side, version) for side in pair.sides)
