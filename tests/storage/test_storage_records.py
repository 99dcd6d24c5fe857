"""Records keep what they are given and give it back, on both databases."""

from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine.default import DefaultDialect

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.pair import LIVE, Pair, PairState, Reason
from bot.mentoring.people import Declared, Hours, Participant, ParticipantState, Profile
from bot.mentoring.programme import Programme, Round, RoundState
from bot.mentoring.story import Answer, Done
from bot.mentoring.waiting import Hint, Search, Supply, Waiting
from bot.ports import Records
from storage.columns import AtWork, Row
from storage.records import SessionRecords
from storage.tables import MeetingRow, PairRow, ParticipantRow, PersonRow, ProgrammeRow, RoundRow
from storage.work import written
from tests.builders import (
    MONDAY,
    a_meeting,
    a_pair,
    a_participant,
    a_profile,
    a_programme,
    a_round,
    at,
)
from tests.storage.given import Given
from tests.stores import TickingClock

ADA, BEN, CLEO = ParticipantId("ada"), ParticipantId("ben"), ParticipantId("cleo")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (Programme, ProgrammeRow),
        (Round, RoundRow),
        (Participant, ParticipantRow),
        (Profile, PersonRow),
        (Pair, PairRow),
        (Meeting, MeetingRow),
    ],
)
def test_a_row_has_a_column_for_every_field_of_its_value(kind: type, row: type[Row]) -> None:
    assert {field.name for field in fields(kind)} <= set(inspect(row).columns.keys())


async def test_a_programme_comes_back_as_it_was_saved(given: Given) -> None:
    programme = a_programme(ends=MONDAY.date(), owners=(at("olga"), at("otto")))
    assert await given(lambda records: records.programme()) is None
    await given(lambda records: records.save_programme(programme))
    assert await given(lambda records: records.programme()) == programme
    changed = replace(programme, purpose="Another one", next_round_at=None)
    await given(lambda records: records.save_programme(changed))
    assert await given(lambda records: records.find_programme(programme.id)) == changed


async def test_rounds_come_oldest_first(given: Given) -> None:
    later = a_round("a", number=2, drafted_at=MONDAY + DAY)
    first = a_round("b", state=RoundState.RELEASED, released_at=MONDAY, opted_in=12, pairs=6)
    await given(lambda records: records.save_round(later))
    await given(lambda records: records.save_round(first))
    assert await given(lambda records: records.rounds()) == (first, later)
    assert await given(lambda records: records.round(first.id)) == first


async def test_the_reasons_of_a_round_are_replaced(given: Given) -> None:
    await given.people("ada", "ben")
    key = RoundId("round")
    await given(lambda records: records.save_round(a_round()))
    old = {ADA: Waiting(Reason("places")), BEN: Waiting(Reason("met", ("x",)))}
    search = Search((("places", 7), ("topics", 0)), (Supply("go", 0),), (Hint("learn", 3, "go"),))
    new = {BEN: Waiting(Reason("no_topic_fit", ("python", "go")), search)}
    await given(lambda records: records.save_waiting(key, old))
    assert await given(lambda records: records.waiting(key)) == old
    await given(lambda records: records.save_waiting(key, new))
    assert await given(lambda records: records.waiting(key)) == new


async def test_a_profile_is_refreshed(given: Given) -> None:
    assert await given(lambda records: records.profile(at("ada"))) is None
    await given(lambda records: records.save_profile(a_profile()))
    await given(lambda records: records.save_profile(a_profile(name="ada", zone="Asia/Tokyo")))
    kept = await given(lambda records: records.profile(at("ada")))
    assert kept == a_profile(zone="Asia/Tokyo", name="ada")


async def test_a_participant_comes_back_as_they_were_saved(given: Given) -> None:
    ada = a_participant(
        learn="go; الكتابة",
        teach="python",
        manager=at("max"),
        since="2024-03",
        languages=("de", "en"),
        waiting=2,
    )
    await given(lambda records: records.save_participant(ada))
    assert await given(lambda records: records.participant(ADA)) == ada
    assert await given(lambda records: records.participant_at(at("ada"))) == ada
    assert await given(lambda records: records.participant_at(at("nobody"))) is None


async def test_working_hours_come_back_with_the_days_off_of_their_place(given: Given) -> None:
    christmas, usual = date(2026, 12, 25), date(2026, 12, 29)
    ada = a_participant(hours=Hours("Europe/Berlin", holidays="DE-BY"))
    await given(lambda records: records.save_participant(ada))
    kept = await given(lambda records: records.participant(ADA).hours)
    assert kept == ada.hours
    assert (kept.works_on(christmas), kept.works_on(usual)) == (False, True)


