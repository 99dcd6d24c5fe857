"""Where the values of one domain type stand: their table, and the statements that read and write them.

Statements are built once and only bound afterwards: building one and asking the object mapper for it
costs several times what the database takes to answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Executable, Select, bindparam, insert, inspect, select, update

from storage.columns import Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")
Item = TypeVar("Item")

WORKSPACE = "its_workspace"
"""The parameter that binds the workspace of every statement here."""
KEY = "its_key"
KEYS = "its_keys"
SEEN = "seen_version"


class Shelf(Generic[Value]):
    """A domain type and the table whose columns of the same names hold its fields.

    The table's key is the workspace and one field. `counted` tells whether the table counts changes; an
    update then finds only the row whose count was read.
    """

    def __init__(self, kind: type[Value], row: type[Row]) -> None:
        columns = inspect(row).columns
        self.kind = kind
        self.table = row.__table__
        self.names = {field.name: columns[field.name].name for field in fields(kind)}
        (key,) = (name for name, column in self.names.items() if self.table.c[column].primary_key)
        self._key_name = key
        self.counted = "version" in self.table.c
        self.mine = self.table.c.workspace_id == bindparam(WORKSPACE)
        count = [self.table.c.version] if self.counted else []
        own = self.table.c[self.names[key]] == bindparam(KEY)
        self.all: Select[Any] = select(*(self.table.c[name] for name in self.names.values()), *count).where(
            self.mine
        )
        """All values of a workspace; narrow it by `where`."""
        self.one = self.all.where(own)
        self.some = self.all.where(self.table.c[self.names[key]].in_(bindparam(KEYS, expanding=True)))
        self.insert = insert(self.table)
        new: dict[str, ColumnElement[Any]] = {
            name: bindparam(f"new_{name}") for name in self.names.values() if name != self.names[key]
        }
        if self.counted:
            new["version"] = self.table.c.version + 1
            own &= self.table.c.version == bindparam(SEEN)
        self.update = update(self.table).where(self.mine, own).values(new)

    def key_of(self, value: Value) -> str:
        """What names a value among its kind."""
        return str(getattr(value, self._key_name))

    def read(self, row: Any) -> Value:  # noqa: ANN401 # a row of `all`
        """The value that a row holds."""
        return self.kind(*row[: len(self.names)])

    def version(self, row: Any) -> int:  # noqa: ANN401 # a row of `all`
        """How often the row was written; 0 where nobody counts."""
        return int(row[-1]) if self.counted else 0

    def told(self, value: Value) -> Mapping[str, Any]:
        """The columns of a value, by name, not unfolded."""
        return {name: getattr(value, field) for field, name in self.names.items()}


@dataclass(frozen=True)
class Rows(Generic[Item]):
    """What stands in several rows under one owner: a pair, or a person.

    `statement` selects the owner first and binds KEYS; `read` is handed the records it is read for, and what
    comes after the owner.
    """

    name: str
    statement: Executable
    read: Callable[..., Item]
