"""Microsoft's library, in the one place that knows it: who signed a request, and the calls that leave us.

Importing it takes more than a second and reads a `.env` file, so handlers/teams/library.py alone does that.
Its keys are replaced by ours (keys.py), for which its version is pinned.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
from microsoft_teams.api.activities import MessageActivityInput
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.clients.team import TeamClient
from microsoft_teams.api.models import TeamsChannelAccount
from microsoft_teams.apps.auth import TokenValidator
from microsoft_teams.common.http import Client, ClientOptions

from handlers.shared.types import Json
from handlers.teams.cards import CONTENT_TYPE
from handlers.teams.keys import Key

ALGORITHM = "RS256"


class BadTokenError(Exception):
    """A request's token is not Teams' own, or not for us."""


class _Chosen:
    """Gives the library the key that was looked up for this token, and fetches nothing."""

    def __init__(self, key: Key) -> None:
        self._key = key

    def get_signing_key_from_jwt(self, _token: str) -> jwt.PyJWK:
        return self._key.key


async def verified(raw: str, app_id: str, key: Key) -> Mapping[str, Any]:
    """The claims of a token that this key signed for this app; BadTokenError for every other."""
    validator = TokenValidator.for_service(app_id)
    validator._jwks_client = _Chosen(key)  # type: ignore[assignment] # noqa: SLF001 - the version is pinned
    try:
        return await validator.validate_token(raw)
    except jwt.PyJWTError as error:
        raise BadTokenError from error


@dataclass(frozen=True)
class Api:
    """The calls to Teams that leave us, one attempt each; what httpx raises comes out unchanged."""

    client: Client

    async def say(self, service: str, conversation: str, card: Json, summary: str) -> str:
        """Send a card into a conversation; Teams' name for the message, empty where it gives none."""
        sent = await self._in(service).create_activity(conversation, _message(card, summary))
        return _named(sent.id)

    async def replace(self, service: str, conversation: str, activity: str, card: Json, summary: str) -> None:
        """Put a card in the place of a message of ours."""
        try:
            await self._in(service).update_activity(conversation, activity, _message(card, summary))
        except KeyError:  # taken, and answered without the id that we know
            return

    async def post(self, service: str, thread: str, tenant: str, card: Json, summary: str) -> tuple[str, str]:
        """Begin a conversation in a channel; (its id, the message's id)."""
        asked = CreateConversationParams(
            activity=_message(card, summary),
            tenant_id=tenant,
            channel_data={"channel": {"id": thread}, "tenant": {"id": tenant}},
        )
        made = await self._in(service).create(asked)
        return made.id, made.activity_id or ""

    async def member(self, service: str, conversation: str, who: str) -> Json:
        """What the roster of a conversation tells of somebody."""
        found = await self._in(service).get_member_by_id(conversation, who)
        return _told(found)

    async def members(self, service: str, conversation: str) -> list[Json]:
        """What the roster of a conversation tells of everybody in it."""
        return [_told(one) for one in await self._in(service).get_members(conversation)]

    async def team(self, service: str, team: str) -> str:
        """What a team is called; empty where Teams does not say."""
        return (await TeamClient(service, self.client).get_by_id(team)).name or ""

    async def channels(self, service: str, team: str) -> list[tuple[str, str]]:
        """(thread, name) of a team's channels; the name of its first one is empty, as Teams gives it."""
        found = await TeamClient(service, self.client).get_conversations(team)
        return [(one.id, one.name or "") for one in found if one.id]

    def _in(self, service: str) -> ConversationClient:
        return ConversationClient(service, self.client)


def api(http: httpx.AsyncClient, token: Callable[[], Any]) -> Api:
    """The calls over one HTTP client of ours, whose time-outs hold; `token` gives what we speak with."""
    return Api(Client(ClientOptions(token=token), _http=http))


def _told(member: TeamsChannelAccount) -> Json:
    told: Json = member.model_dump(by_alias=True, exclude_none=True)
    return told


def _message(card: Json, summary: str) -> MessageActivityInput:
    told = {"summary": summary, "attachments": [{"contentType": CONTENT_TYPE, "content": card}]}
    return MessageActivityInput.model_validate(told)


def _named(given: str) -> str:
    """The id of a sent message; the library puts words of its own where Teams gave none."""
    return "" if given == "DO_NOT_USE_PLACEHOLDER_ID" else given
