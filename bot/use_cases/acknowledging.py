"""Keeping to the ethics and confidentiality code: shown to anybody, acknowledged by who takes part."""

from datetime import datetime

from bot.mentoring.ethics import CODE, CodeKept
from bot.mentoring.ids import ParticipantId
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import EthicsCode
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records


def show_code(actor: Actor, *, records: Records) -> EthicsCode:
    """The code, and when the reader said that they keep to it."""
    authorise(actor, Action.READ)
    one = actor.participant
    if one is None or one.state is ParticipantState.LEFT:
        return EthicsCode(None, joined=False)
    return EthicsCode(code_kept_at(one.id, records), joined=True)


def acknowledge_code(actor: Actor, version: str, *, records: Records, now: datetime) -> EthicsCode:
    """Keep that the actor keeps to the code; once more changes nothing.

    Whoever pressed it under older words reads the new ones first: only these count from now on.
    """
    authorise(actor, Action.TAKE_PART)
    if version == str(CODE):
        records.save_code_kept(CodeKept(actor.id, CODE, now))
    return show_code(actor, records=records)


def code_kept_at(who: ParticipantId, records: Records) -> datetime | None:
    """When somebody said that they keep to the code as it reads now."""
    return next((one.at for one in records.codes_kept(who) if one.version == CODE), None)