def test_hours_that_an_earlier_version_wrote_keep_no_holidays() -> None:
    old = {"zone": "Europe/Paris", "starts": "09:00:00", "ends": "17:00:00", "days": [0, 1, 2, 3, 4]}
    read = AtWork().process_result_value(old, DefaultDialect())
    assert read == Hours("Europe/Paris")
    assert read.works_on(date(2026, 12, 25))


async def test_who_left_is_found_but_does_not_take_part(given: Given) -> None:
    ben = a_participant("ben", state=ParticipantState.PAUSED, paused_until=MONDAY)
    cleo = a_participant("cleo", state=ParticipantState.LEFT)
    for one in (cleo, ben, a_participant()):
        await given(lambda records, one=one: records.save_participant(one))  # type: ignore[misc] # as above
    assert [one.id for one in await given(lambda records: records.participants())] == ["ada", "ben"]
    assert await given(lambda records: records.participant(CLEO)) == cleo


async def test_what_is_not_there_is_not_found(given: Given) -> None:
    for look in (
        lambda records: records.participant(ADA),
        lambda records: records.pair(PairId("none")),
        lambda records: records.round(RoundId("none")),
        lambda records: records.find_programme(a_programme().id),
    ):
        with pytest.raises(NotFound):
            await given(look)


async def test_a_pair_comes_back_as_it_was_saved(given: Given) -> None:
    await given.people("ada", "ben")
    await given(lambda records: records.save_round(a_round()))
    pair = a_pair(
        round=RoundId("round"), accepted=frozenset({BEN, ADA}), room=at("room"), score=7, lateral=True
    )
    await given(lambda records: records.save_pair(pair))
    assert await given(lambda records: records.pair(pair.id)) == pair
    opened = replace(pair, state=PairState.ACTIVE, introduced_at=MONDAY, next_due_at=MONDAY + DAY)
    await given(lambda records: records.save_pair(opened))
    assert await given(lambda records: records.pair(pair.id)) == opened


async def test_pairs_are_listed_by_state_by_person_and_by_round(given: Given, clock: TickingClock) -> None:
    await given.people("ada", "ben", "cleo")
    await given(lambda records: records.save_round(a_round()))
    drafted = a_pair("ada", "ben", state=PairState.DRAFTED, proposed_at=None, round=RoundId("round"), score=3)
    better = a_pair("ben", "cleo", round=RoundId("round"), score=9)
    asked = a_pair("ada", "cleo", state=PairState.ACTIVE)
    for pair in (better, asked, drafted):
        clock.forward(seconds=1)
        await given(lambda records, pair=pair: records.save_pair(pair))  # type: ignore[misc] # as above
    assert await given(lambda records: records.pairs(LIVE)) == (asked, better)
    assert await given(lambda records: records.pairs([])) == ()
    assert await given(lambda records: records.pairs_of(ADA, PairState)) == (asked, drafted)
    assert await given(lambda records: records.pairs_of(CLEO, [PairState.ACTIVE])) == (asked,)
    assert await given(lambda records: records.pairs_in(RoundId("round"))) == (better, drafted)
    assert await given(lambda records: records.met_before()) == {
        frozenset({BEN, CLEO}),
        frozenset({ADA, CLEO}),
    }


async def test_meetings_come_oldest_first_and_held_ones_are_counted(given: Given) -> None:
    await given.people("ada", "ben")
    await given(lambda records: records.save_pair(a_pair()))
    second = a_meeting(key="m1", at=MONDAY + 2 * DAY)
    first = a_meeting(key="m2", state=MeetingState.HELD, at=MONDAY, told_by=frozenset({ADA}))
    await given(lambda records: records.save_meeting(second))
    await given(lambda records: records.save_meeting(first))
    assert await given(lambda records: records.meetings(PairId("ada-ben"))) == (first, second)
    assert await given(lambda records: records.held_since(MONDAY)) == ((first.id, first.pair, MONDAY),)
    assert await given(lambda records: records.held_since(MONDAY + timedelta(seconds=1))) == ()


