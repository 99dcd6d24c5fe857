"""Fakes of the ports: rows in dicts, ids in order, so that use cases run without a database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from bot.due import DueItem, DueKind
from bot.mentoring.errors import NotFound
from bot.mentoring.ethics import CodeKept
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
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Declared, Participant, ParticipantState, Profile
from bot.mentoring.programme import Programme, Round
from bot.mentoring.story import Done
from bot.mentoring.waiting import Waiting
from bot.ports import Message, Pending
from storage.outbox import LAPSE
from tests.fakes_of_pairs import FakePairWords

K = TypeVar("K")
V = TypeVar("V")
FIRST = WorkspaceId("w1")


@dataclass
class FakeIds:
    """Ids that count upwards, and draws that take turns over their range."""

    made: int = 0

    def __call__(self) -> str:
        """The next id."""
        self.made += 1
        return f"id{self.made:06d}"

    def draw(self, low: int, high: int) -> int:
        """The next number of the range."""
        self.made += 1
        return low + self.made % (high - low + 1)


@dataclass
class FakeRecords(FakePairWords):
    """One workspace's rows in dicts; behaves as storage's Records does."""

    workspace: WorkspaceId = FIRST
    programmes: list[Programme] = field(default_factory=list)
    round_rows: dict[RoundId, Round] = field(default_factory=dict)
    waiting_rows: dict[RoundId, dict[ParticipantId, Waiting]] = field(default_factory=dict)
    profiles: dict[Address, Profile] = field(default_factory=dict)
    welcomed: set[Address] = field(default_factory=set)
    away: set[Address] = field(default_factory=set)
    left_forms: dict[Address, LeftForm] = field(default_factory=dict)
    blocks: list[tuple[Address, Address]] = field(default_factory=list)
    codes: list[CodeKept] = field(default_factory=list)
    people: dict[ParticipantId, Participant] = field(default_factory=dict)
    pair_rows: dict[PairId, Pair] = field(default_factory=dict)
    meeting_rows: dict[MeetingId, Meeting] = field(default_factory=dict)
    steps: dict[PairId, list[Done]] = field(default_factory=dict)
    outbox: dict[str, Message] = field(default_factory=dict)
    sent: dict[str, tuple[datetime, Message]] = field(default_factory=dict)
    refused: list[datetime] = field(default_factory=list)
    missed: dict[str, datetime] = field(default_factory=dict)

    def programme(self) -> Programme | None:
        """The workspace's programme."""
        return self.programmes[0] if self.programmes else None

    def save_programme(self, programme: Programme) -> None:
        """Keep a programme."""
        self.programmes[:] = [programme]

    def find_programme(self, key: ProgrammeId) -> Programme:
        """That programme."""
        return _found({one.id: one for one in self.programmes}, key)

    def round(self, key: RoundId) -> Round:
        """That round."""
        return _found(self.round_rows, key)

    def rounds(self) -> tuple[Round, ...]:
        """All rounds."""
        return tuple(sorted(self.round_rows.values(), key=lambda one: (one.drafted_at, one.id)))

    def save_round(self, one: Round) -> None:
        """Keep a round."""
        self.round_rows[one.id] = one

    def waiting(self, key: RoundId) -> dict[ParticipantId, Waiting]:
        """Why people wait."""
        return dict(self.waiting_rows.get(key, {}))

    def save_waiting(self, key: RoundId, reasons: dict[ParticipantId, Waiting]) -> None:
        """Keep why people wait."""
        self.waiting_rows[key] = dict(reasons)

    def profile(self, who: Address) -> Profile | None:
        """What the directory told."""
        return self.profiles.get(who)

    def save_profile(self, profile: Profile) -> None:
        """Keep what the directory told."""
        self.profiles[profile.address] = profile

    def first_welcome(self, who: Address) -> bool:
        """Remember a welcome."""
        _found(self.profiles, who)
        first = who not in self.welcomed
        self.welcomed.add(who)
        return first

    def out_of_reach(self, people: Iterable[Address]) -> tuple[Address, ...]:
        """Whom a test says that messages do not reach."""
        return tuple(one for one in dict.fromkeys(people) if one in self.away)

    def left_form(self, who: Address) -> LeftForm | None:
        """The form that was left."""
        return self.left_forms.get(who)

    def save_left_form(self, who: Address, left: LeftForm) -> None:
        """Keep a form that was left."""
        self.left_forms[who] = left

    def forget_left_form(self, who: Address) -> None:
        """Forget a form that was left."""
        self.left_forms.pop(who, None)

    def participant(self, key: ParticipantId) -> Participant:
        """That participant."""
        return _found(self.people, key)

    def participant_at(self, who: Address) -> Participant | None:
        """The participant at an address."""
        return next((one for one in self.people.values() if one.address == who), None)

    def participants(self) -> tuple[Participant, ...]:
        """Everybody who takes part."""
        here = (one for one in self.people.values() if one.state is not ParticipantState.LEFT)
        return tuple(sorted(here, key=lambda one: one.id))

    def declared(self) -> tuple[Declared, ...]:
        """Everybody's interests, in the order of joining."""
        people = sorted(self.participants(), key=lambda one: (one.joined_at, one.id))
        return tuple(Declared(one.id, one.learn, one.teach) for one in people)

    def save_participant(self, participant: Participant) -> None:
        """Keep a participant."""
        self.people[participant.id] = participant

    def codes_kept(self, who: ParticipantId) -> tuple[CodeKept, ...]:
        """The versions of the code that somebody keeps to."""
        return tuple(sorted((one for one in self.codes if one.who == who), key=lambda one: one.version))

    def save_code_kept(self, kept: CodeKept) -> None:
        """Keep that somebody said so, once."""
        if not any(one.version == kept.version for one in self.codes_kept(kept.who)):
            self.codes.append(kept)

    def blocks_of(self, who: Address) -> tuple[Address, ...]:
        """Whom somebody has blocked."""
        return tuple(whom for blocker, whom in self.blocks if blocker == who)

    def save_block(self, who: Address, whom: Address) -> None:
        """Keep a block."""
        if (who, whom) not in self.blocks:
            self.blocks.append((who, whom))

    def forget_block(self, who: Address, whom: Address) -> None:
        """Take a block back."""
        self.blocks[:] = [block for block in self.blocks if block != (who, whom)]

    def kept_apart(self) -> frozenset[frozenset[Address]]:
        """Everybody whom a block keeps apart."""
        return frozenset(frozenset(block) for block in self.blocks)

    def pair(self, key: PairId) -> Pair:
        """That pair."""
        return _found(self.pair_rows, key)

    def gather(self, pairs: Iterable[PairId]) -> None:
        """Nothing is nearer in memory than it is already."""

    def pairs(self, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """All pairs in these states."""
        wanted = set(states)
        return tuple(one for _, one in sorted(self.pair_rows.items()) if one.state in wanted)

    def pairs_of(self, who: ParticipantId, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """One person's pairs."""
        return tuple(pair for pair in self.pairs(states) if who in pair.sides)

    def pairs_in(self, key: RoundId) -> tuple[Pair, ...]:
        """A round's pairs."""
        inside = (pair for pair in self.pair_rows.values() if pair.round == key)
        return tuple(sorted(inside, key=lambda pair: (-pair.score, pair.id)))

    def met_before(self) -> frozenset[frozenset[ParticipantId]]:
        """Who was proposed to each other."""
        return frozenset(frozenset(one.sides) for one in self.pair_rows.values() if one.proposed_at)

    def save_pair(self, pair: Pair) -> None:
        """Keep a pair."""
        self.pair_rows[pair.id] = pair

    def meetings(self, key: PairId) -> tuple[Meeting, ...]:
        """A pair's meetings."""
        mine = (meeting for meeting in self.meeting_rows.values() if meeting.pair == key)
        return tuple(sorted(mine, key=lambda meeting: (meeting.at, meeting.id)))

    def save_meeting(self, meeting: Meeting) -> None:
        """Keep a meeting."""
        self.meeting_rows[meeting.id] = meeting

    def held_since(self, moment: datetime) -> tuple[tuple[MeetingId, PairId, datetime], ...]:
        """The meetings held since a moment."""
        rows = self.meeting_rows.values()
        held = [one for one in rows if one.state is MeetingState.HELD and one.at >= moment]
        return tuple((one.id, one.pair, one.at) for one in held)

    def done(self, key: PairId) -> tuple[Done, ...]:
        """What was said to a pair."""
        return tuple(self.steps.get(key, ()))

    def steps_read(self, who: ParticipantId) -> dict[str, datetime]:
        """When somebody was last told each step."""
        mine = [done for said in self.steps.values() for done in said if done.to == who]
        return {done.step: done.at for done in sorted(mine, key=lambda one: one.at)}

    def save_done(self, key: PairId, done: Done) -> None:
        """Add what was said."""
        self.steps[key] = [*self.steps.get(key, ()), done]

    def save_answer(self, key: PairId, to: ParticipantId, step: str, answer: str, at: datetime) -> None:
        """Keep the answer to the last time."""
        rows = self.steps[key] = list(self.steps[key])
        last = max(place for place, done in enumerate(rows) if done.step == step and done.to == to)
        rows[last] = replace(rows[last], answer=answer, answered_at=at)

    def said(self, who: ParticipantId, since: datetime) -> tuple[Said, ...]:
        """What counts for a person."""
        waiting = [(one.not_before, one) for one in self.outbox.values()]
        every = (*waiting, *self.sent.values())
        return tuple(Said(at, one.nudge) for at, one in every if who in one.counts_for and at >= since)

    def post(self, message: Message) -> None:
        """Keep a message to be sent, once for its key."""
        if message.key not in self.outbox and message.key not in self.sent:
            self.outbox[message.key] = message

    def undelivered(self, since: datetime) -> int:
        """How many messages were refused for good."""
        return sum(at >= since for at in self.refused)

    def pending(self, who: ParticipantId) -> tuple[Pending, ...]:
        """What waits for a person."""
        waiting = [_pending(message) for _, message in self._waiting_for(who)]
        return tuple(sorted(waiting, key=lambda one: one.at))

    def late(self, key: str) -> Pending | None:
        """A message of this key, which stands for its id; whoever asks knows that it is late."""
        return _pending(self.outbox[key]) if key in self.outbox else None

    def whole(self, message: Pending) -> Message:
        """A message that waits."""
        return _found(self.outbox, message.key)

    def move(self, message: Pending, at: datetime, closes_at: datetime, *, late: bool = False) -> None:
        """Let a message that waits leave at another moment."""
        waits = self.outbox[message.key]
        self.outbox[message.key] = replace(waits, not_before=at, closes_at=closes_at)
        missed = self.missed.pop(message.key, waits.not_before)
        if late:
            self.missed[message.key] = missed

    def withdraw(self, who: ParticipantId, key_prefix: str = "") -> None:
        """Take back what waits for a person."""
        for key, _ in self._waiting_for(who):
            if key.startswith(key_prefix):
                del self.outbox[key]

    def _waiting_for(self, who: ParticipantId) -> list[tuple[str, Message]]:
        """What waits for a person, and for the rooms of their pairs."""
        mine = {self.people[who].address, *(pair.id for pair in self.pairs_of(who, PairState))}
        return [(key, one) for key, one in self.outbox.items() if one.to.ref in mine]

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo what is kept when an error leaves."""
        before = {name: copy(value) for name, value in vars(self).items()}
        try:
            yield
        except Exception:
            vars(self).update(before)
            raise

    # what a test drives

    def due(self, now: datetime) -> tuple[DueItem, ...]:
        """What is due."""
        found = [
            DueItem(self.workspace, DueKind.PARTICIPANT, one.id)
            for one in self.people.values()
            if one.state is ParticipantState.PAUSED and one.paused_until and one.paused_until <= now
        ]
        found += [
            DueItem(self.workspace, DueKind.PAIR, pair.id)
            for pair in self.pair_rows.values()
            if pair.next_due_at and pair.next_due_at <= now
        ]
        found += [
            DueItem(self.workspace, DueKind.PROGRAMME, one.id)
            for one in self.programmes
            if min(one.next_summary_at, one.next_round_at or one.next_summary_at) <= now
        ]
        late = (key for key, one in self.outbox.items() if _closed(one, now))
        found += [DueItem(self.workspace, DueKind.MESSAGE, key) for key in late]
        return tuple(found)

    def next_due(self) -> datetime | None:
        """The next moment at which something is due."""
        moments = [one.not_before for one in self.outbox.values()]
        moments += [one.closes_at for one in self.outbox.values() if one.closes_at]
        moments += [pair.next_due_at for pair in self.pair_rows.values() if pair.next_due_at]
        moments += [one.paused_until for one in self.people.values() if one.paused_until]
        for one in self.programmes:
            moments += [one.next_summary_at, *([one.next_round_at] if one.next_round_at else [])]
        return min(moments, default=None)

    def send_due(self, now: datetime) -> list[Message]:
        """Send what may leave now, in order of its moment; what comes too late is dropped."""
        waiting = self.outbox.items()
        ready = [(key, one) for key, one in waiting if one.not_before <= now and not _closed(one, now)]
        ready.sort(key=lambda item: item[1].not_before)
        late = {key for key, one in ready if self._too_late(one, now)}
        for key, one in ready:
            self.sent[key] = (now, replace(one, counts_for=()) if key in late else one)
            del self.outbox[key]
        return [one for key, one in ready if key not in late]

    def _too_late(self, one: Message, now: datetime) -> bool:
        """Whether a message makes no sense any more, as storage's outbox decides it."""
        planned_at = self.missed.get(one.key, one.not_before)
        moments = (one.prompt.stale_at(planned_at), planned_at + LAPSE if one.nudge else None)
        return any(moment is not None and now > moment for moment in moments)


def _closed(one: Message, now: datetime) -> bool:
    """Whether one of a message's readers has stopped work."""
    return one.closes_at is not None and one.closes_at <= now


def _pending(one: Message) -> Pending:
    counts = Said(one.not_before, one.nudge) if one.counts_for else None
    return Pending(one.key, one.to, one.not_before, one.closes_at, one.nudge, counts)


def _found(rows: dict[K, V], key: K) -> V:
    try:
        return rows[key]
    except KeyError:
        raise NotFound from None
