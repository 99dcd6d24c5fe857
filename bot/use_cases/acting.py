"""Who acts: the person behind a request, and what is theirs, as the database knows it at this moment."""

from collections.abc import Iterable

from bot.mentoring.errors import NoProgramme
from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.pair import LIVE, Pair, PairState
from bot.mentoring.programme import Programme
from bot.mentoring.rights import Actor
from bot.ports import Records


def actor_at(who: Address, *, may_set_up: bool, records: Records) -> Actor:
    """The actor at an address; roles are read now, never taken from a request."""
    programme = records.programme()
    return Actor(
        address=who,
        participant=records.participant_at(who),
        owner=programme is not None and who in programme.owners,
        may_set_up=may_set_up,
    )


def programme_of(records: Records) -> Programme:
    """The workspace's programme; NoProgramme where none was launched."""
    programme = records.programme()
    if programme is None:
        raise NoProgramme
    return programme


def open_pairs(one: ParticipantId, records: Records, states: Iterable[PairState] = LIVE) -> tuple[Pair, ...]:
    """A person's pairs in these live states that they have not ended themselves, oldest first."""
    return tuple(pair for pair in records.pairs_of(one, states) if pair.open_to(one))
