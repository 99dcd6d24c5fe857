"""Talking to the bot as people do: through the sandbox's own calls and nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from sandbox.optin import opt_in
from sandbox.reading import read_blocks
from sandbox.running import RunningSandbox
from tests.dialogues.process import BotProcess

Json = dict[str, Any]


class WrongUseError(AssertionError):
    """The sandbox refused a call; its words say why."""


@dataclass
class Town:
    """A workspace with the bot in it. People are named by their roster ids; times are ISO strings.

    `sandbox` is the workspace from inside, `bot` the process that can be stopped and started.
    """

    http: httpx.AsyncClient
    sandbox: RunningSandbox
    bot: BotProcess
    acts: list[tuple[str, datetime]] = field(default_factory=list)
    """Who typed, pressed or sent a form, and when."""

    async def state(self, person: str | None = None) -> Json:
        """Everything, or what one person sees."""
        return await self._get("/sandbox/state", {"person": person} if person else {})

    async def say(self, person: str, text: str, channel: str | None = None) -> str:
        """Type something; the texts of the answers that only this person sees."""
        given = {"person": person, "text": text} | ({"channel": channel} if channel else {})
        answer = await self._post("/sandbox/say", given)
        return "\n".join(one["text"] for one in answer.get("replies", []))

    async def press(self, person: str, button: str, message: str | None = None) -> Json:
        """Press a button of a message (its ts, "home", or the newest message that has it)."""
        where = message or await self._newest_with(person, button)
        return await self._post("/sandbox/press", {"person": person, "message": where, "button": button})

    async def submit(self, person: str, **fields: Any) -> Json:
        """Fill in and send the open form; labels' blanks are written as underscores."""
        named = {label.replace("_", " "): value for label, value in fields.items()}
        return await self._post("/sandbox/submit", {"person": person, "fields": named})

    async def cancel(self, person: str) -> None:
        """Close the open form."""
        await self._post("/sandbox/cancel", {"person": person})

    async def skip(self, days: float) -> None:
        """Move the clock forward."""
        await self._post("/sandbox/clock", {"days": days})

    async def go_to(self, moment: str) -> None:
        """Move the clock forward to a moment."""
        await self._post("/sandbox/clock", {"to": moment})

    async def fail(self, method: str, **how: Any) -> None:
        """Make the stand-in fail."""
        await self._post("/sandbox/fault", {"method": method, **how})

    async def opt_everyone_in(self) -> Json:
        """Everybody on the roster opts in with what they declared."""
        return await self._post("/sandbox/opt-everyone-in", {})

    async def join(self, *people: str) -> None:
        """These people opt in with what they declared."""
        members = [self.sandbox.workspace.person(one) for one in people]
        failed = await opt_in(self.sandbox.slack, [member for member in members if member])
        assert failed == {}

    async def release_a_round(self) -> None:
        """The owner drafts a round, looks it over and releases it."""
        owner = await self.owner()
        await self.say(owner, "/mentor match")
        await self.press(owner, "Review pairs")
        await self.press(owner, "Release")

    async def answers(self, person: str, button: str) -> str:
        """Press the newest button of that label; what its message says then, or what is told beside it."""
        pressed = await self._newest_with(person, button)
        before, heard = await self.reads(person, pressed), len(await self.heard(person))
        await self.press(person, button, pressed)
        after = await self.reads(person, pressed)
        return after if after != before else "\n".join((await self.heard(person))[heard:])

    async def message_with(self, person: str, words: str) -> Json:
        """The newest message with these words that a person sees."""
        messages = (await self.state(person))["messages"]
        return next(one for one in reversed(messages) if words in one["text"])

    async def drawn(self, person: str, words: str) -> Json:
        """The text and blocks behind the newest message with these words, without the ids that Slack adds."""
        shown = await self.message_with(person, words)
        message = self.sandbox.workspace.messages.find(shown["ts"])
        assert message is not None
        blocks = [{name: part for name, part in one.items() if name != "block_id"} for one in message.blocks]
        return {"text": message.text, "blocks": blocks}

    async def reads(self, person: str, message: str) -> str:
        """What a message says now."""
        messages = (await self.state(person))["messages"]
        return str(next(one["text"] for one in messages if one["ts"] == message))

    async def window(self, person: str) -> str:
        """What the person's open window says, its title first."""
        screen = await self._get("/sandbox/screen", {"person": person})
        assert screen["modal"] is not None, f"{person} has no window open"
        title = screen["modal"]["title"]["text"]
        return "\n".join([title, read_blocks(self.sandbox.workspace, screen["modal"]["blocks"])])

    async def form(self, person: str) -> dict[str, Json]:
        """The fields of the person's open form, by label."""
        forms = (await self.state(person))["forms"]
        assert forms, f"{person} has no form open"
        return {field["label"]: field for field in forms[-1]["fields"]}

    async def heard(self, person: str) -> list[str]:
        """The texts of the bot's messages that a person sees in direct messages and rooms, oldest first."""
        seen = await self.state(person)
        quiet = {one["id"] for one in seen["channels"] if one["kind"] != "channel"}
        people = {one["id"] for one in seen["people"]}
        return [
            one["text"] for one in seen["messages"] if one["channel"] in quiet and one["author"] not in people
        ]

    async def owner(self) -> str:
        """The programme's owner."""
        people = (await self.state())["people"]
        return next(str(one["id"]) for one in people if one["owner"])

    async def _newest_with(self, person: str, button: str) -> str:
        messages = (await self.state(person))["messages"]
        found = [one["ts"] for one in messages if button in one["buttons"]]
        if not found:
            raise WrongUseError(f"{person} sees no button {button!r}: {[m['buttons'] for m in messages]}")
        return str(found[-1])

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
