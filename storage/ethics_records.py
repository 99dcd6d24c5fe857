"""Who keeps to the ethics and confidentiality code, in one workspace."""

from sqlalchemy import bindparam, insert, select

from bot.mentoring.ethics import CodeKept
from bot.mentoring.ids import ParticipantId
from storage.ethics_tables import CodeKeptRow
from storage.record_base import RecordBase
from storage.shelf import KEY, WORKSPACE

CODES = CodeKeptRow.__table__
KEPT_BY = (
    select(CODES.c.participant, CODES.c.code, CODES.c.at)
    .where(CODES.c.workspace_id == bindparam(WORKSPACE), CODES.c.participant == bindparam(KEY))
    .order_by(CODES.c.code)
)


class EthicsRecords(RecordBase):
    """The part of Records about the code."""

    def codes_kept(self, who: ParticipantId) -> tuple[CodeKept, ...]:
        """The versions of the code that somebody said they keep to, oldest version first."""
        return tuple(CodeKept(*row) for row in self._execute(KEPT_BY, **{KEY: who}))

    def save_code_kept(self, kept: CodeKept) -> None:
        """Keep that somebody said so; nothing happens where they said it before."""
        if any(known.version == kept.version for known in self.codes_kept(kept.who)):
            return
        row = {"workspace_id": self._workspace, "participant": kept.who, "code": kept.version, "at": kept.at}
        self._connection.execute(insert(CODES), row)
