"""A pair's first weeks: prompts in order and in hours, answers, dates, and the limits of what is said."""

from datetime import timedelta

import pytest

from bot.mentoring.errors import BadInput
from bot.mentoring.ids import PairId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.people import Hours
from bot.mentoring.prompts import (
    Align,
    CameToNothing,
    DidYouMeet,
    Introduction,
    KnowEachOther,
    MeetingNoted,
    PairClosed,
    PairQuiet,
    PartnerAway,
    PauseEnded,
    Prompt,
    SetADate,
    WhichPair,
)
from bot.use_cases import checking_in, pausing
from tests.worlds import World, a_participant, a_senior, a_world


def _a_pair() -> tuple[World, PairId]:
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()
    return world, pair


def _met(world: World, name: str, pair: PairId) -> Prompt:
    return checking_in.met(world.actor(name), pair, records=world.records, now=world.now, new_id=world.ids)


def _count(noted: Prompt) -> int:
    assert isinstance(noted, MeetingNoted)
    return noted.count


def test_a_silent_pair_reads_its_prompts_in_order() -> None:
    world, _ = _a_pair()
    world.skip(weeks=4)
    heard = [type(prompt) for prompt in world.said_to("ana")][1:]
    assert heard == [Introduction, KnowEachOther, SetADate, DidYouMeet, Align, DidYouMeet]


def test_a_date_that_is_set_silences_the_nudge_and_moves_the_check_in_behind_it() -> None:
    world, pair = _a_pair()
    world.skip(days=3)
    day = (world.now + timedelta(days=10)).date().isoformat()
    world.set_date(pair, day, "10:00")
    world.skip(days=10)
    assert not world.said_to("ana", SetADate)
    assert not world.said_to("ana", DidYouMeet)
    world.skip(days=3)
    assert len(world.said_to("ana", DidYouMeet)) == 1


@pytest.mark.parametrize(("day", "at"), [("2020-01-01", "10:00"), ("2026-13-01", "10:00"), ("soon", "9")])
def test_a_date_that_cannot_be_is_refused(day: str, at: str) -> None:
    world, pair = _a_pair()
    with pytest.raises(BadInput):
        world.offer("ana", pair, day, at)
    assert world.records.meetings(pair) == ()


def test_a_meeting_told_twice_or_by_both_is_one() -> None:
    world, pair = _a_pair()
    world.skip(days=5)
    assert _count(_met(world, "ana", pair)) == 1
    assert _count(_met(world, "ana", pair)) == 1
    world.skip(days=4)
    assert _count(_met(world, "ben", pair)) == 1
    world.skip(days=14)
    _met(world, "ben", pair)
    assert [meeting.state for meeting in world.records.meetings(pair)] == [MeetingState.HELD] * 2


def test_align_follows_the_first_meeting() -> None:
    world, pair = _a_pair()
    world.skip(days=5)
    _met(world, "ana", pair)
    world.skip(days=3)
    assert len(world.said_to("ben", Align)) == 1


def test_an_answered_check_in_shows_the_answer_and_comes_again_sooner_after_not_yet() -> None:
    world, pair = _a_pair()
    world.skip(days=11)
    answer = checking_in.not_yet(
        world.actor("ana"), pair, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(answer, DidYouMeet)
    assert [line.answered for line in answer.pairs] == ["not_yet"]
    world.skip(days=10)
    assert len(world.said_to("ana", DidYouMeet)) == 2
    assert len(world.said_to("ben", DidYouMeet)) == 1


def test_met_asks_of_which_pair_where_there_are_several() -> None:
    world = a_world(
        a_participant(places=2), a_senior(), a_senior("cem", learn=("SQL",), teach=("Negotiation",))
    )
    for pair in world.propose_all():
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    answer = checking_in.record_met(
        world.actor("ana"), records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(answer, WhichPair)
    assert {line.partner for line in answer.pairs} == {"Ben", "Cem"}


def test_questions_about_several_pairs_fall_together_in_one_message() -> None:
    world = a_world(
        a_participant(places=2), a_senior(), a_senior("cem", learn=("SQL",), teach=("Negotiation",))
    )
    for pair in world.propose_all():
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.skip(days=13)
    (check_in,) = world.said_to("ana", DidYouMeet)
    assert isinstance(check_in, DidYouMeet)
    assert len(check_in.pairs) == 2


def test_people_whose_hours_never_meet_are_written_to_one_by_one() -> None:
    early = a_participant(
        hours=Hours(
            "Europe/Berlin",
            a_participant().hours.starts.replace(hour=6),
            a_participant().hours.starts.replace(hour=12),
        )
    )
    late = a_senior(
        hours=Hours(
            "Europe/Berlin",
            a_senior().hours.starts.replace(hour=12, minute=30),
            a_senior().hours.starts.replace(hour=18),
        )
    )
    world = a_world(early, late)
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.skip(days=1)
    sent = [(at, m) for at, m in world.log if isinstance(m.prompt, Introduction)]
    assert len(sent) == 2
    for moment, message in sent:
        (reader,) = message.to.readers
        one = world.records.participant_at(reader)
        assert one is not None
        assert one.hours.covers(moment)


def test_a_pause_keeps_both_quiet_and_ends_by_itself() -> None:
    world, _ = _a_pair()
    world.skip(days=1)
    pausing.pause(
        world.actor("ben"),
        "2w",
        tell_partners=False,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )
    before = len(world.said_to("ben"))
    world.skip(days=12)
    assert len(world.said_to("ben")) == before
    assert world.said_to("ana", PairQuiet) == [PairQuiet()]
    world.skip(days=4)
    assert len(world.said_to("ben", PauseEnded)) == 1
    world.skip(days=7)
    assert len(world.said_to("ben", KnowEachOther)) == 1


def test_a_partner_hears_until_when_only_if_the_person_says_so() -> None:
    world, _ = _a_pair()
    pausing.pause(
        world.actor("ben"),
        "2w",
        tell_partners=False,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )
    paused = pausing.tell_partners(world.actor("ben"), records=world.records, now=world.now)
    world.skip(days=6)
    assert world.said_to("ana", PartnerAway) == [PartnerAway(until=paused.until)]
    assert not world.said_to("ana", PairQuiet)


def test_leaving_closes_pairs_with_the_neutral_line_after_some_days() -> None:
    world, _ = _a_pair()
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    world.settle()
    assert not world.said_to("ana", PairClosed)
    before = len(world.said_to("ben"))
    world.skip(days=30)
    assert len(world.said_to("ana", PairClosed)) == 1
    assert len(world.said_to("ben")) == before
    assert not world.said_to("ana", CameToNothing)


def test_a_double_click_by_the_second_side_days_later_is_no_second_meeting() -> None:
    world, pair = _a_pair()
    world.skip(days=5)
    _met(world, "ana", pair)
    world.skip(days=3)
    assert _count(_met(world, "ben", pair)) == _count(_met(world, "ben", pair)) == 1
    assert len(world.records.meetings(pair)) == 1


def test_a_date_told_days_after_it_by_both_with_double_clicks_is_one_meeting() -> None:
    world, pair = _a_pair()
    world.skip(days=1)
    day = (world.now + timedelta(days=3)).date().isoformat()
    world.set_date(pair, day, "10:00")
    world.skip(days=9)
    for name in ("ana", "ana", "ben", "ben"):
        _met(world, name, pair)
    assert [meeting.state for meeting in world.records.meetings(pair)] == [MeetingState.HELD]
