"""What holds of every story, however odd: an answer, no step twice, nothing locked, no post out of turn."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mentoring.conditions import CONDITIONS
from bot.mentoring.ids import ParticipantId
from bot.mentoring.journey import (
    ROOM_REST,
    Due,
    Stance,
    due_steps,
    outstanding,
    stance,
)
from bot.mentoring.meetings import MeetingState
from bot.mentoring.steps import Again, Anchor, Journey, Kind, Step, To
from bot.mentoring.story import Done, Mark, Story
from tests.mentoring.journeys import (
    ANA,
    BEN,
    JOURNEY,
    OPENED,
    STAGES,
    Life,
    a_meeting,
    a_story,
    days,
)

ANSWERS = sorted({answer for step in JOURNEY.steps for answer in step.answers})
MOMENTS = st.integers(-24, 24 * 220).map(lambda hours: OPENED + timedelta(hours=hours))
DONE = st.builds(
    Done,
    step=st.sampled_from([*JOURNEY.by_key, *Mark, "something_gone"]),
    at=MOMENTS,
    to=st.sampled_from([None, ANA, BEN]),
    answer=st.sampled_from([None, None, *ANSWERS]),
    answered_at=st.none() | MOMENTS,
)
BOTH = [frozenset[ParticipantId](), frozenset((ANA,)), frozenset((BEN,)), frozenset((ANA, BEN))]
STORIES = st.builds(
    Story,
    sides=st.just((ANA, BEN)),
    opened_at=st.just(OPENED),
    lateral=st.booleans(),
    learners=st.sampled_from(BOTH),
    teachers=st.sampled_from(BOTH),
    ends_at=st.none() | MOMENTS,
    meetings=st.lists(st.builds(a_meeting, MOMENTS, st.sampled_from(MeetingState)), max_size=8).map(tuple),
    done=st.lists(DONE, max_size=25).map(tuple),
    read=st.dictionaries(st.tuples(st.sampled_from([ANA, BEN]), st.sampled_from("abcdefgh")), MOMENTS),
    keep_code=st.sampled_from(BOTH),
    handover=st.booleans(),
    expected=st.sampled_from(BOTH),
    agreed=st.booleans(),
    rhythm=st.booleans(),
    felt=st.sampled_from(BOTH),
    look_again_at=st.dictionaries(st.sampled_from([ANA, BEN]), MOMENTS),
)
STEP = st.builds(
    Step,
    key=st.sampled_from("abcdefgh"),
    stage=st.sampled_from([stage.key for stage in STAGES]),
    kind=st.just(Kind.CARD),
    to=st.sampled_from(To),
    after=st.sampled_from(Anchor),
    days=st.integers(-3, 30),
    nth=st.none() | st.integers(1, 4),
    latest_days=st.none() | st.integers(0, 30),
    undated_days=st.none() | st.integers(0, 30),
    alone_days=st.none() | st.integers(1, 30),
    unless=st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=1).map(tuple),
    only=st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2).map(tuple),
    again=st.sampled_from(Again),
    again_days=st.none() | st.integers(1, 30),
)
JOURNEYS = st.lists(STEP, max_size=8, unique_by=lambda step: step.key).map(
    lambda steps: Journey(STAGES, tuple(steps))
)


@given(STORIES, st.just(JOURNEY) | JOURNEYS, MOMENTS)
@settings(max_examples=300)
def test_every_story_of_every_journey_has_an_answer(story: Story, journey: Journey, now: datetime) -> None:
    found = outstanding(story, journey, now)
    assert list(found) == sorted(found, key=lambda due: due.at)
    assert all((due.to is None) == (due.step.to is To.BOTH) for due in found)
    assert len({(due.step.key, due.to) for due in found}) == len(found)
    assert due_steps(story, journey, now) == tuple(due for due in found if due.at <= now)


@given(STORIES, MOMENTS)
@settings(max_examples=500)
def test_a_pair_moves_rests_or_is_over(story: Story, now: datetime) -> None:
    found = outstanding(story, JOURNEY, now)
    match stance(story, now):
        case Stance.MOVES:
            assert found or story.rests_from is not None or story.ends_at is not None
        case _:
            assert found == ()


@given(STORIES, st.just(JOURNEY) | JOURNEYS, MOMENTS)
def test_a_step_that_comes_once_is_never_said_twice_to_one_recipient(
    story: Story, journey: Journey, now: datetime
) -> None:
    for due in outstanding(story, journey, now):
        assert due.step.again is not Again.NEVER or not story.told(due.step.key, due.to)


@given(STORIES, MOMENTS)
def test_what_is_locked_waits_until_the_two_know_each_other(story: Story, now: datetime) -> None:
    locked = {
        due.step.key for due in outstanding(story, JOURNEY, now) if JOURNEY.stage[due.step.stage].locked
    }
    assert story.known or not locked


@given(STORIES, MOMENTS)
def test_later_posts_wait_for_the_first_ones_and_the_room_rests_between_two(
    story: Story, now: datetime
) -> None:
    told = [done.at for done in story.done if done.to is None]
    order = JOURNEY.order
    for due in outstanding(story, JOURNEY, now):
        first = [step for step in JOURNEY.steps if step.opens_room and order[step.key] < order[due.step.key]]
        assert due.step.after is Anchor.BACK or all(story.told(step.key, None) for step in first)
        if due.to is None and told:
            assert due.at >= max(told) + ROOM_REST


@given(STORIES, MOMENTS)
def test_a_lateral_pair_hears_no_word_for_a_senior_or_a_junior_side(story: Story, now: datetime) -> None:
    found = {due.step.to for due in outstanding(replace(story, lateral=True), JOURNEY, now)}
    assert not found & {To.SENIOR, To.JUNIOR}


@given(
    st.lists(st.sampled_from([None, *ANSWERS]), min_size=1, max_size=12),
    st.lists(st.integers(1, 170), max_size=8),
    st.none() | st.integers(3, 200),
)
@settings(max_examples=60, deadline=None)
def test_a_life_whatever_is_answered_keeps_moving_and_ends_in_rest_or_with_its_programme(
    answers: list[str | None], meets: list[int], ends: int | None
) -> None:
    def some(life: Life, due: Due) -> str | None:
        wanted = answers[len(life.said) % len(answers)]
        return wanted if wanted in due.step.answers else None

    ends_at = None if ends is None else days(ends)
    life = Life(some, tuple(meets), a_story(ends_at=ends_at)).until(182)
    once = Counter(said for _, said in life.said if JOURNEY.by_key[said[0]].again is Again.NEVER)
    assert max(once.values()) == 1
    room = [at for at, (_, to) in life.said if to is None]
    assert all(later - earlier >= ROOM_REST for earlier, later in pairwise(room))
    assert all(ends_at is None or at < ends_at for at, _ in life.said)
    ending = ends_at is not None or life.story.rests_from is not None
    assert ending or outstanding(life.story, JOURNEY, life.now)
