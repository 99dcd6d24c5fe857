"""Around a meeting: the word before it, did you meet, notes, the rhythm, and the calendar."""

from datetime import timedelta

import pytest

from bot.mentoring.errors import BadInput, NotPossibleNow
from bot.mentoring.ids import PairId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.prompts import (
    AgendaArrived,
    AgendaAsked,
    MeetingNoted,
    MeetingReminder,
    MeetingSet,
    MeetingSettled,
    RhythmShown,
    SettleMeeting,
    StepCheckIn,
    TimesSent,
)
from bot.use_cases import agendas, calendars, checking_in, pausing, rhythms
from tests.meeting_world import DAY, cancel, met, not_yet, paired, state
from tests.worlds import HOUSE, World, a_participant, a_senior


def test_the_reminder_comes_the_day_before_uncounted_with_the_learners_agenda() -> None:
    world, pair = paired()
    date = world.set_date(pair, DAY, "10:00")
    agendas.keep_agenda(world.actor("ana"), pair, "How do I say no?", records=world.records, now=world.now)
    world.skip(days=10)
    reminders = [(at, m) for at, m in world.log if isinstance(m.prompt, MeetingReminder)]
    assert len(reminders) == 2
    for at, message in reminders:
        assert isinstance(message.prompt, MeetingReminder)
        assert at.date() == date.at.date() - timedelta(days=1)
        assert message.prompt.agenda == (("Ana", "How do I say no?"),)
        assert message.counts_for == ()


def test_whoever_learns_is_asked_for_the_agenda_unless_it_is_there() -> None:
    world, pair = paired(a_participant(teach=()), a_senior(learn=(), teach=("Negotiation",)))
    world.set_date(pair, DAY, "10:00")
    world.skip(days=8)
    assert len(world.said_to("ana", AgendaAsked)) == 1
    assert not world.said_to("ben", AgendaAsked), "he teaches here"
    other, key = paired()
    other.set_date(key, DAY, "10:00")
    agendas.keep_agenda(other.actor("ana"), key, "Rates", records=other.records, now=other.now)
    other.skip(days=8)
    assert not other.said_to("ana", AgendaAsked)


def test_an_agenda_that_comes_after_the_reminder_is_told_at_once_in_hours() -> None:
    world, pair = paired()
    world.set_date(pair, "2026-11-27", "15:00")
    world.skip(days=2)
    agendas.keep_agenda(world.actor("ana"), pair, "Rates", records=world.records, now=world.now)
    world.skip(hours=23)
    (arrived,) = world.said_to("ben", AgendaArrived)
    assert isinstance(arrived, AgendaArrived)
    assert arrived.text == "Rates"


def test_an_agenda_goes_with_its_meeting_and_the_next_begins_empty() -> None:
    world, pair = paired()
    world.set_date(pair, "2026-11-27", "15:00")
    agendas.keep_agenda(world.actor("ana"), pair, "Rates", records=world.records, now=world.now)
    world.skip(days=4)
    met(world, "ben", pair)
    form = agendas.open_agenda(world.actor("ana"), pair, records=world.records, now=world.now)
    assert (form.yours, form.theirs) == ("", "")


def test_notes_are_written_on_the_last_meeting_read_by_both_and_never_over_the_others() -> None:
    world, pair = paired()
    with pytest.raises(NotPossibleNow):
        agendas.open_notes(world.actor("ana"), pair, records=world.records)
    met(world, "ana", pair)
    for name, text in (("ana", "Ask first"), ("ben", "Say less"), ("ana", "Ask, then listen")):
        agendas.keep_notes(
            world.actor(name), pair, text, records=world.records, now=world.now, new_id=world.ids
        )
    shown = agendas.show_notes(world.actor("ben"), pair, records=world.records)
    assert {(note.by, note.text) for note in shown.notes} == {
        ("Ana", "Ask, then listen"),
        ("Ben", "Say less"),
    }
    gone = agendas.keep_notes(
        world.actor("ben"), pair, "-", records=world.records, now=world.now, new_id=world.ids
    )
    assert [note.by for note in gone.notes] == ["Ana"]


def test_after_we_met_the_answer_offers_the_next_times_and_the_others_same_pick_is_the_date() -> None:
    world, pair = paired()
    world.skip(days=1)
    noted = met(world, "ana", pair)
    assert isinstance(noted, MeetingNoted)
    assert noted.next.times
    assert isinstance(world.pick("ana", pair, noted.next.times[0]), TimesSent)
    other = met(world, "ben", pair)
    assert isinstance(other, MeetingNoted)
    assert (other.next.theirs, other.next.times) == (True, noted.next.times[:1])
    assert isinstance(world.pick("ben", pair, other.next.times[0]), MeetingSet)
    again = met(world, "ben", pair)
    assert isinstance(again, MeetingNoted)
    assert again.next.planned_at == noted.next.times[0]


