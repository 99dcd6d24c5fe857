"""Keeping to the code, finding out what one needs, and what belongs elsewhere."""

from dataclasses import replace
from typing import Any

import pytest

from bot import public_holidays
from bot.mentoring.discovery import MOST_IDEAS
from bot.mentoring.errors import BadForm, BadInput, NotJoined, Problem
from bot.mentoring.ethics import CODE, both_keep
from bot.mentoring.people import Direction, ParticipantState, Track
from bot.mentoring.prompts import (
    Discovered,
    EthicsCode,
    Introduction,
    Joined,
    NotRelayed,
    ProfileShown,
    Proposal,
)
from bot.use_cases import acknowledging, discovering, joining, redirecting
from tests.use_cases.test_use_cases_joining import add, join, known
from tests.worlds import CONTACTS, DISCOVERY, TOPICS, World, a_participant, a_senior, a_world

ANSWERS = {"help": "place", "stuck": "deciding", "admire": "clear", "unasked": "money", "direction": "craft"}


def keep(world: World, name: str, version: str = str(CODE)) -> EthicsCode:
    """Somebody says that they keep to the code."""
    return acknowledging.acknowledge_code(world.actor(name), version, records=world.records, now=world.now)


def ask(world: World, name: str = "ana", **changes: str) -> Discovered:
    """Somebody answers the five questions."""
    actor, answers = world.actor(name), ANSWERS | changes
    return discovering.discover(actor, answers, DISCOVERY, TOPICS, records=world.records)


def test_the_code_is_kept_with_its_version_and_shown_to_oneself() -> None:
    """C9."""
    world = a_world()
    assert keep(world, "ana") == EthicsCode(world.now, joined=True)
    shown = joining.show_profile(world.actor("ana"), records=world.records)
    assert isinstance(shown, ProfileShown)
    assert shown.code_kept_at == world.now
    (kept,) = world.records.codes_kept(known(world, "ana").id)
    assert (kept.version, kept.at) == (CODE, world.now)


def test_saying_it_again_changes_nothing() -> None:
    world = a_world()
    first = keep(world, "ana")
    world.skip(days=3)
    assert keep(world, "ana") == first


@pytest.mark.parametrize("version", ["0", "99", "", "one", "9" * 3000])
def test_older_words_are_not_kept_and_the_new_ones_are_shown(version: str) -> None:
    world = a_world()
    assert keep(world, "ana", version) == EthicsCode(None, joined=True)
    assert world.records.codes == []


def test_both_of_a_pair_say_so_before_they_meet() -> None:
    """C9."""
    world = a_world()
    (key,) = world.propose_all()
    pair = world.records.pair(key)

    def fact() -> bool:
        return both_keep((one for side in pair.sides for one in world.records.codes_kept(side)), pair)

    keep(world, "ana")
    assert not fact()
    keep(world, "ben")
    assert fact()


def test_anybody_reads_the_code_and_only_who_takes_part_answers() -> None:
    world = a_world(a_participant(), a_senior(state=ParticipantState.LEFT))
    for name in ("zoe", "ben", "owner"):
        shown = acknowledging.show_code(world.actor(name), records=world.records)
        assert shown == EthicsCode(None, joined=False)
        with pytest.raises(NotJoined):
            keep(world, name)


def test_five_answers_lead_to_topics_and_those_that_somebody_teaches_come_first() -> None:
    """D4, A3."""
    teacher = a_senior(teach=("Budgeting", "Storytelling"))
    found = ask(a_world(a_participant(), teacher))
    assert len(found.ideas) == MOST_IDEAS
    assert [(idea.topic, idea.teachers) for idea in found.ideas[:2]] == [
        ("Storytelling", 1),
        ("Budgeting", 1),
    ]
    assert not any(idea.teachers for idea in found.ideas[2:])
    assert {idea.topic for idea in found.ideas} & set(DISCOVERY.about_here)
    assert not found.job


@pytest.mark.parametrize("changes", [{"findable": False}, {"state": ParticipantState.PAUSED}, {"places": 0}])
def test_a_teacher_whom_one_cannot_ask_is_not_told_of(changes: dict[str, Any]) -> None:
    world = a_world(a_participant(), a_senior(teach=("Budgeting",), **changes))
    assert ask(world) == ask(a_world(a_participant()))


def test_where_nobody_teaches_anything_the_answers_still_lead_somewhere() -> None:
    """D4."""
    found = ask(a_world(a_participant()))
    assert found.ideas[0].topic == "How decisions are really made"
    assert len(found.ideas) == MOST_IDEAS
    assert {idea.teachers for idea in found.ideas} == {0}


