"""What is remembered of opening rooms: one begins, what was made is kept, what is given up stays so."""

from bot.mail import Opening
from bot.mentoring.ids import PairId, WorkspaceId
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import a_pair, a_participant

PAIR = PairId("ada-ben")


def settle_in(*, records: Records, now: object, new_id: NewId) -> None:
    """Let Ada and Ben be a pair."""
    del now, new_id
    for name in ("ada", "ben"):
        records.save_participant(a_participant(name))
    records.save_pair(a_pair("ada", "ben"))


async def test_of_two_who_would_ask_one_begins(store: Store, workspace: WorkspaceId) -> None:
    await store.run(workspace, settle_in)
    assert await store.openings.of(workspace, PAIR) is None
    assert [await store.openings.begin(workspace, PAIR) for _ in range(2)] == [True, False]
    assert await store.openings.of(workspace, PAIR) == Opening()


async def test_what_was_certainly_not_made_may_begin_again(store: Store, workspace: WorkspaceId) -> None:
    await store.run(workspace, settle_in)
    await store.openings.begin(workspace, PAIR)
    await store.openings.undo(workspace, PAIR)
    assert await store.openings.begin(workspace, PAIR)


async def test_a_room_that_was_made_is_kept_and_not_undone(store: Store, workspace: WorkspaceId) -> None:
    await store.run(workspace, settle_in)
    await store.openings.begin(workspace, PAIR)
    assert [await store.openings.made(workspace, PAIR, room) for room in ("19:a", "19:b")] == [True, False]
    await store.openings.undo(workspace, PAIR)
    assert await store.openings.of(workspace, PAIR) == Opening("19:a")


async def test_what_is_given_up_stays_so_whatever_is_heard_of_it_later(
    store: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, settle_in)
    await store.openings.begin(workspace, PAIR)
    await store.openings.give_up(workspace, PAIR)
    assert not await store.openings.made(workspace, PAIR, "19:late")
    await store.openings.undo(workspace, PAIR)
    assert not await store.openings.begin(workspace, PAIR)
    assert await store.openings.of(workspace, PAIR) == Opening(over=True)
