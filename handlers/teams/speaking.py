"""What we speak to Microsoft with: tokens for the app, fetched in time and kept until they run out.

The library's own way is a blocking call in a thread, without a time-out and past every test; the grant itself
is one request (RFC 6749 §4.4).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from handlers.shared.http import OK
from handlers.teams.places import Places

EARLY = 300.0
"""Seconds before its end at which a token is fetched anew."""
SHORTEST = 60.0


class TokenRefusedError(Exception):
    """Microsoft gives us no token; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class App:
    """What tokens are fetched with: where they are, and the app's id and secret there."""

    http: httpx.AsyncClient
    places: Places
    id: str
    secret: str


class Speaker:
    """Tokens of one app for one scope; `monotonic` gives seconds that only go forward."""

    def __init__(self, app: App, scope: str, monotonic: Callable[[], float]) -> None:
        self._app = app
        self._scope = scope
        self._monotonic = monotonic
        self._token = ""
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that is good for some minutes; TokenRefusedError, or what httpx raises."""
        async with self._lock:
            if self._monotonic() >= self._until:
                self._token, lasts = await self._fetch()
                self._until = self._monotonic() + max(lasts - EARLY, SHORTEST)
            return self._token

    def forget(self) -> None:
        """Fetch a new token next time: somebody does not take this one any more."""
        self._until = 0.0

    async def _fetch(self) -> tuple[str, float]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._app.id,
            "client_secret": self._app.secret,
            "scope": self._scope,
        }
        answer = await self._app.http.post(self._app.places.token, data=form)
        try:
            told = answer.json()
        except ValueError:
            told = None
        held = told if isinstance(told, dict) else {}
        token, lasts = held.get("access_token"), held.get("expires_in")
        if answer.status_code != OK or not isinstance(token, str) or not isinstance(lasts, int | float):
            raise TokenRefusedError(str(held.get("error") or f"http_{answer.status_code}"))
        return token, float(lasts)
