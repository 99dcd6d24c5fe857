"""Sixty people whose topics real people declared, for four weeks: introduced, prompted, never pestered."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from bot import public_holidays
from bot.mentoring.conditions import CHECK_IN
from bot.mentoring.ids import Address, PairId
from bot.mentoring.limits import MOST_MESSAGES, MOST_NUDGES, WINDOW
from bot.mentoring.pair import PairState
from bot.mentoring.prompts import (
    Introduction,
    Joined,
    NoPairThisRound,
    Proposal,
    StepCheckIn,
    StepQuestion,
    StepsTogether,
    WeeklySummary,
)
from bot.ports import Kind, Message
from bot.use_cases import checking_in, joining
from bot.use_cases.joining import JoinAnswers
from tests.tree import ROOT
from tests.worlds import JOURNEY, TOPICS, World, a_programme, at

ROSTER = ROOT / "tests" / "data" / "people_60.csv"
UNCOUNTED = (Proposal, Introduction)


@dataclass
class Played:
    """Four weeks as they went: the world, the released pairs, and how many people joined."""

    world: World
    pairs: list[PairId]
    joined: int
    heard: dict[str, list[tuple[datetime, Message]]] = field(default_factory=lambda: defaultdict(list))


def topics_of(cell: str) -> tuple[str, ...]:
    """The topics of a cell."""
    return tuple(topic.strip() for topic in cell.split(";") if topic.strip())


def join_everybody(world: World) -> int:
    """Everybody on the roster opts in with what they declared; how many."""
    with ROSTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        answers = JoinAnswers(
            name=row["name"],
            level=row["level"],
            department=row["department"],
            learn=topics_of(row["learn"]),
            teach=topics_of(row["teach"]),
            places=row["places"],
            starts="09:00",
            ends="17:00",
            zone=row["timezone"],
            languages=topics_of(row["languages"]),
            manager=at(row["manager"]) if row["manager"] else None,
            since=row["since"],
            findable=True,
        )
        answer = joining.join(
            world.actor(row["id"]),
            answers,
            TOPICS,
            public_holidays,
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
        assert isinstance(answer, Joined)
    return len(rows)


def meet_some(world: World) -> None:
    """Every third active pair tells that it met, every third that it has not yet where it was asked."""
    for place, pair in enumerate(world.records.pairs([PairState.ACTIVE])):
        actor = world.actor(world.records.participant(pair.sides[place % 2]).address.rsplit(":", 1)[1])
        asked = any(done.step == CHECK_IN and done.to == actor.id for done in world.records.done(pair.id))
        if place % 3 == 0:
            checking_in.met(actor, pair.id, JOURNEY, records=world.records, now=world.now, new_id=world.ids)
        elif place % 3 == 1 and asked:
            checking_in.not_yet(actor, pair.id, JOURNEY, records=world.records, now=world.now)


@cache
def played(*, lively: bool) -> Played:
    """Draft, look over, release; both sides of every pair accept; then four weeks, silent or lively."""
    world = World()
    programme = a_programme()
    world.records.save_programme(
        a_programme(next_summary_at=programme.after_summary(world.now), next_round_at=None)
    )
    joined = join_everybody(world)
    pairs = world.propose_all()
    for key in pairs:
        for side in world.records.pair(key).sides:
            world.accept(world.records.participant(side).address.rsplit(":", 1)[1], key)
    for day in range(28):
        world.skip(days=1)
        if lively and day % 5 == 3:
            meet_some(world)
    story = Played(world, pairs, joined)
    for moment, message in world.log:
        for reader in message.to.readers:
            story.heard[reader].append((moment, message))
    return story


@pytest.fixture(params=[False, True], ids=["silent", "lively"])
def story(request: pytest.FixtureRequest) -> Played:
    """Four weeks, with nobody answering and with answers."""
    return played(lively=request.param)


def of_pair(story: Played, key: PairId, kind: type[Introduction]) -> list[Message]:
    """The messages of one kind that are about a pair."""
    return [each for _, each in story.world.log if isinstance(each.prompt, kind) and each.prompt.pair == key]


def most_in_a_week(times: list[datetime]) -> int:
    """The largest number of these in any seven days."""
    return max((sum(end - WINDOW <= moment <= end for moment in times) for end in times), default=0)


def started(story: Played, reader: Address) -> list[tuple[datetime, Message]]:
    """What the bot started with somebody, in direct messages and rooms."""
    return [
        (moment, each)
        for moment, each in story.heard[reader]
        if each.to.kind in (Kind.PERSON, Kind.ROOM) and not isinstance(each.prompt, UNCOUNTED)
    ]


def people(story: Played) -> list[Address]:
    """Everybody who takes part."""
    return [one.address for one in story.world.records.participants()]


def test_everybody_joins_and_enough_pairs_come_about(story: Played) -> None:
    assert story.joined == len(people(story)) == 60
    assert len(story.pairs) >= 20
    states = Counter(story.world.records.pair(key).state for key in story.pairs)
    assert states == {PairState.ACTIVE: len(story.pairs)}


def test_every_pair_is_introduced_once_and_to_both(story: Played) -> None:
    for key in story.pairs:
        sides = {
            story.world.records.participant(side).address for side in story.world.records.pair(key).sides
        }
        readers = [reader for each in of_pair(story, key, Introduction) for reader in each.to.readers]
        assert sorted(readers) == sorted(sides)


def test_every_pair_reads_its_prompts_in_order(story: Played) -> None:
    for key in story.pairs:
        said = [done for done in story.world.records.done(key) if done.to is None]
        assert [done.step for done in said[:3]] == ["introduction", "know_each_other", "align"]
        assert all(later.at - earlier.at >= timedelta(days=1) for earlier, later in pairwise(said))


def test_everything_leaves_in_the_hours_of_everybody_who_reads_it(story: Played) -> None:
    hours = {one.address: one.hours for one in story.world.records.participants()}
    for reader, messages in story.heard.items():
        for moment, message in messages:
            if reader in hours and message.to.kind in (Kind.PERSON, Kind.ROOM):
                assert hours[Address(reader)].covers(moment), f"{message.prompt} to {reader} at {moment}"


def test_nobody_gets_more_than_the_limits_over_all_their_pairs(story: Played) -> None:
    for reader in people(story):
        messages = started(story, reader)
        assert most_in_a_week([moment for moment, _ in messages]) <= MOST_MESSAGES, reader
        nudges = [moment for moment, each in messages if each.nudge]
        assert most_in_a_week(nudges) <= MOST_NUDGES, reader


def test_who_has_no_pair_is_told_why(story: Played) -> None:
    world = story.world
    paired = {side for key in story.pairs for side in world.records.pair(key).sides}
    for one in world.records.participants():
        told = [each for _, each in story.heard[one.address] if isinstance(each.prompt, NoPairThisRound)]
        assert len(told) == int(one.id not in paired and one.places > 0), one.name


def test_both_sides_of_every_pair_are_asked_whether_they_met(story: Played) -> None:
    for key in story.pairs:
        pair = story.world.records.pair(key)
        asked = {done.to for done in story.world.records.done(key) if done.step == CHECK_IN}
        assert asked == set(pair.sides) or story.world.records.meetings(key)


def test_four_summaries_stand_in_the_channel(story: Played) -> None:
    summaries = [each.prompt for _, each in story.world.log if isinstance(each.prompt, WeeklySummary)]
    assert len(summaries) == 4
    for summary in summaries:
        assert isinstance(summary, WeeklySummary)
        assert summary.figures is not None
        assert (summary.figures.opted_in, summary.figures.pairs) == (60, len(story.pairs))


def test_nothing_is_said_twice(story: Played) -> None:
    keys = [message.key for _, message in story.world.log]
    assert len(keys) == len(set(keys))
    for reader, messages in story.heard.items():
        said = Counter(
            (repr(each.prompt))
            for _, each in messages
            if not isinstance(each.prompt, StepCheckIn | StepQuestion | StepsTogether)
        )
        twice = [prompt for prompt, count in said.items() if count > 1 and "Summary" not in prompt]
        assert not twice, reader


def test_the_figures_of_the_four_weeks(story: Played, capsys: pytest.CaptureFixture[str]) -> None:
    busiest = max(
        most_in_a_week([moment for moment, _ in started(story, reader)]) for reader in people(story)
    )
    kinds = Counter(type(message.prompt).__name__ for _, message in story.world.log)
    held = sum(len(story.world.records.meetings(key)) for key in story.pairs)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what this test is for
            f"\n{story.joined} people, {len(story.pairs)} pairs, {held} meetings; at most {busiest} messages"
            f" to one person in any seven days; sent: "
            + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        )
    assert kinds["WeeklySummary"] == 4
