"""The gate before Bolt: size, time and signature of the raw bytes are looked at before anything is parsed.

Bolt alone logs unsigned bodies, parses before it verifies, and answers 500 to odd timestamps.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.logs import Log
from handlers.shared.http import GoneError, RefusedError, answer, headers_of, json_object, read_body
from handlers.shared.types import Json

MAX_AGE = 300
"""Seconds a timestamp may lie off the wall clock, either way (docs.slack.dev, verifying requests)."""
MAX_FIELDS = 100
VERIFIED = "bothways.slack"
"""Where a verified request stands in the ASGI scope."""

_DIGITS = re.compile(rb"[0-9]{1,12}")
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_KINDS = (_FORM, _JSON)

log = Log("slack.gate")


@dataclass(frozen=True, slots=True)
class Verified:
    """A request that is Slack's own: what it holds, and the key it has in the inbox."""

    content: Json
    key: str


class Gate:
    """ASGI: lets only requests that Slack signed through to `app`, each with its `Verified` in the scope.

    `secrets` are the signing secrets, newest first; `wall` gives seconds since the epoch.
    """

    def __init__(self, app: ASGIApp, secrets: tuple[str, ...], wall: Callable[[], float]) -> None:
        self._app = app
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._wall = wall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request, then hand it on, refuse it, or answer Slack's challenge."""
        try:
            body, content_type, key = await self._verify(scope, receive)
            content = _parsed(body, content_type)
        except RefusedError as refused:
            log.warning("request_refused", code=refused.reason, status=refused.status)
            await answer(send, refused.status, b"", "text/plain")
            return
        except GoneError:
            return
        if content_type == _JSON and content.get("type") == "url_verification":
            challenge = json.dumps({"challenge": str(content.get("challenge", ""))})
            await answer(send, 200, challenge.encode(), _JSON)
            return
        verified = Verified(content, _own_key(content, content_type) or key)
        await self._app({**scope, VERIFIED: verified}, receive, send)

    async def _verify(self, scope: Scope, receive: Receive) -> tuple[bytes, str, str]:
        """(the body, its type, the hash of what was signed): everything that can be said of raw bytes."""
        if scope["method"] != "POST":
            raise RefusedError(405, "method")
        headers = headers_of(scope)
        content_type = headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")
        if content_type not in _KINDS:
            raise RefusedError(415, "content_type")
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        signature = headers.get(b"x-slack-signature", b"")
        if not _DIGITS.fullmatch(stamp) or abs(int(self._wall()) - int(stamp)) > MAX_AGE:
            raise RefusedError(401, "timestamp")
        if not _SIGNATURE.fullmatch(signature):
            raise RefusedError(401, "signature_form")
        body = await read_body(headers.get(b"content-length", b""), receive)
        if not self._signed(stamp, signature, body):
            raise RefusedError(401, "signature")
        return body, content_type, hashlib.sha256(stamp + b":" + signature).hexdigest()

    def _signed(self, stamp: bytes, signature: bytes, body: bytes) -> bool:
        """Whether one of the secrets made the signature; each is compared in constant time."""
        signed = b"v0:" + stamp + b":" + body
        return any(
            hmac.compare_digest(b"v0=" + hmac.digest(secret, signed, "sha256").hex().encode(), signature)
            for secret in self._secrets
        )


def _parsed(body: bytes, content_type: str) -> Json:
    """What a body holds: an event's JSON, an interaction's, or a command's fields."""
    try:
        text = body.decode("utf-8")
        if content_type == _JSON:
            return json_object(text)
        fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
        return json_object(fields["payload"]) if "payload" in fields else fields
    except ValueError as error:
        raise RefusedError(400, "unreadable") from error


def _own_key(content: Json, content_type: str) -> str:
    """The id that an event has of its own, however often it is sent; empty for everything else."""
    event_id = content.get("event_id") if content_type == _JSON else ""
    return event_id if isinstance(event_id, str) else ""
