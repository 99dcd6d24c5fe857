"""Pairs of one workspace, their meetings and the steps of their journey."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, and_, bindparam, func, insert, or_, select, union_all, update

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import MeetingId, PairId, ParticipantId, RoundId
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.story import Done
from storage.record_base import RecordBase
from storage.shelf import KEY, KEYS, WORKSPACE, Rows, Shelf
from storage.tables import MeetingRow, PairRow, StepRow

ROOM = ""
"""What stands in a step's recipient when it was said to the room."""

PAIRS, MEETINGS = Shelf(Pair, PairRow), Shelf(Meeting, MeetingRow)
PAIR, MEETING, STEPS = PAIRS.table.c, MEETINGS.table.c, StepRow.__table__
STEP = STEPS.c

IN_STATES = PAIRS.all.where(PAIR.state.in_(bindparam("states", expanding=True)))
PAIRS_BY_ID = IN_STATES.order_by(PAIR.id)
PAIRS_IN = PAIRS.all.where(PAIR.round == bindparam(KEY)).order_by(PAIR.score.desc(), PAIR.id)
MET = select(PAIR.a, PAIR.b).where(PAIRS.mine, PAIR.proposed_at.is_not(None))
HELD = (
    select(MEETING.id, MEETING.pair, MEETING.at)
    .where(MEETINGS.mine, MEETING.state == MeetingState.HELD, MEETING.at >= bindparam("moment"))
    .order_by(MEETING.at, MEETING.id)
)


def _of_either(side: Column[Any]) -> Select[Any]:
    """The pairs that have somebody on this side: that one, the moment of the beginning and the pair's id."""
    return select(side, PAIR.created_at, PAIR.id).where(PAIRS.mine, side.in_(bindparam(KEYS, expanding=True)))


def _began(_: RecordBase, created: datetime, key: PairId) -> tuple[datetime, PairId]:
    return created, key


def _meeting(records: RecordBase, *row: object) -> Meeting:
    return records.seen(MEETINGS, row)


def _step(
    _: RecordBase, step: str, at: datetime, recipient: str, answer: str | None, answered_at: datetime | None
) -> Done:
    return Done(step, at, ParticipantId(recipient) if recipient else None, answer, answered_at)


def _read(_: RecordBase, step: str, at: datetime) -> tuple[str, datetime]:
    return step, at


PAIRS_OF = Rows("pairs of a person", union_all(_of_either(PAIR.a), _of_either(PAIR.b)), _began)
MEETINGS_OF = Rows(
    "meetings of a pair",
    MEETINGS.all.where(MEETING.pair.in_(bindparam(KEYS, expanding=True)))
    .order_by(MEETING.at, MEETING.id)
    .with_only_columns(MEETING.pair, *MEETINGS.all.selected_columns),
    _meeting,
)
DONE = Rows(
    "steps said to a pair",
    select(STEP.pair, STEP.step, STEP.at, STEP.recipient, STEP.answer, STEP.answered_at)
    .where(STEP.workspace_id == bindparam(WORKSPACE), STEP.pair.in_(bindparam(KEYS, expanding=True)))
    .order_by(STEP.at, STEP.step, STEP.recipient),
    _step,
)
READ = Rows(
    "steps read by a person",
    select(STEP.recipient, STEP.step, func.max(STEP.at))
    .join(PAIRS.table, and_(PAIR.workspace_id == STEP.workspace_id, PAIR.id == STEP.pair))
    .where(
        STEP.workspace_id == bindparam(WORKSPACE),
        STEP.recipient.in_(bindparam(KEYS, expanding=True)),
        or_(PAIR.a == STEP.recipient, PAIR.b == STEP.recipient),
    )
    .group_by(STEP.recipient, STEP.step),
    _read,
)
_OF_PAIR = (STEP.workspace_id == bindparam(WORKSPACE), STEP.pair == bindparam(KEY))
_SAID = (*_OF_PAIR, STEP.step == bindparam("its_step"), STEP.recipient == bindparam("its_reader"))
NEW_STEP = insert(STEPS)
LAST_SAID = select(STEP.at).where(*_SAID).order_by(STEP.at.desc()).limit(1)
ANSWERED = (
    update(STEPS)
    .where(*_SAID, STEP.at == bindparam("moment"))
    .values(answer=bindparam("new_answer"), answered_at=bindparam("new_moment"))
)


