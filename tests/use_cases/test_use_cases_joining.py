"""Opting in, interests, and what is known about a person."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot import public_holidays
from bot.mentoring.errors import BadForm, BadInput, CannotTakePart, NoProgramme, NotJoined, Problem
from bot.mentoring.ids import Address
from bot.mentoring.people import Participant, ParticipantState, Profile, Standing
from bot.mentoring.prompts import InterestForgotten, InterestsChanged, Joined, ProfileSaved, Prompt
from bot.use_cases import joining
from bot.use_cases.joining import JoinAnswers
from tests.hostile import hostile
from tests.worlds import TOPICS, World, a_participant, a_programme, a_world, at

ANSWERS = JoinAnswers(
    name="Zoe Gupta",
    level="3",
    department="Product",
    learn=("negotiation",),
    teach=("sql", "Sourdough baking"),
    places="2",
    starts="08:30",
    ends="16:00",
    zone="Asia/Kolkata",
    languages=("en", "hi", "en"),
    manager=at("boss"),
    since="2021-04",
    findable=True,
)


def join(world: World, who: str = "zoe", /, **changes: object) -> Prompt:
    """Somebody sends the form."""
    answers = replace(ANSWERS, **changes)  # type: ignore[arg-type] # a test changes any field
    return joining.join(
        world.actor(who),
        answers,
        TOPICS,
        public_holidays,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )


def known(world: World, name: str = "zoe") -> Participant:
    """What is stored about somebody."""
    one = world.records.participant_at(at(name))
    assert one is not None
    return one


def add(world: World, side: str, typed: str, name: str = "ana") -> InterestsChanged:
    """Somebody adds topics."""
    return joining.add_interests(world.actor(name), side, typed, TOPICS, records=world.records)


def forget(world: World, typed: str, name: str = "ana") -> InterestForgotten:
    """Somebody takes a topic off."""
    return joining.forget_interest(world.actor(name), typed, TOPICS, records=world.records)


def test_joining_keeps_what_was_said_and_tells_when_the_next_round_is() -> None:
    world = a_world()
    answer = join(world)
    assert answer == Joined(
        programme="Bothways",
        next_round_at=a_programme().next_round_at,
        late=False,
        learn=("Negotiation",),
        teach=("SQL", "Sourdough baking"),
        places=2,
    )
    one = known(world)
    assert (one.level, one.department, one.manager, one.since) == (3, "Product", at("boss"), "2021-04")
    assert (one.hours.zone, one.hours.starts, one.hours.ends) == ("Asia/Kolkata", time(8, 30), time(16))
    assert (one.languages, one.findable, one.joined_at) == (("en", "hi"), True, world.now)


def test_a_late_joiner_is_told_that_the_next_round_is_theirs() -> None:
    world = a_world()
    world.propose_all()
    answer = join(world)
    assert isinstance(answer, Joined)
    assert answer.late
    assert answer.next_round_at == world.records.programmes[0].next_round_at


REFUSED: list[tuple[dict[str, object], str, Problem]] = [
    ({"name": "\u3164"}, "name", Problem.EMPTY),
    ({"name": "x" * 81}, "name", Problem.TOO_LONG),
    ({"level": "9"}, "level", Problem.OUT_OF_RANGE),
    ({"level": "0"}, "level", Problem.OUT_OF_RANGE),
    ({"level": "\u00b2"}, "level", Problem.NOT_A_NUMBER),
    ({"level": "9" * 5000}, "level", Problem.NOT_A_NUMBER),
    ({"level": ""}, "level", Problem.EMPTY),
    ({"department": " "}, "department", Problem.EMPTY),
    ({"learn": (), "teach": ()}, "learn", Problem.EMPTY),
    ({"learn": ("x" * 61,)}, "learn", Problem.TOO_LONG),
    ({"teach": tuple(f"topic number {i}" for i in range(21))}, "teach", Problem.TOO_MANY),
    ({"places": "7"}, "places", Problem.OUT_OF_RANGE),
    ({"places": "-1"}, "places", Problem.NOT_A_NUMBER),
    ({"starts": "24:00"}, "starts", Problem.NOT_A_DATE),
    ({"starts": "16:00"}, "ends", Problem.ENDS_BEFORE_START),
    ({"ends": ""}, "ends", Problem.EMPTY),
    ({"zone": "Mars/Olympus"}, "zone", Problem.NOT_A_ZONE),
    ({"holidays": "Atlantis"}, "holidays", Problem.NOT_A_CHOICE),
    ({"holidays": "DE-XX"}, "holidays", Problem.NOT_A_CHOICE),
    ({"languages": ("english",)}, "languages", Problem.NOT_A_CHOICE),
    ({"languages": tuple(f"a{chr(97 + i)}" for i in range(13))}, "languages", Problem.TOO_MANY),
    ({"manager": Address("slack:T2:BOSS")}, "manager", Problem.NOT_A_PERSON),
    ({"manager": Address("boss")}, "manager", Problem.NOT_A_PERSON),
    ({"manager": Address("slack:T1:" + "x" * 9000)}, "manager", Problem.NOT_A_PERSON),
    ({"since": "04/2021"}, "since", Problem.NOT_A_MONTH),
]


@pytest.mark.parametrize(("changes", "field", "problem"), REFUSED)
def test_what_cannot_be_is_named_beside_its_field_and_nobody_joins(
    changes: dict[str, object], field: str, problem: Problem
) -> None:
    world = a_world()
    with pytest.raises(BadForm) as refused:
        join(world, "zoe", **changes)
    assert [(each.field, each.problem) for each in refused.value.problems] == [(field, problem)]
    assert world.records.participant_at(at("zoe")) is None


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadForm) as refused:
        join(a_world(), name="", level="x", zone="", places="99", since="soon")
    assert sorted(each.field for each in refused.value.problems) == [
        "level",
        "name",
        "places",
        "since",
        "zone",
    ]


def test_oneself_as_manager_is_no_manager() -> None:
    world = a_world()
    join(world, manager=at("zoe"))
    assert known(world).manager is None


@pytest.mark.parametrize(("row", "name"), hostile("NM", "LITERAL"))
def test_names_are_kept_as_people_write_them(row: str, name: str) -> None:
    world = a_world()
    join(world, name=name)
    assert known(world).name == ("\U0001f3f4" if row == "NM-016" else name)


def test_two_people_with_one_name_stay_two() -> None:
    world = a_world()
    join(world, "zoe", name="Ana Lopez")
    join(world, "yan", name="\u0410na Lopez")
    join(world, "xia", name="Ana Lopez")
    assert len({known(world, name).id for name in ("zoe", "yan", "xia")}) == 3


def test_sending_the_form_again_changes_what_was_said_and_keeps_where_one_stands() -> None:
    until = a_world().now + timedelta(days=9)
    paused = a_participant(
        state=ParticipantState.PAUSED, paused_until=until, tell_partners=True, waiting=2, places=1
    )
    world = a_world(paused)
    assert join(world, "ana") == ProfileSaved()
    one = known(world, "ana")
    assert (one.id, one.name, one.places) == (paused.id, "Zoe Gupta", 2)
    assert (one.state, one.paused_until, one.tell_partners) == (ParticipantState.PAUSED, until, True)
    assert (one.waiting, one.joined_at) == (2, paused.joined_at)


def test_the_form_opens_with_what_is_known_and_changes_nothing_when_sent_back() -> None:
    world = a_world()
    form = joining.open_join(world.actor("ana"), public_holidays, records=world.records)
    assert form.joined
    before = known(world, "ana")
    join(
        world,
        "ana",
        name=form.name,
        level=str(form.level),
        department=form.department,
        learn=form.learn,
        teach=form.teach,
        places=str(form.places),
        starts=str(form.starts)[:5],
        ends=str(form.ends)[:5],
        zone=form.zone,
        languages=form.languages,
        manager=form.manager,
        since=form.since,
        findable=form.findable,
        holidays=form.holidays,
    )
    assert known(world, "ana") == before


def test_a_newcomers_form_opens_with_the_directorys_name_and_zone() -> None:
    world = a_world()
    world.records.save_profile(Profile(at("zoe"), "Zoe", "Asia/Tokyo", admin=False, standing=Standing.MEMBER))
    form = joining.open_join(world.actor("zoe"), public_holidays, records=world.records)
    assert (form.name, form.zone, form.holidays, form.joined, form.purpose) == (
        "Zoe",
        "Asia/Tokyo",
        "JP",
        False,
        a_programme().purpose,
    )


def test_the_holidays_of_a_place_are_days_off_from_the_form_on() -> None:
    world = a_world()
    join(world, "zoe", holidays="GB-SCT")
    hours = known(world).hours
    assert hours.holidays == "GB-SCT"
    assert not hours.works_on(date(2026, 12, 25))
    assert hours.works_on(date(2026, 12, 29))
    join(world, "zoe", holidays="")
    assert known(world).hours.works_on(date(2026, 12, 25))


def test_who_left_starts_anew_and_keeps_the_history_of_pairs() -> None:
    world = a_world(a_participant(state=ParticipantState.LEFT, waiting=3, findable=True))
    form = joining.open_join(world.actor("ana"), public_holidays, records=world.records)
    assert (form.joined, form.learn, form.findable) == (False, (), False)
    assert isinstance(join(world, "ana"), Joined)
    one = known(world, "ana")
    assert (one.id, one.state, one.waiting) == ("ana", ParticipantState.ACTIVE, 0)


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.MEMBER])
def test_guests_externals_bots_and_closed_accounts_cannot_join(standing: Standing) -> None:
    world = a_world()
    world.records.save_profile(Profile(at("gus"), "Gus", "UTC", admin=False, standing=standing))
    with pytest.raises(CannotTakePart) as refused:
        join(world, "gus")
    assert refused.value == CannotTakePart(standing)
    with pytest.raises(CannotTakePart):
        joining.open_join(world.actor("gus"), public_holidays, records=world.records)
    assert world.records.participant_at(at("gus")) is None


def test_an_owner_cannot_join() -> None:
    world = a_world()
    with pytest.raises(CannotTakePart) as refused:
        join(world, "owner")
    assert refused.value == CannotTakePart("owner")
    with pytest.raises(CannotTakePart):
        joining.open_join(world.actor("owner"), public_holidays, records=world.records)


def test_nobody_joins_before_a_programme_runs() -> None:
    with pytest.raises(NoProgramme):
        join(World())


def test_near_duplicates_merge_with_a_notice() -> None:
    world = a_world()
    answer = add(
        world,
        "teach",
        "postgres, Kubernetse, sql, python\u200b, PYTHON, \uff30\uff59\uff54\uff48\uff4f\uff4e",
    )
    assert answer.added == ("PostgreSQL", "Kubernetes", "Python")
    assert answer.known == ("SQL",)
    assert answer.merged == (("postgres", "PostgreSQL"), ("Kubernetse", "Kubernetes"))
    assert known(world, "ana").teach == ("SQL", "PostgreSQL", "Kubernetes", "Python")


def test_a_topic_that_nobody_knows_is_called_what_the_first_called_it() -> None:
    world = a_world(a_participant(joined_at=a_world().now - timedelta(days=1)), a_participant("ben"))
    add(world, "teach", "Sourdough Baking")
    answer = add(world, "learn", "sourdough  baking", "ben")
    assert (answer.added, answer.merged) == (("Sourdough Baking",), ())
    assert known(world, "ben").learn == ("Negotiation", "Sourdough Baking")


def test_a_slip_is_not_mended_towards_what_only_another_person_typed() -> None:
    world = a_world(a_participant(), a_participant("ben"))
    add(world, "learn", "Imposter feelings")
    assert add(world, "learn", "Impostor feelings", "ben").added == ("Impostor feelings",)


@pytest.mark.parametrize(("row", "topic"), hostile("TP", "LITERAL"))
def test_topics_are_data_whatever_they_look_like(row: str, topic: str) -> None:
    world = a_world()
    add(world, "teach", topic)
    kept = known(world, "ana").teach[1:]
    assert ", ".join(kept) == topic, row


def test_topics_are_separated_by_commas_and_semicolons() -> None:
    assert add(a_world(), "learn", "go; rust ,, python,").added == ("Go", "Rust", "Python")


def test_twenty_topics_fit_and_one_more_does_not() -> None:
    world = a_world(a_participant(learn=()))
    add(world, "learn", ",".join(f"subject {chr(97 + i) * 4}" for i in range(20)))
    assert len(known(world, "ana").learn) == 20
    with pytest.raises(BadInput) as refused:
        add(world, "learn", "one more")
    assert refused.value == BadInput("learn", Problem.TOO_MANY, "20")
    assert len(known(world, "ana").learn) == 20
    assert add(world, "learn", "subject aaaa").known == ("subject aaaa",)


@pytest.mark.parametrize(
    "typed", ["", " , ;", "\u200b", "x" * 61, "x" * 10_000, ",".join("abcdefghijklmnopqrstu")]
)
def test_topics_that_cannot_be_are_refused_and_nothing_changes(typed: str) -> None:
    world = a_world()
    with pytest.raises(BadInput) as refused:
        add(world, "learn", typed)
    assert refused.value.field == "learn"
    assert known(world, "ana") == a_participant()


@pytest.mark.parametrize(("teachers", "told"), [(4, 0), (5, 5), (6, 6)])
def test_how_many_others_teach_it_is_told_from_five_on(teachers: int, told: int) -> None:
    world = a_world(a_participant(), *(a_participant(f"t{at}", teach=("Go",)) for at in range(teachers)))
    assert add(world, "learn", "go").others == told


def test_a_topic_is_forgotten_on_both_sides_by_any_of_its_names() -> None:
    world = a_world(a_participant(learn=("PostgreSQL", "Go"), teach=("PostgreSQL",)))
    assert forget(world, "postgres") == InterestForgotten(topic="PostgreSQL", was_there=True)
    assert (known(world, "ana").learn, known(world, "ana").teach) == (("Go",), ())
    assert not forget(world, "postgres").was_there


def test_interests_are_for_those_who_joined() -> None:
    world = a_world(a_participant(state=ParticipantState.LEFT))
    for name in ("ana", "zoe"):
        with pytest.raises(NotJoined):
            add(world, "learn", "go", name)
        with pytest.raises(NotJoined):
            forget(world, "go", name)


def test_the_profile_shows_all_that_is_known_to_the_person_alone() -> None:
    world = a_world()
    join(world)
    shown = joining.show_profile(world.actor("zoe"), records=world.records)
    assert (shown.card.learn, shown.manager, shown.since) == (("Negotiation",), at("boss"), "2021-04")
    with pytest.raises(NotJoined):
        joining.show_profile(world.actor("yan"), records=world.records)
