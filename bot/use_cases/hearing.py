"""What the platform tells of people: names, zones, accounts that close."""

from datetime import datetime

from bot.mentoring.people import Profile, Standing
from bot.ports import NewId, Records
from bot.use_cases.acting import actor_at
from bot.use_cases.pausing import leave
from bot.use_cases.showing import takes_part


def hear_of(profile: Profile, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Keep what the directory tells of somebody known here; a closed account leaves the programme.

    People who never came here are not kept.
    """
    actor = actor_at(profile.address, may_set_up=False, records=records)
    if records.profile(profile.address) is None and actor.participant is None:
        return
    records.save_profile(profile)
    if profile.standing is not Standing.MEMBER and takes_part(actor):
        leave(actor, records=records, now=now, new_id=new_id)


def hear_of_uninstalling(*, records: Records) -> None:
    """Take back all that waits for people of a workspace that took the bot out; their data stays."""
    for one in records.participants():
        records.withdraw(one.id)


def keep_profile(profile: Profile, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Keep what the directory tells of somebody who is about to join or to set up."""
    del now, new_id  # a unit of work hands them to every use
    records.save_profile(profile)
