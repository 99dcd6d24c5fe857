"""What all records of one workspace share: reading and writing rows as domain values.

Whoever looks after many things in one transaction pays for round trips more than for anything else. So rows
can be gathered for many owners by one statement and are then remembered, and what changes nothing that
anybody reads meanwhile is written together: at the next statement that is not of this kind, or at the end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, Executable, Select, Update, bindparam, select
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import Address, ParticipantId, WorkspaceId
from bot.ports import NewId
from storage.encryption import Keyring
from storage.shelf import KEY, KEYS, SEEN, WORKSPACE, Rows, Shelf
from storage.tables import ParticipantRow
from storage.work import CAREFULLY, ToUndoError, written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")
Item = TypeVar("Item")

PEOPLE = ParticipantRow.__table__
ADDRESS = select(PEOPLE.c.address).where(
    PEOPLE.c.workspace_id == bindparam(WORKSPACE), PEOPLE.c.id == bindparam(KEY)
)


class RecordBase:
    """One workspace's rows inside one session; `posted` tells whether a message was put in the outbox."""

    def __init__(
        self, session: Session, workspace: WorkspaceId, keyring: Keyring, now: datetime, new_id: NewId
    ) -> None:
        self._behind = session
        self._raw = session.connection()
        self._workspace = workspace
        self._keyring = keyring
        self.now = now
        """The moment of this unit of work: its use case and its rows go by the same one."""
        self._new_id = new_id
        self._seen: dict[tuple[str, str], tuple[int, object]] = {}
        self._gathered: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._later: dict[Executable, list[Mapping[str, Any]]] = {}
        self.posted = False

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace all of this is about."""
        return self._workspace

    @property
    def _session(self) -> Session:
        """The session, with everything written that was put off."""
        self.flush()
        return self._behind

    @property
    def _connection(self) -> Connection:
        """The connection, with everything written that was put off."""
        self.flush()
        return self._raw

    def flush(self) -> None:
        """Write what was put off; StaleDataError where somebody else wrote one of these rows since."""
        later, self._later = self._later, {}
        for statement, rows in later.items():
            changed = self._raw.execute(statement, rows)
            if isinstance(statement, Update) and changed.rowcount != len(rows):
                raise StaleDataError(f"{statement.table} was written by somebody else")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction that is undone alone when an error leaves it.

        What fails has mostly written nothing. So there is a savepoint only in a second run of the unit of
        work, which ToUndoError asks for where there was something to undo after all.
        """
        if self._session.info.get(CAREFULLY):
            seen, gathered = dict(self._seen), dict(self._gathered)
            try:
                with self._session.begin_nested():
                    self._session.connection()  # a session makes its savepoint only when this is asked for
                    yield
                    self.flush()
            except Exception:
                self._later = {}
                self._seen, self._gathered = seen, gathered  # what was seen inside is undone as well
                raise
            return
        before = written(self._session)
        try:
            yield
            self.flush()
        except Exception as error:
            if self._later or written(self._behind) != before:
                raise ToUndoError from error
            raise

    def _write_later(self, statement: Executable, row: Mapping[str, Any]) -> None:
        """Add a row, or change one that is guarded by its count, together with others of its kind."""
        self._later.setdefault(statement, []).append(row)

    def _keep_later(self, statement: Executable, keep: Callable[[Mapping[str, Any]], bool]) -> None:
        """Of what was put off by a statement, write only some."""
        kept = [row for row in self._later.get(statement, []) if keep(row)]
        if kept:
            self._later[statement] = kept
        else:
            self._later.pop(statement, None)

    def _of(self, rows: Rows[Item], owner: str) -> tuple[Item, ...]:
        """What stands under an owner, as it was read or written last in this transaction."""
        place = (rows.name, owner)
        if place not in self._gathered:
            self._gather(rows, (owner,))
        return self._gathered[place]

    def _gather(self, rows: Rows[Any], owners: Iterable[str], **values: object) -> None:
        """Read what stands under several owners by one statement; what is known already stays as it is."""
        wanted = [owner for owner in dict.fromkeys(owners) if (rows.name, owner) not in self._gathered]
        if not wanted:
            return
        found = defaultdict(list)
        for owner, *columns in self._execute(rows.statement, **{KEYS: wanted}, **values):
            found[owner].append(rows.read(self, *columns))
        for owner in wanted:
            self._gathered[rows.name, owner] = tuple(found[owner])

    def _gather_values(self, shelf: Shelf[Any], keys: Iterable[str]) -> None:
        """Read the values under several keys by one statement; that there is none counts as seen too."""
        wanted = [key for key in dict.fromkeys(keys) if (shelf.table.name, key) not in self._seen]
        if wanted:
            self._all(shelf, shelf.some, **{KEYS: wanted})
        for key in wanted:
            self._seen.setdefault((shelf.table.name, key), (0, None))

    def _amend(
        self, rows: Rows[Item], owner: str, change: Callable[[tuple[Item, ...]], Iterable[Item]]
    ) -> None:
        """Let what is remembered of an owner be as it was just written."""
        place = (rows.name, owner)
        if place in self._gathered:
            self._gathered[place] = tuple(change(self._gathered[place]))

    def _forget(self, rows: Rows[Any], owner: str | None = None) -> None:
        """Read what stands under an owner, or under anybody, anew."""
        if owner is not None:
            self._gathered.pop((rows.name, owner), None)
            return
        for place in [one for one in self._gathered if one[0] == rows.name]:
            del self._gathered[place]

    def _execute(self, statement: Executable, **values: object) -> Any:  # noqa: ANN401 # rows of any shape
        """Run a statement that binds the workspace by the parameter WORKSPACE."""
        return self._connection.execute(statement, {WORKSPACE: self._workspace, **values})

    def _one(self, shelf: Shelf[Value], statement: Select[Any], **values: object) -> Value | None:
        """The value in the first row of a narrowed `shelf.all`; None where there is none."""
        row = self._execute(statement, **values).first()
        return None if row is None else self.seen(shelf, row)

    def _all(self, shelf: Shelf[Value], statement: Select[Any], **values: object) -> tuple[Value, ...]:
        """The values in all rows of a narrowed `shelf.all`."""
        return tuple(self.seen(shelf, row) for row in self._execute(statement, **values))

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

    def seen(self, shelf: Shelf[Value], row: Any) -> Value:  # noqa: ANN401 # a row of the shelf
        """The row's value; the version that counts for a later change is the one that was seen first."""
        value = shelf.read(row)
        self._seen.setdefault((shelf.table.name, shelf.key_of(value)), (shelf.version(row), value))
        return value

    def _write(self, shelf: Shelf[Value], value: Value, **first: object) -> bool:
        """Write a value, where it differs from what was read; `first` holds what a new row has besides.

        True where the row is new. StaleDataError, at the next flush, where somebody wrote it since.
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
            self._write_later(shelf.update, {WORKSPACE: self._workspace, KEY: key, SEEN: version, **new})
        else:
            return False
        self._seen[place] = (version + 1, value)
        return known is None

    def _unsee(self, shelf: Shelf[Value], gone: Callable[[Value], bool]) -> None:
        """Let values that were removed be gone: what comes in their place is new."""
        mine = {place: known for place, (_, known) in self._seen.items() if place[0] == shelf.table.name}
        for place, known in mine.items():
            if known is not None and gone(cast("Value", known)):
                del self._seen[place]

    def _address(self, who: ParticipantId) -> Address:
        """The address of a participant; NotFound where there is none."""
        found: Address | None = self._execute(ADDRESS, **{KEY: who}).scalar()
        if found is None:
            raise NotFound
        return found
