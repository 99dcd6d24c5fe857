"""Asks a process of the bot what Slack would ask it, and times the answer."""

import asyncio
import itertools
import time
from urllib.parse import urlencode

from bot.app import wall_clock
from sandbox.members import OWNER_ID, TEAM_ID
from tests.fleet import SECRET, Child
from tests.loopback import loopback_client
from tests.slack.asgi import FORM, JSON, signed

_numbers = itertools.count(1)


async def ask(child: Child, body: bytes, kind: str) -> tuple[int, str, float]:
    """Send a process what Slack would; the status, what it said, and the seconds it took."""
    headers = signed(body, content_type=kind, at=wall_clock().timestamp(), secret=SECRET)
    before = time.monotonic()
    async with loopback_client(child.address, 10) as http:
        answer = await http.post("/slack/events", content=body, headers=headers)
    return answer.status_code, answer.text, time.monotonic() - before


async def types(child: Child, text: str) -> tuple[int, str, float]:
    """Let the owner type a command."""
    fields = {"command": "/mentor", "text": text, "user_id": OWNER_ID, "team_id": TEAM_ID}
    fields |= {"trigger_id": f"1.{next(_numbers)}", "channel_id": "C00000001"}
    fields["response_url"] = "https://hooks.slack.com/commands/1"
    return await ask(child, urlencode(fields).encode(), FORM)


async def tells_of(child: Child, person: str) -> tuple[int, str, float]:
    """Tell of a person whose account was closed."""
    number = next(_numbers)
    event = f'{{"type": "user_change", "user": {{"id": "{person}", "deleted": true}}}}'
    body = f'{{"type": "event_callback", "event_id": "Ev{number}", "team_id": "{TEAM_ID}", "event": {event}}}'
    return await ask(child, body.encode(), JSON)


async def told_kindly(web: Child) -> None:
    """A person gets a line, and an event is left to be sent again, each within Slack's three seconds."""
    asked = [types(web, "help"), tells_of(web, "U00000098"), *(types(web, "help") for _ in range(15))]
    answers = await asyncio.gather(*asked)
    assert max(seconds for _, _, seconds in answers) < 3
    (status, said, _), (event, _, _), *_others = answers
    assert (status, event) == (200, 503)
    assert "Sorry" in said or "sorry" in said
