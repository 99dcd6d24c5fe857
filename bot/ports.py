"""What the use cases need from outside, as Protocols."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.mentoring.agreement import Agreement
from bot.mentoring.closing import Closing, LookBack, Question
from bot.mentoring.concern import Concern
from bot.mentoring.ethics import CodeKept
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.goals import Goals
from bot.mentoring.ids import (
    Address,
    MeetingId,
    PairId,
    ParticipantId,
    ProgrammeId,
    RoundId,
    WorkspaceId,
)
from bot.mentoring.left_form import LeftForm
from bot.mentoring.limits import Said
from bot.mentoring.meetings import Meeting, Offer, Rhythm
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.pair_texts import About, PairText
from bot.mentoring.people import DaysOff, Declared, Participant, Profile
from bot.mentoring.programme import Programme, Round
from bot.mentoring.prompts import Prompt
from bot.mentoring.story import Done
from bot.mentoring.waiting import Waiting


class NewId(Protocol):
    """Makes ids and draws: the only source of randomness the use cases know."""

    def __call__(self) -> str:
        """A new random id (128 bits, 32 hexadecimal digits)."""

    def draw(self, low: int, high: int) -> int:
        """A random whole number from `low` to `high`, both included."""


class Holidays(Protocol):
    """Knows public holidays. A place is an ISO 3166 code: "DE", or "DE-BY" for a part of it."""

    def known(self, place: str) -> bool:
        """Whether the public holidays of a place are known."""

    def days_off(self, place: str) -> DaysOff:
        """The public holidays of a place; none of one that is not known."""

    def of_zone(self, zone: str) -> str:
        """The country that an IANA zone lies in; empty where it could be several."""


Clock = Callable[[], datetime]
"""The programme's clock: aware UTC."""


class Kind(StrEnum):
    """What a message is addressed to."""

    PERSON = "person"
    ROOM = "room"
    CHANNEL = "channel"
    REPLY = "reply"
    """Replaces the message that a person pressed; `ref` is opaque and belongs to the platform."""


@dataclass(frozen=True)
class Destination:
    """Where a message goes: a person's or channel's address, a pair's id (ROOM), or an opaque reference.

    `readers` are the people who will read it, for their zones and, for a room, to open it.
    """

    kind: Kind
    ref: str
    readers: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Message:
    """A message to be sent: once only for its `key` in a workspace, not before `not_before` (UTC).

    `counts_for` are the participants whose weekly limits it uses up. It leaves before `closes_at` (UTC), when
    one of its readers stops work, and is planned anew where it did not; None for an answer to what its
    reader did just now, and for a channel: both have no hours.
    """

    key: str
    to: Destination
    prompt: Prompt
    not_before: datetime
    counts_for: tuple[ParticipantId, ...] = ()
    nudge: bool = False
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Pending:
    """A message that waits in the outbox, to leave from `at` on and before `closes_at` (UTC).

    `counts` is what it uses up of its readers' weekly limits; None where it uses up nothing.
    """

    key: str
    to: Destination
    at: datetime
    closes_at: datetime | None
    nudge: bool
    counts: Said | None


