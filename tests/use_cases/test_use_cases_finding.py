"""Finding somebody who teaches a topic, and asking to pair: who is shown, who can be asked, what is said."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.mentoring.errors import BadInput, NotFound, NotJoined, NotPossibleNow
from bot.mentoring.ids import Address
from bot.mentoring.pair import Exchange, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import Introduction, Proposal
from bot.use_cases import finding
from tests.worlds import TOPICS, World, a_participant, a_senior, a_world, at


def found(world: World, topic: str, name: str = "ana") -> list[str]:
    """Whom somebody finds for a topic."""
    return [
        each.name for each in finding.find(world.actor(name), topic, TOPICS, records=world.records).teachers
    ]


def ask(world: World, whom: str, topic: str = "Negotiation", name: str = "ana") -> Proposal:
    """Somebody asks to pair."""
    return finding.ask_to_pair(
        world.actor(name), at(whom), topic, TOPICS, records=world.records, now=world.now, new_id=world.ids
    )


def change(world: World, name: str, **changes: object) -> None:
    """Change a row of somebody."""
    one = world.records.participant_at(at(name))
    assert one is not None
    world.records.save_participant(replace(one, **changes))  # type: ignore[arg-type] # a test changes any field


def occupy(world: World) -> None:
    """Give Ben's only place to Cem."""
    world.records.save_participant(a_participant("cem"))
    ask(world, "ben", name="cem")


def meet_before(world: World) -> None:
    """Ana and Ben were proposed to each other once, Ben said no, and Ana has read that it came to nothing."""
    proposal = ask(world, "ben")
    world.accept("ana", proposal.pair)
    world.decline("ben", proposal.pair)
    world.skip(days=6)


UNAVAILABLE: dict[str, Callable[[World], object]] = {
    "did not agree to be found": lambda world: change(world, "ben", findable=False),
    "paused": lambda world: change(world, "ben", state=ParticipantState.PAUSED),
    "left": lambda world: change(world, "ben", state=ParticipantState.LEFT),
    "teaches something else": lambda world: change(world, "ben", teach=("Go",)),
    "no place free": occupy,
    "no places at all": lambda world: change(world, "ben", places=0),
    "is the manager": lambda world: change(world, "ana", manager=at("ben")),
    "is managed": lambda world: change(world, "ben", manager=at("ana")),
    "met before": meet_before,
    "not there": lambda world: world.records.people.pop(a_senior().id),
}


@pytest.mark.parametrize("cause", UNAVAILABLE)
def test_who_cannot_be_asked_is_not_found_and_reads_the_same_for_every_cause(cause: str) -> None:
    world = a_world()
    UNAVAILABLE[cause](world)
    posted, pairs = dict(world.records.outbox), dict(world.records.pair_rows)
    assert found(world, "negotiation") == []
    with pytest.raises(NotFound) as refused:
        ask(world, "ben")
    assert refused.value == NotFound()
    assert (world.records.outbox, world.records.pair_rows) == (posted, pairs)


def test_a_manager_who_takes_no_part_still_ties_the_line() -> None:
    boss = at("boss")
    world = a_world(a_participant(manager=boss), a_senior(), a_senior("cem", manager=at("ana")))
    assert found(world, "negotiation") == ["Ben"]


def test_a_line_over_two_steps_is_a_line() -> None:
    middle = a_participant("mia", manager=at("ben"), findable=False)
    world = a_world(a_participant(manager=at("mia")), middle, a_senior())
    assert found(world, "negotiation") == []


def test_a_circle_of_managers_ends() -> None:
    world = a_world(a_participant(manager=at("mia")), a_participant("mia", manager=at("ana")), a_senior())
    assert found(world, "negotiation") == ["Ben"]


def test_found_are_the_nearest_levels_first_at_most_ten_and_without_what_they_want() -> None:
    seniors = [a_senior(f"s{at:02}", level=1 + at % 8) for at in range(14)]
    world = a_world(a_participant(), *seniors)
    teachers = finding.find(world.actor("ana"), "negotiation", TOPICS, records=world.records).teachers
    distances = [abs(each.level - 2) for each in teachers]
    assert len(teachers) == 10
    assert distances == sorted(distances)
    assert not any(hasattr(each, "learn") for each in teachers)


