"""What a pair is told when: every story has an answer, each step once, and silence is respected."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mentoring.conditions import OFFER_WAITS
from bot.mentoring.ids import ParticipantId
from bot.mentoring.journey import (
    CALLED_OFF,
    DAY_AFTER,
    UNANSWERED,
    Due,
    Stance,
    due_steps,
    outstanding,
    stance,
)
from bot.mentoring.limits import JOINED_WITHIN
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.steps import Anchor, Journey, Kind, Step, To, flaws
from bot.mentoring.story import FORTNIGHT, MONTH, REST_AFTER, SNOOZE, Answer, Done, Mark, Story
from tests.mentoring.journeys import (
    ANA,
    BEN,
    FIRST_POSTS,
    JOURNEY,
    OPENED,
    STAGES,
    Life,
    a_meeting,
    a_story,
    ana_tries,
    days,
    friendly,
    never_yet,
    posts,
    silent,
)

MEETS = (8, 22, 36, 50, 80, 110, 140)
"""The rhythm of a pair that keeps to it for half a year."""


def test_a_silent_pair_is_told_the_first_things_once_and_then_left_in_peace() -> None:
    life = Life(silent).until(182)
    first = ["introduction", "primer", "keep_the_code", "know_each_other", "teacher_card"]
    coached = ["senior_before_1", "junior_before_1", "set_a_date", "did_you_meet", "align", "quiet_word"]
    assert life.steps() == [*first, *coached]
    assert {said for _, said in life.said if said[1] is None} == {(key, None) for key in FIRST_POSTS}
    alone = ("set_a_date", "did_you_meet", "quiet_word")
    for who in (ANA, BEN):
        assert [life.count(key, who) for key in alone] == [1, 2, 1]
    last = max(at for at, _ in life.said)
    assert life.story.rests_from == last + REST_AFTER
    assert stance(life.story, days(182)) is Stance.RESTS


@pytest.mark.parametrize("who", [ANA, BEN])
@pytest.mark.parametrize("mark", [Mark.WOKE, Mark.OFFERED, Mark.DATED, Mark.TOLD, Mark.BACK])
def test_a_rest_ends_with_any_sign_of_life_of_either(who: ParticipantId, mark: Mark) -> None:
    life = Life(silent).until(100)
    assert outstanding(life.story, JOURNEY, life.now) == ()
    life.change(done=(*life.story.done, Done(mark, life.now, who)))
    assert stance(life.story, life.now) is Stance.MOVES
    assert outstanding(life.story, JOURNEY, life.now)


def test_a_second_silence_brings_a_second_word_and_a_second_rest() -> None:
    life = Life(silent).until(100)
    life.change(done=(*life.story.done, Done(Mark.WOKE, life.now, ANA)))
    life.until(182)
    assert life.count("quiet_word", ANA) == 2
    assert life.count("quiet_word", BEN) == 1
    assert stance(life.story, life.now) is Stance.RESTS


def test_who_asks_for_a_rest_hears_no_more_and_the_other_does() -> None:
    asked = Done("quiet_word", days(30), ANA, Answer.REST, days(31))
    story = a_story(done=posts(asked))
    assert {due.to for due in outstanding(story, JOURNEY, days(32))} >= {BEN}
    assert ANA not in {due.to for due in outstanding(story, JOURNEY, days(32))}
    both = replace(story, done=(*story.done, Done("quiet_word", days(30), BEN, Answer.REST, days(33))))
    assert stance(both, days(33)) is Stance.RESTS


def test_who_lets_the_word_about_a_silence_pass_hears_no_more_and_the_other_does() -> None:
    """One side's silence lets the pair rest for that side, whatever the other answers."""
    word = Done("quiet_word", days(30), ANA)
    lively = Done("did_you_meet", days(32), BEN, Answer.NOT_YET, days(33))
    story = a_story(done=posts(word, lively))
    assert not story.wants_rest(ANA, days(39))
    assert story.wants_rest(ANA, word.at + REST_AFTER)
    for now in (days(41), days(100)):
        recipients = {due.to for due in outstanding(story, JOURNEY, now)}
        assert ANA not in recipients
        assert BEN in recipients
    early = {due.at for due in outstanding(story, JOURNEY, days(33)) if due.to == ANA}
    assert all(at < word.at + REST_AFTER for at in early), "what would come after is not waited for"
    back = replace(story, done=(*story.done, Done(Mark.WOKE, days(50), ANA)))
    assert ANA in {due.to for due in outstanding(back, JOURNEY, days(50))}


