"""A pair whose two set dates: what they do by name, over the small world."""

from bot.mentoring.ids import PairId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.prompts import (
    MeetingCancelled,
    Prompt,
)
from bot.use_cases import checking_in, dates
from tests.worlds import HOUSE, JOURNEY, World, a_world

DAY = "2026-12-03"
"""A Thursday, nine days after the world begins."""


def paired(*people: object) -> tuple[World, PairId]:
    """Ana and Ben, introduced."""
    world = a_world(*people)  # type: ignore[arg-type] # people or none
    (pair,) = world.propose_all()
    world.accept("ana", pair)
    world.accept("ben", pair)
    world.settle()
    world.skip(hours=1)
    return world, pair


def meet(world: World, name: str) -> Prompt:
    """Somebody types `/mentor meet`."""
    return dates.meet(world.actor(name), HOUSE, records=world.records, now=world.now, new_id=world.ids)


def cancel(world: World, name: str, pair: PairId, meeting: str) -> MeetingCancelled:
    """Somebody cancels a date."""
    return dates.cancel(
        world.actor(name), pair, meeting, records=world.records, now=world.now, new_id=world.ids
    )


def met(world: World, name: str, pair: PairId) -> Prompt:
    """Somebody says that the two met."""
    return checking_in.met(
        world.actor(name), pair, JOURNEY, records=world.records, now=world.now, new_id=world.ids
    )


def not_yet(world: World, name: str, pair: PairId) -> Prompt:
    """Somebody says that the two have not met."""
    return checking_in.not_yet(world.actor(name), pair, JOURNEY, records=world.records, now=world.now)


def state(world: World, pair: PairId) -> list[MeetingState]:
    """How the pair's meetings stand."""
    return [meeting.state for meeting in world.records.meetings(pair)]
