"""Every form with forged fields: problems stand beside their fields, rights are read at the sending."""

from dataclasses import replace
from typing import Any

import pytest

from bot.mentoring.errors import (
    BadForm,
    BadInput,
    CannotTakePart,
    MentoringError,
    NotAllowed,
    NotFound,
    NotJoined,
    NotPossibleNow,
    Problem,
)
from bot.mentoring.ids import ParticipantId
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import (
    ConcernAboutForm,
    ConcernForm,
    FormPrompt,
    InterestsChanged,
    Listener,
    LookBackForm,
    MovedOn,
    ProgrammeReady,
    ReachedForm,
    TimesSent,
)
from bot.mentoring.story import Mark
from handlers import forms
from handlers.forms import FORMS
from prompts import labels
from prompts.view import Input, InputKind, Option
from tests.counter import Counter, a_busy_counter, a_counter_for
from tests.hostile import hostile
from tests.worlds import at

JOIN = {
    "name": ("Zoe",),
    "level": ("3",),
    "department": ("Product",),
    "learn": ("Go",),
    "places": ("1",),
    "starts": ("09:00",),
    "ends": ("17:00",),
    "zone": ("UTC",),
}
OWN_WORDS = {
    ("words", "owner"): "programmes",
    ("agenda", "ana"): "texts",
    ("goal", "ana"): "goal_rows",
}
"""Where somebody may write what they like, and the rows that it changes."""
TYPED = ("learn", "teach", "forget", "find")
"""Forms whose fields take what anybody types, as a topic of their own."""
FORGED = [
    *(str(value) for _, value in hostile("ID")),
    "",
    "\x00",
    "x" * 10_000,
    "\u202e",
    "\ud83d",
    "slack:T2:BEN",
    "99999999999999999999",
    "\u0663",
    "2026-02-30",
    "25:61",
]


def opened(form: str) -> tuple[Input, ...]:
    """The fields of a form as it opens for somebody who may."""
    counter, active = a_counter_for(form)
    special = {
        "join": lambda: counter.say("zoe", "join"),
        "setup": lambda: counter.say("owner", "setup"),
        "about_two": lambda: counter.press("owner", "open_about_two"),
        "choosing": lambda: counter.press("owner", "open_choosing"),
        "words": lambda: counter.press("owner", "open_words"),
        "pause": lambda: counter.say("ana", "pause"),
        "times": lambda: counter.press("ana", "propose_time", active),
        "agenda": lambda: counter.say("ana", "agenda"),
        "notes": lambda: (counter.press("ana", "met", active), counter.press("ana", "open_notes", active))[1],
        "look_back": lambda: counter.press("ana", "look_back", active),
        "concern_about": lambda: counter.press("ana", "open_concern", active),
        "concern": lambda: counter.send("ana", "concern_about", {"about": (at("ben"),)}),
        "expect": lambda: counter.say("ana", "expect"),
        "change": lambda: counter.press("ana", "suggest_change", active),
        "goal": lambda: counter.press("ana", "open_goal", active),
        "reached": lambda: counter.press("ana", "goal_reached", active),
        "back": lambda: counter.press("ana", "open_back", active),
    }
    partner = counter.world.records.pair(active).partner_of(ParticipantId("ana"))
    counter.press("ana", "close_together", active)
    counter.press(partner, "close_agree", active)
    prompt = special[form]() if form in special else counter.press("ana", f"open_{form}")
    assert isinstance(prompt, FormPrompt)
    assert prompt.form == form
    return forms.fields(prompt)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_fields_that_have_words_in_their_order(form: str) -> None:
    keys = tuple(field.key for field in opened(form))
    assert keys == labels.fields(form)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_opens_with_is_among_what_it_offers(form: str) -> None:
    for field in opened(form):
        if field.kind in (InputKind.CHOICE, InputKind.CHOICES, InputKind.CHECKS):
            offered = {option.value for option in field.options}
            assert offered
            assert set(field.initial) <= offered, field.key


def _forget_signs(rows: dict[str, Any], who: ParticipantId) -> None:
    """Take out that somebody's own words are a sign of life, and that the journey looks at it."""
    rows["steps"] = {
        key: [one for one in done if (one.step, one.to) != (Mark.WROTE, who)]
        for key, done in rows["steps"].items()
    }
    rows["pair_rows"] = {key: replace(one, next_due_at=None) for key, one in rows["pair_rows"].items()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["zoe", "ana", "eli", "owner"])
def test_forged_values_in_any_field_change_nothing_of_others(form: str, name: str) -> None:
    keys = labels.fields(form)
    for value in FORGED:
        counter, active, *_ = a_busy_counter()
        before = counter.rows()
        refused: MentoringError | None = None
        try:
            hint = at("fay") if form == "concern" else active
            counter.send(name, form, dict.fromkeys(keys, (value,)), hint)
        except MentoringError as problem:
            refused = problem
        after = counter.rows()
        if form in TYPED:
            for rows in (before, after):
                rows["people"].pop(ParticipantId(name), None)
        own_words = OWN_WORDS.get((form, name), "")
        for rows in (before, after) if own_words else ():
            rows.pop(own_words)
            _forget_signs(rows, ParticipantId(name))
        assert refused is not None or form in TYPED or bool(own_words), value
        assert after == before, value


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {LookBackForm.form, ReachedForm.form}))
def test_a_form_without_its_values_is_refused_beside_its_fields(form: str) -> None:
    counter, active = a_counter_for(form)
    who = {"join": "zoe", "setup": "owner", "about_two": "owner", "choosing": "owner", "words": "owner"}.get(
        form, "ana"
    )
    with pytest.raises(BadForm) as refused:
        counter.send(who, form, {}, at("ben") if form == "concern" else active)
    assert {each.field for each in refused.value.problems} <= set(labels.fields(form))
    for problem in refused.value.problems:
        assert labels.problem(problem, form)


