"""What Slack may send us: acknowledge, parse, one unit of work, render, reply."""

import re
from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.mentoring.prompts import Prompt
from handlers.buttons import press
from handlers.commands import answer, only_reads
from handlers.forms import fill, leave, submit, suggest
from handlers.shared.newcomers import asks_to_begin, begins, knowing
from handlers.shared.show import view_of
from handlers.shared.types import Json
from handlers.slack.asking import KEY, Asking, Spot, acting_user, typed_words
from handlers.slack.blocks import BESIDE, message
from handlers.slack.client import Installed
from handlers.slack.happenings import HAPPENINGS, fact_of
from handlers.slack.inputs import ELEMENT, SUGGEST, filled_in, options
from handlers.slack.modals import modal
from handlers.slack.refs import proven
from handlers.slack.windows import Windows

COMMAND = "/mentor"
HOME_OPENED = "app_home_opened"
BUTTON = re.compile(rf"^[a-z_]+#[0-9]{{1,4}}{re.escape(BESIDE)}?$")
_FIELD = re.compile(f"^({ELEMENT}|{SUGGEST}[a-z]+)$")


@dataclass(frozen=True)
class Listeners:
    """The listeners, over what they share."""

    installed: Installed
    windows: Windows

    async def asking(self, body: Json, context: AsyncBoltContext) -> Asking:
        """Who asks, and where."""
        identity = await self.installed.identity()
        who = identity.address(acting_user(body)[0])
        known = await self.windows.people.known(identity.workspace, who)
        return self.windows.asked.read(body, context[KEY], identity, known)

    async def command(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """`/mentor …`: the answer is the response, or a window where it is a form."""
        asking = await self.asking(body, context)
        words = typed_words(str(body.get("text") or ""), await self.installed.identity())
        if asks_to_begin(words):
            prompt = await self.windows.profiled(asking, "command", answer, words)
        else:
            prompt = await self.answered(asking, words)
            self.windows.show(asking, prompt)
        await ack(ephemeral(prompt, asking.spot))

    async def answered(self, asking: Asking, words: str) -> Prompt:
        """The answer to a command: its effect happens once only, and what has none needs no inbox."""
        store, caller = self.windows.store, asking.caller
        if only_reads(words):
            return await store.read(asking.workspace, answer, caller, words)
        return await store.once(asking.workspace, asking.key, "command", answer, caller, words)

    async def button(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """A pressed button: the outbox puts the answer in its message's place, or a window shows it."""
        asking = await self.asking(body, context)
        pressed = body["actions"][0]
        action, value = pressed["action_id"].partition("#")[0], str(pressed.get("value") or "")
        await ack()
        self.windows.arrived(asking, proven(body))
        if begins(action):
            await self.windows.profiled(asking, "button", press, action, value)
            return
        prompt = await self.windows.store.once(
            asking.workspace, asking.key, "button", press, asking.caller, action, value
        )
        self.windows.show(asking, prompt)

    async def form(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """A sent form: the answer takes its place in the window; BadForm's problems stand beside fields."""
        asking, view = await self.asking(body, context), body["view"]
        windows, team = self.windows, (await self.installed.identity()).team
        profiles = await windows.directory.vouched(asking.caller.address, view)
        caller = windows.asked.rights.vouched(asking.caller, profiles)
        sent = (view["callback_id"], view.get("private_metadata") or "", filled_in(view, team))
        prompt = await windows.store.once(
            asking.workspace, asking.key, "form", knowing, profiles, submit, caller, *sent
        )
        windows.people.forget(caller.address)
        windows.publish(asking)
        await ack(response_action="update", view=in_window(prompt, asking.spot))

    async def filled(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """A field of a form that keeps what stands in it: Slack tells all of it at each choice."""
        asking, view = await self.asking(body, context), body.get("view") or {}
        values = filled_in(view, (await self.installed.identity()).team)
        await self.windows.store.run(
            asking.workspace, fill, asking.caller, str(view.get("callback_id")), values
        )
        await ack()

    async def closed(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """A form closed without being sent. Slack does not tell what stood in it."""
        asking, form = await self.asking(body, context), str(body["view"].get("callback_id"))
        await self.windows.store.run(asking.workspace, leave, asking.caller, form)
        self.windows.publish(asking)
        await ack()

    async def suggestion(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        """What a typeahead field offers."""
        asking = await self.asking(body, context)
        source, typed = str(body["action_id"]).removeprefix(SUGGEST), str(body.get("value") or "")
        found = await self.windows.store.read(asking.workspace, suggest, asking.caller, source, typed)
        await ack(options=options(found))

    async def home_opened(self, event: Json, body: Json, context: AsyncBoltContext) -> None:
        """Somebody opened the app's page: it is shown to them as it is now."""
        if event.get("tab") == "home":
            who = {"user_id": event["user"], "team_id": body.get("team_id")}
            self.windows.opened(await self.asking(who, context))

    async def happening(self, event: Json, context: AsyncBoltContext) -> None:
        """Anything else that Slack tells of: into the inbox, then acknowledged."""
        identity = await self.installed.identity()
        fact = fact_of(event, identity)
        if fact is not None:
            await self.windows.store.take(identity.workspace, context[KEY], *fact)


def ephemeral(prompt: Prompt | None, spot: Spot) -> Json | str:
    """An answer seen by one person, as the response to their command; empty for what a window shows."""
    if prompt is None or prompt.windowed:
        return ""
    return {"response_type": "ephemeral", **message(view_of(prompt, spot.reader))}


def in_window(prompt: Prompt, spot: Spot) -> Json:
    """An answer in the place of the window it answers."""
    return modal(view_of(prompt, spot.reader), spot.reader, title=spot.title)


def register(app: AsyncApp, listeners: Listeners) -> None:
    """Tell Bolt which listener hears what."""
    app.command(COMMAND)(listeners.command)
    app.action(BUTTON)(listeners.button)
    app.view_submission(re.compile(r"^[a-z_]+$"))(listeners.form)
    app.action(_FIELD)(listeners.filled)
    app.view_closed(re.compile(r"^[a-z_]+$"))(listeners.closed)
    app.options(re.compile(f"^{SUGGEST}[a-z]+$"))(listeners.suggestion)
    app.event(HOME_OPENED)(listeners.home_opened)
    for name in HAPPENINGS:
        app.event(name)(listeners.happening)
