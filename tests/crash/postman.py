"""Slack telling of people: each event twice or more, in any order, until a process has taken it."""

import itertools
import json
from dataclasses import dataclass, field

import httpx

from sandbox.draw import Draw
from sandbox.members import TEAM_ID
from tests.fleet import SECRET, Fleet, now
from tests.loopback import loopback_client
from tests.slack.asgi import JSON, signed

OK = 200
SECONDS = 3.0
"""Slack waits no longer for an answer."""


@dataclass
class Postman:
    """Brings events to the processes that answer; `bag` holds what has to be brought still."""

    fleet: Fleet
    draw: Draw
    bag: list[bytes] = field(default_factory=list)
    told: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def write(self, count: int) -> None:
        """Events of people who changed their profile, each twice, among those that are in the bag."""
        for number in itertools.islice(self._numbers, count):
            self.told += 1
            event = {"type": "user_change", "user": {"id": f"U{number:08d}", "deleted": False}}
            envelope = {
                "type": "event_callback",
                "event_id": f"Ev{number}",
                "team_id": TEAM_ID,
                "event": event,
            }
            self.bag += 2 * [json.dumps(envelope).encode()]
        self.draw.shuffle(self.bag)

    async def bring(self) -> None:
        """Try everything in the bag once; what was not taken stays in it."""
        for body in list(self.bag):
            if await self._taken(body):
                self.bag.remove(body)

    async def _taken(self, body: bytes) -> bool:
        headers = signed(body, content_type=JSON, at=now().timestamp(), secret=SECRET)
        for web in self.fleet.next_webs():
            try:
                async with loopback_client(web.address, SECONDS) as http:
                    answer = await http.post("/slack/events", content=body, headers=headers)
            except httpx.TransportError:
                continue
            return answer.status_code == OK
        return False
