"""Where people and teams are reached: remembered, replaced, blocked, forgotten, by workspace."""

from dataclasses import replace

from bot.mail import Reference
from bot.mentoring.ids import Address, WorkspaceId
from storage.store import Store

ANA = Address("teams:t:1")
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


async def test_teams_are_kept_and_forgotten(store: Store, workspace: WorkspaceId) -> None:
    for service in ("https://old.example", "https://new.example"):
        await store.references.keep_team(workspace, "19:a@thread", service)
    await store.references.keep_team(workspace, "19:b@thread", "https://new.example")
    await store.references.forget_team(workspace, "19:b@thread")
    assert await store.references.teams(workspace) == {"19:a@thread": "https://new.example"}
