"""Answers, Snooze and rest: what pressing a button of the journey does, over all of a person's pairs."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.limits import MOST_MESSAGES
from bot.mentoring.meetings import MeetingState
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours, ParticipantState
from bot.mentoring.prompts import (
    PairAwake,
    PairClosed,
    PauseEnded,
    Prompt,
    Snoozed,
    SnoozedHere,
    StepCard,
    StepQuestion,
    StepsTogether,
    WeeklySummary,
)
from bot.ports import Kind
from bot.use_cases import answering, checking_in, pausing, showing
from bot.use_cases.saying import tell
from tests.worlds import JOURNEY, World, a_participant, a_programme, a_senior, a_world, at, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable


def _a_pair(**programme: object) -> tuple[World, PairId]:
    world = a_world()
    world.records.save_programme(a_programme(**programme))
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()
    return world, pair


def _three_pairs() -> tuple[World, list[PairId]]:
    people = [a_senior(name, learn=("SQL",), teach=("Negotiation",)) for name in ("ben", "cem", "dan")]
    world = a_world(a_participant(places=3), *people)
    pairs = world.propose_all()
    for pair in pairs:
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.settle()
    return world, pairs


def _answer(world: World, name: str, pair: PairId, step: str, said: str) -> Prompt:
    return answering.answer(
        world.actor(name), pair, step, said, JOURNEY, records=world.records, now=world.now
    )


def _met(world: World, name: str, pair: PairId) -> Prompt:
    return checking_in.met(
        world.actor(name), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids
    )


def _snooze(world: World, name: str, *pairs: PairId, here: bool = False) -> Snoozed:
    return answering.snooze(world.actor(name), pairs, records=world.records, now=world.now, here=here)


def _states(world: World, name: str) -> list[str]:
    shown = showing.show_pairs(world.actor(name), records=world.records, now=world.now)
    return [line.state for line in shown.pairs]


def test_goals_come_only_once_one_of_the_two_says_that_they_know_each_other() -> None:
    world, pair = _a_pair()
    for _ in range(3):
        world.skip(days=7)
        _met(world, "ana", pair)
    world.skip(days=7)
    assert "goals" not in world.steps_of("ben")
    answer = _answer(world, "ben", pair, "know_check", "known")
    assert isinstance(answer, StepQuestion)
    assert answer.answered == "known"
    world.skip(days=7)
    assert "goals" in world.steps_of("ben")


def test_knowing_each_other_may_be_said_unasked_and_nothing_else_may() -> None:
    world, pair = _a_pair()
    _answer(world, "ana", pair, "know_check", "known")
    (done,) = [done for done in world.records.done(pair) if done.step == "know_check"]
    assert (done.to, done.answer, done.answered_at) == ("ana", "known", world.now)
    with pytest.raises(NotPossibleNow):
        _answer(world, "ana", pair, "kind_ending", "rest")


@pytest.mark.parametrize(("step", "said"), [("know_check", "rest"), ("nothing", "known"), ("goals", "")])
def test_an_answer_that_a_step_does_not_have_is_not_found(step: str, said: str) -> None:
    world, pair = _a_pair()
    with pytest.raises(NotFound):
        _answer(world, "ana", pair, step, said)


def test_another_answer_takes_the_place_of_the_first() -> None:
    world, pair = _a_pair()
    _answer(world, "ana", pair, "know_check", "not_known")
    _answer(world, "ana", pair, "know_check", "known")
    assert [done.answer for done in world.records.done(pair) if done.step == "know_check"] == ["known"]


def test_somebody_else_answers_nothing_about_a_pair() -> None:
    world, pair = _a_pair()
    world.records.save_participant(a_participant("eve"))
    presses: tuple[Callable[[], Prompt], ...] = (
        lambda: _answer(world, "eve", pair, "know_check", "known"),
        lambda: _snooze(world, "eve", pair),
        lambda: answering.wake(world.actor("eve"), pair, records=world.records, now=world.now),
    )
    for press in presses:
        with pytest.raises(NotFound):
            press()


def test_who_snoozes_hears_nothing_of_the_pair_for_a_week_and_the_other_does() -> None:
    world, pair = _a_pair()
    world.skip(days=6)
    told = _snooze(world, "ana", pair)
    assert told == Snoozed(("Ben",), world.now + timedelta(days=7))
    before = world.steps_of("ana")
    world.skip(days=6)
    assert world.steps_of("ana") == before
    assert "did_you_meet" in world.steps_of("ben")
    world.skip(days=3)
    assert world.steps_of("ana") != before


def test_what_waits_already_waits_longer_after_a_snooze() -> None:
    world, pair = _a_pair()
    world.skip(days=6, hours=23, minutes=30)
    world.settle()
    waiting = [message.key for message in world.records.outbox.values() if "ana" in message.key]
    _snooze(world, "ana", pair)
    held_back = [world.records.outbox[key].not_before for key in waiting]
    assert all(at >= world.now + timedelta(days=7) for at in held_back)


def test_a_post_to_the_room_reaches_the_other_while_one_has_snoozed_and_that_one_later() -> None:
    world, pair = _a_pair()
    world.skip(days=1)
    assert isinstance(_snooze(world, "ben", pair, here=True), SnoozedHere)
    world.skip(days=3)
    assert "know_each_other" in world.steps_of("ana")
    assert "know_each_other" not in world.steps_of("ben")
    world.skip(days=7)
    assert world.steps_of("ben").count("know_each_other") == 1


def test_a_snooze_of_nothing_is_not_found() -> None:
    world, _ = _a_pair()
    with pytest.raises(NotFound):
        _snooze(world, "ana")


def test_what_falls_together_over_several_pairs_is_one_message() -> None:
    world, pairs = _three_pairs()
    world.skip(days=4)
    for pair in pairs:
        _met(world, "ana", pair)
    world.skip(days=14)
    together = [one for one in world.said_to("ana") if isinstance(one, StepsTogether) and one.questions]
    asked = [[one.facts.partner for one in message.questions] for message in together]
    asked += [[pair.partner for pair in one.pairs] for message in together for one in message.check_ins]
    assert all(len(names) == len(set(names)) for names in asked)
    assert max(map(len, asked)) >= 2


def test_a_person_of_three_pairs_is_told_no_more_than_the_limits_in_any_week() -> None:
    world, pairs = _three_pairs()
    for day in range(60):
        world.skip(days=1)
        if day % 14 == 9:
            for pair in pairs:
                _met(world, "ana", pair)
                _answer(world, "ana", pair, "know_check", "known")
    started = [
        at
        for at, message in world.log
        if "ana" in message.counts_for and message.to.kind in {Kind.PERSON, Kind.ROOM}
    ]
    busiest = max(sum(end - timedelta(days=7) <= at <= end for at in started) for end in started)
    assert busiest <= MOST_MESSAGES
    assert {"goals", "power_difference"} <= set(world.steps_of("ana"))


def test_who_never_answers_rests_and_comes_back_with_one_press() -> None:
    world, pair = _a_pair()
    world.skip(weeks=20)
    assert world.steps_of("ana")[-1] == "quiet_word"
    assert len(world.steps_of("ana")) == 11
    assert _states(world, "ana") == _states(world, "ben") == ["resting"]
    assert world.records.pair(pair).next_due_at is None
    awake = answering.wake(world.actor("ben"), pair, records=world.records, now=world.now)
    assert awake == PairAwake(pair, "Ana")
    assert _states(world, "ana") == _states(world, "ben") == ["active"]
    world.skip(weeks=3)
    assert len(world.steps_of("ana")) > 11


def test_times_that_are_offered_take_up_a_pair_that_rests() -> None:
    world, pair = _a_pair()
    world.skip(weeks=20)
    assert _states(world, "ben") == ["resting"]
    world.offer("ana", pair, (world.now + timedelta(days=6)).date().isoformat(), "10:00")
    assert _states(world, "ben") == ["active"]
    assert world.records.pair(pair).next_due_at is not None


def test_not_yet_after_a_date_makes_it_a_lost_one_and_the_second_brings_the_ten_minutes() -> None:
    world, pair = _a_pair()
    for _ in range(2):
        day = (world.now + timedelta(days=6)).date().isoformat()
        world.set_date(pair, day, "10:00")
        world.skip(days=9)
        checking_in.not_yet(world.actor("ana"), pair, JOURNEY, records=world.records, now=world.now)
    world.skip(days=9)
    assert "ten_minutes" in world.steps_of("ana")
    assert "ten_minutes" in world.steps_of("ben")


def test_the_other_may_tell_that_the_date_took_place_after_all() -> None:
    world, pair = _a_pair()
    day = (world.now + timedelta(days=6)).date().isoformat()
    world.set_date(pair, day, "10:00")
    world.skip(days=9)
    checking_in.not_yet(world.actor("ana"), pair, JOURNEY, records=world.records, now=world.now)
    _met(world, "ben", pair)
    assert [meeting.state for meeting in world.records.meetings(pair)].count(MeetingState.HELD) == 1


def test_coming_back_from_a_pause_brings_a_gentle_start_to_both() -> None:
    world, _ = _a_pair()
    world.skip(days=5)
    pausing.pause(
        world.actor("ben"), "2w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )
    world.skip(days=20)
    for name in ("ana", "ben"):
        assert world.steps_of(name).count("welcome_back") == 1


def _pause(world: World, name: str, span: str) -> None:
    pausing.pause(
        world.actor(name), span, tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )


def _apart_with_a_full_week() -> World:
    """Ana and Ben, whose hours never meet; Ben hears nothing more for some days."""
    world = a_world(a_participant(), a_senior(hours=Hours("Asia/Tokyo")))
    (pair,) = world.propose_all()
    for name in ("ana", "ben"):
        world.accept(name, pair)
    ben = world.records.people[ParticipantId("ben")]
    for number in range(MOST_MESSAGES):
        full = PauseEnded(next_round_at=None)
        tell(ben, f"full:{number}", full, at=world.now + timedelta(hours=20), records=world.records)
    return world


def _started(world: World) -> Counter[str]:
    """How often each was told to start gently."""
    return Counter(message.to.ref for _, message in world.log if message.key.startswith("welcome_back"))


def test_whoever_comes_back_to_a_start_that_waits_for_them_reads_no_second_one() -> None:
    world = _apart_with_a_full_week()
    _pause(world, "ana", "1d")
    world.skip(days=4)
    _pause(world, "ben", "4d")
    world.skip(days=20)
    assert _started(world) == {at("ana"): 2, at("ben"): 1}


def test_coming_back_twice_brings_one_start_to_somebody_who_has_not_heard_the_first_yet() -> None:
    world = _apart_with_a_full_week()
    _pause(world, "ana", "1d")
    world.skip(days=5)
    _pause(world, "ana", "1d")
    world.skip(days=20)
    assert _started(world) == {at("ana"): 2, at("ben"): 1}


def test_the_programmes_end_closes_its_pairs_with_one_line_for_all() -> None:
    world, pair = _a_pair(ends=date(2027, 1, 5))
    world.skip(days=40)
    assert {"look_back", "thanks"} <= set(world.steps_of("ana"))
    assert not world.said_to("ana", PairClosed)
    world.skip(days=5)
    assert world.records.pair(pair).state is PairState.CLOSED
    closed = [world.said_to(name, PairClosed) for name in ("ana", "ben")]
    assert closed[0] == closed[1] == [PairClosed(next_round_at=None)]
    before = len(world.log)
    world.skip(weeks=8)
    assert not [m for _, m in world.log[before:] if m.to.kind in {Kind.PERSON, Kind.ROOM}]


def test_the_first_summary_after_the_end_is_the_last_and_says_so() -> None:
    world, _ = _a_pair(ends=date(2027, 1, 5))
    world.skip(weeks=12)
    summaries = [one for _, m in world.log if isinstance(one := m.prompt, WeeklySummary)]
    assert [one.last for one in summaries].count(True) == 1
    assert summaries[-1].last


def test_an_end_that_is_moved_nearer_closes_the_pairs_with_the_last_summary() -> None:
    world, pair = _a_pair()
    world.skip(days=20)
    world.records.save_programme(
        replace(world.records.programmes[0], ends=(world.now - timedelta(days=1)).date())
    )
    world.skip(days=8)
    assert world.records.pair(pair).state is PairState.CLOSED
    assert len(world.said_to("ana", PairClosed)) == len(world.said_to("ben", PairClosed)) == 1


def test_somebody_away_at_the_programmes_end_hears_of_it_when_they_are_back() -> None:
    world, pair = _a_pair(ends=date(2027, 1, 5))
    world.skip(days=20)
    pausing.pause(
        world.actor("ben"), "6w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )
    world.skip(days=26)
    assert world.records.pair(pair).state is PairState.CLOSED
    assert world.records.participant(world.actor("ben").id).state is ParticipantState.PAUSED
    assert len(world.said_to("ana", PairClosed)) == 1
    assert not world.said_to("ben", PairClosed)
    world.skip(days=30)
    assert len(world.said_to("ben", PairClosed)) == 1


def test_a_card_knows_who_learns_what_in_the_pair() -> None:
    world, pair = _a_pair()
    _answer(world, "ana", pair, "know_check", "known")
    world.skip(days=40)
    told = [one for prompt in world.said_to("ben") for one in parts_of(prompt)]
    (card,) = [one for one in told if isinstance(one, StepCard) and one.step == "lean_on"]
    assert (card.facts.you, card.facts.partner) == ("Ben", "Ana")
    assert (card.facts.you_learn, card.facts.you_teach) == (("SQL",), ("Negotiation",))
