"""Words about one incident or one person: pointed to where they belong, and never passed on."""

from bot.mentoring.prompts import NotRelayed
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records


def point_elsewhere(actor: Actor, *, records: Records) -> NotRelayed:
    """Where feedback belongs, and who listens. What was typed is neither kept nor told to anybody."""
    authorise(actor, Action.READ)
    programme = records.programme()
    return NotRelayed(programme.contacts if programme else ())
