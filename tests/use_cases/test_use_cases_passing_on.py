"""Concerns that do not reach their contact: nothing is lost, and the reporter gives them to somebody else."""

from datetime import timedelta

import pytest

from bot.mentoring.concern import A_DAY, KEPT
from bot.mentoring.errors import NotFound
from bot.mentoring.ids import Address
from bot.mentoring.people import ParticipantState, Profile, Standing
from bot.mentoring.prompts import (
    ConcernAboutForm,
    ConcernForm,
    ConcernGiven,
    ConcernOnward,
    ConcernRead,
    ConcernsShown,
    ConcernUnreached,
    ConcernWaiting,
    Listener,
    Prompt,
)
from bot.use_cases import passing_on, pausing, raising
from bot.use_cases.losing_touch import find_again, lose_touch
from tests.use_cases.test_use_cases_raising import ANA, BEN, HR, WORDS, WORKS, give, read
from tests.worlds import OWNER, World, a_programme, a_world, at


def lose(world: World, who: Address = HR) -> None:
    """Messages do not reach somebody."""
    lose_touch(who, records=world.records, now=world.now, new_id=world.ids)


def find(world: World, who: Address = HR) -> None:
    """Somebody is heard of again."""
    find_again(who, records=world.records, now=world.now, new_id=world.ids)


def miss(world: World, contact: Address = HR) -> None:
    """The message of the only concern will never reach that contact."""
    (concern,) = world.records.concerns()
    passing_on.miss_message(concern.id, contact, records=world.records, now=world.now, new_id=world.ids)


def key(world: World) -> str:
    """The id of the only concern."""
    (concern,) = world.records.concerns()
    return concern.id


def choose(world: World, by: str = "ana") -> Prompt:
    """Somebody asks who else can read the only concern."""
    return passing_on.choose_another(world.actor(by), key(world), records=world.records, now=world.now)


def pass_on(world: World, contact: Address = WORKS, by: str = "ana") -> Prompt:
    """Somebody gives the only concern to another contact."""
    return passing_on.pass_on(
        world.actor(by), key(world), contact, records=world.records, now=world.now, new_id=world.ids
    )


def shown(world: World) -> ConcernsShown:
    """What Ana reads of her concerns."""
    prompt = raising.show(world.actor("ana"), records=world.records, now=world.now)
    assert isinstance(prompt, ConcernsShown)
    return prompt


def raised(contact: Address = HR, close: tuple[Address, ...] = ()) -> World:
    """Ana has raised a concern about Ben, which a third contact could read too."""
    world = a_world()
    world.records.save_programme(a_programme(contacts=(HR, WORKS, OWNER)))
    give(world, contact, close=close)
    return world


@pytest.mark.parametrize("happens", [miss, lose])
def test_the_reporter_hears_once_and_no_message_says_of_what_or_from_whom(happens: object) -> None:
    world = raised()
    assert shown(world).given[0].reached
    for _ in range(3):
        happens(world)  # type: ignore[operator] # one of two ways to hear of it
    world.skip(days=1)
    assert world.said_to("ana", ConcernUnreached) == [ConcernUnreached()]
    (told,) = [one for _, one in world.log if isinstance(one.prompt, ConcernUnreached)]
    assert key(world) not in told.key
    assert not shown(world).given[0].reached
    for name in ("ben", "hr", "works", "owner"):
        assert world.said_to(name, ConcernUnreached) == []


def test_the_reporter_hears_in_their_own_hours() -> None:
    world = raised()
    world.now = world.now.replace(hour=23)
    miss(world)
    world.skip(days=2)
    (moment,) = [at for at, one in world.log if isinstance(one.prompt, ConcernUnreached)]
    assert world.records.participants()[0].hours.covers(moment)
    stranger = a_world()
    profile = Profile(at("zoe"), "Zoe", "Asia/Tokyo", admin=False, standing=Standing.MEMBER)
    stranger.records.save_profile(profile)
    give(stranger, by="zoe")
    miss(stranger)
    (told,) = [one for one in stranger.records.outbox.values() if isinstance(one.prompt, ConcernUnreached)]
    assert told.not_before.hour == 0, "nine in Tokyo"


def test_neither_a_pause_nor_having_left_keeps_it_from_the_reporter() -> None:
    gone, paused = raised(), raised()
    pausing.leave(gone.actor("ana"), records=gone.records, now=gone.now, new_id=gone.ids)
    ana, records = paused.actor("ana"), paused.records
    pausing.pause(ana, "8w", tell_partners=False, records=records, now=paused.now, new_id=paused.ids)
    for world in (paused, gone):
        assert world.records.participant_at(ANA).state is not ParticipantState.ACTIVE  # type: ignore[union-attr]
        miss(world)
        world.skip(days=3)
        assert world.said_to("ana", ConcernUnreached)


def test_somebody_else_reads_it_as_it_was_written_and_has_as_long_for_it() -> None:
    world = raised()
    miss(world)
    world.skip(days=30)
    onward = choose(world)
    assert isinstance(onward, ConcernOnward)
    assert onward.listeners == (Listener(WORKS, ""), Listener(OWNER, ""))
    assert pass_on(world) == ConcernGiven("", "nothing", "")
    world.skip(days=1)
    assert world.said_to("works", ConcernWaiting) == [ConcernWaiting(key(world))]
    (waits,) = shown(world).given
    assert (waits.reached, waits.kept_until) == (True, world.now - A_DAY + KEPT)
    with pytest.raises(NotFound):
        read(world, "hr")
    told = read(world, "works")
    assert isinstance(told, ConcernRead)
    assert (told.words, told.reporter, told.about) == (WORDS, ANA, BEN)
    assert world.said_to("owner", ConcernWaiting) == []


