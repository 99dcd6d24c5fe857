"""What Teams may send us: read, one unit of work, an answer.

What somebody writes is answered by a message of the outbox; a press is answered at once with the card that
takes the pressed one's place, and by the outbox for everybody who sees it later.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.logs import Log
from bot.mentoring.errors import BadForm, BadInput, MentoringError
from bot.mentoring.ids import Address, WorkspaceId, local_id
from bot.mentoring.people import Profile
from bot.mentoring.prompts import FormPrompt, Prompt, Sorry, TooMuchAtOnce
from handlers.caller import Caller, House
from handlers.forms import fields, suggest
from handlers.limits import Kind, Limits
from handlers.refusals import refusal
from handlers.shared.background import Background
from handlers.shared.incidents import Incidents
from handlers.shared.newcomers import asks_to_begin, asks_to_join, begins, joins, knowing
from handlers.shared.people import People
from handlers.shared.rights import Rights
from handlers.shared.show import view_of
from handlers.shared.store import Store
from handlers.shared.types import Json
from handlers.teams import uses
from handlers.teams.activities import (
    Came,
    Filled,
    Happening,
    Pressed,
    Searched,
    TeamChanged,
    Typed,
    UnknownInvokeError,
    Went,
    Where,
    happening,
    message_ref,
    where,
)
from handlers.teams.cards import CONTENT_TYPE, card
from handlers.teams.directory import Directory
from handlers.teams.gate import Answer, Verified
from handlers.teams.ids import PLATFORM
from handlers.teams.inputs import filled_in, with_values
from handlers.teams.library import Calls
from handlers.teams.reaching import Reaching
from handlers.teams.reading import READER
from handlers.teams.showing import Showing
from handlers.teams.words import word
from prompts import labels
from prompts.view import Input, Note, Reader, Span, View
from prompts.wording import without_slash

ANSWER_WITHIN = 8.0
"""Seconds until a person is told that it takes long; Teams waits for about fifteen (TEAMS.md §1)."""
UNAVAILABLE = 503
UNKNOWN = 400
"""What an invoke is answered with whose name is not known: it is refused, and nothing has failed here.

Microsoft's own bots say 501 (`ActivityHandler.OnInvokeActivityAsync` in microsoft/botbuilder-dotnet),
which whoever watches the bot would take for a fault of it.
"""
SEARCHED = "application/vnd.microsoft.search.searchResponse"
LINE = "application/vnd.microsoft.activity.message"

log = Log("teams")


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing somebody did in Teams; `key` makes it one in the inbox."""

    workspace: WorkspaceId
    key: str
    where: Where
    caller: Caller
    reader: Reader


