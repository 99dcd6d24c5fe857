"""Who keeps to the code, and what somebody declared beside their topics, in the store."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.mentoring.ethics import CodeKept
from bot.mentoring.ids import ParticipantId, WorkspaceId
from bot.mentoring.people import Direction, Track
from bot.ports import NewId, Records
from storage.schema import METADATA
from storage.store import Store
from tests.builders import MONDAY, a_participant, a_programme

T = TypeVar("T")
ADA, BEN = ParticipantId("ada"), ParticipantId("ben")


async def do(store: Store, workspace: WorkspaceId, use: Callable[[Records], T]) -> T:
    """Do one thing with the records."""

    def work(*, records: Records, now: datetime, new_id: NewId) -> T:  # noqa: ARG001 # a use case's signature
        return use(records)

    return await store.run(workspace, work)


async def test_the_code_is_kept_once_a_version_and_by_each_alone(
    store: Store, workspace: WorkspaceId
) -> None:
    """C9."""
    for name in ("ada", "ben"):
        await do(store, workspace, lambda records, name=name: records.save_participant(a_participant(name)))  # type: ignore[misc] # mypy cannot type a default in a lambda
    first, again = CodeKept(ADA, 1, MONDAY), CodeKept(ADA, 1, MONDAY + timedelta(days=1))
    newer = CodeKept(ADA, 2, MONDAY + timedelta(days=2))
    for kept in (newer, first, again):
        await do(store, workspace, lambda records, kept=kept: records.save_code_kept(kept))  # type: ignore[misc] # as above
    assert await do(store, workspace, lambda records: records.codes_kept(ADA)) == (first, newer)
    assert await do(store, workspace, lambda records: records.codes_kept(BEN)) == ()


def test_no_column_holds_an_age_or_what_it_could_be_counted_from() -> None:
    """B3."""
    names = {column.name for table in METADATA.sorted_tables for column in table.columns}
    assert not {
        name for name in names if {"age", "birth", "birthday", "born", "gender"} & set(name.split("_"))
    }


async def test_a_track_a_direction_and_what_owners_say_of_choice_come_back(
    store: Store, workspace: WorkspaceId
) -> None:
    """A4, D7, D11."""
    one = a_participant("ada", track=Track.HANDOVER, direction=Direction.CRAFT)
    await do(store, workspace, lambda records: records.save_participant(one))
    await do(store, workspace, lambda records: records.save_programme(a_programme(mandatory=True)))
    assert await do(store, workspace, lambda records: records.participant(ADA)) == one
    programme = await do(store, workspace, lambda records: records.programme())
    assert programme is not None
    assert programme.mandatory
