"""Teams' directory of people: the roster of a chat or a team, and managers where Graph tells them."""

import asyncio
from collections.abc import Iterable

import httpx

from bot.logs import Log
from bot.mail import References
from bot.mentoring.ids import Address, WorkspaceId, local_id
from bot.mentoring.people import Profile, Standing
from bot.mentoring.text import NAME_LIMIT, clean, shortened
from handlers.shared.types import Json
from handlers.teams.activities import Where
from handlers.teams.ids import person, tenant_of
from handlers.teams.library import Calls
from handlers.teams.managers import Managers

QUICKLY = 2.0
"""Seconds that look-ups of others may take while a sent form waits for its answer."""

log = Log("teams")


class Directory:
    """Looks people up where the bot shares a conversation with them."""

    def __init__(self, calls: Calls, references: References, managers: Managers | None = None) -> None:
        self._calls = calls
        self._references = references
        self._managers = managers

    async def sender(self, where: Where) -> Profile:
        """What Teams tells of who acts; what httpx raises where it does not answer."""
        told = await self._calls.member(where.service, where.conversation, where.account)
        return profile_of(told, where.profile())

    async def manager(self, who: Address) -> Profile | None:
        """Whom the company's directory names as somebody's manager; None where it may not be asked."""
        return None if self._managers is None else await self._managers.of(who)

    async def others(self, workspace: WorkspaceId, people: Iterable[Address]) -> tuple[Profile, ...]:
        """What can be heard of people of the bot's teams within QUICKLY seconds; the others are left out."""
        wanted = tuple(dict.fromkeys(people))
        if not wanted:
            return ()
        teams = await self._references.teams(workspace)
        looking = [asyncio.create_task(self._found(who, teams)) for who in wanted]
        done, late = await asyncio.wait(looking, timeout=QUICKLY)
        for task in late:
            task.cancel()
        return tuple(profile for task in looking if task in done and (profile := task.result()))

    async def _found(self, who: Address, teams: dict[str, str]) -> Profile | None:
        for team, service in teams.items():
            try:
                told = await self._calls.member(service, team, local_id(who))
            except (httpx.HTTPError, ValueError):
                continue
            found = person(tenant_of(who), told.get("aadObjectId") or told.get("objectId") or local_id(who))
            if found == who:
                return profile_of(told, Profile(who, "", "UTC", admin=False, standing=Standing.MEMBER))
        return None


def profile_of(told: Json, known: Profile) -> Profile:
    """What a roster tells of somebody, with what is known where it is silent."""
    name = told.get("name")
    shown = shortened(clean(name), NAME_LIMIT) if isinstance(name, str) else ""
    guest = told.get("userRole") == "guest" or "#ext#" in str(told.get("userPrincipalName", "")).casefold()
    standing = Standing.GUEST if guest else Standing.MEMBER
    return Profile(known.address, shown or known.name, known.zone, admin=False, standing=standing)
