"""A small stand-in for Microsoft Graph: chats that it makes and forgets, and who is whose manager."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.teams.graph import CREATE, INSTALL, READ

CATALOGUE = "0123abcd-0000-4000-8000-00000000000c"
"""The app's own id in the organisation's catalogue."""
Fault = Callable[[str], Response | None]


def refusing(status: int, code: str = "", path: str = "", **headers: str) -> Fault:
    """A Graph that answers so, to everything or where the path ends so."""
    body = {"error": {"code": code, "message": "no"}} if code else {}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: JSONResponse(body, status, headers=told) if asked.endswith(path) else None


@dataclass
class Chat:
    """A group chat: its name, its people by object id, and whether the app is in it."""

    id: str
    topic: str
    people: list[str]
    entered: bool = False


@dataclass
class Slow:
    """A chat that is made, and told of only once a test lets it be."""

    made: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class GraphStandIn:
    """What Graph holds.

    `fault` may answer in its place, `late` after it did what was asked, and `slow` delays the answer.
    """

    granted: set[str] = field(default_factory=lambda: {CREATE, INSTALL, READ})
    chats: dict[str, Chat] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    fault: Fault = lambda _: None  # a default that does nothing
    late: Fault = lambda _: None  # the same
    slow: Slow | None = None

    def token(self) -> str:
        """A token as Graph takes it, with what was granted."""
        return jwt.encode({"roles": sorted(self.granted)}, "k" * 32)

    def asked(self, method: str, ending: str) -> int:
        """How often something was asked for."""
        return len([one for one in self.calls if one[0] == method and one[1].endswith(ending)])

    def routes(self) -> list[Route]:
        """Graph's routes, as far as they are used."""
        return [
            Route("/v1.0/", self._root),
            Route("/v1.0/chats", self._open, methods=["POST"]),
            Route("/v1.0/chats/{chat}/installedApps", self._enter, methods=["POST"]),
            Route("/v1.0/users/{who}", self._person),
        ]

    async def _root(self, _request: Request) -> Response:
        return JSONResponse({"value": []})

    async def _open(self, request: Request) -> Response:
        body, refused = await self._taken(request, CREATE)
        if refused is not None:
            return refused
        people = [one["user@odata.bind"].partition("('")[2].removesuffix("')") for one in body["members"]]
        assert body["chatType"] == "group"
        assert ":" not in body["topic"]
        made = Chat(f"19:room{len(self.chats) + 1}@thread.v2", body["topic"], people)
        self.chats[made.id] = made
        if self.slow is not None:
            self.slow.made.set()
            await self.slow.answer.wait()
        return self.late("/chats") or JSONResponse({"id": made.id}, status_code=201)

    async def _enter(self, request: Request) -> Response:
        body, refused = await self._taken(request, INSTALL)
        if refused is not None:
            return refused
        chat = self.chats.get(request.path_params["chat"])
        if chat is None or not body["teamsApp@odata.bind"].endswith(f"/appCatalogs/teamsApps/{CATALOGUE}"):
            return JSONResponse({"error": {"code": "NotFound"}}, status_code=404)
        if chat.entered:
            return JSONResponse({"error": {"code": "Conflict"}}, status_code=409)
        chat.entered = True
        return self.late("/installedApps") or Response(status_code=201)

    async def _person(self, request: Request) -> Response:
        _, refused = await self._taken(request, READ)
        if refused is not None:
            return refused
        who = request.path_params["who"]
        manager = (
            {"manager": {"id": self.managers[who], "displayName": "Bo Ss"}} if who in self.managers else {}
        )
        return JSONResponse({"id": who, **manager})

    async def _taken(self, request: Request, permission: str) -> tuple[Any, Response | None]:
        body = await request.json() if request.method == "POST" else None
        path = request.url.path
        self.calls.append((request.method, path, body))
        if request.headers.get("authorization") != f"Bearer {self.token()}":
            return body, Response(status_code=401)
        if permission not in self.granted:
            return body, JSONResponse({"error": {"code": "Forbidden"}}, status_code=403)
        return body, self.fault(path)
