"""Pairs of one workspace, their meetings and the steps of their journey."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import MeetingId, PairId, ParticipantId, RoundId
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.story import Done
from storage.record_base import RecordBase
from storage.shelf import KEY, WORKSPACE, Shelf
from storage.tables import MeetingRow, PairRow, StepRow

ROOM = ""
"""What stands in a step's recipient when it was said to the room."""

PAIRS, MEETINGS = Shelf(Pair, PairRow), Shelf(Meeting, MeetingRow)
PAIR, MEETING, STEPS = PAIRS.table.c, MEETINGS.table.c, StepRow.__table__
STEP = STEPS.c

IN_STATES = PAIRS.all.where(PAIR.state.in_(bindparam("states", expanding=True)))
PAIRS_BY_ID = IN_STATES.order_by(PAIR.id)
PAIRS_OF = IN_STATES.where(or_(PAIR.a == bindparam(KEY), PAIR.b == bindparam(KEY))).order_by(
    PAIR.created_at, PAIR.id
)
PAIRS_IN = PAIRS.all.where(PAIR.round == bindparam(KEY)).order_by(PAIR.score.desc(), PAIR.id)
MET = select(PAIR.a, PAIR.b).where(PAIRS.mine, PAIR.proposed_at.is_not(None))
MEETINGS_OF = MEETINGS.all.where(MEETING.pair == bindparam(KEY)).order_by(MEETING.at, MEETING.id)
HELD = (
    select(MEETING.id, MEETING.pair, MEETING.at)
    .where(MEETINGS.mine, MEETING.state == MeetingState.HELD, MEETING.at >= bindparam("moment"))
    .order_by(MEETING.at, MEETING.id)
)
_OF_PAIR = (STEP.workspace_id == bindparam(WORKSPACE), STEP.pair == bindparam(KEY))
DONE = (
    select(STEP.step, STEP.at, STEP.recipient, STEP.answer, STEP.answered_at)
    .where(*_OF_PAIR)
    .order_by(STEP.at, STEP.step, STEP.recipient)
)
READ = (
    select(STEP.step, func.max(STEP.at))
    .join(PAIRS.table, and_(PAIR.workspace_id == STEP.workspace_id, PAIR.id == STEP.pair))
    .where(
        STEP.workspace_id == bindparam(WORKSPACE),
        STEP.recipient == bindparam(KEY),
        or_(PAIR.a == bindparam(KEY), PAIR.b == bindparam(KEY)),
    )
    .group_by(STEP.step)
)
_SAID = (*_OF_PAIR, STEP.step == bindparam("its_step"), STEP.recipient == bindparam("its_reader"))
LAST_SAID = select(STEP.at).where(*_SAID).order_by(STEP.at.desc()).limit(1)
ANSWERED = (
    update(STEPS)
    .where(*_SAID, STEP.at == bindparam("moment"))
    .values(answer=bindparam("new_answer"), answered_at=bindparam("new_moment"))
)


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
        return self._all(PAIRS, PAIRS_OF, **{KEY: who}, states=list(states))

    def pairs_in(self, key: RoundId) -> tuple[Pair, ...]:
        """A round's pairs, best first and then by id."""
        return self._all(PAIRS, PAIRS_IN, **{KEY: key})

    def met_before(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of everybody who was ever proposed to each other."""
        return frozenset(frozenset((ParticipantId(a), ParticipantId(b))) for a, b in self._execute(MET))

    def save_pair(self, pair: Pair) -> None:
        """Write a pair, new or changed; a guarded update that loses no race."""
        self._write(PAIRS, pair, created_at=self._now)

    def meetings(self, key: PairId) -> tuple[Meeting, ...]:
        """A pair's meetings, oldest first."""
        return self._all(MEETINGS, MEETINGS_OF, **{KEY: key})

    def save_meeting(self, meeting: Meeting) -> None:
        """Write a meeting, new or changed."""
        self._write(MEETINGS, meeting)

    def held_since(self, moment: datetime) -> tuple[tuple[MeetingId, PairId, datetime], ...]:
        """The meetings held at or after a moment, in the workspace."""
        rows = self._execute(HELD, moment=moment)
        return tuple((MeetingId(key), PairId(pair), at) for key, pair, at in rows)

    def done(self, key: PairId) -> tuple[Done, ...]:
        """The steps that were said to a pair, oldest first."""
        return tuple(
            Done(step, at, ParticipantId(recipient) if recipient else None, answer, answered_at)
            for step, at, recipient, answer, answered_at in self._execute(DONE, **{KEY: key})
        )

    def steps_read(self, who: ParticipantId) -> dict[str, datetime]:
        """When somebody was last told each step alone, in whichever pair of theirs."""
        return {step: at for step, at in self._execute(READ, **{KEY: who})}  # noqa: C416 # rows, not pairs

    def save_done(self, key: PairId, done: Done) -> None:
        """Add a step that was said."""
        row = {"workspace_id": self._workspace, "pair": key, "step": done.step, "recipient": done.to or ROOM}
        said = {"at": done.at, "answer": done.answer, "answered_at": done.answered_at}
        self._connection.execute(insert(STEPS), row | said)

    def save_answer(self, key: PairId, to: ParticipantId, step: str, answer: str, at: datetime) -> None:
        """Write the answer to the last time a step was said to a person; NotFound where it never was."""
        where = {KEY: key, "its_step": step, "its_reader": to}
        said = self._execute(LAST_SAID, **where).scalar()
        if said is None:
            raise NotFound
        self._execute(ANSWERED, **where, moment=said, new_answer=answer, new_moment=at)
