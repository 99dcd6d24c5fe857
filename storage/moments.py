"""The first moment of its kind over all workspaces, read off a partial index."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, select
from sqlmodel import Session

from storage.guard import across


def first_after(
    session: Session, moment: Column[Any], after: datetime | None, *further: ColumnElement[bool]
) -> datetime | None:
    """The earliest `moment` of the rows that meet all conditions, later than `after` if that is given."""
    ahead = moment.is_not(None) if after is None else moment > after
    first: datetime | None = session.scalar(
        select(moment).where(ahead, *further).order_by(moment).limit(1),
        execution_options=across("find when something is due next"),
    )
    return first
