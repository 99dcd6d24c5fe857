"""Talking to the bot as people do: through the sandbox's own calls and nothing else."""

from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]


class WrongUseError(AssertionError):
    """The sandbox refused a call; its words say why."""


@dataclass
class Town:
    """A workspace with the bot in it. People are named by their roster ids; times are ISO strings."""

    http: httpx.AsyncClient

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
        return _told(await self.http.post(path, json=body))


def _told(answer: httpx.Response) -> Json:
    told: Json = answer.json()
    if answer.is_error:
        raise WrongUseError(f"{answer.request.url.path}: {told['error']}")
    return told
