"""The way to the bot: signed requests over real HTTP, three seconds by the wall clock."""

import asyncio
import hashlib
import hmac
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx

ANSWER_SECONDS = 3.0
DRAIN_SECONDS = 300.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class BotError(Exception):
    """The bot's demonstration route does not answer as agreed; the message says how."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered. `failure` is Slack's word when there was no good answer, else None."""

    status: int
    body: bytes
    failure: str | None = None

    @property
    def ok(self) -> bool:
        """Answered in time with a 2xx."""
        return self.failure is None

    def json(self) -> Any:
        """The body as JSON; None when it is empty or something else."""
        try:
            return json.loads(self.body) if self.body.strip() else None
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Drained:
    """The bot has done all that was due: its clock, and when something is next due."""

    clock: datetime
    next_due_at: datetime | None


def loopback_client(address: str, seconds: float) -> httpx.AsyncClient:
    """A client for a loopback server: past the environment's proxies, and without loading certificates."""
    unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(base_url=address, timeout=seconds, trust_env=False, verify=unused)


class BotLink:
    """One bot at one address, reached over a kept-alive client."""

    def __init__(self, address: str, signing_secret: str, wall: Callable[[], float]) -> None:
        self._secret = signing_secret
        self._wall = wall
        self._client = loopback_client(address, DRAIN_SECONDS)

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def signed(self, body: bytes) -> dict[str, str]:
        """Slack's signature headers for these bytes, now."""
        timestamp = str(int(self._wall()))
        base = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }

    async def send_form(self, fields: dict[str, str]) -> Reply:
        """A slash command's form."""
        return await self._send(urlencode(fields).encode(), FORM)

    async def send_payload(self, payload: dict[str, Any]) -> Reply:
        """An interaction: JSON in a form's `payload`."""
        return await self.send_form({"payload": json.dumps(payload)})

    async def send_event(self, envelope: dict[str, Any], retry: tuple[int, str] | None = None) -> Reply:
        """An event; `retry` is the number and the reason of a further try."""
        extra = (
            {} if retry is None else {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        )
        return await self._send(json.dumps(envelope).encode(), JSON, extra)

    async def _send(self, body: bytes, kind: str, extra: dict[str, str] | None = None) -> Reply:
        headers = {"Content-Type": kind, **self.signed(body), **(extra or {})}
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await self._client.post("/slack/events", content=body, headers=headers)
        except TimeoutError:
            return Reply(0, b"", "operation_timeout")
        except httpx.HTTPError:
            return Reply(0, b"", "dispatch_failed")
        failure = None if answer.is_success else "dispatch_failed"
        return Reply(answer.status_code, answer.content, failure)

    async def healthy(self) -> bool:
        """Whether the bot's process answers."""
        try:
            return (await self._client.get("/healthz", timeout=1.0)).is_success
        except httpx.HTTPError:
            return False

    async def drain(self, to: datetime) -> Drained:
        """Set the bot's programme clock and wait until inbox, outbox and tasks are done.

        Raises:
            BotError: the route is missing, fails or answers something else.
        """
        try:
            answer = await self._client.post("/_demo/clock", json={"to": to.isoformat()})
            answer.raise_for_status()
            content = answer.json()
            due = content["next_due_at"]
            return Drained(
                datetime.fromisoformat(content["clock"]),
                None if due is None else datetime.fromisoformat(due),
            )
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BotError(f"POST /_demo/clock: {type(error).__name__}: {error}") from error
