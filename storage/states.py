"""Conditions on states, written so that partial indexes fit them."""

from typing import Any

from sqlalchemy import ColumnElement, literal


def is_state(column: ColumnElement[Any], state: str) -> ColumnElement[bool]:
    """`column = 'state'` with the state written out: only then does SQLite see that a partial index fits."""
    return column == literal(state, column.type, literal_execute=True)