def test_the_small_forms_do_what_their_commands_do() -> None:
    counter, *_ = a_busy_counter()
    added = counter.send("ana", "learn", {"learn": ("Go", "tea, black or green")})
    assert isinstance(added, InterestsChanged)
    assert added.added == ("Go", "tea, black or green"), "what is chosen is one topic, whatever it holds"
    counter.send("ana", "teach", {"teach": ("Rust",)})
    counter.send("ana", "forget", {"topic": ("SQL",)})
    one = counter.world.records.participant(ParticipantId("ana"))
    assert (one.learn, one.teach) == (("Negotiation", "Go", "tea, black or green"), ("Rust",))
    assert counter.send("ana", "find", {"topic": ("SQL",)}) == counter.say("ana", "find SQL")


def test_who_has_no_topic_left_is_told_so_instead_of_an_empty_list() -> None:
    counter, *_ = a_busy_counter()
    for topic in ("SQL", "Negotiation"):
        counter.send("ana", "forget", {"topic": (topic,)})
    assert counter.press("ana", "open_forget") == MovedOn("forget", "no topics")


def test_a_form_that_no_longer_exists_has_moved_on() -> None:
    counter, *_ = a_busy_counter()
    for form in ("owner_settings_submit", "", "Join"):
        with pytest.raises(NotPossibleNow):
            counter.send("ana", form, JOIN)


def test_rights_are_read_when_a_form_is_sent_not_when_it_was_opened() -> None:
    counter, active, *_ = a_busy_counter()
    counter.press("ana", "leave_yes")
    before = counter.rows()
    with pytest.raises(NotJoined):
        counter.send("ana", "times", {"on": ("2026-12-01",), "at": ("10:00",)}, active)
    with pytest.raises(NotJoined):
        counter.send("ana", "pause", {"until": ("2026-12-20",)})
    for name in ("ben", "zoe"):
        with pytest.raises(NotAllowed):
            counter.send(name, "setup", {"name": ("Mine now",)}, '{"role":"owner"}')
    assert counter.rows() == before


def test_a_date_is_kept_by_the_two_of_the_pair_alone() -> None:
    counter, active, proposed, _ = a_busy_counter()
    values = {"on": ("2026-12-01",), "at": ("10:00",), "minutes": ("30",)}
    for name, pair in (("eli", active), ("ana", "nowhere"), ("ana", ""), ("eli", proposed)):
        with pytest.raises(NotFound):
            counter.send(name, "times", values, pair)
    assert isinstance(counter.send("ana", "times", values, active), TimesSent)


def test_somebody_of_another_company_in_a_person_field_is_refused() -> None:
    counter, *_ = a_busy_counter()
    counter.world.records.save_profile(
        Profile(at("ext"), "Ext", "UTC", admin=False, standing=Standing.EXTERNAL)
    )
    setup = {field.key: field.initial for field in opened("setup")}
    with pytest.raises(BadForm) as refused:
        counter.send("owner", "setup", setup | {"owners": (at("ext"),)})
    assert [(each.field, each.problem) for each in refused.value.problems] == [
        ("owners", Problem.NOT_A_PERSON)
    ]
    assert isinstance(counter.send("owner", "setup", setup), ProgrammeReady)


def test_people_of_other_companies_send_in_vain() -> None:
    counter, *_ = a_busy_counter()
    caller = counter.caller("zoe", external=True)
    world = counter.world
    with pytest.raises(CannotTakePart):
        forms.submit(caller, "join", "", JOIN, records=world.records, now=world.now, new_id=world.ids)


def test_a_tick_that_was_never_offered_counts_as_no_more_than_a_tick() -> None:
    counter = Counter()
    counter.send("zoe", "join", JOIN | {"found": ("everything",)})
    one = counter.world.records.participant_at(at("zoe"))
    assert one is not None
    assert one.findable


def suggested(source: str, typed: str) -> tuple[Option, ...]:
    """What a field offers to somebody who types."""
    counter = Counter()
    world, caller = counter.world, counter.caller("ana")
    return forms.suggest(caller, source, typed, records=world.records, now=world.now, new_id=world.ids)


@pytest.mark.parametrize("source", ["topics", "zones"])
@pytest.mark.parametrize("typed", [*FORGED, "go", "lis", "new york", "(", "\\", "%"])
def test_suggestions_answer_whatever_is_typed(source: str, typed: str) -> None:
    found = suggested(source, typed)
    assert len(found) <= forms.MOST_SUGGESTED + 1
    assert len({option.value for option in found}) == len(found)


def test_suggestions_find_a_city_and_offer_an_unknown_topic() -> None:
    assert suggested("zones", "lisb")[0].value == "Europe/Lisbon"
    assert suggested("zones", "new york")[0].value == "America/New_York"
    assert suggested("topics", "sourdough baking")[-1].value == "sourdough baking"
    assert "PostgreSQL" in {option.value for option in suggested("topics", "postgres")}


def test_a_source_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput):
        suggested("people", "ana")


def test_a_contact_whose_name_is_not_known_is_offered_by_their_place_and_never_by_an_id() -> None:
    listeners = (Listener(at("U7"), "Hana Petrova"), Listener(at("U8"), ""))
    about = ConcernAboutForm(None, listeners, "")
    then = ConcernForm(at("U2"), (), listeners, paired=False)
    for prompt, key in ((about, "close"), (then, "contact")):
        (offered,) = [one.options for one in FORMS[prompt.form].fields(prompt) if one.key == key]
        assert [one.label for one in offered] == ["Hana Petrova", "Number 2 of those named above"]
        assert [one.value for one in offered] == [at("U7"), at("U8")]
