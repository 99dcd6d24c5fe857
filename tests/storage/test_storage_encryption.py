"""What is stored encrypted opens with its key, in its workspace, and nowhere else."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, update
from sqlmodel import Session

from bot.mentoring.ids import WorkspaceId
from storage.encryption import CONCERN, BadKeyError, Encrypted, Keyring, SealBrokenError, Sealed, key_mark
from storage.rotation import encrypted_columns
from storage.schema import METADATA
from storage.store import Store, open_store
from storage.tables import WorkspaceRow
from tests.stores import KEYS, CountedIds, TickingClock

ONE, OTHER = WorkspaceId("one"), WorkspaceId("other")
NEW = Fernet.generate_key().decode()
WORKSPACE = WorkspaceRow.__table__


def test_what_was_sealed_opens_in_its_workspace() -> None:
    ring = Keyring(KEYS)
    sealed = ring.seal(ONE, "übergabe\0".encode())
    assert ring.open(ONE, sealed) == "übergabe\0".encode()
    assert "bergabe" not in sealed.stored
    assert "bergabe" not in repr(sealed)


def test_it_opens_in_no_other_workspace() -> None:
    ring = Keyring(KEYS)
    with pytest.raises(SealBrokenError):
        ring.open(OTHER, ring.seal(ONE, b"x"))
    with pytest.raises(SealBrokenError):
        ring.open(WorkspaceId("one\0x"), ring.seal(ONE, b"x\0y"))


@pytest.mark.parametrize("stored", ["", "x", "deadbeef.", "deadbeef.gAAAA", "gAAAAABk"])
def test_what_was_changed_does_not_open(stored: str) -> None:
    with pytest.raises(SealBrokenError):
        Keyring(KEYS).open(ONE, Sealed(stored))


def test_a_flipped_byte_is_noticed() -> None:
    ring = Keyring(KEYS)
    stored = ring.seal(ONE, b"secret").stored
    changed = stored[:40] + ("A" if stored[40] != "A" else "B") + stored[41:]
    with pytest.raises(SealBrokenError):
        ring.open(ONE, Sealed(changed))


def test_the_newest_key_seals_and_all_open() -> None:
    old = Keyring(KEYS).seal(ONE, b"x")
    ring = Keyring((NEW, *KEYS))
    assert ring.open(ONE, old) == b"x"
    assert old.mark == key_mark(KEYS[0])
    assert ring.seal(ONE, b"x").mark == key_mark(NEW)
    assert ring.open(ONE, ring.sealed_anew(ONE, old)) == b"x"
    with pytest.raises(SealBrokenError):
        Keyring((NEW,)).open(ONE, old)


@pytest.mark.parametrize("keys", [(), ("short",), (KEYS[0], "@@@"), (KEYS[0], KEYS[0] + "A" * 8), ("é",)])
def test_a_bad_key_is_named_by_its_place_and_never_shown(keys: tuple[str, ...]) -> None:
    with pytest.raises(BadKeyError) as caught:
        Keyring(keys)
    assert not any(key in str(caught.value) for key in keys)
    assert str(len(keys)) in str(caught.value) or not keys


def test_the_column_takes_nothing_but_sealed_values() -> None:
    with pytest.raises(TypeError):
        Encrypted().process_bind_param("plain", None)  # type: ignore[arg-type] # what the test is about


def test_tokens_prompts_bodies_answers_and_what_people_wrote_are_encrypted() -> None:
    found = {f"{table.name}.{column.name}": purpose for table, column, purpose in encrypted_columns()}
    mail = {"outbox.prompt", "inbox.body", "inbox.answer"}
    ends = {"fit.answer", "helped.who", "helped.answer", "wish.whom", "look_back.said", "going_on.said"}
    together = {"agreement.content", "goals.content", "pair_text.text"}
    alone = {"workspace.token", "feed.secret", "left_form.answers", "block.blocked", "concern.told"}
    assert set(found) == alone | mail | ends | together
    assert {name for name, purpose in found.items() if purpose} == {"concern.told"}
    assert all(table in METADATA.sorted_tables for table, _, _ in encrypted_columns())


def test_what_a_purpose_sealed_opens_for_it_alone_and_carries_the_mark_of_the_key_it_comes_from() -> None:
    ring = Keyring(KEYS)
    sealed = ring.of(CONCERN).seal(ONE, b"x")
    assert ring.of("") is ring
    assert ring.of(CONCERN).open(ONE, sealed) == b"x"
    assert sealed.mark == key_mark(KEYS[0])
    for other, value in ((ring, sealed), (ring.of(CONCERN), ring.seal(ONE, b"x"))):
        with pytest.raises(SealBrokenError):
            other.open(ONE, value)
    newer = Keyring((NEW, *KEYS))
    anew = newer.of(CONCERN).sealed_anew(ONE, sealed)
    assert anew.mark == key_mark(NEW)
    assert Keyring((NEW,)).of(CONCERN).open(ONE, anew) == b"x"
    with pytest.raises(KeyError):
        ring.of("anything")


async def test_a_token_is_kept_encrypted(store: Store, workspace: WorkspaceId) -> None:
    assert await store.token(workspace) is None
    await store.save_token(workspace, "xoxb-secret", "UBOT")
    assert await store.token(workspace) == "xoxb-secret"
    sealed = store.workshop.run_here(
        lambda session: session.scalar(select(WORKSPACE.c.token).where(WORKSPACE.c.id == workspace))
    )
    assert isinstance(sealed, Sealed)
    assert "xoxb" not in sealed.stored
    await store.forget_token(workspace)
    assert await store.token(workspace) is None


async def test_two_rows_that_changed_places_are_refused(store: Store, workspace: WorkspaceId) -> None:
    other = await store.workspace("slack", "T2")
    await store.save_token(workspace, "xoxb-one", "U1")
    await store.save_token(other, "xoxb-two", "U2")

    def swap(session: Session) -> None:
        one, two = session.get(WorkspaceRow, workspace), session.get(WorkspaceRow, other)
        assert one is not None
        assert two is not None
        one.token, two.token = two.token, one.token

    store.workshop.run_here(swap)
    for key in (workspace, other):
        with pytest.raises(SealBrokenError):
            await store.token(key)


async def test_rotation_moves_every_value_to_the_newest_key(
    store: Store, workspace: WorkspaceId, database_url: str, clock: TickingClock
) -> None:
    other = await store.workspace("slack", "T2")
    await store.save_token(workspace, "xoxb-one", "U1")
    for number in range(250):
        await store.take(other, f"e{number}", "kind", b"body")
    rotated = open_store(database_url, Keyring((NEW, *KEYS)), clock, CountedIds())
    await rotated.save_token(other, "xoxb-two", "U2")
    assert await rotated.keys_in_use() == {key_mark(KEYS[0]): 251, key_mark(NEW): 1}
    assert await rotated.rotate() == 251
    assert await rotated.keys_in_use() == {key_mark(NEW): 252}
    assert await rotated.rotate() == 0
    rotated.close()
    newest = open_store(database_url, Keyring((NEW,)), clock, CountedIds())
    assert await newest.token(workspace) == "xoxb-one"
    newest.close()


async def test_a_value_that_does_not_open_stops_the_rotation_and_stays(
    store: Store, workspace: WorkspaceId, database_url: str, clock: TickingClock
) -> None:
    await store.save_token(workspace, "xoxb-one", "U1")
    broken = Sealed(f"{key_mark(KEYS[0])}.broken")

    def damage(session: Session) -> None:
        session.execute(update(WORKSPACE).where(WORKSPACE.c.id == workspace).values(token=broken))

    store.workshop.run_here(damage)
    rotated = open_store(database_url, Keyring((NEW, *KEYS)), clock, CountedIds())
    with pytest.raises(SealBrokenError):
        await rotated.rotate()
    assert await rotated.keys_in_use() == {key_mark(KEYS[0]): 1}
    rotated.close()
