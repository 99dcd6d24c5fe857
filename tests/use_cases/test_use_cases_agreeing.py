"""Agreeing over weeks: who hears what and when, several pairs, pauses, endings, and what is pressed twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.mentoring.agreement import OPEN_FOR
from bot.mentoring.errors import BadForm, MentoringError, NotFound, NotJoined, NotPossibleNow, Problem
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import Exchange, Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.prompts import (
    Agreed,
    AgreementAhead,
    AgreementShown,
    ChangeDeclined,
    ChangeProposed,
    ChangeSent,
    Compared,
    ExpectForm,
    NoPairYet,
    PartnerWrote,
    Prompt,
    StepCheckIn,
    WhichPair,
)
from bot.mentoring.story import Done
from bot.use_cases import agreeing, pausing
from bot.use_cases.acting import programme_of
from bot.use_cases.stories import STILL_ALIGNED
from tests.fakes import FakeIds
from tests.worlds import JOURNEY, TUESDAY, World, a_participant, a_senior, a_world

Act = Callable[[], object]
ANA, BEN, CEM = ParticipantId("ana"), ParticipantId("ben"), ParticipantId("cem")
PAIR, SECOND = PairId("pair"), PairId("second")
ANSWERS = {
    "learn": "To stay calm",
    "share": "SQL",
    "hope": "An honest look",
    "often": "fortnightly",
    "reply": "two_days",
    "look_back": "8",
    "channel": "A call",
    "cancel": "A line the day before",
}


def a_pair_of(world: World, key: PairId = PAIR, b: ParticipantId = BEN) -> World:
    """Ana and somebody are a pair without a journey, so that only what they do is heard."""
    both = (Exchange(ANA, b, "Negotiation"), Exchange(b, ANA, "SQL"))
    world.records.save_pair(
        Pair(key, ANA, b, both, PairState.ACTIVE, proposed_at=TUESDAY, introduced_at=TUESDAY)
    )
    return world


def expect(world: World, name: str, key: PairId = PAIR, **changes: Any) -> Prompt:
    """Somebody writes what they expect."""
    return agreeing.keep_expectations(
        world.actor(name), key, ANSWERS | changes, records=world.records, now=world.now
    )


def agree(world: World, name: str, change: str = "") -> Prompt:
    """Somebody agrees."""
    return agreeing.agree(world.actor(name), PAIR, change, records=world.records, now=world.now)


def suggest(world: World, name: str, base: int = 1, **changes: Any) -> Prompt:
    """Somebody suggests a change."""
    return agreeing.suggest_change(
        world.actor(name),
        PAIR,
        str(base),
        ANSWERS | changes,
        records=world.records,
        now=world.now,
        new_id=world.ids,
    )


def agreement(world: World, name: str, key: str = "") -> Prompt:
    """What somebody sees of it."""
    return agreeing.show_agreement(world.actor(name), key, records=world.records, now=world.now)


def compared(*people: Participant) -> World:
    """Ana and Ben have both written."""
    world = a_pair_of(a_world(*people))
    for name in ("ana", "ben"):
        expect(world, name)
    return world


def agreed(*people: Participant) -> World:
    """They have agreed."""
    world = compared(*people)
    for name in ("ana", "ben"):
        agree(world, name)
    world.skip(days=1)
    return world


def change_of(world: World, by: str = "ana", **changes: Any) -> str:
    """The id of a change that somebody suggests."""
    sent = suggest(world, by, **({"channel": "In the canteen"} | changes))
    assert isinstance(sent, ChangeSent)
    return sent.change


def test_the_partner_hears_once_that_somebody_wrote_and_nothing_of_what() -> None:
    world = a_pair_of(a_world())
    for hope in ("Courage", "Patience", "Courage"):
        expect(world, "ana", hope=hope)
    world.skip(days=2)
    assert world.said_to("ben", PartnerWrote) == [PartnerWrote(PAIR, "Ana")]
    assert "Patience" not in repr([message for _, message in world.log])


def test_whoever_completes_it_reads_both_at_once_and_the_other_in_their_hours() -> None:
    world = a_pair_of(a_world())
    expect(world, "ana")
    answer = expect(world, "ben", hope="Courage")
    assert isinstance(answer, Compared)
    world.skip(days=1)
    assert world.said_to("ana", Compared) == [answer]
    assert world.said_to("ben", Compared) == []
    assert expect(world, "ben", hope="Courage") == answer, "sent twice"


def test_an_invitation_that_has_not_left_is_taken_back_when_its_reader_writes() -> None:
    world = a_pair_of(a_world())
    world.now += timedelta(hours=10)
    expect(world, "ana")
    expect(world, "ben")
    world.skip(days=2)
    assert world.said_to("ben", PartnerWrote) == []


def test_whoever_had_the_form_open_when_both_were_in_is_told_so() -> None:
    world = compared()
    with pytest.raises(NotPossibleNow) as refused:
        expect(world, "ana", hope="Something else")
    assert refused.value.state == "compared"


def test_pressing_agree_twice_is_one_yes_and_one_message() -> None:
    world = compared()
    assert agree(world, "ana") == agree(world, "ana")
    done = agree(world, "ben")
    assert agree(world, "ben") == done == Agreed(PAIR, "Ana", 1)
    world.skip(days=2)
    assert world.said_to("ana", Agreed) == [Agreed(PAIR, "Ben", 1, told=True)]


def test_a_change_is_told_once_and_inside_the_limits_of_the_week() -> None:
    world = agreed()
    for number in range(5):
        change = change_of(world, channel=f"Place {number}")
        agreeing.take_back(world.actor("ana"), PAIR, change, records=world.records, now=world.now)
    change_of(world)
    world.skip(days=20)
    moments = [at for at, message in world.log if "BEN" in str(message.to.readers) and message.counts_for]
    for at in moments:
        assert sum(at - timedelta(days=7) < other <= at for other in moments) <= 3
    assert [one.rows[0].new for one in heard(world, "ben", ChangeProposed)] == ["In the canteen"]


def heard(world: World, name: str, kind: type[ChangeProposed]) -> list[ChangeProposed]:
    """The changes that somebody was told of."""
    return [one for one in world.said_to(name, kind) if isinstance(one, kind)]


def test_the_last_day_to_answer_tells_nothing_of_where_the_other_is() -> None:
    told = []
    for away in (False, True):
        world = agreed()
        if away:
            pausing.pause(
                world.actor("ben"),
                "3w",
                tell_partners=False,
                records=world.records,
                now=world.now,
                new_id=world.ids,
            )
        world.ids = FakeIds(100)
        sent = suggest(world, "ana", channel="In the canteen")
        told.append((sent, agreement(world, "ana")))
    assert isinstance(told[0][0], ChangeSent)
    assert told[0][0].expires_at == TUESDAY + timedelta(days=1) + OPEN_FOR
    assert told[0] == told[1]


def test_a_no_is_heard_without_a_reason_and_only_once() -> None:
    world = agreed()
    change = change_of(world)
    for _ in range(2):
        agreeing.keep_terms(world.actor("ben"), PAIR, change, records=world.records, now=world.now)
    world.skip(days=7)
    assert world.said_to("ana", ChangeDeclined) == [ChangeDeclined(PAIR, "Ben")]


def test_several_pairs_are_kept_apart_and_asked_about_by_name() -> None:
    world = a_pair_of(agreed(a_participant(), a_senior(), a_senior("cem")), SECOND, CEM)
    for show in (
        agreement(world, "ana"),
        agreeing.open_expect(world.actor("ana"), "", records=world.records, now=world.now),
    ):
        assert isinstance(show, WhichPair)
        assert [one.partner for one in show.pairs] == ["Ben", "Cem"]
    assert isinstance(agreement(world, "ana", PAIR), AgreementShown)
    assert isinstance(agreement(world, "ana", SECOND), AgreementAhead)
    expect(world, "ana", SECOND, hope="Only for Cem")
    assert "Only for Cem" not in repr(agreement(world, "ben"))


@pytest.mark.parametrize(("name", "error"), [("cem", NotFound), ("zoe", NotJoined), ("owner", NotJoined)])
def test_strangers_and_owners_reach_nothing_of_it(name: str, error: type[MentoringError]) -> None:
    world = agreed(a_participant(), a_senior(), a_senior("cem"))
    change = change_of(world)
    actor, records, now = world.actor(name), world.records, world.now
    acts: tuple[Act, ...] = (
        lambda: agreement(world, name, PAIR),
        lambda: agreeing.show_version(actor, PAIR, "1", records=records, now=now),
        lambda: agreeing.open_expect(actor, PAIR, records=records, now=now),
        lambda: agreeing.open_change(actor, PAIR, records=records, now=now),
        lambda: expect(world, name),
        lambda: suggest(world, name),
        lambda: agree(world, name, change),
        lambda: agreeing.keep_terms(actor, PAIR, change, records=records, now=now),
        lambda: agreeing.take_back(actor, PAIR, change, records=records, now=now),
        lambda: agreeing.undo_change(actor, PAIR, records=records, now=now, new_id=world.ids),
        lambda: agreeing.answer_aligned(actor, PAIR, JOURNEY, records=records, now=now),
    )
    for act in acts:
        with pytest.raises(error):
            act()


def test_what_waits_about_a_pair_is_taken_back_from_whoever_ends_it() -> None:
    world = agreed()
    world.now += timedelta(hours=10)
    change_of(world)
    pausing.leave(world.actor("ben"), records=world.records, now=world.now, new_id=world.ids)
    world.skip(days=10)
    assert world.said_to("ben", ChangeProposed) == []
    assert agreement(world, "ana") == NoPairYet("agreement", programme_of(world.records).next_round_at)


def test_a_pair_that_rests_can_still_be_read_and_written() -> None:
    world = agreed()
    world.records.save_pair(replace(world.records.pair(PAIR), state=PairState.PAUSED))
    assert isinstance(agreement(world, "ana"), AgreementShown)
    assert isinstance(suggest(world, "ana", channel="In the canteen"), ChangeSent)


def test_a_proposed_pair_has_nothing_to_agree_on_yet() -> None:
    world = a_pair_of(a_world())
    world.records.save_pair(replace(world.records.pair(PAIR), state=PairState.PROPOSED))
    assert agreement(world, "ana") == NoPairYet(
        "agreement", programme_of(world.records).next_round_at, proposed=True
    )
    with pytest.raises(NotPossibleNow):
        expect(world, "ana")


def test_what_is_wrong_is_told_of_every_field_at_once() -> None:
    world = a_pair_of(a_world())
    bad: dict[str, Any] = {
        "hope": " ",
        "worry": "x" * 5_000,
        "often": "daily",
        "ends": "2026-11-24",
        "cancel": "\u200b",
    }
    with pytest.raises(BadForm) as refused:
        expect(world, "ana", **bad)
    assert {each.field: each.problem for each in refused.value.problems} == {
        "hope": Problem.EMPTY,
        "often": Problem.NOT_A_CHOICE,
        "cancel": Problem.EMPTY,
        "worry": Problem.TOO_LONG,
        "ends": Problem.IN_THE_PAST,
    }
    assert world.records.agreement(PAIR).expected == ()


def test_lines_that_somebody_writes_stay_lines() -> None:
    world = a_pair_of(a_world())
    expect(world, "ana", channel="A call\nOur room")
    again = agreeing.open_expect(world.actor("ana"), PAIR, records=world.records, now=world.now)
    assert isinstance(again, ExpectForm)
    assert again.terms is not None
    assert again.terms.channel == "A call\nOur room"


@pytest.mark.parametrize("number", ["", "0", "2", "-1", "one", "1 "])
def test_a_version_that_there_is_not_is_refused(number: str) -> None:
    world = agreed()
    with pytest.raises(MentoringError):
        agreeing.show_version(world.actor("ana"), PAIR, number, records=world.records, now=world.now)


def test_still_fine_notes_one_pair_and_leaves_the_other_question_open() -> None:
    world = a_pair_of(agreed(a_participant(), a_senior(), a_senior("cem")), SECOND, CEM)
    for key in (PAIR, SECOND):
        world.records.save_done(key, Done(STILL_ALIGNED, world.now, ANA))
    world.now += timedelta(hours=1)
    answer = agreeing.answer_aligned(world.actor("ana"), PAIR, JOURNEY, records=world.records, now=world.now)
    assert isinstance(answer, StepCheckIn)
    assert [(one.partner, one.answered) for one in answer.pairs] == [("Ben", "fine"), ("Cem", "")]
    shown = agreement(world, "ana", PAIR)
    assert isinstance(shown, AgreementShown)
    assert shown.look_back_at == world.now + timedelta(weeks=8)
    with pytest.raises(NotPossibleNow):
        agreeing.answer_aligned(world.actor("ana"), SECOND, JOURNEY, records=world.records, now=world.now)
