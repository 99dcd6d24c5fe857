"""Who keeps away from whom, in one workspace."""

from sqlmodel import col, select

from bot.mentoring.ids import Address
from storage.record_base import RecordBase
from storage.tables import BlockRow


class BlockRecords(RecordBase):
    """The part of Records about blocks."""

    def blocks_of(self, who: Address) -> tuple[Address, ...]:
        """The people somebody has blocked, oldest first; for nobody's eyes but theirs."""
        return tuple(self._whom(row) for row in self._own(who))

    def save_block(self, who: Address, whom: Address) -> None:
        """Keep a block; nothing happens where it stands already."""
        if whom in self.blocks_of(who):
            return
        sealed = self._keyring.seal(self._workspace, whom.encode())
        key, at = self._new_id(), self.now
        row = BlockRow(workspace_id=self._workspace, id=key, blocker=who, blocked=sealed, at=at)
        self._session.add(row)
        self._session.flush()

    def forget_block(self, who: Address, whom: Address) -> None:
        """Take a block back, if there is one."""
        for row in self._own(who):
            if self._whom(row) == whom:
                self._session.delete(row)
        self._session.flush()

    def kept_apart(self) -> frozenset[frozenset[Address]]:
        """The two-element sets of everybody whom a block keeps apart, whoever of the two asked for it."""
        every = self._session.exec(select(BlockRow).where(BlockRow.workspace_id == self._workspace))
        return frozenset(frozenset((row.blocker, self._whom(row))) for row in every)

    def _own(self, who: Address) -> list[BlockRow]:
        mine = select(BlockRow).where(BlockRow.workspace_id == self._workspace, BlockRow.blocker == who)
        return list(self._session.exec(mine.order_by(col(BlockRow.at), col(BlockRow.id))))

    def _whom(self, row: BlockRow) -> Address:
        return Address(self._keyring.open(self._workspace, row.blocked).decode())
