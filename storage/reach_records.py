"""Whom of one workspace the bot's messages cannot reach."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from bot.mentoring.ids import Address
from storage.record_base import RecordBase
from storage.reference_tables import ReferenceRow
from storage.shelf import KEYS, WORKSPACE

REFERENCE = ReferenceRow.__table__
_MINE = REFERENCE.c.workspace_id == bindparam(WORKSPACE)
REACHED = select(REFERENCE.c.address).where(
    _MINE, REFERENCE.c.address.in_(bindparam(KEYS, expanding=True)), ~REFERENCE.c.blocked
)
ANYBODY = select(REFERENCE.c.address).where(_MINE).limit(1)


class ReachRecords(RecordBase):
    """The part of Records about who can be written to."""

    def out_of_reach(self, people: Iterable[Address]) -> tuple[Address, ...]:
        """Those of some people who cannot be written to, each once, in the order given.

        A platform that reaches people by references has one of everybody who took the bot in. One that
        reaches everybody has none at all.
        """
        wanted = tuple(dict.fromkeys(people))
        reached = set(self._execute(REACHED, **{KEYS: wanted}).scalars()) if wanted else set()
        if wanted and not reached and self._execute(ANYBODY).first() is None:
            return ()
        return tuple(one for one in wanted if one not in reached)
