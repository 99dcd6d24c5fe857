"""Microsoft Graph, for what the connector cannot do: a chat for two, and who is whose manager.

Each call is one attempt. Refused says that Graph certainly did nothing; whatever else is raised leaves open
whether it did.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from bot.mail import Way
from handlers.shared.http import SERVER_ERROR
from handlers.shared.types import Json
from handlers.teams.speaking import Speaker
from handlers.teams.verdicts import Already, called

CREATE = "Chat.Create"
INSTALL = "TeamsAppInstallation.ReadWriteSelfForChat.All"
READ = "User.Read.All"
GROUP_CHATS = (CREATE, INSTALL)
"""The application permissions that a pair's group chat needs."""
MANAGERS = (READ,)
"""Those that the directory's managers need."""
TOPIC = 250
"""Characters of a chat's name, in which no colon may stand."""


class OddAnswerError(ValueError):
    """Graph answered with success, and with nothing that can be read."""


@dataclass(frozen=True)
class Graph:
    """The calls to Graph at its address, in the name of the app."""

    http: httpx.AsyncClient
    speaker: Speaker
    address: str

    async def lacking(self, permissions: Iterable[str]) -> tuple[str, ...]:
        """Which of these application permissions were certainly not granted, by the token we are given."""
        granted = roles(await self.speaker.token())
        return () if granted is None else tuple(one for one in permissions if one not in granted)

    async def open_chat(self, people: Iterable[str], topic: str) -> str:
        """Make a group chat of people, by their object ids, and give its id. Each call makes another one."""
        members = [
            {
                "@odata.type": "#microsoft.graph.aadUserConversationMember",
                "roles": ["owner"],
                "user@odata.bind": f"{self.address}/users('{one}')",
            }
            for one in people
        ]
        made = await self._asked("POST", "/chats", {"chatType": "group", "topic": topic, "members": members})
        chat = _object(made).get("id")
        if not isinstance(chat, str) or not chat:
            raise OddAnswerError
        return chat

    async def install(self, chat: str, catalogue_id: str) -> None:
        """Let the app into a chat, by its id in the organisation's catalogue; it may be there already."""
        app = {"teamsApp@odata.bind": f"{self.address}/appCatalogs/teamsApps/{catalogue_id}"}
        try:
            await self._asked("POST", f"/chats/{chat}/installedApps", app)
        except Already:
            return

    async def person(self, object_id: str) -> Json:
        """Somebody in the directory, with nothing of it but their manager's id and name."""
        wanted = "?$select=id&$expand=manager($select=id,displayName)"
        return _object(await self._asked("GET", f"/users/{object_id}{wanted}"))

    async def there(self) -> bool:
        """Whether Graph answers at all, whatever it says."""
        try:
            answer = await self.http.get(f"{self.address}/")
        except httpx.HTTPError:
            return False
        return answer.status_code < SERVER_ERROR

    async def _asked(self, method: str, path: str, body: Json | None = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {await self.speaker.token()}"}
        return await called(self._answered(method, path, headers, body), Way.OPEN)

    async def _answered(
        self, method: str, path: str, headers: dict[str, str], body: Json | None
    ) -> httpx.Response:
        answer = await self.http.request(method, f"{self.address}{path}", headers=headers, json=body)
        return answer.raise_for_status()


def roles(token: str) -> frozenset[str] | None:
    """The application permissions that a token of ours says it carries; None where it cannot be read.

    Nothing is allowed by it: Graph itself decides. It is only read so that nothing is asked for in vain.
    """
    try:
        told: Mapping[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    given = told.get("roles", [])
    return frozenset(map(str, given)) if isinstance(given, list) else None


def _object(answer: httpx.Response) -> Json:
    """The JSON object of an answer; OddAnswerError for what is none."""
    try:
        told = answer.json()
    except ValueError as error:
        raise OddAnswerError from error
    if not isinstance(told, dict):
        raise OddAnswerError
    return told
