"""Newcomers in the store: welcomed once; a form left half-way is sealed, one's own, and goes in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import WorkspaceId
from bot.mentoring.left_form import LeftForm
from bot.ports import NewId, Records
from storage.guard import across
from storage.store import Store
from storage.tables import LeftFormRow
from tests.builders import MONDAY, a_profile, at
from tests.stores import TickingClock

T = TypeVar("T")
WEEK = timedelta(days=7)
LEFT = LeftForm({"learn": ("Go", "Tee und Brötchen"), "level": ("3",), "teach": ()}, MONDAY + WEEK)


async def do(store: Store, workspace: WorkspaceId, use: Callable[[Records], T]) -> T:
    """Do one thing with the records."""

    def work(*, records: Records, now: datetime, new_id: NewId) -> T:  # noqa: ARG001 # a use case's signature
        return use(records)

    return await store.run(workspace, work)


async def stored(store: Store) -> list[str]:
    """The sealed answers of everybody."""

    def work(session: Session) -> list[str]:
        rows = session.exec(select(LeftFormRow), execution_options=across("a test looks at all"))
        return [row.answers.stored for row in rows]

    return await store.workshop.run(work)


async def test_a_welcome_is_remembered_for_good(store: Store, workspace: WorkspaceId) -> None:
    await do(store, workspace, lambda records: records.save_profile(a_profile("ada")))
    first = [await do(store, workspace, lambda records: records.first_welcome(at("ada"))) for _ in range(2)]
    await do(store, workspace, lambda records: records.save_profile(replace(a_profile("ada"), name="Ada L")))
    first.append(await do(store, workspace, lambda records: records.first_welcome(at("ada"))))
    assert first == [True, False, False]


async def test_nobody_unknown_is_welcomed(store: Store, workspace: WorkspaceId) -> None:
    with pytest.raises(NotFound):
        await do(store, workspace, lambda records: records.first_welcome(at("ada")))


async def test_a_form_left_half_way_comes_back_as_it_was(store: Store, workspace: WorkspaceId) -> None:
    await do(store, workspace, lambda records: records.save_left_form(at("ada"), LEFT))
    assert await do(store, workspace, lambda records: records.left_form(at("ada"))) == LEFT
    assert await do(store, workspace, lambda records: records.left_form(at("ben"))) is None
    other = await store.workspace("slack", "T2")
    assert await do(store, other, lambda records: records.left_form(at("ada"))) is None


async def test_what_stood_in_it_is_sealed(store: Store, workspace: WorkspaceId) -> None:
    await do(store, workspace, lambda records: records.save_left_form(at("ada"), LEFT))
    (sealed,) = await stored(store)
    assert "Tee und" not in sealed
    assert sealed.startswith(store.keyring.mark)


async def test_a_later_one_takes_the_place_of_an_earlier_one(store: Store, workspace: WorkspaceId) -> None:
    later = LeftForm({"learn": ("Rust",)}, MONDAY + 2 * WEEK)
    for one in (LEFT, later):
        await do(store, workspace, lambda records, one=one: records.save_left_form(at("ada"), one))  # type: ignore[misc] # mypy cannot type a default in a lambda
    assert await do(store, workspace, lambda records: records.left_form(at("ada"))) == later
    assert len(await stored(store)) == 1


async def test_it_is_gone_when_it_is_forgotten(store: Store, workspace: WorkspaceId) -> None:
    await do(store, workspace, lambda records: records.save_left_form(at("ada"), LEFT))
    for _ in range(2):
        await do(store, workspace, lambda records: records.forget_left_form(at("ada")))
    assert await stored(store) == []


async def test_it_is_not_shown_after_its_time_and_removed_over_all_workspaces(
    store: Store, workspace: WorkspaceId, clock: TickingClock
) -> None:
    other = await store.workspace("slack", "T2")
    for place in (workspace, other):
        await do(store, place, lambda records: records.save_left_form(at("ada"), LEFT))
    assert await store.forget(MONDAY + WEEK) == 0
    clock.forward(days=7, seconds=1)
    assert await do(store, workspace, lambda records: records.left_form(at("ada"))) is None
    assert await store.forget(clock()) == 2
    assert await stored(store) == []
