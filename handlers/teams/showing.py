"""Prompts as cards, with what only an asking can tell: names of people chosen, channels to choose from."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import httpx

from bot.mail import References
from bot.mentoring.ids import Address, WorkspaceId, local_id
from bot.mentoring.prompts import FormPrompt, Home, OwnerHome, ParticipantHome, Prompt
from bot.ports import NewId, Records
from handlers.shared.show import view_of
from handlers.shared.store import Store
from handlers.shared.types import Json
from handlers.teams.cards import Carried, card
from handlers.teams.ids import channel
from handlers.teams.inputs import OPTIONS
from handlers.teams.library import Calls
from handlers.teams.words import word
from prompts.view import (
    Block,
    Bullets,
    Input,
    InputKind,
    Note,
    Option,
    Paragraph,
    Reader,
    Span,
    View,
)

PAGES = (Home, ParticipantHome, OwnerHome)
PATIENCE = 5.0
"""Seconds that a team may take to name its channels."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """How a form is kept in its own card: only we can make one, and nobody can read it.

    `open` gives None for what is no form of this workspace and this version.
    """

    close: Callable[[WorkspaceId, FormPrompt], str]
    open: Callable[[WorkspaceId, str], FormPrompt | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A card, and what says it where there is room for a line."""

    card: Json
    summary: str


class Showing:
    """Shows prompts on Teams."""

    def __init__(self, calls: Calls, store: Store, references: References, sealer: Sealer) -> None:
        self._calls = calls
        self._store = store
        self._references = references
        self.sealer = sealer

    async def shown(
        self,
        workspace: WorkspaceId,
        prompt: Prompt,
        reader: Reader,
        *,
        mark: str = "",
        told: Callable[[View], View] = lambda view: view,
    ) -> Shown:
        """The card of a prompt for its reader; `mark` is the message of the outbox it leaves with.

        `told` adds what only this reader is told.
        """
        view = told(await self._named(workspace, prompt, reader))
        sealed = ""
        if isinstance(prompt, FormPrompt):
            sealed = self.sealer.close(workspace, prompt)
            view = await self.dressed(workspace, view, reader)
        carried = Carried(mark, sealed, page=isinstance(prompt, PAGES))
        return Shown(card(view, reader, carried), view.text)

    async def _named(self, workspace: WorkspaceId, prompt: Prompt, reader: Reader) -> View:
        """The prompt in words, with the names of people to whom it only points: Teams mentions nobody."""
        view = view_of(prompt, reader)
        pointed = {span.person for span in _spans(view) if span.person and not span.named}
        if not pointed:
            return view
        names = await self._store.read(workspace, names_of, tuple(pointed))
        return view_of(prompt, replace(reader, names=tuple(names.items())))

    async def dressed(self, workspace: WorkspaceId, view: View, reader: Reader) -> View:
        """The view with names for the people who are chosen in it, and with the channels it asks for."""
        people = [
            Address(who)
            for one in view.blocks
            if isinstance(one, Input) and one.kind in (InputKind.PERSON, InputKind.PEOPLE)
            for who in one.initial
        ]
        names = await self._store.read(workspace, names_of, tuple(people)) if people else {}
        blocks: list[Block] = []
        for one in view.blocks:
            if isinstance(one, Input) and one.kind in (InputKind.PERSON, InputKind.PEOPLE):
                told = dict(zip(one.initial, one.initial_labels, strict=False))
                labels = tuple(
                    names.get(Address(who)) or told.get(who) or local_id(Address(who)) for who in one.initial
                )
                blocks.append(replace(one, initial_labels=labels))
            elif isinstance(one, Input) and one.kind is InputKind.CHANNEL:
                blocks.append(await self._with_channels(workspace, one, reader))
            else:
                blocks.append(one)
        return replace(view, blocks=tuple(blocks))

    async def _with_channels(self, workspace: WorkspaceId, field: Input, reader: Reader) -> Input:
        """The field with the channels of the teams the bot is in; its hint says so where it is in none.

        More than a list takes are cut, the chosen one never; then its hint says that there are others.
        """
        teams = await self._references.teams(workspace)
        several = len(teams) > 1
        asked = [self._channels(team, service, reader, named=several) for team, service in teams.items()]
        options = tuple(option for some in await asyncio.gather(*asked) for option in some)
        if not options:
            return replace(field, hint=word("no_channel", reader.locale))
        if len(options) <= OPTIONS:
            return replace(field, options=options)
        chosen = {local_id(Address(one)) for one in field.initial}
        first = sorted(options, key=lambda one: one.value not in chosen)[:OPTIONS]
        more = word("more_channels", reader.locale).format(listed=OPTIONS, all=len(options))
        return replace(field, options=tuple(first), hint=f"{field.hint} {more}")

    async def _channels(self, team: str, service: str, reader: Reader, *, named: bool) -> tuple[Option, ...]:
        """The channels of a team; each is `named` by its team too where there are several."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._calls.channels(service, team)
                before = await self._calls.team(service, team) if named else ""
        except (httpx.HTTPError, TimeoutError, ValueError):
            return ()
        start = f"{before}: " if before else ""
        labels = [(channel("", thread), name or word("general", reader.locale)) for thread, name in found]
        return tuple(Option(local_id(where), start + name) for where, name in labels if where is not None)


def _spans(view: View) -> Iterator[Span]:
    for block in view.blocks:
        if isinstance(block, Paragraph | Note):
            yield from block.line
        elif isinstance(block, Bullets):
            yield from chain.from_iterable(block.items)


def names_of(
    people: tuple[Address, ...], *, records: Records, now: datetime, new_id: NewId
) -> dict[Address, str]:
    """What people are called here, or in the directory."""
    del now, new_id  # a use takes them; a look-up needs neither
    names: dict[Address, str] = {}
    for who in people:
        one, profile = records.participant_at(who), records.profile(who)
        name = one.name if one is not None else profile.name if profile is not None else ""
        if name:
            names[who] = name
    return names
