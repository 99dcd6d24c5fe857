"""What the two of a pair wrote, in one workspace: sealed whole, one guarded row a pair."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.mentoring.agreement import Agreement
from bot.mentoring.goals import Goals
from bot.mentoring.ids import PairId
from storage.agreement_tables import AgreementRow, GoalsRow
from storage.encryption import Sealed
from storage.record_base import RecordBase
from storage.shelf import Shelf


@dataclass(frozen=True)
class _Written:
    """What stands in a row: everything that was written, sealed."""

    pair: PairId
    content: Sealed


AGREEMENTS, GOALS = Shelf(_Written, AgreementRow), Shelf(_Written, GoalsRow)
_AGREEMENT, _GOALS = TypeAdapter(Agreement), TypeAdapter(Goals)


class AgreementRecords(RecordBase):
    """The part of Records about what the two of a pair wrote."""

    def agreement(self, key: PairId) -> Agreement:
        """What the two of a pair expect and agreed; an empty one before anybody wrote."""
        plain = self._content(AGREEMENTS, key)
        return Agreement(key) if plain is None else _AGREEMENT.validate_json(plain)

    def save_agreement(self, agreement: Agreement) -> None:
        """Write an agreement, new or changed; a guarded update that loses no race."""
        self._put_away(AGREEMENTS, agreement.pair, _AGREEMENT, agreement)

    def goals(self, key: PairId) -> Goals:
        """The goals of a pair's two sides; none before anybody wrote one."""
        plain = self._content(GOALS, key)
        return Goals(key) if plain is None else _GOALS.validate_json(plain)

    def save_goals(self, goals: Goals) -> None:
        """Write a pair's goals, new or changed; guarded as above."""
        self._put_away(GOALS, goals.pair, _GOALS, goals)

    def _content(self, shelf: Shelf[_Written], key: PairId) -> bytes | None:
        row = self._find(shelf, key)
        return None if row is None else self._keyring.open(self._workspace, row.content)

    def _put_away(self, shelf: Shelf[_Written], key: PairId, shape: TypeAdapter[Any], value: object) -> None:
        """Seal and write a value, where it differs from what stands there."""
        plain = shape.dump_json(value)
        if plain != self._content(shelf, key):
            self._write(shelf, _Written(key, self._keyring.seal(self._workspace, plain)))
