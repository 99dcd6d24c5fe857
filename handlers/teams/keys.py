"""The keys that sign Teams' requests: fetched on the event loop's own terms, and seldom.

Microsoft's library fetches them with a blocking call and for every key id it does not know; a stranger
could hold up all requests so. Here a stranger makes for one fetch a minute, of one fixed address.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from bot.logs import Log
from handlers.shared.http import OK

FRESH = 3_600.0
"""Seconds; after that a key set is fetched anew at the next request."""
SELDOM = 60.0
"""Seconds between two fetches, whatever is asked for."""
AGAIN = 10.0
"""Seconds until the next try after one that failed."""
LONGEST = 24 * FRESH
"""Seconds that keys are trusted while no newer ones can be had (Microsoft: at most a day)."""
MOST_BYTES = 1_000_000

log = Log("teams.keys")


class KeysAwayError(Exception):
    """There are no keys to look at; the request cannot be judged now."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and the channels that it may speak for; empty where Microsoft names none."""

    key: PyJWK
    endorsed: frozenset[str]


class Keys:
    """The key set of one address; `monotonic` gives seconds that only go forward."""

    def __init__(self, http: httpx.AsyncClient, address: str, monotonic: Callable[[], float]) -> None:
        self._http = http
        self._address = address
        self._monotonic = monotonic
        self._known: dict[str, Key] = {}
        self._fetched: float | None = None
        self._next_try = 0.0
        self._lock = asyncio.Lock()

    async def of(self, kid: str) -> Key | None:
        """The key of an id, None where there is none; KeysAwayError where none can be had at all."""
        if kid not in self._known or self._age() > FRESH:
            async with self._lock:
                if (kid not in self._known or self._age() > FRESH) and self._monotonic() >= self._next_try:
                    await self._fetch()
        if self._age() > LONGEST:
            raise KeysAwayError
        return self._known.get(kid)

    def _age(self) -> float:
        return LONGEST * 2 if self._fetched is None else self._monotonic() - self._fetched

    async def _fetch(self) -> None:
        self._next_try = self._monotonic() + SELDOM
        try:
            answer = await self._http.get(self._address)
            if answer.status_code != OK or len(answer.content) > MOST_BYTES:
                raise ValueError("no key set")  # noqa: TRY301 - ends below, as every other failure does
            self._known = _keys(answer.json())
            self._fetched = self._monotonic()
        except (httpx.HTTPError, ValueError, PyJWTError) as error:
            self._next_try = self._monotonic() + AGAIN
            log.broke("keys_not_fetched", error)


def _keys(told: Any) -> dict[str, Key]:
    """The keys by their ids; ValueError or PyJWTError for what is no key set."""
    listed = told.get("keys") if isinstance(told, Mapping) else None
    named = {one.get("kid"): one for one in listed or () if isinstance(one, Mapping)}
    if not named:
        raise ValueError("no key set")
    found = PyJWKSet.from_dict(dict(told)).keys
    return {
        one.key_id: Key(one, _endorsed(named.get(one.key_id, {})))
        for one in found
        if isinstance(one.key_id, str)
    }


def _endorsed(told: Mapping[str, Any]) -> frozenset[str]:
    given = told.get("endorsements")
    return frozenset(map(str, given)) if isinstance(given, list) else frozenset()
