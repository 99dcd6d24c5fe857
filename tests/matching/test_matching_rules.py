"""The hard rules of matching, one by one and over whole rosters."""

import pytest

from bot.matching import Limits, NoticeKind, Person, RosterError, Rules, WhyNobody
from tests.matching.roster_builders import a_person, a_run, broken_rules, ids, people_of


def a_learner(name: str = "a", **changes: object) -> Person:
    return a_person(name, 1, learn=["SQL"], **changes)  # type: ignore[arg-type]


def a_teacher(name: str = "b", **changes: object) -> Person:
    return a_person(name, 3, teach=["SQL"], **changes)  # type: ignore[arg-type]


def test_a_learner_meets_a_teacher_of_another_level() -> None:
    result = a_run(a_learner(), a_teacher())
    assert ids(result) == {("a", "b")}
    assert result.pairs[0].a_learns == ("SQL",)
    assert result.pairs[0].b_learns == ()


def test_a_vice_president_learns_from_a_developer_three_levels_below() -> None:
    result = a_run(a_person("vp", 7, learn=["Rust"]), a_person("dev", 4, teach=["Rust"]))
    assert ids(result) == {("dev", "vp")}
    assert result.pairs[0].b_learns == ("Rust",)
    assert result.figures.upward == 1


def test_people_of_one_level_meet_only_where_lateral_pairs_are_allowed() -> None:
    people = a_learner(), a_person("b", 1, teach=["SQL"])
    assert a_run(*people).unmatched[0].why is WhyNobody.NOBODY_ACROSS_LEVELS
    assert ids(a_run(*people, rules=Rules(allow_lateral=True))) == {("a", "b")}


@pytest.mark.parametrize("manager", ["b", "middle", "outside"])
def test_nobody_meets_their_manager_or_a_manager_above(manager: str) -> None:
    middle = a_person("middle", 2, manager="b")
    limits = Limits(managers={"outside": "b"})
    result = a_run(a_learner(manager=manager), middle, a_teacher(), limits=limits)
    assert result.pairs == ()
    assert result.unmatched[0].why is WhyNobody.ONLY_REPORTING_LINE


def test_two_people_under_one_manager_may_meet() -> None:
    assert ids(a_run(a_learner(manager="boss"), a_teacher(manager="boss"))) == {("a", "b")}


def test_a_circle_of_managers_is_cut_and_reported() -> None:
    people = a_learner(manager="c"), a_person("c", 2, manager="b"), a_teacher(manager="a")
    result = a_run(*people)
    assert result.pairs == ()
    assert [(notice.kind, notice.ids) for notice in result.notices] == [
        (NoticeKind.MANAGER_CYCLE, ("a", "b", "c")),
    ]


def test_a_person_may_name_themselves_as_manager_without_harm() -> None:
    result = a_run(a_learner(manager="a"), a_teacher())
    assert ids(result) == {("a", "b")}
    assert result.notices[0].ids == ("a",)


def test_a_pair_that_has_met_does_not_meet_again_unless_both_asked() -> None:
    people = a_learner(), a_teacher()
    assert a_run(*people, limits=Limits(history=[("b", "a")])).unmatched[0].why is WhyNobody.ALL_MET
    again = Limits(history=[("b", "a")], again=[("a", "b")])
    assert ids(a_run(*people, limits=again)) == {("a", "b")}


def test_a_private_rule_is_kept_and_looks_like_a_full_round() -> None:
    result = a_run(a_learner(), a_teacher(), limits=Limits(forbidden=[("b", "a")]))
    assert result.pairs == ()
    assert {person.why for person in result.unmatched} == {WhyNobody.EVERYONE_TAKEN}
    assert result.unmatched[0].funnel[-1].left == 1


def test_languages_count_only_where_both_state_them() -> None:
    french, german = a_learner(languages=["fr"]), a_teacher(languages=["de"])
    assert a_run(french, german).unmatched[0].why is WhyNobody.NO_COMMON_LANGUAGE
    assert ids(a_run(french, a_teacher())) == {("a", "b")}
    assert ids(a_run(french, a_teacher(languages=["de", "fr"]))) == {("a", "b")}


