"""What comes to a bot from Teams: people's own requests, and all that strangers may try at its door.

`python -m benchmarks.teams_load` reads what to send as one line of JSON, says `begun`, and sends until its
input ends; milliseconds to each answer, by kind, go out as JSON. A process of its own, as the other load is.
"""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import cycle
from time import perf_counter
from typing import Any

import aiohttp

from bot.app import wall_seconds
from tests.teams.stand_in import KID, Microsoft, Person

STRANGERS = 100
"""Tokens of each kind that strangers come with, each with a key, or a tenant, of its own."""
HOUR = 3_600
PEOPLE = 20
Answered = dict[str, list[float]]


@dataclass(frozen=True)
class Kind:
    """A kind of request: what it is, its status, how many a second at most, and what is odd about it."""

    words: str
    status: int
    per_second: float
    token: str = KID
    """Which of the visit's tokens it comes with."""
    oddity: Mapping[str, Any] | None = None
    """Changes of the activity; what is None is left out."""


UNKNOWN_KEY, OTHER_ISSUER = "unknown key", "other issuer"
KINDS = {
    "people": Kind("`help`, well signed, of twenty people", 200, 2),
    UNKNOWN_KEY: Kind("a key that nobody has, each another one", 401, 4, UNKNOWN_KEY),
    OTHER_ISSUER: Kind("Entra as the issuer, each another tenant", 401, 4, OTHER_ISSUER),
    "garbage": Kind("no token at all: `Bearer x.y.z`", 401, 4, "x.y.z"),
    "kind": Kind("well signed, of a kind that is unknown", 200, 1, oddity={"type": "dance"}),
    "invoke": Kind("well signed, asking for an unknown answer", 400, 1, oddity={"type": "invoke"}),
    "nowhere": Kind("well signed, without a service address", 401, 1, oddity={"serviceUrl": None}),
}
"""All that TEAMS.md names as a way to hold up a bot on Microsoft's library alone, or to break it."""


@dataclass(frozen=True)
class Visit:
    """What to send where; `tokens` by kind are taken in turn, `service` is where they come from."""

    address: str
    service: str
    tokens: Mapping[str, list[str]]

    def told(self) -> str:
        """The visit as one line of JSON."""
        return json.dumps(asdict(self))


def visit(address: str, microsoft: Microsoft) -> Visit:
    """A visit to a bot that knows this stand-in."""
    hosts = [f"https://login.microsoftonline.com/{number:08x}/v2.0" for number in range(STRANGERS)]
    late = wall_seconds() + HOUR
    tokens = {
        KID: [microsoft.token(exp=late)],
        UNKNOWN_KEY: [microsoft.token(kid=f"k-{number}", exp=late) for number in range(STRANGERS)],
        OTHER_ISSUER: [microsoft.token(iss=host, exp=late) for host in hosts],
        "x.y.z": ["x.y.z"],
    }
    return Visit(address, microsoft.address, tokens)


async def come(sent: Visit, until: asyncio.Event) -> Answered:
    """Send all kinds, each at its pace, until the event; SystemExit where one is answered otherwise."""
    took: Answered = defaultdict(list)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        workers = [asyncio.create_task(_keep_coming(session, sent, name, took)) for name in KINDS]
        ended = asyncio.create_task(until.wait())
        done, _ = await asyncio.wait({ended, *workers}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, *workers):
            task.cancel()
        await asyncio.gather(ended, *workers, return_exceptions=True)
        for task in done:
            task.result()
    return dict(took)


async def _keep_coming(session: aiohttp.ClientSession, sent: Visit, name: str, took: Answered) -> None:
    kind = KINDS[name]
    for token, body in zip(cycle(sent.tokens[kind.token]), _bodies(sent.service, kind), strict=False):
        begun = perf_counter()
        headers = {"authorization": f"Bearer {token}"}
        async with session.post(sent.address, json=body, headers=headers) as answer:
            said = await answer.text()
        if answer.status != kind.status:
            raise SystemExit(f"{name}: {answer.status} {said[:300]}")
        took[name].append((perf_counter() - begun) * 1000)
        await asyncio.sleep(1 / kind.per_second)


def _bodies(service: str, kind: Kind) -> Iterator[dict[str, Any]]:
    """Activities without end, each another one."""
    people = [Person(number, f"P{number}") for number in range(1, PEOPLE + 1)]
    for number, person in enumerate(cycle(people)):
        told = {"text": "help", "id": f"{kind.words} {number}", **(kind.oddity or {})}
        yield {key: value for key, value in person.activity(service, **told).items() if value is not None}


async def main() -> None:
    """Send what standard input says, until it ends."""
    told: Visit = Visit(**json.loads(sys.stdin.readline()))
    until = asyncio.Event()
    coming = asyncio.create_task(come(told, until))
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    until.set()
    sys.stdout.write(json.dumps(await coming))


if __name__ == "__main__":
    asyncio.run(main())
