"""Where people are reached, with what was heard lately kept in memory: most requests write nothing."""

import asyncio
from collections import OrderedDict

from bot.mail import Reference, References
from bot.mentoring.ids import Address, WorkspaceId
from bot.use_cases.losing_touch import find_again, lose_touch
from handlers.shared.store import Store
from handlers.teams.activities import Where

MOST = 20_000
FRESH = 60.0
"""Seconds; another process may have learnt meanwhile that somebody wants no messages."""


class Reaching:
    """Keeps references from people's own chats; the programme hears who is reached no more, and who is again.

    It hears before a reference changes, so that a process that ends in between says it once more.
    """

    def __init__(self, references: References, store: Store) -> None:
        self.references = references
        self._store = store
        self._heard: OrderedDict[Address, tuple[float, Reference]] = OrderedDict()

    async def heard(self, workspace: WorkspaceId, where: Where, *, anew: bool = False) -> None:
        """Somebody acted: if it was in their own chat, that is where they are reached.

        `anew`: they took the bot in, so another process may have heard meanwhile that it was taken out.
        """
        if not where.personal or not where.account:
            return
        now = asyncio.get_running_loop().time()
        known = self._heard.get(where.who)
        if not anew and known is not None and now - known[0] < FRESH and known[1] == where.reference:
            return
        before = await self.references.of(workspace, where.who)
        if before is None or before.blocked:
            await self._store.run(workspace, find_again, where.who)
        if before != where.reference:
            await self.references.keep(workspace, where.who, where.reference)
        self._heard[where.who] = (now, where.reference)
        self._heard.move_to_end(where.who)
        if len(self._heard) > MOST:
            self._heard.popitem(last=False)

    async def gone(self, workspace: WorkspaceId, who: Address) -> None:
        """Somebody took the bot out of their own chat."""
        await self.missed(workspace, who)
        await self.references.forget(workspace, who)

    async def blocked(self, workspace: WorkspaceId, who: Address) -> None:
        """Somebody wants no messages."""
        await self.missed(workspace, who)
        await self.references.block(workspace, who)

    async def missed(self, workspace: WorkspaceId, who: Address) -> None:
        """A message did not reach somebody, who was known not to be reached or is from now on."""
        self._heard.pop(who, None)
        await self._store.run(workspace, lose_touch, who)