@pytest.mark.parametrize(("start", "meets"), [(18 * 60 + 30, True), (18 * 60 + 31, False)])
def test_thirty_common_minutes_are_enough_after_an_hour_more_on_both_sides(
    start: int, *, meets: bool
) -> None:
    late = a_teacher(start=start, end=start + 60)
    result = a_run(a_learner(start=9 * 60, end=17 * 60), late)
    assert bool(result.pairs) is meets
    if not meets:
        assert result.unmatched[0].why is WhyNobody.NO_COMMON_HOURS


def test_hours_are_compared_across_midnight_and_zones() -> None:
    tokyo = a_teacher(zone="Asia/Tokyo", start=22 * 60, end=6 * 60)
    assert ids(a_run(a_learner(zone="America/New_York", start=8 * 60, end=16 * 60), tokyo)) == {("a", "b")}


def test_an_unknown_zone_keeps_a_person_out_and_is_said() -> None:
    result = a_run(a_learner(zone="Mars/Olympus"), a_teacher())
    assert result.unmatched[0].why is WhyNobody.UNKNOWN_ZONE
    assert result.notices[0].ids == ("a",)


def test_places_are_respected_and_used() -> None:
    learners = [a_learner(f"l{at}") for at in range(4)]
    result = a_run(*learners, a_teacher(places=3))
    assert len(result.pairs) == 3
    assert result.unmatched[0].why is WhyNobody.EVERYONE_TAKEN


def test_nobody_without_places_is_paired_and_negative_places_are_none() -> None:
    assert a_run(a_learner(places=0), a_teacher()).unmatched[0].why is WhyNobody.NO_PLACES
    result = a_run(a_learner(places=-2), a_teacher())
    assert result.pairs == ()
    assert result.notices[0].kind is NoticeKind.NEGATIVE_PLACES


def test_two_people_with_one_id_are_refused_by_name() -> None:
    with pytest.raises(RosterError, match="the id a") as refused:
        a_run(a_learner(), a_learner())
    assert refused.value.ids == ("a",)


def test_near_topics_make_a_pair_only_where_the_owner_says_so() -> None:
    people = a_person("a", 1, learn=["Kubernetes"]), a_person("b", 2, teach=["Docker"])
    assert a_run(*people).unmatched[0].why is WhyNobody.NO_TOPIC_FIT
    assert ids(a_run(*people, rules=Rules(related_is_enough=True))) == {("a", "b")}


def test_a_lock_is_kept_where_the_rules_allow_and_named_where_not() -> None:
    people = a_learner(), a_teacher(), a_teacher("c"), a_person("d", 1)
    locked = a_run(*people, limits=Limits(locked=[("c", "a"), ("d", "b")]))
    assert ids(locked) == {("a", "c")}
    assert locked.pairs[0].locked
    assert [(notice.kind, notice.ids) for notice in locked.notices] == [
        (NoticeKind.LOCK_NOT_OPEN, ("b", "d"))
    ]


def test_a_lock_on_a_blocked_pair_fails_like_any_other() -> None:
    limits = Limits(locked=[("a", "b")], forbidden=[("a", "b")])
    assert a_run(a_learner(), a_teacher(), limits=limits).notices[0].kind is NoticeKind.LOCK_NOT_OPEN


def test_who_waited_is_first_in_line() -> None:
    for waiting in ("x", "y"):
        learners = [a_learner(name, waiting=int(name == waiting)) for name in ("x", "y")]
        assert ids(a_run(*learners, a_teacher())) == {(waiting, "b")}


def test_a_kept_pair_stays_when_another_is_as_good() -> None:
    people = a_learner("x"), a_learner("y"), a_teacher("t1"), a_teacher("t2")
    for kept in (("x", "t1"), ("x", "t2")):
        assert kept in ids(a_run(*people, limits=Limits(kept=[kept])))


@pytest.mark.parametrize("file", ["people_60.csv", "people_400.csv"])
def test_no_rule_is_broken_on_a_whole_roster(file: str) -> None:
    people = people_of(file)
    result = a_run(*people)
    assert not list(broken_rules(people, result.pairs))
    assert result.figures.proven
    assert result.figures.matched >= 0.9 * result.figures.available


def test_an_empty_roster_and_a_lone_person_are_answered() -> None:
    assert a_run().pairs == ()
    assert a_run(a_learner()).unmatched[0].why is WhyNobody.NOBODY_ELSE
    assert a_run(a_person("a"), a_teacher()).unmatched[0].why is WhyNobody.NOTHING_DECLARED