def test_what_stands_on_a_list_already_is_no_idea() -> None:
    world = a_world(a_participant(learn=("how decisions are really made",), teach=("Deep craft",)))
    assert not {"How decisions are really made", "Deep craft"} & {one.topic for one in ask(world).ideas}


def test_a_skill_of_the_job_is_pointed_to_the_manager() -> None:
    """D6."""
    assert ask(a_world(), help="job").job


def test_every_question_that_is_open_or_cannot_be_is_named() -> None:
    with pytest.raises(BadForm) as refused:
        ask(a_world(), help="", stuck="everywhere")
    assert refused.value.problems == (
        BadInput("help", Problem.EMPTY),
        BadInput("stuck", Problem.NOT_A_CHOICE),
    )


def test_an_idea_is_added_with_one_press_and_the_others_stay() -> None:
    """D4."""
    world = a_world()
    ideas = tuple(one.topic for one in ask(world).ideas)
    for _ in range(2):  # pressed twice
        left = discovering.add_idea(world.actor("ana"), ideas[1], ideas, TOPICS, records=world.records)
        assert [one.topic for one in left.ideas if one.wanted] == [ideas[1]]
        assert tuple(one.topic for one in left.ideas) == ideas
    assert known(world, "ana").learn == ("Negotiation", ideas[1])


@pytest.mark.parametrize("value", [("x", ()), ("x", ("y",)), ("", ()), ("a", tuple("abcdefgh"))])
def test_what_was_no_idea_is_not_added(value: tuple[str, tuple[str, ...]]) -> None:
    world = a_world()
    with pytest.raises(BadInput):
        discovering.add_idea(world.actor("ana"), *value, TOPICS, records=world.records)
    assert known(world, "ana").learn == ("Negotiation",)


def test_words_about_somebody_name_who_listens_and_leave_no_trace() -> None:
    """B7."""
    world = a_world()
    before = dict(vars(world.records))
    assert redirecting.point_elsewhere(world.actor("ana"), records=world.records) == NotRelayed(CONTACTS)
    assert vars(world.records) == before
    assert redirecting.point_elsewhere(World().actor("ana"), records=World().records) == NotRelayed(())


def test_a_track_and_a_direction_are_kept_and_come_back_in_the_form() -> None:
    """A4, D7."""
    world = a_world()
    join(world, handover=True, direction="craft")
    assert (known(world).track, known(world).direction) == (Track.HANDOVER, Direction.CRAFT)
    form = joining.open_join(world.actor("zoe"), public_holidays, records=world.records)
    assert (form.handover, form.direction) == (True, Direction.CRAFT)
    join(world, handover=False, direction="")
    assert (known(world).track, known(world).direction) == (Track.LEARNING, Direction.UNSAID)
    with pytest.raises(BadForm) as refused:
        join(world, direction="up")
    assert refused.value.problems == (BadInput("direction", Problem.NOT_A_CHOICE),)


@pytest.mark.parametrize(("level", "upper"), [("1", False), ("4", False), ("5", True), ("8", True)])
def test_who_works_further_up_reads_that_not_knowing_is_expected(level: str, *, upper: bool) -> None:
    """A6."""
    answer = join(a_world(), level=level)
    assert isinstance(answer, Joined)
    assert answer.upper is upper


def test_a_handover_is_labelled_to_both_and_nobody_else() -> None:
    """D7."""
    world = a_world(a_participant(), a_senior(track=Track.HANDOVER))
    (pair,) = world.propose_all()
    (to_ana,), (to_ben,) = world.said_to("ana", Proposal), world.said_to("ben", Proposal)
    assert isinstance(to_ana, Proposal)
    assert isinstance(to_ben, Proposal)
    assert (to_ana.partner.handover, to_ana.you.handover) == (True, False)
    assert (to_ben.partner.handover, to_ben.you.handover) == (False, True)
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.skip(hours=1)
    (opened,) = world.said_to("ana", Introduction)
    assert isinstance(opened, Introduction)
    assert (opened.one.handover, opened.other.handover) == (False, True)


def test_the_first_thing_to_learn_and_no_later_one_is_answered_with_what_is_the_managers() -> None:
    """D6."""
    world = a_world(a_participant(learn=()))
    assert add(world, "learn", "Go").first
    assert not add(world, "learn", "Rust").first


def test_a_track_changes_nothing_of_who_is_paired_with_whom() -> None:
    """D7."""
    plain, leaving = a_world(), a_world(a_participant(), replace(a_senior(), track=Track.HANDOVER))
    pairs = [{world.records.pair(key).sides for key in world.propose_all()} for world in (plain, leaving)]
    assert pairs[0] == pairs[1]
