"""What somebody decided about a pair stays theirs until the other hears of it, wherever the other looks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours
from bot.mentoring.prompts import (
    AcceptedBoth,
    CameToNothing,
    DraftReady,
    MeetingNoted,
    NoPairsPossible,
    NoPairThisRound,
    PairClosed,
    PairQuiet,
    PartnerAway,
    Prompt,
    Proposal,
)
from bot.use_cases import blocking, checking_in, finding, home, pausing, rounds, showing
from tests.worlds import JOURNEY, MATCHER, TOPICS, World, a_participant, a_senior, a_world, at

Cause = Callable[[World, PairId], object]


def leave(world: World, _pair: PairId) -> None:
    """Ben leaves."""
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)


def pause(world: World, _pair: PairId) -> None:
    """Ben pauses, and lets nothing be said of it."""
    pausing.pause(
        world.actor("ben"), "4w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )


def decline(world: World, pair: PairId) -> None:
    """Ben says no."""
    world.decline("ben", pair)


def looked_up(world: World) -> list[Prompt]:
    """All that Ana can look up about her pair, or ask for because of its place."""
    actor = world.actor("ana")
    return [
        showing.show_pairs(actor, records=world.records, now=world.now),
        showing.why(actor, None, records=world.records),
        showing.why(actor, at("ben"), records=world.records),
        home.show_home(actor, records=world.records, now=world.now),
        pausing.ask_leave(actor, records=world.records),
        finding.find(actor, "negotiation", TOPICS, records=world.records),
    ]


def may_ask(world: World, whom: str) -> str:
    """What comes of Ana asking somebody else to pair."""
    try:
        finding.ask_to_pair(
            world.actor("ana"),
            at(whom),
            "negotiation",
            TOPICS,
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
    except (NotFound, NotPossibleNow) as refused:
        return repr(refused)
    return "asked"


def proposed() -> tuple[World, PairId]:
    """Ana and Ben, proposed to each other; Cem joins later."""
    world = a_world()
    (pair,) = world.propose_all()
    world.records.save_participant(a_senior("cem", joined_at=world.now))
    return world, pair


def active() -> tuple[World, PairId]:
    """Ana and Ben, introduced; Cem joins later."""
    world, pair = proposed()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()
    return world, pair


@pytest.mark.parametrize("said_yes", [True, False])
@pytest.mark.parametrize("cause", [decline, leave, pause])
def test_whoever_has_not_heard_of_a_no_finds_the_proposal_as_it_was(cause: Cause, *, said_yes: bool) -> None:
    world, pair = proposed()
    if said_yes:
        world.accept("ana", pair)
    before = looked_up(world), may_ask(world, "cem")
    cause(world, pair)
    assert (looked_up(world), may_ask(world, "cem")) == before
    world.skip(days=20)
    assert showing.show_pairs(world.actor("ana"), records=world.records, now=world.now).pairs == ()
    assert may_ask(world, "cem") == "asked"


@pytest.mark.parametrize("cause", [leave, pause])
def test_whoever_has_not_heard_of_an_end_or_a_rest_finds_their_pair_as_it_was(cause: Cause) -> None:
    world, pair = active()
    before = looked_up(world), may_ask(world, "cem")
    cause(world, pair)
    assert (looked_up(world), may_ask(world, "cem")) == before
    told = checking_in.record_met(
        world.actor("ana"), JOURNEY, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(told, MeetingNoted)
    world.settle()
    line = PairClosed if cause is leave else PairQuiet
    assert not world.said_to("ana", line), "a word about a meeting does not bring the line forward"
    world.skip(days=6)
    assert len(world.said_to("ana", line)) == 1
    (shown,) = [*showing.show_pairs(world.actor("ana"), records=world.records, now=world.now).pairs, None][:1]
    assert (shown and shown.state) == (None if cause is leave else PairState.PAUSED)


def test_the_end_shows_only_once_its_line_has_left_also_where_the_limits_hold_the_line_back() -> None:
    world, pair = active()
    world.skip(days=1)
    leave(world, pair)
    for _ in range(60):
        world.skip(hours=4)
        heard = bool(world.said_to("ana", PairClosed))
        shown = showing.show_pairs(world.actor("ana"), records=world.records, now=world.now).pairs
        assert heard is not bool(shown)
    assert heard


def test_whoever_ends_a_proposal_has_the_place_free_and_sees_it_no_more() -> None:
    world, pair = proposed()
    decline(world, pair)
    ben = world.actor("ben")
    assert showing.show_pairs(ben, records=world.records, now=world.now).pairs == ()
    assert isinstance(world.accept("ben", pair), CameToNothing)
    world.records.save_participant(a_participant("dora", teach=("SQL",)))
    found = finding.find(ben, "sql", TOPICS, records=world.records)
    assert [one.name for one in found.teachers] == ["Dora"]


def test_somebody_who_left_and_came_back_has_nothing_to_do_with_a_pair_they_ended() -> None:
    world, pair = active()
    leave(world, pair)
    ben = world.records.people[ParticipantId("ben")]
    world.records.save_participant(replace(ben, state=a_senior().state))
    assert showing.show_pairs(world.actor("ben"), records=world.records, now=world.now).pairs == ()
    with pytest.raises(NotPossibleNow):
        checking_in.met(
            world.actor("ben"), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids
        )
    world.skip(days=6)
    assert len(world.said_to("ana", PairClosed)) == 1


def draft(world: World) -> Prompt:
    """The owner drafts a round by hand."""
    return rounds.draft(world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids)


@pytest.mark.parametrize("cause", [decline, leave, pause, lambda world, _pair: world.skip(days=13)])
def test_a_draft_inside_a_round_shows_the_owner_nothing_of_what_people_answered(cause: Cause) -> None:
    world, pair = proposed()
    world.accept("ana", pair)
    programme = world.records.programme()
    assert programme is not None
    nothing = NoPairsPossible(joined=2, held_until=programme.next_round_at)
    assert draft(world) == nothing
    cause(world, pair)
    for _ in range(2):
        assert draft(world) == nothing
        world.skip(days=20)


def test_places_come_free_for_the_draft_at_the_boundary_of_the_round() -> None:
    world, pair = proposed()
    decline(world, pair)
    world.skip(weeks=13)
    ready, *_ = world.said_to("owner", DraftReady)
    assert isinstance(ready, DraftReady)
    assert (ready.pairs, ready.held_until) == (1, None)


def test_a_round_for_late_joiners_counts_nobody_who_waits_and_leaves_the_dates_alone() -> None:
    world, pair = proposed()
    world.records.save_participant(a_participant("dora"))
    decline(world, pair)
    before = world.records.programme()
    ready = draft(world)
    assert isinstance(ready, DraftReady)
    assert ready.pairs == 1
    rounds.review(world.actor("owner"), ready.round, 0, records=world.records)
    told = rounds.release(world.actor("owner"), ready.round, records=world.records, now=world.now)
    assert (told.pairs, told.waiting) == (1, 0)
    assert world.records.programme() == before
    world.skip(days=3)
    assert not any(world.said_to(name, NoPairThisRound) for name in ("ana", "ben"))


def block(world: World, _pair: PairId) -> None:
    """Ben blocks Ana."""
    blocking.block(world.actor("ben"), at("ana"), records=world.records, now=world.now, new_id=world.ids)


def anas_pause(world: World, *, tell: bool = False) -> None:
    """Ana pauses for three weeks."""
    pausing.pause(
        world.actor("ana"), "3w", tell_partners=tell, records=world.records, now=world.now, new_id=world.ids
    )


def anas_return(world: World) -> None:
    """Ana comes back."""
    pausing.resume(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)


@pytest.mark.parametrize("cause", [leave, pause, block])
@pytest.mark.parametrize("tell", [True, False])
def test_whoever_comes_back_to_an_end_or_a_rest_they_have_not_heard_of_finds_the_pair_as_it_was(
    cause: Cause, *, tell: bool
) -> None:
    seen = []
    for happens in (lambda _world, _pair: None, cause):
        world, pair = active()
        world.skip(days=1)
        anas_pause(world, tell=tell)
        world.skip(days=6)
        happens(world, pair)
        during = looked_up(world)
        world.skip(minutes=5)
        anas_return(world)
        world.settle()
        lines = (PairClosed, PairQuiet, PartnerAway)
        assert not [one for one in world.said_to("ana") if isinstance(one, lines)]
        seen.append((during, looked_up(world)))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("cause", [leave, pause, block])
def test_a_stale_yes_tells_the_same_moment_whatever_happened_since(cause: Cause) -> None:
    world = a_world(a_participant(), a_senior(hours=Hours("America/New_York")))
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    first = world.accept("ana", pair)
    assert isinstance(first, AcceptedBoth)
    assert first.opens_at is not None
    cause(world, pair)
    assert world.accept("ana", pair) == first


def test_a_stale_yes_or_no_to_a_pair_that_is_over_changes_nothing_and_says_so() -> None:
    world, pair = active()
    leave(world, pair)
    world.skip(days=6)
    before = world.records.pair(pair)
    for press in (world.accept, world.decline):
        with pytest.raises(NotPossibleNow) as refused:
            press("ana", pair)
        assert refused.value.state == PairState.CLOSED
    assert world.records.pair(pair) == before


@pytest.mark.parametrize("first", [True, False])
def test_whoever_ends_a_pair_reads_the_same_whether_the_other_ended_it_before_or_not(*, first: bool) -> None:
    world, pair = active()
    if first:
        block(world, pair)
    told = blocking.block(
        world.actor("ana"), at("ben"), records=world.records, now=world.now, new_id=world.ids
    )
    assert told.ended == 1
    for press in (world.accept, world.decline):
        with pytest.raises(NotPossibleNow) as refused:
            press("ana", pair)
        assert refused.value.state == PairState.CLOSED
    with pytest.raises(NotPossibleNow) as moved:
        checking_in.met(
            world.actor("ana"), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids
        )
    assert moved.value.state == PairState.CLOSED


@pytest.mark.parametrize("cause", [leave, pause])
def test_a_yes_to_a_pair_that_rests_reads_the_same_once_the_other_has_left_unheard(cause: Cause) -> None:
    world, pair = active()
    anas_pause(world)
    world.skip(days=6)
    cause(world, pair)
    with pytest.raises(NotPossibleNow) as refused:
        world.accept("ana", pair)
    assert refused.value.state == PairState.PAUSED


def test_the_places_of_both_come_free_for_a_draft_at_the_same_boundary() -> None:
    world, pair = active()
    world.records.save_participant(a_participant("dora"))
    programme = world.records.programme()
    assert programme is not None
    assert programme.next_round_at is not None
    world.skip(hours=(programme.next_round_at - world.now).total_seconds() / 3600 - 20)
    block(world, pair)
    world.skip(days=6)
    drafted = world.records.pairs((PairState.DRAFTED,))
    assert {side for pair in drafted for side in pair.sides} == {"cem", "dora"}
    draft(world)
    assert {side for pair in world.records.pairs((PairState.DRAFTED,)) for side in pair.sides} == {
        "cem",
        "dora",
    }


def test_a_draft_that_nobody_releases_is_no_boundary() -> None:
    world, _ = active()
    world.skip(weeks=12)
    programme = world.records.programme()
    assert programme is not None
    assert programme.boundary_at is not None
    world.skip(weeks=3)
    again = world.records.programme()
    assert again is not None
    assert again.boundary_at == programme.boundary_at


def test_two_who_asked_for_each_other_are_not_proposed_again_by_a_round() -> None:
    world = a_world(a_participant(places=2), a_senior(places=2))
    ready = draft(world)
    assert isinstance(ready, DraftReady)
    assert may_ask(world, "ben") == "asked"
    rounds.review(world.actor("owner"), ready.round, 0, records=world.records)
    with pytest.raises(NotPossibleNow):
        rounds.release(world.actor("owner"), ready.round, records=world.records, now=world.now)
    world.settle()
    assert len(world.said_to("ben", Proposal)) == 1


def test_the_day_of_a_return_is_not_told_once_the_person_is_back() -> None:
    world, _ = active()
    world.skip(hours=12)
    anas_pause(world, tell=True)
    anas_return(world)
    world.skip(days=3)
    assert not world.said_to("ben", PartnerAway)