def test_a_pair_that_meets_in_half_a_year_passes_all_that_always_happens_and_what_it_chose() -> None:
    def wishes(_life: Life, due: Due) -> str | None:
        chosen = {("what_next", ANA): "direction", ("what_next", BEN): "this_place"}
        return chosen.get((due.step.key, due.to or ANA)) or friendly(_life, due)

    life = Life(wishes, MEETS).until(182)
    opened = [stage for stage in life.stages() if stage != "rescue"]
    assert opened[:4] == ["introduction", "know_each_other", "align", "goals"]
    assert opened[4:6] == ["direction", "this_place"]
    assert opened.index("midpoint") > opened.index("goals")
    assert opened[-1] == "close"
    assert len(opened) >= 7


def test_nobody_chooses_and_the_order_of_the_journey_holds() -> None:
    def quiet_about_it(life: Life, due: Due) -> str | None:
        return None if due.step.key.startswith("what_next") else friendly(life, due)

    opened = Life(quiet_about_it, MEETS).until(182).stages()
    assert [stage for stage in opened if stage in JOURNEY.chosen][:2] == ["power", "one_leads"]


@pytest.mark.parametrize(("weeks", "chosen"), [(8, 0), (13, 2), (26, 4), (52, 5)])
def test_a_shorter_programme_leaves_out_chosen_stages_and_never_the_others(weeks: int, chosen: int) -> None:
    meets = (8, 22, 36, 50, *range(80, weeks * 7, 30))
    ends = days(weeks * 7)
    life = Life(friendly, tuple(map(float, meets)), a_story(ends_at=ends)).until(weeks * 7 + 10)
    opened = life.stages()
    assert {"know_each_other", "align", "goals", "midpoint", "close"} <= set(opened)
    assert sum(stage in JOURNEY.chosen for stage in opened) >= chosen
    assert stance(life.story, life.now) is Stance.OVER
    assert max(at for at, _ in life.said) < ends


def test_a_silent_pair_is_never_given_goals_or_tasks() -> None:
    life = Life(silent, MEETS).until(182)
    assert not any(JOURNEY.stage[stage].locked for stage in life.stages())
    assert {"midpoint", "close"} <= set(life.stages())
    assert life.count("know_check", ANA) == len(MEETS)


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
    due = due_steps(a_story(meetings=meetings, done=posts(upto="know_each_other")), JOURNEY, days(8))
    assert ("set_a_date" in {one.step.key for one in due}) is asked


def _moments(story: Story, now: datetime, key: str) -> dict[ParticipantId | None, datetime]:
    return {due.to: due.at for due in outstanding(story, JOURNEY, now) if due.step.key == key}


def test_a_date_that_was_set_moves_the_question_to_the_day_after_it() -> None:
    date = a_meeting(days(12), MeetingState.PLANNED)
    story = a_story(meetings=(date,), done=posts())
    assert set(_moments(story, days(3), "did_you_meet").values()) == {days(12) + DAY_AFTER}


@pytest.mark.parametrize(("held", "wait"), [(1, FORTNIGHT), (3, FORTNIGHT), (4, MONTH), (9, MONTH)])
def test_the_question_comes_every_fortnight_up_to_the_fourth_meeting_and_then_every_month(
    held: int, wait: timedelta
) -> None:
    meetings = tuple(a_meeting(days(10 * number)) for number in range(1, held + 1))
    story = a_story(meetings=meetings, done=posts())
    assert _moments(story, days(10 * held), "did_you_meet")[ANA] == days(10 * held) + wait


def test_the_first_question_comes_ten_days_after_the_introduction() -> None:
    assert _moments(a_story(done=posts()), days(3), "did_you_meet")[BEN] == days(10)


def test_a_question_that_came_early_to_fall_together_is_not_asked_again_on_its_own_day() -> None:
    early = Done("did_you_meet", days(10) - JOINED_WITHIN, ANA)
    moments = _moments(a_story(done=posts(early, upto="know_each_other")), days(9), "did_you_meet")
    assert moments == {ANA: early.at + FORTNIGHT, BEN: days(10)}


def test_a_question_just_before_a_date_comes_again_on_the_day_after_it() -> None:
    told = posts(Done("did_you_meet", days(11), ANA), upto="know_each_other")
    story = a_story(done=told, meetings=(a_meeting(days(11.2), MeetingState.PLANNED),))
    assert _moments(story, days(12), "did_you_meet")[ANA] == days(12.2)


def test_what_was_said_a_little_early_to_come_with_something_else_is_not_said_again() -> None:
    """Within JOINED_WITHIN of its moment a step may come early; its moment then brings nothing more."""
    early = Done("did_you_meet", days(10) - JOINED_WITHIN + timedelta(hours=1), ANA)
    for now in (days(9), days(10), days(12)):
        found = _moments(a_story(done=posts(early)), now, "did_you_meet")
        assert found[BEN] == days(10)
        assert found[ANA] == early.at + FORTNIGHT


