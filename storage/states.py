"""Conditions on states, written so that partial indexes fit them."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal


def is_state(column: ColumnElement[Any], state: str) -> ColumnElement[bool]:
    """`column = 'state'` with the state written out: only then does SQLite see that a partial index fits."""
    return column == literal(state, column.type, literal_execute=True)


def is_one_of(column: ColumnElement[Any], *states: str) -> ColumnElement[bool]:
    """`column IN ('state', …)`, written out for the same reason; the order is the index's."""
    return column.in_(bindparam(None, states, column.type, expanding=True, literal_execute=True))
