"""Setting dates: one side offers and the other picks; either moves or cancels; all in time and no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mentoring.errors import BadForm, BadInput, NotFound, NotPossibleNow
from bot.mentoring.meetings import MeetingState, lost
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours
from bot.mentoring.prompts import (
    MeetingCancelled,
    MeetingReminder,
    MeetingSet,
    TimesForm,
    TimesOffered,
    TimesSent,
    WhichPair,
)
from bot.use_cases import agendas, checking_in, dates, pausing, rhythms
from tests.meeting_world import DAY, cancel, meet, met, paired, state
from tests.worlds import HOUSE, JOURNEY, a_participant, a_senior, a_world

Asked = Callable[[], object]


def test_the_form_offers_times_in_both_hours_and_the_other_picks_one() -> None:
    world, pair = paired()
    form = meet(world, "ana")
    assert isinstance(form, TimesForm)
    assert 3 <= len(form.times) <= 5
    ticked = tuple(str(int(at.timestamp())) for at in form.times)
    sent = dates.offer(
        world.actor("ana"), pair, (ticked, "", "", "45"), HOUSE,
        records=world.records, now=world.now, new_id=world.ids,
    )  # fmt: skip
    assert isinstance(sent, TimesSent)
    world.settle()
    (offered,) = world.said_to("ben", TimesOffered)
    assert isinstance(offered, TimesOffered)
    assert offered.times == form.times
    date = world.pick("ben", pair, form.times[1])
    assert isinstance(date, MeetingSet)
    assert (date.at, date.minutes) == (form.times[1], 45)
    assert date.file.startswith(f"{HOUSE}/calendar/")
    world.skip(days=1)
    assert [told.at for told in world.said_to("ana", MeetingSet) if isinstance(told, MeetingSet)] == [date.at]
    assert state(world, pair) == [MeetingState.PLANNED]
    assert world.records.offers(pair) == ()


def test_a_date_pressed_twice_or_by_both_is_one_date() -> None:
    world, pair = paired()
    world.offer("ana", pair, DAY, "10:00")
    world.offer("ben", pair, "2026-12-04", "11:00")
    (of_ana, of_ben) = world.records.offers(pair)
    first = world.pick("ben", pair, of_ana.times[0])
    again = world.pick("ben", pair, of_ana.times[0])
    crossed = world.pick("ana", pair, of_ben.times[0])
    assert isinstance(first, MeetingSet)
    assert isinstance(again, MeetingSet)
    assert isinstance(crossed, MeetingSet)
    assert first.meeting == again.meeting == crossed.meeting
    assert (again.fresh, crossed.fresh, crossed.at) == (False, False, first.at)
    assert state(world, pair) == [MeetingState.PLANNED]


def test_offering_what_the_other_offers_is_a_date_at_once() -> None:
    world, pair = paired()
    world.offer("ana", pair, DAY, "10:00")
    assert isinstance(world.offer("ben", pair, DAY, "10:00"), MeetingSet)
    assert state(world, pair) == [MeetingState.PLANNED]


def test_a_time_that_i_found_is_offered_and_not_set() -> None:
    world, pair = paired()
    form = dates.open_times(world.actor("ben"), pair, records=world.records, now=world.now)
    assert isinstance(world.pick("ben", pair, form.times[0]), TimesSent)
    assert state(world, pair) == []
    assert isinstance(world.pick("ben", pair, form.times[0]), TimesSent), "pressed again it says the same"
    assert isinstance(world.pick("ana", pair, form.times[0]), MeetingSet)


def test_a_time_that_has_passed_is_said_to_have_and_nothing_is_lost() -> None:
    world, pair = paired()
    world.offer("ana", pair, "2026-11-25", "10:00")
    (offer,) = world.records.offers(pair)
    world.skip(days=2)
    answer = world.pick("ben", pair, offer.times[0])
    assert isinstance(answer, TimesOffered)
    assert answer.passed
    assert answer.times, "others are found"
    assert all(at > world.now for at in answer.times)
    assert state(world, pair) == []


@pytest.mark.parametrize(
    "answers",
    [
        ((), "", "", "30"),
        ((), "2020-01-01", "10:00", "30"),
        ((), "2099-01-01", "10:00", "30"),
        ((), "2026-13-01", "10:00", "30"),
        ((), DAY, "25:00", "30"),
        ((), DAY, "10:00", "480"),
        (("1606300000",), "", "", "30"),
        (("never",), "", "", "30"),
        (("99999999999999",), "", "", "30"),
        (tuple(str(2_000_000_000 + one) for one in range(6)), "", "", "30"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_changes(
    answers: tuple[tuple[str, ...], str, str, str],
) -> None:
    world, pair = paired()
    with pytest.raises((BadForm, BadInput)):
        dates.offer(
            world.actor("ana"), pair, answers, HOUSE, records=world.records, now=world.now, new_id=world.ids
        )
    assert world.records.offers(pair) == ()


def test_either_side_moves_a_date_and_it_stands_until_the_other_picks() -> None:
    world, pair = paired()
    first = world.set_date(pair, DAY, "10:00")
    world.offer("ben", pair, "2026-12-04", "11:00")
    (offer,) = world.records.offers(pair)
    assert world.records.meetings(pair)[0].at == first.at
    moved = world.pick("ana", pair, offer.times[0])
    assert isinstance(moved, MeetingSet)
    assert (moved.moved, moved.meeting, moved.at) == (True, first.meeting, offer.times[0])
    (meeting,) = world.records.meetings(pair)
    assert (meeting.state, meeting.sequence) == (MeetingState.PLANNED, 1)


def test_an_offer_to_move_a_date_that_was_held_meanwhile_sets_a_new_one() -> None:
    world, pair = paired()
    first = world.set_date(pair, "2026-11-27", "10:00")
    world.offer("ben", pair, DAY, "11:00")
    (offer,) = world.records.offers(pair)
    world.skip(days=4)
    met(world, "ana", pair)
    after = world.pick("ana", pair, offer.times[0])
    assert isinstance(after, MeetingSet)
    assert after.meeting != first.meeting
    assert sorted(state(world, pair)) == [MeetingState.HELD, MeetingState.PLANNED]


def test_a_date_of_tomorrow_that_is_set_at_night_is_told_in_the_morning_and_counts() -> None:
    world, pair = paired()
    world.skip(hours=10)
    tomorrow = world.now.date() + timedelta(days=1)
    world.set_date_with("ben", pair, tomorrow.isoformat(), "16:00")
    world.skip(days=1)
    ((moment, word),) = [(moment, one) for moment, one in world.log if isinstance(one.prompt, MeetingSet)]
    assert moment == a_senior().hours.opening(moment)
    assert moment.date() == tomorrow
    assert word.counts_for == (world.actor("ben").id,)


def test_a_cancelled_date_is_told_kindly_in_time_and_counted_for_the_pair_alone() -> None:
    world, pair = paired()
    first = world.set_date(pair, DAY, "10:00")
    world.skip(days=1)
    told = cancel(world, "ana", pair, first.meeting)
    assert told.yours
    assert cancel(world, "ben", pair, first.meeting).yours, "by both it is cancelled once"
    world.skip(days=1)
    (heard,) = world.said_to("ben", MeetingCancelled)
    assert isinstance(heard, MeetingCancelled)
    assert not heard.yours
    assert len(lost(world.records.meetings(pair))) == 1
    world.skip(days=10)
    assert not world.said_to("ben", MeetingReminder), "nobody is reminded of it"
    second = world.set_date(pair, "2026-12-21", "10:00")
    cancel(world, "ben", pair, second.meeting)
    assert len(lost(world.records.meetings(pair))) == 2


def test_a_date_of_tomorrow_is_cancelled_in_the_partners_hours_also_where_their_week_is_full() -> None:
    world, pair = paired()
    first = world.set_date(pair, "2026-11-27", "10:00")
    world.skip(days=1)
    one = world.records.participant_at(a_senior().address)
    assert one is not None
    for number in range(3):
        rhythms.choose_rhythm(
            world.actor("ana"), pair, ("week", "month", "two_weeks")[number],
            records=world.records, now=world.now, new_id=world.ids,
        )  # fmt: skip
        world.settle()
    cancel(world, "ana", pair, first.meeting)
    world.skip(days=1)
    sent = [(at, m) for at, m in world.log if isinstance(m.prompt, MeetingCancelled)]
    assert len(sent) == 1
    assert one.hours.covers(sent[0][0])
    assert sent[0][1].counts_for == (), "it stands in the place of the reminder"


@pytest.mark.parametrize("event", ["held", "passed", "unknown"])
def test_what_cannot_be_cancelled_says_so(event: str) -> None:
    world, pair = paired()
    first = world.set_date(pair, "2026-11-27", "10:00")
    if event == "unknown":
        with pytest.raises(NotFound):
            cancel(world, "ana", pair, "nothing")
        return
    world.skip(days=4)
    if event == "held":
        met(world, "ana", pair)
    with pytest.raises(NotPossibleNow):
        cancel(world, "ana", pair, first.meeting)


def test_a_pair_that_the_other_ended_unheard_looks_alive_and_nothing_reaches_whoever_ended_it() -> None:
    world, pair = paired()
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    before = len(world.said_to("ben"))
    assert isinstance(world.offer("ana", pair, DAY, "10:00"), TimesSent)
    assert isinstance(meet(world, "ana"), TimesSent)
    world.skip(days=1)
    assert len(world.said_to("ben")) == before
    world.skip(days=6)
    with pytest.raises(NotPossibleNow):
        world.offer("ana", pair, DAY, "11:00")


def test_when_a_pair_is_over_nobody_is_reminded_of_its_date() -> None:
    world, pair = paired()
    world.set_date(pair, "2026-12-10", "10:00")
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    world.skip(days=16)
    assert not world.said_to("ana", MeetingReminder)


def test_a_pause_keeps_reminders_back_and_a_date_after_it_is_reminded_of() -> None:
    world, pair = paired()
    world.set_date(pair, "2026-12-15", "10:00")
    pausing.pause(
        world.actor("ben"), "2w", tell_partners=False,
        records=world.records, now=world.now, new_id=world.ids,
    )  # fmt: skip
    world.skip(days=21)
    assert len(world.said_to("ana", MeetingReminder)) == len(world.said_to("ben", MeetingReminder)) == 1


def test_somebody_with_two_pairs_is_asked_of_which_and_offered_no_time_twice() -> None:
    third = a_senior("cem", learn=("SQL",), teach=("Negotiation",))
    world = a_world(a_participant(places=2), a_senior(), third)
    pairs = world.propose_all()
    for pair in pairs:
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    asked = meet(world, "ana")
    assert isinstance(asked, WhichPair)
    assert asked.about == "meet"
    one, other = pairs
    first = dates.open_times(world.actor("ana"), one, records=world.records, now=world.now).times[0]
    world.pick("ana", one, first)
    partner = world.records.pair(one).partner_of(world.actor("ana").id)
    world.pick(partner, one, first)
    assert (
        first not in dates.open_times(world.actor("ana"), other, records=world.records, now=world.now).times
    )


def test_zones_eight_hours_apart_with_wide_hours_meet_in_both_hours() -> None:
    early, late = (
        Hours("Europe/Berlin").starts.replace(hour=8),
        Hours("Europe/Berlin").starts.replace(hour=19),
    )
    berlin, denver = (Hours(zone, early, late) for zone in ("Europe/Berlin", "America/Denver"))
    world, pair = paired(a_participant(hours=berlin), a_senior(hours=denver))
    form = dates.open_times(world.actor("ana"), pair, records=world.records, now=world.now)
    assert len(form.times) == 5
    assert not form.stretched

    def at_work(at: datetime) -> bool:
        return all(hours.covers(at) for hours in (berlin, denver))

    assert all(at_work(at) and at_work(at + timedelta(minutes=29)) for at in form.times)


def test_a_pair_that_rests_has_no_date_to_set_and_says_that_it_rests() -> None:
    world, pair = paired()
    world.records.save_pair(replace(world.records.pair(pair), state=PairState.PAUSED))
    actor, records, now = world.actor("ana"), world.records, world.now
    asked: tuple[Asked, ...] = (
        lambda: dates.meet(actor, HOUSE, records=records, now=now, new_id=world.ids),
        lambda: checking_in.record_met(actor, JOURNEY, records=records, now=now, new_id=world.ids),
        lambda: agendas.agenda(actor, records=records, now=now),
        lambda: agendas.notes(actor, records=records),
    )
    for ask, what in zip(asked, ("meet", "met", "agenda", "notes"), strict=True):
        with pytest.raises(NotPossibleNow) as refused:
            ask()
        assert refused.value == NotPossibleNow(what, PairState.PAUSED)
