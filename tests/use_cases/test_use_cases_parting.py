"""Ending well: at once for whoever ends, one line for the other whatever the cause, and a new beginning."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.mentoring.concern import REST, ForThePair
from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.fit import Fit
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import PairState
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import (
    DraftReady,
    EndAsked,
    FitKept,
    NoPairsPossible,
    NoPairYet,
    PairClosed,
    PairEnded,
    PairQuiet,
    Prompt,
    Rematched,
    WhichPair,
)
from bot.use_cases import (
    blocking,
    closing,
    finding,
    fitting,
    hearing,
    matchmaking,
    parting,
    pausing,
    raising,
    rounds,
    showing,
)
from bot.use_cases.acting import programme_of
from tests.worlds import CONTACTS, MATCHER, TOPICS, World, a_participant, a_senior, a_world, at

Cause = Callable[[World, PairId], object]
DAYS = timedelta(days=1)


def together(*more: object) -> tuple[World, PairId]:
    """Ana and Ben, introduced; nobody else fits."""
    world = a_world(a_participant(), a_senior(), *more)  # type: ignore[arg-type] # participants
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.skip(days=8)
    return world, pair


def end(world: World, pair: PairId) -> object:
    """Ben ends it."""
    return parting.end_pair(world.actor("ben"), pair, records=world.records, now=world.now, new_id=world.ids)


def rematch(world: World, pair: PairId) -> object:
    """Ben asks for somebody new."""
    return parting.rematch(world.actor("ben"), pair, records=world.records, now=world.now, new_id=world.ids)


def leave(world: World, _pair: PairId) -> object:
    """Ben leaves."""
    return pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)


def block(world: World, _pair: PairId) -> object:
    """Ben blocks Ana."""
    return blocking.block(
        world.actor("ben"), at("ana"), records=world.records, now=world.now, new_id=world.ids
    )


def close_account(world: World, _pair: PairId) -> None:
    """Ben's account is closed."""
    gone = Profile(at("ben"), "Ben", "Europe/Berlin", admin=False, standing=Standing.CLOSED)
    hearing.hear_of(gone, records=world.records, now=world.now, new_id=world.ids)


def concern(world: World, wanted: ForThePair, by: str = "ben") -> object:
    """Ben, or Ana, raises a concern about the other, and wants something for the pair."""
    about = at("ana" if by == "ben" else "ben")
    answers = raising.ConcernAnswers(about, (), CONTACTS[0], "It does not feel right.", wanted)
    return raising.give(world.actor(by), answers, records=world.records, now=world.now, new_id=world.ids)


def end_with_a_concern(world: World, _pair: PairId) -> object:
    """Ben raises a concern and ends it."""
    return concern(world, ForThePair.END)


def never_again(world: World, _pair: PairId) -> object:
    """Ben raises a concern and never wants to be paired with Ana again."""
    return concern(world, ForThePair.NEVER)


CAUSES: tuple[Cause, ...] = (end, rematch, leave, block, close_account, end_with_a_concern, never_again)


def test_of_seven_causes_the_partner_and_the_owner_read_the_same_and_the_delay_is_of_one_kind() -> None:
    heard: list[list[Prompt]] = []
    untouched, _ = together()
    before = len(untouched.log)
    untouched.skip(days=7)
    owners = [[one.prompt for _, one in untouched.log[before:] if at("owner") in one.to.readers]]
    delays: dict[str, Counter[int]] = {}
    for cause in CAUSES:
        delays[cause.__name__] = Counter()
        for start in range(36):
            world, pair = together()
            world.ids.made += start - world.ids.made % 36
            before, ended_at = len(world.log), world.now
            cause(world, pair)
            world.skip(days=7)
            told = [(when, one.prompt) for when, one in world.log[before:] if at("ana") in one.to.readers]
            owners.append([one.prompt for _, one in world.log[before:] if at("owner") in one.to.readers])
            heard.append([prompt for _, prompt in told])
            delays[cause.__name__][(told[0][0].date() - ended_at.date()).days] += 1
    assert all(prompts == heard[0] for prompts in heard)
    assert [type(one) for one in heard[0]] == [PairClosed]
    assert all(prompts == owners[0] for prompts in owners), "as if nothing had happened"
    spread = [sorted(counted) for counted in delays.values()]
    assert all(days == spread[0] for days in spread), delays
    assert len(spread[0]) == 3, "one to three working days"


