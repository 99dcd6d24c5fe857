"""The second wall between workspaces: no statement reaches their rows without naming the workspace."""

from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

from sqlalchemy import (
    ColumnElement,
    Compiled,
    Connection,
    Delete,
    Engine,
    ExecutionContext,
    Select,
    Table,
    Update,
    event,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, Grouping, TextClause
from sqlalchemy.sql.selectable import Alias, FromClause, Join
from sqlalchemy.sql.visitors import ExternallyTraversible

ACROSS = "across_workspaces"
"""The execution option of the few statements that look at all workspaces; its value says why."""
TEXTUAL = ("PRAGMA", "BEGIN")
"""How textual SQL may begin on a guarded engine."""

Statement = Select[Any] | Update | Delete


class UnboundStatementError(Exception):
    """A statement would reach rows of more than one workspace, or is text that nobody can check."""


def across(reason: str) -> dict[str, str]:
    """Execution options for a statement that must look at all workspaces."""
    return {ACROSS: reason}


def guard(engine: Engine) -> None:
    """Refuse, from now on, whatever does not bind the workspace of every row it reads or changes.

    A statement is checked when its compiled form is first seen; SQLAlchemy keeps those, so that the check
    costs nothing on the way.
    """
    approved: WeakSet[Compiled] = WeakSet()

    def look(  # SQLAlchemy's signature
        _connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        context: ExecutionContext,
        _many: object,
    ) -> None:
        compiled = context.compiled
        if compiled is None:
            if not statement.startswith(TEXTUAL):
                raise UnboundStatementError("textual SQL")
        elif not context.execution_options.get(ACROSS) and compiled not in approved:
            check(compiled.statement)
            approved.add(compiled)

    event.listen(engine, "before_cursor_execute", look)


def check(element: Any) -> None:  # noqa: ANN401 # whatever SQLAlchemy can execute
    """Raise UnboundStatementError unless every workspace table in the statement is bound to a workspace.

    Bound means: an equation of the table's workspace column with a parameter, or with the workspace column
    of a bound table, stands among the conditions that must all hold.
    """
    if isinstance(element, TextClause):
        raise UnboundStatementError("textual SQL")
    if isinstance(element, Select | Update | Delete):
        _check_statement(element, frozenset())
    else:
        _check_inside(element, frozenset())


def _check_statement(statement: Statement, outer: frozenset[FromClause]) -> None:
    own = frozenset(_tables(statement)) - outer
    bound = _bound(list(_conditions(statement)), outer)
    missing = {table for table in own if _workspace_column(table) is not None} - bound
    if missing:
        names = ", ".join(sorted(str(getattr(table, "name", table)) for table in missing))
        raise UnboundStatementError(f"the workspace of {names} is not bound")
    _check_inside(statement, bound | outer)


def _check_inside(element: ExternallyTraversible, outer: frozenset[FromClause]) -> None:
    """Check the statements nested in one, which may refer to the tables of the outer one."""
    for child in element.get_children():
        if isinstance(child, TextClause):
            raise UnboundStatementError("textual SQL")
        if isinstance(child, Select | Update | Delete):
            _check_statement(child, outer)
        elif not isinstance(child, Table):
            _check_inside(child, outer)


def _tables(statement: Statement) -> Iterator[FromClause]:
    """The tables and aliases of tables that a statement itself reads or changes."""
    sources = statement.get_final_froms() if isinstance(statement, Select) else [statement.table]
    for source in sources:
        yield from _leaves(source)


def _leaves(source: Any) -> Iterator[FromClause]:  # noqa: ANN401 # tables come annotated by the ORM
    if isinstance(source, Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    elif isinstance(source, Table) or (isinstance(source, Alias) and isinstance(source.element, Table)):
        yield source


def _conditions(statement: Statement) -> Iterator[ColumnElement[Any]]:
    """Everything that must hold for a row: the parts of WHERE and of the joins' ON."""
    if statement.whereclause is not None:
        yield from _parts(statement.whereclause)
    if isinstance(statement, Select):
        for source in statement.get_final_froms():
            yield from _join_conditions(source)


def _join_conditions(source: FromClause) -> Iterator[ColumnElement[Any]]:
    if isinstance(source, Join):
        yield from _join_conditions(source.left)
        yield from _join_conditions(source.right)
        if source.onclause is not None:
            yield from _parts(source.onclause)


def _parts(condition: Any) -> Iterator[ColumnElement[Any]]:  # noqa: ANN401 # parts of SQL are loosely typed
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _parts(part)
    elif isinstance(condition, Grouping):
        yield from _parts(condition.element)
    else:
        yield condition


def _bound(conditions: list[ColumnElement[Any]], outer: frozenset[FromClause]) -> frozenset[FromClause]:
    """The tables whose workspace the conditions fix, directly or through another table."""
    bound = set(outer)
    links: list[tuple[FromClause, FromClause]] = []
    for condition in conditions:
        if not isinstance(condition, BinaryExpression) or condition.operator is not operators.eq:
            continue
        left, right = _owner(condition.left), _owner(condition.right)
        if left is not None and right is not None:
            links.append((left, right))
        elif left is not None and isinstance(condition.right, BindParameter):
            bound.add(left)
        elif right is not None and isinstance(condition.left, BindParameter):
            bound.add(right)
    for _ in links:
        for one, other in links:
            if one in bound or other in bound:
                bound |= {one, other}
    return frozenset(bound)


def _owner(side: ColumnElement[Any]) -> FromClause | None:
    """The table whose workspace column this is; None where it is something else."""
    table = getattr(side, "table", None)
    if not isinstance(table, FromClause):
        return None
    column = _workspace_column(table)
    return table if column is not None and column == getattr(side, "name", None) else None


def _workspace_column(table: FromClause) -> str | None:
    """The name of the column that says whose a row is; None for a table that is nobody's."""
    names = table.c.keys()
    if "workspace_id" in names:
        return "workspace_id"
    source = table.element if isinstance(table, Alias) else table
    return "id" if getattr(source, "name", None) == "workspace" else None
