"""What is kept for a time and then removed, in one table; the inventory of each column says the same."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, delete
from sqlmodel import Session

from storage.closing_tables import FitRow, GoingOnRow, HelpedRow, LookBackRow, WishRow
from storage.concern_tables import ConcernRow
from storage.guard import across
from storage.tables import LeftFormRow

HALF_A_YEAR, A_YEAR = timedelta(days=180), timedelta(days=365)
LIMITS: tuple[tuple[Column[Any], timedelta], ...] = (
    (LeftFormRow.__table__.c.keep_until, timedelta(0)),
    (ConcernRow.__table__.c.keep_until, timedelta(0)),
    (FitRow.__table__.c.at, HALF_A_YEAR),
    (HelpedRow.__table__.c.at, HALF_A_YEAR),
    (LookBackRow.__table__.c.at, HALF_A_YEAR),
    (GoingOnRow.__table__.c.decided_at, HALF_A_YEAR),
    (WishRow.__table__.c.at, A_YEAR),
)
"""A moment of a row, and how long after it the row is removed."""


def forget(session: Session, now: datetime) -> int:
    """Remove the rows whose time is over, over all workspaces; how many."""
    options, removed = across("remove old rows"), 0
    for moment, kept in LIMITS:
        old = delete(moment.table).where(moment < now - kept).returning(moment)
        removed += len(session.execute(old, execution_options=options).all())
    return removed