class Records(Protocol):
    """One workspace's rows inside one transaction; every call is about that workspace and no other."""

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace all of this is about."""

    # programme and rounds

    def programme(self) -> Programme | None:
        """The workspace's programme."""

    def save_programme(self, programme: Programme) -> None:
        """Write a programme, new or changed."""

    def find_programme(self, key: ProgrammeId) -> Programme:
        """That programme; NotFound where there is none."""

    def round(self, key: RoundId) -> Round:
        """That round; NotFound where there is none."""

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, oldest first."""

    def save_round(self, one: Round) -> None:
        """Write a round, new or changed."""

    def waiting(self, key: RoundId) -> dict[ParticipantId, Waiting]:
        """Why each person has no pair in a round."""

    def save_waiting(self, key: RoundId, reasons: dict[ParticipantId, Waiting]) -> None:
        """Replace the reasons kept for a round."""

    # people

    def profile(self, who: Address) -> Profile | None:
        """What was last heard of a person from the platform's directory."""

    def save_profile(self, profile: Profile) -> None:
        """Write what the directory tells of a person."""

    def first_welcome(self, who: Address) -> bool:
        """Remember that somebody the directory told of is welcomed; False where they were before."""

    def out_of_reach(self, people: Iterable[Address]) -> tuple[Address, ...]:
        """Those of some people who cannot be written to, each once, in the order given."""

    def left_form(self, who: Address) -> LeftForm | None:
        """The opt-in form that somebody left half-way, kept until now or longer."""

    def save_left_form(self, who: Address, left: LeftForm) -> None:
        """Keep an opt-in form that somebody left half-way, in place of an earlier one."""

    def forget_left_form(self, who: Address) -> None:
        """Remove the opt-in form that somebody left half-way, if there is one."""

    def participant(self, key: ParticipantId) -> Participant:
        """That participant, one who left included; NotFound where there is none."""

    def participant_at(self, who: Address) -> Participant | None:
        """The participant at an address, one who left included."""

    def participants(self) -> tuple[Participant, ...]:
        """Everybody who takes part (paused ones too), by id."""

    def declared(self) -> tuple[Declared, ...]:
        """The interests of everybody who takes part (paused ones too), in order of joining, then by id."""

    def save_participant(self, participant: Participant) -> None:
        """Write a participant, new or changed."""

    def codes_kept(self, who: ParticipantId) -> tuple[CodeKept, ...]:
        """The versions of the code that somebody said they keep to, oldest version first."""

    def save_code_kept(self, kept: CodeKept) -> None:
        """Keep that somebody said so; nothing happens where they said it before."""

    def blocks_of(self, who: Address) -> tuple[Address, ...]:
        """The people somebody has blocked, oldest first; for nobody's eyes but theirs."""

    def save_block(self, who: Address, whom: Address) -> None:
        """Keep a block; nothing happens where it stands already."""

    def forget_block(self, who: Address, whom: Address) -> None:
        """Take a block back, if there is one."""

    def kept_apart(self) -> frozenset[frozenset[Address]]:
        """The two-element sets of everybody whom a block keeps apart, whoever of the two asked for it."""

    # pairs

    def gather(self, pairs: Iterable[PairId]) -> None:
        """Read in one go what planning looks at of several pairs and their people; it changes nothing."""

    def pair(self, key: PairId) -> Pair:
        """That pair; NotFound where there is none."""

    def pairs(self, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """All pairs in these states, by id."""

    def pairs_of(self, who: ParticipantId, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """One person's pairs in these states, oldest first."""

    def pairs_in(self, key: RoundId) -> tuple[Pair, ...]:
        """A round's pairs, best first and then by id."""

    def met_before(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of everybody who was ever proposed to each other."""

    def save_pair(self, pair: Pair) -> None:
        """Write a pair, new or changed; a guarded update that loses no race."""

    def meetings(self, key: PairId) -> tuple[Meeting, ...]:
        """A pair's meetings, oldest first."""

    def save_meeting(self, meeting: Meeting) -> None:
        """Write a meeting, new or changed."""

    def offers(self, key: PairId) -> tuple[Offer, ...]:
        """The times that the sides of a pair offer each other now, one offer a side at most."""

    def save_offer(self, offer: Offer) -> None:
        """Write an offer in place of what its side offered before."""

    def forget_offers(self, key: PairId, by: ParticipantId | None = None) -> None:
        """Take back what was offered in a pair, by one side or by both."""

    def rhythm(self, key: PairId) -> Rhythm:
        """How often a pair meets; nothing agreed where nobody has said."""

    def save_rhythm(self, rhythm: Rhythm) -> None:
        """Write a rhythm, new or changed."""

    def pair_texts(self, key: PairId, about: About) -> tuple[PairText, ...]:
        """What the two of a pair wrote for each other, oldest first."""

    def save_pair_text(self, text: PairText) -> None:
        """Write such a text in place of the same side's for the same meeting; an empty one goes."""

    def feed(self, who: ParticipantId) -> str | None:
        """The secret of a person's calendar feed."""

    def save_feed(self, who: ParticipantId, secret: str) -> None:
        """Give a person's calendar feed a new secret; the old one is gone."""

    def forget_feed(self, who: ParticipantId) -> None:
        """Let a person's calendar feed be gone, if there is one."""

    def held_since(self, moment: datetime) -> tuple[tuple[MeetingId, PairId, datetime], ...]:
        """The meetings held at or after a moment, in the workspace."""

    def done(self, key: PairId) -> tuple[Done, ...]:
        """The steps that were said to a pair, oldest first."""

    def steps_read(self, who: ParticipantId) -> dict[str, datetime]:
        """When somebody was last told each step alone, in whichever pair of theirs."""

    def save_done(self, key: PairId, done: Done) -> None:
        """Add a step that was said."""

    def save_answer(self, key: PairId, to: ParticipantId, step: str, answer: str, at: datetime) -> None:
        """Write the answer to the last time a step was said to a person, given at a moment."""

    # how it fits, how it ends

    def fit(self, key: PairId, who: ParticipantId) -> Fit | None:
        """How somebody finds their pair; for nobody's eyes but theirs."""

    def save_fit(self, key: PairId, who: ParticipantId, fit: Fit) -> None:
        """Keep how somebody finds their pair, in place of what they said before."""

    def helped(self) -> tuple[tuple[Helped, datetime], ...]:
        """What everybody answered last to whether asking across levels helped, without who did."""

    def save_helped(self, who: ParticipantId, answer: Helped, at: datetime) -> None:
        """Keep such an answer, in place of the person's last one."""

    def save_wish(self, who: ParticipantId, whom: ParticipantId) -> None:
        """Keep somebody's wish to be paired with the same person again."""

    def forget_wishes(self, one: ParticipantId, other: ParticipantId) -> None:
        """Forget what two people wished for of each other."""

    def wished_again(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of people who each wish to be paired with the other again."""

    def closing(self, key: PairId) -> Closing | None:
        """The wish to close a pair together, if there is one."""

    def save_closing(self, closing: Closing) -> None:
        """Write such a wish, in place of an earlier one."""

    def forget_closing(self, key: PairId) -> None:
        """Forget it."""

    def look_backs(self, key: PairId) -> dict[ParticipantId, LookBack]:
        """What each side said at a pair's end."""

    def save_look_back(self, key: PairId, who: ParticipantId, said: LookBack) -> None:
        """Keep what a side said, in place of what it said before."""

    def question(self, key: PairId) -> Question | None:
        """The last question whether a pair goes on."""

    def save_question(self, question: Question) -> None:
        """Write it, in place of an earlier one."""

    # concerns

    def concerns(self) -> tuple[Concern, ...]:
        """Every concern that is kept, oldest first; whoever asks shows each to nobody but its two."""

    def save_concern(self, concern: Concern) -> None:
        """Write a concern, new or changed."""

    # what the two of a pair wrote

    def agreement(self, key: PairId) -> Agreement:
        """What the two of a pair expect and agreed; an empty one before anybody wrote."""

    def save_agreement(self, agreement: Agreement) -> None:
        """Write an agreement, new or changed; a guarded update that loses no race."""

    def goals(self, key: PairId) -> Goals:
        """The goals of a pair's two sides; none before anybody wrote one."""

    def save_goals(self, goals: Goals) -> None:
        """Write a pair's goals, new or changed; guarded as above."""

    # messages

    def said(self, who: ParticipantId, since: datetime) -> tuple[Said, ...]:
        """The messages that count for a person from a moment on, those still waiting included."""

    def post(self, message: Message) -> None:
        """Put a message in the outbox; nothing happens where its key is there already."""

    def undelivered(self, since: datetime) -> int:
        """How many messages the platform refused for good from a moment on."""

    def attempt(self) -> AbstractContextManager[object]:
        """A part of the transaction that is undone alone when an error leaves it."""

    def pending(self, who: ParticipantId) -> tuple[Pending, ...]:
        """What waits for a person and has not left, earliest first."""

    def late(self, key: str) -> Pending | None:
        """The message of this id, where it waits though its readers' hours have closed; else None."""

    def whole(self, message: Pending) -> Message:
        """A message that waits, with what it says; NotFound where it waits no more."""

    def move(self, message: Pending, at: datetime, closes_at: datetime, *, late: bool = False) -> None:
        """Let a message that waits leave from one moment on and before another; it counts for that moment.

        Where it is `late`, how late goes on from the moment that it missed first.
        """

    def withdraw(self, who: ParticipantId, key_prefix: str = "") -> None:
        """Take back what waits for a person and has not left, all or by the start of its key."""


class Use(Protocol):
    """A use case as the edges run it."""

    def __call__(self, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
        """Load, decide, save and post, inside the one transaction it is handed."""
