"""Rounds: drafted, looked over, released; and what everybody hears whom a round leaves waiting."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.mentoring.errors import NotAllowed, NotPossibleNow
from bot.mentoring.ids import RoundId
from bot.mentoring.pair import PairState
from bot.mentoring.people import Hours, ParticipantState
from bot.mentoring.programme import RoundState
from bot.mentoring.prompts import (
    DraftReady,
    NoPairsPossible,
    NoPairThisRound,
    Prompt,
    Proposal,
    RoundReleased,
    RoundReview,
    WhyNone,
)
from bot.mentoring.waiting import Supply
from bot.use_cases import finding, pausing, rounds, showing
from tests.worlds import MATCHER, OWNER, TOPICS, World, a_participant, a_programme, a_senior, a_world, at


def draft(world: World) -> DraftReady:
    """The owner drafts a round."""
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    return ready


def review(world: World, key: RoundId, page: int = 0) -> RoundReview:
    """The owner looks it over."""
    return rounds.review(world.actor("owner"), key, page, records=world.records)


def release(world: World, key: RoundId) -> RoundReleased:
    """The owner releases it."""
    return rounds.release(world.actor("owner"), key, records=world.records, now=world.now)


def pause(world: World, name: str) -> None:
    """Somebody pauses for two weeks."""
    pausing.pause(
        world.actor(name), "2w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )


def why(world: World, name: str) -> Prompt:
    """Somebody asks why."""
    return showing.why(world.actor(name), None, records=world.records)


def waiting_for(world: World, name: str) -> list[str]:
    """The reasons somebody heard for having no pair."""
    return [
        prompt.reason.kind
        for prompt in world.said_to(name, NoPairThisRound)
        if isinstance(prompt, NoPairThisRound)
    ]


def test_a_round_is_drafted_looked_over_and_released() -> None:
    world = a_world()
    ready = draft(world)
    assert (ready.pairs, ready.waiting, ready.reciprocal, ready.upward) == (1, 0, 1, 1)
    world.settle()
    assert not world.said_to("ana"), "a draft is the owner's alone"
    shown = review(world, ready.round)
    assert [(pair.one, pair.other) for pair in shown.pairs] == [("Ana", "Ben")]
    assert (shown.pairs[0].one_learns, shown.pairs[0].other_learns) == (("Negotiation",), ("SQL",))
    released = release(world, ready.round)
    assert (released.number, released.pairs, released.waiting) == (1, 1, 0)
    world.settle()
    assert len(world.said_to("ana", Proposal)) == len(world.said_to("ben", Proposal)) == 1


def test_releasing_twice_says_the_same_and_sends_nothing_twice() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", learn=("Go",), teach=()))
    ready = draft(world)
    review(world, ready.round)
    first = release(world, ready.round)
    pairs, messages = dict(world.records.pair_rows), dict(world.records.outbox)
    world.skip(days=1)
    assert release(world, ready.round) == first
    assert world.records.pair_rows == pairs
    assert messages.keys() == world.records.sent.keys() | world.records.outbox.keys()


def test_a_draft_that_nobody_looked_over_is_not_released() -> None:
    world = a_world()
    ready = draft(world)
    with pytest.raises(NotPossibleNow) as refused:
        release(world, ready.round)
    assert refused.value == NotPossibleNow("release", "draft")
    assert {pair.state for pair in world.records.pair_rows.values()} == {PairState.DRAFTED}


def test_drafting_again_drops_the_old_draft_and_its_pairs() -> None:
    world = a_world()
    old, new = draft(world), draft(world)
    assert new.number == old.number == 1
    assert world.records.round(old.round).state is RoundState.DROPPED
    assert {pair.state for pair in world.records.pairs_in(old.round)} == {PairState.CLOSED}
    for late in (lambda: review(world, old.round), lambda: release(world, old.round)):
        with pytest.raises(NotPossibleNow):
            late()
    review(world, new.round)
    assert release(world, new.round).pairs == 1


def test_a_dropped_draft_is_no_history_and_a_declined_proposal_is() -> None:
    world = a_world()
    draft(world)
    (pair,) = world.propose_all()
    world.decline("ana", pair)
    world.skip(weeks=13)
    assert world.said_to("owner", NoPairsPossible) == [NoPairsPossible(joined=2)] * 2


def test_only_an_owner_drafts_looks_over_and_releases() -> None:
    world = a_world()
    ready = draft(world)
    for name in ("ana", "zoe"):
        actor = world.actor(name)
        with pytest.raises(NotAllowed):
            rounds.draft(actor, MATCHER, records=world.records, now=world.now, new_id=world.ids)
        with pytest.raises(NotAllowed):
            rounds.review(actor, ready.round, 0, records=world.records)
        with pytest.raises(NotAllowed):
            rounds.release(actor, ready.round, records=world.records, now=world.now)
    assert world.records.round(ready.round).state is RoundState.DRAFT


@pytest.mark.parametrize("page", [-5, 0, 1, 2, 9999])
def test_pages_of_a_review_stay_inside_the_draft(page: int) -> None:
    people = [a_participant(f"j{i:02}") for i in range(10)] + [a_senior(f"s{i:02}") for i in range(10)]
    world = a_world(*people)
    shown = review(world, draft(world).round, page)
    assert (shown.pages, shown.total) == (2, 10)
    assert shown.page == min(max(page, 0), 1)
    assert len(shown.pairs) == (8 if shown.page == 0 else 2)


def test_a_draft_is_shown_without_the_pairs_of_people_who_left_meanwhile() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem"), a_senior("dua"))
    ready = draft(world)
    pausing.leave(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)
    shown = review(world, ready.round)
    assert shown.total == len(shown.pairs) == 1
    assert all(pair.one and pair.other for pair in shown.pairs)


def test_who_loses_the_drafted_pair_before_the_release_is_told_and_comes_first_next_time() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem"), a_senior("dua"))
    ready = draft(world)
    review(world, ready.round)
    (gone,) = [pair for pair in world.records.pairs_in(ready.round) if "ana" in pair.sides]
    left_over = gone.partner_of(gone.a)
    pause(world, "ana")
    released = release(world, ready.round)
    assert (released.pairs, released.waiting) == (1, 1)
    world.settle()
    assert waiting_for(world, left_over) == ["came_to_nothing"]
    assert world.records.people[left_over].waiting == 1
    assert not waiting_for(world, "ana")


def test_a_release_with_nothing_left_to_send_is_refused_and_keeps_the_dates() -> None:
    world = a_world()
    ready = draft(world)
    review(world, ready.round)
    pause(world, "ana")
    with pytest.raises(NotPossibleNow) as refused:
        release(world, ready.round)
    assert refused.value == NotPossibleNow("release", "empty")
    assert world.records.programme() == a_programme()


def test_who_has_no_pair_is_told_why_and_when_the_next_round_is() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", learn=("Go",), teach=()))
    world.propose_all()
    (told,) = world.said_to("cem", NoPairThisRound)
    assert isinstance(told, NoPairThisRound)
    assert (told.reason.kind, told.reason.values) == ("no_topic_fit", ("Go",))
    programme = world.records.programme()
    assert programme is not None
    assert told.next_round_at == programme.next_round_at
    answer = why(world, "cem")
    assert isinstance(answer, WhyNone)
    assert (answer.reason, answer.next_round_at) == (told.reason, told.next_round_at)
    assert [rule for rule, _ in answer.search.left][:2] == ["places", "topics"]
    assert answer.search.supply == (Supply("Go", 0),)
    assert told.hint == next(iter(answer.search.hints), None)


def test_who_joined_after_the_draft_is_told_that_the_next_round_is_theirs() -> None:
    world = a_world()
    ready = draft(world)
    review(world, ready.round)
    world.skip(hours=1)
    world.records.save_participant(a_participant("cem", joined_at=world.now))
    release(world, ready.round)
    world.skip(hours=1)
    assert waiting_for(world, "cem") == ["late"]
    world.records.save_participant(a_participant("dua", joined_at=world.now))
    answer = why(world, "dua")
    assert isinstance(answer, WhyNone)
    assert answer.reason.kind == "late"


def test_who_has_no_place_free_is_not_told_to_wait() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", places=0))
    world.propose_all()
    world.skip(days=1)
    assert not waiting_for(world, "cem")
    answer = why(world, "cem")
    assert isinstance(answer, WhyNone)
    assert answer.reason.kind == "no_places"


def test_who_waited_comes_first_in_the_next_round() -> None:
    people = (a_participant(), a_participant("cem"), a_senior())
    world = a_world(*people)
    world.propose_all()
    (waited,) = [name for name in ("ana", "cem") if waiting_for(world, name)]
    world.records.save_participant(a_senior("dua"))
    world.records.save_participant(a_participant("eli"))
    world.propose_all()
    (proposal,) = world.said_to("dua", Proposal)
    assert isinstance(proposal, Proposal)
    assert proposal.partner.who == at(waited)


def test_a_drafted_pair_whose_side_filled_their_place_meanwhile_is_not_sent() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem"), a_senior("dua"))
    ready = draft(world)
    review(world, ready.round)
    (gone,) = [pair for pair in world.records.pairs_in(ready.round) if "ana" in pair.sides]
    other = next(name for name in ("ben", "dua") if name not in gone.sides)
    finding.ask_to_pair(
        world.actor("ana"),
        at(other),
        "Negotiation",
        TOPICS,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )
    with pytest.raises(NotPossibleNow):
        release(world, ready.round)
    assert len(world.records.pairs([PairState.PROPOSED])) == 1


def test_a_draft_on_time_tells_the_owners_in_their_hours_and_comes_again_if_nobody_releases_it() -> None:
    world = a_world()
    world.skip(days=8)
    (first,) = world.said_to("owner", DraftReady)
    assert isinstance(first, DraftReady)
    world.skip(days=7)
    assert len(world.said_to("owner", DraftReady)) == 2
    assert world.records.round(first.round).state is RoundState.DROPPED
    for moment, message in world.log:
        if isinstance(message.prompt, DraftReady):
            assert 9 <= moment.hour < 17
            assert moment.weekday() < 5


def test_no_draft_is_drawn_up_after_the_programmes_end() -> None:
    world = a_world()
    end = (world.now + timedelta(days=10)).astimezone(ZoneInfo("Europe/Berlin")).date()
    world.records.save_programme(a_programme(ends=end))
    world.skip(days=40)
    assert len(world.said_to("owner", DraftReady)) == 1
    programme = world.records.programme()
    assert programme is not None
    assert programme.next_round_at is None


def test_a_release_sets_the_next_round_by_the_programmes_weeks() -> None:
    world = a_world()
    world.records.save_programme(a_programme(weeks_between_rounds=4))
    world.propose_all()
    programme = world.records.programme()
    assert programme is not None
    assert programme.next_round_at is not None
    assert (programme.next_round_at.date() - world.now.date()).days == 28


def test_nobody_in_one_reporting_line_is_paired() -> None:
    world = a_world(a_participant(manager=at("ben")), a_senior())
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert ready == NoPairsPossible(joined=2)


def test_paused_people_are_left_in_peace_by_a_round() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", state=ParticipantState.PAUSED))
    world.records.save_participant(
        replace(world.records.people[a_participant("cem").id], paused_until=world.now + timedelta(days=30))
    )
    world.propose_all()
    world.skip(days=10)
    assert not world.said_to("cem")


def test_the_owner_is_not_told_who_waits() -> None:
    world = a_world(a_participant(), a_senior(), a_participant("cem", learn=("Go",), teach=()))
    shown = review(world, draft(world).round)
    assert [(reason.kind, reason.values, count) for reason, count in shown.waiting] == [
        ("no_topic_fit", (), 1)
    ]
    assert "cem" not in repr(shown).casefold()
    assert OWNER not in {one.address for one in world.records.participants()}


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [(Hours("Europe/Berlin"), ["480"]), (Hours("Europe/Berlin", time(15), time(22)), ["120"])],
)
def test_a_pair_reads_how_long_both_are_at_work(hours: Hours, minutes: list[str]) -> None:
    assert common_hours(a_world(a_participant(), a_senior(hours=hours))) == minutes


def test_a_pair_that_meets_only_in_stretched_days_reads_of_no_common_hours() -> None:
    late = Hours("Europe/Berlin", time(17), time(22))
    assert common_hours(a_world(a_participant(), a_senior(hours=late))) == []


def common_hours(world: World) -> list[str]:
    """The minutes a day that the one drafted pair reads that they share."""
    (pair,) = world.records.pairs_in(draft(world).round)
    return [reason.values[0] for reason in pair.reasons if reason.kind == "hours"]
