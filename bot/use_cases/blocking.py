"""Blocks: never to be paired with somebody, in private, for as long as one likes."""

from datetime import datetime

from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.ids import Address, same_workspace
from bot.mentoring.prompts import Blocked, BlockForm, BlocksShown, Unblocked
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs
from bot.use_cases.ending import end


def block(actor: Actor, whom: Address, *, records: Records, now: datetime, new_id: NewId) -> Blocked:
    """Never pair the two from now on; a pair of theirs ends as any other. Twice is the same as once."""
    authorise(actor, Action.TAKE_PART)
    if not same_workspace(whom, actor.address) or whom == actor.address:
        raise BadInput("person", Problem.NOT_A_PERSON)
    records.save_block(actor.address, whom)
    other = records.participant_at(whom)
    together = [
        pair for pair in open_pairs(actor.id, records) if other is not None and other.id in pair.sides
    ]
    for pair in together:
        end(pair, actor.id, records=records, now=now, new_id=new_id)
        records.withdraw(actor.id, f"proposal:{pair.id}")
    return Blocked(whom=whom, ended=len(together))


def unblock(actor: Actor, whom: Address, *, records: Records) -> Unblocked:
    """Take a block back; where there is none, the answer is the same."""
    authorise(actor, Action.TAKE_PART)
    records.forget_block(actor.address, whom)
    return Unblocked(whom=whom)


def open_block(actor: Actor) -> BlockForm:
    """Ask whom."""
    authorise(actor, Action.TAKE_PART)
    return BlockForm()


def show_blocks(actor: Actor, *, records: Records) -> BlocksShown:
    """The people one has blocked."""
    authorise(actor, Action.TAKE_PART)
    return BlocksShown(records.blocks_of(actor.address))
