"""The room of a pair in Teams, where granted: a group chat that Graph makes and the connector writes to.

Graph makes a new chat each time it is asked, so it is asked once for a pair: that we ask is written down
first. Where the answer is lost, nobody knows whether there is a chat, and the pair does without. A pair
without a room hears everything in two messages, each in one's own chat.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.failpoints import Point, reach
from bot.logs import Log
from bot.mail import Held, Openings, Outgoing, References, Refused, Way
from bot.mentoring.ids import Address, PairId, WorkspaceId, local_id
from bot.mentoring.text import shortened
from bot.ports import NewId, Records
from handlers.shared.store import Store
from handlers.teams.graph import GROUP_CHATS, TOPIC, Graph
from handlers.teams.ids import channel, person, tenant_of, thread_of
from handlers.teams.library import Calls
from handlers.teams.speaking import TokenRefusedError
from handlers.teams.verdicts import NO_TOKEN, Denied, NotThere, called
from handlers.teams.words import word

REST = 3_600.0
"""Seconds without asking for a chat once Graph has said that we may not; then it may be granted."""
WITHIN = 8.0
"""Seconds that finding or opening a room may take; a message has fifteen in all."""
PATIENCE = 6
"""Tries at a room in trouble before a message goes to each of the two instead: about a minute."""
APP = "28:"
"""How the accounts of apps begin; they are no people."""

log = Log("teams.rooms")


@dataclass(frozen=True, slots=True)
class Room:
    """A pair's group chat, and the service that writes to it."""

    service: str
    conversation: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """Whose room it is about: the message's workspace and pair, its two people, and what it is called."""

    workspace: WorkspaceId
    key: PairId
    people: tuple[Address, ...]
    topic: str
    room: Address | None


