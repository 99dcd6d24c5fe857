"""The journey and the areas of the product: what is done falls away, and what is open is asked in time."""

from datetime import timedelta

import pytest

from bot.mentoring.agreement import aligned_due
from bot.mentoring.ethics import CODE
from bot.mentoring.fit import Fit
from bot.mentoring.goals import Aim
from bot.mentoring.ids import PairId
from bot.mentoring.meetings import Every
from bot.mentoring.people import Track
from bot.mentoring.prompts import StepCard
from bot.use_cases import acknowledging, agreeing, aiming, answering, checking_in, dates, fitting, rhythms
from tests.worlds import JOURNEY, World, a_participant, a_senior, a_world, parts_of

TERMS = {
    "learn": "To stay calm",
    "share": "SQL",
    "hope": "An honest look",
    "often": "fortnightly",
    "reply": "two_days",
    "look_back": "8",
    "channel": "A call",
    "cancel": "A line the day before",
}


def introduced(world: World) -> PairId:
    """The one pair of a world, opened by both."""
    (pair,) = world.propose_all()
    for side in world.records.pair(pair).sides:
        world.accept(side, pair)
    world.settle()
    return pair


def met(world: World, pair: PairId) -> None:
    """The two met, and Ana says so."""
    checking_in.met(world.actor("ana"), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids)
    world.settle()


def known(world: World, pair: PairId) -> None:
    """Ana says that they know each other a bit."""
    answering.answer(
        world.actor("ana"), pair, "know_check", "known", JOURNEY, records=world.records, now=world.now
    )


def expect(world: World, pair: PairId, *names: str) -> None:
    """These people write what they expect."""
    for name in names:
        agreeing.keep_expectations(world.actor(name), pair, TERMS, records=world.records, now=world.now)


def agree(world: World, pair: PairId) -> None:
    """The two have an agreement."""
    expect(world, pair, "ana", "ben")
    for name in ("ana", "ben"):
        agreeing.agree(world.actor(name), pair, "", records=world.records, now=world.now)


def told_on(world: World, name: str, step: str) -> list[int]:
    """On which days of the story so far somebody was told a step."""
    first = world.log[0][0]
    mine = [(at, one) for at, one in world.log if name.upper() in str(one.to.readers)]
    return [(at - first).days for at, one in mine for part in parts_of(one.prompt) if part.step == step]


def test_the_primer_and_the_code_come_before_the_first_meeting_and_a_code_that_is_kept_is_not_asked() -> None:
    """C9, D8."""
    world = a_world()
    introduced(world)
    acknowledging.acknowledge_code(world.actor("ana"), str(CODE), records=world.records, now=world.now)
    world.skip(days=2)
    assert [world.steps_of(name).count("primer") for name in ("ana", "ben")] == [1, 1]
    assert [world.steps_of(name).count("keep_the_code") for name in ("ana", "ben")] == [0, 1]


def test_who_has_three_pairs_reads_the_primer_once() -> None:
    seniors = [a_senior(name, learn=("SQL",), teach=("Negotiation",)) for name in ("ben", "cem", "dan")]
    world = a_world(a_participant(places=3), *seniors)
    for pair in world.propose_all():
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.skip(weeks=3)
    assert world.steps_of("ana").count("primer") == 1
    assert all(world.steps_of(name).count("primer") == 1 for name in ("ben", "cem", "dan"))


def test_each_side_is_coached_on_the_day_before_a_date_and_after_a_week_without_one() -> None:
    """A6, E3, E4."""
    world = a_world()
    pair = introduced(world)
    day = (world.now + timedelta(days=13)).date().isoformat()
    world.set_date(pair, day, "10:00")
    world.skip(days=13)
    assert told_on(world, "ben", "senior_before_1") == [12]
    assert told_on(world, "ana", "junior_before_1") == [12]
    undated = a_world()
    introduced(undated)
    undated.skip(days=9)
    assert "senior_before_1" in undated.steps_of("ben")
    assert "junior_before_1" not in undated.steps_of("ben")
    assert "senior_before_1" not in undated.steps_of("ana")


def test_the_senior_side_is_coached_before_each_of_its_first_three_meetings_and_no_more() -> None:
    """E3."""
    world = a_world()
    pair = introduced(world)
    for _ in range(5):
        world.skip(days=14)
        met(world, pair)
    world.skip(days=30)
    coached = [one for one in world.steps_of("ben") if one.startswith("senior_before")]
    assert coached == ["senior_before_1", "senior_before_2", "senior_before_3"]


def test_roles_are_compared_once_around_the_second_meeting_for_both() -> None:
    """E6, C12: and whoever learns reads how to lead."""
    world = a_world()
    pair = introduced(world)
    for _ in range(3):
        world.skip(days=12)
        met(world, pair)
    world.skip(days=20)
    for name in ("ana", "ben"):
        assert world.steps_of(name).count("roles_compared") == 1
        assert world.steps_of(name).count("managing_up") == 1


@pytest.mark.parametrize("written", [(), ("ana",), ("ana", "ben")])
def test_the_card_about_expectations_falls_away_once_both_have_written(written: tuple[str, ...]) -> None:
    """C3."""
    world = a_world()
    pair = introduced(world)
    expect(world, pair, *written)
    world.skip(days=30)
    assert ("align" in world.steps_of("ana")) is (len(written) < 2)


