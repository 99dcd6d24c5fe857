"""Who may do what: every role against every action, on what is theirs and what is not."""

from dataclasses import replace

import pytest

from bot.mentoring.errors import MentoringError, NotAllowed, NotFound, NotJoined, NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import Exchange, Pair, PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.rights import Action, Actor, On, authorise
from tests.worlds import OWNER, a_participant, a_programme, a_senior, at

ANA, BEN, CEM = ParticipantId("ana"), ParticipantId("ben"), ParticipantId("cem")
PAIR = Pair(PairId("p"), ANA, BEN, (Exchange(ANA, BEN, "Go"),), PairState.PROPOSED)
MINE = a_programme()
OTHERS = replace(MINE, owners=(at("somebody"),))
LEFT = a_participant("lea", state=ParticipantState.LEFT)

ROLES = {
    "stranger": Actor(at("zoe")),
    "left": Actor(LEFT.address, LEFT),
    "participant": Actor(at("cem"), a_participant("cem")),
    "paused": Actor(at("dua"), a_participant("dua", state=ParticipantState.PAUSED)),
    "junior": Actor(at("ana"), a_participant("ana")),
    "senior": Actor(at("ben"), a_senior("ben")),
    "owner": Actor(OWNER, owner=True),
    "other owner": Actor(at("mia"), owner=True),
    "admin": Actor(at("adi"), may_set_up=True),
}
EVERYBODY = set(ROLES)
TAKING_PART = {"participant", "paused", "junior", "senior"}
OWNING = {"owner", "other owner"}

MATRIX: dict[tuple[Action, str], set[str]] = {
    (Action.READ, "nothing"): EVERYBODY,
    (Action.READ, "pair"): EVERYBODY,
    (Action.READ, "programme"): EVERYBODY,
    (Action.JOIN, "nothing"): EVERYBODY - OWNING,
    (Action.JOIN, "pair"): EVERYBODY - OWNING,
    (Action.JOIN, "programme"): EVERYBODY - OWNING,
    (Action.TAKE_PART, "nothing"): TAKING_PART,
    (Action.TAKE_PART, "pair"): TAKING_PART,
    (Action.TAKE_PART, "programme"): TAKING_PART,
    (Action.ANSWER_PAIR, "nothing"): set(),
    (Action.ANSWER_PAIR, "pair"): {"junior", "senior"},
    (Action.ANSWER_PAIR, "programme"): set(),
    (Action.WRITE_TOGETHER, "nothing"): set(),
    (Action.WRITE_TOGETHER, "pair"): set(),
    (Action.WRITE_TOGETHER, "open pair"): {"junior", "senior"},
    (Action.WRITE_TOGETHER, "pair ended by the junior"): {"senior"},
    (Action.WRITE_TOGETHER, "pair that is over"): set(),
    (Action.WRITE_TOGETHER, "programme"): set(),
    (Action.SET_UP, "nothing"): OWNING | {"admin"},
    (Action.SET_UP, "pair"): OWNING | {"admin"},
    (Action.SET_UP, "programme"): OWNING | {"admin"},
    (Action.RUN_PROGRAMME, "nothing"): set(),
    (Action.RUN_PROGRAMME, "pair"): set(),
    (Action.RUN_PROGRAMME, "programme"): {"owner"},
    (Action.RUN_PROGRAMME, "other programme"): set(),
}
OPEN = replace(PAIR, state=PairState.ACTIVE)
OBJECTS: dict[str, On] = {
    "nothing": None,
    "pair": PAIR,
    "open pair": OPEN,
    "pair ended by the junior": replace(OPEN, ended_by=ANA),
    "pair that is over": replace(OPEN, state=PairState.CLOSED),
    "programme": MINE,
    "other programme": OTHERS,
}


def may(actor: Actor, action: Action, on: On) -> MentoringError | None:
    """The refusal, None where it is allowed."""
    try:
        authorise(actor, action, on)
    except MentoringError as refused:
        return refused
    return None


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_what_the_matrix_says_and_nothing_more(role: str, action: Action) -> None:
    rows = {on: allowed for (of, on), allowed in MATRIX.items() if of is action}
    assert rows, f"{action} is not in the matrix"
    for on, allowed in rows.items():
        assert (may(ROLES[role], action, OBJECTS[on]) is None) == (role in allowed), on


@pytest.mark.parametrize("role", ["participant", "paused"])
def test_somebody_elses_pair_reads_as_one_that_does_not_exist(role: str) -> None:
    assert (
        may(ROLES[role], Action.ANSWER_PAIR, PAIR) == may(ROLES[role], Action.ANSWER_PAIR, None) == NotFound()
    )


@pytest.mark.parametrize("role", ["stranger", "owner", "participant", "paused"])
def test_nobody_but_the_two_reads_what_they_wrote(role: str) -> None:
    unseen = may(ROLES[role], Action.WRITE_TOGETHER, None)
    assert unseen is not None
    assert may(ROLES[role], Action.WRITE_TOGETHER, OPEN) == unseen


def test_who_ended_a_pair_is_told_that_it_is_over_and_nobody_else() -> None:
    closed = NotPossibleNow("write", PairState.CLOSED)
    assert may(ROLES["junior"], Action.WRITE_TOGETHER, OBJECTS["pair ended by the junior"]) == closed
    assert may(ROLES["participant"], Action.WRITE_TOGETHER, OBJECTS["pair that is over"]) == NotFound()


@pytest.mark.parametrize("role", ["stranger", "left", "owner", "other owner", "admin"])
def test_who_takes_no_part_is_told_how_to_join(role: str) -> None:
    assert may(ROLES[role], Action.ANSWER_PAIR, PAIR) == NotJoined()
    assert may(ROLES[role], Action.TAKE_PART, None) == NotJoined()


def test_an_owner_is_asked_for_in_the_programme_itself_not_believed() -> None:
    assert may(Actor(at("eve"), owner=True, may_set_up=True), Action.RUN_PROGRAMME, MINE) == NotAllowed()


def test_a_stranger_has_no_id() -> None:
    with pytest.raises(NotJoined):
        assert ROLES["stranger"].id
