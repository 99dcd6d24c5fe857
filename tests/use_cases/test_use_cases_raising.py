"""Concerns reach one contact whom the reporter chose, once, and nobody else in any way."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations, product

import pytest

from bot.mentoring.concern import KEPT, MOST_A_DAY, READING, WORDS_LIMIT, ForThePair
from bot.mentoring.errors import BadForm, BadInput, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import Address, PairId
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import (
    ConcernAboutForm,
    ConcernForm,
    ConcernGiven,
    ConcernLost,
    ConcernOutside,
    ConcernRead,
    ConcernsFull,
    ConcernsShown,
    ConcernTakenBack,
    ConcernWaiting,
    ConcernWasRead,
    Prompt,
    WeeklySummary,
)
from bot.use_cases import pausing, raising, summarising
from storage.codec import encode
from tests.worlds import OWNER, World, a_participant, a_programme, a_senior, a_world, at

HR, WORKS, ANA, BEN = at("hr"), at("works"), at("ana"), at("ben")
WORDS = "canary-words"


def give(
    world: World,
    contact: Address | None = HR,
    about: Address | None = BEN,
    close: tuple[Address, ...] = (),
    words: str = WORDS,
    for_pair: str = ForThePair.NOTHING,
    by: str = "ana",
) -> Prompt:
    """Ana raises a concern about Ben with HR, unless told otherwise."""
    answers = raising.ConcernAnswers(about, close, contact, words, for_pair)
    actor = world.actor(by)
    return raising.give(actor, answers, records=world.records, now=world.now, new_id=world.ids)


def read(world: World, by: str = "hr") -> Prompt:
    """Somebody opens the only concern."""
    (concern,) = world.records.concerns()
    return raising.read(world.actor(by), concern.id, records=world.records, now=world.now)


def subsets(of: tuple[Address, ...]) -> list[tuple[Address, ...]]:
    """Every choice out of some people."""
    return list(chain.from_iterable(combinations(of, size) for size in range(len(of) + 1)))


PEOPLE = (ANA, BEN, HR, WORKS, OWNER)


@pytest.mark.parametrize("reporter", PEOPLE)
@pytest.mark.parametrize("about", PEOPLE)
def test_in_every_combination_one_who_may_hear_it_does_or_the_outside_way_is_shown(
    reporter: Address, about: Address
) -> None:
    by = reporter.rsplit(":", 1)[1].lower()
    cases = 0
    for contacts, close in product(subsets(PEOPLE)[6:], subsets(PEOPLE)):
        world = a_world()
        programme = replace(world.records.programmes[0], contacts=contacts)
        world.records.save_programme(programme)
        actor = world.actor(by)
        if reporter == about:
            with pytest.raises(BadInput) as refused:
                raising.choose_listener(actor, about, close, records=world.records, now=world.now)
            assert refused.value.problem is Problem.NOT_A_PERSON
            continue
        shown = raising.choose_listener(actor, about, close, records=world.records, now=world.now)
        may_hear = set(contacts) - {reporter, about, *close}
        if not may_hear:
            assert isinstance(shown, ConcernOutside)
        else:
            assert isinstance(shown, ConcernForm)
            assert {one.who for one in shown.listeners} == may_hear
        for contact in PEOPLE:
            cases += 1
            world.records.concern_rows.clear()
            world.records.outbox.clear()
            if contact in may_hear:
                assert isinstance(give(world, contact, about, close, by=by), ConcernGiven)
                (told,) = world.records.outbox.values()
                assert (told.to.ref, type(told.prompt)) == (contact, ConcernWaiting)
            else:
                with pytest.raises(BadForm):
                    give(world, contact, about, close, by=by)
                assert not world.records.concern_rows
                assert not world.records.outbox
    assert cases or reporter == about


def test_it_is_read_by_its_contact_alone_and_by_nobody_else_not_even_that_there_is_one() -> None:
    world = a_world()
    give(world)
    for name in ("ana", "ben", "works", "owner"):
        with pytest.raises(NotFound):
            read(world, name)
    shown = read(world)
    assert isinstance(shown, ConcernRead)
    assert (shown.words, shown.reporter, shown.about) == (WORDS, ANA, BEN)


def test_it_is_read_once_and_a_window_that_was_lost_opens_again_for_a_while() -> None:
    world = a_world()
    give(world)
    assert isinstance(read(world), ConcernRead)
    world.now += READING - timedelta(minutes=1)
    assert isinstance(read(world), ConcernRead)
    world.now += timedelta(minutes=1)
    assert isinstance(read(world), ConcernWasRead)


def test_keeping_it_longer_is_noted_seen_by_the_reporter_and_opens_it_once_more() -> None:
    world = a_world()
    give(world)
    (concern,) = world.records.concerns()
    with pytest.raises(NotPossibleNow):
        raising.keep_longer(world.actor("hr"), concern.id, records=world.records, now=world.now)
    read(world)
    world.now += timedelta(days=2)
    longer = raising.keep_longer(world.actor("hr"), concern.id, records=world.records, now=world.now)
    assert longer.kept_until == concern.keep_until + KEPT
    shown = raising.show(world.actor("ana"), records=world.records, now=world.now)
    assert isinstance(shown, ConcernsShown)
    assert (shown.given[0].kept_longer, shown.given[0].kept_until) == (1, longer.kept_until)
    assert isinstance(read(world), ConcernRead)
    world.now += READING
    assert isinstance(read(world), ConcernWasRead)
    with pytest.raises(NotFound):
        raising.keep_longer(world.actor("works"), concern.id, records=world.records, now=world.now)


def test_the_reporter_sees_received_then_read_and_takes_it_back() -> None:
    world = a_world()
    give(world)

    def mine() -> Prompt:
        return raising.show(world.actor("ana"), records=world.records, now=world.now)

    before = mine()
    assert isinstance(before, ConcernsShown)
    assert before.given[0].read_at is None
    read(world)
    after = mine()
    assert isinstance(after, ConcernsShown)
    assert after.given[0].read_at == world.now
    key = after.given[0].id
    for name in ("ben", "hr"):
        with pytest.raises(NotFound):
            raising.take_back(world.actor(name), key, records=world.records, now=world.now)
    for _ in range(2):
        taken = raising.take_back(world.actor("ana"), key, records=world.records, now=world.now)
        assert taken == ConcernTakenBack(was_read=True)
    assert WORDS not in repr(world.records.concerns())
    assert BEN not in repr(world.records.concerns())
    with pytest.raises(NotPossibleNow):
        read(world)
    assert isinstance(mine(), ConcernAboutForm)


def test_five_a_day_are_taken_the_sixth_is_told_so_and_taking_back_makes_no_room() -> None:
    world = a_world()
    for _ in range(MOST_A_DAY):
        assert isinstance(give(world), ConcernGiven)
    for concern in world.records.concerns():
        raising.take_back(world.actor("ana"), concern.id, records=world.records, now=world.now)
    actor = world.actor("ana")
    full = ConcernsFull("")
    assert give(world) == full
    assert raising.open_form(actor, None, records=world.records, now=world.now) == full
    assert raising.choose_listener(actor, BEN, (), records=world.records, now=world.now) == full
    assert len(world.records.concerns()) == MOST_A_DAY
    assert isinstance(give(world, about=ANA, by="ben"), ConcernGiven), "the limit is each person's own"
    world.now += timedelta(days=1)
    assert isinstance(give(world), ConcernGiven)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact": None}, "contact"),
        ({"contact": at("zoe")}, "contact"),
        ({"words": " \u200b "}, "words"),
        ({"words": "x" * (WORDS_LIMIT + 1)}, "words"),
        ({"for_pair": ""}, "pair"),
        ({"for_pair": "sack them"}, "pair"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_kept(
    changes: dict[str, object], field: str
) -> None:
    world = a_world()
    with pytest.raises(BadForm) as refused:
        give(world, **changes)  # type: ignore[arg-type] # one wrong value
    assert [one.field for one in refused.value.problems] == [field]
    assert not world.records.concerns()


@pytest.mark.parametrize("about", [None, ANA, Address("slack:T2:BEN"), Address("ben"), Address("")])
def test_a_form_that_lost_whom_it_is_about_keeps_nothing_and_opens_anew(about: Address | None) -> None:
    world = a_world()
    assert give(world, about=about) == ConcernLost()
    assert not world.records.concerns()


def test_anybody_of_the_workspace_can_be_named_so_that_nothing_tells_who_takes_part() -> None:
    world = a_world()
    actor = world.actor("ana")
    stranger, member = (
        raising.choose_listener(actor, one, (), records=world.records, now=world.now)
        for one in (at("zoe"), at("cem"))
    )
    assert isinstance(stranger, ConcernForm)
    assert isinstance(member, ConcernForm)
    assert replace(stranger, about=member.about) == member
    bot = Profile(at("robot"), "Robot", "UTC", admin=False, standing=Standing.BOT)
    world.records.save_profile(bot)
    with pytest.raises(BadInput):
        raising.choose_listener(actor, at("robot"), (), records=world.records, now=world.now)


def test_whoever_left_or_never_joined_can_raise_one_too() -> None:
    world = a_world()
    pausing.leave(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)
    assert isinstance(give(world), ConcernGiven)
    assert isinstance(give(world, by="zoe"), ConcernGiven)
    never = give(world, by="zoe", for_pair=ForThePair.NEVER)
    assert isinstance(never, ConcernGiven)
    assert never.about_pair == ForThePair.NOTHING


def test_a_button_of_a_pair_names_the_partner_and_a_strangers_button_nobody() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem"))
    pair = world.propose_all()[0]
    names = list(world.records.pair(pair).sides)
    shown = raising.open_form(world.actor(names[0]), pair, records=world.records, now=world.now)
    assert isinstance(shown, ConcernAboutForm)
    assert shown.about == at(names[1])
    other = next(name for name in ("ana", "ben", "cem") if name not in names)
    for who, key in ((other, pair), (names[0], PairId("nothing"))):
        shown = raising.open_form(world.actor(who), key, records=world.records, now=world.now)
        assert isinstance(shown, ConcernAboutForm)
        assert shown.about is None


def test_its_words_stand_in_no_message_no_summary_and_no_answer_that_is_kept() -> None:
    world = a_world()
    give(world)
    shown = read(world)
    world.skip(weeks=13)
    everything = repr([message for _, message in world.log]) + repr(world.records.outbox)
    assert WORDS not in everything
    assert not [one for _, one in world.log if BEN in one.to.readers and "oncern" in repr(one.prompt)]
    before = summarising.show_summary(world.actor("owner"), records=world.records)
    assert isinstance(before, WeeklySummary)
    world.records.concern_rows.clear()
    assert summarising.show_summary(world.actor("owner"), records=world.records) == before
    assert WORDS.encode() not in encode(shown.again)
    form = raising.choose_listener(world.actor("ana"), BEN, (), records=world.records, now=world.now)
    assert BEN.encode() not in encode(form.again)
    assert all(prompt.windowed for prompt in (shown, form, shown.again))


def test_the_programmes_own_other_ways_are_told() -> None:
    world = a_world()
    world.records.save_programme(a_programme(routes="The works council, room 12"))
    shown = raising.show(world.actor("ana"), records=world.records, now=world.now)
    assert isinstance(shown, ConcernAboutForm)
    assert shown.routes == "The works council, room 12"
