"""What people say of their pair in private: whether it fits, and whether it helped to ask across levels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair
from bot.mentoring.summary import FEWEST_FOR_A_TOPIC


class Fit(StrEnum):
    """How a person finds their pair after the first meeting; seen by nobody but them."""

    GOOD = "good"
    UNSURE = "unsure"
    NOT_RIGHT = "not_right"


class Helped(StrEnum):
    """Whether asking somebody on a lower level helped; counted, and never shown by person."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class Band(StrEnum):
    """What a number of answers come to, roughly."""

    MOSTLY = "mostly"
    MIXED = "mixed"
    SELDOM = "seldom"
    ALIKE = "alike"
    """All answers are the same: told, it would tell what each of them said."""


@dataclass(frozen=True)
class HelpShown:
    """What the summaries show of these answers: a band, of the answers up to a moment."""

    band: Band
    until: datetime


def help_to_show(
    shown: HelpShown | None, answers: Iterable[tuple[Helped, datetime]], now: datetime
) -> HelpShown | None:
    """What to show now: it moves only when ten people or more have answered since it last did.

    `answers` are one a person, each with its moment. None while nothing may be shown.
    """
    given = tuple(answers)
    fresh = sum(shown is None or at > shown.until for _, at in given)
    if fresh < FEWEST_FOR_A_TOPIC:
        return shown
    return HelpShown(_band([answer for answer, _ in given]), now)


def _band(answers: list[Helped]) -> Band:
    """Three quarters of them make a band; of answers that are all the same nothing is told."""
    if len(set(answers)) == 1:
        return Band.ALIKE
    quarters = 4 * answers.count(Helped.YES)
    if quarters >= 3 * len(answers):
        return Band.MOSTLY
    return Band.SELDOM if quarters <= len(answers) else Band.MIXED


def learns_from_below(pair: Pair, one: ParticipantId) -> bool:
    """Whether somebody learns in a pair from the other, who is on a lower level."""
    return not pair.lateral and pair.b == one and bool(pair.learns(one))
