"""Closing together, and whether a pair goes on: by both, or as any pair ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mentoring.closing import LOOK_BACK_LASTS, PROPOSAL_LASTS, RUN_THROUGH, GoOn, LookBack
from bot.mentoring.errors import BadForm, NotPossibleNow
from bot.mentoring.fit import Band, Helped, HelpShown, help_to_show
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import PairState
from bot.mentoring.prompts import (
    ClosedTogether,
    ClosingAgreed,
    ClosingAsked,
    ClosingProposed,
    DraftReady,
    GoingOnForNow,
    GoOnAsked,
    HelpedKept,
    LookBackKept,
    LookBackShown,
    NoPairsPossible,
    PairClosed,
    Prompt,
    Proposal,
    WeeklySummary,
)
from bot.use_cases import checking_in, closing, fitting, going_on, parting, rounds
from tests.use_cases.test_use_cases_parting import end, together
from tests.worlds import JOURNEY, MATCHER, TUESDAY, World, a_participant, a_senior, a_world

A_FREE_DAY = 7
"""Days after which the limits of a week have room for one more word, whatever was said in it."""
THANKS = LookBack(for_me="I ask more.", thanks="For your patience.")


def propose(world: World, pair: PairId, by: str = "ben") -> Prompt:
    """Somebody proposes to close together."""
    return closing.propose(world.actor(by), pair, records=world.records, now=world.now)


def agree(world: World, pair: PairId, by: str = "ana") -> Prompt:
    """Somebody agrees."""
    return closing.agree(world.actor(by), pair, records=world.records, now=world.now)


def look_back(world: World, pair: PairId, by: str, said: LookBack = THANKS) -> Prompt:
    """Somebody looks back."""
    return closing.look_back(
        world.actor(by), pair, said, records=world.records, now=world.now, new_id=world.ids
    )


def closing_pair() -> tuple[World, PairId]:
    """Ana and Ben, who agreed to close."""
    world, pair = together()
    propose(world, pair)
    agree(world, pair)
    world.skip(days=2)
    return world, pair


def test_a_closing_is_proposed_openly_and_agreed_and_both_look_back() -> None:
    world, pair = together()
    assert isinstance(propose(world, pair), ClosingProposed)
    propose(world, pair)
    world.skip(days=A_FREE_DAY)
    (asked,) = world.said_to("ana", ClosingAsked)
    assert isinstance(asked, ClosingAsked)
    assert asked.partner == "Ben"
    agreed = agree(world, pair)
    assert agree(world, pair) == agreed
    world.skip(hours=1)
    assert len(world.said_to("ben", ClosingAgreed)) == 1
    assert isinstance(look_back(world, pair, "ben"), LookBackKept)
    world.skip(days=6)
    assert not world.said_to("ana", LookBackShown), "not before theirs is in"
    closed = look_back(world, pair, "ana", LookBack(hard="The hours."))
    assert closed == ClosedTogether("Ben", THANKS)
    world.skip(days=A_FREE_DAY)
    assert world.said_to("ben", ClosedTogether) == [ClosedTogether("Ana", LookBack(hard="The hours."))]
    assert world.records.pair(pair).state is PairState.CLOSED
    assert not world.said_to("ana", PairClosed)
    assert all(one.resting_since for one in world.records.people.values())


def test_two_who_propose_at_once_agree() -> None:
    world, pair = together()
    propose(world, pair, "ben")
    assert isinstance(propose(world, pair, "ana"), ClosingAgreed)


def test_a_no_is_told_and_silence_lets_the_pair_go_on() -> None:
    world, pair = together()
    propose(world, pair)
    with pytest.raises(NotPossibleNow):
        agree(world, pair, "ben")
    told = closing.not_now(world.actor("ana"), pair, records=world.records, now=world.now)
    assert told == GoingOnForNow("Ben", yours=True)
    world.skip(days=A_FREE_DAY)
    assert world.said_to("ben", GoingOnForNow) == [GoingOnForNow("Ana", yours=False)]
    with pytest.raises(NotPossibleNow):
        agree(world, pair)
    propose(world, pair)
    world.skip(days=PROPOSAL_LASTS / timedelta(days=1))
    with pytest.raises(NotPossibleNow):
        agree(world, pair)
    assert world.records.pair(pair).state is PairState.ACTIVE
    assert isinstance(propose(world, pair), ClosingProposed), "it can be proposed anew"


def test_words_are_read_early_only_by_their_writers_choice_and_never_if_the_other_stays_silent() -> None:
    world, pair = closing_pair()
    look_back(world, pair, "ben", replace(THANKS, shared=True, again=True))
    world.skip(days=A_FREE_DAY)
    (shown,) = world.said_to("ana", LookBackShown)
    assert shown == LookBackShown(pair, "Ben", THANKS), "what is private stays private"
    world, pair = closing_pair()
    look_back(world, pair, "ben")
    world.skip(days=LOOK_BACK_LASTS / timedelta(days=1) + 3)
    assert world.records.pair(pair).state is PairState.CLOSED
    assert world.said_to("ana", ClosedTogether) == [ClosedTogether("Ben", None)]
    assert world.said_to("ben", ClosedTogether) == [ClosedTogether("Ana", None)]


def test_an_agreed_closing_is_silent_until_it_is_over_and_its_form_is_gone_then() -> None:
    world, pair = closing_pair()
    before = len(world.log)
    world.skip(days=11)
    assert not [one for _, one in world.log[before:] if {"ana", "ben"} & {str(one.to.ref)[-3:].lower()}]
    world.skip(days=5)
    with pytest.raises(NotPossibleNow):
        closing.open_look_back(world.actor("ana"), pair, records=world.records)
    with pytest.raises(NotPossibleNow):
        look_back(world, pair, "ana")


@pytest.mark.parametrize("agreed", [True, False])
def test_a_programme_that_ends_first_closes_a_pair_as_its_two_agreed(*, agreed: bool) -> None:
    """Nobody reads a day that lies after the end, and thanks that one may read already stay readable."""
    world, pair = together()
    programme = world.records.programmes[0]
    world.records.save_programme(replace(programme, ends=(world.now + timedelta(days=6)).date()))
    ends_at = world.records.programmes[0].ends_at
    proposed = propose(world, pair)
    assert isinstance(proposed, ClosingProposed)
    assert proposed.answer_by == ends_at
    if agreed:
        said = agree(world, pair)
        assert isinstance(said, ClosingAgreed)
        assert said.closes_at == ends_at
        look_back(world, pair, "ben", replace(THANKS, shared=True))
    world.skip(days=12)
    assert world.records.pair(pair).state is PairState.CLOSED
    words = {"ana": THANKS, "ben": None}
    for reader, name in (("ana", "Ben"), ("ben", "Ana")):
        together_ = [ClosedTogether(name, words[reader])] if agreed else []
        assert world.said_to(reader, ClosedTogether) == together_
        assert len(world.said_to(reader, PairClosed)) == (not agreed)


def test_an_end_while_a_closing_waits_is_an_end_as_any_other() -> None:
    world, pair = together()
    propose(world, pair, "ana")
    end(world, pair)
    with pytest.raises(NotPossibleNow):
        agree(world, pair, "ben")
    world.skip(days=7)
    assert len(world.said_to("ana", PairClosed)) == 1
    assert not world.said_to("ana", ClosingAgreed)


def test_whoever_was_left_unheard_and_proposes_to_close_learns_nothing_by_it() -> None:
    heard = []
    for happens in (lambda *_: None, end):
        world, pair = together()
        happens(world, pair)
        heard.append(propose(world, pair, "ana"))
        world.skip(days=A_FREE_DAY)
        assert bool(world.said_to("ben", ClosingAsked)) is (happens is not end)
    assert heard[0] == heard[1]


def test_too_many_words_are_refused_beside_their_fields() -> None:
    world, pair = closing_pair()
    with pytest.raises(BadForm) as refused:
        look_back(world, pair, "ana", LookBack(for_me="x" * 601, hard="x" * 601))
    assert [one.field for one in refused.value.problems] == ["for_me", "hard"]
    assert not world.records.look_backs(pair)


@pytest.mark.parametrize(("ana", "ben"), [(True, True), (True, False), (False, False)])
def test_the_same_two_are_paired_again_only_if_each_wishes_it(*, ana: bool, ben: bool) -> None:
    world, pair = closing_pair()
    look_back(world, pair, "ana", replace(THANKS, again=ana))
    look_back(world, pair, "ben", replace(THANKS, again=ben))
    for name in ("ana", "ben"):
        parting.open_again(world.actor(name), records=world.records)
    world.records.save_programme(replace(world.records.programmes[0], boundary_at=world.now + timedelta(1)))
    drafted = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(drafted, DraftReady if ana and ben else NoPairsPossible)
    if isinstance(drafted, DraftReady):
        rounds.review(world.actor("owner"), drafted.round, 0, records=world.records)
        rounds.release(world.actor("owner"), drafted.round, records=world.records, now=world.now)
        world.settle()
        assert len(world.said_to("ana", Proposal)) == 2
        assert not world.records.wished_again(), "a proposal uses the wishes up"


def asked_to_go_on(*, met: bool = True) -> tuple[World, PairId]:
    """Ana and Ben, half a year later, asked whether they go on."""
    world, pair = together()
    last = TUESDAY + timedelta(weeks=30)
    while not world.records.question(pair):
        assert world.now < last, "it is asked in time"
        world.skip(days=7)
        if met:
            checking_in.met(
                world.actor("ana"), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids
            )
    return world, pair


@pytest.mark.parametrize(("weeks", "asked"), [(26, False), (40, True)])
def test_a_pair_whose_programme_is_about_to_end_is_not_asked_whether_it_goes_on(
    weeks: int, *, asked: bool
) -> None:
    """Its programme's end closes it in any case."""
    world, pair = together()
    programme = world.records.programme()
    assert programme is not None
    world.records.save_programme(replace(programme, ends=(TUESDAY + timedelta(weeks=weeks)).date()))
    for _ in range(30):
        world.skip(days=7)
    assert (world.records.question(pair) is not None) is asked


