"""Where people and teams are reached: remembered, replaced, blocked, forgotten, by workspace."""

from dataclasses import replace
from datetime import datetime

from bot.mail import Reference
from bot.mentoring.ids import Address, WorkspaceId
from bot.ports import NewId, Records
from storage.store import Store

ANA, BEN, CLEO = (Address(f"teams:t:{number}") for number in (1, 2, 3))
HERE = Reference("a:ana", "https://service.example/emea", "29:ana")


async def test_a_reference_is_kept_and_replaced(store: Store, workspace: WorkspaceId) -> None:
    assert await store.references.of(workspace, ANA) is None
    await store.references.keep(workspace, ANA, HERE)
    await store.references.keep(workspace, ANA, replace(HERE, conversation="a:anew"))
    assert await store.references.of(workspace, ANA) == replace(HERE, conversation="a:anew")


async def test_who_blocks_the_bot_is_known_until_they_write_again(
    store: Store, workspace: WorkspaceId
) -> None:
    await store.references.keep(workspace, ANA, HERE)
    await store.references.block(workspace, ANA)
    assert await store.references.of(workspace, ANA) == replace(HERE, blocked=True)
    await store.references.keep(workspace, ANA, HERE)
    assert await store.references.of(workspace, ANA) == HERE


async def test_blocking_somebody_unknown_changes_nothing(store: Store, workspace: WorkspaceId) -> None:
    await store.references.block(workspace, ANA)
    assert await store.references.of(workspace, ANA) is None


async def test_a_reference_is_forgotten_in_its_own_workspace_alone(
    store: Store, workspace: WorkspaceId
) -> None:
    other = await store.workspace("teams", "another")
    await store.references.keep(workspace, ANA, HERE)
    await store.references.keep(other, ANA, HERE)
    await store.references.forget(workspace, ANA)
    assert await store.references.of(workspace, ANA) is None
    assert await store.references.of(other, ANA) == HERE


def out_of_reach(*, records: Records, now: datetime, new_id: NewId) -> tuple[Address, ...]:
    """Whom of Ben, Ana and Cleo, each named twice, messages do not reach."""
    del now, new_id
    return records.out_of_reach((BEN, ANA, CLEO) * 2)


async def test_whoever_has_no_reference_or_wants_no_messages_is_out_of_reach(
    store: Store, workspace: WorkspaceId
) -> None:
    other = await store.workspace("teams", "another")
    await store.references.keep(other, CLEO, HERE)
    for who in (ANA, BEN):
        await store.references.keep(workspace, who, HERE)
    assert await store.read(workspace, out_of_reach) == (CLEO,)
    await store.references.block(workspace, BEN)
    assert await store.read(workspace, out_of_reach) == (BEN, CLEO)
    await store.references.forget(workspace, ANA)
    assert await store.read(workspace, out_of_reach) == (BEN, ANA, CLEO)


async def test_where_there_are_no_references_at_all_everybody_is_reached(
    store: Store, workspace: WorkspaceId
) -> None:
    assert await store.read(workspace, out_of_reach) == ()


async def test_teams_are_kept_and_forgotten(store: Store, workspace: WorkspaceId) -> None:
    for service in ("https://old.example", "https://new.example"):
        await store.references.keep_team(workspace, "19:a@thread", service)
    await store.references.keep_team(workspace, "19:b@thread", "https://new.example")
    await store.references.forget_team(workspace, "19:b@thread")
    assert await store.references.teams(workspace) == {"19:a@thread": "https://new.example"}
