"""Moves encrypted values to the newest key, and counts those under each."""

from collections import Counter
from typing import Any

from sqlalchemy import Column, Table, func, literal_column, select, update
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId
from storage.encryption import MARK_DIGITS, Encrypted, Keyring
from storage.guard import across
from storage.schema import METADATA

BATCH = 200
"""Values that one transaction moves."""


def encrypted_columns() -> tuple[tuple[Table, Column[Any], str], ...]:
    """Every encrypted column with its table, and the purpose whose keys seal it."""
    return tuple(
        (table, column, column.type.purpose)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted)
    )


def rotate(session: Session, keyring: Keyring) -> int:
    """Seal up to BATCH values of each encrypted column under the newest key; how many it were.

    SealBrokenError where a value does not open; nothing is lost, and the other values can wait.
    """
    return sum(
        _rotate_column(session, keyring.of(purpose), table, column)
        for table, column, purpose in encrypted_columns()
    )


def keys_in_use(session: Session) -> dict[str, int]:
    """How many values stand under each key, by mark."""
    count: Counter[str] = Counter()
    for _, column, _ in encrypted_columns():
        marks = select(_mark(column), func.count()).where(column.is_not(None)).group_by(_mark(column))
        for mark, values in session.execute(marks, execution_options=across("count values by key")):
            count[mark] += values
    return dict(count)


def _rotate_column(session: Session, keyring: Keyring, table: Table, column: Column[Any]) -> int:
    workspace = table.c.id if table.name == "workspace" else table.c.workspace_id
    keys = [key for key in table.primary_key.columns if key is not workspace]
    old = select(workspace, column, *keys).where(column.is_not(None), _mark(column) != keyring.mark)
    rows = session.execute(old.limit(BATCH), execution_options=across("find values under older keys")).all()
    for owner, sealed, *values in rows:
        mine = [key == value for key, value in zip(keys, values, strict=True)]
        # What changed meanwhile stands under the newest key already.
        anew = update(table).where(workspace == owner, column == sealed, *mine)
        session.execute(anew.values({column: keyring.sealed_anew(WorkspaceId(owner), sealed)}))
    return len(rows)


def _mark(column: Column[Any]) -> Any:  # noqa: ANN401 # an SQL expression of text
    return func.substr(column, literal_column("1"), literal_column(str(MARK_DIGITS)))
