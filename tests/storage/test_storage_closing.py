"""How pairs feel and end, and concerns, in the store: sealed, kept for their time, and safe in races."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Table, select
from sqlmodel import Session

from bot.mentoring.closing import Closing, GoOn, LookBack, Question
from bot.mentoring.concern import Concern
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.ids import PairId, ParticipantId, WorkspaceId
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.rights import Actor
from bot.ports import NewId, Records
from bot.use_cases import closing, parting, raising
from storage.closing_tables import FitRow, GoingOnRow, HelpedRow, LookBackRow, WishRow
from storage.concern_tables import ConcernRow
from storage.encryption import CONCERN, Keyring, SealBrokenError
from storage.guard import across
from storage.store import Store
from tests.builders import MONDAY, a_pair, a_participant, a_programme, at
from tests.stores import KEYS, TickingClock

T = TypeVar("T")
ADA, BEN, PAIR = ParticipantId("ada"), ParticipantId("ben"), PairId("ada-ben")
CANARY = "canary-words"
CARED = Concern("c1", at("ada"), at("carol"), MONDAY, MONDAY + timedelta(days=90), at("ben"), CANARY)


async def do(store: Store, workspace: WorkspaceId, use: Callable[[Records], T]) -> T:
    """Do one thing with the records."""

    def work(*, records: Records, now: datetime, new_id: NewId) -> T:  # noqa: ARG001 # a use case's signature
        return use(records)

    return await store.run(workspace, work)


def settle_in(records: Records) -> None:
    """A programme with one active pair."""
    records.save_programme(a_programme())
    for name in ("ada", "ben"):
        records.save_participant(a_participant(name))
    records.save_pair(a_pair(state=PairState.ACTIVE, introduced_at=MONDAY, accepted=frozenset({ADA, BEN})))


@pytest.fixture
async def settled(store: Store, workspace: WorkspaceId) -> WorkspaceId:
    """Give a workspace with one active pair."""
    await do(store, workspace, settle_in)
    return workspace


def write_all(records: Records) -> None:
    """One of each, and each written over once."""
    for fit in Fit:
        records.save_fit(PAIR, ADA, fit)
    for answer in (Helped.YES, Helped.PARTLY):
        records.save_helped(BEN, answer, MONDAY)
    records.save_wish(ADA, BEN)
    records.save_wish(ADA, BEN)
    records.save_closing(Closing(PAIR, ADA, MONDAY))
    records.save_closing(Closing(PAIR, BEN, MONDAY, MONDAY))
    records.save_look_back(PAIR, ADA, LookBack(CANARY))
    records.save_look_back(PAIR, ADA, LookBack(hard=CANARY, again=True))
    records.save_question(Question(PAIR, MONDAY, MONDAY, met_lately=True))
    records.save_question(Question(PAIR, MONDAY, MONDAY, met_lately=True, said={ADA: GoOn.NO}))
    records.save_concern(CARED)
    records.save_concern(replace(CARED, read_at=MONDAY, kept_longer=(MONDAY,)))


async def test_everything_comes_back_as_it_was_written_last(store: Store, settled: WorkspaceId) -> None:
    await do(store, settled, write_all)

    def look(records: Records) -> list[Any]:
        return [
            records.fit(PAIR, ADA),
            records.fit(PAIR, BEN),
            records.helped(),
            records.wished_again(),
            records.closing(PAIR),
            records.look_backs(PAIR),
            records.question(PAIR),
            records.concerns(),
        ]

    assert await do(store, settled, look) == [
        Fit.NOT_RIGHT,
        None,
        ((Helped.PARTLY, MONDAY),),
        frozenset(),
        Closing(PAIR, BEN, MONDAY, MONDAY),
        {ADA: LookBack(hard=CANARY, again=True)},
        Question(PAIR, MONDAY, MONDAY, met_lately=True, said={ADA: GoOn.NO}),
        (replace(CARED, read_at=MONDAY, kept_longer=(MONDAY,)),),
    ]
    await do(store, settled, lambda records: records.save_wish(BEN, ADA))
    assert await do(store, settled, lambda records: records.wished_again()) == {frozenset({ADA, BEN})}
    await do(store, settled, lambda records: records.forget_wishes(ADA, BEN))
    assert await do(store, settled, lambda records: records.wished_again()) == frozenset()
    await do(store, settled, lambda records: records.forget_closing(PAIR))
    assert await do(store, settled, lambda records: records.closing(PAIR)) is None


def rows(store: Store, table: Table) -> list[Any]:
    """All rows of a table."""

    def work(session: Session) -> list[Any]:
        return list(session.execute(select(table), execution_options=across("a test looks at all")))

    return store.workshop.run_here(work)


async def test_what_people_say_is_sealed_and_a_concern_tells_nobody_apart(
    store: Store, settled: WorkspaceId
) -> None:
    await do(store, settled, write_all)
    everything = ""
    for kind in (FitRow, HelpedRow, WishRow, LookBackRow, GoingOnRow, ConcernRow):
        (row,) = rows(store, kind.__table__)
        everything += repr(tuple(getattr(part, "stored", part) for part in row))
    assert CANARY not in everything
    assert "not_right" not in everything
    (concern,) = rows(store, ConcernRow.__table__)
    assert not any(name in repr(tuple(concern)) for name in ("ada", "ben", "carol"))
    ring = Keyring(KEYS)
    assert CANARY.encode() in ring.of(CONCERN).open(settled, concern.told)
    with pytest.raises(SealBrokenError):
        ring.open(settled, concern.told)


async def test_each_is_forgotten_in_its_time(store: Store, settled: WorkspaceId, clock: TickingClock) -> None:
    await do(store, settled, write_all)
    kinds = (FitRow, HelpedRow, LookBackRow, ConcernRow, GoingOnRow, WishRow)
    steps = (
        (90, (1, 1, 1, 1, 1, 1)),
        (91, (1, 1, 1, 0, 1, 1)),
        (180, (1, 1, 1, 0, 1, 1)),
        (181, (0, 0, 0, 0, 0, 1)),
        (365, (0, 0, 0, 0, 0, 1)),
        (366, (0, 0, 0, 0, 0, 0)),
    )
    for days, left in steps:
        clock.now = MONDAY + timedelta(days=days)
        await store.forget(clock.now)
        assert tuple(len(rows(store, kind.__table__)) for kind in kinds) == left, days


def actor(records: Records, who: ParticipantId) -> Actor:
    """Somebody, as the database knows them."""
    one = records.participant(who)
    return Actor(one.address, one)


async def both_at_once(store: Store, workspace: WorkspaceId, use: Callable[..., object]) -> list[object]:
    """Both of the pair do the same in one moment."""

    def by(who: ParticipantId) -> Callable[..., object]:
        def work(*, records: Records, now: datetime, new_id: NewId) -> object:
            return use(actor(records, who), records=records, now=now, new_id=new_id)

        return work

    return list(await asyncio.gather(*(store.run(workspace, by(who)) for who in (ADA, BEN))))


async def test_two_who_end_at_once_end_it_once(store: Store, settled: WorkspaceId) -> None:
    def end(who: Actor, *, records: Records, now: datetime, new_id: NewId) -> object:
        return parting.end_pair(who, PAIR, records=records, now=now, new_id=new_id)

    answers = await both_at_once(store, settled, end)
    assert answers[0] == answers[1]
    pair: Pair = await do(store, settled, lambda records: records.pair(PAIR))
    assert (pair.state, pair.quiet_until) == (PairState.CLOSED, None)


async def test_two_who_propose_to_close_at_once_agree(store: Store, settled: WorkspaceId) -> None:
    def propose(who: Actor, *, records: Records, now: datetime, new_id: NewId) -> object:
        del new_id
        return closing.propose(who, PAIR, records=records, now=now)

    await both_at_once(store, settled, propose)
    agreed = await do(store, settled, lambda records: records.closing(PAIR))
    assert agreed is not None
    assert agreed.agreed_at == MONDAY


async def test_a_kept_answer_holds_no_word_of_a_concern(store: Store, settled: WorkspaceId) -> None:
    await do(store, settled, lambda records: records.save_concern(CARED))

    def read(*, records: Records, now: datetime, new_id: NewId) -> Any:
        del new_id
        return raising.read(Actor(at("carol")), "c1", records=records, now=now)

    first = await store.once(settled, "key", "button", read)
    assert CANARY in repr(first)
    again = await store.once(settled, "key", "button", read)
    assert CANARY not in repr(again)