def _asked_and_differing() -> tuple[World, PairId, str]:
    world, pair = paired()
    date = world.set_date(pair, "2026-12-01", "10:00")
    world.skip(days=10)
    assert "did_you_meet" in world.steps_of("ben")
    met(world, "ana", pair)
    answer = not_yet(world, "ben", pair)
    assert isinstance(answer, StepCheckIn)
    assert answer.pairs[0].next is not None, "times are offered also after a not yet"
    world.skip(days=4)
    return world, pair, date.meeting


@pytest.mark.parametrize(("by", "took_place"), [("ben", True), ("ana", False)])
def test_two_different_answers_reach_both_as_one_line_and_one_press_settles_it(
    by: str,
    took_place: bool,  # noqa: FBT001 # a table
) -> None:
    world, pair, meeting = _asked_and_differing()
    assert len(world.said_to("ana", SettleMeeting)) == len(world.said_to("ben", SettleMeeting)) == 1
    assert MeetingState.HELD in state(world, pair), "what one remembers counts meanwhile"
    settled = checking_in.settle(
        world.actor(by), pair, meeting, took_place=took_place, records=world.records, now=world.now
    )
    assert (settled.held, settled.differs) == (took_place, False)
    wanted = MeetingState.HELD if took_place else MeetingState.MISSED
    assert state(world, pair) == [wanted]
    later = checking_in.settle(
        world.actor("ben"), pair, meeting, took_place=not took_place, records=world.records, now=world.now
    )
    assert later.held is took_place, "what is settled stays, whoever presses the old line"


def test_whoever_repeats_their_word_leaves_it_open_for_the_other() -> None:
    world, pair, meeting = _asked_and_differing()
    settled = checking_in.settle(
        world.actor("ben"), pair, meeting, took_place=False, records=world.records, now=world.now
    )
    assert isinstance(settled, MeetingSettled)
    assert (settled.held, settled.differs) == (True, True)


def test_a_rhythm_is_wished_by_one_and_agreed_by_the_other_and_the_next_times_follow_it() -> None:
    world, pair = paired()

    def choose(name: str, wish: str) -> RhythmShown:
        return rhythms.choose_rhythm(
            world.actor(name), pair, wish, records=world.records, now=world.now, new_id=world.ids
        )

    assert choose("ana", "month").yours
    world.skip(days=1)
    (asked,) = world.said_to("ben", RhythmShown)
    assert isinstance(asked, RhythmShown)
    assert (asked.wished, asked.yours) == ("month", False)
    assert choose("ben", "month").agreed == "month"
    with pytest.raises(BadInput):
        choose("ben", "hourly")
    noted = met(world, "ana", pair)
    assert isinstance(noted, MeetingNoted)
    assert not noted.rhythm
    assert all(at >= world.now + timedelta(days=24) for at in noted.next.times)


def test_the_feed_holds_ones_own_meetings_and_loses_those_of_a_pair_that_rests() -> None:
    world, pair = paired()
    date = world.set_date(pair, DAY, "10:00")

    def seen(name: str) -> tuple[tuple[str, bool], ...]:
        found = calendars.events(world.actor(name).id, records=world.records, now=world.now, new_id=world.ids)
        assert found is not None
        return tuple((event.partner, event.cancelled) for event in found)

    assert (seen("ana"), seen("ben")) == ((("Ben", False),), (("Ana", False),))
    cancel(world, "ana", pair, date.meeting)
    assert seen("ben") == (("Ana", True),)
    world.skip(days=31)
    assert seen("ben") == ()
    world.set_date(pair, "2027-01-11", "10:00")
    pausing.pause(
        world.actor("ben"), "2w", tell_partners=True,
        records=world.records, now=world.now, new_id=world.ids,
    )  # fmt: skip
    assert seen("ana") == ()


def test_a_feed_keeps_its_address_until_it_is_renewed_and_goes_with_whoever_leaves() -> None:
    world, _ = paired()

    def address() -> str:
        return calendars.show_calendar(
            world.actor("ana"), HOUSE, records=world.records, new_id=world.ids
        ).address

    first = address()
    assert address() == first
    renewed = calendars.renew_calendar(world.actor("ana"), HOUSE, records=world.records, new_id=world.ids)
    assert renewed.address not in ("", first)
    assert (
        calendars.show_calendar(world.actor("ana"), "", records=world.records, new_id=world.ids).address == ""
    )
    pausing.leave(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)
    assert world.records.feed(a_participant().id) is None
