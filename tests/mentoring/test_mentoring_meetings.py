"""What a "we met" is about: told twice, late, or by both, one meeting is one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import (
    SAID_BY_BOTH,
    SAID_TWICE,
    Meeting,
    MeetingState,
    held,
    next_planned,
    told,
)

ANA, BEN = ParticipantId("ana"), ParticipantId("ben")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAIR = PairId("p")


@dataclass
class Pairs:
    """A pair's meetings and the words about them, as a use case keeps them."""

    meetings: dict[MeetingId, Meeting] = field(default_factory=dict)
    words: dict[ParticipantId, datetime] = field(default_factory=dict)

    def plan(self, at: datetime) -> None:
        """Set a date."""
        self.meetings[MeetingId("date")] = Meeting(MeetingId("date"), PAIR, MeetingState.PLANNED, at)

    def told(self, by: ParticipantId, now: datetime) -> Meeting | None:
        """One side says that the two met."""
        fresh = Meeting(MeetingId(f"m{len(self.meetings)}"), PAIR, MeetingState.PLANNED, now)
        meeting = told(tuple(self.meetings.values()), by, now, fresh, self.words)
        if meeting is not None:
            self.meetings[meeting.id] = meeting
            self.words[by] = now
        return meeting

    def held(self) -> int:
        """How many meetings were held."""
        return len(held(tuple(self.meetings.values())))


def test_a_first_word_makes_a_held_meeting_of_now() -> None:
    meeting = Pairs().told(ANA, NOON)
    assert meeting is not None
    assert (meeting.state, meeting.at, meeting.told_by) == (MeetingState.HELD, NOON, frozenset({ANA}))


def test_the_same_side_again_says_nothing_new_until_some_time_has_passed() -> None:
    pair = Pairs()
    pair.told(ANA, NOON)
    assert pair.told(ANA, NOON) is None
    assert pair.told(ANA, NOON + SAID_TWICE - timedelta(minutes=1)) is None
    assert pair.told(ANA, NOON + SAID_TWICE) is not None
    assert pair.held() == 2


def test_the_other_side_joins_the_meeting_and_its_date_stays() -> None:
    pair = Pairs()
    pair.told(ANA, NOON)
    joined = pair.told(BEN, NOON + SAID_BY_BOTH - timedelta(minutes=1))
    assert joined is not None
    assert (joined.at, joined.told_by) == (NOON, frozenset({ANA, BEN}))
    assert pair.held() == 1


def test_the_other_side_much_later_means_another_meeting() -> None:
    pair = Pairs()
    pair.told(ANA, NOON)
    pair.told(BEN, NOON + SAID_BY_BOTH)
    assert pair.held() == 2


@pytest.mark.parametrize("late", [timedelta(hours=49), timedelta(days=9)])
def test_a_double_click_of_the_second_side_is_no_second_meeting(late: timedelta) -> None:
    pair = Pairs()
    pair.told(ANA, NOON)
    pair.told(BEN, NOON + late)
    assert pair.told(BEN, NOON + late + timedelta(seconds=1)) is None
    assert pair.held() == 1


@pytest.mark.parametrize("days", [2, 11, 40])
def test_a_date_told_long_after_it_is_one_meeting_for_both_and_for_double_clicks(days: int) -> None:
    pair = Pairs()
    pair.plan(NOON)
    late = NOON + timedelta(days=days)
    first = pair.told(ANA, late)
    assert first is not None
    assert (first.id, first.at) == ("date", NOON)
    assert pair.told(ANA, late + timedelta(seconds=1)) is None
    assert pair.told(BEN, late + timedelta(minutes=1)) is not None
    assert pair.told(BEN, late + timedelta(minutes=2)) is None
    assert pair.held() == 1


def test_a_date_still_ahead_is_held_when_it_is_told() -> None:
    pair = Pairs()
    pair.plan(NOON + timedelta(days=3))
    meeting = pair.told(ANA, NOON)
    assert meeting is not None
    assert (meeting.id, meeting.at) == ("date", NOON)


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN]), st.integers(0, 1000)), max_size=12))
def test_words_make_at_most_one_meeting_a_side_in_any_day_and_a_half(
    words: list[tuple[ParticipantId, int]],
) -> None:
    pair, now, made = Pairs(), NOON, list[datetime]()
    for by, hours in words:
        now += timedelta(hours=hours)
        before = pair.held()
        meeting = pair.told(by, now)
        if meeting is not None:
            assert by in meeting.told_by
            assert meeting.at <= now
        if pair.held() > before:
            made.append(now)
        assert pair.told(by, now) is None, "told twice at once"
    for at in made:
        assert sum(at - SAID_TWICE < other <= at for other in made) <= 2
    assert pair.held() == len(made)


def test_the_next_date_is_the_first_that_still_lies_ahead() -> None:
    def planned(key: str, days: int) -> Meeting:
        return Meeting(MeetingId(key), PAIR, MeetingState.PLANNED, NOON + timedelta(days=days))

    past = Meeting(MeetingId("a"), PAIR, MeetingState.HELD, NOON + timedelta(days=1))
    assert next_planned((planned("d", 9), planned("c", 2), planned("b", -1), past), NOON) == planned("c", 2)
    assert next_planned((past,), NOON) is None
