"""Newcomers are welcomed once, and a form they left half-way waits for them for a while."""

from dataclasses import replace
from datetime import time

import pytest

from bot.mentoring.left_form import KEPT, LeftForm
from bot.mentoring.people import ParticipantState, Profile, Standing
from bot.mentoring.prompts import Home, JoinForm, JoinLeft, Prompt, Welcome
from handlers import forms, home
from handlers.fields import Values
from tests.counter import Counter, in_words
from tests.worlds import World, a_world, at

BEGUN = {
    "name": ("Zoe Q",),
    "level": ("3",),
    "department": ("Product",),
    "learn": ("Go", "tea"),
    "teach": (),
    "places": ("2",),
    "starts": ("08:30",),
    "ends": ("16:00",),
    "zone": ("Asia/Tokyo",),
    "languages": ("en",),
    "manager": (at("ben"),),
    "since": ("2024-01",),
    "found": ("yes",),
    "handover": ("yes",),
    "direction": ("craft",),
    "holidays": ("JP",),
}
UNTOUCHED = {"name": ("Zoe",), "places": ("1",), "starts": ("09:00",), "ends": ("17:00",), "zone": ("UTC",)}
SENT = {**BEGUN, "manager": ()}


def heard_of(counter: Counter, name: str, standing: Standing = Standing.MEMBER) -> None:
    """Let the directory tell of somebody."""
    profile = Profile(at(name), name.capitalize(), "Europe/Berlin", admin=False, standing=standing)
    counter.world.records.save_profile(profile)


def a_counter() -> Counter:
    """A programme with Ana and Ben, and Zoe, whom the directory told of."""
    counter = Counter(a_world())
    heard_of(counter, "zoe")
    return counter


def opens(counter: Counter, name: str, *, external: bool = False) -> Prompt:
    """Somebody opens their page."""
    world = counter.world
    caller = counter.caller(name, external=external)
    return home.opened(caller, records=world.records, now=world.now, new_id=world.ids)


def fills(counter: Counter, name: str, values: Values, form: str = "join", **who: bool) -> None:
    """Somebody fills in a form, and does not send it."""
    world, caller = counter.world, counter.caller(name, **who)
    forms.fill(caller, form, values, records=world.records, now=world.now, new_id=world.ids)


def closes(counter: Counter, name: str, values: Values, form: str = "join", **who: bool) -> None:
    """Somebody fills in a form and closes it without sending it."""
    fills(counter, name, values, form, **who)
    world, caller = counter.world, counter.caller(name, **who)
    forms.leave(caller, form, records=world.records, now=world.now, new_id=world.ids)


def sent(world: World, kind: type[Prompt]) -> list[Prompt]:
    """What waits to be sent or was sent."""
    every = [*world.records.outbox.values(), *(message for _, message in world.records.sent.values())]
    return [message.prompt for message in every if isinstance(message.prompt, kind)]


def form_of(counter: Counter, name: str) -> JoinForm:
    """The opt-in form as it opens for somebody."""
    opened = counter.say(name, "join")
    assert isinstance(opened, JoinForm)
    return opened


def test_the_first_opening_of_the_page_brings_a_welcome_and_no_other_does() -> None:
    counter = a_counter()
    for _ in range(3):
        assert isinstance(opens(counter, "zoe"), Home)
        counter.world.settle()
    (said,) = sent(counter.world, Welcome)
    assert isinstance(said, Welcome)
    assert said.programme == "Bothways"
    assert counter.world.said_to("zoe") == [said]


@pytest.mark.parametrize("name", ["ana", "owner"])
def test_who_takes_part_or_owns_the_programme_is_not_welcomed(name: str) -> None:
    counter = a_counter()
    heard_of(counter, name)
    opens(counter, name)
    assert sent(counter.world, Welcome) == []


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.MEMBER])
def test_who_cannot_take_part_is_not_welcomed(standing: Standing) -> None:
    counter = a_counter()
    heard_of(counter, "gus", standing)
    opens(counter, "gus")
    assert sent(counter.world, Welcome) == []


def test_people_of_other_companies_are_not_welcomed_whatever_the_directory_told() -> None:
    counter = a_counter()
    opens(counter, "zoe", external=True)
    assert sent(counter.world, Welcome) == []


def test_who_left_is_not_welcomed_as_if_new() -> None:
    counter = a_counter()
    heard_of(counter, "ana")
    ana = counter.world.actor("ana").participant
    assert ana
    counter.world.records.save_participant(replace(ana, state=ParticipantState.LEFT))
    opens(counter, "ana")
    assert sent(counter.world, Welcome) == []


def test_without_a_programme_the_welcome_waits_for_one() -> None:
    counter = a_counter()
    programmes = counter.world.records.programmes
    before = programmes[:]
    programmes.clear()
    opens(counter, "zoe")
    programmes[:] = before
    opens(counter, "zoe")
    assert len(sent(counter.world, Welcome)) == 1


def test_whom_the_directory_did_not_tell_of_is_welcomed_when_it_does() -> None:
    counter = Counter(a_world())
    opens(counter, "zoe")
    assert sent(counter.world, Welcome) == []
    heard_of(counter, "zoe")
    opens(counter, "zoe")
    assert len(sent(counter.world, Welcome)) == 1


