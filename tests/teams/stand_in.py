"""A small stand-in for Microsoft: signing keys, tokens for the app, and the connector that takes messages."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.teams.graph_stand_in import GraphStandIn

APP = "0123abcd-0000-4000-8000-00000000000a"
TENANT = "0123abcd-0000-4000-8000-00000000000b"
SECRET = "not~a.real_secret"
ISSUER = "https://api.botframework.com"
KID = "k1"
Fault = Callable[[], Response | None]
Take = Callable[[], Response]


@cache
def private_key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key made at home; another for each number."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(key: rsa.RSAPrivateKey, kid: str = KID, **more: Any) -> dict[str, Any]:
    """The public half as key sets hold it."""
    told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**told, "kid": kid, "use": "sig", "alg": "RS256", "endorsements": ["msteams"], **more}


def object_id(number: int) -> str:
    """An Entra object id of somebody."""
    return f"{number:08x}-0000-4000-8000-{number:012x}"


@dataclass
class Said:
    """One message as it stands: its conversation, its id, the card, and how often it was replaced."""

    conversation: str
    id: str
    card: dict[str, Any]
    summary: str
    replaced: int = 0
    at: str = ""
    """When it was sent, as an ISO time."""
    before: list[dict[str, Any]] = field(default_factory=list)
    """The cards that it was, oldest first."""

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The actions of the card by their titles."""
        sets = [part for part in self.card["body"] if part["type"] == "ActionSet"]
        return {action["title"]: action for one in sets for action in one["actions"]}

    @property
    def text(self) -> str:
        """All that it says, without Markdown's marks."""
        return self.summary

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields of the card as it opens."""
        fields = [part for part in self.card["body"] if part["type"].startswith("Input.")]
        return {one["id"]: one.get("value", "") for one in fields}

    @property
    def submit(self) -> str:
        """The title of the button that sends the form."""
        return next(title for title, one in self.buttons.items() if one["data"]["do"] == "form:send")


@dataclass
class Microsoft:
    """What the bot reaches. `fault` may answer in the connector's place; `apps` are in every chat."""

    address: str = "http://connector.test"
    said: list[Said] = field(default_factory=list)
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_jwk(private_key())])
    key_fetches: int = 0
    token_fetches: int = 0
    token_lasts: int = 3_600
    names: dict[str, str] = field(default_factory=dict)
    guests: set[str] = field(default_factory=set)
    fault: Fault = lambda: None  # a default that does nothing
    lost: int = 0
    """How many of the next messages are taken, and answered with a failure all the same."""
    unknown: Fault = lambda: None  # the same, for the roster of a chat
    apps: list[str] = field(default_factory=list)
    graph: GraphStandIn = field(default_factory=GraphStandIn)
    channels: dict[str, str] = field(default_factory=lambda: {"19:general@thread.tacv2": ""})
    teams: dict[str, str] = field(default_factory=dict)
    """What teams are called, by their ids."""
    now: Callable[[], datetime] = lambda: datetime.min.replace(tzinfo=UTC)  # a default that tells no time

    def token(self, *, key: rsa.RSAPrivateKey | None = None, kid: str = KID, **claims: Any) -> str:
        """A token as Teams signs its requests with; a claim that is None is left out."""
        now = int(time.time())  # noqa: TID251 # tokens live by the real time
        usual = {"iss": ISSUER, "aud": APP, "serviceurl": self.address, "nbf": now - 5, "exp": now + 600}
        held = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(held, key or private_key(), algorithm="RS256", headers={"kid": kid})

    def to(self, conversation: str) -> list[Said]:
        """What was said in a conversation, oldest first."""
        return [one for one in self.said if one.conversation == conversation]

    def app(self) -> Starlette:
        """Everything under one address."""
        conversations = "/v3/conversations"
        return Starlette(
            routes=[
                Route("/v1/.well-known/keys", self._keys),
                Route(f"/{TENANT}/oauth2/v2.0/token", self._token, methods=["POST"]),
                Route(conversations, self._create, methods=["POST"]),
                Route(f"{conversations}/{{where:path}}/activities", self._say, methods=["POST"]),
                Route(f"{conversations}/{{where:path}}/activities/{{id}}", self._replace, methods=["PUT"]),
                Route(f"{conversations}/{{where:path}}/members/{{who}}", self._member),
                Route(f"{conversations}/{{where:path}}/members", self._members),
                Route("/v3/teams/{team:path}/conversations", self._channels),
                Route("/v3/teams/{team:path}", self._team),
                *self.graph.routes(),
            ]
        )

    async def _keys(self, _request: Request) -> Response:
        self.key_fetches += 1
        return JSONResponse({"keys": self.keys})

    async def _token(self, request: Request) -> Response:
        self.token_fetches += 1
        form = dict(parse_qsl((await request.body()).decode()))
        if (form["client_id"], form["client_secret"]) != (APP, SECRET):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        token = self.graph.token() if form["scope"].startswith("https://graph.") else "good"
        return JSONResponse({"access_token": token, "expires_in": self.token_lasts, "token_type": "Bearer"})

    async def answered(self, request: Request, where: str, body: dict[str, Any], take: Take) -> Response:
        """Answer a call that leaves a message in a conversation; `take` lets it stand there."""
        self.calls.append((request.method, where, body))
        if request.headers.get("authorization") != "Bearer good":
            return Response(status_code=401)
        return self.fault() or self._outside(where) or take()

    def _outside(self, where: str) -> Response | None:
        """What a chat answers that there is not, or that the app is not in; other places take everything."""
        if not where.endswith("@thread.v2"):
            return None
        chat = self.graph.chats.get(where)
        if chat is None:
            return JSONResponse({"error": {"code": "ConversationNotFound"}}, status_code=404)
        if not chat.entered:
            return JSONResponse({"error": {"code": "BotNotInConversationRoster"}}, status_code=403)
        return None

    async def _say(self, request: Request) -> Response:
        where, body = request.path_params["where"], await request.json()

        def take() -> Response:
            made = self._add(where, body)
            if self.lost:
                self.lost -= 1
                return Response(status_code=500)
            return JSONResponse({"id": made}, status_code=201)

        return await self.answered(request, where, body, take)

    async def _replace(self, request: Request) -> Response:
        where, own, body = request.path_params["where"], request.path_params["id"], await request.json()

        def take() -> Response:
            for one in self.said:
                if one.id == own and one.conversation == where:
                    one.before.append(one.card)
                    one.card, one.summary = body["attachments"][0]["content"], body["summary"]
                    one.replaced += 1
            return JSONResponse({"id": own})

        return await self.answered(request, where, body, take)

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        thread = body["channelData"]["channel"]["id"]

        def take() -> Response:
            made = self._add(thread, body["activity"])
            return JSONResponse({"id": f"{thread};messageid={made}", "activityId": made}, status_code=201)

        return await self.answered(request, thread, body, take)

    async def _member(self, request: Request) -> Response:
        who = request.path_params["who"]
        role = "guest" if who in self.guests else "user"
        name = self.names.get(who, "")
        return JSONResponse({"id": who, "name": name, "userRole": role, "tenantId": TENANT})

    async def _members(self, request: Request) -> Response:
        where = request.path_params["where"]
        refused = self.unknown() or self._outside(where)
        people = [] if refused else self.graph.chats[where].people
        listed = [{"id": f"29:{one}", "aadObjectId": one} for one in people]
        return refused or JSONResponse([*listed, *({"id": one} for one in self.apps)])

    async def _team(self, request: Request) -> Response:
        team = request.path_params["team"]
        return JSONResponse({"id": team, **({"name": self.teams[team]} if team in self.teams else {})})

    async def _channels(self, _request: Request) -> Response:
        found = [{"id": key, "name": name} if name else {"id": key} for key, name in self.channels.items()]
        return JSONResponse({"conversations": found})

    def _add(self, where: str, body: dict[str, Any]) -> str:
        made = f"{1_700_000_000_000 + len(self.said)}"
        card, at = body["attachments"][0]["content"], self.now().isoformat()
        self.said.append(Said(where, made, card, body["summary"], at=at))
        return made


@dataclass(frozen=True)
class Person:
    """Somebody in Teams, and what their client sends."""

    number: int
    name: str
    zone: str = "Europe/Berlin"

    @property
    def id(self) -> str:
        """Their Entra object id."""
        return object_id(self.number)

    @property
    def account(self) -> str:
        """Their account in the chat."""
        return f"29:{self.name.lower()}"

    @property
    def conversation(self) -> str:
        """Their own chat with the bot."""
        return f"a:{self.name.lower()}"

    def activity(self, service: str, **more: Any) -> dict[str, Any]:
        """An activity of theirs in their own chat."""
        usual: dict[str, Any] = {
            "type": "message",
            "channelId": "msteams",
            "serviceUrl": service,
            "from": {"id": self.account, "name": self.name, "aadObjectId": self.id},
            "recipient": {"id": f"28:{APP}", "name": "Mentor"},
            "conversation": {"id": self.conversation, "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-GB",
            "entities": [{"type": "clientInfo", "locale": "en-GB", "timezone": self.zone}],
        }
        return usual | more
