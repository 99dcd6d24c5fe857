"""Sends the outbox's messages on Teams, each once, and says truly what became of it.

A pair that has no room (rooms.py) reads what is said there in two messages, each in one's own chat and naming
the other.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mail import Outgoing, Reference, Refused, Sent, Way
from bot.mentoring.errors import NotFound
from bot.mentoring.ids import Address, PairId, WorkspaceId
from bot.mentoring.people import Participant
from bot.ports import Kind, Message, NewId, Records
from bot.use_cases.saying import to_person
from handlers.shared.people import People
from handlers.shared.store import Store
from handlers.teams.activities import message_ref, parts
from handlers.teams.cards import with_person
from handlers.teams.ids import tenant_of, thread_of
from handlers.teams.library import Calls
from handlers.teams.reaching import Reaching
from handlers.teams.reading import READER
from handlers.teams.rooms import Room, Rooms
from handlers.teams.showing import Showing, Shown
from handlers.teams.speaking import Speaker, TokenRefusedError
from handlers.teams.verdicts import NO_TOKEN, Denied, NotThere, called
from handlers.teams.words import word
from prompts.view import Note, Reader, Span, View

MOST_TRIES = 50
"""Attempts at a message that Teams refuses for a reason we do not know: about four hours of them."""
UNWANTED = frozenset({"MessageWritesBlocked", "BotNotInConversationRoster", "ConversationBlockedByUser"})
"""Teams' codes for somebody who took the bot out, or turned its messages off."""
NOT_INSTALLED = "not_installed"
"""Our own code for somebody who took the bot out, or never took it in."""
BOTH = ":both:"
"""Stands, in the key of a message that both of a pair get, before the pair's id."""


