"""Noting what somebody did of their own accord, among the steps of their pair."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair
from bot.mentoring.story import Done, Mark
from bot.ports import Records


def mark(pair: Pair, what: Mark, by: ParticipantId, *, records: Records, now: datetime) -> None:
    """Note that one of the two did this now; done twice in one moment it is noted once."""
    noted = Done(what, now, by)
    if noted not in records.done(pair.id):
        records.save_done(pair.id, noted)


def wrote(pair: Pair, by: ParticipantId, *, records: Records, now: datetime) -> None:
    """Note that one of the two wrote or chose something here: a sign of life, for which the journey looks."""
    mark(pair, Mark.WROTE, by, records=records, now=now)
    look_again(pair, records=records, now=now)


def look_again(pair: Pair, *, records: Records, now: datetime) -> None:
    """Let the journey see what has changed."""
    records.save_pair(replace(records.pair(pair.id), next_due_at=now))