async def test_an_answer_belongs_to_the_last_time_a_step_was_said(given: Given) -> None:
    await given.people("ada", "ben")
    await given(lambda records: records.save_pair(a_pair()))
    key = PairId("ada-ben")
    said = [Done("met", MONDAY, ADA), Done("met", MONDAY + DAY, ADA), Done("hello", MONDAY + DAY)]
    for done in said:
        await given(lambda records, done=done: records.save_done(key, done))  # type: ignore[misc] # as above
    await given(lambda records: records.save_answer(key, ADA, "met", Answer.NOT_YET, MONDAY + 2 * DAY))
    kept = await given(lambda records: records.done(key))
    assert kept == (said[0], said[2], replace(said[1], answer="not_yet", answered_at=MONDAY + 2 * DAY))
    with pytest.raises(NotFound):
        await given(lambda records: records.save_answer(key, BEN, "met", Answer.MET, MONDAY))


async def test_what_somebody_read_is_known_over_all_their_pairs(given: Given) -> None:
    await given.people("ada", "ben", "cem")
    for pair in (a_pair("ada", "ben"), a_pair("ada", "cem")):
        await given(lambda records, pair=pair: records.save_pair(pair))  # type: ignore[misc] # as above
    for key, done in (
        ("ada-ben", Done("primer", MONDAY, ADA)),
        ("ada-cem", Done("primer", MONDAY + DAY, ADA)),
        ("ada-cem", Done("code", MONDAY, ADA)),
        ("ada-cem", Done("primer", MONDAY + 2 * DAY, ParticipantId("cem"))),
        ("ada-cem", Done("hello", MONDAY)),
    ):
        await given(lambda records, key=key, done=done: records.save_done(PairId(key), done))  # type: ignore[misc] # as above
    assert await given(lambda records: records.steps_read(ADA)) == {"primer": MONDAY + DAY, "code": MONDAY}
    assert await given(lambda records: records.steps_read(BEN)) == {}


async def test_an_attempt_that_fails_is_undone_alone(given: Given) -> None:
    def use(records: Records) -> None:
        records.save_participant(a_participant("ada"))
        with suppress(NotFound), records.attempt():
            records.save_participant(a_participant("ben"))
            records.pair(PairId("none"))
        records.save_participant(a_participant("cleo"))

    await given(use)
    assert [one.id for one in await given(lambda records: records.participants())] == ["ada", "cleo"]


async def test_what_an_undone_attempt_changed_can_be_changed_afterwards(given: Given) -> None:
    def use(records: Records) -> None:
        ada = records.participant(ParticipantId("ada"))
        with suppress(NotFound), records.attempt():
            records.save_participant(replace(ada, name="Undone"))
            records.pair(PairId("none"))
        assert records.participant(ada.id).name == "Ada"
        records.save_participant(replace(ada, name="Done"))

    await given.people("ada")
    await given(use)
    assert (await given(lambda records: records.participant(ParticipantId("ada")))).name == "Done"


async def test_saving_what_was_read_writes_nothing(given: Given) -> None:
    def use(records: Records) -> int:
        assert isinstance(records, SessionRecords)
        before = written(records._session)
        for one in records.participants():
            records.save_participant(one)
            records.save_participant(replace(one, name=one.name))
        return written(records._session) - before

    await given.people("ada", "ben")
    assert await given(use) == 0


async def test_what_everybody_declared_comes_in_order_of_joining_without_who_left(given: Given) -> None:
    def use(records: Records) -> None:
        for days, name, state in ((3, "ada", "active"), (1, "ben", "paused"), (1, "abe", "active")):
            records.save_participant(
                a_participant(
                    name,
                    learn=f"{name} learns; more",
                    teach=f"{name} teaches",
                    joined_at=MONDAY + days * DAY,
                    state=ParticipantState(state),
                )
            )
        records.save_participant(a_participant("gone", learn="gone", state=ParticipantState.LEFT))

    await given(use)
    found = await given(lambda records: records.declared())
    assert [one.id for one in found] == ["abe", "ben", "ada"]
    assert found[0] == Declared(ParticipantId("abe"), ("abe learns", "more"), ("abe teaches",))


async def test_the_programme_is_told_as_it_was_written_last_in_the_transaction(given: Given) -> None:
    def use(records: Records) -> list[str]:
        told = [records.programme()]
        with suppress(NotFound), records.attempt():
            records.save_programme(a_programme(name="Undone"))
            told.append(records.programme())
            records.pair(PairId("none"))
        told.append(records.programme())
        for name in ("First", "Second"):
            records.save_programme(a_programme(name=name))
            told.append(records.programme())
        return ["" if one is None else one.name for one in told]

    assert await given(use) == ["", "Undone", "", "First", "Second"]
    assert await given(use) == ["Second", "Undone", "Second", "First", "Second"]
