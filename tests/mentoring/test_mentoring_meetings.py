"""What a "we met" is about: told twice, late, or by both, one meeting is one."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import (
    MEETING_TRANSITIONS,
    NOTICE,
    SAID_BY_BOTH,
    SAID_TWICE,
    Every,
    Meeting,
    MeetingEvent,
    MeetingState,
    Rhythm,
    denied,
    held,
    lost,
    next_from,
    next_planned,
    told,
    working_day_before,
)
from bot.mentoring.people import Hours

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


def a_meeting(state: MeetingState, **changes: Any) -> Meeting:
    """A meeting at noon."""
    return replace(Meeting(MeetingId("m"), PAIR, state, NOON), **changes)


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("event", MeetingEvent)
def test_a_meeting_goes_only_where_the_table_leads(state: MeetingState, event: MeetingEvent) -> None:
    meeting, later = a_meeting(state), NOON + timedelta(hours=1)
    leads = MEETING_TRANSITIONS.get(state, {}).get(event)
    if leads is None:
        with pytest.raises(NotPossibleNow):
            meeting.after(event, later)
    else:
        after = meeting.after(event, later)
        assert (after.state, after.sequence, after.changed_at) == (leads, 1, later)


@pytest.mark.parametrize("state", [one for one in MeetingState if one is not MeetingState.PLANNED])
def test_a_meeting_that_was_held_missed_or_cancelled_does_not_move(state: MeetingState) -> None:
    with pytest.raises(NotPossibleNow):
        a_meeting(state).moved(NOON + timedelta(days=1), 45, NOON)
    moved = a_meeting(MeetingState.PLANNED).moved(NOON + timedelta(days=1), 45, NOON)
    assert (moved.at, moved.minutes, moved.ends) == (
        NOON + timedelta(days=1),
        45,
        NOON + timedelta(days=1, minutes=45),
    )


def test_cancelled_dates_are_counted_since_the_two_last_met() -> None:
    def at(day: int, state: MeetingState) -> Meeting:
        return Meeting(MeetingId(f"m{day}"), PAIR, state, NOON + timedelta(days=day))

    cancelled, held_then = MeetingState.CANCELLED, MeetingState.HELD
    story = (
        at(1, cancelled),
        at(2, held_then),
        at(3, cancelled),
        at(9, MeetingState.PLANNED),
        at(5, cancelled),
    )
    assert len(lost(())) == 0
    assert len(lost(story)) == 2
    assert len(lost((*story, at(7, held_then)))) == 0
    assert len(lost((*story, at(4, MeetingState.MISSED)))) == 3


def test_a_not_yet_about_a_date_that_has_passed_means_that_it_was_missed() -> None:
    date = a_meeting(MeetingState.PLANNED)
    assert denied((date,), ANA, NOON - timedelta(hours=1)) is None
    missed = denied((date,), ANA, NOON + timedelta(hours=1))
    assert missed is not None
    assert (missed.state, missed.denied_by, missed.differs) == (MeetingState.MISSED, frozenset({ANA}), False)
    agreed = denied((missed,), BEN, NOON + timedelta(days=1))
    assert agreed is not None
    assert (agreed.state, agreed.denied_by) == (MeetingState.MISSED, frozenset({ANA, BEN}))


@pytest.mark.parametrize("first", ["met", "not yet"])
def test_two_different_answers_leave_it_held_and_open_whoever_speaks_first(first: str) -> None:
    date, later = a_meeting(MeetingState.PLANNED), NOON + timedelta(hours=2)
    fresh = Meeting(MeetingId("f"), PAIR, MeetingState.PLANNED, later)
    if first == "met":
        one = told((date,), ANA, later, fresh, {})
        assert one is not None
        both = denied((one,), BEN, later)
    else:
        one = denied((date,), BEN, later)
        assert one is not None
        both = told((one,), ANA, later, fresh, {})
    assert both is not None
    assert (both.id, both.state, both.differs) == ("m", MeetingState.HELD, True)
    assert both.said_held(BEN, later).differs is False
    assert both.said_held(BEN, later).state is MeetingState.HELD
    assert both.said_missed(ANA, later).state is MeetingState.MISSED
    assert both.said_missed(BEN, later).differs, "said again it stays open"


def test_a_not_yet_weeks_after_a_meeting_is_not_about_it() -> None:
    past = a_meeting(MeetingState.HELD, told_by=frozenset({ANA}))
    assert denied((past,), BEN, NOON + SAID_BY_BOTH) is None
    assert denied((past,), ANA, NOON + timedelta(days=1)) is None, "one's own meeting is taken back elsewhere"
    assert denied((), ANA, NOON) is None


def test_a_date_weeks_ahead_is_not_used_up_by_a_meeting_of_today() -> None:
    ahead = a_meeting(MeetingState.PLANNED, at=NOON + timedelta(days=14))
    fresh = Meeting(MeetingId("fresh"), PAIR, MeetingState.PLANNED, NOON)
    met = told((ahead,), ANA, NOON, fresh, {})
    assert met is not None
    assert met.id == "fresh"


def test_a_rhythm_holds_once_both_have_pressed_the_same() -> None:
    none = Rhythm(PAIR)
    wished = none.chosen(Every.WEEK, ANA)
    assert (wished.agreed, wished.wished, wished.by) == (None, Every.WEEK, ANA)
    assert wished.chosen(Every.WEEK, ANA) == wished, "one alone agrees nothing, however often"
    assert wished.chosen(Every.WEEK, BEN) == Rhythm(PAIR, Every.WEEK)
    asked_back = wished.chosen(Every.MONTH, BEN)
    assert (asked_back.agreed, asked_back.wished, asked_back.by) == (None, Every.MONTH, BEN)
    agreed = asked_back.chosen(Every.MONTH, ANA)
    changing = agreed.chosen(Every.WEEK, ANA)
    assert changing.agreed is Every.MONTH, "it holds until the other agrees to the change"
    assert changing.chosen(Every.MONTH, ANA) == agreed


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN]), st.sampled_from(Every)), max_size=10))
def test_nothing_is_agreed_that_not_both_have_pressed(presses: list[tuple[ParticipantId, Every]]) -> None:
    rhythm, pressed = Rhythm(PAIR), set[tuple[ParticipantId, Every]]()
    for by, every in presses:
        rhythm = rhythm.chosen(every, by)
        pressed.add((by, every))
        if rhythm.agreed:
            assert {(ANA, rhythm.agreed), (BEN, rhythm.agreed)} <= pressed


@pytest.mark.parametrize(
    ("agreed", "days"), [(None, 11), (Every.WEEK, 4), (Every.TWO_WEEKS, 11), (Every.MONTH, 25)]
)
def test_the_next_date_is_looked_for_about_a_rhythm_after_the_last_meeting(
    agreed: Every | None, days: int
) -> None:
    met = (a_meeting(MeetingState.HELD),)
    assert next_from(Rhythm(PAIR, agreed), met, NOON) == NOON + timedelta(days=days)
    assert next_from(Rhythm(PAIR, agreed), (), NOON) == NOON + NOTICE
    late = NOON + timedelta(days=90)
    assert next_from(Rhythm(PAIR, agreed), met, late) == late + NOTICE


def test_the_day_before_is_the_readers_own_working_day() -> None:
    monday_early = datetime(2026, 11, 30, 1, tzinfo=UTC)
    berlin, denver = Hours("Europe/Berlin"), Hours("America/Denver")
    assert working_day_before(berlin, monday_early, 1) == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert working_day_before(denver, monday_early, 1) == datetime(2026, 11, 27, 16, tzinfo=UTC), (
        "Sunday there"
    )
    assert working_day_before(berlin, monday_early, 3) == datetime(2026, 11, 25, 8, tzinfo=UTC)
