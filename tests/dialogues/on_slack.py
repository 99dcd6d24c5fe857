"""A town on Slack: the bot beside the stand-in for Slack, talked to through the sandbox's own calls."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from cryptography.fernet import Fernet

from bot.settings import read_settings
from sandbox.actions import act
from sandbox.manifest import read_manifest
from sandbox.messages import Message
from sandbox.optin import opt_in
from sandbox.people import RosterPerson
from sandbox.reading import pressables, read_blocks
from sandbox.running import RunningSandbox
from sandbox.serving import address_of, loopback_socket
from sandbox.story import prepare
from sandbox.workspace import Workspace
from tests.dialogues.process import BotProcess
from tests.dialogues.town import SUPPORT, TUESDAY, Json, Town, WrongUseError
from tests.loopback import loopback_client
from tests.tree import ROOT

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-town-0000"
LONGEST_CALL = 300.0
_MENTION = re.compile(r"(?<!\w)@(?=[A-Z])")
"""What stands before a name that is a mention."""


@dataclass
class SlackTown(Town):
    """`http` makes the sandbox's calls, `sandbox` is the workspace from inside."""

    http: httpx.AsyncClient
    sandbox: RunningSandbox

    async def state(self, person: str | None = None) -> Json:
        """Everything, or what one person sees."""
        told = await self._get("/sandbox/state", {"person": person} if person else {})
        for one in told["messages"]:
            one["text"] = _MENTION.sub("", one["text"])
        return told

    async def say(self, person: str, text: str, channel: str | None = None) -> str:
        """Type something; the texts of the answers that only this person sees."""
        given = {"person": person, "text": text} | ({"channel": channel} if channel else {})
        answer = await self._post("/sandbox/say", given)
        return _MENTION.sub("", "\n".join(one["text"] for one in answer.get("replies", [])))

    async def press(self, person: str, button: str, message: str | None = None) -> None:
        """Press a button of a message (its ts, "home", "form", or the newest message that has it)."""
        where = message or await self.newest_with(person, button)
        await self._post("/sandbox/press", {"person": person, "message": where, "button": button})

    async def submit(self, person: str, **fields: Any) -> Json:
        """Fill in and send the open window."""
        named = {label.replace("_", " "): value for label, value in fields.items()}
        return await self._post("/sandbox/submit", {"person": person, "fields": named})

    async def cancel(self, person: str) -> None:
        """Close the open window."""
        await self._post("/sandbox/cancel", {"person": person})

    async def form(self, person: str) -> dict[str, Json]:
        """The fields of the person's open window, by label."""
        forms = (await self.state(person))["forms"]
        assert forms, f"{person} has no form open"
        return {field["label"]: field for field in forms[-1]["fields"]}

    async def hint(self, person: str, label: str) -> str:
        """The hint of a field of the open window."""
        blocks = (await self._modal(person))["blocks"]
        return next(str(one["hint"]["text"]) for one in blocks if one.get("label", {}).get("text") == label)

    async def window(self, person: str) -> str:
        """What the person's open window says, its title first."""
        modal = await self._modal(person)
        said = "\n".join([modal["title"]["text"], read_blocks(self.sandbox.workspace, modal["blocks"])])
        return _MENTION.sub("", said)

    async def looks_into(self, person: str, text: str) -> str:
        """Type a command; what its window says, and nothing is said beside it."""
        assert await self.say(person, text) == ""
        return await self.window(person)

    async def stands(self) -> str:
        """The texts of all messages."""
        return "\n".join(one["text"] for one in (await self.state())["messages"])

    async def home(self, person: str) -> str:
        """Open the App Home and read it."""
        await self._post("/sandbox/home", {"person": person})
        (page,) = (await self.state(person))["home"].values()
        return _MENTION.sub("", page["text"])

    async def skip(self, days: float) -> None:
        """Move the clock forward."""
        await self._post("/sandbox/clock", {"days": days})

    def reach(self, moment: datetime) -> None:
        """Set the stand-in's clock forward, which the bot's own follows when it starts."""
        self.sandbox.workspace.clock.reach(moment)

    async def go_to(self, moment: str) -> None:
        """Move the clock forward to a moment."""
        await self._post("/sandbox/clock", {"to": moment})

    async def fail(self, method: str, **how: Any) -> None:
        """Make the stand-in fail."""
        await self._post("/sandbox/fault", {"method": method, **how})

    async def asks_to_wait(self, seconds: int, times: int) -> None:
        """Slack limits the next posts."""
        await self.fail("chat.postMessage", error="ratelimited", retry_after=seconds, times=times)

    async def loses_answers(self, times: int) -> None:
        """The connection breaks once a post is taken, or Slack fails then."""
        for each in range(times):
            broken: Json = {"status": 500} if each % 2 else {"drop": True}
            await self.fail("chat.postMessage", after=True, **broken)

    async def shuts_out(self, times: int) -> None:
        """The bot was taken out of where it posts next."""
        await self.fail("chat.postMessage", error="not_in_channel", times=times)

    async def leaves_the_company(self, person: str) -> None:
        """The person's account is closed."""
        await self._post("/sandbox/member", {"person": person, "deleted": True})

    async def opt_everyone_in(self) -> Json:
        """Everybody on the roster opts in with what they declared."""
        return await self._post("/sandbox/opt-everyone-in", {})

    async def join(self, *people: str) -> None:
        """These people opt in with what they declared."""
        members = [self.sandbox.workspace.person(one) for one in people]
        failed = await opt_in(self.sandbox.slack, [member for member in members if member])
        assert failed == {}

    async def drawn(self, person: str, words: str) -> Json:
        """The text and blocks behind the newest message with these words, without the ids that Slack adds."""
        message = await self.as_it_was(person, words)
        blocks = [{name: part for name, part in one.items() if name != "block_id"} for one in message.blocks]
        return {"text": message.text, "blocks": blocks}

    async def both_read(self, one: str, other: str, words: str) -> str:
        """What stands in the room of the two with these words."""
        shown = await self.message_with(one, words)
        assert shown == await self.message_with(other, words)
        (room,) = [each for each in (await self.state(one))["channels"] if each["id"] == shown["channel"]]
        two = {member.id for each in (one, other) if (member := self.sandbox.workspace.person(each))}
        assert (room["kind"], set(room["members"])) == ("group", two | {shown["author"]})
        return str(shown["text"])

    async def as_it_was(self, person: str, words: str) -> Message:
        """The newest message with these words as it stands."""
        message = self.sandbox.workspace.messages.find((await self.message_with(person, words))["ts"])
        assert message is not None
        return deepcopy(message)

    async def press_old(self, person: str, old: Message, button: str) -> str:
        """Press a button of a message as it was; what stands in its place then."""
        slack = self.sandbox.slack
        member = slack.workspace.person(person)
        assert member is not None
        pressed = next(one for one in pressables(old.blocks) if one.label == button)
        await act(slack, member, old, (pressed.block, pressed.element), pressed.raw)
        await slack.timeline.settle()
        return await self.reads(person, old.ts)

    def command(self, words: str) -> str:
        """A slash command."""
        return f"/mentor {words}"

    async def _modal(self, person: str) -> Json:
        modal: Json | None = (await self._get("/sandbox/screen", {"person": person}))["modal"]
        assert modal is not None, f"{person} has no window open"
        return modal

    async def _get(self, path: str, params: Json) -> Json:
        return _told(await self.http.get(path, params=params))

    async def _post(self, path: str, body: Json) -> Json:
        if "person" in body:
            self.acts.append((body["person"], self.sandbox.workspace.clock.now()))
        return _told(await self.http.post(path, json=body))