def test_a_pair_whose_card_about_expectations_fell_away_comes_to_its_goals() -> None:
    world = a_world()
    pair = introduced(world)
    expect(world, pair, "ana", "ben")
    for _ in range(3):
        world.skip(days=9)
        met(world, pair)
        known(world, pair)
    world.skip(days=14)
    assert "goals" in world.steps_of("ana")
    assert "align" not in world.steps_of("ana")


@pytest.mark.parametrize("agreed", [False, True])
def test_the_rhythm_is_asked_around_the_first_meeting_unless_it_is_agreed(*, agreed: bool) -> None:
    """B8, D9."""
    world = a_world()
    pair = introduced(world)
    for name in ("ana", "ben") if agreed else ():
        rhythms.choose_rhythm(
            world.actor(name),
            pair,
            Every.TWO_WEEKS,
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
    world.skip(days=8)
    met(world, pair)
    world.skip(days=8)
    assert ("our_rhythm" in world.steps_of("ben")) is not agreed


def test_how_it_feels_is_asked_of_each_alone_after_the_first_meeting_once() -> None:
    """B5: whoever said so already is not asked."""
    world = a_world()
    pair = introduced(world)
    world.skip(days=10)
    assert "fit_asked" not in world.steps_of("ana")
    met(world, pair)
    fitting.answer_fit(world.actor("ben"), pair, Fit.GOOD, records=world.records, now=world.now)
    world.skip(days=10)
    met(world, pair)
    world.skip(days=20)
    assert world.steps_of("ana").count("fit_asked") == 1
    assert world.steps_of("ben").count("fit_asked") == 0


def test_only_the_senior_side_is_asked_whether_it_helped_and_around_the_third_meeting() -> None:
    """A10."""
    world = a_world()
    pair = introduced(world)
    for _ in range(3):
        assert "helped_asked" not in world.steps_of("ben")
        world.skip(days=12)
        met(world, pair)
    world.skip(days=21)
    assert world.steps_of("ben").count("helped_asked") == 1
    assert world.steps_of("ana").count("helped_asked") == 0


def test_still_right_is_asked_after_as_many_weeks_as_they_agreed_and_again() -> None:
    """C5."""
    world = a_world()
    pair = introduced(world)
    agree(world, pair)
    due = aligned_due(world.records.agreement(pair), world.records.pair(pair).a)
    assert due == world.now + timedelta(weeks=8)
    for _ in range(5):
        world.skip(days=10)
        met(world, pair)
    assert "still_aligned" not in world.steps_of("ana")
    world.skip(days=12)
    assert world.steps_of("ana").count("still_aligned") == 1
    for _ in range(7):
        world.skip(days=10)
        met(world, pair)
    assert world.steps_of("ana").count("still_aligned") == 2


def test_a_stall_cites_the_goal_of_the_reader_and_of_nobody_else() -> None:
    """E9, E10."""
    world = a_world()
    pair = introduced(world)
    aim = Aim("Say no kindly", "I did it twice", "Write down one sentence")
    aiming.set_goal(world.actor("ana"), pair, aim, records=world.records, now=world.now)
    for _ in range(2):
        world.skip(days=10)
        met(world, pair)
    world.skip(days=40)
    cited = {
        name: [
            part.facts.goal
            for prompt in world.said_to(name)
            for part in parts_of(prompt)
            if isinstance(part, StepCard) and part.step == "after_the_second"
        ]
        for name in ("ana", "ben")
    }
    assert cited == {"ana": ["Say no kindly"], "ben": [""]}


def test_a_one_sided_pair_is_asked_in_its_first_stage_what_flows_back() -> None:
    """C6."""
    world = a_world(a_participant(teach=()), a_senior(learn=()))
    introduced(world)
    world.skip(days=6)
    assert world.steps_of("ben").count("what_flows_back") == 1
    both = a_world()
    introduced(both)
    both.skip(days=20)
    assert "what_flows_back" not in both.steps_of("ben")


def test_only_a_handover_speaks_of_handing_on() -> None:
    """D7."""
    for track in (Track.HANDOVER, Track.LEARNING):
        world = a_world(a_participant(), a_senior(track=track))
        pair = introduced(world)
        for _ in range(2):
            world.skip(days=10)
            met(world, pair)
        world.skip(days=14)
        assert ("handover" in world.steps_of("ana")) is (track is Track.HANDOVER)


def test_two_dates_cancelled_in_a_row_bring_the_ten_minutes_and_one_does_not() -> None:
    world = a_world()
    pair = introduced(world)
    for times in range(2):
        day = (world.now + timedelta(days=3)).date().isoformat()
        meeting = world.set_date(pair, day, "10:00")
        dates.cancel(
            world.actor("ben"), pair, meeting.meeting, records=world.records, now=world.now, new_id=world.ids
        )
        world.skip(days=8)
        assert ("ten_minutes" in world.steps_of("ana")) is (times == 1)


def test_who_wishes_for_hard_questions_talks_over_several_cases_and_what_they_touch() -> None:
    """C9: dilemmas return as prompts, some days apart."""
    world = a_world()
    pair = introduced(world)
    world.skip(days=8)
    met(world, pair)
    known(world, pair)
    world.skip(days=12)
    met(world, pair)
    world.skip(days=10)
    assert "what_next" in world.steps_of("ana")
    answering.answer(
        world.actor("ana"), pair, "what_next", "ethics", JOURNEY, records=world.records, now=world.now
    )
    world.skip(days=4)
    met(world, pair)
    world.skip(days=28)
    cases = [step for step in world.steps_of("ben") if step.startswith("dilemma_")]
    assert len(cases) == len(set(cases)) >= 3