def test_a_question_about_a_date_comes_however_lately_it_was_asked_before_that_date() -> None:
    date = a_meeting(days(10.2), MeetingState.PLANNED)
    asked = Done("did_you_meet", days(10), ANA)
    story = a_story(meetings=(date,), done=posts(asked))
    assert _moments(story, days(10.1), "did_you_meet")[ANA] == date.at + DAY_AFTER


def test_whoever_calls_a_date_off_is_not_asked_at_once_whether_they_met() -> None:
    met = a_meeting(days(8))
    off = replace(a_meeting(days(30), MeetingState.CANCELLED), changed_at=days(28))
    story = a_story(meetings=(met, off), done=posts())
    assert set(_moments(story, days(28), "did_you_meet").values()) == {days(28) + CALLED_OFF}
    long_before = replace(off, changed_at=days(9))
    story = a_story(meetings=(met, long_before), done=posts())
    assert set(_moments(story, days(9), "did_you_meet").values()) == {days(8) + FORTNIGHT}


def test_nobody_is_reminded_of_a_date_while_times_that_one_offered_wait_for_an_answer() -> None:
    offered = Done(Mark.OFFERED, days(6), ANA)
    waiting = due_steps(a_story(done=posts(offered)), JOURNEY, days(7))
    assert "set_a_date" not in {one.step.key for one in waiting}
    later = due_steps(a_story(done=posts(offered)), JOURNEY, days(6) + OFFER_WAITS)
    assert "set_a_date" in {one.step.key for one in later}


def test_what_was_agreed_is_not_looked_at_again_in_the_last_weeks() -> None:
    due = {who: days(100) for who in (ANA, BEN)}
    story = a_story(done=posts(), look_again_at=due, agreed=True, ends_at=days(130))
    assert set(_moments(story, days(100), "still_aligned")) == {ANA, BEN}
    assert _moments(replace(story, ends_at=days(120)), days(100), "still_aligned") == {}


def test_not_yet_brings_the_question_back_in_a_week_and_a_second_one_in_a_fortnight() -> None:
    once = Done("did_you_meet", days(10), ANA, Answer.NOT_YET, days(10))
    twice = Done("did_you_meet", days(17), ANA, Answer.NOT_YET, days(17))
    assert _moments(a_story(done=posts(once)), days(16), "did_you_meet")[ANA] == days(17)
    assert _moments(a_story(done=posts(once, twice)), days(17), "did_you_meet")[ANA] == days(31)


def test_after_three_questions_without_an_answer_none_comes_until_there_is_a_sign() -> None:
    asked = tuple(Done("did_you_meet", days(10 + 14 * turn), ANA) for turn in range(UNANSWERED))
    story = a_story(done=posts(*asked))
    assert ANA not in _moments(story, days(40), "did_you_meet")
    woken = replace(story, done=(*story.done, Done(Mark.WOKE, days(45), ANA)))
    assert _moments(woken, days(46), "did_you_meet")[ANA] == days(52)


def test_align_follows_the_first_meeting_and_at_the_latest_comes_by_its_day() -> None:
    said = posts(upto="know_each_other")
    early = a_story(meetings=(a_meeting(days(5)), a_meeting(days(9))), done=said)
    late = a_story(meetings=(a_meeting(days(40)),), done=said)
    found = [_moments(story, days(3), "align")[None] for story in (early, a_story(done=said), late)]
    assert found == [days(6), days(16), days(16)]


def test_a_new_story_has_only_its_introduction_ahead() -> None:
    (due,) = outstanding(a_story(), JOURNEY, OPENED)
    assert (due.step.key, due.to, due.at) == ("introduction", None, OPENED)


def test_two_lost_dates_in_a_row_bring_the_ten_minute_meeting_and_the_next_two_again() -> None:
    lost = tuple(a_meeting(days(day), MeetingState.MISSED) for day in (20, 27))
    story = a_story(meetings=lost, done=posts())
    assert _moments(story, days(27), "ten_minutes") == {ANA: days(28), BEN: days(28)}
    assert not _moments(a_story(meetings=lost[:1], done=posts()), days(27), "ten_minutes")
    met = (*lost, a_meeting(days(30)), *(a_meeting(days(day), MeetingState.MISSED) for day in (40, 50)))
    told = posts(Done("ten_minutes", days(28), ANA), Done("ten_minutes", days(28), BEN))
    assert _moments(a_story(meetings=met, done=told), days(50), "ten_minutes") == {
        ANA: days(51),
        BEN: days(51),
    }


