"""Twin workspaces with the same ids: whatever happens in one, no row of the other changes or shows."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session

from bot.mail import Reference, Way
from bot.mentoring.agreement import Agreement, said_fine
from bot.mentoring.closing import Closing, LookBack, Question
from bot.mentoring.concern import Concern
from bot.mentoring.ethics import CodeKept
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.goals import Aim, Goals, aimed
from bot.mentoring.ids import Address, PairId, ParticipantId, RoundId, WorkspaceId
from bot.mentoring.left_form import LeftForm
from bot.mentoring.meetings import Every, Offer, Rhythm
from bot.mentoring.pair import PairState, Reason
from bot.mentoring.pair_texts import About, PairText
from bot.mentoring.story import Answer, Done
from bot.mentoring.waiting import Waiting
from bot.ports import Destination, Kind, Message, NewId, Records
from storage.schema import METADATA
from storage.store import Store
from tests.builders import (
    MONDAY,
    a_meeting,
    a_message,
    a_pair,
    a_participant,
    a_profile,
    a_programme,
    a_round,
    an_agreement,
    at,
    some_terms,
)

NAMES = ("ada", "ben", "cleo")
PAIRS = (("ada", "ben"), ("ada", "cleo"), ("ben", "cleo"))
CANARY = "canary"
"""Stands in every text of the twin."""

names = st.sampled_from(NAMES)
pairs = st.sampled_from(PAIRS)
moments = st.integers(0, 500).map(lambda hours: MONDAY + timedelta(hours=hours))
Operation = Callable[[Records], Any]


def message(key: str, name: str, moment: datetime) -> Message:
    """A message to a person, or to the room of Ada and Ben where nobody is named."""
    room = Destination(Kind.ROOM, "ada-ben", (at("ada"), at("ben")))
    plain = a_message(key, to=name, not_before=moment, counts_for=(ParticipantId(name or "ada"),))
    return plain if name else replace(plain, to=room)


def an_offer(key: str, now: datetime) -> Offer:
    """Times that Ada offers Ben."""
    return Offer(key, PairId("ada-ben"), ParticipantId("ada"), (now + timedelta(days=1),), 30)


def a_concern(mark: str, now: datetime) -> Concern:
    """A concern of Ada's with a word of its own."""
    return Concern("concern", at("ada"), at("carol"), now, now + timedelta(days=90), at("ben"), mark)


def agreed(pair: str, mark: str = "x") -> Agreement:
    """What a pair agreed, with `mark` in its texts."""
    return an_agreement(pair, version=some_terms(learn=mark))


def a_goal(pair: str, mark: str) -> Goals:
    """A pair's goals, with `mark` in their texts."""
    return aimed(Goals(PairId(pair)), ParticipantId(pair.partition("-")[0]), Aim(mark, mark, mark), MONDAY)


operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(lambda n, t: lambda r: r.save_participant(a_participant(n, learn=t)), names, st.text("xyz;")),
    st.builds(
        lambda n, z: lambda r: r.save_profile(a_profile(n, zone=z)), names, st.sampled_from(["UTC", "x"])
    ),
    st.builds(lambda n: lambda r: r.first_welcome(at(n)), names),
    st.builds(lambda n, m: lambda r: r.save_left_form(at(n), LeftForm({}, m)), names, moments),
    st.builds(lambda n: lambda r: r.forget_left_form(at(n)), names),
    st.builds(lambda p: lambda r: r.save_block(at(p[0]), at(p[1])), pairs),
    st.builds(lambda p: lambda r: r.forget_block(at(p[0]), at(p[1])), pairs),
    st.builds(
        lambda n, m: lambda r: r.save_code_kept(CodeKept(ParticipantId(n), 1, m)),
        st.sampled_from(["ada", "ben"]),
        moments,
    ),
    st.builds(
        lambda n, f: lambda r: r.save_fit(PairId("ada-ben"), ParticipantId(n), f), names, st.sampled_from(Fit)
    ),
    st.builds(
        lambda n, h, m: lambda r: r.save_helped(ParticipantId(n), h, m),
        names,
        st.sampled_from(Helped),
        moments,
    ),
    st.builds(lambda p: lambda r: r.save_wish(ParticipantId(p[0]), ParticipantId(p[1])), pairs),
    st.builds(lambda p: lambda r: r.forget_wishes(ParticipantId(p[0]), ParticipantId(p[1])), pairs),
    st.builds(
        lambda n, m: lambda r: r.save_closing(Closing(PairId("ada-ben"), ParticipantId(n), m)), names, moments
    ),
    st.just(lambda r: r.forget_closing(PairId("ada-ben"))),
    st.builds(
        lambda n, t: lambda r: r.save_look_back(PairId("ada-ben"), ParticipantId(n), LookBack(t)),
        names,
        st.text("xyz"),
    ),
    st.builds(
        lambda m: lambda r: r.save_question(Question(PairId("ada-ben"), m, m, met_lately=True)), moments
    ),
    st.builds(lambda k, m: lambda r: r.save_offer(an_offer(k, m)), st.text("km", min_size=1), moments),
    st.just(lambda r: r.forget_offers(PairId("ada-ben"))),
    st.builds(lambda e: lambda r: r.save_rhythm(Rhythm(PairId("ada-ben"), e)), st.sampled_from(Every)),
    st.builds(
        lambda n, t, m: (
            lambda r: r.save_pair_text(PairText(PairId("ada-ben"), About.NOTE, ParticipantId(n), None, t, m))
        ),
        names,
        st.text("xyz"),
        moments,
    ),
    st.builds(lambda n, t: lambda r: r.save_feed(ParticipantId(n), n + t), names, st.text("xyz")),
    st.builds(lambda n: lambda r: r.forget_feed(ParticipantId(n)), names),
    st.builds(lambda m: lambda r: r.save_concern(a_concern("mine", m)), moments),
    st.builds(lambda m: lambda r: r.save_programme(a_programme(next_summary_at=m)), moments),
    st.builds(lambda n: lambda r: r.save_round(a_round(pairs=n)), st.integers(0, 9)),
    st.builds(
        lambda n: lambda r: r.save_waiting(RoundId("round"), {ParticipantId(n): Waiting(Reason("places"))}),
        names,
    ),
    st.builds(
        lambda p, s, m: lambda r: r.save_pair(a_pair(*p, state=s, next_due_at=m)),
        pairs,
        st.sampled_from(PairState),
        moments,
    ),
    st.builds(lambda p, m: lambda r: r.save_meeting(a_meeting("-".join(p), at=m)), pairs, moments),
    st.builds(
        lambda p, m: lambda r: r.save_agreement(said_fine(agreed("-".join(p)), ParticipantId(p[0]), m)),
        pairs,
        moments,
    ),
    st.builds(lambda p, t: lambda r: r.save_goals(a_goal("-".join(p), t)), pairs, st.text("xyz")),
    st.builds(
        lambda n: lambda r: r.save_answer(PairId("ada-ben"), ParticipantId(n), "met", Answer.MET, MONDAY),
        st.sampled_from(["ada", "ben"]),
    ),
    st.builds(lambda k, n, m: lambda r: r.post(message(k, n, m)), st.text("km", min_size=1), names, moments),
    st.builds(lambda k, m: lambda r: r.post(message(k, "", m)), st.text("r", min_size=1), moments),
    st.builds(lambda n, m: lambda r: move(r, ParticipantId(n), m), names, moments),
    st.builds(
        lambda n, k: lambda r: r.withdraw(ParticipantId(n), k), names, st.sampled_from(["", "k", "%", "_"])
    ),
)


def move(records: Records, who: ParticipantId, moment: datetime) -> None:
    """Move all that waits for somebody, as late as it may be."""
    for message in records.pending(who):
        records.move(message, moment, moment + timedelta(hours=8), late=True)