def _in_order(done: Done) -> tuple[datetime, str, str]:
    return done.at, done.step, done.to or ROOM


class PairRecords(RecordBase):
    """The part of Records about pairs."""

    def pair(self, key: PairId) -> Pair:
        """That pair; NotFound where there is none."""
        return self._get(PAIRS, key)

    def pairs(self, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """All pairs in these states, by id."""
        return self._all(PAIRS, PAIRS_BY_ID, states=list(states))

    def pairs_of(self, who: ParticipantId, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """One person's pairs in these states, oldest first."""
        wanted, keys = frozenset(states), [key for _, key in sorted(self._of(PAIRS_OF, who))]
        self._gather_values(PAIRS, keys)
        return tuple(pair for pair in map(self.pair, keys) if pair.state in wanted)

    def pairs_in(self, key: RoundId) -> tuple[Pair, ...]:
        """A round's pairs, best first and then by id."""
        return self._all(PAIRS, PAIRS_IN, **{KEY: key})

    def met_before(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of everybody who was ever proposed to each other."""
        return frozenset(frozenset((ParticipantId(a), ParticipantId(b))) for a, b in self._execute(MET))

    def save_pair(self, pair: Pair) -> None:
        """Write a pair, new or changed; a guarded update that loses no race."""
        if self._write(PAIRS, pair, created_at=self.now):
            for side in pair.sides:
                self._forget(PAIRS_OF, side)

    def meetings(self, key: PairId) -> tuple[Meeting, ...]:
        """A pair's meetings, oldest first."""
        return self._of(MEETINGS_OF, key)

    def save_meeting(self, meeting: Meeting) -> None:
        """Write a meeting, new or changed."""
        self._write(MEETINGS, meeting)
        self._forget(MEETINGS_OF)

    def held_since(self, moment: datetime) -> tuple[tuple[MeetingId, PairId, datetime], ...]:
        """The meetings held at or after a moment, in the workspace."""
        rows = self._execute(HELD, moment=moment)
        return tuple((MeetingId(key), PairId(pair), at) for key, pair, at in rows)

    def done(self, key: PairId) -> tuple[Done, ...]:
        """The steps that were said to a pair, oldest first."""
        return self._of(DONE, key)

    def steps_read(self, who: ParticipantId) -> dict[str, datetime]:
        """When somebody was last told each step alone, in whichever pair of theirs."""
        return dict(self._of(READ, who))

    def save_done(self, key: PairId, done: Done) -> None:
        """Add a step that was said."""
        row = {"workspace_id": self._workspace, "pair": key, "step": done.step, "recipient": done.to or ROOM}
        said = {"at": done.at, "answer": done.answer, "answered_at": done.answered_at}
        self._write_later(NEW_STEP, row | said)
        self._amend(DONE, key, lambda known: sorted((*known, done), key=_in_order))
        if done.to is not None:
            self._amend(READ, done.to, lambda known: (dict(known) | {done.step: done.at}).items())

    def save_answer(self, key: PairId, to: ParticipantId, step: str, answer: str, at: datetime) -> None:
        """Write the answer to the last time a step was said to a person; NotFound where it never was."""
        where = {KEY: key, "its_step": step, "its_reader": to}
        said = self._execute(LAST_SAID, **where).scalar()
        if said is None:
            raise NotFound
        self._execute(ANSWERED, **where, moment=said, new_answer=answer, new_moment=at)
        self._forget(DONE, key)
