"""What all records of one workspace share: the session, and reading and writing rows as domain values."""

from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId
from storage.columns import Row
from storage.encryption import Keyring

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")
RowType = TypeVar("RowType", bound=Row)


class RecordBase:
    """One workspace's rows inside one session; `posted` tells whether a message was put in the outbox."""

    def __init__(
        self, session: Session, workspace: WorkspaceId, keyring: Keyring, now: datetime, new_id: NewId
    ) -> None:
        self._session = session
        self._workspace = workspace
        self._keyring = keyring
        self._now = now
        self._new_id = new_id
        self.posted = False

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace all of this is about."""
        return self._workspace

    def attempt(self) -> AbstractContextManager[object]:
        """A part of the transaction that is undone alone when an error leaves it."""
        return self._session.begin_nested()

    def _find(self, kind: type[RowType], *key: str) -> RowType | None:
        return self._session.get(kind, (self._workspace, *key))

    def _row(self, kind: type[RowType], *key: str) -> RowType:
        row = self._find(kind, *key)
        if row is None:
            raise NotFound
        return row

    def _all(self, kind: type[Value], statement: SelectOfScalar[RowType]) -> tuple[Value, ...]:
        return tuple(read(kind, row) for row in self._session.exec(statement))

    def _write(self, kind: type[RowType], value: "DataclassInstance", *key: str, **first: object) -> None:
        """Write a value's fields to its row; `first` holds what a new row has besides.

        Flushing at once lets a lost race fail here, and puts rows in before those that point to them.
        """
        row = self._find(kind, *key)
        told = told_fields(value)
        if row is None:
            values: dict[str, Any] = {"workspace_id": self._workspace, **told, **first}
            self._session.add(kind(**values))
        else:
            for name, content in told.items():
                setattr(row, name, content)
        self._session.flush()


def told_fields(value: "DataclassInstance") -> dict[str, Any]:
    """The fields of a domain value by name, not unfolded."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def read(kind: type[Value], row: Row) -> Value:
    """The domain value whose fields the row's columns of the same names hold."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})