@dataclass(frozen=True)
class Listeners:
    """The listeners, over what they share."""

    tenant: str
    store: Store
    house: House
    rights: Rights
    limits: Limits
    people: People
    reaching: Reaching
    directory: Directory
    showing: Showing
    calls: Calls
    background: Background
    incidents: Incidents

    async def heard(self, verified: Verified) -> Answer:
        """Answer one activity; what breaks is an incident, told to whoever waits for an answer."""
        activity, invoked = verified.activity, verified.activity.get("type") == "invoke"
        try:
            what = happening(activity)
            place = where(activity, self.tenant, verified.service)
            if what is None or (place is None and not isinstance(what, TeamChanged)):
                log.info("nothing_listens", kind=str(activity.get("type")))
                return _line(word("noted")) if invoked else Answer()
            async with asyncio.timeout(ANSWER_WITHIN):
                return await self._heard(verified, what, place)
        except UnknownInvokeError:
            return Answer(UNKNOWN)
        except TimeoutError as late:
            self.incidents.note(late, "request_late")
            return _line(word("slow")) if invoked else Answer(UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - the one place where a request's failure ends
            incident = self.incidents.note(error, "request_failed")
            return self._sorry(incident, activity, verified.service, invoked=invoked)

    async def _heard(self, verified: Verified, what: Happening, place: Where | None) -> Answer:
        workspace = await self.store.workspace(PLATFORM, self.tenant)
        if isinstance(what, TeamChanged):
            return await self._team(workspace, what, verified.service)
        assert place is not None  # noqa: S101 - looked at before
        if isinstance(what, Went):
            await self.reaching.gone(workspace, place.who)
            return Answer()
        await self.reaching.heard(workspace, place, anew=isinstance(what, Came))
        known = await self.people.known(workspace, place.who)
        caller = Caller(
            address=place.who,
            house=self.house,
            may_set_up=self.rights.may_set_up(local_id(place.who), admin=known.admin),
        )
        asking = Asking(workspace, verified.key, place, caller, known.reader)
        kind = Kind.TYPING if isinstance(what, Searched) else Kind.ACT
        seconds = 0 if isinstance(what, Came) else self.limits.wait(kind, workspace, place.who, verified.key)
        if seconds:
            return self._too_much(asking, what, seconds)
        return await self._answered(asking, what)

    async def _answered(self, asking: Asking, what: Happening) -> Answer:
        match what:
            case Typed(words):
                return await self._typed(asking, words)
            case Pressed():
                return await self._pressed(asking, what)
            case Filled():
                return await self._filled(asking, what)
            case Searched(source, typed):
                return await self._searched(asking, source, typed)
            case Came(first):
                return await self._came(asking, first=first)
            case _:
                return Answer()

    async def _typed(self, asking: Asking, words: str) -> Answer:
        """What somebody wrote; from a channel the answer goes to their own chat, if there is one."""
        if not await self._has_a_chat(asking):
            self._aside(asking, word("private", asking.reader.locale))
            return Answer()
        if asks_to_begin(words):
            asking = await self._with_manager(asking, joining=asks_to_join(words))
            await self._begun(asking, "command", uses.typed, words)
        else:
            await self._once(asking, "command", uses.typed, asking.caller, words)
        return Answer()

    async def _pressed(self, asking: Asking, pressed: Pressed) -> Answer:
        """A button: its answer takes the card's place, or is a line where it stands elsewhere.

        Pressed where others see the card, it leaves that as it is: the answer goes to the presser's own chat.
        """
        self._arrived(asking, pressed.mark)
        if not await self._has_a_chat(asking):
            return _line(word("private", asking.reader.locale))
        asking = self._replying(asking, page=pressed.page)
        args = (pressed.action, pressed.value)
        if begins(pressed.action):
            asking = await self._with_manager(asking, joining=joins(pressed.action))
            said = await self._begun(asking, "button", uses.pressed, *args)
        else:
            said = await self._once(asking, "button", uses.pressed, asking.caller, *args)
        if said.beside:
            return _line(word("noted", asking.reader.locale))
        if not asking.where.personal:
            told = isinstance(said, FormPrompt) or not said.windowed
            return _line(word("aside" if told else "private", asking.reader.locale))
        if isinstance(said, FormPrompt) or (asking.caller.reply_to is None and not said.windowed):
            return _line(word("below", asking.reader.locale))
        return await self._card(asking, said)

    async def _has_a_chat(self, asking: Asking) -> bool:
        """Whether this is somebody's own chat with the bot, or they have one where an answer can go."""
        if asking.where.personal:
            return True
        known = await self.reaching.references.of(asking.workspace, asking.caller.address)
        return known is not None and not known.blocked

    async def _filled(self, asking: Asking, sent: Filled) -> Answer:
        """A form: its answer takes its place; what cannot be taken stands in the form, with all it held."""
        self._arrived(asking, sent.mark)
        asking = self._replying(asking, page=False)
        form = self.showing.sealer.open(asking.workspace, sent.sealed)
        if form is None:
            return _line(word("gone", asking.reader.locale))
        values = filled_in(fields(form), sent.data, self.tenant)
        profiles = await self._vouched(asking, values, form)
        use = (knowing, profiles, uses.filled, self.rights.vouched(asking.caller, profiles), form, values)
        try:
            said = await self._once(asking, "form", *use)
        except BadForm as bad:
            return await self._again(asking, form, values, bad)
        except MentoringError as error:
            said = refusal(error)
        self.people.forget(asking.caller.address)
        return await self._card(asking, said)

    async def _searched(self, asking: Asking, source: str, typed: str) -> Answer:
        """What a list offers; one that is none of ours offers nothing."""
        try:
            found = await self.store.read(asking.workspace, suggest, asking.caller, source, typed)
        except BadInput:
            found = ()
        results = [{"title": one.label, "value": one.value} for one in found]
        return Answer(body={"statusCode": 200, "type": SEARCHED, "value": {"results": results}})

    async def _came(self, asking: Asking, *, first: bool) -> Answer:
        """The bot came into somebody's chat: they see their own page."""
        if first:
            await self._begun(asking, "event", uses.came)
        return Answer()

    async def _team(self, workspace: WorkspaceId, changed: TeamChanged, service: str) -> Answer:
        references = self.reaching.references
        if changed.added:
            await references.keep_team(workspace, changed.team, service)
        else:
            await references.forget_team(workspace, changed.team)
        return Answer()

    async def _once(self, asking: Asking, kind: str, use: Callable[..., Prompt], *args: Any) -> Prompt:
        return await self.store.once(asking.workspace, asking.key, kind, use, *args)

    async def _begun(self, asking: Asking, kind: str, use: Callable[..., Prompt], *args: Any) -> Prompt:
        """Ask the directory who it is, then run `use(caller, *args)`."""
        profiles = (await self.directory.sender(asking.where),)
        caller = self.rights.vouched(asking.caller, profiles)
        said = await self._once(asking, kind, knowing, profiles, use, caller, *args)
        self.people.forget(asking.caller.address)
        return said

    async def _with_manager(self, asking: Asking, *, joining: bool) -> Asking:
        """The same, with whom the directory names as the manager of who joins; nobody else is asked after."""
        manager = await self.directory.manager(asking.caller.address) if joining else None
        return replace(asking, caller=replace(asking.caller, manager=manager))

    async def _vouched(
        self, asking: Asking, values: dict[str, tuple[str, ...]], form: FormPrompt
    ) -> tuple[Profile, ...]:
        """What the directory says of people a form names and whom nobody here knows yet."""
        named = [Address(who) for one in fields(form) for who in values.get(one.key, ()) if _is_person(who)]
        unknown = [who for who in named if not (await self.people.known(asking.workspace, who)).listed]
        return await self.directory.others(asking.workspace, unknown)

    async def _card(self, asking: Asking, said: Prompt) -> Answer:
        shown = await self.showing.shown(asking.workspace, said, asking.reader)
        return _replaced(shown.card)

    async def _again(
        self, asking: Asking, form: FormPrompt, values: dict[str, tuple[str, ...]], bad: BadForm
    ) -> Answer:
        """The form once more, as it was filled in, each problem above its field.

        What is pressed stands below all fields, on a phone far from them: there it says which to look at.
        """
        locale = asking.reader.locale
        wrong = {one.field: without_slash(labels.problem(one, locale, form.form)) for one in bad.problems}

        def told(view: View) -> View:
            return _with_problems(view, values, wrong, word("again", locale))

        shown = await self.showing.shown(asking.workspace, form, asking.reader, told=told)
        return _replaced(shown.card)

    def _replying(self, asking: Asking, *, page: bool) -> Asking:
        """The same, with the message that was pressed as the place of the answer, but for one's own page."""
        reply_to = None if page else asking.where.message
        return replace(asking, caller=replace(asking.caller, reply_to=reply_to))

    def _arrived(self, asking: Asking, mark: str) -> None:
        """A message whose button was pressed arrived: that ends a doubt."""
        if mark and asking.where.pressed:
            ref = message_ref(asking.where.conversation, asking.where.pressed)
            self.background.spawn(self.store.arrived(asking.workspace, mark, ref))

    def _too_much(self, asking: Asking, what: Happening, seconds: int) -> Answer:
        """Tell somebody to wait; whoever goes on writing, once a minute, for nothing paces such a line."""
        log.warning("too_much_at_once", kind=type(what).__name__.lower(), seconds=seconds)
        text = view_of(TooMuchAtOnce(seconds), asking.reader).text
        if isinstance(what, Searched):
            return Answer(body={"statusCode": 200, "type": SEARCHED, "value": {"results": []}})
        if isinstance(what, Typed):
            if not self.limits.wait(Kind.TOLD, asking.workspace, asking.caller.address, asking.key):
                self._aside(asking, text)
            return Answer()
        return _line(text)

    def _sorry(self, incident: str, activity: Json, service: str, *, invoked: bool) -> Answer:
        text = view_of(Sorry(incident, self.house.support), READER).text
        if invoked:
            return _line(text)
        place = where(activity, self.tenant, service)
        if place is not None and activity.get("type") == "message":
            self._say(place, text, READER)
            return Answer()
        return Answer(UNAVAILABLE)

    def _aside(self, asking: Asking, text: str) -> None:
        self._say(asking.where, text, asking.reader)

    def _say(self, place: Where, text: str, reader: Reader) -> None:
        """Say a line where somebody wrote; it may be lost."""
        told = card(View(text, (Note((Span(text),)),)), reader)
        self.background.spawn(_done(self.calls.say(place.service, place.conversation, told, text)))


async def _done(call: Awaitable[object]) -> None:
    await call


def _is_person(value: str) -> bool:
    return value.startswith(f"{PLATFORM}:") and "@" not in value


def _replaced(made: Json) -> Answer:
    return Answer(body={"statusCode": 200, "type": CONTENT_TYPE, "value": made})


def _line(text: str) -> Answer:
    """An answer that leaves the card as it is."""
    return Answer(body={"statusCode": 200, "type": LINE, "value": text})


def _with_problems(view: View, values: dict[str, tuple[str, ...]], wrong: dict[str, str], again: str) -> View:
    blocks: list[Any] = []
    for one in view.blocks:
        if isinstance(one, Input):
            if one.key in wrong:
                blocks.append(Note((Span(wrong[one.key], bold=True),)))
            blocks.append(with_values(one, values))
        else:
            blocks.append(one)
    elsewhere = [
        text
        for key, text in wrong.items()
        if key not in {one.key for one in view.blocks if isinstance(one, Input)}
    ]
    first = [Note((Span(text, bold=True),)) for text in elsewhere]
    named = [one.label for one in view.blocks if isinstance(one, Input) and one.key in wrong]
    last = [Note((Span(again.format(fields=", ".join(named)), bold=True),))] if named else []
    return replace(view, text=" ".join((*wrong.values(), view.text)), blocks=(*first, *blocks, *last))
