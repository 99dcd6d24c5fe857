"""What the ticks ask for is found through the partial indexes made for it, however much waits for later."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from bot.mail import UNHURRIED
from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId, Records
from storage.encryption import Keyring
from storage.schedule import SOURCES
from storage.schema import METADATA
from storage.store import Store, open_store
from storage.turns import Turns
from tests.builders import MONDAY, a_message
from tests.stores import KEYS, CountedIds, TickingClock

FORGETTING = {
    "ix_left_form_keep_until_due",
    "ix_concern_keep_until_due",
    "ix_fit_at_due",
    "ix_helped_at_due",
    "ix_look_back_at_due",
    "ix_going_on_decided_at_due",
    "ix_wish_at_due",
}
ASKED: dict[str, tuple[Callable[[Store], Awaitable[object]], set[str]]] = {
    "what is due": (
        lambda store: store.due(MONDAY),
        {f"ix_{table.name}_{moment.name}_due" for _, table, moment, _ in SOURCES},
    ),
    "what is due next": (
        lambda store: store.next_due(MONDAY),
        {
            *(f"ix_{table.name}_{moment.name}_due" for _, table, moment, _ in SOURCES),
            "ix_outbox_not_before_due",
            "ix_outbox_started_at_due",
            "ix_inbox_not_before_due",
        },
    ),
    "a claim": (
        lambda store: store.outbox.claim(MONDAY, 8),
        {"ix_outbox_workspace_id_turn"},
    ),
    "the turns of a workspace": (
        lambda store: store.workshop.run(
            lambda session: Turns(UNHURRIED).pick(session, MONDAY, 8, of=WorkspaceId("w"))
        ),
        {"ix_outbox_workspace_id_turn", "ix_outbox_workspace_id_queue"},
    ),
    "settling": (
        lambda store: store.outbox.settle(MONDAY, MONDAY, frozenset()),
        {"ix_outbox_started_at_due"},
    ),
    "events": (lambda store: store.inbox.waiting(MONDAY, 50), {"ix_inbox_not_before_due"}),
    "clearing events": (lambda store: store.inbox.clear(MONDAY), {"ix_inbox_received_at_due"}),
    "forgetting forms": (lambda store: store.forget(MONDAY), FORGETTING),
    "clearing messages": (lambda store: store.outbox.clear(MONDAY), {"ix_outbox_ended_at_due"}),
}


async def statements(url: str, ask: Callable[[Store], Awaitable[object]]) -> list[tuple[str, Any]]:
    """What a store says to the database while it is asked, each statement with its parameters."""
    store = open_store(url, Keyring(KEYS), TickingClock(), CountedIds())
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            asked.append((statement, parameters))

    event.listen(store.workshop._engine, "before_cursor_execute", note)
    await ask(store)
    store.close()
    return asked


@pytest.mark.parametrize("name", ASKED)
async def test_a_tick_reads_no_table_from_end_to_end(sqlite_url: str, name: str) -> None:
    ask, indexes = ASKED[name]
    asked = await statements(sqlite_url, ask)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        steps = [
            step[3]
            for statement, parameters in asked
            for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert steps
    scans = {f"SCAN {name}" for name in (*METADATA.tables, "other")}
    assert scans.intersection(steps) == set()
    assert name != "the turns of a workspace" or "USE TEMP B-TREE" not in " ".join(steps)
    assert {index for index in indexes if not any(index in step for step in steps)} == set()


async def fill(url: str) -> None:
    """Let a few hundred messages wait, most for later: of what is empty every index is as good."""
    store = open_store(url, Keyring(KEYS), TickingClock(), CountedIds())

    def post(*, records: Records, now: datetime, new_id: NewId) -> None:
        del new_id
        for number in range(150):
            at = now + timedelta(hours=number - 5)
            records.post(a_message(f"{number}", to=f"p{number % 40}", not_before=at))

    for team in ("T1", "T2"):
        await store.run(await store.workspace("slack", team), post)
    store.close()


@pytest.mark.parametrize("name", ["what is due", "what is due next", "a claim", "the turns of a workspace"])
async def test_postgresql_can_answer_from_the_same_indexes(postgres_url: str, name: str) -> None:
    ask, indexes = ASKED[name]
    await fill(postgres_url)
    asked = await statements(postgres_url, ask)
    address = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute("ANALYZE")
        connection.execute("SET enable_seqscan = off")  # a small table is read fastest from end to end
        steps = [
            step
            for statement, parameters in asked
            for (step,) in connection.execute(f"EXPLAIN {statement}", parameters).fetchall()
        ]
    assert {index for index in indexes if not any(index in step for step in steps)} == set()
