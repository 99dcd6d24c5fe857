"""Sends the outbox's messages on Slack, each once, and says truly what became of it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from aiohttp import ClientConnectorError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.failpoints import Point, reach
from bot.mail import Held, Outgoing, Refused, Sent, Way
from bot.mentoring.ids import Address, PairId, WorkspaceId, address, local_id
from bot.ports import Kind, NewId, Records
from handlers.shared.http import OK, SERVER_ERROR, TOO_MANY_REQUESTS
from handlers.shared.people import People
from handlers.shared.show import view_of
from handlers.shared.store import Store
from handlers.shared.types import Json
from handlers.slack.answers import Answers
from handlers.slack.blocks import message
from handlers.slack.calls import code_of, retry_after, status_of
from handlers.slack.client import PLATFORM
from handlers.slack.posting import Posting
from handlers.slack.refs import ANSWER, Seals, message_ref, parts
from prompts.view import Reader, View

MOST_CONVERSATIONS = 50_000
MOST_TRIES = 50
"""Attempts at a message that Slack refuses for a reason we do not know: about four hours of them."""
GONE = "channel_not_found"
NEVER = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "cant_update_message",
        GONE,
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_user_combination",
        "is_archived",
        "message_not_found",
        "method_not_supported_for_channel_type",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
"""Slack's codes after which another try cannot help."""
UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Slack's codes after which a message may stand there all the same."""


class InDoubtError(Exception):
    """Slack's answer leaves open whether the message stands; `code` is its word."""


