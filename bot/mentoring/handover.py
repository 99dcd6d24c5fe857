"""Handing on what one knows before leaving or changing role: which pairs are of that kind."""

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair
from bot.mentoring.people import Participant, Track


def handing_over(pair: Pair, people: tuple[Participant, Participant]) -> tuple[ParticipantId, ...]:
    """The sides that hand over in a pair: who joined for it, and teaches something here."""
    return tuple(one.id for one in people if one.track is Track.HANDOVER and pair.teaches(one.id))


def is_handover(pair: Pair, people: tuple[Participant, Participant]) -> bool:
    """Whether somebody hands over what they know in this pair."""
    return bool(handing_over(pair, people))
