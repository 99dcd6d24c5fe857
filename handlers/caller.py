"""Who calls, as the edge knows them, and what the house and the workspace know: handed to every handler."""

from dataclasses import dataclass

from bot.matching import Matcher, Topics
from bot.mentoring.discovery import Discovery
from bot.mentoring.ids import Address
from bot.mentoring.people import Profile
from bot.mentoring.steps import Journey
from bot.ports import Destination, Records
from bot.use_cases.naming import matcher_here


@dataclass(frozen=True)
class House:
    """What is settled once at the start.

    The journey, the topics and the engine that match, what helps to find topics, whom to ask. `address` is
    where the bot is reached from outside, empty where it is not.
    """

    journey: Journey
    matcher: Matcher
    discovery: Discovery
    support: str = ""
    address: str = ""


@dataclass(frozen=True)
class Caller:
    """Who acts, from what the platform signed.

    `may_set_up` is the operator's or the workspace's word; `external` a person of another company;
    `reply_to` the message that was pressed, or the person where that one stays; None where there is none.
    `manager` is whom the directory names as theirs, where it was asked.
    """

    address: Address
    house: House
    may_set_up: bool = False
    external: bool = False
    reply_to: Destination | None = None
    manager: Profile | None = None


class Here:
    """What a handler finds where its caller acts: the topics with the words that the owners gave them."""

    caller: Caller
    records: Records

    @property
    def matcher(self) -> Matcher:
        """What the workspace's people are matched with."""
        return matcher_here(self.caller.house.matcher, self.records)

    @property
    def topics(self) -> Topics:
        """The topics that people of the workspace may name."""
        return self.matcher.topics
