"""Windows and App Homes: calls that leave no message, made at once and lost at worst."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.mentoring.ids import local_id
from bot.mentoring.prompts import Prompt, Sorry
from handlers.home import home as home_of
from handlers.home import opened as home_opened
from handlers.shared.background import Background
from handlers.shared.newcomers import knowing
from handlers.shared.people import People
from handlers.shared.show import view_of
from handlers.shared.store import Store
from handlers.shared.types import Json
from handlers.slack.answers import Answers
from handlers.slack.asking import Asked, Asking, Place, Spot
from handlers.slack.blocks import message
from handlers.slack.calls import code_of, patiently
from handlers.slack.directory import Directory
from handlers.slack.modals import home, modal, waiting
from handlers.slack.words import word
from prompts.view import Reader, View

SOON = 0.5
"""Seconds the directory may take before a window holds its place: a trigger and an answer live for three."""
LATE = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "invalid_trigger_id"})


@dataclass(frozen=True)
class Windows:
    """Shows answers in windows, and people's own pages; every call runs in the background set."""

    client: AsyncWebClient
    answers: Answers
    directory: Directory
    store: Store
    people: People
    asked: Asked
    background: Background

    def show(self, asking: Asking, prompt: Prompt) -> None:
        """Show an answer where a window is the place for it: forms, and what is pressed outside messages."""
        if prompt.windowed or asking.spot.place in (Place.HOME, Place.WINDOW):
            self._spawn(asking.spot, self._shown(asking, view_of(prompt, asking.spot.reader)))

    async def profiled(
        self, asking: Asking, kind: str, use: Callable[..., Prompt], *args: Any
    ) -> Prompt | None:
        """Ask the directory who it is, then run `use(caller, *args)`.

        The answer, which is shown unless it is one to a command; None where it takes its time, so that a
        window stands for it until it comes. A refusal is thus a line wherever it can be.
        """
        answering = asyncio.create_task(self._vouched(asking, kind, use, *args))
        if asking.spot.place is not Place.WINDOW:
            await asyncio.wait({answering}, timeout=SOON)
        if not answering.done():
            self._spawn(asking.spot, self._held_open(asking, answering))
            return None
        prompt, reader = answering.result()
        asking = replace(asking, spot=replace(asking.spot, reader=reader))
        if asking.spot.place is Place.MESSAGE and not prompt.windowed:
            self.aside(asking.spot, prompt)
        self.show(asking, prompt)
        return prompt

    def aside(self, spot: Spot, prompt: Prompt) -> None:
        """Say something to the one person beside what they see, which stays as it is."""
        self.background.spawn(self._aside(spot, view_of(prompt, spot.reader)))

    def publish(self, asking: Asking) -> None:
        """Show somebody's own page anew, to themselves alone."""
        self.background.spawn(self._publish(asking))

    def opened(self, asking: Asking) -> None:
        """The same for somebody who opens it just now; whom the directory was never asked after, it is."""
        self.background.spawn(self._opened(asking))

    def arrived(self, asking: Asking, message: tuple[str, str] | None) -> None:
        """Note that a message arrived, since somebody pressed a button of it: that ends a doubt."""
        if message is not None:
            self.background.spawn(self.store.arrived(asking.workspace, *message))

    def sorry(self, spot: Spot, incident: str) -> None:
        """Tell the person that something broke, wherever they can still be told."""
        self.background.spawn(self._sorry(spot, incident))

    def _spawn(self, spot: Spot, work: Coroutine[Any, Any, None]) -> None:
        self.background.spawn(work, lambda incident: self._sorry(spot, incident))

    async def _sorry(self, spot: Spot, incident: str) -> None:
        view = view_of(Sorry(incident, self.asked.house.support), spot.reader)
        if spot.place is Place.WINDOW:
            await self._update(spot, view)
        else:
            await self._aside(spot, view)

    async def _aside(self, spot: Spot, view: View) -> None:
        if spot.answer_url and spot.place is not Place.WINDOW:
            await self.answers.tell(spot.answer_url, message(view))
        elif spot.trigger:
            await self._open(spot, modal(view, spot.reader))

    async def _shown(self, asking: Asking, view: View) -> None:
        spot = asking.spot
        if spot.place is Place.WINDOW:
            await self._update(spot, view)
        else:
            await self._open(spot, modal(view, spot.reader))
        if spot.place is Place.HOME:
            await self._publish(asking)

    async def _vouched(
        self, asking: Asking, kind: str, use: Callable[..., Prompt], *args: Any
    ) -> tuple[Prompt, Reader]:
        """What `use` answers to whom the directory vouches for, and how that person reads."""
        who = asking.caller.address
        profiles = (await self.directory.profile(who),)
        caller = replace(self.asked.rights.vouched(asking.caller, profiles), reply_to=None)
        prompt = await self.store.once(
            asking.workspace, asking.key, kind, knowing, profiles, use, caller, *args
        )
        self.people.forget(who)
        return prompt, (await self.people.known(asking.workspace, who)).reader

    async def _held_open(self, asking: Asking, answering: asyncio.Task[tuple[Prompt, Reader]]) -> None:
        """Hold a window open, so that the trigger is used in time, and show the answer in it."""
        spot = asking.spot
        if spot.place is not Place.WINDOW:
            opened = ""
            try:
                opened = await self._open(spot, waiting(spot.reader))
            finally:
                if not opened:
                    answering.cancel()
            if not opened:
                return
            spot = Spot(Place.WINDOW, spot.reader, view=opened)
        self._spawn(spot, self._filled(spot, answering))

    async def _filled(self, spot: Spot, answering: asyncio.Task[tuple[Prompt, Reader]]) -> None:
        prompt, reader = await answering
        await self._update(spot, view_of(prompt, reader))

    async def _opened(self, asking: Asking) -> None:
        who = asking.caller.address
        known = await self.people.known(asking.workspace, who)
        profiles = () if known.listed else await self.directory.profiles((who,))
        if profiles:
            self.people.forget(who)
        caller = self.asked.rights.vouched(asking.caller, profiles)
        prompt = await self.store.run(asking.workspace, knowing, profiles, home_opened, caller)
        await self._published(asking, prompt)

    async def _publish(self, asking: Asking) -> None:
        await self._published(asking, await self.store.read(asking.workspace, home_of, asking.caller))

    async def _published(self, asking: Asking, prompt: Prompt) -> None:
        known = await self.people.known(asking.workspace, asking.caller.address)
        shown = home(view_of(prompt, known.reader))
        user = local_id(asking.caller.address)
        await patiently(lambda: self.client.views_publish(user_id=user, view=shown))

    async def _update(self, spot: Spot, view: View) -> None:
        shown = modal(view, spot.reader, title=spot.title)
        await patiently(lambda: self.client.views_update(view_id=spot.view, view=shown))

    async def _open(self, spot: Spot, shown: Json) -> str:
        """Open a window, above the one it comes from, and give its id.

        Empty where the trigger had run out, and the person was told.
        """
        try:
            if spot.place is Place.WINDOW:
                opened = await self.client.views_push(trigger_id=spot.trigger, view=shown)
            else:
                opened = await self.client.views_open(trigger_id=spot.trigger, view=shown)
        except SlackApiError as error:
            if code_of(error) not in LATE:
                raise
            if spot.answer_url:
                await self.answers.tell(spot.answer_url, {"text": word("late", spot.reader.locale)})
            return ""
        return str(opened["view"]["id"])
