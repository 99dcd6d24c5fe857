"""Offers, rhythms, agendas, notes and feeds come back; two presses in one moment are one date."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.mentoring.ids import MeetingId, PairId, ParticipantId, WorkspaceId
from bot.mentoring.meetings import Every, MeetingState, Offer, Rhythm
from bot.mentoring.pair import PairState
from bot.mentoring.pair_texts import About, PairText
from bot.mentoring.prompts import MeetingSet
from bot.ports import NewId, Records
from bot.use_cases import dates
from bot.use_cases.acting import actor_at
from storage.feeds import feed_of
from storage.meeting_records import TEXTS
from storage.meeting_tables import FeedRow
from storage.store import Store
from tests.builders import MONDAY, a_pair, a_participant, a_programme, at
from tests.stores import TickingClock

T = TypeVar("T")
ADA, BEN = ParticipantId("ada"), ParticipantId("ben")
PAIR = PairId("ada-ben")
DAY = timedelta(days=1)
HOUSE = "https://bot.example.com"


class Given:
    """A workspace with an active pair; each thing is done in its own transaction."""

    def __init__(self, store: Store, workspace: WorkspaceId) -> None:
        self.store = store
        self.workspace = workspace

    async def __call__(self, use: Callable[[Records], T]) -> T:
        """Do one thing with the records."""

        def work(*, records: Records, now: datetime, new_id: NewId) -> T:  # noqa: ARG001 # a use case's signature
            return use(records)

        return await self.store.run(self.workspace, work)


def _save(what: str, value: object, records: Records) -> None:
    """Keep a value by the part of Records that is named so."""
    getattr(records, f"save_{what}")(value)


def _save_feed(secret: str, records: Records) -> None:
    """Give Ada's feed a secret."""
    records.save_feed(ADA, secret)


@pytest.fixture
async def given(store: Store, workspace: WorkspaceId) -> Given:
    """Give a workspace in which Ada and Ben are a pair."""
    place = Given(store, workspace)

    def settle(records: Records) -> None:
        records.save_programme(a_programme())
        for name in ("ada", "ben"):
            records.save_participant(a_participant(name))
        records.save_pair(a_pair(state=PairState.ACTIVE, introduced_at=MONDAY))

    await place(settle)
    return place


async def test_each_side_has_one_offer_and_the_newest_counts(given: Given) -> None:
    first = Offer("o1", PAIR, ADA, (MONDAY + DAY,), 30)
    second = Offer("o2", PAIR, ADA, (MONDAY + 2 * DAY, MONDAY + 3 * DAY), 45, MeetingId("m"))
    other = Offer("o3", PAIR, BEN, (MONDAY + DAY,), 30)
    for offer in (first, other, second):
        await given(partial(_save, "offer", offer))
    assert await given(lambda records: records.offers(PAIR)) == (second, other)
    await given(lambda records: records.forget_offers(PAIR, ADA))
    assert await given(lambda records: records.offers(PAIR)) == (other,)
    await given(lambda records: records.forget_offers(PAIR))
    assert await given(lambda records: records.offers(PAIR)) == ()


async def test_a_rhythm_is_kept_and_changed(given: Given) -> None:
    assert await given(lambda records: records.rhythm(PAIR)) == Rhythm(PAIR)
    for rhythm in (Rhythm(PAIR, None, Every.WEEK, ADA), Rhythm(PAIR, Every.WEEK)):
        await given(partial(_save, "rhythm", rhythm))
        assert await given(lambda records: records.rhythm(PAIR)) == rhythm


async def test_what_the_two_write_is_given_back_in_order_and_stands_encrypted(given: Given) -> None:
    texts = (
        PairText(PAIR, About.AGENDA, ADA, None, "How do I say <no>?", MONDAY),
        PairText(PAIR, About.AGENDA, BEN, None, "Rust\n& more", MONDAY + DAY),
        PairText(PAIR, About.AGENDA, ADA, MeetingId("m"), "the last one", MONDAY + 2 * DAY),
    )
    for text in (*texts, PairText(PAIR, About.NOTE, ADA, MeetingId("m"), "a note", MONDAY)):
        await given(partial(_save, "pair_text", text))
    assert await given(lambda records: records.pair_texts(PAIR, About.AGENDA)) == texts
    stored = select(TEXTS.c.text).where(TEXTS.c.workspace_id == given.workspace)
    rows = await given.store.workshop.run(lambda session: list(session.execute(stored).scalars()))
    assert len(rows) == 4
    assert not any(word in row.stored for row in rows for word in ("say", "Rust", "note"))
    empty = PairText(PAIR, About.AGENDA, ADA, None, "", MONDAY)
    await given(lambda records: records.save_pair_text(empty))
    assert await given(lambda records: records.pair_texts(PAIR, About.AGENDA)) == texts[1:]