def _told(answer: httpx.Response) -> Json:
    told: Json = answer.json()
    if answer.is_error:
        raise WrongUseError(f"{answer.request.url.path}: {told['error']}")
    return told


@asynccontextmanager
async def slack_town(
    database_url: str, roster: list[RosterPerson], *, set_up: bool = True
) -> AsyncIterator[SlackTown]:
    """The bot and the stand-in, from a Tuesday morning on, with the programme `set_up` or not."""
    bound = loopback_socket()
    manifest = read_manifest(ROOT / "manifest.yml")
    sandbox = RunningSandbox(
        Workspace(roster, manifest=manifest, start=TUESDAY, seed=1),
        bot_address=address_of(bound),
        signing_secret=SECRET,
        bot_token=TOKEN,
    )
    settings = read_settings(
        given={
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_BASE_URL": sandbox.web_api,
            "DATABASE_URL": database_url,
            "BOTHWAYS_SECRET_KEYS": Fernet.generate_key().decode(),
            "BOTHWAYS_TICK_SECONDS": "3600",
            "BOTHWAYS_SUPPORT": SUPPORT,
            "BOTHWAYS_PUBLIC_URL": address_of(bound),
        },
    )
    bot = BotProcess(settings, sandbox.workspace.clock.now)
    async with sandbox, bot.at_work(bound), loopback_client(sandbox.address, LONGEST_CALL) as http:
        if set_up:
            trouble = await prepare(sandbox.slack)
            assert trouble is None, trouble
        yield SlackTown(bot, http, sandbox)