def answer(world: World, pair: PairId, by: str, said: GoOn) -> object:
    """Somebody says whether it goes on."""
    return going_on.answer(world.actor(by), pair, said, records=world.records, now=world.now)


YES, NO = GoOn.YES, GoOn.NO


@pytest.mark.parametrize(
    ("met", "ana", "ben", "goes_on"),
    [
        (False, YES, YES, True),
        (True, None, None, True),
        (True, YES, None, True),
        (False, YES, None, False),
        (False, None, None, False),
        (True, NO, YES, False),
        (True, YES, NO, False),
        (True, NO, NO, False),
        (True, NO, None, False),
    ],
)
def test_a_pair_goes_on_if_both_say_yes_and_silence_is_one_where_they_met(
    *, met: bool, ana: GoOn | None, ben: GoOn | None, goes_on: bool
) -> None:
    world, pair = asked_to_go_on(met=met)
    assert world.now - TUESDAY >= RUN_THROUGH
    for name, said in (("ana", ana), ("ben", ben)):
        if said:
            answer(world, pair, name, said)
    world.skip(days=16)
    assert len(world.said_to("ana", GoOnAsked)) == len(world.said_to("ben", GoOnAsked)) == 1
    lines = [len(world.said_to(name, PairClosed)) for name in ("ana", "ben")]
    assert lines == ([0, 0] if goes_on else [1, 1])
    assert (world.records.pair(pair).state is PairState.ACTIVE) is goes_on


