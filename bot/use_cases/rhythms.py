"""How often a pair meets: one wishes it, the other agrees or wishes otherwise."""

from datetime import datetime

from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.meetings import Every, Rhythm
from bot.mentoring.pair import Pair
from bot.mentoring.prompts import RhythmShown
from bot.mentoring.rights import Actor
from bot.ports import NewId, Records
from bot.use_cases.acting import active_pair
from bot.use_cases.marking import wrote
from bot.use_cases.reminding import whom
from bot.use_cases.saying import tell

_RHYTHM = "rhythm"


def show_rhythm(actor: Actor, key: PairId, *, records: Records) -> RhythmShown:
    """What is agreed, and what is wished."""
    pair, one, _ = active_pair(actor, key, _RHYTHM, records=records)
    return _shown(pair, records.rhythm(pair.id), one.id, records)


def choose_rhythm(
    actor: Actor, key: PairId, wish: str, *, records: Records, now: datetime, new_id: NewId
) -> RhythmShown:
    """The first press wishes, the other's same press agrees, another one asks back.

    The other is told of a wish, and of what is agreed, once for each.
    """
    pair, one, partner = active_pair(actor, key, _RHYTHM, records=records)
    if wish not in set(Every):
        raise BadInput("rhythm", Problem.NOT_A_CHOICE)
    before = records.rhythm(pair.id)
    after = before.chosen(Every(wish), one.id)
    if after != before:
        records.save_rhythm(after)
        wrote(pair, one.id, records=records, now=now)
        records.withdraw(partner.id, _key(pair))
        if pair.open_to(partner.id):
            told = _shown(pair, after, partner.id, records, started=True)
            tell(partner, f"{_key(pair)}{new_id()}", told, at=now, records=records)
    return _shown(pair, after, one.id, records)


def _shown(
    pair: Pair, rhythm: Rhythm, reader: ParticipantId, records: Records, *, started: bool = False
) -> RhythmShown:
    return RhythmShown(
        whom(pair, reader, records=records),
        agreed=rhythm.agreed or "",
        wished=rhythm.wished or "",
        yours=rhythm.by == reader,
        started=started,
    )


def _key(pair: Pair) -> str:
    return f"rhythm:{pair.id}:"
