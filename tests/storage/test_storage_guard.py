"""No statement reaches the rows of more than one workspace, however it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Executable, delete, exists, func, insert, literal, or_, select, text, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from bot.mentoring.ids import WorkspaceId
from storage.guard import UnboundStatementError, across, check
from storage.schema import METADATA
from storage.store import Store
from storage.tables import MeetingRow, PairRow, ParticipantRow, WorkspaceRow
from tests.builders import a_participant

W = "w"
PAIR, MEETING, WORKSPACE = PairRow.__table__, MeetingRow.__table__, WorkspaceRow.__table__
OTHER = PAIR.alias("other")
ENTITY = aliased(PairRow)
MINE = PAIR.c.workspace_id == W

BOUND: dict[str, Executable] = {
    "one table": select(PAIR).where(MINE),
    "an entity": select_rows(PairRow).where(PairRow.workspace_id == W),
    "turned round": select(PAIR).where(literal(W) == PAIR.c.workspace_id),
    "through a join": select(PAIR)
    .join(MEETING, (MEETING.c.workspace_id == PAIR.c.workspace_id) & (MEETING.c.pair == PAIR.c.id))
    .where(MEETING.c.workspace_id == W),
    "an outer join": select(PAIR)
    .outerjoin(MEETING, (MEETING.c.workspace_id == PAIR.c.workspace_id) & (MEETING.c.pair == PAIR.c.id))
    .where(MINE),
    "an alias": select(PAIR, OTHER).where(MINE, OTHER.c.workspace_id == PAIR.c.workspace_id),
    "an aliased entity": select(PairRow, ENTITY).where(
        MINE, col(ENTITY.workspace_id) == col(PairRow.workspace_id)
    ),
    "a correlated query": select(PAIR).where(
        MINE, ~exists().where(MEETING.c.workspace_id == PAIR.c.workspace_id)
    ),
    "a query inside": select(PAIR).where(
        MINE, PAIR.c.id.in_(select(MEETING.c.pair).where(MEETING.c.workspace_id == W))
    ),
    "a union": union_all(
        select(PAIR.c.id).where(MINE), select(MEETING.c.id).where(MEETING.c.workspace_id == W)
    ),
    "a table made of a query": select(select(PAIR.c.id).where(MINE).subquery()),
    "a count": select(func.count()).select_from(PAIR).where(MINE),
    "an update": update(PAIR).where(MINE).values(score=1),
    "a deletion": delete(PairRow).where(col(PairRow.workspace_id) == W),
    "the workspace itself": select(WORKSPACE).where(WORKSPACE.c.id == W),
    "an insertion": insert(PAIR).values(workspace_id=W, id="p"),
    "no table": select(literal(1)),
}

UNBOUND: dict[str, Executable] = {
    "everything": select(PAIR),
    "every entity": select_rows(PairRow),
    "by id alone": select(PAIR).where(PAIR.c.id == "p"),
    "either": select(PAIR).where(or_(MINE, PAIR.c.id == "p")),
    "not this one": select(PAIR).where(PAIR.c.workspace_id != W),
    "not, written otherwise": select(PAIR).where(~MINE),
    "a list": select(PAIR).where(PAIR.c.workspace_id.in_([W, "v"])),
    "itself": select(PAIR).where(PAIR.c.workspace_id == PAIR.c.workspace_id),
    "another column": select(PAIR).where(PAIR.c.workspace_id == PAIR.c.room),
    "a function": select(PAIR).where(PAIR.c.workspace_id == func.lower(W)),
    "an alias beside": select(PAIR, OTHER).where(MINE),
    "two that bind each other": select(PAIR, OTHER).where(PAIR.c.workspace_id == OTHER.c.workspace_id),
    "a join on ids": select(PAIR).join(MEETING, MEETING.c.pair == PAIR.c.id).where(MINE),
    "a query inside": select(PAIR).where(MINE, PAIR.c.id.in_(select(MEETING.c.pair))),
    "the same table inside": select(PAIR).where(MINE, PAIR.c.id.in_(select(OTHER.c.id))),
    "a value": select(PAIR.c.id, select(MEETING.c.id).scalar_subquery()).where(MINE),
    "a union": union_all(select(PAIR.c.id).where(MINE), select(MEETING.c.id)),
    "a table made of a query": select(select(PAIR.c.id).subquery()),
    "a common table": select(select(PAIR.c.id).cte("c")),
    "a count": select(func.count()).select_from(PAIR),
    "an update": update(PAIR).where(PAIR.c.id == "p").values(score=1),
    "a deletion": delete(PairRow),
    "a copy": insert(PAIR).from_select(["id"], select(MEETING.c.id)),
    "all workspaces": select(WORKSPACE),
    "text": text("SELECT 1"),
    "text inside": select(PAIR).where(MINE, text("1 = 1")),
}


@pytest.mark.parametrize("statement", BOUND.values(), ids=BOUND)
def test_a_statement_that_names_the_workspace_passes(statement: Executable) -> None:
    check(statement)


@pytest.mark.parametrize("statement", UNBOUND.values(), ids=UNBOUND)
def test_a_statement_that_does_not_is_refused(statement: Executable) -> None:
    with pytest.raises(UnboundStatementError):
        check(statement)


def run(store: Store, work: Callable[[Session], Any]) -> Any:
    """Do something in a session of the store."""
    return store.workshop.run_here(work)


@pytest.mark.parametrize("name", ["every entity", "an update", "a deletion", "text", "all workspaces"])
def test_the_database_never_sees_a_statement_that_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UnboundStatementError):
        run(store, lambda session: session.execute(UNBOUND[name]))


def test_what_was_refused_once_is_refused_again(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(UnboundStatementError):
            run(store, lambda session: session.execute(select(PAIR)))


def test_a_statement_with_a_reason_may_look_everywhere_and_passes_nothing_on(store: Store) -> None:
    for _ in range(2):
        run(store, lambda session: session.execute(select(PAIR), execution_options=across("a test")).all())
        with pytest.raises(UnboundStatementError):
            run(store, lambda session: session.execute(select(PAIR)))


def test_a_driver_is_not_handed_text(store: Store) -> None:
    with pytest.raises(UnboundStatementError):
        run(store, lambda session: session.connection().exec_driver_sql("DELETE FROM pair"))


async def test_rows_that_a_session_wrote_itself_are_found_and_changed_by_workspace(
    store: Store, workspace: WorkspaceId
) -> None:
    def work(session: Session) -> str | None:
        ada = a_participant()
        session.add(ParticipantRow(workspace_id=workspace, **vars(ada)))
        session.flush()
        session.expire_all()
        row = session.get(ParticipantRow, (workspace, "ada"))
        assert row is not None
        row.name = "Ada the Second"
        session.flush()
        session.delete(row)
        session.flush()
        return row.name

    assert run(store, work) == "Ada the Second"


def test_every_table_says_whose_its_rows_are() -> None:
    for table in METADATA.sorted_tables:
        if table.name != "workspace":
            assert not table.c.workspace_id.nullable