@dataclass(frozen=True)
class TeamsMessenger:
    """Sends on Teams: in people's own chats, in channels, in the place of what was pressed."""

    calls: Calls
    speaker: Speaker
    store: Store
    reaching: Reaching
    people: People
    showing: Showing
    service: str
    rooms: Rooms | None = None
    """Opens rooms, where that was asked for."""

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send once; Refused where Teams certainly did not take it, any other error leaves it in doubt."""
        try:
            send = await self._prepared(workspace, row)
            return await send()
        except Refused as refusal:
            if refusal.code == NO_TOKEN:
                self.speaker.forget()
            if row.to.kind is Kind.PERSON:
                await self._noted(workspace, Address(row.to.ref), refusal.code)
            if refusal.retry_after is None and row.attempt >= MOST_TRIES:
                raise Refused(refusal.code, permanent=True) from refusal
            raise

    async def _noted(self, workspace: WorkspaceId, who: Address, code: str) -> None:
        """Note of a refusal whether it says that somebody is not reached; nothing has left then."""
        try:
            if code in UNWANTED:
                await self.reaching.blocked(workspace, who)
            elif code == NOT_INSTALLED:
                await self.reaching.missed(workspace, who)
        except Exception as error:
            raise Refused(type(error).__name__) from error

    async def _prepared(self, workspace: WorkspaceId, row: Outgoing) -> Callable[[], Awaitable[Sent]]:
        """Everything up to the call that leaves the message; what fails until then has left none."""
        try:
            room = await self._room(workspace, row)
            if row.to.kind is Kind.ROOM and room is None:
                return lambda: self._to_both(workspace, row)
            await self.speaker.token()
            shown = await self._shown(workspace, row)
            if room is not None:
                return lambda: self._say_in_room(workspace, row, room, shown)
            match row.to.kind:
                case Kind.CHANNEL:
                    return await self._to_channel(workspace, Address(row.to.ref), shown)
                case Kind.REPLY:
                    reference = await self._reference(workspace, row.to.readers[0])
                    return lambda: self._replace(reference, row.to.ref, shown)
                case _:
                    reference = await self._reference(workspace, Address(row.to.ref))
                    return lambda: self._say(reference, shown)
        except Refused:
            raise
        except TokenRefusedError as error:
            raise Refused(error.code) from error
        except Exception as error:
            raise Refused(type(error).__name__) from error

    async def _reference(self, workspace: WorkspaceId, who: Address) -> Reference:
        """Where somebody is reached; Refused for good where they took the bot out, or never took it in."""
        found = await self.reaching.references.of(workspace, who)
        if found is None:
            raise Refused(NOT_INSTALLED, permanent=True)
        if found.blocked:
            raise Refused("MessageWritesBlocked", permanent=True)
        return found

    async def _shown(self, workspace: WorkspaceId, row: Outgoing) -> Shown:
        reader = READER
        if row.to.readers:
            reader = (await self.people.known(workspace, row.to.readers[0])).reader
        pair = row.key.rpartition(BOTH)[2] if BOTH in row.key else ""
        partner = None
        if pair and row.to.readers:
            partner = await self.store.read(workspace, partner_of, PairId(pair), row.to.readers[0])

        def told(view: View) -> View:
            return naming(view, partner.name, reader) if partner else view

        shown = await self.showing.shown(workspace, row.prompt, reader, mark=row.id, told=told)
        if partner is None:
            return shown
        return replace(shown, card=with_person(shown.card, partner.address, partner.name))

    async def _room(self, workspace: WorkspaceId, row: Outgoing) -> Room | None:
        """The room that a message goes to; None where it is for none, or the pair has none."""
        if self.rooms is None or row.to.kind is not Kind.ROOM:
            return None
        return await self.rooms.of(workspace, row)

    async def _to_both(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Two messages of the outbox in the place of one; however often it is tried, each is there once."""
        try:
            await self.store.run(workspace, split_room, row)
        except Exception as error:
            raise Refused(type(error).__name__) from error  # nothing has left
        return Sent()

    async def _say_in_room(self, workspace: WorkspaceId, row: Outgoing, room: Room, shown: Shown) -> Sent:
        """Say it in the pair's room, or to both where that is gone since it was looked at."""
        try:
            sent = await called(self.calls.say(room.service, room.conversation, shown.card, shown.summary))
            return Sent(message_ref(room.conversation, sent))
        except (Denied, NotThere) as gone:
            assert self.rooms is not None  # noqa: S101 - it gave the room
            try:
                await self.rooms.lost(workspace, PairId(row.to.ref))
            except Exception as error:
                raise Refused(gone.code) from error  # nothing has left
        return await self._to_both(workspace, row)

    async def _to_channel(
        self, workspace: WorkspaceId, where: Address, shown: Shown
    ) -> Callable[[], Awaitable[Sent]]:
        teams = await self.reaching.references.teams(workspace)
        service = next(iter(teams.values()), self.service)

        async def post() -> Sent:
            call = self.calls.post(service, thread_of(where), tenant_of(where), shown.card, shown.summary)
            conversation, activity = await called(call, Way.POST)
            return Sent(message_ref(conversation, activity))

        return post

    async def _say(self, reference: Reference, shown: Shown) -> Sent:
        call = self.calls.say(reference.service, reference.conversation, shown.card, shown.summary)
        activity = await called(call)
        return Sent(message_ref(reference.conversation, activity) if activity else "")

    async def _replace(self, reference: Reference, ref: str, shown: Shown) -> Sent:
        conversation, activity = parts(ref)
        call = self.calls.replace(reference.service, conversation, activity, shown.card, shown.summary)
        await called(call)
        return Sent(ref)


def naming(view: View, partner: str, reader: Reader) -> View:
    """A view that says with whom the reader shares it."""
    line = word("both", reader.locale).format(partner=partner)
    return replace(view, text=f"{line} {view.text}", blocks=(Note((Span(line),)), *view.blocks))


def split_room(row: Outgoing, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Post what was meant for a pair's room to each of the two; that it counts was noted with the one."""
    del new_id  # a use takes it; each key is the room's own
    for who in row.to.readers:
        key = f"{row.key}:{who}{BOTH}{row.to.ref}"
        records.post(Message(key, to_person(who), row.prompt, now, closes_at=row.closes_at))


def partner_of(
    pair: PairId, who: Address, *, records: Records, now: datetime, new_id: NewId
) -> Participant | None:
    """The other of a pair; None where there is no such pair any more."""
    del now, new_id  # a use takes them; a look-up needs neither
    one = records.participant_at(who)
    try:
        found = records.pair(pair)
        return None if one is None else records.participant(found.partner_of(one.id))
    except NotFound:
        return None
