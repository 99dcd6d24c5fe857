"""Pairs of one workspace, their meetings and the steps of their journey."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, or_, select

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import MeetingId, PairId, ParticipantId, RoundId
from bot.mentoring.journey import Answer, Done
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import Pair, PairState
from storage.record_base import RecordBase, read
from storage.tables import MeetingRow, PairRow, StepRow

ROOM = ""
"""What stands in a step's recipient when it was said to the room."""


class PairRecords(RecordBase):
    """The part of Records about pairs."""

    def pair(self, key: PairId) -> Pair:
        """That pair; NotFound where there is none."""
        return read(Pair, self._row(PairRow, key))

    def pairs(self, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """All pairs in these states, by id."""
        mine = select(PairRow).where(
            PairRow.workspace_id == self._workspace, col(PairRow.state).in_(list(states))
        )
        return self._all(Pair, mine.order_by(col(PairRow.id)))

    def pairs_of(self, who: ParticipantId, states: Iterable[PairState]) -> tuple[Pair, ...]:
        """One person's pairs in these states, oldest first."""
        mine = select(PairRow).where(
            PairRow.workspace_id == self._workspace,
            or_(PairRow.a == who, PairRow.b == who),
            col(PairRow.state).in_(list(states)),
        )
        return self._all(Pair, mine.order_by(col(PairRow.created_at), col(PairRow.id)))

    def pairs_in(self, key: RoundId) -> tuple[Pair, ...]:
        """A round's pairs, best first and then by id."""
        mine = select(PairRow).where(PairRow.workspace_id == self._workspace, PairRow.round == key)
        return self._all(Pair, mine.order_by(col(PairRow.score).desc(), col(PairRow.id)))

    def met_before(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of everybody who was ever proposed to each other."""
        mine = select(PairRow.a, PairRow.b).where(
            PairRow.workspace_id == self._workspace, col(PairRow.proposed_at).is_not(None)
        )
        return frozenset(frozenset((ParticipantId(a), ParticipantId(b))) for a, b in self._session.exec(mine))

    def save_pair(self, pair: Pair) -> None:
        """Write a pair, new or changed; a guarded update that loses no race."""
        self._write(PairRow, pair, pair.id, created_at=self._now)

    def meetings(self, key: PairId) -> tuple[Meeting, ...]:
        """A pair's meetings, oldest first."""
        mine = select(MeetingRow).where(MeetingRow.workspace_id == self._workspace, MeetingRow.pair == key)
        return self._all(Meeting, mine.order_by(col(MeetingRow.at), col(MeetingRow.id)))

    def save_meeting(self, meeting: Meeting) -> None:
        """Write a meeting, new or changed."""
        self._write(MeetingRow, meeting, meeting.id)

    def held_since(self, moment: datetime) -> tuple[tuple[MeetingId, PairId, datetime], ...]:
        """The meetings held at or after a moment, in the workspace."""
        mine = select(MeetingRow.id, MeetingRow.pair, MeetingRow.at).where(
            MeetingRow.workspace_id == self._workspace,
            MeetingRow.state == MeetingState.HELD,
            MeetingRow.at >= moment,
        )
        rows = self._session.exec(mine.order_by(col(MeetingRow.at), col(MeetingRow.id)))
        return tuple((MeetingId(key), PairId(pair), at) for key, pair, at in rows)

    def done(self, key: PairId) -> tuple[Done, ...]:
        """The steps that were said to a pair, oldest first."""
        mine = select(StepRow).where(StepRow.workspace_id == self._workspace, StepRow.pair == key)
        order = (col(StepRow.at), col(StepRow.step), col(StepRow.recipient))
        rows = self._session.exec(mine.order_by(*order))
        return tuple(
            Done(row.step, row.at, ParticipantId(row.recipient) if row.recipient else None, row.answer)
            for row in rows
        )

    def save_done(self, key: PairId, done: Done) -> None:
        """Add a step that was said."""
        row = StepRow(
            workspace_id=self._workspace,
            pair=key,
            step=done.step,
            recipient=done.to or ROOM,
            at=done.at,
            answer=done.answer,
        )
        self._session.add(row)
        self._session.flush()

    def save_answer(self, key: PairId, to: ParticipantId, step: str, answer: Answer) -> None:
        """Write the answer to the last time a step was said to a person; NotFound where it never was."""
        mine = select(StepRow).where(
            StepRow.workspace_id == self._workspace,
            StepRow.pair == key,
            StepRow.step == step,
            StepRow.recipient == to,
        )
        row = self._session.exec(mine.order_by(col(StepRow.at).desc()).limit(1)).first()
        if row is None:
            raise NotFound
        row.answer = answer
        self._session.flush()