def test_end_says_what_the_other_reads_before_anything_happens() -> None:
    world, pair = together()
    asked = parting.ask_end(world.actor("ana"), records=world.records)
    assert asked == EndAsked(pair, "Ben")
    assert world.records.pair(pair).ended_by is None
    second = replace(world.records.pair(pair), id=PairId("second"))
    world.records.save_pair(second)
    assert isinstance(parting.ask_end(world.actor("ana"), records=world.records), WhichPair)


@pytest.mark.parametrize("again", [end, rematch])
def test_ended_twice_or_by_both_it_is_one_end_and_gets_one_answer(again: Cause) -> None:
    world, pair = together()
    first = end(world, pair)
    assert again(world, pair) in (first, Rematched())
    assert (
        parting.end_pair(world.actor("ana"), pair, records=world.records, now=world.now, new_id=world.ids)
        == PairEnded()
    )
    assert world.records.pair(pair).state is PairState.CLOSED
    before = len(world.log)
    world.skip(days=10)
    assert not [one for _, one in world.log[before:] if isinstance(one.prompt, PairClosed)]
    assert world.records.people[ParticipantId("ben")].waiting == 0, "an end that was made moves nobody"


def test_a_pair_that_is_still_proposed_is_not_ended_but_declined() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    for use in (end, rematch):
        with pytest.raises(NotPossibleNow):
            use(world, pair)
    for ask, what in ((parting.ask_end, "end"), (parting.ask_rematch, "rematch")):
        asked = ask(world.actor("ana"), records=world.records)
        assert asked == NoPairYet(what, programme_of(world.records).next_round_at, proposed=True)


def test_a_rematch_puts_one_first_in_line_and_the_two_are_not_paired_again() -> None:
    world, pair = together()
    rematch(world, pair)
    rematch(world, pair)
    ben = world.records.people[ParticipantId("ben")]
    assert (ben.waiting, ben.resting_since) == (1, None)
    world.skip(days=8)
    parting.open_again(world.actor("ana"), records=world.records)
    world.skip(weeks=13)
    found = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(found, NoPairsPossible)


def test_a_rematch_while_a_draft_waits_changes_nothing_of_the_draft() -> None:
    world, pair = together(a_participant("cem"))
    world.skip(weeks=12)
    parting.open_again(world.actor("ana"), records=world.records)
    draft = next(one for one in reversed(world.said_to("owner", NoPairsPossible | DraftReady)) if one)  # type: ignore[arg-type] # a union of prompts
    rematch(world, pair)
    again = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert type(again) is type(draft)


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_whoever_was_in_an_ended_pair_rests_until_they_say_that_they_are_open(name: str) -> None:
    world, pair = together(a_participant("cem"), a_senior("dua", teach=("Rust",), learn=("Go",)))
    end(world, pair)
    world.skip(days=8)
    assert world.records.people[ParticipantId(name)].resting_since is not None
    assert showing.show_pairs(world.actor(name), records=world.records, now=world.now).resting
    world.records.save_programme(replace(world.records.programmes[0], boundary_at=world.now))
    setting, _ = matchmaking.matching_of(MATCHER, records=world.records, now=world.now)
    places = {one.id: one.places for one in setting.people}
    assert places[name] == 0
    parting.open_again(world.actor(name), records=world.records)
    world.records.save_programme(
        replace(world.records.programmes[0], boundary_at=world.now + timedelta(seconds=1))
    )
    setting, _ = matchmaking.matching_of(MATCHER, records=world.records, now=world.now)
    assert {one.id: one.places for one in setting.people}[name] == 1
    parting.rest(world.actor(name), records=world.records, now=world.now)
    assert not world.records.people[ParticipantId(name)].open_to_new


def test_who_rests_since_an_end_inside_a_round_is_no_news_to_an_owner_who_drafts_again() -> None:
    world, pair = together()
    world.records.save_participant(replace(world.records.people[ParticipantId("ben")], places=2))
    before = matchmaking.matching_of(MATCHER, records=world.records, now=world.now)[0].people
    end(world, pair)
    after = matchmaking.matching_of(MATCHER, records=world.records, now=world.now)[0].people
    assert before == after


def test_who_rests_is_not_found_and_not_asked() -> None:
    world, _ = together(a_senior("cem"))
    actor = world.actor("ana")
    world.records.save_participant(replace(world.records.people[ParticipantId("ana")], places=2))
    found = finding.find(actor, "negotiation", TOPICS, records=world.records)
    assert [one.name for one in found.teachers] == ["Cem"]
    parting.rest(world.actor("cem"), records=world.records, now=world.now)
    assert finding.find(actor, "negotiation", TOPICS, records=world.records).teachers == ()


