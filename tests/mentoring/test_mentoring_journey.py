"""What a pair is told when: every story has an answer, in order, each step once, and silence is respected."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import load_journey
from bot.mentoring import prompts
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.journey import (
    DAY_AFTER,
    ROOM_REST,
    UNANSWERED,
    Anchor,
    Answer,
    Done,
    Journey,
    Step,
    Story,
    To,
    When,
    due_steps,
    outstanding,
)
from bot.mentoring.meetings import Meeting, MeetingState

ANA, BEN = ParticipantId("ana"), ParticipantId("ben")
OPENED = datetime(2026, 11, 24, 9, tzinfo=UTC)
JOURNEY = load_journey()
STEPS = {step.key: step for step in JOURNEY.steps}
HOUR = timedelta(hours=1)


def days(count: float) -> datetime:
    """That many days after the opening."""
    return OPENED + timedelta(days=count)


def a_meeting(at: datetime, state: MeetingState = MeetingState.HELD) -> Meeting:
    """A meeting of the two."""
    return Meeting(MeetingId(at.isoformat()), PairId("p"), state, at)


MOMENTS = st.integers(-24, 24 * 120).map(lambda hours: OPENED + timedelta(hours=hours))
DONE = st.builds(
    Done,
    step=st.sampled_from([*STEPS, "ended_by", "told_of_meeting"]),
    at=MOMENTS,
    to=st.sampled_from([None, ANA, BEN]),
    answer=st.sampled_from([None, *Answer]),
)
STORIES = st.builds(
    Story,
    sides=st.just((ANA, BEN)),
    opened_at=st.just(OPENED),
    meetings=st.lists(st.builds(a_meeting, MOMENTS, st.sampled_from(MeetingState)), max_size=5).map(tuple),
    done=st.lists(DONE, max_size=12).map(lambda done: tuple(sorted(done, key=lambda one: one.at))),
)
STEP = st.builds(
    Step,
    key=st.sampled_from("abcdef"),
    stage=st.just("stage"),
    prompt=st.just("Align"),
    to=st.sampled_from(To),
    after=st.sampled_from(Anchor),
    days=st.integers(0, 30),
    latest_days=st.none() | st.integers(0, 30),
    when=st.sampled_from(When),
    repeat_days=st.none() | st.integers(1, 30),
    again_days=st.none() | st.integers(1, 30),
)
JOURNEYS = st.lists(STEP, max_size=6, unique_by=lambda step: step.key).map(
    lambda steps: Journey(("stage",), tuple(steps))
)


@given(STORIES, st.just(JOURNEY) | JOURNEYS, MOMENTS)
def test_every_story_of_every_journey_has_an_answer(story: Story, journey: Journey, now: datetime) -> None:
    found = outstanding(story, journey, now)
    assert list(found) == sorted(found, key=lambda due: due.at)
    assert all((due.to is None) == (due.step.to is To.ROOM) for due in found)
    assert len({(due.step.key, due.to) for due in found}) == len(found)
    assert due_steps(story, journey, now) == tuple(due for due in found if due.at <= now)


@given(STORIES, st.just(JOURNEY) | JOURNEYS, MOMENTS)
def test_a_step_without_repeat_is_never_said_twice_to_one_recipient(
    story: Story, journey: Journey, now: datetime
) -> None:
    for due in outstanding(story, journey, now):
        assert due.step.repeat_days is not None or not story.told(due.step, due.to)


@given(STORIES, st.just(JOURNEY) | JOURNEYS, MOMENTS)
def test_a_step_waits_for_every_earlier_step_to_the_room(
    story: Story, journey: Journey, now: datetime
) -> None:
    order = [step.key for step in journey.steps]
    for due in outstanding(story, journey, now):
        earlier = journey.steps[: order.index(due.step.key)]
        assert all(story.told(step, None) for step in earlier if step.to is To.ROOM)


@given(STORIES, MOMENTS)
def test_the_room_rests_between_two_posts(story: Story, now: datetime) -> None:
    posts = [done.at for done in story.done if done.to is None]
    for due in outstanding(story, JOURNEY, now):
        if due.to is None and posts:
            assert due.at >= max(posts) + ROOM_REST


@dataclass
class Telling:
    """A pair that is told what is due, hour by hour, and answers as it is set to."""

    answer: Answer | None = None
    story: Story = field(default_factory=lambda: Story((ANA, BEN), OPENED))
    now: datetime = OPENED

    def until(self, end: datetime) -> list[tuple[str, ParticipantId | None]]:
        """Let time pass; what was said in it, in order."""
        said: list[tuple[str, ParticipantId | None]] = []
        while self.now <= end:
            for due in due_steps(self.story, JOURNEY, self.now):
                done = Done(due.step.key, self.now, due.to, self.answer if due.to else None)
                self.story = replace(self.story, done=(*self.story.done, done))
                said.append((due.step.key, due.to))
                break
            else:
                self.now += HOUR
        return said


def test_a_silent_pair_is_told_everything_in_order_and_then_left_in_peace() -> None:
    telling = Telling()
    said = telling.until(days(200))
    room = [key for key, to in said if to is None]
    assert room == [step.key for step in JOURNEY.steps if step.to is To.ROOM]
    assert Counter(said)["did_you_meet", ANA] == UNANSWERED == 3
    assert Counter(said)["set_a_date", BEN] == 1
    assert outstanding(telling.story, JOURNEY, days(400)) == ()


def test_who_answers_is_asked_again_and_sooner_after_a_not_yet() -> None:
    met, not_yet = Telling(Answer.MET).until(days(100)), Telling(Answer.NOT_YET).until(days(100))
    assert Counter(met)["did_you_meet", ANA] == 1 + (100 - 10) // 14
    assert Counter(not_yet)["did_you_meet", ANA] == 1 + (100 - 10) // 7


def test_an_answer_after_three_silences_brings_the_question_back() -> None:
    telling = Telling()
    telling.until(days(120))
    *before, last = [done for done in telling.story.done if done.step == "did_you_meet" and done.to == ANA]
    others = tuple(done for done in telling.story.done if done != last)
    answered = replace(telling.story, done=(*others, replace(last, answer=Answer.NOT_YET)))
    asked = [due.to for due in outstanding(answered, JOURNEY, telling.now)]
    assert before
    assert asked == [ANA]


@pytest.mark.parametrize(
    ("meetings", "asked"),
    [
        ((), True),
        ((a_meeting(days(3)),), False),
        ((a_meeting(days(20), MeetingState.PLANNED),), False),
        ((a_meeting(days(5), MeetingState.PLANNED),), True),
        ((a_meeting(days(5), MeetingState.MISSED),), True),
    ],
)
def test_the_nudge_is_for_those_without_a_meeting_and_without_a_date_ahead(
    meetings: tuple[Meeting, ...], *, asked: bool
) -> None:
    said = (Done("introduction", OPENED), Done("know_each_other", days(2)))
    due = due_steps(Story((ANA, BEN), OPENED, meetings, said), JOURNEY, days(8))
    assert ("set_a_date" in {one.step.key for one in due}) is asked


def test_a_date_that_was_set_moves_the_question_to_the_day_after_it() -> None:
    said = (Done("introduction", OPENED), Done("know_each_other", days(2)))
    date = a_meeting(days(12), MeetingState.PLANNED)
    found = outstanding(Story((ANA, BEN), OPENED, (date,), said), JOURNEY, days(3))
    assert {due.at for due in found if due.step.key == "did_you_meet"} == {days(12) + DAY_AFTER}


def test_align_follows_the_first_meeting_and_at_the_latest_comes_by_its_day() -> None:
    said = (Done("introduction", OPENED), Done("know_each_other", days(2)))
    early = Story((ANA, BEN), OPENED, (a_meeting(days(5)), a_meeting(days(9))), said)
    never = Story((ANA, BEN), OPENED, (), said)
    late = Story((ANA, BEN), OPENED, (a_meeting(days(40)),), said)
    moments = [
        due.at
        for story in (early, never, late)
        for due in outstanding(story, JOURNEY, days(3))
        if due.step.key == "align"
    ]
    assert moments == [days(6), days(16), days(16)]


def test_a_new_story_has_only_its_introduction_ahead() -> None:
    (due,) = outstanding(Story((ANA, BEN), OPENED), JOURNEY, OPENED)
    assert (due.step.key, due.to, due.at) == ("introduction", None, OPENED)


@pytest.mark.parametrize("step", JOURNEY.steps, ids=lambda step: step.key)
def test_every_step_of_the_journey_names_a_prompt_and_a_stage(step: Step) -> None:
    assert issubclass(getattr(prompts, step.prompt), prompts.Prompt)
    assert step.stage in JOURNEY.stages
    assert not step.nudge or step.counted, "a nudge counts"
