"""The store runs each use case once, alone in its workspace, and whole or not at all."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.due import DueItem, DueKind
from bot.mentoring.errors import NotFound
from bot.mentoring.ids import PairId, ParticipantId, WorkspaceId
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import AcceptedBoth, AcceptedFirst, NotesShown, Nothing, Prompt, Whom
from bot.ports import NewId, Records
from storage.encryption import Keyring
from storage.lock import AlreadyServedError, FileLock
from storage.records import SessionRecords
from storage.store import NoSuchWorkspaceError, Store, open_store
from tests.builders import MONDAY, a_message, a_pair, a_participant, a_programme, at
from tests.stores import KEYS, CountedIds, TickingClock

ADA, BEN = ParticipantId("ada"), ParticipantId("ben")
HOUR = timedelta(hours=1)


@pytest.fixture
def rival(database_url: str, clock: TickingClock) -> Iterator[Store]:
    """Give a second store on the same database, as another process has it."""
    opened = open_store(database_url, Keyring(KEYS), clock, CountedIds(start=1_000_000))
    yield opened
    opened.close()


def add_pairs(count: int, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
    """Propose pairs of the same two people."""
    for name in ("ada", "ben"):
        records.save_participant(a_participant(name))
    for number in range(count):
        records.save_pair(a_pair(id=PairId(f"p{number}")))


def accept(key: PairId, who: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> Prompt:  # noqa: ARG001 # as above
    """Say yes; who is second opens the pair and tells of it."""
    pair = records.pair(key).accepted_by(who)
    records.save_pair(pair)
    if pair.state is not PairState.ACTIVE:
        return AcceptedFirst()
    records.post(a_message(f"opened:{key}:{new_id()}"))
    return AcceptedBoth(partner=at("ada"), opens_at=None)


def _noted(count: int) -> NotesShown:
    """A prompt with a name that needs care and a number."""
    return NotesShown(Whom(PairId("pair"), "Ada & <Ben>", "UTC"), (), met=True, more=count)


def note(counter: list[int], *, records: Records, now: datetime, new_id: NewId) -> Prompt:  # noqa: ARG001 # as above
    """Count how often this runs, in memory and in the database."""
    counter.append(1)
    records.post(a_message(new_id()))
    return _noted(len(counter))


def posted(*, records: Records, now: datetime, new_id: NewId) -> int:  # noqa: ARG001 # as above
    """How many messages wait."""
    assert isinstance(records, SessionRecords)
    return records._next_number() - 1


def people(*, records: Records, now: datetime, new_id: NewId) -> list[str]:  # noqa: ARG001 # as above
    """Who takes part."""
    return [one.id for one in records.participants()]


async def test_both_say_yes_at_once_and_one_pair_opens_once(
    store: Store, rival: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, add_pairs, 20)
    keys = [PairId(f"p{number}") for number in range(20)]
    said = await asyncio.gather(
        *(one.run(workspace, accept, key, who) for key in keys for one, who in ((store, ADA), (rival, BEN)))
    )
    assert sum(isinstance(answer, AcceptedBoth) for answer in said) == 20
    assert await store.run(workspace, posted) == 20


def test_a_guarded_update_loses_no_race_even_without_the_lock(postgres_url: str, clock: TickingClock) -> None:
    store = open_store(postgres_url, Keyring(KEYS), clock, CountedIds())
    workspace = asyncio.run(store.workspace("slack", "T1"))
    asyncio.run(store.run(workspace, add_pairs, 1))
    both_have_read = threading.Barrier(2)
    runs: list[ParticipantId] = []

    class Meeting(SessionRecords):
        """Writes a pair only once both sides have read all that they decide by."""

        def save_pair(self, pair: Pair) -> None:
            """Wait for the other side's last read, then write."""
            if len(runs) <= 2:
                both_have_read.wait(10)
            super().save_pair(pair)

    def work(session: Session, who: ParticipantId) -> Prompt:
        records = Meeting(session, workspace, store.keyring, clock(), CountedIds(start=len(runs) * 100))
        runs.append(who)
        answer = accept(PairId("p0"), who, records=records, now=clock(), new_id=CountedIds(start=len(runs)))
        records.flush()
        return answer

    answers: list[Prompt] = []
    threads = [
        threading.Thread(
            target=lambda who=who: answers.append(store.workshop.run_here(lambda session: work(session, who)))
        )
        for who in (ADA, BEN)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(runs) == 3
    assert sorted(type(answer).__name__ for answer in answers) == ["AcceptedBoth", "AcceptedFirst"]
    assert asyncio.run(store.run(workspace, posted)) == 1
    store.close()


async def test_a_repeated_request_gets_the_same_answer_and_runs_once(
    store: Store, workspace: WorkspaceId
) -> None:
    counter: list[int] = []
    first = await store.once(workspace, "key", "command", note, counter)
    again = await store.once(workspace, "key", "command", note, counter)
    other = await store.once(workspace, "other", "command", note, counter)
    assert first == again == _noted(1)
    assert other == _noted(2)
    assert await store.run(workspace, posted) == 2


async def test_the_same_request_many_times_at_once_runs_once(
    store: Store, rival: Store, workspace: WorkspaceId
) -> None:
    counter: list[int] = []
    calls = [one.once(workspace, "key", "button", note, counter) for one in (store, rival) for _ in range(8)]
    answers = await asyncio.gather(*calls)
    assert len(counter) == 1
    assert set(answers) == {_noted(1)}


async def test_the_same_key_in_another_workspace_is_another_request(
    store: Store, workspace: WorkspaceId
) -> None:
    counter: list[int] = []
    other = await store.workspace("slack", "T2")
    await store.once(workspace, "key", "command", note, counter)
    await store.once(other, "key", "command", note, counter)
    assert len(counter) == 2


async def test_a_request_that_breaks_leaves_nothing_and_may_come_again(
    store: Store, workspace: WorkspaceId
) -> None:
    counter: list[int] = []

    def broken(*, records: Records, now: datetime, new_id: NewId) -> Prompt:
        note(counter, records=records, now=now, new_id=new_id)
        raise LookupError

    with pytest.raises(LookupError):
        await store.once(workspace, "key", "command", broken)
    assert await store.run(workspace, posted) == 0
    await store.once(workspace, "key", "command", note, counter)
    assert await store.run(workspace, posted) == 1


async def test_a_refusal_after_something_was_written_undoes_that_and_keeps_the_answer(
    store: Store, workspace: WorkspaceId
) -> None:
    counter: list[int] = []

    def refused(*, records: Records, now: datetime, new_id: NewId) -> Prompt:
        records.save_participant(a_participant("ben"))
        try:
            with records.attempt():
                note(counter, records=records, now=now, new_id=new_id)
                records.save_participant(a_participant("ada"))
                records.pair(PairId("none"))
        except NotFound:
            return Nothing()
        raise AssertionError

    for _ in range(2):
        assert await store.once(workspace, "key", "command", refused) == Nothing()
    assert len(counter) == 2  # once to find that there is something to undo, once to undo it
    assert await store.run(workspace, posted) == 0
    assert await store.run(workspace, people) == ["ben"]


async def test_a_refusal_before_anything_was_written_runs_once(store: Store, workspace: WorkspaceId) -> None:
    runs: list[int] = []

    def refused(*, records: Records, now: datetime, new_id: NewId) -> Prompt:  # noqa: ARG001 # a use case's signature
        runs.append(1)
        try:
            with records.attempt():
                records.pair(PairId("none"))
        except NotFound:
            return Nothing()
        raise AssertionError

    assert await store.once(workspace, "key", "command", refused) == Nothing()
    assert len(runs) == 1


async def test_what_only_reads_waits_for_nobody_and_sees_one_moment(
    store: Store, rival: Store, workspace: WorkspaceId
) -> None:
    await store.run(workspace, add_pairs, 1)
    begun, go, looked = threading.Event(), threading.Event(), threading.Event()

    def slowly(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.save_participant(a_participant("cleo"))
        begun.set()
        assert go.wait(10)

    def twice(*, records: Records, now: datetime, new_id: NewId) -> tuple[list[str], list[str]]:
        ports: Any = {"records": records, "now": now, "new_id": new_id}
        first = people(**ports)
        looked.set()
        assert written.wait(10)
        return first, people(**ports)

    written = threading.Event()
    running = asyncio.create_task(store.run(workspace, slowly))
    await asyncio.to_thread(begun.wait, 10)
    assert await asyncio.wait_for(store.read(workspace, people), 5) == ["ada", "ben"]
    reading = asyncio.create_task(rival.read(workspace, twice))
    await asyncio.to_thread(looked.wait, 10)
    go.set()
    await running
    written.set()
    assert await reading == (["ada", "ben"], ["ada", "ben"])
    assert await store.read(workspace, people) == ["ada", "ben", "cleo"]


async def test_the_database_refuses_what_a_reading_use_would_write(
    store: Store, workspace: WorkspaceId
) -> None:
    def writing(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.save_participant(a_participant("ada"))

    with pytest.raises(DBAPIError, match=r"readonly|ReadOnlySqlTransaction"):
        await store.read(workspace, writing)
    assert await store.run(workspace, people) == []
    await store.run(workspace, writing)
    assert await store.read(workspace, people) == ["ada"]


async def test_a_use_case_sees_the_clock_and_makes_ids(store: Store, workspace: WorkspaceId) -> None:
    def use(
        word: str, *, records: Records, now: datetime, new_id: NewId
    ) -> tuple[str, WorkspaceId, datetime, bool]:
        return word, records.workspace, now, new_id() != new_id()

    assert await store.run(workspace, use, "word") == ("word", workspace, MONDAY, True)


async def test_a_workspace_is_made_once_for_its_ids(store: Store, rival: Store) -> None:
    made = await asyncio.gather(*(one.workspace("slack", "T9") for one in (store, rival) for _ in range(8)))
    assert len(set(made)) == 1
    assert await store.workspace("slack", "T9", "E1") not in made
    assert await store.workspace("teams", "T9") not in made


async def test_a_workspace_that_is_not_there_runs_nothing(store: Store) -> None:
    with pytest.raises(NoSuchWorkspaceError):
        await store.run(WorkspaceId("gone"), posted)
    with pytest.raises(NoSuchWorkspaceError):
        await store.token(WorkspaceId("gone"))


async def test_workspaces_do_not_wait_for_each_other(postgres_url: str, clock: TickingClock) -> None:
    store = open_store(postgres_url, Keyring(KEYS), clock, CountedIds())
    slow, quick = await store.workspace("slack", "T1"), await store.workspace("slack", "T2")
    begun, go = threading.Event(), threading.Event()

    def wait(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        begun.set()
        assert go.wait(10)

    waiting = [asyncio.create_task(store.run(slow, wait)) for _ in range(20)]
    await asyncio.to_thread(begun.wait, 10)
    assert await store.run(quick, posted) == 0
    go.set()
    await asyncio.gather(*waiting)
    store.close()


async def test_what_is_due_is_found_over_all_workspaces_earliest_first(
    store: Store, workspace: WorkspaceId
) -> None:
    other = await store.workspace("slack", "T2")

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        late = a_participant("ben", state=ParticipantState.PAUSED, paused_until=now + HOUR)
        records.save_participant(replace(a_participant("ada"), state=ParticipantState.LEFT, paused_until=now))
        records.save_participant(late)
        records.save_pair(a_pair(next_due_at=now + 2 * HOUR))
        records.save_pair(a_pair(id=PairId("never")))

    def launch(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # as above
        records.save_programme(a_programme(next_summary_at=now + HOUR / 2, next_round_at=None))

    await store.run(workspace, use)
    await store.run(other, launch)
    assert await store.due(MONDAY) == ()
    assert await store.next_due() == MONDAY + HOUR / 2
    assert await store.next_due(MONDAY + HOUR / 2) == MONDAY + HOUR
    assert await store.due(MONDAY + 2 * HOUR) == (
        DueItem(other, DueKind.PROGRAMME, "programme"),
        DueItem(workspace, DueKind.PARTICIPANT, "ben"),
        DueItem(workspace, DueKind.PAIR, "ada-ben"),
    )


async def test_a_moment_in_another_zone_comes_back_in_utc_and_a_naive_one_is_refused(
    store: Store, workspace: WorkspaceId
) -> None:
    def use(moment: datetime, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.save_participant(a_participant("ada", joined_at=moment))

    def joined(*, records: Records, now: datetime, new_id: NewId) -> str:  # noqa: ARG001 # as above
        return records.participant(ADA).joined_at.isoformat()

    await store.run(workspace, use, datetime.fromisoformat("2027-03-28T02:30:00+02:00"))
    assert await store.run(workspace, joined) == "2027-03-28T00:30:00+00:00"
    with pytest.raises(Exception, match="without a zone"):
        await store.run(workspace, use, datetime.fromisoformat("2027-03-28T02:30:00"))


def test_a_second_process_on_the_same_file_is_refused_until_the_first_ends(sqlite_url: str) -> None:
    first, second = FileLock(sqlite_url), FileLock(sqlite_url)
    first.__enter__()
    with pytest.raises(AlreadyServedError, match="another process serves"):
        second.__enter__()
    first.__exit__(None, None, None)
    with second:
        pass
