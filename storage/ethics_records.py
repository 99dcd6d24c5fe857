"""Who keeps to the ethics and confidentiality code, in one workspace."""

from typing import Any

from sqlalchemy import bindparam, insert, select

from bot.mentoring.ethics import CodeKept
from bot.mentoring.ids import ParticipantId
from storage.ethics_tables import CodeKeptRow
from storage.record_base import RecordBase
from storage.shelf import KEYS, WORKSPACE, Rows

CODES = CodeKeptRow.__table__


def _kept(_: RecordBase, *row: Any) -> CodeKept:  # noqa: ANN401 # columns of the table
    return CodeKept(*row)


KEPT_BY = Rows(
    "codes kept by a person",
    select(CODES.c.participant, CODES.c.participant, CODES.c.code, CODES.c.at)
    .where(
        CODES.c.workspace_id == bindparam(WORKSPACE), CODES.c.participant.in_(bindparam(KEYS, expanding=True))
    )
    .order_by(CODES.c.code),
    _kept,
)


class EthicsRecords(RecordBase):
    """The part of Records about the code."""

    def codes_kept(self, who: ParticipantId) -> tuple[CodeKept, ...]:
        """The versions of the code that somebody said they keep to, oldest version first."""
        return self._of(KEPT_BY, who)

    def save_code_kept(self, kept: CodeKept) -> None:
        """Keep that somebody said so; nothing happens where they said it before."""
        if any(known.version == kept.version for known in self.codes_kept(kept.who)):
            return
        row = {"workspace_id": self._workspace, "participant": kept.who, "code": kept.version, "at": kept.at}
        self._connection.execute(insert(CODES), row)
        self._forget(KEPT_BY, kept.who)
