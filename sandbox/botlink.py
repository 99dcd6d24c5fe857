"""The way to the bot: signed requests over real HTTP, three seconds by the wall clock."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode

import aiohttp

ANSWER_SECONDS = 3.0
DRAIN_SECONDS = 300.0
REDIRECT = 300
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


_ESCAPES = str.maketrans({chr(code): quote_plus(chr(code)) for code in range(128)})


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


class BotLink:
    """One bot at one `address`, reached over kept-alive connections between `open` and `close`."""

    def __init__(self, address: str, signing_secret: str, wall: Callable[[], float]) -> None:
        self.address = address.rstrip("/")
        self._secret = signing_secret
        self._wall = wall
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Make the client, inside the event loop that will use it."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()

    @property
    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise BotError("the link to the bot is not open")
        return self._session

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
        # whole views travel here: escaping by table is many times faster than urlencode, with the same bytes
        return await self._send(b"payload=" + json.dumps(payload).translate(_ESCAPES).encode(), FORM)

    async def send_event(self, envelope: dict[str, Any], retry: tuple[int, str] | None = None) -> Reply:
        """An event; `retry` is the number and the reason of a further try."""
        extra = (
            {} if retry is None else {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        )
        return await self._send(json.dumps(envelope).encode(), JSON, extra)

    async def _send(self, body: bytes, kind: str, extra: dict[str, str] | None = None) -> Reply:
        headers = {"Content-Type": kind, **self.signed(body), **(extra or {})}
        try:
            async with (
                asyncio.timeout(ANSWER_SECONDS),
                self._client.post(
                    f"{self.address}/slack/events", data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                content = await answer.read()
        except TimeoutError:
            return Reply(0, b"", "operation_timeout")
        except aiohttp.ClientError:
            return Reply(0, b"", "dispatch_failed")
        return Reply(answer.status, content, None if answer.status < REDIRECT else "dispatch_failed")

    async def healthy(self) -> bool:
        """Whether the bot's process answers."""
        try:
            async with asyncio.timeout(1.0), self._client.get(f"{self.address}/healthz") as answer:
                return answer.ok
        except (TimeoutError, aiohttp.ClientError):
            return False

    async def drain(self, to: datetime) -> Drained:
        """Set the bot's programme clock and wait until inbox, outbox and tasks are done.

        Raises:
            BotError: the route is missing, fails or answers something else.
        """
        try:
            async with (
                asyncio.timeout(DRAIN_SECONDS),
                self._client.post(f"{self.address}/_demo/clock", json={"to": to.isoformat()}) as answer,
            ):
                answer.raise_for_status()
                content = await answer.json()
            due = content["next_due_at"]
            return Drained(
                datetime.fromisoformat(content["clock"]),
                None if due is None else datetime.fromisoformat(due),
            )
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise BotError(f"POST /_demo/clock: {type(error).__name__}: {error}") from error