def test_both_read_the_same_whoever_said_no_and_the_row_does_not_hold_who_it_was() -> None:
    seen = []
    for who in ("ana", "ben"):
        world, pair = asked_to_go_on()
        answer(world, pair, who, NO)
        before = len(world.log)
        world.skip(days=16)
        told = {
            name: [one.prompt for _, one in world.log[before:] if f"slack:T1:{name}" in one.to.readers]
            for name in ("ANA", "BEN", "OWNER")
        }
        assert [type(one) for one in told["ANA"]] == [type(one) for one in told["BEN"]]
        seen.append((told, world.records.pair(pair).ended_by, world.records.people))
    assert seen[0] == seen[1]


def test_an_answer_can_be_changed_until_it_is_decided_and_not_after() -> None:
    world, pair = asked_to_go_on(met=False)
    answer(world, pair, "ana", NO)
    answer(world, pair, "ana", YES)
    answer(world, pair, "ben", YES)
    world.skip(days=6)
    assert world.records.pair(pair).state is PairState.ACTIVE
    with pytest.raises(NotPossibleNow):
        answer(world, pair, "ana", NO)


def test_a_young_pair_is_asked_at_no_end_of_a_round() -> None:
    world, pair = together()
    world.skip(weeks=14)
    assert world.records.question(pair) is None
    with pytest.raises(NotPossibleNow):
        answer(world, pair, "ana", NO)


