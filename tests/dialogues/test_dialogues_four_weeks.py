"""A roster of sixty, everybody in, one round, four weeks: the whole story over the sandbox's calls alone."""

import re
from datetime import UTC, datetime

import pytest

from tests.dialogues.four_weeks import INTRODUCTION, Played, Said, played
from tests.dialogues.town import Town

WEEKS = 4
EVERYBODY = 60
DAYS_OF_ANSWERS = 4


async def test_sixty_people_live_through_four_weeks(roster_town: Town) -> None:
    town = roster_town
    owner = await town.owner()
    joined = await town.opt_everyone_in()
    assert joined == {"ok": True, "opted_in": EVERYBODY, "failed": {}}
    drafted = await town.say(owner, "/mentor match")
    assert drafted.startswith("Round 1 is drafted"), drafted
    await town.press(owner, "Review pairs")
    await town.press(owner, "Release")
    proposed = await _everybody_accepts(town)
    assert proposed, [one["text"] for one in (await town.state(owner))["messages"]]
    for day in range(WEEKS * 7):
        await town.skip(1)
        if day < DAYS_OF_ANSWERS:
            proposed |= await _everybody_accepts(town)
    told = played(await town.state(), proposed)
    proposals = len(proposed)
    pairs = len(told.pairs())
    introduced = sum(len(one.readers) for one in told.said if one.has(INTRODUCTION))
    print(  # noqa: T201 - the figures are what this test reports
        f"\n{pairs} pairs and {introduced} who read an introduction of {proposals} proposals;"
        f" {told.told_alone()} of them heard a stage alone;"
        f" {len(told.said)} messages {dict(told.kinds())}; out of hours {len(told.out_of_hours())};"
        f" at most {told.busiest_week()} a week and {told.most_nudges()} reminders;"
        f" {len(told.twice())} twice; {len(told.summaries)} summaries",
    )
    assert proposals == introduced
    assert pairs >= 20
    assert told.out_of_order() == []
    assert told.told_alone() <= pairs / 10
    assert told.out_of_hours() == []
    assert told.busiest_week() <= 3
    assert told.most_nudges() <= 1
    assert told.twice() == []
    assert len(told.summaries) == WEEKS
    for summary in told.summaries:
        figures = dict(re.findall(r"(Opted in|Pairs in round 1): (\d+)", summary))
        assert figures == {"Opted in": str(EVERYBODY), "Pairs in round 1": str(proposals // 2)}


async def _everybody_accepts(town: Town) -> set[str]:
    """Press Accept wherever it stands; the messages that held it."""
    pressed = set()
    state = await town.state()
    direct = {one["id"]: one["members"] for one in state["channels"] if one["kind"] == "direct"}
    people = {one["id"] for one in state["people"]}
    for message in state["messages"]:
        if "Accept" in message["buttons"]:
            (person,) = people.intersection(direct[message["channel"]])
            await town.press(person, "Accept", message["ts"])
            pressed.add(str(message["ts"]))
    return pressed


@pytest.mark.parametrize(("day", "counts"), [(30, True), (31, False)])
def test_that_a_date_is_off_counts_unless_it_comes_in_the_place_of_its_reminder(
    day: int, *, counts: bool
) -> None:
    line = "Friday 1 January, 11:00 does not work out for Ben after all, so that time is yours again."
    said = Said(datetime(2026, 12, day, 9, tzinfo=UTC), line, "D1", ("ANA",))
    told = Played((said,), (), {"ANA": "Europe/London"})
    assert told.counted() == {"ANA": [said] if counts else []}
