"""Everything the bot can say, before it has words: one frozen dataclass each.

The words of `CheckIn` stand in `prompts/<locale>/check_in.md.j2`. A prompt that is sent declares what is
worse for it when a send is in doubt: twice (AT_MOST_ONCE) or never (RESEND).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

from bot.mentoring.errors import BadInput
from bot.mentoring.ids import Address, PairId, RoundId
from bot.mentoring.pair import Reason
from bot.mentoring.summary import Figures


class Doubt(StrEnum):
    """What to do with a send that may or may not have arrived."""

    RESEND = "resend"
    AT_MOST_ONCE = "at_most_once"


@dataclass(frozen=True)
class Prompt:
    """Something the bot says."""

    doubt: ClassVar[Doubt] = Doubt.RESEND


@dataclass(frozen=True)
class FormPrompt(Prompt):
    """A prompt that asks for several things at once; `form` names its fields in handlers/forms.py."""

    form: ClassVar[str]


# --- shapes that prompts are made of


@dataclass(frozen=True)
class Card:
    """A person as shown to a partner, proposed or accepted. `hours` are local wall-clock times."""

    who: Address
    name: str
    level: int
    department: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    zone: str
    starts: time
    ends: time
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """What goes each way in a pair, seen from the reader."""

    you_learn: tuple[str, ...]
    you_teach: tuple[str, ...]


# --- help, and what could not be done


@dataclass(frozen=True)
class Help(Prompt):
    """What can be done now: the words of commands, in order; `topic` is empty for the overview."""

    topic: str
    commands: tuple[str, ...]
    joined: bool
    support: str


@dataclass(frozen=True)
class Unknown(Prompt):
    """A word that is no command, with the nearest that is (or empty)."""

    typed: str
    nearest: str


@dataclass(frozen=True)
class ComesLater(Prompt):
    """A command of the contract that this version does not have yet."""

    command: str


@dataclass(frozen=True)
class Sorry(Prompt):
    """Something broke; `incident` finds it in the log."""

    incident: str
    support: str


@dataclass(frozen=True)
class Nothing(Prompt):
    """Absent, somebody else's, and blocked: one wording."""


@dataclass(frozen=True)
class OwnersOnly(Prompt):
    """The person's role does not reach this."""


@dataclass(frozen=True)
class JoinFirst(Prompt):
    """The person has not opted in; how to."""


@dataclass(frozen=True)
class NoProgrammeYet(Prompt):
    """Nobody has set up a programme here yet; who can."""


@dataclass(frozen=True)
class MovedOn(Prompt):
    """An old button or late form: what it belonged to has moved on; what is possible now."""

    event: str
    state: str


@dataclass(frozen=True)
class Unclear(Prompt):
    """A value that cannot be taken, and what can."""

    problem: BadInput


@dataclass(frozen=True)
class NotForThem(Prompt):
    """Guests, people of other companies, bots and owners do not take part; `why` is a key."""

    why: str


# --- opting in, and what is one's own


@dataclass(frozen=True)
class JoinForm(FormPrompt):
    """The opt-in form; `current` are the values it opens with, `joined` whether this is an edit."""

    form: ClassVar[str] = "join"
    name: str
    zone: str
    joined: bool
    programme: str
    purpose: str
    level: int | None = None
    department: str = ""
    learn: tuple[str, ...] = ()
    teach: tuple[str, ...] = ()
    places: int = 1
    starts: time = time(9)
    ends: time = time(17)
    languages: tuple[str, ...] = ()
    manager: Address | None = None
    since: str = ""
    findable: bool = False


@dataclass(frozen=True)
class Joined(Prompt):
    """Opted in: when the next round is; `late` when one runs already."""

    programme: str
    next_round_at: datetime | None
    late: bool
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class ProfileSaved(Prompt):
    """The join form was sent again by somebody who takes part already."""


@dataclass(frozen=True)
class InterestsChanged(Prompt):
    """Topics were added to one side.

    `side` is "learn" or "teach"; `merged` are (typed, taken) pairs; `others` is how many other people
    stand on the opposite side of them, 0 where it is under five.
    """

    side: str
    added: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    others: int