def test_only_who_learns_from_a_lower_level_is_counted_and_once() -> None:
    world, _ = together()
    world.records.save_participant(a_participant("cem"))
    said = fitting.answer_helped(world.actor("ben"), "yes", records=world.records, now=world.now)
    assert said == HelpedKept()
    fitting.answer_helped(world.actor("ben"), "partly", records=world.records, now=world.now)
    assert world.records.helped() == ((Helped.PARTLY, world.now),)
    for name in ("ana", "cem"):
        with pytest.raises(NotPossibleNow):
            fitting.answer_helped(world.actor(name), "yes", records=world.records, now=world.now)


def given(yes: int, no: int, day: int = 0) -> list[tuple[Helped, datetime]]:
    """So many answers of a day."""
    at = TUESDAY + timedelta(days=day)
    return [(Helped.YES, at)] * yes + [(Helped.NOT_YET, at)] * no


SHOWN: list[tuple[int, int, Band | None]] = [
    (9, 0, None),
    (8, 1, None),
    (10, 0, Band.ALIKE),
    (9, 1, Band.MOSTLY),
    (8, 2, Band.MOSTLY),
    (5, 5, Band.MIXED),
    (2, 8, Band.SELDOM),
]


@pytest.mark.parametrize(("yes", "no", "band"), SHOWN)
def test_what_seniors_answer_is_shown_as_a_band_of_ten_or_more(yes: int, no: int, band: Band | None) -> None:
    shown = help_to_show(None, given(yes, no), TUESDAY)
    assert (shown and shown.band) == band


def test_the_band_moves_only_when_ten_more_have_answered() -> None:
    first = help_to_show(None, given(9, 1), TUESDAY)
    assert first == HelpShown(Band.MOSTLY, TUESDAY)
    later = TUESDAY + timedelta(days=7)
    nine = [*given(9, 1), *given(0, 9, day=1)]
    assert help_to_show(first, nine, later) == first
    ten = [*given(9, 1), *given(0, 10, day=1)]
    assert help_to_show(first, ten, later) == HelpShown(Band.MIXED, later)


def test_a_summary_shows_the_band_only_for_ten_pairs_and_ten_answers() -> None:
    names = [f"p{number}" for number in range(10)]
    people = [a_participant(name) for name in names] + [a_senior(f"s{name}") for name in names]
    world = a_world(*people)
    pairs = world.propose_all()
    assert len(pairs) == 10
    for pair in pairs:
        for side in world.records.pair(pair).sides:
            world.accept(side, pair)
    world.skip(days=1)

    def band_after(answers: int) -> str:
        for number, name in enumerate(names[:answers]):
            said = "yes" if number else "partly"
            fitting.answer_helped(world.actor(f"s{name}"), said, records=world.records, now=world.now)
        world.skip(days=7)
        summary = [one.prompt for _, one in world.log if isinstance(one.prompt, WeeklySummary)][-1]
        assert isinstance(summary, WeeklySummary)
        return summary.helped

    assert band_after(9) == ""
    assert band_after(10) == Band.MOSTLY
    assert ParticipantId("sp0") in world.records.helped_rows


def test_an_answer_about_one_pair_still_offers_the_others_that_were_asked() -> None:
    world, pair = asked_to_go_on()
    second = replace(world.records.pair(pair), id=PairId("second"))
    world.records.save_pair(second)
    question = world.records.question(pair)
    assert question is not None
    world.records.save_question(replace(question, pair=second.id))
    first = going_on.answer(world.actor("ana"), pair, YES, records=world.records, now=world.now)
    assert [one.pair for one in first.others] == [second.id]
    last = going_on.answer(world.actor("ana"), second.id, YES, records=world.records, now=world.now)
    assert last.others == ()