class SlackMessenger:
    """Sends on Slack: opens direct messages and rooms, posts in channels, replaces what was pressed."""

    def __init__(
        self,
        client: AsyncWebClient,
        posting: Posting,
        answers: Answers,
        store: Store,
        people: People,
        seals: Seals,
    ) -> None:
        self._client = client
        self._posting = posting
        self._answers = answers
        self._store = store
        self._people = people
        self._seals = seals
        self._conversations: OrderedDict[Address, str] = OrderedDict()

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send once; Refused where Slack certainly did not take it, any other error leaves it in doubt."""
        try:
            send = await self._prepared(workspace, row)
            return await send()
        except Refused as refusal:
            if refusal.code == GONE and row.to.kind is Kind.PERSON and row.attempt == 1:
                await self._forget(workspace, row)
                raise Refused(refusal.code) from refusal
            if refusal.retry_after is None and row.attempt >= MOST_TRIES:
                raise Refused(refusal.code, permanent=True) from refusal
            raise

    async def _prepared(self, workspace: WorkspaceId, row: Outgoing) -> Callable[[], Awaitable[Sent]]:
        """Everything up to the call that leaves the message; what fails until then has left none."""
        try:
            view = view_of(row.prompt, await self._reader(workspace, row))
            if row.to.kind is not Kind.REPLY:
                return partial(self._post, await self._channel(workspace, row), view, row.id)
            said = message(view)
            kind, where, ts = parts(row.to.ref)
            if kind == ANSWER:
                return partial(self._answer, self._seals.open(workspace, where), said)
            return partial(self._update, where, ts, said)
        except Refused:
            raise
        except Exception as error:
            raise Refused(type(error).__name__) from error

    async def _post(self, channel: str, view: View, name: str) -> Sent:
        posted = await _called(self._posting.post(channel, view, name), Way.POST)
        return Sent(message_ref(str(posted["channel"]), str(posted["ts"])))

    async def _update(self, channel: str, ts: str, said: Json) -> Sent:
        text, blocks = said["text"], said["blocks"]
        await _called(
            self._client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks, parse="none"),
            Way.REPLACE,
        )
        return Sent(message_ref(channel, ts))

    async def _reader(self, workspace: WorkspaceId, row: Outgoing) -> Reader:
        """Whose zone and language it is in: the one who reads it, or the first of a room."""
        if not row.to.readers:
            return Reader()
        return (await self._people.known(workspace, row.to.readers[0])).reader

    async def _channel(self, workspace: WorkspaceId, row: Outgoing) -> str:
        match row.to.kind:
            case Kind.PERSON:
                return await self._direct(workspace, Address(row.to.ref))
            case Kind.ROOM:
                return await self._room(workspace, PairId(row.to.ref), row.to.readers)
            case _:
                return local_id(Address(row.to.ref))

    async def _direct(self, workspace: WorkspaceId, who: Address) -> str:
        """The conversation with one person; opened, and remembered, by its first message."""
        known = self._conversations.get(who)
        if known is None:
            kept = await self._store.direct(workspace, who)
            known = local_id(kept) if kept else await self._open(workspace, (who,))
            if kept is None:
                await self._store.keep_direct(workspace, who, address(PLATFORM, who.split(":")[1], known))
            self._conversations[who] = known
            if len(self._conversations) > MOST_CONVERSATIONS:
                self._conversations.popitem(last=False)
        return known

    async def _forget(self, workspace: WorkspaceId, row: Outgoing) -> None:
        """Open the conversation anew next time: Slack does not know it any more."""
        who = Address(row.to.ref)
        self._conversations.pop(who, None)
        await self._store.keep_direct(workspace, who, None)

    async def _room(self, workspace: WorkspaceId, pair: PairId, people: tuple[Address, ...]) -> str:
        """The pair's room; opened, and written to the pair, by its first message."""
        known = await self._store.run(workspace, _room_of, pair)
        if known is not None:
            return local_id(known)
        opened = await self._open(workspace, people)
        where = address(PLATFORM, people[0].split(":")[1], opened)
        await self._store.run(workspace, _keep_room, pair, where)
        return opened

    async def _open(self, workspace: WorkspaceId, people: tuple[Address, ...]) -> str:
        """A direct or group conversation; the same people get the same one however often it is asked for."""
        wait = await self._store.allow(workspace, Way.OPEN)
        if wait:
            raise Held(wait)
        try:
            reach(Point.OPEN_BEFORE)
            users = [local_id(one) for one in people]
            said = await _called(self._client.conversations_open(users=users), Way.OPEN)
            reach(Point.OPEN_AFTER)
        except InDoubtError as error:
            raise Refused(str(error)) from error  # a conversation is no message: asking again does no harm
        return str(said["channel"]["id"])

    async def _answer(self, response_url: str, said: Json) -> Sent:
        """Replace what one person sees; works five times in half an hour."""
        try:
            status, wait = await self._answers.post(response_url, {**said, "replace_original": True})
        except ClientConnectorError as error:
            raise Refused("unreachable") from error
        if status == TOO_MANY_REQUESTS:
            raise Refused("ratelimited", retry_after=wait)
        if status >= SERVER_ERROR:
            raise InDoubtError(f"http_{status}")
        if status != OK:
            raise Refused(f"http_{status}", permanent=True)
        return Sent()


def _room_of(pair: PairId, *, records: Records, now: datetime, new_id: NewId) -> Address | None:
    del now, new_id
    return records.pair(pair).room


def _keep_room(pair: PairId, room: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    del now, new_id
    records.save_pair(replace(records.pair(pair), room=room))


async def _called(call: Awaitable[AsyncSlackResponse], way: Way) -> AsyncSlackResponse:
    """The answer to a call; Refused or InDoubtError by what Slack, or the network, says."""
    try:
        return await call
    except ClientConnectorError as error:
        raise Refused("unreachable") from error  # no connection: nothing left this machine
    except SlackApiError as error:
        raise _verdict(error, way) from error


def _verdict(error: SlackApiError, way: Way) -> Exception:
    wait = retry_after(error)
    if wait is not None:
        return Refused("ratelimited", retry_after=wait, way=way)
    status, code = status_of(error), code_of(error)
    if status >= SERVER_ERROR or not code or code in UNSURE:
        return InDoubtError(code or f"http_{status}")
    return Refused(code, permanent=code in NEVER)
