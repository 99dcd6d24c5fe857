"""How columns are declared: their types, and what the data inventory says of each."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Integer, MetaData, Table, Text
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from bot.mentoring.people import Hours
from bot.public_holidays import days_off

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints have the same names on both databases, so that a migration can find them."""


class Row(SQLModel):
    """A row of a table, apart from the domain's types; it is not validated when it is made."""

    __table__: ClassVar[Table]
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    model_config: ClassVar[Any] = {"arbitrary_types_allowed": True}


class Data(StrEnum):
    """What kind of data a column holds."""

    ADDRESS = "address"
    """Says who somebody is, or where they are reached."""
    DECLARED = "declared"
    """What a person told of themselves."""
    PAIRING = "pairing"
    """Who was brought together with whom, and what became of it."""
    MESSAGE = "message"
    """Content of something said or pressed."""
    SECRET = "secret"  # noqa: S105 # a kind of data
    """Opens a door; never shown."""
    PROGRAMME = "programme"
    """What owners decided, and counts of a round."""
    INTERNAL = "internal"
    """Keeps the machine going; says nothing of a person by itself."""


class Kept(StrEnum):
    """For how long a column's content stays."""

    MEMBERSHIP = "while taking part, then 30 days"
    PAIRING = "12 months after it ended, then only counts"
    ANSWER = "180 days"
    FEED = "until it is renewed, or the person leaves"
    PROGRAMME = "as long as the programme"
    TOKEN = "until it is revoked"  # noqa: S105 # a span of time
    OUTBOX_TEXT = "until it was sent"
    OUTBOX_ROW = "30 days"
    BLOCK = "until it is taken back"
    FIT = "180 days"
    LOOK_BACK = "180 days after it was said"
    WISH = "until it comes true, at most 12 months"
    GOING_ON = "180 days after it was decided"
    CONCERN = "90 days, and 90 more whenever its contact asks"
    BUDGET = "an hour after it was last needed"
    LEFT_FORM = "7 days, or until the form is sent or forgotten"
    INBOX_BODY = "until it was handled, at most 24 hours"
    INBOX_ROW = "24 hours"
    REFERENCE = "until the person takes the bot out, or is forgotten"
    TEAM = "until the bot is taken out of the team"
    ROW = "as long as its row"


class Utc(TypeDecorator[datetime]):
    """A moment in time. Refuses naive values; gives UTC back where SQLite forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the same moment in UTC; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the moment as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Packed(TypeDecorator[Any]):
    """A value of a dataclass, tuple or set of the domain, as JSON; it comes back as the same type."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 # any type a TypeAdapter knows
        super().__init__(none_as_null=True)
        self.shape = shape

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.shape)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:  # noqa: ANN401 # JSON
        """Give JSON; sets in order, so that equal values are stored alike."""
        plain = self._adapter.dump_python(value, mode="json")
        return sorted(plain) if isinstance(value, frozenset) else plain

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:  # noqa: ANN401 # JSON
        """Give the domain's value back."""
        return self._adapter.validate_python(value, strict=False)


@dataclass(frozen=True)
class _Week:
    """What is kept of somebody's hours; their days off are worked out from the place."""

    zone: str
    starts: time
    ends: time
    days: frozenset[int]
    holidays: str = ""


class AtWork(Packed):
    """Somebody's working hours; they come back with the days off of the place whose holidays they keep."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(_Week)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401 # JSON
        """Give JSON, without the days."""
        week = _Week(value.zone, value.starts, value.ends, value.days, value.holidays)
        return super().process_bind_param(week, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Hours:  # noqa: ANN401 # JSON
        """Give the domain's value back."""
        week: _Week = super().process_result_value(value, dialect)
        off = days_off(week.holidays)
        return Hours(week.zone, week.starts, week.ends, week.days, week.holidays, off)


class Named(TypeDecorator[StrEnum]):
    """A member of a StrEnum, stored as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        """Give the member's text; ValueError for what is no member."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """Give the member."""
        return None if value is None else self.kind(value)


def inventory(data: Data, purpose: str, kept: Kept) -> dict[str, str]:
    """What the data inventory says of a column; a test asks it of every one."""
    return {"class": data.value, "purpose": purpose, "kept": kept.value}


def column(
    data: Data,
    purpose: str,
    kept: Kept,
    kind: type[TypeEngine[Any]] | TypeEngine[Any] = Text,
    *,
    key: bool = False,
    optional: bool = False,
    name: str | None = None,
) -> Any:  # noqa: ANN401 # stands, in a class body, for a value of any type
    """Declare a column with what the data inventory says of it: what it is, why, and for how long.

    It has its attribute's name, unless `name` gives another.
    """
    told: dict[str, Any] = {"info": inventory(data, purpose, kept), **({"name": name} if name else {})}
    given: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=kind, primary_key=key, nullable=optional, sa_column_kwargs=told, **given)


class Guarded(Row):
    """A row whose changes are counted: an UPDATE that finds another count than it read is refused."""

    version: int = Field(
        default=None,
        sa_type=Integer,
        nullable=False,
        sa_column_kwargs={"info": inventory(Data.INTERNAL, "refuse a change that lost a race", Kept.ROW)},
    )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 # SQLAlchemy passes the class
        return {"version_id_col": cls.__table__.c.version}