@dataclass(frozen=True)
class InterestForgotten(Prompt):
    """A topic was taken off; `was_there` is False where it was on neither side."""

    topic: str
    was_there: bool


@dataclass(frozen=True)
class ProfileShown(Prompt):
    """What is known about the reader."""

    card: Card
    places: int
    since: str
    manager: Address | None
    findable: bool
    paused_until: datetime | None


@dataclass(frozen=True)
class Teacher:
    """Somebody who teaches a topic and agreed to be found; no learn topics, which are a partner's to see."""

    who: Address
    name: str
    level: int
    department: str
    teach: tuple[str, ...]


@dataclass(frozen=True)
class TeachersFound(Prompt):
    """People who teach `topic` and agreed to be found, at most ten."""

    topic: str
    teachers: tuple[Teacher, ...]


@dataclass(frozen=True)
class PairLine:
    """One of the reader's pairs: with whom, where it stands, what comes next and when."""

    pair: PairId
    partner: Address
    partner_name: str
    state: str
    flow: Flow
    room: Address | None
    meetings: int
    next_meeting_at: datetime | None
    answered: bool


@dataclass(frozen=True)
class PairsShown(Prompt):
    """The reader's pairs, and when the next round is."""

    pairs: tuple[PairLine, ...]
    next_round_at: datetime | None


@dataclass(frozen=True)
class WhyShown(Prompt):
    """Why this pair."""

    partner_name: str
    partner: Address
    reasons: tuple[Reason, ...]
    flow: Flow


@dataclass(frozen=True)
class WhyNone(Prompt):
    """Why there is no pair yet, as `reason`, and when the next round is."""

    reason: Reason
    next_round_at: datetime | None


@dataclass(frozen=True)
class PauseForm(FormPrompt):
    """Asks until when, and whether partners may be told."""

    form: ClassVar[str] = "pause"
    until: date


@dataclass(frozen=True)
class Paused(Prompt):
    """A pause began; `active_pairs` is how many pairs now rest, `told` whether partners hear until when."""

    until: datetime
    active_pairs: int
    told: bool


@dataclass(frozen=True)
class Resumed(Prompt):
    """The pause is over, by the person's word; `was_paused` is False where there was none."""

    was_paused: bool
    next_round_at: datetime | None


@dataclass(frozen=True)
class PauseEnded(Prompt):
    """The pause is over by itself."""

    next_round_at: datetime | None


@dataclass(frozen=True)
class LeaveAsked(Prompt):
    """Before leaving: what is kept, what ends, how to come back; asks once more."""

    pairs: int


@dataclass(frozen=True)
class LeftProgramme(Prompt):
    """The person has left: what is kept and how to come back."""

    programme: str


@dataclass(frozen=True)
class Privacy(Prompt):
    """What is stored, who sees what, what can never be seen."""

    contacts: tuple[Address, ...]
    support: str


# --- proposals


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


