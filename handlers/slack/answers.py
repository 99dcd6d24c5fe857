"""Answers to response addresses: where Slack lets an app answer one interaction for half an hour."""

from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.mail import Refused
from handlers.shared.http import seconds
from handlers.shared.types import Json

HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})


class ForeignAddressError(Refused):
    """A response address that is not Slack's; nothing is sent there."""

    def __init__(self) -> None:
        super().__init__("foreign_address", permanent=True)


class Answers:
    """Posts to response addresses on Slack's own hosts, or on the host that stands in for its API."""

    def __init__(self, session: ClientSession, api: str) -> None:
        self._session = session
        self._stand_in = urlsplit(api)[:2]

    async def post(self, address: str, said: Json) -> tuple[int, int]:
        """(the HTTP status, seconds to wait where it is 429). ForeignAddressError for another host."""
        parts = urlsplit(address)
        if not (parts.scheme == "https" and parts.hostname in HOSTS) and parts[:2] != self._stand_in:
            raise ForeignAddressError
        async with self._session.post(address, json=said) as response:
            return response.status, seconds(response.headers.get("Retry-After", ""))

    async def tell(self, address: str, said: Json) -> None:
        """Say something to the one person, beside what stands there; it may be lost."""
        await self.post(address, {**said, "response_type": "ephemeral", "replace_original": False})
