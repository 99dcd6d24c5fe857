"""What flows back: chosen by who learns nothing, heard by both, counted once and for good."""

from dataclasses import replace

import pytest

from bot.mentoring.errors import BadInput, MentoringError, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import PairId, ParticipantId, RoundId
from bot.mentoring.pair import Exchange, Pair, PairState
from bot.mentoring.programme import Round, RoundState
from bot.mentoring.prompts import FlowsBack
from bot.mentoring.summary import FlowedBack
from bot.use_cases import pausing, summarising
from bot.use_cases.flowing_back import ALWAYS, MOST, choose_back, open_back
from bot.use_cases.walking import asked
from tests.worlds import TOPICS, TUESDAY, World, a_participant, a_senior, a_world

ANA, BEN, PAIR = ParticipantId("ana"), ParticipantId("ben"), PairId("pair")


def one_sided(world: World | None = None) -> World:
    """Ana teaches Ben nothing; she learns from him, and he knows that she can teach SQL."""
    world = world or a_world()
    pair = Pair(
        PAIR,
        ANA,
        BEN,
        (Exchange(ANA, BEN, "Negotiation"),),
        PairState.ACTIVE,
        proposed_at=TUESDAY,
        introduced_at=TUESDAY,
    )
    world.records.save_pair(pair)
    return world


def choose(world: World, name: str, *topics: str) -> FlowsBack:
    """Somebody chooses what flows back."""
    return choose_back(world.actor(name), PAIR, topics, records=world.records, now=world.now)


def told(world: World, name: str) -> list[FlowsBack]:
    """What somebody hears of it."""
    world.settle()
    return [one for one in world.said_to(name, FlowsBack) if isinstance(one, FlowsBack)]


def test_a_topic_that_is_always_offered_is_a_maintained_one() -> None:
    assert [TOPICS.resolve(name).topic.name for name in ALWAYS] == list(ALWAYS)


def test_what_the_partner_teaches_and_what_anybody_can_is_offered_to_who_learns_nothing() -> None:
    world = one_sided()
    assert open_back(world.actor("ben"), PAIR, records=world.records).topics == ("SQL", *ALWAYS)
    with pytest.raises(NotPossibleNow):
        open_back(world.actor("ana"), PAIR, records=world.records)


def test_choosing_makes_the_pair_reciprocal_and_both_hear_it() -> None:
    world = one_sided()
    answer = choose(world, "ben", "SQL", ALWAYS[0])
    pair = world.records.pair(PAIR)
    assert pair.reciprocal
    assert pair.learns(BEN) == ("SQL", ALWAYS[0])
    assert pair.learns(ANA) == ("Negotiation",)
    assert answer.yours
    assert [one.topics for one in told(world, "ana")] == [("SQL", ALWAYS[0])]
    assert told(world, "ben") == []


def test_sent_twice_it_is_one_choice() -> None:
    world = one_sided()
    first = choose(world, "ben", "SQL")
    assert choose(world, "ben", "SQL") == first
    assert len(world.records.pair(PAIR).exchanges) == 2
    assert len(told(world, "ana")) == 1
    with pytest.raises(NotPossibleNow):
        choose(world, "ben", ALWAYS[0])


@pytest.mark.parametrize(
    ("topics", "problem"),
    [
        ((), Problem.EMPTY),
        (("Falconry",), Problem.NOT_A_CHOICE),
        (("SQL", "Negotiation"), Problem.NOT_A_CHOICE),
        (("SQL", *ALWAYS), Problem.TOO_MANY),
    ],
)
def test_what_was_not_offered_is_refused(topics: tuple[str, ...], problem: Problem) -> None:
    world = one_sided()
    with pytest.raises(BadInput) as refused:
        choose(world, "ben", *topics)
    assert refused.value.problem is problem
    assert not world.records.pair(PAIR).reciprocal
    assert len(ALWAYS) <= MOST