async def test_a_feed_is_found_by_its_newest_secret_alone_and_its_secret_stands_nowhere(given: Given) -> None:
    assert await given(lambda records: records.feed(ADA)) is None
    for secret in ("a" * 32, "b" * 32):
        await given(partial(_save_feed, secret))
    assert await given(lambda records: records.feed(ADA)) == "b" * 32
    assert await feed_of(given.store, "b" * 32) == (given.workspace, ADA)
    assert await feed_of(given.store, "a" * 32) is None
    feeds = FeedRow.__table__
    stored = select(feeds).where(feeds.c.workspace_id == given.workspace)
    (row,) = await given.store.workshop.run(lambda session: session.execute(stored).all())
    assert "bbbb" not in f"{row.hash}{row.secret.stored}"
    await given(lambda records: records.forget_feed(ADA))
    assert await feed_of(given.store, "b" * 32) is None


async def test_two_who_pick_in_the_same_moment_set_one_date(given: Given, clock: TickingClock) -> None:
    mine = Offer("o1", PAIR, ADA, (MONDAY + 2 * DAY,), 30)
    theirs = Offer("o2", PAIR, BEN, (MONDAY + 3 * DAY,), 30)
    for offer in (mine, theirs):
        await given(partial(_save, "offer", offer))

    def pick(name: str, moment: datetime, *, records: Records, now: datetime, new_id: NewId) -> object:
        actor = actor_at(at(name), may_set_up=False, records=records)
        stamp = str(int(moment.timestamp()))
        return dates.pick(actor, PAIR, stamp, HOUSE, records=records, now=now, new_id=new_id)

    presses = [("ben", mine.times[0]), ("ada", theirs.times[0])] * 3
    answers = await asyncio.gather(
        *(given.store.run(given.workspace, pick, name, moment) for name, moment in presses)
    )
    dates_shown = {(one.meeting, one.at) for one in answers if isinstance(one, MeetingSet)}
    assert len(dates_shown) == 1
    assert len(answers) == len([one for one in answers if isinstance(one, MeetingSet)])
    (meeting,) = await given(lambda records: records.meetings(PAIR))
    assert meeting.state is MeetingState.PLANNED
    assert meeting.at > clock()


async def test_a_date_cancelled_while_it_is_moved_ends_in_one_of_both(given: Given) -> None:
    def setting(records: Records) -> None:
        records.save_offer(Offer("o1", PAIR, ADA, (MONDAY + 2 * DAY,), 30))

    def pick(moment: datetime, *, records: Records, now: datetime, new_id: NewId) -> object:
        actor = actor_at(at("ben"), may_set_up=False, records=records)
        stamp = str(int(moment.timestamp()))
        return dates.pick(actor, PAIR, stamp, HOUSE, records=records, now=now, new_id=new_id)

    def cancel(meeting: str, *, records: Records, now: datetime, new_id: NewId) -> object:
        actor = actor_at(at("ada"), may_set_up=False, records=records)
        return dates.cancel(actor, PAIR, meeting, records=records, now=now, new_id=new_id)

    await given(setting)
    first = await given.store.run(given.workspace, pick, MONDAY + 2 * DAY)
    assert isinstance(first, MeetingSet)
    move = Offer("o2", PAIR, ADA, (MONDAY + 4 * DAY,), 30, first.meeting)
    await given(lambda records: records.save_offer(move))
    await asyncio.gather(
        given.store.run(given.workspace, cancel, first.meeting),
        given.store.run(given.workspace, pick, MONDAY + 4 * DAY),
    )
    meetings = await given(lambda records: records.meetings(PAIR))
    states = sorted(meeting.state for meeting in meetings)
    assert states in ([MeetingState.CANCELLED], [MeetingState.CANCELLED, MeetingState.PLANNED])