@dataclass(frozen=True)
class ProposalReminder(Prompt):
    """The one reminder before proposals lapse; several fall together in one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    proposals: tuple[tuple[PairId, str, datetime], ...]
    """(pair, partner's name, answer by)"""


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


# --- the journey


@dataclass(frozen=True)
class Introduction(Prompt):
    """Opens the room: why the two, what each can be leaned on for, who books, the programme's purpose.

    `one` is the lower level. `books` is who books the first meeting: a learner of the pair.
    """

    one: Card
    other: Card
    one_learns: tuple[str, ...]
    other_learns: tuple[str, ...]
    reasons: tuple[Reason, ...]
    books: Address
    books_name: str
    lateral: bool
    programme: str
    purpose: str
    pair: PairId


@dataclass(frozen=True)
class KnowEachOther(Prompt):
    """Stage 1: paths and detours, values, names and how to say them; no goals yet."""

    one: str
    other: str
    pair: PairId


@dataclass(frozen=True)
class Align(Prompt):
    """Stage 2: expectations, logistics, confidentiality, cancelling, how we'll know it works."""

    one: str
    other: str
    pair: PairId


@dataclass(frozen=True)
class PairAsked:
    """One pair inside a message to one person, and what was answered for it ("met", "not_yet", "date")."""

    pair: PairId
    partner: str
    answered: str = ""
    meeting_at: datetime | None = None


@dataclass(frozen=True)
class SetADate(Prompt):
    """A nudge: no date yet after seven days; several pairs fall together in one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class DidYouMeet(Prompt):
    """A check-in, to each alone; several pairs fall together in one."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class DateForm(FormPrompt):
    """Asks when the two will meet (local date and time of the reader)."""

    form: ClassVar[str] = "date"
    pair: PairId
    partner: str
    on: date
    at: time


@dataclass(frozen=True)
class DateKept(Prompt):
    """A date was noted."""

    partner: str
    at: datetime


@dataclass(frozen=True)
class WhichPair(Prompt):
    """`/mentor met` by somebody with several pairs."""

    pairs: tuple[PairAsked, ...]


@dataclass(frozen=True)
class MeetingNoted(Prompt):
    """A meeting was recorded; `count` meetings so far."""

    partner: str
    count: int


@dataclass(frozen=True)
class PairQuiet(Prompt):
    """The neutral line of an active pair that rests."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE


@dataclass(frozen=True)
class PartnerAway(Prompt):
    """The partner is away and said that this may be told."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    until: datetime


@dataclass(frozen=True)
class PairClosed(Prompt):
    """The neutral closing line of an active pair; one wording for every cause."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    next_round_at: datetime | None


# --- owners


@dataclass(frozen=True)
class SetupForm(FormPrompt):
    """What a programme needs; opens with what is set."""

    form: ClassVar[str] = "setup"
    name: str
    purpose: str
    channel: Address | None
    first_round: date
    weeks_between_rounds: int
    ends: date | None
    summary_day: int
    summary_at: time
    zone: str
    owners: tuple[Address, ...]
    contacts: tuple[Address, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeReady(Prompt):
    """Set up or changed; when the first round is drafted and the first summary comes."""

    name: str
    channel: Address
    next_round_at: datetime | None
    next_summary_at: datetime
    new: bool


@dataclass(frozen=True)
class DraftReady(Prompt):
    """A draft round waits for its review."""

    round: RoundId
    number: int
    pairs: int
    waiting: int
    reciprocal: int
    upward: int
    """Pairs in which the lower level teaches the higher something."""


@dataclass(frozen=True)
class DraftedPair:
    """One pair of a draft, as its owner reviews it."""

    one: str
    one_level: int
    other: str
    other_level: int
    one_learns: tuple[str, ...]
    other_learns: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RoundReview(Prompt):
    """A page of a draft's pairs (pages from 0), and how many people wait for which reason."""

    round: RoundId
    number: int
    pairs: tuple[DraftedPair, ...]
    page: int
    pages: int
    total: int
    waiting: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True)
class RoundReleased(Prompt):
    """A round went out: how many proposals, and how many people wait."""

    number: int
    pairs: int
    waiting: int
    next_round_at: datetime | None


@dataclass(frozen=True)
class NoPairsPossible(Prompt):
    """A draft found no pair; what would help."""

    joined: int


@dataclass(frozen=True)
class NoPairThisRound(Prompt):
    """To a person whom the round leaves waiting: why, what would help, when the next one is."""

    reason: Reason
    next_round_at: datetime | None


@dataclass(frozen=True)
class WeeklySummary(Prompt):
    """The owner's figures for a week, in the programme's channel; None holds all figures back."""

    programme: str
    figures: Figures | None
    next_round_at: datetime | None


@dataclass(frozen=True)
class OwnerNews(Prompt):
    """To a new owner: what the programme is and that they own it now."""

    programme: str
    by: str


@dataclass(frozen=True)
class Home(Prompt):
    """The App Home: who I am here, my pairs, what can be done."""

    joined: bool
    owner: bool
    programme: str
    purpose: str
    name: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    paused_until: datetime | None
    pairs: tuple[PairLine, ...]
    next_round_at: datetime | None
