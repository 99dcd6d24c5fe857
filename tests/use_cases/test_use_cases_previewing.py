"""What an owner finds in a draft when they look closer, and what becomes of their wishes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.mentoring.errors import BadInput, NotAllowed, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import Address, RoundId
from bot.mentoring.pair import PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import (
    AboutTwoForm,
    Change,
    DraftChanged,
    DraftReady,
    PairLooked,
    PairNotPossible,
    PairPossible,
    Prompt,
    Proposal,
    RoundReleased,
    RoundReview,
)
from bot.use_cases import blocking, pausing, previewing, rounds
from bot.use_cases.previewing import Wish
from tests.worlds import MATCHER, World, a_participant, a_senior, a_world, at

ANA_BEN, ANA_DORA, CEM_DORA = "ana+ben", "ana+dora", "cem+dora"


def a_town() -> World:
    """Ana fits Ben best and Dora well, Cem fits Dora; Ana and Cem are on one level."""
    return a_world(
        a_participant(learn=("Negotiation", "Go"), teach=("SQL", "Rust")),
        a_senior(learn=("SQL", "Rust"), teach=("Negotiation", "Go")),
        a_participant("cem"),
        a_senior("dora"),
    )


def draft(world: World) -> RoundId:
    """The owner drafts a round."""
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    return ready.round


def look(world: World, key: str) -> Prompt:
    """The owner looks at two people."""
    people = tuple(at(name) for name in key.split("+"))
    return previewing.look_up(world.actor("owner"), people, MATCHER, records=world.records, now=world.now)


def wish(world: World, what: Wish, key: str) -> Prompt:
    """The owner wishes something of two people."""
    return previewing.wish(
        world.actor("owner"), what, key, MATCHER, records=world.records, now=world.now, new_id=world.ids
    )


def drafted(world: World) -> set[str]:
    """The keys of the drafted pairs."""
    pairs = world.records.pairs((PairState.DRAFTED,))
    return {"+".join(sorted(pair.sides)) for pair in pairs}


def release(world: World) -> RoundReleased:
    """The owner looks the draft over and releases it."""
    waiting = rounds.draft_of(world.records)
    assert waiting is not None
    rounds.review(world.actor("owner"), waiting.id, 0, records=world.records)
    released = rounds.release(world.actor("owner"), waiting.id, records=world.records, now=world.now)
    world.settle()
    return released


def test_a_pair_of_the_draft_is_explained_with_its_place_among_all_that_fit() -> None:
    world = a_town()
    draft(world)
    assert drafted(world) == {ANA_BEN, CEM_DORA}
    looked = look(world, ANA_BEN)
    assert isinstance(looked, PairLooked)
    assert (looked.pair.one, looked.pair.other, looked.pair.locked) == ("Ana", "Ben", False)
    assert looked.pair.one_learns == ("Negotiation", "Go")
    assert looked.ranks == ((1, 2), (1, 2))


def test_two_who_could_be_a_pair_have_a_price_and_what_it_would_change() -> None:
    world = a_town()
    draft(world)
    looked = look(world, ANA_DORA)
    assert isinstance(looked, PairPossible)
    assert looked.price >= 25
    assert looked.change == Change(
        new=(("Ana", "Dora"), ("Cem", "Ben")), gone=(("Ana", "Ben"), ("Cem", "Dora"))
    )


def test_two_whom_a_public_rule_keeps_apart_are_told_with_the_rule_and_are_not_locked() -> None:
    world = a_town()
    draft(world)
    refused = look(world, "ana+cem")
    assert isinstance(refused, PairNotPossible)
    assert "levels" in refused.rules
    assert wish(world, Wish.LOCK, "ana+cem") == refused
    assert drafted(world) == {ANA_BEN, CEM_DORA}


def test_a_lock_holds_when_the_draft_is_drawn_up_again_until_it_is_taken_back() -> None:
    world = a_town()
    draft(world)
    changed = wish(world, Wish.LOCK, ANA_DORA)
    assert isinstance(changed, DraftChanged)
    assert changed.change.new == (("Ana", "Dora"), ("Cem", "Ben"))
    assert drafted(world) == {ANA_DORA, "ben+cem"}
    key = draft(world)
    assert drafted(world) == {ANA_DORA, "ben+cem"}
    review = rounds.review(world.actor("owner"), key, 0, records=world.records)
    assert {pair.key: pair.locked for pair in review.pairs} == {ANA_DORA: True, "ben+cem": False}
    wish(world, Wish.UNLOCK, ANA_DORA)
    draft(world)
    assert drafted(world) == {ANA_BEN, CEM_DORA}


def test_two_who_are_kept_apart_are_not_drafted_until_they_may_meet_again() -> None:
    world = a_town()
    draft(world)
    wish(world, Wish.APART, ANA_BEN)
    assert drafted(world) == {ANA_DORA, "ben+cem"}
    draft(world)
    assert drafted(world) == {ANA_DORA, "ben+cem"}
    looked = look(world, ANA_BEN)
    assert isinstance(looked, PairPossible)
    assert looked.apart
    wish(world, Wish.ALLOW, ANA_BEN)
    assert drafted(world) >= {ANA_DORA}, "what is drafted stays where that costs little"
    draft(world)
    assert drafted(world) == {ANA_BEN, CEM_DORA}


def test_a_lock_takes_the_place_of_keeping_apart() -> None:
    world = a_town()
    draft(world)
    wish(world, Wish.APART, ANA_BEN)
    wish(world, Wish.LOCK, ANA_BEN)
    waiting = rounds.draft_of(world.records)
    assert waiting is not None
    assert (waiting.locked, waiting.apart) == ((("ana", "ben"),), ())


def seen_by_the_owner(world: World) -> list[Prompt]:
    """All that the owner reads about Ana and Dora and the draft, the lock included."""
    draft(world)
    seen = [look(world, ANA_DORA), wish(world, Wish.APART, "ben+dora"), wish(world, Wish.LOCK, ANA_DORA)]
    waiting = rounds.draft_of(world.records)
    assert waiting is not None
    seen.append(rounds.review(world.actor("owner"), waiting.id, 0, records=world.records))
    seen.append(look(world, ANA_DORA))
    return seen


def test_a_block_reads_to_an_owner_like_a_pair_that_is_open() -> None:
    seen = []
    for blocker, blocked in ((None, ""), ("ana", "dora"), ("dora", "ana")):
        world = a_town()
        if blocker:
            blocking.block(
                world.actor(blocker), at(blocked), records=world.records, now=world.now, new_id=world.ids
            )
        seen.append(seen_by_the_owner(world))
    assert seen[1:] == [seen[0]] * 2


def _block(world: World) -> None:
    blocking.block(world.actor("dora"), at("ana"), records=world.records, now=world.now, new_id=world.ids)


def _pause(world: World) -> None:
    pausing.pause(
        world.actor("dora"), "2w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )


@pytest.mark.parametrize("cause", [lambda _: None, _block, _pause])
def test_whatever_could_be_locked_shows_itself_among_what_it_would_change(
    cause: Callable[[World], None],
) -> None:
    world = a_town()
    cause(world)
    draft(world)
    here = drafted(world)
    for key in ("ana+ben", "ana+dora", "ben+cem", "cem+dora"):
        looked = look(world, key)
        assert isinstance(looked, PairLooked if key in here else PairPossible)
        if isinstance(looked, PairPossible):
            names = {looked.pair.one, looked.pair.other}
            assert names in [set(both) for both in looked.change.new]


def _leave(world: World) -> None:
    pausing.leave(world.actor("dora"), records=world.records, now=world.now, new_id=world.ids)


def test_a_locked_pair_that_is_not_open_at_release_reads_the_same_for_every_private_cause() -> None:
    told = []
    for cause in (_block, _pause, _leave):
        world = a_town()
        draft(world)
        wish(world, Wish.LOCK, ANA_DORA)
        cause(world)
        released = release(world)
        assert released.not_open == (("Ana", "Dora"),)
        assert release_again(world) == released
        told.append(replace(released, waiting=0))
        assert not world.said_to("ana", Proposal)
        assert len(world.said_to("ben", Proposal)) == 1
    assert told == [told[0]] * 3


def release_again(world: World) -> RoundReleased:
    """The release, pressed once more."""
    (out,) = (one for one in world.records.rounds() if one.released_at)
    return rounds.release(world.actor("owner"), out.id, records=world.records, now=world.now)


def test_somebody_who_paused_is_weighed_like_everybody_when_an_owner_asks_and_never_drafted_unasked() -> None:
    seen = []
    for pauses in (False, True):
        world = a_town()
        draft(world)
        if pauses:
            _pause(world)
        looked = look(world, ANA_DORA)
        assert isinstance(looked, PairPossible)
        seen.append((looked.pair, looked.price >= 25))
    assert seen[0] == seen[1]
    draft(world)
    assert drafted(world) == {ANA_BEN}
    wish(world, Wish.LOCK, ANA_DORA)
    assert ANA_DORA in drafted(world)
    ben = world.records.people[a_senior().id]
    assert ben.state is ParticipantState.ACTIVE


@pytest.mark.parametrize("key", ["ana+zoe", "ana+ana", "ana", "", "+", "ana+ben+cem"])
def test_nothing_is_wished_of_two_who_are_not_there(key: str) -> None:
    world = a_town()
    draft(world)
    for what in Wish:
        with pytest.raises(NotFound):
            wish(world, what, key)
    assert drafted(world) == {ANA_BEN, CEM_DORA}


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ((), Problem.EMPTY),
        (("ana",), Problem.EMPTY),
        (("ana", "ana"), Problem.EMPTY),
        (("ana", "ben", "cem"), Problem.EMPTY),
        (("ana", "zoe"), Problem.NOT_TAKING_PART),
    ],
)
def test_two_people_who_take_part_are_named(named: tuple[str, ...], problem: Problem) -> None:
    world = a_town()
    draft(world)
    people = tuple(at(name) for name in named)
    with pytest.raises(BadInput) as refused:
        previewing.look_up(world.actor("owner"), people, MATCHER, records=world.records, now=world.now)
    assert (refused.value.field, refused.value.problem) == ("two", problem)


@pytest.mark.parametrize("unread", ["@Ben", "Ben", "", "slack:T2:BEN", "teams:T1:BEN"])
def test_a_name_that_is_nobodys_address_here_is_told_from_somebody_who_takes_no_part(unread: str) -> None:
    world = a_town()
    draft(world)
    owner, both = world.actor("owner"), (at("ana"), Address(unread))
    with pytest.raises(BadInput) as refused:
        previewing.look_up(owner, both, MATCHER, records=world.records, now=world.now)
    assert refused.value == BadInput("two", Problem.NOT_A_PERSON)


def test_looking_needs_a_draft_and_an_owner() -> None:
    world = a_town()
    both: tuple[Address, ...] = (at("ana"), at("ben"))
    with pytest.raises(NotPossibleNow):
        look(world, ANA_BEN)
    with pytest.raises(NotPossibleNow):
        previewing.open_about_two(world.actor("owner"), records=world.records)
    key = draft(world)
    assert previewing.open_about_two(world.actor("owner"), records=world.records) == AboutTwoForm(key)
    ana, records, now = world.actor("ana"), world.records, world.now
    refused = [
        lambda: previewing.look_up(ana, both, MATCHER, records=records, now=now),
        lambda: previewing.open_about_two(ana, records=records),
        lambda: previewing.wish(ana, Wish.LOCK, ANA_BEN, MATCHER, records=records, now=now, new_id=world.ids),
    ]
    for do in refused:
        with pytest.raises(NotAllowed):
            do()  # type: ignore[no-untyped-call] # each says what it does


def test_a_review_names_each_pair_so_that_it_can_be_looked_at() -> None:
    world = a_town()
    review = rounds.review(world.actor("owner"), draft(world), 0, records=world.records)
    assert isinstance(review, RoundReview)
    assert {pair.key for pair in review.pairs} == {ANA_BEN, CEM_DORA}
