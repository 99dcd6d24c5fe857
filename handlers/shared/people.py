"""What the edge remembers of people for a moment: how they read, and whether they may set up."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentoring.ids import Address, WorkspaceId
from bot.ports import NewId, Records
from handlers.shared.store import Store
from prompts.view import Reader

MOST = 20_000
FRESH = 60.0
"""Seconds; another process may have heard of a new zone meanwhile."""


@dataclass(frozen=True, slots=True)
class Known:
    """How somebody reads, whether the directory calls them an admin, and whether it was ever asked."""

    reader: Reader
    admin: bool
    listed: bool


def look_up(who: Address, reader: Reader, *, records: Records, now: datetime, new_id: NewId) -> Known:
    """What the records know of somebody: the zone they gave, else the directory's, else UTC.

    `reader` is how people read on their platform.
    """
    del now, new_id  # a use takes them; a look-up needs neither
    profile, one = records.profile(who), records.participant_at(who)
    zone = one.hours.zone if one else profile.zone if profile else "UTC"
    admin = profile is not None and profile.admin
    return Known(replace(reader, zone=zone), admin=admin, listed=profile is not None)


class People:
    """Remembers the last MOST people for FRESH seconds, so that most requests need no second look-up."""

    def __init__(self, store: Store, reader: Reader = Reader()) -> None:  # noqa: B008 # frozen
        self._store = store
        self._reader = reader
        self._known: OrderedDict[Address, tuple[float, Known]] = OrderedDict()

    async def known(self, workspace: WorkspaceId, who: Address) -> Known:
        """What is known of somebody."""
        now = asyncio.get_running_loop().time()
        found = self._known.get(who)
        if found is not None and now - found[0] < FRESH:
            return found[1]
        fresh = await self._store.read(workspace, look_up, who, self._reader)
        self._known[who] = (now, fresh)
        self._known.move_to_end(who)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return fresh

    def forget(self, who: Address) -> None:
        """Look somebody up anew next time."""
        self._known.pop(who, None)
