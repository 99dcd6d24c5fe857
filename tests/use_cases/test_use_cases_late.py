"""What was to leave before its reader stopped work, and did not, waits until they are at work again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours, Participant, ParticipantState, Profile, Standing, common_closing
from bot.mentoring.prompts import CameToNothing, PairQuiet
from bot.ports import Destination, Kind, Message
from bot.use_cases.acting import actor_at
from bot.use_cases.pausing import pause
from bot.use_cases.saying import tell, tell_owner, to_person
from bot.use_cases.timing import keep_hours, plan_late
from tests.builders import a_pair
from tests.fakes import FakeIds, FakeRecords
from tests.mentoring.test_mentoring_hours import HOURS, MOMENTS
from tests.worlds import CONTACTS, OWNER, a_participant, a_senior, at

FRIDAY = datetime(2026, 11, 27, 15, 50, tzinfo=UTC)
"""Ten to five in Berlin."""
SATURDAY = datetime(2026, 11, 28, 2, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Nine in Berlin."""
FIVE = MONDAY + timedelta(hours=8)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ROOM = "ana-ben"


def waiting(records: FakeRecords) -> Message:
    """The one message that waits."""
    (message,) = records.outbox.values()
    return message


def told(one: Participant, **more: bool) -> FakeRecords:
    """Records in which somebody is to hear something at ten to five on Friday."""
    records = FakeRecords()
    records.save_participant(one)
    tell(one, "waits", CameToNothing(), at=FRIDAY, records=records, **more)
    return records


def in_the_room(*people: Participant, nudge: bool = False) -> FakeRecords:
    """Records in which something is to be said in the room of two, at ten to five on Friday."""
    records = FakeRecords()
    for one in people:
        records.save_participant(one)
    one, other = people
    records.save_pair(replace(a_pair(one.id, other.id, state=PairState.ACTIVE), id=PairId(ROOM)))
    to = Destination(Kind.ROOM, ROOM, (one.address, other.address))
    closes_at = common_closing((one.hours, other.hours), FRIDAY)
    records.post(Message("room", to, PairQuiet(), FRIDAY, (one.id, other.id), nudge, closes_at))
    return records


def test_what_is_late_on_friday_night_comes_on_monday_morning() -> None:
    records = told(a_participant("ana"))
    assert waiting(records).closes_at == FRIDAY + 10 * MINUTE
    plan_late("waits", records=records, now=SATURDAY)
    assert (waiting(records).not_before, waiting(records).closes_at) == (MONDAY, FIVE)
    plan_late("waits", records=records, now=FIVE + timedelta(hours=3))
    assert waiting(records).not_before == MONDAY + DAY


def test_how_late_it_is_counts_from_the_first_moment_that_was_missed() -> None:
    records = told(a_participant("ana"))
    for now in (SATURDAY, FIVE + MINUTE):
        plan_late("waits", records=records, now=now)
    assert records.missed == {"waits": FRIDAY}
    pause_of(records, "2026-12-09")
    assert records.missed == {}, "whoever pauses has it planned for another moment"


def pause_of(records: FakeRecords, until: str) -> None:
    """Ana pauses until a day."""
    actor = actor_at(at("ana"), may_set_up=False, records=records)
    pause(actor, until, tell_partners=False, records=records, now=FIVE + 2 * MINUTE, new_id=FakeIds())


def test_a_reader_who_is_at_work_again_hears_it_at_once_and_before_what_was_planned_for_that_day() -> None:
    records = told(a_participant("ana"))
    noon = MONDAY + timedelta(hours=3)
    plan_late("waits", records=records, now=noon)
    assert (waiting(records).not_before, waiting(records).closes_at) == (MONDAY, FIVE)
    assert [one.key for one in records.send_due(noon)] == ["waits"]


def test_a_day_off_is_no_day_to_come_on() -> None:
    free = Hours("Europe/Berlin", holidays="DE", off=frozenset({date(2026, 11, 30)}))
    records = told(a_participant("ana", hours=free))
    plan_late("waits", records=records, now=SATURDAY)
    assert waiting(records).not_before == MONDAY + DAY


def test_it_does_not_stand_in_its_own_way() -> None:
    ana = a_participant("ana")
    records = told(ana, nudge=True)
    plan_late("waits", records=records, now=SATURDAY)
    assert MONDAY <= waiting(records).not_before < MONDAY + timedelta(hours=1), "in the reader's own slot"


def test_the_limits_of_a_week_hold_for_what_is_late_too() -> None:
    ana = a_participant("ana")
    records = told(ana, nudge=True)
    reminder = Message(
        "next", to_person(ana.address), CameToNothing(), MONDAY + 5 * DAY, (ana.id,), nudge=True
    )
    records.sent["next"] = (MONDAY + 2 * DAY, reminder)
    plan_late("waits", records=records, now=SATURDAY)
    assert waiting(records).not_before > MONDAY + 9 * DAY


def test_what_the_platform_put_off_does_not_come_before_its_wait_is_over() -> None:
    records = told(a_participant("ana"))
    tuesday_noon = MONDAY + DAY + timedelta(hours=3)
    records.outbox["waits"] = replace(waiting(records), not_before=tuesday_noon)
    plan_late("waits", records=records, now=SATURDAY)
    assert waiting(records).not_before == tuesday_noon


def test_an_answer_leaves_whatever_the_hours() -> None:
    records = FakeRecords()
    ana = a_participant("ana")
    records.save_participant(ana)
    records.post(Message("answer", to_person(ana.address), CameToNothing(), SATURDAY))
    plan_late("answer", records=records, now=SATURDAY + DAY)
    keep_hours(ana.id, records=records)
    assert waiting(records).not_before == SATURDAY


