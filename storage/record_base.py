"""What all records of one workspace share: reading and writing rows as domain values."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Executable, Select, bindparam, select
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import Address, ParticipantId, WorkspaceId
from bot.ports import NewId
from storage.encryption import Keyring
from storage.shelf import KEY, SEEN, WORKSPACE, Shelf
from storage.tables import ParticipantRow
from storage.work import CAREFULLY, ToUndoError, written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")

PEOPLE = ParticipantRow.__table__
ADDRESS = select(PEOPLE.c.address).where(
    PEOPLE.c.workspace_id == bindparam(WORKSPACE), PEOPLE.c.id == bindparam(KEY)
)


class RecordBase:
    """One workspace's rows inside one session; `posted` tells whether a message was put in the outbox."""

    def __init__(
        self, session: Session, workspace: WorkspaceId, keyring: Keyring, now: datetime, new_id: NewId
    ) -> None:
        self._session = session
        self._connection = session.connection()
        self._workspace = workspace
        self._keyring = keyring
        self._now = now
        self._new_id = new_id
        self._seen: dict[tuple[str, str], tuple[int, object]] = {}
        self.posted = False

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace all of this is about."""
        return self._workspace

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction that is undone alone when an error leaves it.

        What fails has mostly written nothing. So there is a savepoint only in a second run of the unit of
        work, which ToUndoError asks for where there was something to undo after all.
        """
        if self._session.info.get(CAREFULLY):
            seen = dict(self._seen)
            try:
                with self._session.begin_nested():
                    self._session.connection()  # a session makes its savepoint only when this is asked for
                    yield
            except Exception:
                self._seen = seen  # what was seen inside is undone as well
                raise
            return
        before = written(self._session)
        try:
            yield
        except Exception as error:
            if written(self._session) != before:
                raise ToUndoError from error
            raise

    def _execute(self, statement: Executable, **values: object) -> Any:  # noqa: ANN401 # rows of any shape
        """Run a statement that binds the workspace by the parameter WORKSPACE."""
        return self._connection.execute(statement, {WORKSPACE: self._workspace, **values})

    def _one(self, shelf: Shelf[Value], statement: Select[Any], **values: object) -> Value | None:
        """The value in the first row of a narrowed `shelf.all`; None where there is none."""
        row = self._execute(statement, **values).first()
        return None if row is None else self._read(shelf, row)

    def _all(self, shelf: Shelf[Value], statement: Select[Any], **values: object) -> tuple[Value, ...]:
        """The values in all rows of a narrowed `shelf.all`."""
        return tuple(self._read(shelf, row) for row in self._execute(statement, **values))

    def _find(self, shelf: Shelf[Value], key: str) -> Value | None:
        """The value under a key, as it was seen or written last in this transaction.

        That there was none counts as seen too: what somebody else puts there meanwhile is then no value to
        write over, but a race that was lost.
        """
        place = (shelf.table.name, key)
        if place in self._seen:
            return cast("Value | None", self._seen[place][1])
        found = self._one(shelf, shelf.one, **{KEY: key})
        if found is None:
            self._seen[place] = (0, None)
        return found

    def _get(self, shelf: Shelf[Value], key: str) -> Value:
        found = self._find(shelf, key)
        if found is None:
            raise NotFound
        return found

    def _read(self, shelf: Shelf[Value], row: Any) -> Value:  # noqa: ANN401 # a row of the shelf
        """The row's value; the version that counts for a later change is the one that was seen first."""
        value = shelf.read(row)
        self._seen.setdefault((shelf.table.name, shelf.key_of(value)), (shelf.version(row), value))
        return value

    def _write(self, shelf: Shelf[Value], value: Value, **first: object) -> None:
        """Write a value, where it differs from what was read; `first` holds what a new row has besides.

        StaleDataError where somebody wrote it since it was read.
        """
        key = shelf.key_of(value)
        place = (shelf.table.name, key)
        if place not in self._seen:
            self._find(shelf, key)
        version, known = self._seen.get(place, (0, None))
        if known is None:
            own = {"workspace_id": self._workspace, **({"version": 1} if shelf.counted else {})}
            self._connection.execute(shelf.insert, {**own, **shelf.told(value), **first})
        elif known != value:
            new = {f"new_{name}": content for name, content in shelf.told(value).items()}
            changed = self._execute(shelf.update, **{KEY: key, SEEN: version}, **new)
            if changed.rowcount != 1:
                raise StaleDataError(f"{shelf.table.name} was written by somebody else")
        else:
            return
        self._seen[place] = (version + 1, value)

    def _address(self, who: ParticipantId) -> Address:
        """The address of a participant; NotFound where there is none."""
        found: Address | None = self._execute(ADDRESS, **{KEY: who}).scalar()
        if found is None:
            raise NotFound
        return found
