"""What the bot starts leaves in each person's own minutes of the first hour, and never out of hours."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from bot.mentoring.ids import ParticipantId
from bot.mentoring.people import Hours
from bot.mentoring.prompts import PairQuiet
from bot.use_cases.saying import in_their_slot, tell
from tests.fakes import FakeRecords
from tests.worlds import a_participant

MONDAY_NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def moments(count: int, at: datetime) -> list[datetime]:
    """When each of so many people in Berlin hears something that falls due for all of them at once."""
    records = FakeRecords()
    for number in range(count):
        one = a_participant(f"p{number}")
        records.save_participant(one)
        tell(one, f"m{number}", PairQuiet(), at=at, records=records, nudge=True)
    return [message.not_before for message in records.outbox.values()]


def test_a_mondays_messages_are_spread_over_the_first_hour() -> None:
    found = moments(600, MONDAY_NINE)
    assert min(found) >= MONDAY_NINE
    assert max(found) < MONDAY_NINE + HOUR
    assert max(Counter(found).values()) < 30
    assert len(set(found)) > 50


def test_everybody_has_the_same_minutes_every_time() -> None:
    first, weekend = moments(20, MONDAY_NINE), moments(20, MONDAY_NINE - timedelta(days=1))
    assert first == weekend
    assert [at + timedelta(weeks=1) for at in first] == moments(20, MONDAY_NINE + timedelta(weeks=1))


def test_later_in_the_day_nobody_waits() -> None:
    assert set(moments(20, MONDAY_NINE + HOUR)) == {MONDAY_NINE + HOUR}


def test_a_short_day_is_kept() -> None:
    one = a_participant("p0", hours=Hours("Europe/Berlin", time(9), time(9, 1)))
    assert one.id == ParticipantId("p0")
    assert one.hours.covers(in_their_slot(one, MONDAY_NINE))
