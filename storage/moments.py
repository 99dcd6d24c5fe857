"""The first moment of its kind over all workspaces, read off a partial index."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, bindparam, select
from sqlmodel import Session

from storage.guard import across

AFTER = "its_moment"


class First:
    """Asks for the earliest `moment` of the rows that meet all conditions; its statements are built once."""

    def __init__(self, moment: Column[Any], *further: ColumnElement[bool]) -> None:
        first = select(moment).where(*further).order_by(moment).limit(1)
        first = first.execution_options(**across("find when something is due next"))
        self._ever = first.where(moment.is_not(None))
        self._later = first.where(moment > bindparam(AFTER))

    def __call__(self, session: Session, after: datetime | None = None) -> datetime | None:
        """That moment, later than `after` if that is given; None where there is none."""
        connection = session.connection()
        if after is None:
            return connection.scalar(self._ever)
        return connection.scalar(self._later, {AFTER: after})