def test_how_a_pair_feels_is_kept_for_each_alone_and_the_last_word_counts() -> None:
    world, pair = together()
    actor = world.actor("ana")
    fitting.answer_fit(actor, pair, Fit.NOT_RIGHT, records=world.records, now=world.now)
    kept = fitting.answer_fit(actor, pair, Fit.GOOD, records=world.records, now=world.now)
    assert kept == FitKept(pair, "Ben", Fit.GOOD)
    assert world.records.fits == {(pair, "ana"): Fit.GOOD}
    world.skip(days=40)
    assert not [one for one in world.said_to("ben") if isinstance(one, FitKept)]
    end(world, pair)
    with pytest.raises(NotPossibleNow):
        fitting.answer_fit(world.actor("ben"), pair, Fit.GOOD, records=world.records, now=world.now)


def test_nobody_outside_a_pair_ends_it_or_says_how_it_feels() -> None:
    world, pair = together(a_participant("cem"))
    actor = world.actor("cem")
    uses: tuple[Callable[[], object], ...] = (
        lambda: parting.end_pair(actor, pair, records=world.records, now=world.now, new_id=world.ids),
        lambda: parting.rematch(actor, pair, records=world.records, now=world.now, new_id=world.ids),
        lambda: fitting.answer_fit(actor, pair, Fit.GOOD, records=world.records, now=world.now),
        lambda: closing.propose(actor, pair, records=world.records, now=world.now),
        lambda: let_go_on(world, pair, "cem"),
    )
    for use in uses:
        with pytest.raises(NotFound):
            use()


def test_a_pair_that_one_side_lets_rest_is_quiet_for_the_other_and_ends_unless_they_say_otherwise() -> None:
    world, pair = together()
    concern(world, ForThePair.REST)
    assert showing.show_pairs(world.actor("ben"), records=world.records, now=world.now).pairs[0].rested_by_you
    world.skip(days=7)
    assert len(world.said_to("ana", PairQuiet)) == 1
    assert world.records.pair(pair).state is PairState.PAUSED
    world.skip(days=REST / DAYS)
    assert len(world.said_to("ana", PairClosed)) == 1
    assert world.records.pair(pair).state is PairState.CLOSED


def let_go_on(world: World, pair: PairId, by: str) -> object:
    """Somebody takes the rest of a pair back."""
    return parting.let_go_on(world.actor(by), pair, records=world.records, now=world.now, new_id=world.ids)


def test_two_who_let_a_pair_rest_know_nothing_of_each_other_and_each_takes_back_their_own() -> None:
    world, pair = together()
    concern(world, ForThePair.REST)
    world.skip(days=7)

    def seen() -> object:
        return showing.show_pairs(world.actor("ben"), records=world.records, now=world.now)

    before = seen()
    concern(world, ForThePair.REST, by="ana")
    assert seen() == before
    let_go_on(world, pair, "ben")
    assert world.records.pair(pair).rests_by(world.actor("ana").id)
    world.skip(days=7)
    assert world.records.pair(pair).state is PairState.PAUSED, "the other's rest stands"
    assert len(world.said_to("ben", PairQuiet)) == 1
    world.skip(days=REST / DAYS)
    assert len(world.said_to("ben", PairClosed)) == 1
    assert not world.said_to("ana", PairClosed)


def test_a_pair_that_both_let_rest_is_over_for_both_when_its_time_is() -> None:
    world, pair = together()
    concern(world, ForThePair.REST)
    concern(world, ForThePair.REST, by="ana")
    world.skip(days=REST / DAYS + 4)
    assert world.records.pair(pair).state is PairState.CLOSED
    assert not world.said_to("ana", PairClosed) + world.said_to("ben", PairClosed)


def test_only_whoever_lets_a_pair_rest_lets_it_go_on() -> None:
    world, pair = together()
    concern(world, ForThePair.REST)
    world.skip(days=7)
    with pytest.raises(NotPossibleNow):
        let_go_on(world, pair, "ana")
    pausing.pause(
        world.actor("ana"), "1w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )
    world.skip(days=8)
    assert world.records.pair(pair).state is PairState.PAUSED, "somebody else's return does not wake it"
    let_go_on(world, pair, "ben")
    assert world.records.pair(pair).state is PairState.ACTIVE
    world.skip(days=40)
    assert not world.said_to("ana", PairClosed)