def test_what_left_or_was_withdrawn_meanwhile_is_not_planned() -> None:
    records = told(a_participant("ana"))
    records.withdraw(ParticipantId("ana"))
    plan_late("waits", records=records, now=SATURDAY)
    assert records.outbox == {}


def test_a_room_hears_it_when_both_are_at_work() -> None:
    records = in_the_room(a_participant("ana"), a_senior("ben", hours=Hours("America/New_York")))
    assert waiting(records).closes_at == FRIDAY + 10 * MINUTE
    plan_late("room", records=records, now=SATURDAY)
    nine_in_new_york = datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert (waiting(records).not_before, waiting(records).closes_at) == (nine_in_new_york, FIVE)


@pytest.mark.parametrize("counted", [True, False])
def test_a_room_whose_two_never_meet_any_more_is_left_for_the_two_alone(*, counted: bool) -> None:
    ana, ben = a_participant("ana"), a_senior("ben")
    records = in_the_room(ana, ben)
    if not counted:
        records.outbox["room"] = replace(waiting(records), counts_for=())
    records.save_participant(replace(ben, hours=Hours("Europe/Berlin", time(18), time(20))))
    plan_late("room", records=records, now=SATURDAY)
    alone, other = (records.outbox[f"room:{name}"] for name in ("ana", "ben"))
    assert set(records.outbox) == {"room:ana", "room:ben"}
    assert (alone.not_before, other.not_before) == (MONDAY, MONDAY + timedelta(hours=9))
    assert alone.prompt == other.prompt == PairQuiet()
    assert (alone.counts_for, other.counts_for) == ((("ana",), ("ben",)) if counted else ((), ()))


@pytest.mark.parametrize("known", [("ben",), ()])
def test_a_room_of_which_somebody_is_not_known_any_more_keeps_the_hours_of_the_other(
    known: tuple[str, ...],
) -> None:
    records = in_the_room(a_participant("ana"), a_senior("ben", hours=Hours("America/New_York")))
    records.people = {one.id: one for one in records.people.values() if one.id in known}
    plan_late("room", records=records, now=SATURDAY)
    nine = datetime(2026, 11, 30, 14 if known else 9, tzinfo=UTC)
    assert waiting(records).not_before == nine, "in New York, or by usual hours in no zone at all"


def test_owners_and_contacts_hear_it_when_they_work() -> None:
    records = FakeRecords()
    records.save_profile(Profile(OWNER, "Olga", "America/New_York", admin=False, standing=Standing.MEMBER))
    tell_owner(
        OWNER, "waits", CameToNothing(), now=datetime(2026, 11, 27, 21, 50, tzinfo=UTC), records=records
    )
    assert waiting(records).closes_at == datetime(2026, 11, 27, 22, tzinfo=UTC)
    plan_late("waits", records=records, now=SATURDAY)
    assert waiting(records).not_before == datetime(2026, 11, 30, 14, tzinfo=UTC)


def test_a_contact_who_takes_part_hears_of_a_concern_in_the_hours_they_said() -> None:
    records = FakeRecords()
    early = Hours("Europe/Berlin", time(6), time(10))
    hana = replace(a_participant("hana", hours=early), address=CONTACTS[0])
    records.save_participant(hana)
    records.save_profile(
        Profile(hana.address, "Hana", "Europe/Berlin", admin=False, standing=Standing.MEMBER)
    )
    tell_owner(hana.address, "concern", CameToNothing(), now=FRIDAY, records=records)
    assert waiting(records).not_before == datetime(2026, 11, 30, 5, tzinfo=UTC)
    records.save_participant(replace(hana, state=ParticipantState.LEFT))
    plan_late("concern", records=records, now=FIVE)
    assert waiting(records).not_before == MONDAY + DAY, "the usual hours, once they take no part"


def test_hours_that_changed_close_at_another_time() -> None:
    records = told(a_participant("ana"))
    ana = records.participant(ParticipantId("ana"))
    records.save_participant(replace(ana, hours=Hours("Europe/Berlin", time(9), time(20))))
    keep_hours(ana.id, records=records)
    assert waiting(records).not_before == FRIDAY
    assert waiting(records).closes_at == FRIDAY + timedelta(hours=3, minutes=10)


@given(hours=HOURS, moment=MOMENTS, away=st.integers(0, 20 * 24 * 60), nudge=st.booleans())
def test_whenever_the_bot_is_back_nothing_leaves_out_of_hours_or_later_than_it_could(
    hours: Hours, moment: datetime, away: int, *, nudge: bool
) -> None:
    ana = a_participant("ana", hours=hours)
    records = FakeRecords()
    records.save_participant(ana)
    tell(ana, "waits", CameToNothing(), at=moment, records=records, nudge=nudge)
    planned = waiting(records)
    now = planned.not_before + away * MINUTE
    sent = records.send_due(now)
    assert planned.closes_at is not None
    assert bool(sent) == (now < planned.closes_at)
    if not sent:
        (due,) = records.due(now)
        plan_late(due.id, records=records, now=now)
        again = waiting(records)
        assert again.closes_at is not None
        assert planned.closes_at <= again.not_before < again.closes_at
        assert hours.covers(again.not_before)
        assert again.closes_at > now
        assert again.not_before - hours.opening(now) <= timedelta(hours=1 if nudge else 0)
        assert records.due(now) == ()
