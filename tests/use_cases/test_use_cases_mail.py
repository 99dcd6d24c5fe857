"""What waits for somebody: said once for all that it is about, kept to their hours, taken back in time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.mentoring.closing import LookBack
from bot.mentoring.ids import PairId
from bot.mentoring.limits import MOST_MESSAGES, WINDOW
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours
from bot.mentoring.prompts import (
    CameToNothing,
    ClosingAsked,
    Introduction,
    Lapsed,
    MeetingCancelled,
    MeetingReminder,
    MeetingSet,
    PauseEnded,
    Proposal,
    ProposalReminder,
    StepCheckIn,
)
from bot.use_cases import answering, closing, dates, pausing
from bot.use_cases.saying import tell_partner
from tests.use_cases.test_use_cases_parting import Cause, end, together
from tests.worlds import TUESDAY, World, a_participant, a_senior, a_world, at, steps_in

UNCOUNTED = (Proposal, Introduction, MeetingReminder)


def pause(world: World, name: str, until: str) -> None:
    """Somebody pauses."""
    pausing.pause(
        world.actor(name),
        until,
        tell_partners=False,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )


def waiting_for(world: World, name: str, pair: PairId) -> list[str]:
    """The keys of what waits for somebody about a pair."""
    who = world.actor(name).id
    return [one.key for one in world.records.pending(who) if f":{pair}:" in f"{one.key}:"]


def test_proposals_that_lapse_on_one_day_are_one_line() -> None:
    people = (a_participant(), a_participant("cleo"), a_senior(places=2))
    world = a_world(*people)
    assert len(world.propose_all()) == 2
    world.skip(days=20)
    assert len(world.said_to("ben", Lapsed)) == len(world.said_to("cleo", Lapsed)) == 1


def test_a_proposal_that_was_answered_before_the_reminders_minute_is_not_brought_up() -> None:
    world = a_world(a_participant(), a_senior())
    (pair,) = world.propose_all()
    world.skip(days=5, hours=23, minutes=5)  # Monday, five minutes after nine
    assert not world.said_to("ben", ProposalReminder)
    world.accept("ben", pair)
    world.skip(days=3)
    assert not world.said_to("ben", ProposalReminder)
    assert len(world.said_to("ana", ProposalReminder)) == 1


def test_the_word_that_a_pause_is_over_is_taken_back_by_the_next_one() -> None:
    world = a_world()
    pause(world, "ana", (world.now + timedelta(days=4)).date().isoformat())
    world.skip(days=4)  # a Saturday, on which the word waits for Monday
    pause(world, "ana", (world.now + timedelta(days=10)).date().isoformat())
    world.skip(days=14)
    assert len(world.said_to("ana", PauseEnded)) == 1


def test_what_waits_about_a_pair_is_taken_back_from_whoever_ends_it_and_at_its_end_from_both() -> None:
    world, pair = together()
    now, records = world.now, world.records
    for name in ("ana", "ben"):
        tell_partner(records.pair(pair), world.actor(name).id, "told", Lapsed(None), records=records, now=now)
    end(world, pair)
    assert not waiting_for(world, "ben", pair)
    assert waiting_for(world, "ana", pair), "for the partner nothing has happened"
    end(world, pair)
    world.skip(days=0.01)
    pausing.leave(world.actor("ana"), records=records, now=world.now, new_id=world.ids)
    assert not waiting_for(world, "ana", pair)


def test_a_date_of_a_pair_that_closed_together_is_not_reminded_of() -> None:
    world, pair = together()
    meeting = world.set_date(pair, (world.now + timedelta(days=10)).date().isoformat(), "10:00")
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    closing.agree(world.actor("ana"), pair, records=world.records, now=world.now)
    for name in ("ana", "ben"):
        closing.look_back(
            world.actor(name),
            pair,
            LookBack(thanks="For all of it."),
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
    world.skip(days=12)
    assert world.now > meeting.at
    assert not world.said_to("ana", MeetingReminder) + world.said_to("ben", MeetingReminder)


def agrees_to_close(world: World, pair: PairId) -> object:
    """Ben proposes a closing, and Ana agrees."""
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    return closing.agree(world.actor("ana"), pair, records=world.records, now=world.now)


@pytest.mark.parametrize("quiet", [end, agrees_to_close])
def test_nothing_of_a_pair_that_ends_or_closes_is_joined_to_what_another_pair_is_told(quiet: Cause) -> None:
    world = a_world(a_participant(places=2), a_senior(), a_senior("cleo", level=7))
    for pair in world.propose_all():
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.skip(days=9, hours=23)
    with_ben = next(each.id for each in world.records.pairs(PairState) if "ben" in each.sides)
    quiet(world, with_ben)
    before = len(world.log)
    for _ in range(10):
        world.skip(hours=1)
    asked = [one.prompt for _, one in world.log[before:] if at("ana") in one.to.readers]
    check_ins = [one for one in asked if isinstance(one, StepCheckIn)]
    assert [line.partner for one in check_ins for line in one.pairs] == ["Cleo"]


def test_what_is_due_when_a_day_begins_waits_for_the_minute_of_a_reminder_to_be_one_message() -> None:
    world = a_world()
    world.now += timedelta(days=3, hours=-1)  # a Friday, nine in Berlin
    (pair,) = world.propose_all()
    for name in ("ana", "ben"):
        world.accept(name, pair)
    world.skip(days=16)
    together = [steps_in(one.prompt) for _, one in world.log if one.nudge and at("ana") in one.to.readers]
    assert together == [["set_a_date", "junior_before_1"]]


@pytest.mark.parametrize("hour", [0, 3, 22])
def test_what_a_snooze_holds_back_comes_in_working_hours(hour: int) -> None:
    world, pair = together()
    world.now = datetime(2026, 12, 6, hour, tzinfo=UTC)
    tell_partner(
        world.records.pair(pair),
        world.actor("ben").id,
        "told",
        Lapsed(None),
        records=world.records,
        now=world.now,
    )
    answering.snooze(world.actor("ana"), [pair], records=world.records, now=world.now, here=False)
    assert waiting_for(world, "ana", pair)
    hours = Hours("Europe/Berlin")
    assert all(hours.covers(one.at) for one in world.records.pending(world.actor("ana").id))


def fill_the_week(world: World, pair: PairId) -> None:
    """Ben hears as much as the limits of a week allow, and a little more waits."""
    for number in range(MOST_MESSAGES + 1):
        by = world.actor("ana").id
        line = CameToNothing()
        tell_partner(
            world.records.pair(pair), by, f"told {number}", line, records=world.records, now=world.now
        )


def test_a_date_that_is_set_in_a_full_week_is_told_by_its_reminder_alone() -> None:
    world, pair = together()
    fill_the_week(world, pair)
    day = (world.now + timedelta(days=3)).date().isoformat()
    world.set_date_with("ben", pair, day, "10:00")
    world.skip(days=3)
    assert not world.said_to("ben", MeetingSet)
    assert len(world.said_to("ben", MeetingReminder)) == 1


def test_a_date_of_tomorrow_that_is_set_in_a_full_week_is_told_by_its_reminder_at_once() -> None:
    world, pair = together()
    fill_the_week(world, pair)
    today = world.now.date()
    world.set_date_with("ben", pair, (today + timedelta(days=1)).isoformat(), "16:00")
    world.skip(days=2)
    assert not world.said_to("ben", MeetingSet)
    told = [(moment, one) for moment, one in world.log if isinstance(one.prompt, MeetingReminder)]
    ((moment, reminder),) = [(moment, one) for moment, one in told if at("ben") in one.to.readers]
    assert moment.date() == today
    assert reminder.counts_for == ()


def test_a_date_that_is_moved_in_a_full_week_is_told_on_the_day_before_the_first_one() -> None:
    world, pair = together()
    first = world.set_date_with("ben", pair, (world.now + timedelta(days=3)).date().isoformat(), "10:00")
    world.skip(hours=2)
    fill_the_week(world, pair)
    world.skip(hours=2)
    moved = world.set_date_with("ben", pair, (world.now + timedelta(days=8)).date().isoformat(), "10:00")
    assert moved.moved
    world.skip(days=3)
    told = [(moment, one) for moment, one in world.log if isinstance(one.prompt, MeetingSet)]
    ((moment, word),) = [(moment, one) for moment, one in told if one.prompt.moved]  # type: ignore[attr-defined] # as filtered
    assert (first.at - moment) < timedelta(days=2)
    assert word.counts_for == ()


def test_a_date_that_is_cancelled_before_the_partner_heard_of_it_leaves_one_word() -> None:
    world, pair = together()
    fill_the_week(world, pair)
    set_ = world.set_date_with("ben", pair, (world.now + timedelta(days=20)).date().isoformat(), "10:00")
    dates.cancel(
        world.actor("ana"), pair, set_.meeting, records=world.records, now=world.now, new_id=world.ids
    )
    world.skip(days=19)
    assert not world.said_to("ben", MeetingSet)
    assert len(world.said_to("ben", MeetingCancelled)) == 1


def test_the_words_of_a_closing_keep_to_the_limits_of_a_week() -> None:
    world, pair = together()
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    world.skip(days=8)
    assert len(world.said_to("ana", ClosingAsked)) == 1
    heard = [
        moment
        for moment, one in world.log
        if at("ana") in one.to.readers and not isinstance(one.prompt, UNCOUNTED)
    ]
    assert heard[0] > TUESDAY
    for last in heard:
        assert sum(last - WINDOW < moment <= last for moment in heard) <= MOST_MESSAGES
