"""Small writes share transactions, and one that fails takes none of the others with it."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import event, func, select
from sqlmodel import Session

from bot.mentoring.ids import Address, WorkspaceId
from storage.mail_tables import DirectRow
from storage.store import Store

DIRECT = DirectRow.__table__
HERE = Address("slack:T1:D1")


def writing(workspace: WorkspaceId, name: str, runs: list[str]) -> Callable[[Session], str]:
    """A write of one row by its name; the name "broken" fails once it has written."""

    def work(session: Session) -> str:
        runs.append(name)
        session.add(DirectRow(workspace_id=workspace, address=Address(f"slack:T1:{name}"), conversation=HERE))
        session.flush()
        if name == "broken":
            raise LookupError(name)
        return name

    return work


async def test_writes_that_come_while_one_is_under_way_share_the_next_transaction(
    store: Store, workspace: WorkspaceId
) -> None:
    commits: list[Session] = []
    noted = commits.append
    event.listen(Session, "after_commit", noted)
    runs: list[str] = []
    shared = [store.workshop.share(writing(workspace, f"p{number}", runs)) for number in range(30)]
    assert await asyncio.gather(*shared) == [f"p{number}" for number in range(30)]
    event.remove(Session, "after_commit", noted)
    assert len(runs) == 30
    assert len(commits) <= 4


async def test_one_that_fails_is_told_and_the_others_are_kept(store: Store, workspace: WorkspaceId) -> None:
    runs: list[str] = []
    names = ("first", "broken", "last")
    answers = await asyncio.gather(
        *(store.workshop.share(writing(workspace, name, runs)) for name in names), return_exceptions=True
    )
    assert [answers[0], answers[2]] == ["first", "last"]
    assert isinstance(answers[1], LookupError)
    count = select(func.count()).select_from(DIRECT).where(DIRECT.c.workspace_id == workspace)
    assert await store.workshop.run(lambda session: session.scalar(count)) == 2


async def test_one_that_nobody_waits_for_hinders_no_other(store: Store, workspace: WorkspaceId) -> None:
    runs: list[str] = []
    given_up = asyncio.create_task(store.workshop.share(writing(workspace, "gone", runs)))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await store.workshop.share(writing(workspace, "here", runs)) == "here"
