"""Who calls, as the edge knows them, and what the house knows: handed to every handler."""

from dataclasses import dataclass

from bot.matching import Topics
from bot.mentoring.ids import Address
from bot.mentoring.journey import Journey
from bot.ports import Destination


@dataclass(frozen=True)
class House:
    """What is read once at the start: the journey, the topics, and whom to ask for help."""

    journey: Journey
    topics: Topics
    support: str = ""


@dataclass(frozen=True)
class Caller:
    """Who acts, from what the platform signed.

    `may_set_up` is the operator's or the workspace's word; `external` a person of another company;
    `reply_to` the message that was pressed, None where there is none to replace.
    """

    address: Address
    house: House
    may_set_up: bool = False
    external: bool = False
    reply_to: Destination | None = None
