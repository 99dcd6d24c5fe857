"""Setting up a programme: what it needs before it starts, and what a change leaves alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.mentoring.errors import BadForm, NotAllowed, Problem
from bot.mentoring.ids import Address
from bot.mentoring.people import ParticipantState, Profile, Standing
from bot.mentoring.programme import CONDITIONS, Choosing, OwnTopic
from bot.mentoring.prompts import OwnerNews, ProgrammeReady
from bot.mentoring.rights import Actor
from bot.use_cases import setting_up
from bot.use_cases.setting_up import SetupAnswers
from tests.worlds import CONTACTS, OWNER, World, a_participant, a_programme, a_world, at

ADMIN = Actor(OWNER, may_set_up=True)
ANSWERS = SetupAnswers(
    name="Bothways",
    purpose="You learn from somebody on another level,\nand they from you.",
    channel=Address("slack:T1:CHANNEL"),
    first_round="2026-12-01",
    weeks="12",
    ends="",
    summary_day="0",
    summary_at="09:00",
    zone="Europe/Berlin",
    owners=(),
    contacts=CONTACTS,
    conditions=CONDITIONS,
)


def set_up(world: World, actor: Actor = ADMIN, **changes: object) -> ProgrammeReady:
    """Send the form."""
    answers = replace(ANSWERS, **changes)  # type: ignore[arg-type] # a test changes any field
    return setting_up.set_up(actor, answers, records=world.records, now=world.now, new_id=world.ids)


def owner(world: World) -> Actor:
    """The owner, as the database knows them now."""
    return world.actor("owner")


def filled_in(world: World) -> dict[str, object]:
    """The answers of the form as it opens, sent unchanged."""
    form = setting_up.open_setup(owner(world), records=world.records, now=world.now)
    return {
        "name": form.name,
        "purpose": form.purpose,
        "channel": form.channel,
        "first_round": form.first_round.isoformat(),
        "weeks": str(form.weeks_between_rounds),
        "ends": form.ends.isoformat() if form.ends else "",
        "summary_day": str(form.summary_day),
        "summary_at": str(form.summary_at)[:5],
        "zone": form.zone,
        "owners": form.owners,
        "contacts": form.contacts,
        "conditions": form.conditions,
    }


def test_a_programme_is_launched_with_its_first_round_and_summary_in_its_zone() -> None:
    world = World()
    ready = set_up(world)
    assert ready.new
    assert ready.next_round_at == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert ready.next_summary_at == datetime(2026, 11, 30, 8, tzinfo=UTC)
    programme = world.records.programme()
    assert programme is not None
    assert (programme.owners, programme.contacts) == ((OWNER,), CONTACTS)


REFUSED: list[tuple[dict[str, object], str, Problem]] = [
    ({"name": " "}, "name", Problem.EMPTY),
    ({"name": "x" * 81}, "name", Problem.TOO_LONG),
    ({"purpose": "\u200b"}, "purpose", Problem.EMPTY),
    ({"purpose": "x" * 401}, "purpose", Problem.TOO_LONG),
    ({"channel": None}, "channel", Problem.EMPTY),
    ({"first_round": "2026-11-23"}, "first_round", Problem.IN_THE_PAST),
    ({"first_round": "2027-11-27"}, "first_round", Problem.TOO_FAR),
    ({"first_round": "tomorrow"}, "first_round", Problem.NOT_A_DATE),
    ({"weeks": "0"}, "weeks", Problem.OUT_OF_RANGE),
    ({"weeks": "53"}, "weeks", Problem.OUT_OF_RANGE),
    ({"weeks": "\u00b2"}, "weeks", Problem.NOT_A_NUMBER),
    ({"ends": "2026-12-01"}, "ends", Problem.ENDS_BEFORE_START),
    ({"ends": "never"}, "ends", Problem.NOT_A_DATE),
    ({"summary_day": "7"}, "summary_day", Problem.OUT_OF_RANGE),
    ({"summary_at": "9"}, "summary_at", Problem.NOT_A_DATE),
    ({"zone": "../../etc/passwd"}, "zone", Problem.NOT_A_ZONE),
    ({"zone": "America/Nuuk\u0000"}, "zone", Problem.NOT_A_ZONE),
    ({"owners": tuple(at(f"o{i}") for i in range(10))}, "owners", Problem.TOO_MANY),
    ({"contacts": ()}, "contacts", Problem.TOO_FEW_CONTACTS),
    ({"contacts": CONTACTS[:1] * 2}, "contacts", Problem.TOO_FEW_CONTACTS),
    ({"contacts": tuple(at(f"c{i}") for i in range(11))}, "contacts", Problem.TOO_MANY),
    ({"contacts": (OWNER, at("mia")), "owners": (at("mia"),)}, "contacts", Problem.ONLY_OWNERS),
    ({"conditions": CONDITIONS[:4]}, "conditions", Problem.CONDITIONS_OPEN),
    ({"conditions": ()}, "conditions", Problem.CONDITIONS_OPEN),
    ({"conditions": (*CONDITIONS, "mandatory")}, "conditions", Problem.CONDITIONS_OPEN),
]


@pytest.mark.parametrize(("changes", "field", "problem"), REFUSED)
def test_what_cannot_be_is_named_beside_its_field_and_nothing_starts(
    changes: dict[str, object], field: str, problem: Problem
) -> None:
    world = World()
    with pytest.raises(BadForm) as refused:
        set_up(world, ADMIN, **changes)
    assert [(each.field, each.problem) for each in refused.value.problems] == [(field, problem)]
    assert world.records.programme() is None


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadForm) as refused:
        set_up(World(), name="", zone="Mars", contacts=(), conditions=(), summary_at="25:00")
    fields = [each.field for each in refused.value.problems]
    assert sorted(fields) == ["conditions", "contacts", "name", "summary_at", "zone"]


def test_one_contact_outside_the_owners_is_enough() -> None:
    world = World()
    assert set_up(world, contacts=(OWNER, at("hr"))).new


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.MEMBER])
def test_owners_and_contacts_are_people_of_the_workspace(standing: Standing) -> None:
    world = World()
    world.records.save_profile(Profile(at("gus"), "Gus", "UTC", admin=False, standing=standing))
    with pytest.raises(BadForm) as refused:
        set_up(world, owners=(at("gus"),), contacts=(*CONTACTS, at("gus")))
    assert [(each.field, each.problem) for each in refused.value.problems] == [
        ("owners", Problem.NOT_A_PERSON),
        ("contacts", Problem.NOT_A_PERSON),
    ]


def test_a_participant_cannot_be_made_an_owner_and_may_after_leaving() -> None:
    world = a_world()
    with pytest.raises(BadForm) as refused:
        set_up(world, owner(world), owners=(at("ana"),))
    assert [each.problem for each in refused.value.problems] == [Problem.ALREADY_JOINED]
    world.records.save_participant(a_participant(state=ParticipantState.LEFT))
    assert set_up(world, owner(world), owners=(at("ana"),)).next_round_at is not None


def test_a_participant_cannot_launch_a_programme_that_is_theirs() -> None:
    world = World()
    world.records.save_participant(a_participant())
    with pytest.raises(NotAllowed):
        set_up(world, Actor(at("ana"), a_participant(), may_set_up=True))


@pytest.mark.parametrize("actor", [Actor(at("zoe")), Actor(at("ana"), a_participant())])
def test_only_who_may_set_up_launches(actor: Actor) -> None:
    world = World()
    with pytest.raises(NotAllowed):
        setting_up.open_setup(actor, records=world.records, now=world.now)
    with pytest.raises(NotAllowed):
        set_up(world, actor)
    assert world.records.programme() is None


def test_an_admin_does_not_change_a_programme_that_others_own() -> None:
    world = a_world()
    with pytest.raises(NotAllowed):
        set_up(world, Actor(at("adi"), may_set_up=True))
    assert world.records.programme() == a_programme()


def test_a_form_sent_as_it_opened_changes_nothing() -> None:
    world = a_world()
    assert not set_up(world, owner(world), **filled_in(world)).new
    assert world.records.programme() == a_programme()
    world.settle()
    assert not world.said_to("owner", OwnerNews)


def test_a_change_on_the_minute_of_the_summary_does_not_skip_it() -> None:
    world = a_world()
    world.now = a_programme().next_summary_at
    set_up(world, owner(world), **(filled_in(world) | {"name": "Other name"}))
    programme = world.records.programme()
    assert programme is not None
    assert programme == a_programme(name="Other name")


def test_another_day_or_hour_moves_the_dates_it_is_about_only() -> None:
    world = a_world()
    set_up(world, owner(world), **(filled_in(world) | {"summary_day": "2"}))
    programme = world.records.programme()
    assert programme is not None
    assert programme.next_round_at == a_programme().next_round_at
    assert programme.next_summary_at == datetime(2026, 11, 25, 8, tzinfo=UTC)
    set_up(world, owner(world), **(filled_in(world) | {"first_round": "2026-12-03"}))
    programme = world.records.programme()
    assert programme is not None
    assert programme.next_round_at == datetime(2026, 12, 3, 8, tzinfo=UTC)
    assert programme.next_summary_at == datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_a_new_owner_is_told_in_their_hours_and_once() -> None:
    world = a_world()
    tokyo = Profile(at("mia"), "Mia", "Asia/Tokyo", admin=False, standing=Standing.MEMBER)
    world.records.save_profile(tokyo)
    world.records.save_profile(Profile(OWNER, "Olga", "UTC", admin=False, standing=Standing.MEMBER))
    set_up(world, owner(world), owners=(at("mia"),))
    set_up(world, owner(world), owners=(at("mia"),))
    world.skip(days=2)
    assert world.said_to("mia", OwnerNews) == [OwnerNews("Bothways", "Olga")]
    (moment,) = [moment for moment, message in world.log if isinstance(message.prompt, OwnerNews)]
    assert moment == datetime(2026, 11, 25, 0, tzinfo=UTC)
    assert not world.said_to("owner", OwnerNews)


def test_an_owner_who_is_taken_off_owns_nothing_at_once() -> None:
    world = a_world()
    set_up(world, owner(world), owners=(at("mia"),))
    set_up(world, world.actor("mia"), owners=())
    assert not owner(world).owner
    with pytest.raises(NotAllowed):
        set_up(world, owner(world))


def test_an_empty_form_offers_a_first_round_in_a_week() -> None:
    world = World()
    form = setting_up.open_setup(ADMIN, records=world.records, now=world.now)
    assert form.first_round == (world.now + timedelta(weeks=1)).date()
    assert form.conditions == ()


def test_the_next_round_cannot_move_to_a_day_before_all_answers_to_this_one_are_in() -> None:
    world = a_world()
    world.propose_all()
    sooner, first = (world.now.date() + timedelta(days=days) for days in (13, 14))
    with pytest.raises(BadForm) as refused:
        set_up(world, owner(world), **(filled_in(world) | {"first_round": sooner.isoformat()}))
    assert [(one.field, one.problem, one.limit) for one in refused.value.problems] == [
        ("first_round", Problem.TOO_SOON, first.isoformat())
    ]
    ready = set_up(world, owner(world), **(filled_in(world) | {"first_round": first.isoformat()}))
    assert ready.next_round_at is not None
    assert ready.next_round_at.date() == first


def test_a_form_sent_unchanged_changes_nothing_at_all() -> None:
    world = a_world()
    world.propose_all()
    programme = world.records.programme()
    assert programme is not None
    own = replace(programme, choosing=Choosing(levels=7), topics=(OwnTopic("Sales kickoff"),))
    world.records.save_programme(own)
    world.skip(hours=3)
    set_up(world, owner(world), **filled_in(world))
    assert world.records.programme() == own


def test_the_form_and_its_answer_name_the_owners_and_contacts_whom_messages_do_not_reach() -> None:
    world = World()
    mia = at("mia")
    world.records.away = {CONTACTS[1], mia}
    assert set_up(world, owners=(mia,)).unreached == (mia, CONTACTS[1])
    form = setting_up.open_setup(owner(world), records=world.records, now=world.now)
    assert form.unreached == (mia, CONTACTS[1])
    world.records.away.clear()
    assert set_up(world, owner(world), owners=(mia,)).unreached == ()
