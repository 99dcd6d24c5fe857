"""Pausing, coming back, leaving, and closed accounts: who hears what, and when."""

from datetime import timedelta

import pytest

from bot.mentoring.errors import BadInput, NotJoined, NotPossibleNow, Problem
from bot.mentoring.ids import PairId
from bot.mentoring.limits import WINDOW
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours, ParticipantState, Profile, Standing
from bot.mentoring.prompts import (
    CameToNothing,
    LeaveAsked,
    LeftProgramme,
    PairClosed,
    PairQuiet,
    PartnerAway,
    Paused,
    PauseEnded,
    Proposal,
    Resumed,
)
from bot.use_cases import hearing, pausing
from tests.worlds import World, a_participant, a_senior, a_world, at


def pause(world: World, name: str, until: str = "2w", *, tell: bool = False) -> Paused:
    """Somebody pauses."""
    return pausing.pause(
        world.actor(name), until, tell_partners=tell, records=world.records, now=world.now, new_id=world.ids
    )


def resume(world: World, name: str) -> Resumed:
    """Somebody comes back."""
    return pausing.resume(world.actor(name), records=world.records, now=world.now, new_id=world.ids)


def leave(world: World, name: str) -> LeftProgramme:
    """Somebody leaves."""
    return pausing.leave(world.actor(name), records=world.records, now=world.now, new_id=world.ids)


def hear(world: World, name: str, standing: Standing) -> None:
    """The platform tells of an account."""
    told = Profile(at(name), name.capitalize(), "Europe/Berlin", admin=False, standing=standing)
    hearing.hear_of(told, records=world.records, now=world.now, new_id=world.ids)


def an_active_pair() -> tuple[World, PairId]:
    """Ana and Ben, introduced."""
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()
    return world, pair


def state(world: World, pair: PairId) -> PairState:
    """Where the pair stands."""
    return world.records.pair(pair).state


def test_a_pause_ends_by_itself_in_the_morning_of_its_day_and_the_pair_goes_on() -> None:
    world, pair = an_active_pair()
    ends = pause(world, "ben", "2026-12-09").until
    assert (ends.isoformat(), state(world, pair)) == ("2026-12-08T23:00:00+00:00", PairState.ACTIVE)
    world.skip(days=5)
    assert state(world, pair) is PairState.PAUSED
    world.skip(days=9)
    assert not world.said_to("ben", PauseEnded)
    world.skip(days=2)
    assert len(world.said_to("ben", PauseEnded)) == 1
    (moment,) = [moment for moment, message in world.log if isinstance(message.prompt, PauseEnded)]
    assert moment.isoformat() == "2026-12-09T08:00:00+00:00"
    assert state(world, pair) is PairState.ACTIVE


def test_nothing_is_said_to_a_paused_person() -> None:
    world, _ = an_active_pair()
    pause(world, "ben", "4w")
    heard = len(world.said_to("ben"))
    world.skip(days=27)
    assert len(world.said_to("ben")) == heard


def test_what_waited_for_somebody_who_pauses_comes_after_it_in_their_hours() -> None:
    world, _ = an_active_pair()
    leave(world, "ana")
    pause(world, "ben", "3w")
    world.skip(days=20)
    assert not world.said_to("ben", PairClosed)
    world.skip(days=7)
    assert len(world.said_to("ben", PairClosed)) == 1
    for moment, message in world.log:
        if at("ben") in message.to.readers:
            assert Hours("Europe/Berlin").covers(moment), f"{message.prompt} at {moment}"


def test_a_pair_of_two_who_pause_rests_until_both_are_back() -> None:
    world, pair = an_active_pair()
    pause(world, "ana", "1w")
    pause(world, "ben", "3w")
    world.skip(days=10)
    assert state(world, pair) is PairState.PAUSED
    assert len(world.said_to("ana", PauseEnded)) == 1
    world.skip(days=14)
    assert state(world, pair) is PairState.ACTIVE
    assert world.said_to("ana", PairQuiet) == [PairQuiet()]
    assert world.said_to("ben", PairQuiet) == []


