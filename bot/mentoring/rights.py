"""Who may do what: the one place where it is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.mentoring.errors import NotAllowed, NotFound, NotJoined, NotPossibleNow
from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import Programme

On = Pair | Programme | None


@dataclass(frozen=True)
class Actor:
    """Who acts, as the platform signed it and the database knows it at this moment.

    `may_set_up` says that the operator, or the workspace's admin role, lets the person set up programmes.
    """

    address: Address
    participant: Participant | None = None
    owner: bool = False
    may_set_up: bool = False

    @property
    def id(self) -> ParticipantId:
        """The participant's id; NotJoined for somebody who is none."""
        if self.participant is None:
            raise NotJoined
        return self.participant.id


class Action(StrEnum):
    """Everything a person can do."""

    READ = "read"
    """What anybody may see: help, privacy."""
    JOIN = "join"
    TAKE_PART = "take part"
    """What a participant does with what is their own."""
    ANSWER_PAIR = "answer pair"
    """What only the two of a pair do."""
    WRITE_TOGETHER = "write together"
    """What only the two of a pair read and write, while it is open to who asks: agreement and goals."""
    SET_UP = "set up"
    RUN_PROGRAMME = "run programme"
    """What an owner does with the programme that is theirs."""


def authorise(actor: Actor, action: Action, on: On = None) -> None:
    """Return if `actor` may do `action` to `on`; raise NotAllowed, NotJoined or NotFound if not.

    What is not one's own reads the same as what does not exist (OWASP API1).
    """
    allowed = _RULES[action](actor, on)
    if not allowed:
        raise NotAllowed


def _taking_part(actor: Actor, _on: On) -> bool:
    if actor.participant is None or actor.participant.state is ParticipantState.LEFT:
        raise NotJoined
    return True


def _one_of_the_two(actor: Actor, on: On) -> bool:
    _taking_part(actor, on)
    if not isinstance(on, Pair) or actor.id not in on.sides:
        raise NotFound
    return True


def _still_one_of_the_two(actor: Actor, on: On) -> bool:
    _one_of_the_two(actor, on)
    if not isinstance(on, Pair) or not on.open_to(actor.id):
        raise NotPossibleNow("write", PairState.CLOSED)
    if on.state is PairState.PROPOSED:
        raise NotPossibleNow("write", on.state)
    return True


_RULES: dict[Action, Callable[[Actor, On], bool]] = {
    Action.READ: lambda _actor, _on: True,
    Action.JOIN: lambda actor, _on: not actor.owner,
    Action.TAKE_PART: _taking_part,
    Action.ANSWER_PAIR: _one_of_the_two,
    Action.WRITE_TOGETHER: _still_one_of_the_two,
    Action.SET_UP: lambda actor, _on: actor.may_set_up or actor.owner,
    Action.RUN_PROGRAMME: lambda actor, on: isinstance(on, Programme) and actor.address in on.owners,
}
