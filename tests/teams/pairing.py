"""Two people in Teams who are a pair, as the records hold them."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.ids import Address, PairId, ParticipantId
from bot.mentoring.pair import PairState
from bot.ports import NewId, Records
from tests.builders import a_pair, a_participant
from tests.teams.stand_in import Person

ANA, BEN = Person(1, "Ana"), Person(2, "Ben")


def keep_pair(people: tuple[Address, ...], *, records: Records, now: datetime, new_id: NewId) -> PairId:
    """Let two people be a pair."""
    del now
    sides = []
    for who, name in zip(people, ("Ana", "Ben"), strict=True):
        one = a_participant(id=ParticipantId(new_id()), address=who, name=name)
        records.save_participant(one)
        sides.append(one.id)
    pair = a_pair(id=PairId(new_id()), a=sides[0], b=sides[1], state=PairState.ACTIVE)
    records.save_pair(replace(pair, room=None))
    return pair.id
