"""Who may do what: the one place where it is decided."""

from dataclasses import dataclass
from enum import StrEnum

from bot.mentoring.errors import NotAllowed, NotFound, NotJoined
from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.pair import Pair
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import Programme


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
    SET_UP = "set up"
    RUN_PROGRAMME = "run programme"
    """What an owner does with the programme that is theirs."""


def authorise(actor: Actor, action: Action, on: Pair | Programme | None = None) -> None:
    """Return if `actor` may do `action` to `on`; raise NotAllowed, NotJoined or NotFound if not.

    What is not one's own reads the same as what does not exist (OWASP API1).
    """
    match action:
        case Action.READ:
            return
        case Action.JOIN:
            if actor.owner:
                raise NotAllowed
        case Action.TAKE_PART:
            _taking_part(actor)
        case Action.ANSWER_PAIR:
            _taking_part(actor)
            if not isinstance(on, Pair) or actor.id not in on.sides:
                raise NotFound
        case Action.SET_UP:
            if not (actor.may_set_up or actor.owner):
                raise NotAllowed
        case Action.RUN_PROGRAMME:
            if not isinstance(on, Programme) or actor.address not in on.owners:
                raise NotAllowed


def _taking_part(actor: Actor) -> None:
    if actor.participant is None or actor.participant.state is ParticipantState.LEFT:
        raise NotJoined