@dataclass
class Rooms:
    """Finds and opens rooms.

    `catalogue_id` is the app's own in the organisation's catalogue; `service` writes where none is known.
    """

    graph: Graph
    calls: Calls
    store: Store
    openings: Openings
    references: References
    catalogue_id: str
    service: str
    monotonic: Callable[[], float]
    _rests_until: float = 0.0
    _troubles: Counter[PairId] = field(default_factory=Counter)

    async def of(self, workspace: WorkspaceId, row: Outgoing) -> Room | None:
        """The room that a message for a pair goes to, opened if need be; None: it goes to each of the two.

        Raises:
            Refused: for now; nothing has been said to anybody.
        """
        key = PairId(row.to.ref)
        try:
            async with asyncio.timeout(WITHIN):
                pair = await self.store.read(workspace, _pair, workspace, key, row.to.readers)
                room = await self._of(pair)
        except Held:
            raise
        except Refused as refusal:
            if refusal.retry_after is not None:
                raise
            if refusal.code == NO_TOKEN:
                self.graph.speaker.forget()
            self._in_trouble(key, refusal.code, refusal)
            return None
        except TokenRefusedError as error:
            self._rest(error.code)
            return None
        except Exception as error:  # noqa: BLE001 - whatever ails the room, the message has its other way
            self._in_trouble(key, type(error).__name__, error)
            return None
        self._troubles.pop(key, None)
        return room

    async def lost(self, workspace: WorkspaceId, pair: PairId) -> None:
        """Give a room up for good: from now on the pair hears in two messages."""
        await self.openings.give_up(workspace, pair)
        await self.store.run(workspace, _keep_room, pair, None)
        self._troubles.pop(pair, None)
        log.info("room_given_up", id=pair, workspace=workspace)

    async def _of(self, pair: _Pair) -> Room | None:
        if pair.room is not None:
            return await self._with_the_two(pair, pair.room)
        if self.monotonic() < self._rests_until:
            return None
        opening = await self.openings.of(pair.workspace, pair.key)
        if opening is None:
            return await self._opened(pair)
        if opening.over:
            return None
        if not opening.room:
            log.warning("room_in_doubt", id=pair.key, workspace=pair.workspace)
            await self.lost(pair.workspace, pair.key)
            return None
        return await self._entered(pair, opening.room)

    async def _with_the_two(self, pair: _Pair, room: Address) -> Room | None:
        """The room, if the two are in it and nobody else: what is said there is for nobody else's eyes."""
        found = Room(await self._service(pair), thread_of(room))
        try:
            listed = await called(self.calls.members(found.service, found.conversation))
        except (Denied, NotThere) as gone:
            if (
                self._troubles[pair.key] + 1 < PATIENCE
            ):  # a room that was just made may not be known there yet
                raise Refused(gone.code) from gone
            listed = []
        people = [one for one in listed if not str(one.get("id", "")).startswith(APP)]
        there = {person(tenant_of(room), one.get("aadObjectId")) for one in people}
        if there == set(pair.people):
            return found
        await self.lost(pair.workspace, pair.key)
        return None

    async def _opened(self, pair: _Pair) -> Room | None:
        """A new chat of the two, if both take our messages."""
        for who in pair.people:
            known = await self.references.of(pair.workspace, who)
            if known is None or known.blocked:
                return None
        lacking = await self.graph.lacking(GROUP_CHATS)
        if lacking:
            self._rest(f"lacks_{lacking[0]}")
            return None
        wait = await self.store.allow(pair.workspace, Way.OPEN)
        if wait:
            raise Held(wait)
        if not await self.openings.begin(pair.workspace, pair.key):
            raise Refused("room_begun")
        reach(Point.OPEN_BEFORE)
        try:
            chat = await self.graph.open_chat(map(local_id, pair.people), pair.topic)
        except Refused as refusal:
            await self._not_opened(pair, refusal)
            return None
        reach(Point.OPEN_AFTER)
        if not await self.openings.made(pair.workspace, pair.key, chat):
            return None
        return await self._entered(pair, chat)

    async def _not_opened(self, pair: _Pair, refusal: Refused) -> None:
        """No chat was made, and that is certain: for everybody's sake, for this pair's, or for now."""
        await self.openings.undo(pair.workspace, pair.key)
        if isinstance(refusal, Denied):
            self._rest(refusal.code)
        elif refusal.permanent:
            log.warning("room_refused", id=pair.key, workspace=pair.workspace, code=refusal.code)
            await self.lost(pair.workspace, pair.key)
        else:
            raise refusal

    async def _entered(self, pair: _Pair, chat: str) -> Room | None:
        """The chat with ourselves in it; from now on it is the pair's room."""
        room = channel(tenant_of(pair.people[0]), chat)
        try:
            await self.graph.install(chat, self.catalogue_id)
        except Denied as denied:
            self._rest(denied.code)  # the chat is kept: once it is granted, the pair talks there
            return None
        except Refused as refusal:
            if not refusal.permanent:
                raise
            log.warning("room_refused", id=pair.key, workspace=pair.workspace, code=refusal.code)
            room = None
        if room is None:
            await self.lost(pair.workspace, pair.key)
            return None
        await self.store.run(pair.workspace, _keep_room, pair.key, room)
        return await self._with_the_two(pair, room)

    async def _service(self, pair: _Pair) -> str:
        known = [await self.references.of(pair.workspace, who) for who in pair.people]
        return next((one.service for one in known if one is not None), self.service)

    def _rest(self, code: str) -> None:
        """Ask for no chat for a while: what was refused concerns all. A new token then tells what changed."""
        self.graph.speaker.forget()
        self._rests_until = self.monotonic() + REST
        log.warning("group_chats_rest", code=code, seconds=REST)

    def _in_trouble(self, pair: PairId, code: str, error: Exception) -> None:
        """Try again soon, PATIENCE times; then this message goes to each of the two."""
        self._troubles[pair] += 1
        if self._troubles[pair] < PATIENCE:
            raise Refused(code) from error
        del self._troubles[pair]
        log.warning("room_passed_by", id=pair, code=code)


def _pair(
    workspace: WorkspaceId,
    key: PairId,
    people: tuple[Address, ...],
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> _Pair:
    """What opening a room needs to know of a pair."""
    del now, new_id  # a use takes them; a look-up needs neither
    programme = records.programme()
    known = [records.participant_at(who) for who in people]
    names = [one.name if one is not None else "" for one in known]
    words = word("room").format(programme=programme.name if programme else "", one=names[0], other=names[-1])
    topic = shortened(words.replace(":", " "), TOPIC)
    return _Pair(workspace, key, people, topic, records.pair(key).room)


def _keep_room(pair: PairId, room: Address | None, *, records: Records, now: datetime, new_id: NewId) -> None:
    del now, new_id
    records.save_pair(replace(records.pair(pair), room=room))
