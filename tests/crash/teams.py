"""Teams on its bad days: the stand-in with faults and limits drawn from a seed, and what it saw."""

import asyncio
import itertools
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.mentoring.ids import address
from bot.ports import Destination, Kind
from bot.use_cases.saying import to_person
from handlers.teams.limits import pace as teams_pace
from handlers.teams.messenger import BOTH
from sandbox.connections import Connections
from sandbox.draw import Draw
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.crash.platform import PER_SECOND, SEED, Copy
from tests.crash.weather import CALM, MARK, Limits, Trouble, Troubles, Weather
from tests.fleet import Fleet, Manner, at_work, now
from tests.loopback import loopback_client
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, Person, Take

PEOPLE, BLOCKING, LEAVING = 24, 2, 2
"""People who took the bot in: those who read it, some who want no messages, some who take it out again."""
BROKEN = (502, 504, 412)
"""What Microsoft asks to try again, whether or not it took the message."""
OK, FORBIDDEN, TOO_MANY = 200, 403, 429
SECONDS = 5.0
AGAIN = 0.2


@dataclass
class Teams(Microsoft):
    """A tenant in some weather."""

    name: ClassVar = "teams"
    team: ClassVar = TENANT
    pace: ClassVar = teams_pace(PER_SECOND)
    troubles: Troubles = field(default_factory=lambda: Troubles(CALM, Draw(f"storm {SEED}")))
    limits: Limits = field(default_factory=lambda: Limits(CALM, Draw(f"limits {SEED}")))
    weather: Weather = CALM
    """What it is like once everybody has taken the bot in."""
    people: list[Person] = field(default_factory=list)
    blocking: list[Person] = field(default_factory=list)
    """They then turn the bot's messages off, which a bot learns by the next one alone."""
    leaving: list[Person] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    """Chats that take nothing any more."""
    knocked: Counter[str] = field(default_factory=Counter)
    """How often somebody was written to who had turned messages off, or taken the bot out."""
    moments: dict[str, datetime] = field(default_factory=dict)
    _connections: Connections = field(default_factory=Connections)
    _broken: "itertools.cycle[int]" = field(default_factory=lambda: itertools.cycle(BROKEN))
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def of(cls, weather: Weather) -> "Teams":
        """A tenant of some people, in this weather."""
        made = cls(weather=weather)
        everybody = [Person(number, f"P{number}") for number in range(1, PEOPLE + BLOCKING + LEAVING + 1)]
        made.people, rest = everybody[:PEOPLE], everybody[PEOPLE:]
        made.blocking, made.leaving = rest[:BLOCKING], rest[BLOCKING:]
        return made

    @asynccontextmanager
    async def fleet(
        self, urls: tuple[str, str], folder: Path, roles: Sequence[str], manner: Manner
    ) -> AsyncIterator[Fleet]:
        """Processes at work before it, until the block ends; everybody has taken the bot in."""
        bound = loopback_socket()
        self.address = address_of(bound)
        reaches = {
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_SECRET": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_API_BASE_URL": self.address,
        }
        fleet = Fleet(*urls, folder, reaches, manner)
        server = LoopbackServer(self.app(), bound, self._connections.protocol())
        async with server, at_work(fleet, roles):
            for person in (*self.people, *self.blocking, *self.leaving):
                await self._moves(fleet, person, "add")
            await fleet.done()
            self.closed |= {one.conversation for one in self.blocking}
            self.troubles.weather = self.limits.weather = self.weather
            yield fleet

    async def leaves(self, fleet: Fleet) -> list[Destination]:
        """Let one more take the bot out, as long as there are any, and be heard; where they were."""
        if not self.leaving:
            return []
        person = self.leaving.pop(0)
        await self._moves(fleet, person, "remove")
        self.closed.add(person.conversation)
        return addressed([person])

    def places(self, count: int) -> list[Destination]:
        """So many channels, rooms of pairs, and people, who come last."""
        people = addressed(self.people)
        pairs = list(zip(people[::2], people[1::2], strict=True))
        rooms = [
            Destination(Kind.ROOM, f"pair-{number}", (*a.readers, *b.readers))
            for number, (a, b) in enumerate(pairs)
        ]
        threads = [f"place-{number}@thread.tacv2" for number in range(count - len(people) - len(rooms))]
        channels = [Destination(Kind.CHANNEL, address("teams", TENANT, one)) for one in threads]
        return [*channels, *rooms, *people]

    def calm(self) -> None:
        """Let the weather pass."""
        self.troubles.weather = self.limits.weather = CALM

    def copies(self, key: str, place: Destination) -> list[Copy]:
        """One; of what is for a pair's room, one for each of the two in their own chat."""
        if place.kind is not Kind.ROOM:
            return [Copy(key, key, place.ref)]
        chats = {address("teams", TENANT, one.id): one.conversation for one in self.people}
        return [Copy(f"{key}:{who}{BOTH}{place.ref}", f"{key} {chats[who]}", who) for who in place.readers]

    def arrived(self) -> dict[str, list[datetime]]:
        """When a message with each key came to stand here, in any chat, and in each."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for one in self.said:
            for mark in MARK.findall(one.summary):
                found[mark].append(self.moments[one.id])
                found[f"{mark} {one.conversation}"].append(self.moments[one.id])
        return found

    def pestered(self, doubts: Counter[str]) -> list[str]:
        """Who had taken the bot out and was written to; or wants no messages, which one try tells, and more.

        A try whose outcome a kill hid is a doubt; it tells nothing.
        """
        allowed = {one.conversation: 1 + doubts[address("teams", TENANT, one.id)] for one in self.blocking}
        return [who for who, knocks in self.knocked.items() if knocks > allowed.get(who, 0)]

    async def answered(self, request: Request, where: str, body: dict[str, Any], take: Take) -> Response:
        """Answer a call that leaves a message in a conversation, as well as the weather lets it."""
        del body  # what came stands in `said`
        if request.headers.get("authorization") != "Bearer good":
            return Response(status_code=401)
        if where in self.closed:
            self.knocked[where] += 1
            return JSONResponse({"error": {"code": "MessageWritesBlocked"}}, status_code=FORBIDDEN)
        wait = self.limits.seconds(where, where)
        if wait:
            said = {"error": {"code": "Throttled"}}
            return JSONResponse(said, status_code=TOO_MANY, headers={"Retry-After": str(wait)})
        return await self._in_this_weather(request, take)

    async def _in_this_weather(self, request: Request, take: Take) -> Response:
        trouble = self.troubles.next()
        if trouble is Trouble.SLOW:
            await asyncio.sleep(self.troubles.weather.late)
        if trouble in (None, Trouble.SLOW):
            return take()
        if trouble in (Trouble.DROPPED_AFTER, Trouble.FAILED_AFTER):
            take()
        if trouble in (Trouble.DROPPED_AFTER, Trouble.DROPPED_BEFORE):
            self._connections.cut(request)
            return Response()  # goes nowhere: the connection is gone
        return Response("no", status_code=next(self._broken))

    def _add(self, where: str, body: dict[str, Any]) -> str:
        made = super()._add(where, body)
        self.moments[made] = now()
        return made

    async def _moves(self, fleet: Fleet, person: Person, how: str) -> None:
        """Tell the bot that somebody took it in or out, as often as it takes until a process has heard."""
        more = {"type": "installationUpdate", "action": how, "id": f"f:{next(self._ids)}"}
        activity = person.activity(self.address, **more)
        headers = {"authorization": f"Bearer {self.token()}"}
        while True:
            for web in fleet.next_webs():
                try:
                    async with loopback_client(web.address, SECONDS) as http:
                        answer = await http.post("/teams/messages", json=activity, headers=headers)
                except httpx.TransportError:
                    continue  # it died; as every front does, ask another
                if answer.status_code == OK:
                    return
            await asyncio.sleep(AGAIN)


def addressed(people: Iterable[Person]) -> list[Destination]:
    """People as the outbox names them."""
    return [to_person(address("teams", TENANT, one.id)) for one in people]
