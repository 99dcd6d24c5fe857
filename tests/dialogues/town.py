"""A town: what people do and see there, whatever the platform they work on."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.dialogues.process import BotProcess

Json = dict[str, Any]

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""When every town begins."""
SUPPORT = "mentoring@example.com"


class WrongUseError(AssertionError):
    """What was asked for cannot be done there; the words say why."""


@dataclass
class Town(ABC):
    """A company with the bot in it. People are named by their roster ids; times are ISO strings.

    Commands are written as on Slack (`/mentor pairs`) and typed as the platform wants them. What is read is
    text without marks; a name that is a mention is read as the name. A form, and what takes its place, is
    the person's open window, wherever the platform shows it; the other messages are those of `state`.
    `bot` is the process that can be stopped and started.
    """

    bot: BotProcess
    acts: list[tuple[str, datetime]] = field(default_factory=list, kw_only=True)
    """Who typed, pressed or sent a form, and when."""

    @abstractmethod
    async def state(self, person: str | None = None) -> Json:
        """Everything, or what one person sees, as `GET /sandbox/state` tells it."""

    @abstractmethod
    async def say(self, person: str, text: str, channel: str | None = None) -> str:
        """Type something; the texts of the answers, which this person alone sees."""

    @abstractmethod
    async def press(self, person: str, button: str, message: str | None = None) -> None:
        """Press a button: of a message by its ts, of "home", of the open "form".

        Without `message` it is that of the newest message which has one of this label.
        """

    @abstractmethod
    async def submit(self, person: str, **fields: Any) -> Json:
        """Fill in and send the open form: `ok`, or the `errors` by label.

        Labels' blanks are written as underscores.
        """

    @abstractmethod
    async def cancel(self, person: str) -> None:
        """Have done with the open form."""

    @abstractmethod
    async def form(self, person: str) -> dict[str, Json]:
        """The fields of the person's open form, by label: kind, options and value of each."""

    @abstractmethod
    async def hint(self, person: str, label: str) -> str:
        """What stands under a field of the open form."""

    @abstractmethod
    async def window(self, person: str) -> str:
        """What the person's open window says, a form's title first."""

    @abstractmethod
    async def looks_into(self, person: str, text: str) -> str:
        """Type a command that is answered in a window, where there are windows; what it says, open now."""

    @abstractmethod
    async def stands(self) -> str:
        """All that stands in any conversation, what was replaced too where the platform keeps it."""

    @abstractmethod
    async def home(self, person: str) -> str:
        """What somebody's own page says when they look at it."""

    @abstractmethod
    async def go_to(self, moment: str) -> None:
        """Move the clock forward to a moment, letting everything due happen in order."""

    @abstractmethod
    async def skip(self, days: float) -> None:
        """Move the clock forward."""

    @abstractmethod
    def reach(self, moment: datetime) -> None:
        """Set the clock forward without telling the bot."""

    @abstractmethod
    async def join(self, *people: str) -> None:
        """These people opt in with what they declared."""

    @abstractmethod
    async def opt_everyone_in(self) -> Json:
        """Everybody on the roster opts in with what they declared."""

    @abstractmethod
    async def drawn(self, person: str, words: str) -> Json:
        """What the platform was sent for the newest message with these words.

        What names the one message alone is left out.
        """

    @abstractmethod
    async def both_read(self, one: str, other: str, words: str) -> str:
        """What both of a pair, and nobody else, read with these words, in one room or each by themselves."""

    @abstractmethod
    async def as_it_was(self, person: str, words: str) -> Any:
        """The newest message with these words as it stands, for `press_old` when it has long changed."""

    @abstractmethod
    async def press_old(self, person: str, old: Any, button: str) -> str:
        """Press a button of a message as it was; what stands in its place then."""

    @abstractmethod
    async def asks_to_wait(self, seconds: int, times: int) -> None:
        """The platform refuses the next messages, and says how long to wait before the next try."""

    @abstractmethod
    async def loses_answers(self, times: int) -> None:
        """The platform takes the next messages, and its answers to them do not come."""

    @abstractmethod
    async def shuts_out(self, times: int) -> None:
        """The platform refuses the next messages for good: the bot is not there any more."""

    @abstractmethod
    def command(self, words: str) -> str:
        """How somebody here types a command: what the bot's own words call it."""

    async def away_until(self, moment: str) -> None:
        """The bot does not run until a moment; then it starts, and does all that is due."""
        await self.bot.stop()
        self.reach(datetime.fromisoformat(moment))
        await self.bot.start()
        await self.skip(0)

    async def keep_away(self, person: str, other: str) -> None:
        """Somebody asks never to be brought together with somebody else."""
        await self.say(person, "/mentor block")
        await self.press(person, "Keep me away from somebody")
        assert (await self.submit(person, The_person=other))["ok"]

    async def release_a_round(self) -> None:
        """The owner drafts a round, looks it over and releases it."""
        owner = await self.owner()
        await self.say(owner, "/mentor match")
        await self.press(owner, "Review pairs")
        await self.press(owner, "Release")

    async def answers(self, person: str, button: str) -> str:
        """Press the newest button of that label; what its message says then, or what is told beside it."""
        pressed = await self.newest_with(person, button)
        before, heard = await self.reads(person, pressed), len(await self.heard(person))
        await self.press(person, button, pressed)
        after = await self.reads(person, pressed)
        return after if after != before else "\n".join((await self.heard(person))[heard:])

    async def message_with(self, person: str, words: str) -> Json:
        """The newest message with these words that a person sees."""
        messages: list[Json] = (await self.state(person))["messages"]
        return next(one for one in reversed(messages) if words in one["text"])

    async def reads(self, person: str, message: str) -> str:
        """What a message says now."""
        messages = (await self.state(person))["messages"]
        return str(next(one["text"] for one in messages if one["ts"] == message))

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

    async def newest_with(self, person: str, button: str) -> str:
        """The ts of the newest message with a button; WrongUseError where there is none."""
        messages = (await self.state(person))["messages"]
        found = [one["ts"] for one in messages if button in one["buttons"]]
        if not found:
            raise WrongUseError(f"{person} sees no button {button!r}: {[m['buttons'] for m in messages]}")
        return str(found[-1])


Founding = Callable[..., AbstractAsyncContextManager[Town]]
"""Makes a town of a roster; with `set_up=False` nobody has set up a programme in it."""