def test_somebody_whose_partner_paused_meanwhile_hears_it_on_coming_back() -> None:
    world, pair = an_active_pair()
    pause(world, "ana", "3w")
    world.skip(days=6)
    assert state(world, pair) is PairState.PAUSED
    until = pause(world, "ben", "8w", tell=True).until
    world.skip(days=16)
    assert world.said_to("ana", PartnerAway) == [PartnerAway(until)]


def test_somebody_who_comes_back_to_a_pair_that_goes_on_does_not_hear_that_it_rests() -> None:
    world, pair = an_active_pair()
    pause(world, "ana", "1w")
    pause(world, "ben", "2w")
    resume(world, "ana")
    resume(world, "ben")
    assert state(world, pair) is PairState.ACTIVE
    world.skip(days=21)
    assert not world.said_to("ben", PairQuiet)
    assert not world.said_to("ana", PairQuiet)


def test_coming_back_at_once_takes_the_quiet_line_back() -> None:
    world, _ = an_active_pair()
    pause(world, "ben")
    assert resume(world, "ben").was_paused
    world.skip(days=7)
    assert not world.said_to("ana", PairQuiet)
    assert not world.said_to("ben", PauseEnded)


def test_coming_back_from_nothing_says_so() -> None:
    world = a_world()
    assert not resume(world, "ana").was_paused
    assert world.records.people[a_participant().id] == a_participant()


def test_pausing_again_moves_the_day() -> None:
    world, _ = an_active_pair()
    pause(world, "ben", "1w")
    later = pause(world, "ben", "3w")
    assert later.active_pairs == 1
    world.skip(days=14)
    assert not world.said_to("ben", PauseEnded)
    world.skip(days=9)
    assert len(world.said_to("ben", PauseEnded)) == 1
    assert len(world.said_to("ana", PairQuiet)) == 1


def test_partners_read_the_day_with_the_tick_and_the_neutral_line_without() -> None:
    for tell in (True, False):
        world, _ = an_active_pair()
        until = pause(world, "ben", tell=tell).until
        world.skip(days=6)
        assert world.said_to("ana", PartnerAway) == ([PartnerAway(until)] if tell else [])
        assert world.said_to("ana", PairQuiet) == ([] if tell else [PairQuiet()])


def test_the_day_is_told_once_however_often_the_button_is_pressed() -> None:
    world, _ = an_active_pair()
    pause(world, "ben")
    first = pausing.tell_partners(world.actor("ben"), records=world.records, now=world.now)
    assert pausing.tell_partners(world.actor("ben"), records=world.records, now=world.now) == first
    world.skip(days=3)
    assert len(world.said_to("ana", PartnerAway)) == 1


def test_there_is_no_day_to_tell_without_a_pause() -> None:
    world, _ = an_active_pair()
    with pytest.raises(NotPossibleNow):
        pausing.tell_partners(world.actor("ben"), records=world.records, now=world.now)


@pytest.mark.parametrize(
    ("until", "problem"),
    [
        ("", Problem.EMPTY),
        ("soon", Problem.NOT_A_DATE),
        ("2026-02-30", Problem.NOT_A_DATE),
        ("2020-01-01", Problem.NOT_A_DATE),
        ("2026-11-24", Problem.IN_THE_PAST),
        ("0d", Problem.IN_THE_PAST),
        ("2028-01-01", Problem.TOO_FAR),
        ("9999w", Problem.TOO_FAR),
        ("99999w", Problem.NOT_A_DATE),
        ("\u0663w", Problem.NOT_A_DATE),
        ("\u00b2w", Problem.NOT_A_DATE),
        ("-2w", Problem.NOT_A_DATE),
        ("until", Problem.EMPTY),
        ("2w; leave", Problem.NOT_A_DATE),
    ],
)
def test_an_end_that_cannot_be_is_refused_and_nobody_pauses(until: str, problem: Problem) -> None:
    world, pair = an_active_pair()
    if until == "2020-01-01":
        problem = Problem.IN_THE_PAST
    with pytest.raises(BadInput) as refused:
        pause(world, "ben", until)
    assert (refused.value.field, refused.value.problem) == ("until", problem)
    assert state(world, pair) is PairState.ACTIVE


@pytest.mark.parametrize("until", ["2w", "14 days", "until 2026-12-08", "2026-12-08", "for 2 weeks", "14D"])
def test_an_end_is_read_in_the_ways_people_write_it(until: str) -> None:
    assert pause(a_world(), "ana", until).until.isoformat() == "2026-12-07T23:00:00+00:00"