def test_one_sided_talk_brings_a_swap_of_roles_and_even_talk_does_not() -> None:
    meetings = (a_meeting(days(5)), a_meeting(days(20)))

    def after(answer: str) -> dict[ParticipantId | None, datetime]:
        told = Done("talk_balance", days(23), BEN, answer, days(23))
        return _moments(a_story(meetings=meetings, done=posts(told)), days(24), "swap_roles")

    assert after(Answer.MOSTLY_PARTNER) == after(Answer.MOSTLY_ME) == {None: days(26)}
    assert after("even") == {}


def test_a_stall_after_the_second_meeting_brings_help_and_a_date_ahead_makes_it_needless() -> None:
    meetings = (a_meeting(days(5)), a_meeting(days(20)))
    story = a_story(meetings=meetings, done=posts())
    assert set(_moments(story, days(30), "after_the_second").values()) == {
        days(20) + FORTNIGHT + 5 * DAY_AFTER
    }
    date = a_meeting(days(50), MeetingState.PLANNED)
    assert not _moments(replace(story, meetings=(*meetings, date)), days(30), "after_the_second")


def test_the_teacher_is_asked_to_seek_advice_between_the_second_meeting_and_the_third() -> None:
    known = Done("know_check", days(6), ANA, Answer.KNOWN, days(6))
    meetings = (a_meeting(days(5)), a_meeting(days(20)))
    story = a_story(meetings=meetings, done=posts(known), teachers=frozenset((BEN,)))
    assert _moments(story, days(21), "ask_for_advice") == {BEN: days(27)}
    third = replace(story, meetings=(*meetings, a_meeting(days(34))))
    assert _moments(third, days(35), "asked_for_advice") == {BEN: days(36)}


def test_somebody_who_says_not_yet_twice_is_helped_and_then_asked_what_would_suit_them() -> None:
    life = Life(never_yet).until(120)
    assert {"no_luck_yet", "kind_ending"} <= set(life.steps())
    assert stance(life.story, life.now) is Stance.MOVES


def test_whose_partner_is_silent_is_helped_alone() -> None:
    life = Life(ana_tries).until(60)
    assert life.count("silent_partner", ANA) == 1
    assert life.count("silent_partner", BEN) == 0


def test_who_comes_back_from_a_break_is_met_with_a_gentle_start_each_time() -> None:
    back = Done(Mark.BACK, days(60), BEN)
    story = a_story(done=posts(back))
    assert _moments(story, days(60), "welcome_back") == {None: days(61)}
    said = Done("welcome_back", days(61))
    assert not _moments(a_story(done=posts(back, said)), days(62), "welcome_back")
    again = Done(Mark.BACK, days(100), ANA)
    assert _moments(a_story(done=posts(back, said, again)), days(100), "welcome_back") == {None: days(101)}


def test_a_snooze_puts_off_what_one_hears_alone_and_nothing_of_the_others() -> None:
    story = a_story(done=posts(Done(Mark.SNOOZED, days(9), ANA)))
    assert _moments(story, days(9), "did_you_meet") == {ANA: days(9) + SNOOZE, BEN: days(10)}


PLANNED = Step("before", "first", Kind.CARD, To.SENIOR, Anchor.PLANNED, days=-1, nth=2)


@pytest.mark.parametrize(
    ("held", "ahead", "due"), [(1, 20, days(19)), (1, None, None), (0, 20, None), (2, 30, None)]
)
def test_a_step_for_the_day_before_the_second_meeting_goes_to_the_senior_side_alone(
    held: int, ahead: int | None, due: datetime | None
) -> None:
    meetings = [a_meeting(days(5 + number)) for number in range(held)]
    meetings += [a_meeting(days(ahead), MeetingState.PLANNED)] if ahead else []
    found = outstanding(a_story(meetings=tuple(meetings)), Journey(STAGES, (PLANNED,)), days(10))
    assert [(one.to, one.at) for one in found] == ([(BEN, due)] if due else [])


def test_the_journey_fits_together() -> None:
    assert list(flaws(JOURNEY)) == []


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"nudge": True, "counted": False}, "a nudge counts"),
        ({"answers": ("yes",)}, "has answers"),
        ({"kind": Kind.QUESTION, "to": To.BOTH}, "asks a room"),
        ({"after": Anchor.STAGE}, "never opened"),
    ],
)
def test_what_does_not_fit_together_is_named(changes: dict[str, object], flaw: str) -> None:
    step = replace(Step("one", "first", Kind.CARD, To.EACH, Anchor.INTRODUCED), **changes)  # type: ignore[arg-type] # a test changes any field
    assert [flaw in line and "'one'" in line for line in flaws(Journey(STAGES[:1], (step,)))] == [True]


def test_a_stage_that_nothing_opens_is_named() -> None:
    (found,) = flaws(Journey(STAGES[:2], ()))
    assert "'second' has no step" in found
