"""Calls an ASGI app with exact bytes, and signs them as Slack does."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Scope

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
NOW = 1_700_000_000.0


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Inner:
    """An ASGI app that notes what reached it and answers 200."""

    scopes: list[Scope] = field(default_factory=list)

    async def __call__(self, scope: Scope, _receive: Any, send: Any) -> None:
        """Note one request."""
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"reached"})


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """Slack's v0 signature, by its documentation."""
    signed = b"v0:" + stamp.encode("latin-1") + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def signed(body: bytes, *, content_type: str = FORM, at: float = NOW, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request that Slack signed."""
    stamp = str(int(at))
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature(body, stamp, secret),
    }


async def call(
    app: ASGIApp,
    headers: dict[str, str],
    body: bytes | Iterable[bytes] = b"",
    *,
    method: str = "POST",
    path: str = "/slack/events",
) -> Answer:
    """Send one request, its body in one piece or several."""
    pieces = [body] if isinstance(body, bytes) else list(body)
    incoming: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": place < len(pieces) - 1}
        for place, piece in enumerate(pieces)
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode("utf-8")) for name, value in headers.items()],
        "client": ("203.0.113.9", 1234),
    }
    await app(scope, receive, send)
    start = sent[0]
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in sent[1:]),
    )