def test_a_topic_of_peoples_own_is_found_however_it_is_spelled() -> None:
    world = a_world(a_participant(), a_senior(teach=("Sourdough Baking",)))
    assert found(world, "sourdough   baking") == ["Ben"]
    assert found(world, "\u200bSOURDOUGH BAKING") == ["Ben"]


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "x" * 61, "x" * 10_000])
def test_a_topic_that_cannot_be_is_refused(typed: str) -> None:
    world = a_world()
    with pytest.raises(BadInput) as refused:
        found(world, typed)
    assert refused.value.field == "topic"


def test_asking_shows_both_profiles_to_both_and_opens_nothing_until_both_accept() -> None:
    world = a_world()
    answer = ask(world, "ben")
    world.settle()
    (to_ana,), (to_ben,) = world.said_to("ana", Proposal), world.said_to("ben", Proposal)
    assert isinstance(to_ana, Proposal)
    assert isinstance(to_ben, Proposal)
    assert answer == replace(to_ana, asked_by_you=True)
    assert (to_ana.you, to_ana.partner) == (to_ben.partner, to_ben.you)
    assert to_ben.reasons[0].values == ("Ana",)
    world.accept("ben", answer.pair)
    world.settle()
    assert not world.said_to("ben", Introduction)
    world.accept("ana", answer.pair)
    world.settle()
    assert len(world.said_to("ben", Introduction)) == 1


def test_what_is_asked_for_flows_and_what_can_flow_back_does() -> None:
    world = a_world(
        a_participant(learn=("Negotiation", "Storytelling")), a_senior(teach=("Negotiation", "Go"))
    )
    pair = world.records.pair(ask(world, "ben", "go").pair)
    assert pair.exchanges == (
        Exchange(pair.a, pair.b, "Go"),
        Exchange(pair.a, pair.b, "Negotiation"),
        Exchange(pair.b, pair.a, "SQL"),
    )


def test_the_lower_level_stands_first_whoever_asks() -> None:
    world = a_world(a_participant(teach=("SQL",)), a_senior())
    pair = world.records.pair(ask(world, "ana", "sql", name="ben").pair)
    assert pair.sides == ("ana", "ben")
    assert not pair.lateral


def test_asking_twice_shows_the_same_proposal() -> None:
    world = a_world()
    assert ask(world, "ben") == ask(world, "ben")
    assert len(world.records.pairs([PairState.PROPOSED])) == 1
    world.settle()
    assert len(world.said_to("ben", Proposal)) == 1


def test_who_has_no_place_free_or_is_paused_is_told_so() -> None:
    world = a_world(a_participant(), a_senior(), a_senior("cem"))
    ask(world, "ben")
    with pytest.raises(NotPossibleNow) as full:
        ask(world, "cem")
    assert full.value == NotPossibleNow("ask to pair", "no places")
    change(world, "ana", state=ParticipantState.PAUSED)
    with pytest.raises(NotPossibleNow) as paused:
        ask(world, "cem")
    assert paused.value == NotPossibleNow("ask to pair", "paused")


@pytest.mark.parametrize(
    "forged", ["", "nobody", "slack:T2:BEN", "slack:T1:ANA", "slack:T1:OWNER", "x" * 9000]
)
def test_a_forged_address_finds_nobody(forged: str) -> None:
    world = a_world()
    with pytest.raises(NotFound):
        finding.ask_to_pair(
            world.actor("ana"),
            Address(forged),
            "SQL",
            TOPICS,
            records=world.records,
            now=world.now,
            new_id=world.ids,
        )
    assert world.records.pair_rows == {}


def test_strangers_find_nobody_and_ask_nobody() -> None:
    world = a_world()
    with pytest.raises(NotJoined):
        found(world, "sql", "zoe")
    with pytest.raises(NotJoined):
        ask(world, "ben", name="zoe")


class CountingRecords:
    """Counts the queries that are made of the records behind it."""

    def __init__(self, world: World) -> None:
        self.count = 0
        self._records = world.records

    def __getattr__(self, name: str) -> object:
        self.count += 1
        return getattr(self._records, name)


def queries(people: list[Participant]) -> int:
    """How many queries it takes to find among these."""
    world = a_world(a_participant(), *people)
    counting = CountingRecords(world)
    finding.find(world.actor("ana"), "negotiation", TOPICS, records=counting)  # type: ignore[arg-type] # counts
    return counting.count


def test_finding_among_many_takes_no_more_queries_than_among_few() -> None:
    assert queries([a_senior("s0")]) == queries([a_senior(f"s{at}") for at in range(60)])
