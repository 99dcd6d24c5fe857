"""Why this pair, why not that one, why nobody, and what would change it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.matching import (
    AcrossDepartments,
    CloseTopic,
    CommonHours,
    CommonLanguages,
    HelpKind,
    Learns,
    LevelsApart,
    Limits,
    MatchResult,
    Person,
    Rule,
    Rules,
    Setting,
    Standing,
    WhyNobody,
    compare,
    explain_pair,
    reweigh,
    why_not,
)
from tests.matching.roster_builders import MONDAY, TOPICS, a_person, a_run, ids, people_of

LEARNER = a_person(
    "a", 1, learn=["SQL", "Java"], teach=["Negotiation"], department="Sales", languages=["en", "de"]
)
TEACHER = a_person(
    "b",
    4,
    learn=["negotiating"],
    teach=["PostgreSQL", "Java"],
    department="Data",
    zone="America/New_York",
    languages=["en"],
)


def a_setting(*people: Person, rules: Rules | None = None) -> Setting:
    return Setting(people, rules or Rules(), MONDAY, TOPICS)


def helps_of(result: MatchResult, name: str) -> dict[HelpKind, tuple[str, int, int, int]]:
    person = next(one for one in result.unmatched if one.id == name)
    return {one.kind: (one.topic, one.people, one.free, one.minutes) for one in person.helps}


def test_a_pair_says_everything_that_speaks_for_it() -> None:
    pair = a_run(LEARNER, TEACHER).pairs[0]
    learns, back, close, levels, departments, hours, languages, standing = pair.reasons
    assert learns == Learns("a", "b", ("Java",))
    assert back == Learns("b", "a", ("negotiating",))
    assert close == CloseTopic("a", "b", wanted="SQL", taught="PostgreSQL", credit=75)
    assert levels == LevelsApart(3)
    assert departments == AcrossDepartments("Sales", "Data")
    assert isinstance(hours, CommonHours)
    assert hours.minutes == 240
    assert [(window.start, window.minutes) for window in (*hours.a_local, *hours.b_local)] == [
        (14 * 60, 240),
        (8 * 60, 240),
    ]
    assert languages == CommonLanguages(("en",))
    assert standing == Standing(1, 1, 1, 1)


def test_the_parts_of_a_score_add_up_to_it() -> None:
    for pair in a_run(*people_of("people_60.csv")).pairs:
        assert sum(part.points for part in pair.parts) == pair.score
        assert 0 < pair.score <= 1000


def test_both_sides_learning_is_worth_more_than_one_learning_twice_as_much() -> None:
    both = explain_pair("a", "b", a_setting(LEARNER, TEACHER))
    one_sided = explain_pair(
        "a", "b", a_setting(LEARNER, a_person("b", 4, teach=["SQL", "Java"], department="Data"))
    )
    assert both.reciprocal
    assert not one_sided.reciprocal
    assert both.score > one_sided.score + 200


def test_a_rank_counts_the_options_each_side_had() -> None:
    people = LEARNER, TEACHER, a_person("c", 2, teach=["Java"], department="Sales")
    pair = a_run(*people).pairs[0]
    assert (pair.a, pair.b) == ("a", "b")
    assert pair.reasons[-1] == Standing(1, 2, 1, 1)


def test_a_pair_can_be_explained_even_where_a_rule_forbids_it() -> None:
    pair = explain_pair("b", "a", a_setting(LEARNER, a_person("b", 1, teach=["Java"])))
    assert (pair.a, pair.b, pair.a_learns) == ("a", "b", ("Java",))


def test_why_not_names_public_rules() -> None:
    other = a_person("c", 1, languages=["fr"], manager="a")
    answer = why_not("a", "c", a_setting(LEARNER, TEACHER, other), Limits(history=[("c", "a")]))
    assert answer.broken == (Rule.TOPICS, Rule.LEVELS, Rule.REPORTING_LINE, Rule.LANGUAGE, Rule.MET)
    assert answer.pair is None


def test_why_not_tells_what_an_open_pair_would_cost_and_change() -> None:
    weak = a_person("c", 2, learn=["Java"], department="Data")
    setting = a_setting(LEARNER, TEACHER, weak)
    assert ids(a_run(*setting.people)) == {("a", "b")}
    answer = why_not("c", "b", setting, Limits())
    assert answer.broken == ()
    assert answer.pair is not None
    assert answer.price is not None
    assert answer.price >= 200
    assert answer.changes is not None
    assert answer.changes.ended == (("a", "b"),)
    assert answer.changes.now_alone == ("a",)
    assert answer.changes.now_matched == ("c",)


def test_a_blocked_pair_answers_why_not_like_an_open_one() -> None:
    people = people_of("people_60.csv")
    setting = a_setting(*people)
    pair = a_run(*people).pairs[0]
    blocked = Limits(forbidden=[(pair.b, pair.a)])
    assert (pair.a, pair.b) not in ids(a_run(*people, limits=blocked))
    answer = why_not(pair.a, pair.b, setting, blocked)
    assert answer == why_not(pair.a, pair.b, setting, Limits())
    assert answer.price == 25


def test_nobody_asks_about_themselves_or_strangers() -> None:
    with pytest.raises(ValueError, match="themselves"):
        why_not("a", "a", a_setting(LEARNER, TEACHER), Limits())
    with pytest.raises(KeyError):
        why_not("a", "z", a_setting(LEARNER, TEACHER), Limits())


def test_a_funnel_only_narrows_and_ends_where_the_reason_says() -> None:
    result = a_run(*people_of("people_400.csv"), rules=Rules(min_overlap_minutes=300))
    for person in result.unmatched:
        counts = [step.left for step in person.funnel]
        assert all(later <= earlier for earlier, later in pairwise(counts))
        if person.why is WhyNobody.EVERYONE_TAKEN:
            assert counts[-1] > 0
        elif person.funnel:
            assert counts[-1] == 0


def test_who_can_teach_nothing_wanted_is_told_what_would_help() -> None:
    lonely = a_person("z", 2, learn=["Beekeeping"])
    others = [a_person(f"y{at}", 3, learn=["Rust"], teach=["Go"] if at else []) for at in range(5)]
    result = a_run(lonely, *others)
    person = next(one for one in result.unmatched if one.id == "z")
    assert person.why is WhyNobody.NO_TOPIC_FIT
    assert [(supply.topic, supply.teachers) for supply in person.wanted] == [("Beekeeping", 0)]
    assert helps_of(result, "z") == {
        HelpKind.TEACH: ("Rust", 5, 5, 0),
        HelpKind.LEARN: ("Go", 4, 4, 0),
    }


def test_what_fewer_than_five_people_want_to_learn_is_not_told_to_others() -> None:
    others = [a_person(f"y{at}", 3, learn=["Rust"]) for at in range(4)]
    assert HelpKind.TEACH not in helps_of(a_run(a_person("z", 2, learn=["Beekeeping"]), *others), "z")


def test_longer_days_help_where_only_the_hours_part_two() -> None:
    early = a_person("e", 1, learn=["SQL"], start=6 * 60, end=12 * 60)
    late = a_person("l", 2, teach=["SQL"], start=14 * 60 + 15, end=22 * 60)
    result = a_run(early, late)
    assert result.pairs == ()
    assert helps_of(result, "e")[HelpKind.LONGER_HOURS] == ("", 1, 1, 45)
    assert a_run(early, late, rules=Rules(widen_minutes=60 + 23)).pairs


def test_owners_see_which_rule_would_bring_a_pair() -> None:
    same_level = a_run(a_person("a", 1, learn=["SQL"]), a_person("b", 1, teach=["SQL"]))
    assert HelpKind.LATERAL_PAIRS in helps_of(same_level, "a")
    near = a_run(a_person("a", 1, learn=["Docker"]), a_person("b", 2, teach=["Kubernetes"]))
    assert HelpKind.RELATED_TOPICS in helps_of(near, "a")
    met = a_run(LEARNER, TEACHER, limits=Limits(history=[("a", "b")]))
    assert HelpKind.MEET_AGAIN in helps_of(met, "a")
    full = a_run(a_person("c", 1, learn=["Java"]), LEARNER, TEACHER)
    assert helps_of(full, "c")[HelpKind.MORE_PLACES] == ("", 1, 0, 0)


def test_every_reason_for_nobody_is_true_when_forced() -> None:
    people = people_of("people_60.csv")
    rules = Rules(min_overlap_minutes=240)
    result = a_run(*people, rules=rules)
    alone = [person for person in result.unmatched if person.why is not WhyNobody.NO_PLACES]
    for person in alone[:6]:
        locks = [(person.id, other.id) for other in people if other.id != person.id]
        forced = [a_run(*people, rules=rules, limits=Limits(locked=[lock])) for lock in locks]
        possible = [run for run in forced if any(pair.locked for pair in run.pairs)]
        assert len(possible) == person.funnel[-1].left
        assert all(run.figures.objective <= result.figures.objective for run in possible)


def test_what_changed_between_two_runs_is_told() -> None:
    before = a_run(LEARNER, TEACHER)
    after = a_run(
        LEARNER, TEACHER, a_person("c", 2, teach=["SQL", "Java"]), limits=Limits(forbidden=[("a", "b")])
    )
    changes = compare(before, after)
    assert (changes.kept, changes.ended, changes.new) == ((), (("a", "b"),), (("a", "c"),))
    assert (changes.now_matched, changes.now_alone) == (("c",), ("b",))
    assert changes.points < 0


def test_other_rules_tell_what_they_give_and_what_they_cost() -> None:
    setting = a_setting(*people_of("people_60.csv"))
    usual = reweigh(setting.rules, setting, Limits())
    assert (usual.price, usual.changes.new, usual.then) == (0, (), usual.now)
    more = reweigh(replace(setting.rules, reciprocity=3000), setting, Limits())
    assert more.then.reciprocal > more.now.reciprocal
    assert more.price > 0
    none = reweigh(replace(setting.rules, min_overlap_minutes=1440), setting, Limits())
    assert none.then.pairs == 0
    assert none.price == usual.now.total_score


def test_one_partner_a_topic_means_one_teacher_of_each() -> None:
    wish = {"learn": ["SQL", "Java"], "places": 3, "department": "x"}
    teachers = [a_person(f"t{at}", 3, teach=["SQL"]) for at in range(2)] + [a_person("j", 3, teach=["Java"])]
    many = a_run(a_person("a", 1, **wish), *teachers)  # type: ignore[arg-type] # a wish's values differ
    assert len(many.pairs) == 3
    asked = a_run(a_person("a", 1, one_per_topic=True, **wish), *teachers)  # type: ignore[arg-type] # as above
    assert sorted(pair.a_learns for pair in asked.pairs) == [("Java",), ("SQL",)]
    locked = a_run(
        a_person("a", 1, one_per_topic=True, **wish),  # type: ignore[arg-type] # as above
        *teachers,
        limits=Limits(locked=[("a", "t1")]),
    )
    assert {pair.b for pair in locked.pairs} == {"j", "t1"}


def test_a_private_rule_leaves_no_mark_on_anybody_s_answer() -> None:
    blocked = a_run(LEARNER, TEACHER, limits=Limits(forbidden=[("a", "b")]))
    taken = a_run(LEARNER, TEACHER, a_person("c", 2, teach=["SQL"]), limits=Limits(locked=[("a", "c")]))
    alone = next(person for person in blocked.unmatched if person.id == "b")
    full = next(person for person in taken.unmatched if person.id == "b")
    assert (alone.why, alone.funnel[-1].left) == (full.why, full.funnel[-1].left)
    assert alone.helps == full.helps[-1:]