def settle_in(mark: str, *, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
    """Fill a workspace; `mark` stands in its texts."""
    records.save_programme(a_programme(purpose=mark))
    records.save_round(a_round())
    for name in NAMES:
        records.save_participant(a_participant(name, department=mark))
        records.save_profile(replace(a_profile(name), name=mark))
    records.save_left_form(at("ada"), LeftForm({"learn": (mark,)}, now + timedelta(days=7)))
    records.save_block(at("ada"), at(mark))
    records.save_code_kept(CodeKept(ParticipantId("cleo"), len(mark), now))
    for two in PAIRS:
        records.save_pair(a_pair(*two, room=Address(f"slack:T1:{mark}"), reasons=(Reason(mark),)))
        records.save_meeting(a_meeting("-".join(two), key="-".join(two)))
        records.save_agreement(agreed("-".join(two), mark))
        records.save_goals(a_goal("-".join(two), mark))
    for name in ("ada", "ben"):
        records.save_done(PairId("ada-ben"), Done("met", now, ParticipantId(name)))
    records.save_waiting(RoundId("round"), {ParticipantId("cleo"): Waiting(Reason(mark))})
    first = PairId("ada-ben")
    records.save_offer(an_offer(mark, now))
    records.save_rhythm(Rhythm(first, wished=Every.WEEK, by=ParticipantId("ada")))
    records.save_pair_text(PairText(first, About.AGENDA, ParticipantId("ada"), None, mark, now))
    records.save_feed(ParticipantId("ada"), mark)
    records.save_fit(first, ParticipantId("ada"), Fit.GOOD)
    records.save_helped(ParticipantId("ada"), Helped.YES, now)
    records.save_wish(ParticipantId("ada"), ParticipantId("ben"))
    records.save_closing(Closing(first, ParticipantId("ada"), now))
    records.save_look_back(first, ParticipantId("ada"), LookBack(mark))
    records.save_question(Question(first, now, now, met_lately=False))
    records.save_concern(a_concern(mark, now))
    for key in ("k", "m", "kk"):
        records.post(message(key, "ada", now))
    records.post(message("r", "", now))


def rows(session: Session, workspace: WorkspaceId) -> dict[str, list[str]]:
    """Everything that stands in a workspace, by table."""
    found = {}
    for table in METADATA.sorted_tables:
        owner = table.c.id if table.name == "workspace" else table.c.workspace_id
        found[table.name] = sorted(map(repr, session.execute(select(table).where(owner == workspace))))
    return found


def everything(records: Records) -> list[object]:
    """All that can be read through records."""
    return [
        records.programme(),
        records.rounds(),
        records.waiting(RoundId("round")),
        records.participants(),
        [records.profile(at(name)) for name in NAMES],
        [records.left_form(at(name)) for name in NAMES],
        [records.blocks_of(at(name)) for name in NAMES],
        records.kept_apart(),
        [records.codes_kept(ParticipantId(name)) for name in NAMES],
        records.pairs(PairState),
        [records.pairs_of(ParticipantId(name), PairState) for name in NAMES],
        [records.meetings(PairId("-".join(two))) for two in PAIRS],
        [records.done(PairId("-".join(two))) for two in PAIRS],
        [records.agreement(PairId("-".join(two))) for two in PAIRS],
        [records.goals(PairId("-".join(two))) for two in PAIRS],
        [records.said(ParticipantId(name), MONDAY) for name in NAMES],
        records.held_since(MONDAY),
        records.offers(PairId("ada-ben")),
        records.rhythm(PairId("ada-ben")),
        [records.pair_texts(PairId("ada-ben"), about) for about in About],
        [records.feed(ParticipantId(name)) for name in NAMES],
        [records.fit(PairId("ada-ben"), ParticipantId(name)) for name in NAMES],
        records.helped(),
        records.wished_again(),
        records.closing(PairId("ada-ben")),
        records.look_backs(PairId("ada-ben")),
        records.question(PairId("ada-ben")),
        records.concerns(),
    ]


async def move_away(store: Store, workspace: WorkspaceId) -> None:
    """Change and forget where Ada and a team are reached, and remember them for the next time."""
    known = await store.references.of(workspace, at("ada"))
    assert known is not None
    assert CANARY not in repr((known, await store.references.teams(workspace)))
    await store.references.block(workspace, at("ada"))
    await store.references.forget(workspace, at("ada"))
    await store.references.forget_team(workspace, "team")
    await store.references.keep(workspace, at("ada"), known)
    await store.references.keep_team(workspace, "team", "elsewhere")


async def open_rooms(store: Store, workspace: WorkspaceId) -> None:
    """Take every step towards the rooms of two pairs; the twin has one of them, and has begun the other."""
    first, second = PairId("ada-ben"), PairId("ada-cleo")
    assert CANARY not in repr([await store.openings.of(workspace, pair) for pair in (first, second)])
    await store.openings.give_up(workspace, first)
    for step in (store.openings.begin, store.openings.undo, store.openings.begin):
        await step(workspace, second)
    await store.openings.made(workspace, second, "elsewhere")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(todo=st.lists(operations, min_size=1, max_size=8))
def test_nothing_done_in_one_workspace_touches_its_twin(store: Store, todo: list[Operation]) -> None:
    async def scenario() -> None:
        one, twin = await store.workspace("slack", "T1"), await store.workspace("slack", "T2")
        if not await store.run(twin, lambda *, records, now, new_id: records.programme()):  # noqa: ARG005 # a use case's signature
            for workspace, mark in ((one, "mine"), (twin, CANARY)):
                await store.run(workspace, settle_in, mark)
                await store.keep_direct(workspace, at("ada"), Address(f"slack:T1:{mark}"))
                await store.references.keep(workspace, at("ada"), Reference(mark, mark, mark))
                await store.references.keep_team(workspace, "team", mark)
                for pair in (PairId("ada-ben"), PairId("ada-cleo")):
                    await store.openings.begin(workspace, pair)
                await store.openings.made(workspace, PairId("ada-ben"), mark)
                await store.allow(workspace, Way.POST)
        before = await store.workshop.run(lambda session: rows(session, twin))
        assert all(before[table] for table in METADATA.tables if table != "inbox")

        def use(*, records: Records, now: datetime, new_id: NewId) -> str:  # noqa: ARG001 # as above
            for operation in todo:
                operation(records)
            return repr(everything(records))

        assert CANARY not in await store.run(one, use)
        await store.take(one, "event", "kind", b"body")
        await store.allow(one, Way.POST)
        await store.keep_direct(one, at("ada"), Address("slack:T1:elsewhere"))
        assert await store.direct(one, at("ada")) == "slack:T1:elsewhere"
        await move_away(store, one)
        await open_rooms(store, one)
        assert await store.workshop.run(lambda session: rows(session, twin)) == before

    asyncio.run(scenario())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(todo=st.lists(operations, min_size=1, max_size=8), again=st.lists(operations, max_size=4))
def test_what_was_gathered_and_written_reads_as_it_stands(
    store: Store, todo: list[Operation], again: list[Operation]
) -> None:
    async def scenario() -> None:
        one = await store.workspace("slack", "T1")
        if not await store.run(one, lambda *, records, now, new_id: records.programme()):  # noqa: ARG005 # a use case's signature
            await store.run(one, settle_in, "mine")

        def write(*, records: Records, now: datetime, new_id: NewId) -> list[object]:  # noqa: ARG001 # as above
            records.gather([*(PairId("-".join(two)) for two in PAIRS), PairId("nobody's")])
            for operation in todo:
                operation(records)
            everything(records)
            for operation in again:
                operation(records)
            return everything(records)

        def look(*, records: Records, now: datetime, new_id: NewId) -> list[object]:  # noqa: ARG001 # as above
            return everything(records)

        assert await store.run(one, write) == await store.run(one, look)

    asyncio.run(scenario())


async def test_an_offer_made_twice_in_one_go_is_the_later_one(store: Store, workspace: WorkspaceId) -> None:
    def offer_twice(*, records: Records, now: datetime, new_id: NewId) -> None:  # a use case's signature
        settle_in("mine", records=records, now=now, new_id=new_id)
        for hours in (0, 1):
            records.save_offer(an_offer("k", MONDAY + timedelta(hours=hours)))

    def look(*, records: Records, now: datetime, new_id: NewId) -> tuple[Offer, ...]:  # noqa: ARG001 # as above
        return records.offers(PairId("ada-ben"))

    await store.run(workspace, offer_twice)
    assert await store.run(workspace, look) == (an_offer("k", MONDAY + timedelta(hours=1)),)
