"""Signed `/mentor` requests, a fixed number of them at once: `python -m benchmarks.load '{…}'`.

A process of its own, so that it does not share the server's event loop. The plan comes as JSON in the one
argument, milliseconds by kind of request go out as JSON.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from time import perf_counter
from urllib.parse import urlencode

import aiohttp

from bot.app import wall_seconds
from tests.slack.asgi import FORM, signed

ANSWERS = {
    "help": "More to read",
    "pairs": "Your pairs",
    "profile": "What I know about you",
    "change": "",
    "window": "",
}
"""What each answer says; somebody may forget before they learn, and a window answers with nothing."""
BROKEN = "something broke"
OK = 200
TOPICS = ("Ceramics", "Sign language", "Bread baking")
MIX = ("help", "pairs", "change", "profile", "change", "pairs", "change", "help", "change", "window")
"""Ten requests as people might type them: five that read, four that write, one that opens a window."""


@dataclass(frozen=True)
class Plan:
    """What to send where: `people` are user ids, `kinds` are taken in turn, `checked` looks at answers."""

    address: str
    secret: str
    team: str
    people: tuple[str, ...]
    kinds: tuple[str, ...]
    at_once: int
    seconds: float
    checked: bool = True

    def told(self) -> str:
        """The plan as JSON."""
        return json.dumps(asdict(self))


def requests(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """(kind, body) without end; each body is another request, and everybody changes one topic to and fro."""
    changes = count()
    for number in count():
        kind = plan.kinds[number % len(plan.kinds)]
        words, person = kind, plan.people[number % len(plan.people)]
        if kind == "change":
            turn = next(changes)
            person = plan.people[turn // 2 % len(plan.people)]
            words = f"{('learn', 'forget')[turn % 2]} {TOPICS[turn // 2 % len(TOPICS)]}"
        elif kind == "window":
            words = "pause"
        yield kind, _body(plan.team, person, words, number)


def _body(team: str, person: str, words: str, number: int) -> bytes:
    fields = {
        "team_id": team,
        "channel_id": "C0BENCH",
        "user_id": person,
        "command": "/mentor",
        "text": words,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "trigger_id": f"{number}.{perf_counter()}",
    }
    return urlencode(fields).encode()


async def send_all(plan: Plan) -> dict[str, list[float]]:
    """Send for as long as the plan says; milliseconds to the whole answer, by kind."""
    took: dict[str, list[float]] = {kind: [] for kind in plan.kinds}
    waiting, until = requests(plan), perf_counter() + plan.seconds
    connector = aiohttp.TCPConnector(limit=plan.at_once)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def worker() -> None:
            while (begun := perf_counter()) < until:
                kind, body = next(waiting)
                headers = signed(body, content_type=FORM, at=wall_seconds(), secret=plan.secret)
                async with session.post(plan.address, data=body, headers=headers) as answer:
                    said = await answer.text()
                took[kind].append((perf_counter() - begun) * 1000)
                if answer.status != OK or BROKEN in said or (plan.checked and ANSWERS[kind] not in said):
                    raise SystemExit(f"{kind}: {answer.status} {said[:300]}")

        await asyncio.gather(*(worker() for _ in range(plan.at_once)))
    return took


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(send_all(Plan(**json.loads(sys.argv[1]))))))
