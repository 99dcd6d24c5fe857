"""The weekly summary: once a week at the owners' hour, and silent on few people."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.mentoring.errors import NotAllowed
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import WeeklySummary
from bot.use_cases import checking_in, pausing, summarising
from tests.worlds import JOURNEY, World, a_participant, a_programme, a_senior, a_world


def a_company(pairs: int, **programme: object) -> tuple[World, list[PairId]]:
    """So many pairs, accepted by both."""
    people = [a_participant(f"j{i:02}") for i in range(pairs)] + [a_senior(f"s{i:02}") for i in range(pairs)]
    world = a_world(*people)
    set_up = a_programme(**programme)
    world.records.save_programme(replace(set_up, next_summary_at=set_up.after_summary(world.now)))
    found = world.propose_all()
    for pair in found:
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    return world, found


def summaries(world: World) -> list[tuple[datetime, WeeklySummary]]:
    """The summaries in the channel, with their moments."""
    return [(at, each.prompt) for at, each in world.log if isinstance(each.prompt, WeeklySummary)]


def shown(world: World) -> list[int | None]:
    """The meetings that each summary showed."""
    return [each.figures.meetings if each.figures else None for _, each in summaries(world)]


def meet(world: World, pairs: list[PairId]) -> None:
    """The lower side of each pair tells that they met."""
    for pair in pairs:
        who = world.actor(world.records.pair(pair).a)
        checking_in.met(who, pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids)


def test_four_weeks_hold_four_summaries_at_the_owners_hour() -> None:
    world, _ = a_company(10)
    world.skip(weeks=4)
    moments = [at.astimezone(ZoneInfo("Europe/Berlin")) for at, _ in summaries(world)]
    assert len(moments) == 4
    assert {(at.weekday(), at.hour) for at in moments} == {(0, 9)}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Pacific/Auckland"])
def test_a_summary_comes_once_a_week_over_every_clock_change_of_a_year(zone: str) -> None:
    world = a_world(a_participant(), a_senior())
    programme = a_programme(zone=zone, next_round_at=None)
    world.records.save_programme(
        replace(programme, next_summary_at=programme.after_summary(world.now), next_round_at=None)
    )
    world.skip(weeks=53)
    days = [at.astimezone(ZoneInfo(zone)) for at, _ in summaries(world)]
    assert len(days) == 53
    assert {(day.weekday(), day.hour) for day in days} == {(0, 9)}
    assert {(later.date() - earlier.date()).days for earlier, later in pairwise(days)} == {7}


def test_after_a_long_silence_of_the_bot_one_summary_comes_and_not_one_for_every_week() -> None:
    world, _ = a_company(10)
    world.now += timedelta(weeks=5)
    world.settle()
    assert len(summaries(world)) == 1


@pytest.mark.parametrize("pairs", [1, 9])
def test_under_ten_pairs_the_summary_says_only_that_the_programme_runs(pairs: int) -> None:
    world, found = a_company(pairs)
    meet(world, found)
    world.skip(weeks=3)
    assert [each.figures for _, each in summaries(world)] == [None] * 3


def test_before_the_first_round_there_are_no_figures() -> None:
    world = a_world()
    world.skip(days=6)
    assert [each.figures for _, each in summaries(world)] == [None]


def test_the_figures_of_a_round_do_not_move_when_people_leave_or_join() -> None:
    world, found = a_company(10)
    world.skip(weeks=1)
    for name in world.records.pair(found[0]).sides:
        pausing.leave(world.actor(name), records=world.records, now=world.now, new_id=world.ids)
    world.records.save_participant(a_participant("new"))
    world.skip(weeks=2)
    figures = [each.figures for _, each in summaries(world)]
    assert len({(each.opted_in, each.pairs, each.wanted) for each in figures if each}) == 1
    assert figures[0] is not None
    assert (figures[0].opted_in, figures[0].pairs) == (20, 10)


def test_meetings_move_only_when_five_people_stand_behind_the_move() -> None:
    world, found = a_company(10)
    world.skip(hours=1)
    meet(world, found[:2])
    world.skip(weeks=1)
    assert shown(world) == [None], "four people"
    meet(world, found[2:3])
    world.skip(weeks=1)
    assert shown(world) == [None, 3], "what was held back comes with the six"
    meet(world, found[3:4])
    world.skip(weeks=1)
    assert shown(world) == [None, 3, 3]


def test_the_same_four_people_who_meet_often_do_not_move_the_figure() -> None:
    world, found = a_company(10)
    world.skip(hours=1)
    for _ in range(4):
        meet(world, found[:2])
        world.skip(weeks=1)
    assert shown(world) == [None] * 4


def test_no_figure_moves_between_two_weeks_of_a_round_on_fewer_than_five_people() -> None:
    world, found = a_company(12)
    before: set[str] = set()
    for week in range(8):
        world.skip(days=1)
        behind = found[week : week + week % 4]
        meet(world, behind)
        before |= {side for pair in behind for side in world.records.pair(pair).sides}
        world.skip(days=6)
        cells = [
            (each.figures.opted_in, each.figures.pairs, each.figures.meetings, each.figures.wanted)
            for _, each in summaries(world)[-2:]
            if each.figures
        ]
        if len(set(cells)) > 1:
            assert len(before) >= 5
            before = set()


def test_asking_for_the_summary_moves_nothing_and_shows_the_last() -> None:
    world, found = a_company(10)
    world.skip(weeks=1)
    meet(world, found)
    rounds = dict(world.records.round_rows)
    answer = summarising.show_summary(world.actor("owner"), records=world.records)
    assert answer.figures is not None
    assert answer.figures.meetings is None
    assert world.records.round_rows == rounds
    world.skip(weeks=1)
    assert shown(world)[-1] == 10


def test_only_an_owner_asks_for_it() -> None:
    world = a_world()
    with pytest.raises(NotAllowed):
        summarising.show_summary(world.actor("ana"), records=world.records)


def test_a_summary_holds_no_name_of_anybody() -> None:
    world, found = a_company(10)
    meet(world, found)
    world.skip(weeks=2)
    names = {one.name for one in world.records.participants()}
    said = " ".join(repr(each) for _, each in summaries(world))
    assert not [name for name in names if name in said]
