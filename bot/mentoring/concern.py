"""Concerns: a private report to a named contact, and who may hear of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.ids import Address

WORDS_LIMIT = 2_000
"""Characters of a concern: all of it stands in one window."""
MOST_A_DAY = 5
A_DAY = timedelta(days=1)
KEPT = timedelta(days=90)
"""How long a concern is kept, and how much longer whenever its contact asks for it."""
READING = timedelta(hours=1)
"""How long one reading lasts: a window may be lost on its way, and can then be opened once more."""
TOLD_AGAIN = timedelta(weeks=1)
"""How much later its reporter is told once more that it does not reach the same contact."""
REST = timedelta(weeks=4)
"""How long a pair rests by the wish of somebody who raised a concern; then it ends as any other."""


class ForThePair(StrEnum):
    """What somebody who raises a concern wants for the pair with the person it is about."""

    NOTHING = "nothing"
    REST = "rest"
    END = "end"
    NEVER = "never"
    """It ends, and the two are never paired again."""


@dataclass(frozen=True)
class Concern:
    """A report by `reporter` about a person, to a contact of the programme whom the reporter chose.

    It may be read until `readable_until` once it was opened; `kept_longer` are the moments at which the
    contact asked to keep it longer, and with that to read it once more. `close` are the contacts whom the
    reporter finds too close to it. Where the message that it waits does not reach the contact, that is so
    since `unreached_since`; `told_at` is when the reporter heard of it last. A concern that was taken back
    holds no words and nobody whom it is about, only that it was given.
    """

    id: str
    reporter: Address
    contact: Address
    at: datetime
    keep_until: datetime
    about: Address | None = None
    words: str = ""
    read_at: datetime | None = None
    readable_until: datetime | None = None
    kept_longer: tuple[datetime, ...] = ()
    taken_back: bool = False
    close: tuple[Address, ...] = ()
    unreached_since: datetime | None = None
    told_at: datetime | None = None

    def waits(self, now: datetime) -> bool:
        """Whether it is there and its contact has not read it."""
        return self.read_at is None and not self.taken_back and now < self.keep_until

    def may_be_read(self, now: datetime) -> bool:
        """Whether its contact may open it."""
        return not self.taken_back and (self.readable_until is None or now < self.readable_until)

    def opened(self, now: datetime) -> "Concern":
        """The concern as its contact reads it now."""
        return replace(self, read_at=self.read_at or now, readable_until=self.readable_until or now + READING)

    def longer(self, now: datetime) -> "Concern":
        """The concern kept for KEPT longer, open for one more reading."""
        return replace(
            self,
            keep_until=self.keep_until + KEPT,
            readable_until=None,
            kept_longer=(*self.kept_longer, now),
        )

    def unreached(self, now: datetime) -> "Concern":
        """The concern whose contact does not hear of it, for its reporter to be told at `told_at`."""
        tells = self.told_at is None or now - self.told_at >= TOLD_AGAIN
        since = self.unreached_since or now
        return replace(self, unreached_since=since, told_at=now if tells else self.told_at)

    def reached(self) -> "Concern":
        """The concern whose contact hears of it again."""
        return replace(self, unreached_since=None)

    def brought_to(self, contact: Address, now: datetime) -> "Concern":
        """The concern as its reporter gives it to another contact, who has as long to read it."""
        return replace(self, contact=contact, keep_until=now + KEPT, unreached_since=None, told_at=None)

    def withdrawn(self) -> "Concern":
        """What is left of it when it is taken back: that it was given, for as long as it counts that day."""
        bare = replace(self, about=None, words="", close=(), unreached_since=None)
        return replace(bare, taken_back=True, keep_until=self.at + A_DAY)


def eligible(
    contacts: tuple[Address, ...], reporter: Address, about: Address | None, close: tuple[Address, ...] = ()
) -> tuple[Address, ...]:
    """The contacts who may hear a concern.

    Neither the person it is about, nor who raises it, nor whom that person finds too close to it.
    """
    return tuple(one for one in contacts if one not in {reporter, about, *close})


def given_lately(concerns: tuple[Concern, ...], reporter: Address, now: datetime) -> int:
    """How many concerns somebody raised within a day, those taken back included."""
    return sum(one.reporter == reporter and one.at > now - A_DAY for one in concerns)
