"""Moments are computed anew when hours change, and when the rules of time zones do."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.app import ProgrammeClock, Role, running
from bot.mentoring.ids import ParticipantId, WorkspaceId
from bot.mentoring.people import Hours
from bot.mentoring.prompts import CameToNothing, WeeklySummary
from bot.ports import Destination, Kind, Message, NewId, Records
from bot.use_cases.summarising import post_summary
from bot.use_cases.timing import keep_hours, keep_time
from bot.zones import zones_version
from storage.store import Store
from tests.app.test_app_bot import settings_for
from tests.builders import a_programme as a_stored_programme
from tests.fakes import FakeIds, FakeRecords
from tests.stores import TickingClock
from tests.worlds import TUESDAY, a_participant, a_programme

ANA = ParticipantId("ana")
NINE_IN_BERLIN = datetime(2026, 11, 25, 8, tzinfo=UTC)


def with_a_message(hours: Hours) -> FakeRecords:
    """Records in which something waits for Ana at nine in Berlin, and she works these hours."""
    records, ana = FakeRecords(), a_participant("ana", hours=hours)
    records.save_participant(ana)
    to = Destination(Kind.PERSON, ana.address, (ana.address,))
    five = NINE_IN_BERLIN + timedelta(hours=8)
    records.post(Message("waits", to, CameToNothing(), NINE_IN_BERLIN, (ANA,), closes_at=five))
    return records


def waits_until(records: FakeRecords) -> datetime:
    """The moment of the one message that waits."""
    (message,) = records.outbox.values()
    return message.not_before


def test_what_waits_moves_into_hours_that_changed() -> None:
    records = with_a_message(Hours("America/New_York"))
    keep_hours(ANA, records=records)
    assert waits_until(records) == datetime(2026, 11, 25, 14, tzinfo=UTC)
    keep_hours(ANA, records=records)
    assert waits_until(records) == datetime(2026, 11, 25, 14, tzinfo=UTC)


def test_what_waits_inside_the_hours_stays_where_it_is() -> None:
    records = with_a_message(Hours("Europe/Berlin", time(7), time(12)))
    keep_hours(ANA, records=records)
    assert waits_until(records) == NINE_IN_BERLIN


def test_what_lies_ahead_is_set_by_the_rules_as_they_are_now() -> None:
    records = with_a_message(Hours("Europe/Athens", time(11), time(17)))
    hour = timedelta(hours=1)
    monday_nine = TUESDAY.replace(hour=8) + timedelta(days=6)
    draft = TUESDAY.replace(hour=8) + timedelta(days=7)
    records.save_programme(a_programme(next_summary_at=monday_nine + hour, next_round_at=draft - hour))
    keep_time(records=records, now=TUESDAY, new_id=FakeIds())
    programme = records.programme()
    assert programme is not None
    assert (programme.next_summary_at, programme.next_round_at) == (monday_nine, draft)
    assert waits_until(records) == NINE_IN_BERLIN + hour


def test_what_is_due_already_is_left_to_those_who_do_it() -> None:
    records = FakeRecords()
    before = a_programme(next_summary_at=TUESDAY - timedelta(minutes=1), next_round_at=None)
    records.save_programme(before)
    keep_time(records=records, now=TUESDAY, new_id=FakeIds())
    assert records.programme() == before


def test_a_summary_comes_once_on_a_local_day_however_its_hour_is_changed() -> None:
    records = FakeRecords()
    eight_in_tokyo = datetime(2026, 11, 29, 23, tzinfo=UTC)
    programme = a_programme(zone="Asia/Tokyo", summary_at=time(8), next_summary_at=eight_in_tokyo)
    records.save_programme(programme)
    post_summary(programme, records=records, now=eight_in_tokyo)
    later = replace(programme, summary_at=time(10), next_summary_at=eight_in_tokyo + timedelta(hours=2))
    post_summary(later, records=records, now=later.next_summary_at)
    posted = [one for one in records.outbox.values() if isinstance(one.prompt, WeeklySummary)]
    assert [message.key for message in posted] == ["summary:programme:2026-11-30"]


async def test_times_are_computed_anew_once_for_each_version_of_the_rules(
    store: Store, workspace: WorkspaceId
) -> None:
    seen: list[str] = []

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        seen.append(records.workspace)

    other = await store.workspace("slack", "T2")
    assert await store.keep_time("2026a", use) == 2
    assert await store.keep_time("2026a", use) == 0
    assert await store.keep_time("2026b", use) == 2
    assert sorted(seen) == sorted(2 * [workspace, other])


async def test_a_bot_that_starts_computes_times_anew(
    store: Store, workspace: WorkspaceId, clock: TickingClock, database_url: str
) -> None:
    wrong = a_stored_programme(summary_day=0, summary_at=time(9))
    wrong = replace(wrong, next_summary_at=datetime(2090, 1, 2, 7, tzinfo=UTC))  # a Monday, at eight

    def save(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.save_programme(wrong)

    def found(*, records: Records, now: datetime, new_id: NewId) -> datetime:  # noqa: ARG001 # as above
        return records.find_programme(wrong.id).next_summary_at

    await store.run(workspace, save)
    async with running(settings_for(database_url), Role.ALL, ProgrammeClock(clock())):
        assert await store.run(workspace, found) == datetime(2090, 1, 2, 8, tzinfo=UTC)


def test_the_rules_have_a_version() -> None:
    assert zones_version()
    assert zones_version() == zones_version()
