"""What two people wrote is kept sealed, comes back as it was, and no write of theirs is lost."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.mentoring.agreement import Agreement, StillFine, Terms, agree_first, expecting
from bot.mentoring.goals import Aim, Goals, aimed
from bot.mentoring.ids import PairId, ParticipantId, WorkspaceId
from bot.ports import NewId, Records
from storage.agreement_tables import AgreementRow, GoalsRow
from storage.encryption import Keyring, Sealed
from storage.records import SessionRecords
from storage.store import Store, open_store
from tests.builders import MONDAY, a_pair, a_participant, some_terms
from tests.stores import KEYS, CountedIds, TickingClock

ADA, BEN, PAIR = ParticipantId("ada"), ParticipantId("ben"), PairId("ada-ben")
SECRET = "canary: I fear the sales meeting"


@pytest.fixture
def rival(database_url: str, clock: TickingClock) -> Iterator[Store]:
    """Give a second store on the same database, as another process has it."""
    opened = open_store(database_url, Keyring(KEYS), clock, CountedIds(start=1_000_000))
    yield opened
    opened.close()


def pairs(count: int, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
    """Ada and Ben, in so many pairs."""
    for name in ("ada", "ben"):
        records.save_participant(a_participant(name))
    records.save_pair(a_pair())
    for number in range(count):
        records.save_pair(a_pair(id=PairId(f"p{number}")))


def expect(
    key: PairId,
    who: ParticipantId,
    terms: Terms,
    *,
    records: Records,
    now: datetime,  # noqa: ARG001 # a use case's signature
    new_id: NewId,  # noqa: ARG001 # as above
) -> bool:
    """Keep what somebody expects; whether both have written."""
    written = expecting(records.agreement(key), who, terms)
    records.save_agreement(written)
    return written.both_in


def aim(key: PairId, who: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # as above
    """Set somebody's goal."""
    records.save_goals(aimed(records.goals(key), who, Aim(SECRET, "e", "s"), now))


def leave_a_row(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # as above
    """An agreement that nobody has written in."""
    records.save_agreement(Agreement(PAIR, fine=(StillFine(ADA, now),)))


def read(key: PairId, *, records: Records, now: datetime, new_id: NewId) -> tuple[Agreement, Goals]:  # noqa: ARG001 # as above
    """What a pair wrote."""
    return records.agreement(key), records.goals(key)


async def test_what_was_never_written_is_empty(store: Store, workspace: WorkspaceId) -> None:
    await store.run(workspace, pairs, 0)
    assert await store.run(workspace, read, PAIR) == (Agreement(PAIR), Goals(PAIR))


async def test_an_agreement_and_goals_come_back_as_they_were_saved(
    store: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, pairs, 0)
    terms = some_terms(ends=MONDAY.date(), worry=SECRET)
    wanted = agree_first(expecting(expecting(Agreement(PAIR), ADA, terms), BEN, terms), ADA, terms, MONDAY)
    await store.run(workspace, lambda *, records, now, new_id: records.save_agreement(wanted))  # noqa: ARG005 # a use case's signature
    await store.run(workspace, aim, PAIR, ADA)
    agreement, goals = await store.run(workspace, read, PAIR)
    assert agreement == wanted
    assert [goal.what for goal in goals.all] == [SECRET]


async def test_nothing_that_they_wrote_stands_in_the_database_in_plain_words(
    store: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, pairs, 0)
    await store.run(workspace, expect, PAIR, ADA, some_terms(worry=SECRET))
    await store.run(workspace, aim, PAIR, ADA)

    def contents(session: Session) -> list[Sealed]:
        tables = (AgreementRow.__table__, GoalsRow.__table__)
        mine = (select(table.c.content).where(table.c.workspace_id == workspace) for table in tables)
        return [sealed for one in mine for sealed in session.scalars(one)]

    stored = await store.workshop.run(contents)
    assert len(stored) == 2
    assert all(isinstance(one, Sealed) and "canary" not in one.stored for one in stored)


async def test_both_write_at_once_and_neither_is_lost(
    store: Store, rival: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, pairs, 12)
    keys = [PairId(f"p{number}") for number in range(12)]
    both = [(one, key, who) for key in keys for one, who in ((store, ADA), (rival, BEN))]
    seconds = await asyncio.gather(
        *(one.run(workspace, expect, key, who, some_terms(hope=who)) for one, key, who in both),
        *(one.run(workspace, aim, key, who) for one, key, who in both),
    )
    assert sum(second is True for second in seconds) == 12, "one of the two is told that both have written"
    for key in keys:
        agreement, goals = await store.run(workspace, read, key)
        assert {who: terms.hope for who, terms in agreement.expected} == {ADA: ADA, BEN: BEN}
        assert {goal.owner for goal in goals.all} == {ADA, BEN}


@pytest.mark.parametrize("there_already", [False, True])
def test_a_guarded_write_loses_nothing_even_without_the_lock(
    postgres_url: str, clock: TickingClock, *, there_already: bool
) -> None:
    store = open_store(postgres_url, Keyring(KEYS), clock, CountedIds())
    workspace = asyncio.run(store.workspace("slack", "T1"))
    asyncio.run(store.run(workspace, pairs, 0))
    if there_already:
        asyncio.run(store.run(workspace, leave_a_row))
    both_have_read = threading.Barrier(2)
    runs: list[ParticipantId] = []

    class Writing(SessionRecords):
        """Writes only once both sides have read what they decide by."""

        def save_agreement(self, agreement: Agreement) -> None:
            """Wait for the other side's read, then write."""
            if len(runs) <= 2:
                both_have_read.wait(60)
            super().save_agreement(agreement)

    def work(session: Session, who: ParticipantId) -> bool:
        records = Writing(session, workspace, store.keyring, clock(), CountedIds())
        runs.append(who)
        second = expect(PAIR, who, some_terms(hope=who), records=records, now=clock(), new_id=CountedIds())
        records.flush()
        return second

    threads = [
        threading.Thread(target=lambda who=who: store.workshop.run_here(lambda s: work(s, who)))
        for who in (ADA, BEN)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    agreement, _ = asyncio.run(store.run(workspace, read, PAIR))
    store.close()
    assert len(runs) == 3, "one of the two lost the race and wrote again"
    assert {who: terms.hope for who, terms in agreement.expected} == {ADA: ADA, BEN: BEN}