def test_a_form_left_half_way_opens_with_all_that_stood_in_it() -> None:
    counter = a_counter()
    closes(counter, "zoe", BEGUN)
    form = form_of(counter, "zoe")
    assert form.resumed
    assert (form.name, form.level, form.department, form.places) == ("Zoe Q", 3, "Product", 2)
    assert (form.learn, form.teach, form.languages) == (("Go", "tea"), (), ("en",))
    assert (form.starts, form.ends, form.zone) == (time(8, 30), time(16), "Asia/Tokyo")
    assert (form.manager, form.since, form.findable) == (at("ben"), "2024-01", True)
    shown = {field.key: field.initial for field in forms.fields(form)}
    assert shown == {key: tuple(map(str, values)) for key, values in BEGUN.items()}


def test_who_took_the_public_holidays_out_and_left_does_not_find_them_again() -> None:
    counter = a_counter()
    closes(counter, "zoe", {**BEGUN, "holidays": ()})
    assert form_of(counter, "zoe").holidays == ""


def test_it_is_offered_once_and_stands_on_the_page_until_it_is_sent() -> None:
    counter = a_counter()
    for _ in range(3):
        closes(counter, "zoe", BEGUN)
        counter.world.settle()
    assert sent(counter.world, JoinLeft) == [JoinLeft(counter.world.now + KEPT)]
    page = opens(counter, "zoe")
    assert isinstance(page, Home)
    assert page.kept_until == counter.world.now + KEPT
    assert "You began to join" in in_words(page).text
    counter.send("zoe", "join", SENT)
    assert counter.world.records.left_forms == {}


def test_a_form_that_is_still_open_is_kept_and_nothing_is_said() -> None:
    counter = a_counter()
    fills(counter, "zoe", BEGUN)
    assert counter.world.records.left_forms
    assert counter.world.records.outbox == {}


def test_the_last_choice_may_come_after_the_form_was_sent_and_is_not_kept() -> None:
    counter = a_counter()
    fills(counter, "zoe", BEGUN)
    counter.send("zoe", "join", SENT)
    fills(counter, "zoe", BEGUN)
    assert counter.world.records.left_forms == {}


def test_the_offer_can_be_declined_and_nothing_stays() -> None:
    counter = a_counter()
    closes(counter, "zoe", BEGUN)
    counter.press("zoe", "forget_join")
    assert counter.world.records.left_forms == {}
    assert not form_of(counter, "zoe").resumed
    counter.press("zoe", "forget_join")


@pytest.mark.parametrize(
    "values", [UNTOUCHED, {}, {**UNTOUCHED, "learn": ("",)}, {**UNTOUCHED, "page": ("x",)}]
)
def test_a_form_that_was_not_begun_leaves_no_trace(values: Values) -> None:
    counter = a_counter()
    closes(counter, "zoe", values)
    assert counter.world.records.left_forms == {}
    assert counter.world.records.outbox == {}


@pytest.mark.parametrize("form", ["setup", "pause", "date", "learn", "nonsense"])
def test_other_forms_are_not_kept(form: str) -> None:
    counter = a_counter()
    closes(counter, "zoe", BEGUN, form)
    assert counter.world.records.left_forms == {}


@pytest.mark.parametrize("name", ["ana", "owner", "gus"])
def test_nothing_is_kept_of_who_takes_part_or_cannot(name: str) -> None:
    counter = a_counter()
    heard_of(counter, "gus", Standing.GUEST)
    closes(counter, name, BEGUN)
    closes(counter, "zoe", BEGUN, external=True)
    assert counter.world.records.left_forms == {}


def test_what_is_kept_is_bounded_and_clean_and_only_the_forms_own() -> None:
    counter = a_counter()
    huge = {
        "learn": tuple(f"topic {n}" for n in range(500)),
        "name": ("x\u202e" * 90_000,),
        "role": ("owner",),
    }
    closes(counter, "zoe", huge)
    kept = counter.world.records.left_forms[at("zoe")].answers
    assert set(kept) == {"learn", "name"}
    assert len(kept["learn"]) == 40
    assert kept["name"] == ("x" * 1_500,)


def test_what_cannot_be_taken_opens_as_in_a_fresh_form() -> None:
    counter = a_counter()
    closes(
        counter,
        "zoe",
        {
            "learn": ("Go",),
            "level": ("99",),
            "places": ("many",),
            "starts": ("25:61",),
            "ends": ("",),
            "zone": ("Mars/Base",),
        },
    )
    form = form_of(counter, "zoe")
    assert (form.level, form.places, form.starts, form.ends) == (None, 1, time(9), time(17))
    assert (form.zone, form.name, form.manager) == ("Europe/Berlin", "Zoe", None)
    assert in_words(form).form


def test_only_a_newcomers_form_asks_what_stood_in_it() -> None:
    counter = a_counter()
    framed = [in_words(counter.say(name, word)).form for name, word in (("zoe", "join"), ("ana", "join"))]
    assert [one.keeps for one in framed if one] == [True, False]


def test_a_left_form_gives_its_values_by_field() -> None:
    left = LeftForm({"learn": ("Go", "tea")}, a_counter().world.now)
    assert (left.one("learn"), left.many("learn"), left.one("level"), left.many("level")) == (
        "Go",
        ("Go", "tea"),
        "",
        (),
    )
