"""Who is whose manager in the company's directory, where Graph may tell it: offered in the form to join."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.logs import Log
from bot.mail import Refused
from bot.mentoring.ids import Address, local_id
from bot.mentoring.people import Profile, Standing
from bot.mentoring.text import NAME_LIMIT, clean, shortened
from handlers.shared.types import Json
from handlers.teams.graph import MANAGERS, Graph
from handlers.teams.ids import person, tenant_of
from handlers.teams.speaking import TokenRefusedError
from handlers.teams.verdicts import NO_TOKEN, Denied

QUICKLY = 2.0
"""Seconds that Graph may take while somebody waits for their form."""
REST = 3_600.0
"""Seconds in which nobody is asked after once Graph has said that we may not."""

log = Log("teams.managers")


@dataclass
class Managers:
    """Asks Graph; whatever ails it, the form opens without."""

    graph: Graph
    monotonic: Callable[[], float]
    _rests_until: float = 0.0

    async def of(self, who: Address) -> Profile | None:
        """The manager of somebody, by what the directory calls them; None where nobody is told of."""
        if self.monotonic() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(QUICKLY):
                if await self.graph.lacking(MANAGERS):
                    self._rest(f"lacks_{MANAGERS[0]}")
                    return None
                told = await self.graph.person(local_id(who))
        except (Denied, TokenRefusedError) as error:
            self._rest(error.code)
        except Refused as refusal:
            if refusal.code == NO_TOKEN:
                self.graph.speaker.forget()
            log.info("manager_not_told", code=refusal.code)
        except Exception as error:  # noqa: BLE001 - whatever ails Graph, the roster is enough to join
            log.broke("manager_not_told", error)
        else:
            return _manager_in(told, who)
        return None

    def _rest(self, code: str) -> None:
        self.graph.speaker.forget()  # a new token tells what was granted meanwhile
        self._rests_until = self.monotonic() + REST
        log.warning("managers_rest", code=code, seconds=REST)


def _manager_in(told: Json, who: Address) -> Profile | None:
    """The manager in what Graph tells of somebody; None where it tells of none, or of themselves."""
    manager = told.get("manager")
    found = manager if isinstance(manager, dict) else {}
    where, name = person(tenant_of(who), found.get("id")), found.get("displayName")
    if where is None or where == who:
        return None
    shown = shortened(clean(name), NAME_LIMIT) if isinstance(name, str) else ""
    return Profile(where, shown, "UTC", admin=False, standing=Standing.MEMBER)
