"""Who acts: the person behind a request, as the database knows them at this moment."""

from bot.mentoring.errors import NoProgramme
from bot.mentoring.ids import Address
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