@pytest.mark.parametrize(("name", "error"), [("ana", NotPossibleNow), ("cem", NotFound)])
def test_nobody_else_chooses(name: str, error: type[MentoringError]) -> None:
    world = one_sided(a_world(a_participant(), a_senior(), a_participant("cem")))
    with pytest.raises(error):
        choose(world, name, "SQL")


def test_a_partner_who_ended_it_unheard_hears_nothing_and_the_chooser_notices_nothing() -> None:
    answers = []
    for leaves in (False, True):
        world = one_sided()
        if leaves:
            pausing.leave(world.actor("ana"), records=world.records, now=world.now, new_id=world.ids)
        answers.append(choose(world, "ben", "SQL"))
        assert len(told(world, "ana")) == int(not leaves)
    assert answers[0] == answers[1]


def test_check_ins_ask_only_who_learns_nothing() -> None:
    world = one_sided()
    lines = [
        asked(world.records.pair(PAIR), world.records.participant(one), world.records) for one in (ANA, BEN)
    ]
    assert [line.back for line in lines] == [False, True]
    choose(world, "ben", "SQL")
    again = asked(world.records.pair(PAIR), world.records.participant(BEN), world.records)
    assert not again.back


# the figure


def a_past_round(closed: int, still_open: int) -> World:
    """A round of one-sided pairs that went out weeks ago, and Ana and Ben for the next."""
    world = a_world()
    key = RoundId("r1")
    pairs = closed + still_open
    past = Round(key, 1, RoundState.RELEASED, TUESDAY, released_at=TUESDAY, opted_in=2 * pairs, pairs=pairs)
    world.records.save_round(past)
    for number in range(pairs):
        a, b = ParticipantId(f"j{number:02}"), ParticipantId(f"s{number:02}")
        pair = Pair(
            PairId(f"p{number:02}"), a, b, (Exchange(a, b, "x"),), PairState.CLOSED, key, proposed_at=TUESDAY
        )
        world.records.save_pair(pair.flowing_back(("y",), TUESDAY) if number < closed else pair)
    return world


def test_the_count_is_made_when_the_next_round_goes_out_and_never_moves_again() -> None:
    world = a_past_round(closed=6, still_open=6)
    assert world.records.round(RoundId("r1")).flowed_back is None
    world.propose_all()
    counted = world.records.round(RoundId("r1")).flowed_back
    assert counted == FlowedBack(12, 6, 12, 12)
    late = world.records.pair(PairId("p11"))
    world.records.save_pair(late.flowing_back(("z",), world.now))
    world.records.save_participant(a_participant("new"))
    world.records.save_participant(a_senior("old"))
    world.skip(weeks=13)
    world.propose_all()
    assert world.records.round(RoundId("r1")).flowed_back == counted


@pytest.mark.parametrize(("closed", "seen"), [(6, True), (2, False), (10, False), (12, False), (0, False)])
def test_the_summary_shows_it_where_five_people_stand_behind_each_part(closed: int, *, seen: bool) -> None:
    world = a_past_round(closed, 12 - closed)
    world.propose_all()
    now = max(world.records.rounds(), key=lambda one: one.number)
    world.records.save_round(replace(now, number=2, opted_in=24, pairs=12))
    shown = summarising.show_summary(world.actor("owner"), records=world.records).figures
    assert shown is not None
    assert [bool(one.flowed_back) for one in shown.rounds] == [seen, False], "never of the round under way"


def test_no_week_of_a_round_tells_who_chose_something() -> None:
    world = a_past_round(6, 6)
    world.propose_all()
    now = max(world.records.rounds(), key=lambda one: one.number)
    world.records.save_round(replace(now, number=2, opted_in=24, pairs=12))
    before = summarising.show_summary(world.actor("owner"), records=world.records)
    one_sided(world)
    world.records.save_pair(replace(world.records.pair(PAIR), round=now.id))
    choose(world, "ben", "SQL")
    assert summarising.show_summary(world.actor("owner"), records=world.records) == before