def test_a_proposal_of_somebody_who_pauses_comes_to_nothing() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    pause(world, "ben")
    world.skip(days=6)
    assert world.said_to("ana", CameToNothing) == [CameToNothing()]
    assert state(world, pair) is PairState.DECLINED


def test_leaving_asks_once_more_and_changes_nothing_before() -> None:
    world, pair = an_active_pair()
    assert pausing.ask_leave(world.actor("ben"), records=world.records) == LeaveAsked(pairs=1)
    assert state(world, pair) is PairState.ACTIVE


def test_leaving_twice_says_the_same_and_nothing_can_be_done_after_it() -> None:
    world, pair = an_active_pair()
    assert leave(world, "ben") == leave(world, "ben")
    world.skip(days=6)
    assert state(world, pair) is PairState.CLOSED
    for do in (lambda: pause(world, "ben"), lambda: resume(world, "ben")):
        with pytest.raises(NotJoined):
            do()


def test_two_who_leave_hear_nothing_of_each_other() -> None:
    world, _ = an_active_pair()
    leave(world, "ben")
    leave(world, "ana")
    heard = [len(world.said_to(name)) for name in ("ana", "ben")]
    world.skip(days=10)
    assert [len(world.said_to(name)) for name in ("ana", "ben")] == heard


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.MEMBER])
def test_an_account_that_closes_or_becomes_a_guests_leaves_quietly(standing: Standing) -> None:
    world, pair = an_active_pair()
    hear(world, "ben", standing)
    assert world.records.people[a_senior().id].state is ParticipantState.LEFT
    heard = len(world.said_to("ben"))
    world.skip(days=10)
    assert state(world, pair) is PairState.CLOSED
    assert len(world.said_to("ben")) == heard
    assert len(world.said_to("ana", PairClosed)) == 1
    assert not world.said_to("owner", PairClosed)


def test_a_closed_account_reads_like_leaving_to_the_partner() -> None:
    lines = []
    for closing in (lambda world: leave(world, "ben"), lambda world: hear(world, "ben", Standing.CLOSED)):
        world, _ = an_active_pair()
        closing(world)
        world.skip(days=10)
        lines.append(
            [(moment, message.prompt) for moment, message in world.log if at("ana") in message.to.readers]
        )
    assert lines[0] == lines[1]


def test_news_of_a_member_changes_nothing_but_the_profile() -> None:
    world, pair = an_active_pair()
    hear(world, "ben", Standing.MEMBER)
    assert state(world, pair) is PairState.ACTIVE
    assert world.records.profile(at("ben")) is not None


def test_news_of_people_who_never_came_here_is_not_kept() -> None:
    world = a_world()
    hear(world, "zoe", Standing.MEMBER)
    hear(world, "yan", Standing.CLOSED)
    assert world.records.profiles == {}


def test_a_proposal_that_waits_for_the_morning_is_not_sent_to_somebody_who_paused_meanwhile() -> None:
    world = a_world(a_participant(), a_senior(hours=Hours("America/New_York")))
    world.propose_all()
    pause(world, "ben")
    world.skip(days=30)
    assert not world.said_to("ben", Proposal)


def test_pausing_without_a_day_offers_two_weeks() -> None:
    world = a_world()
    form = pausing.open_pause(world.actor("ana"), records=world.records, now=world.now)
    assert form.until == (world.now + timedelta(weeks=2)).date()


def test_what_waited_for_a_pause_comes_inside_the_limits_after_it() -> None:
    juniors = [a_participant(f"p{place}") for place in range(5)]
    world = a_world(a_senior(places=5), *juniors)
    for pair in world.propose_all():
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.skip(days=1)
    for one in juniors:
        leave(world, one.id)
    pause(world, "ben", "4w")
    world.skip(days=27)
    assert not world.said_to("ben", PairClosed)
    world.skip(days=33)
    moments = [moment for moment, each in world.log if at("ben") in each.to.readers and each.counts_for]
    assert len(world.said_to("ben", PairClosed)) == 5
    assert max(sum(end - WINDOW <= moment <= end for moment in moments) for end in moments) == 3