def test_neither_the_person_nor_who_is_too_close_nor_who_was_not_reached_is_a_choice() -> None:
    world = raised(close=(WORKS,))
    world.records.save_programme(a_programme(contacts=(HR, WORKS, BEN, OWNER)))
    miss(world)
    onward = choose(world)
    assert isinstance(onward, ConcernOnward)
    assert [one.who for one in onward.listeners] == [OWNER]
    for other in (WORKS, BEN, HR, ANA, at("zoe")):
        assert pass_on(world, other) == onward
    world.records.save_programme(a_programme(contacts=(HR, WORKS), routes="The works council"))
    nobody = choose(world)
    assert isinstance(nobody, ConcernOnward)
    assert (nobody.listeners, nobody.routes) == ((), "The works council")


def test_nobody_but_its_reporter_passes_it_on() -> None:
    world = raised()
    miss(world)
    for name in ("ben", "hr", "works", "owner"):
        with pytest.raises(NotFound):
            choose(world, name)
        with pytest.raises(NotFound):
            pass_on(world, by=name)


def test_what_was_read_or_reaches_its_contact_is_not_passed_on() -> None:
    world = raised()
    assert choose(world) == pass_on(world) == shown(world)
    miss(world)
    find(world)
    assert choose(world) == pass_on(world) == shown(world)
    read(world)
    miss(world)
    lose(world)
    assert shown(world).given[0].reached
    assert choose(world) == pass_on(world) == shown(world)


def test_a_message_to_an_earlier_contact_that_fails_late_says_nothing_of_the_new_one() -> None:
    world = raised()
    miss(world)
    world.skip(minutes=5)
    pass_on(world)
    miss(world, HR)
    assert shown(world).given[0].reached
    miss(world, WORKS)
    world.skip(days=3)
    assert len(world.said_to("ana", ConcernUnreached)) == 2, "one for each contact it did not reach"


def test_a_contact_who_is_heard_of_again_hears_anew_of_what_they_missed() -> None:
    world = raised()
    find(world)
    world.skip(days=1)
    assert len(world.said_to("hr", ConcernWaiting)) == 1, "what arrived is not said twice"
    lose(world)
    for who in (WORKS, ANA, HR, HR):
        find(world, who)
    (again,) = [one for one in world.records.outbox.values() if one.to.ref == HR]
    assert again.not_before > world.now, "where they are reached is noted only after this"
    world.skip(days=1)
    assert len(world.said_to("hr", ConcernWaiting)) == 2
    assert shown(world).given[0].reached
    assert isinstance(read(world), ConcernRead)


def test_however_often_a_contact_comes_and_goes_the_reporter_hears_once_a_week() -> None:
    world = raised()
    for _ in range(5):
        lose(world)
        world.now += timedelta(minutes=5)
        find(world)
    lose(world)
    world.skip(days=2)
    assert len(world.said_to("ana", ConcernUnreached)) == 1
    find(world)
    world.skip(days=7)
    lose(world)
    world.skip(days=2)
    assert len(world.said_to("ana", ConcernUnreached)) == 2


def test_of_all_that_waits_with_one_contact_the_reporter_hears_in_one_message() -> None:
    world = raised()
    give(world)
    lose(world)
    world.now += timedelta(minutes=10)
    give(world)
    lose(world)
    world.skip(days=1)
    assert len(world.said_to("ana", ConcernUnreached)) == 1
    assert [one.reached for one in shown(world).given] == [False] * 3


def test_what_is_missed_at_night_is_told_in_one_message_in_the_morning() -> None:
    world = raised()
    world.now = world.now.replace(hour=20)
    for _ in range(2):
        give(world)
        lose(world)
        world.now += timedelta(hours=4)
    world.skip(days=1)
    assert len(world.said_to("ana", ConcernUnreached)) == 1


def test_what_was_taken_back_is_missed_by_nobody_and_keeps_nobodys_name() -> None:
    world = raised(close=(WORKS,))
    miss(world)
    raising.take_back(world.actor("ana"), key(world), records=world.records, now=world.now)
    assert WORKS not in repr(world.records.concerns())
    before = world.records.concerns()
    world.records.outbox.clear()
    lose(world)
    find(world)
    assert world.records.concerns() == before
    assert not world.records.outbox


def forms(world: World) -> list[set[Address]]:
    """Whom each form of a concern about Ben names as those who can read it."""
    opened = raising.open_form(world.actor("ana"), None, records=world.records, now=world.now)
    chosen = raising.choose_listener(world.actor("ana"), BEN, (), records=world.records, now=world.now)
    assert isinstance(opened, ConcernAboutForm)
    assert isinstance(chosen, ConcernForm)
    return [{one.who for one in form.listeners} for form in (opened, chosen)]


def test_a_contact_who_is_out_of_reach_is_no_choice_while_another_is_reached() -> None:
    world = raised()
    assert forms(world) == [{HR, WORKS, OWNER}] * 2
    world.records.away = {HR, OWNER}
    assert forms(world) == [{WORKS}] * 2
    assert isinstance(give(world, HR), ConcernGiven), "chosen before that was known"
    world.records.away = {HR, WORKS, OWNER}
    assert forms(world) == [{HR, WORKS, OWNER}] * 2, "better kept for somebody than for nobody"


def test_a_concern_is_passed_on_to_nobody_who_is_out_of_reach_too() -> None:
    world = raised()
    miss(world)
    world.records.away = {WORKS}
    onward = choose(world)
    assert isinstance(onward, ConcernOnward)
    assert [one.who for one in onward.listeners] == [OWNER]
    assert pass_on(world, WORKS) == onward
    world.records.away = {WORKS, OWNER}
    nobody = choose(world)
    assert isinstance(nobody, ConcernOnward)
    assert nobody.listeners == ()
