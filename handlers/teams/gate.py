"""The gate before everything of Teams: who signed is looked at before a body is read, and all of it by us.

Microsoft's library alone accepts tokens without an end, answers 500 to what it has no model for, takes a body
without a service address, and fetches what an unsigned token names.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from starlette.types import Receive, Scope, Send

from bot.logs import Log
from handlers.shared.http import (
    OK,
    GoneError,
    RefusedError,
    answer,
    headers_of,
    json_object,
    read_body,
)
from handlers.shared.types import Json
from handlers.teams.keys import Key, Keys, KeysAwayError
from handlers.teams.places import Places

MOST_TOKEN = 8_192
"""Bytes; Microsoft's tokens have some hundreds."""
CHANNEL = "msteams"
_JSON = "application/json"

log = Log("teams.gate")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with: a status, and JSON where there is any."""

    status: int = OK
    body: Json | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """A request that is Teams' own, and the key it has in the inbox."""

    activity: Json
    key: str
    service: str


class Verify(Protocol):
    """Looks at a token with Microsoft's library."""

    async def __call__(self, raw: str, app_id: str, key: Key) -> Mapping[str, Any]:
        """The claims of a token that the key signed for the app; any error for every other."""


@dataclass(frozen=True)
class Gate:
    """ASGI: hands `heard` only what Teams signed for this app and tenant, and answers what it says."""

    app_id: str
    tenant: str
    places: Places
    keys: Keys
    verify: Verify
    heard: Callable[[Verified], Awaitable[Answer]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request, then hand it on or refuse it."""
        try:
            verified = await self._verified(scope, receive)
        except RefusedError as refused:
            log.warning("request_refused", code=refused.reason, status=refused.status)
            await answer(send, refused.status, b"", "text/plain")
            return
        except GoneError:
            return
        said = await self.heard(verified)
        body = b"" if said.body is None else json.dumps(said.body, ensure_ascii=False).encode()
        await answer(send, said.status, body, _JSON)

    async def _verified(self, scope: Scope, receive: Receive) -> Verified:
        if scope["method"] != "POST":
            raise RefusedError(405, "method")
        headers = headers_of(scope)
        if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != _JSON.encode():
            raise RefusedError(415, "content_type")
        service, endorsed = await self._signed(headers.get(b"authorization", b""))
        body = await read_body(headers.get(b"content-length", b""), receive)
        activity = json_object(body)
        if _address(activity.get("serviceUrl")) != service:
            raise RefusedError(401, "service")
        if activity.get("channelId") != CHANNEL or (endorsed and CHANNEL not in endorsed):
            raise RefusedError(403, "channel")
        if _tenants(activity) != {self.tenant}:
            raise RefusedError(403, "tenant")
        return Verified(activity, _key(activity, body), service)

    async def _signed(self, authorization: bytes) -> tuple[str, frozenset[str]]:
        """(the service that the request comes from, the channels its key may speak for)."""
        raw = authorization.removeprefix(b"Bearer ").decode("latin-1")
        if not authorization.startswith(b"Bearer ") or len(raw) > MOST_TOKEN:
            raise RefusedError(401, "no_token")
        kid = self._promising(raw)
        try:
            key = await self.keys.of(kid)
        except KeysAwayError:
            raise RefusedError(503, "keys_away") from None
        if key is None:
            raise RefusedError(401, "unknown_key")
        try:
            claims = await self.verify(raw, self.app_id, key)
        except Exception as error:  # whatever ails a token, it opens nothing
            raise RefusedError(401, "token") from error
        return _address(claims.get("serviceurl")), key.endorsed

    def _promising(self, raw: str) -> str:
        """The id of the key that a token names, if it could be one for us; nothing is fetched for others."""
        try:
            head = jwt.get_unverified_header(raw)
            claims = jwt.decode(raw, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise RefusedError(401, "token_form") from None
        kid, service = head.get("kid"), _address(claims.get("serviceurl"))
        if head.get("alg") != "RS256" or not isinstance(kid, str):
            raise RefusedError(401, "algorithm")
        if claims.get("iss") != self.places.issuer or claims.get("aud") != self.app_id:
            raise RefusedError(401, "not_for_us")
        if not _is_number(claims.get("exp")):
            raise RefusedError(401, "endless")
        if not self.places.serves(service):
            raise RefusedError(401, "service")
        return kid


def _address(given: object) -> str:
    return given.rstrip("/") if isinstance(given, str) else ""


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _tenants(activity: Json) -> set[str]:
    """Every tenant that an activity names; a request of ours names one, and no other."""
    channel, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel.get("tenant") if isinstance(channel, dict) else None
    named = (
        tenant.get("id") if isinstance(tenant, dict) else None,
        conversation.get("tenantId") if isinstance(conversation, dict) else None,
    )
    return {str(one).lower() for one in named if one is not None}


def _key(activity: Json, body: bytes) -> str:
    """What makes an activity one in the inbox: where it is and its id, else all that was sent."""
    conversation, own = activity.get("conversation"), activity.get("id")
    where = conversation.get("id") if isinstance(conversation, dict) else None
    named = json.dumps([where, own]).encode() if isinstance(own, str) and own else body
    return hashlib.sha256(named).hexdigest()
