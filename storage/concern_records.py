"""Concerns of one workspace, under keys of their own."""

from pydantic import TypeAdapter
from sqlmodel import col, select

from bot.mentoring.concern import Concern
from storage.concern_tables import ConcernRow
from storage.encryption import CONCERN
from storage.record_base import RecordBase

TOLD = TypeAdapter(Concern)


class ConcernRecords(RecordBase):
    """The part of Records about concerns."""

    def concerns(self) -> tuple[Concern, ...]:
        """Every concern that is kept, oldest first; whoever asks shows each to nobody but its two."""
        mine = select(ConcernRow).where(ConcernRow.workspace_id == self._workspace)
        keys = self._keyring.of(CONCERN)
        rows = self._session.exec(mine.order_by(col(ConcernRow.at), col(ConcernRow.id)))
        return tuple(TOLD.validate_json(keys.open(self._workspace, row.told)) for row in rows)

    def save_concern(self, concern: Concern) -> None:
        """Write a concern, new or changed."""
        told = self._keyring.of(CONCERN).seal(self._workspace, TOLD.dump_json(concern))
        row = ConcernRow(
            workspace_id=self._workspace,
            id=concern.id,
            told=told,
            at=concern.at,
            keep_until=concern.keep_until,
        )
        self._session.merge(row)
        self._session.flush()
