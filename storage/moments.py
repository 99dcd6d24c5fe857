"""The first moment, over all workspaces, at which one of several kinds of rows falls due."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, bindparam, literal_column, select, union_all
from sqlmodel import Session

from storage.guard import across

AFTER = "moment_{}"


class First:
    """The earliest `moment` of the rows that meet all conditions, off an index; due that `lag` later."""

    def __init__(
        self, moment: Column[Any], *further: ColumnElement[bool], lag: timedelta = timedelta(0)
    ) -> None:
        self.moment = moment
        self.further = further
        self.lag = lag


class Earliest:
    """Asks for the earliest of several in one statement, which is built once."""

    def __init__(self, *firsts: First) -> None:
        self._lags = tuple(first.lag for first in firsts)
        why = across("find when something is due next")
        ever = (_one(at, first, first.moment.is_not(None)) for at, first in enumerate(firsts))
        later = (
            _one(at, first, first.moment > bindparam(AFTER.format(at))) for at, first in enumerate(firsts)
        )
        self._ever = union_all(*ever).execution_options(**why)
        self._later = union_all(*later).execution_options(**why)

    def __call__(self, session: Session, after: datetime | None = None) -> datetime | None:
        """That moment, later than `after` if that is given; None where there is none."""
        connection = session.connection()
        if after is None:
            found = connection.execute(self._ever)
        else:
            bound = {AFTER.format(at): after - lag for at, lag in enumerate(self._lags)}
            found = connection.execute(self._later, bound)
        return min((self._lags[at] + moment for at, moment in found if moment is not None), default=None)


def _one(at: int, first: First, condition: ColumnElement[bool]) -> Select[Any]:
    found = select(first.moment).where(condition, *first.further).order_by(first.moment).limit(1)
    return select(literal_column(str(at)), found.scalar_subquery())
