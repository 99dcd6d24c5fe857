"""What the rules refuse, as data; the words for it live in prompts/.

They are not frozen: whatever passes an exception on may set its traceback.
"""

from dataclasses import dataclass
from enum import StrEnum


class MentoringError(Exception):
    """A rule refused; nothing was changed."""


@dataclass(unsafe_hash=True)
class NotFound(MentoringError):
    """Nothing by that name is yours to see: absent, somebody else's and blocked all read the same."""


@dataclass(unsafe_hash=True)
class NotAllowed(MentoringError):
    """The person's role does not reach this."""


@dataclass(unsafe_hash=True)
class NotJoined(MentoringError):
    """The person has not opted in, or has left."""


@dataclass(unsafe_hash=True)
class NoProgramme(MentoringError):
    """No programme runs in this workspace yet."""


@dataclass(unsafe_hash=True)
class NotPossibleNow(MentoringError):
    """The thing has moved on: `event` cannot happen to it in `state`."""

    event: str
    state: str


class Problem(StrEnum):
    """What is wrong with a value somebody gave."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    IN_THE_PAST = "in_the_past"
    TOO_FAR = "too_far"
    TOO_SOON = "too_soon"
    NOT_A_ZONE = "not_a_zone"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_MONTH = "not_a_month"
    NOT_A_PERSON = "not_a_person"
    NOT_TAKING_PART = "not_taking_part"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_FEW_CONTACTS = "too_few_contacts"
    ONLY_OWNERS = "only_owners"
    CONDITIONS_OPEN = "conditions_open"
    CHANNEL_CLOSED = "channel_closed"
    ALREADY_JOINED = "already_joined"
    ALREADY_OWNER = "already_owner"
    TAKEN = "taken"


@dataclass(unsafe_hash=True)
class BadInput(MentoringError):
    """A value that cannot be taken: which field, what is wrong, and the limit that was met."""

    field: str
    problem: Problem
    limit: str = ""


@dataclass(unsafe_hash=True)
class BadForm(MentoringError):
    """A form with one or more values that cannot be taken; shown beside their fields."""

    problems: tuple[BadInput, ...]


@dataclass(unsafe_hash=True)
class CannotTakePart(MentoringError):
    """Guests, people of other companies, bots, closed accounts and owners do not take part."""

    why: str
