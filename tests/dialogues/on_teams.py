"""A town on Teams: the bot beside a stand-in for Microsoft, reached through POST /teams/messages alone."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from bot.settings import SERVING, Settings, read_settings
from handlers.teams.words import word
from sandbox.clock import ProgrammeClock
from sandbox.members import OWNER_ID, workspace_members
from sandbox.people import RosterPerson
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.wall import wall_seconds
from tests.dialogues import cards
from tests.dialogues.company import BOT, CHANNEL, GENERAL, TeamsCompany
from tests.dialogues.differences import (
    ANSWER,
    COMMAND,
    CONCERN,
    CONTACT,
    FORM,
    LEFT,
    PAGE,
    PLACE,
    PROBLEMS,
    ROOM,
    TAKEN_OUT,
    differs,
)
from tests.dialogues.filling import declared, settings
from tests.dialogues.process import BotProcess
from tests.dialogues.town import SUPPORT, TUESDAY, Json, WrongUseError
from tests.loopback import loopback_client
from tests.stores import KEYS
from tests.teams.checking import problems
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, Person, Said

CARD = "application/vnd.microsoft.card.adaptive"
LONGEST_CALL = 300.0
STILL = (word("below"), word("noted"))
"""What a press is answered with where all there is to read stands in messages."""


@dataclass
class TeamsTown(TeamsCompany):
    """What people do in a company on Teams, and what they read there."""

    @differs(CONTACT)
    async def take_in(self, person: str) -> None:
        """Take the bot in, in the person's own chat, where it shows them their own page."""
        seen = self._seen(person)
        await self.act(person, type="installationUpdate", action="add")
        self.screen(person).apart |= {one.id for one in self._look(person, seen)}

    @differs(TAKEN_OUT)
    async def take_out(self, person: str) -> None:
        """Take the bot out of the person's own chat; what it has to say to them from then on fails."""
        self.disturbed = True
        await self.act(person, type="installationUpdate", action="remove")

    async def _here(self, person: str) -> None:
        """Whoever does something first has taken the bot in."""
        if self.member(person).id not in self.screens:
            await self.take_in(person)

    @differs(COMMAND, ANSWER)
    async def say(self, person: str, text: str, channel: str | None = None) -> str:
        """Write to the bot, a command without its slash; the texts of what it writes back."""
        assert channel is None, "Teams has no room of a pair"
        await self._here(person)
        seen = self._seen(person)
        await self.act(person, text=text.removeprefix("/mentor").strip() or "help")
        told = self._look(person, seen)
        self.screen(person).answers |= {one.id for one in told}
        return "\n".join(cards.text_of(one.card) for one in told)

    async def press(self, person: str, button: str, message: str | None = None) -> None:
        """Press a button of a message (its id, "home", "form", or the newest message that has it)."""
        screen = self.screen(person)
        match message:
            case "form":
                said = screen.window
            case "home":
                said = screen.page
            case _:
                wanted = message or await self.newest_with(person, button)
                said = next(one for one in self.microsoft.said if one.id == wanted)
        assert said is not None, f"{person} has no {message}"
        await self._press(person, said, button)

    @differs(PLACE)
    async def _press(
        self, person: str, said: Said, button: str, inputs: dict[str, str] | None = None
    ) -> Json:
        """Press; the card that takes the pressed one's place for the one who pressed, {} where none does."""
        screen, seen = self.screen(person), self._seen(person)
        times = next((one.replaced for one in self.microsoft.said if one.id == said.id), 0)
        value = {"action": pressed(said, button, inputs), "trigger": "manual"}
        more = {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": said.id}
        answer = await self.act(person, **more)
        self._look(person, seen)
        if answer["type"] != CARD:
            if answer["value"] not in STILL:
                self._line(person, answer["value"])
            return {}
        card: Json = answer["value"]
        stands = next((one for one in self.microsoft.said if one.id == said.id), said)
        if stands.replaced > times:
            stood = [cards.bare(one) for one in (*stands.before, stands.card)]
            assert cards.bare(card) in stood, "whoever pressed saw what stood there then"
        if stands.replaced == times or said is screen.window:
            screen.window = Said(said.conversation, said.id, card, card["fallbackText"], stands.replaced)
        return card

    # --- forms

    def _window(self, person: str) -> Said:
        window = self.screen(person).window
        if window is None:
            raise WrongUseError(f"{person} has no window open")
        return window

    @differs(FORM, PROBLEMS)
    async def submit(self, person: str, **fields: Any) -> Json:
        """Fill in and send the form; what Teams' own client refuses is not sent."""
        window = self._window(person)
        named = {label.replace("_", " "): value for label, value in fields.items()}
        missing = await self._forms.fill_in(person, window.card, named)
        if missing:
            return {"ok": False, "errors": missing}
        sender = cards.sender_of(window.card)
        assert sender is not None, f"{person} has no form open"
        card = await self._press(person, window, sender["title"])
        if not card:
            self.screen(person).window = None
            return {"ok": True}
        wrong = cards.problems_of(card)
        return {"ok": False, "errors": wrong} if wrong else {"ok": True}

    @differs(LEFT)
    async def cancel(self, person: str) -> None:
        """Leave the form where it stands."""
        self.screen(person).window = None

    async def form(self, person: str) -> dict[str, Json]:
        """The fields of the form, by label."""
        window = self._window(person)
        assert cards.sender_of(window.card) is not None, f"{person} has no form open"
        return self._forms.read(window.card)

    async def hint(self, person: str, label: str) -> str:
        """What stands under a field of the form."""
        hint: str = cards.fields_of(self._window(person).card)[label].hint
        return hint

    async def window(self, person: str) -> str:
        """What the form says, or what took its place."""
        return cards.text_of(self._window(person).card)

    @differs(CONCERN)
    async def looks_into(self, person: str, text: str) -> str:
        """Type a command, and press what shows its answer; that is the person's window then."""
        screen, seen = self.screen(person), self._seen(person)
        await self.act(person, text=text.removeprefix("/mentor").strip())
        for one in self._look(person, seen):
            screen.window = deepcopy(one)
            screen.apart.add(one.id)
        await self.press(person, "Show me", "form")
        return await self.window(person)

    async def stands(self) -> str:
        """Every card that was ever sent."""
        return json.dumps([[*one.before, one.card] for one in self.microsoft.said], ensure_ascii=False)

    @differs(PAGE)
    async def home(self, person: str) -> str:
        """Write `home`, and read what comes."""
        await self.say(person, "home")
        page = self.screen(person).page
        assert page is not None
        return cards.text_of(page.card)

    async def _newest(self, person: str, words: str) -> Said:
        shown = await self.message_with(person, words)
        return next(one for one in self.microsoft.said if one.id == shown["ts"])

    async def drawn(self, person: str, words: str) -> Json:
        """The card of the newest message with these words, without what names that message."""
        card: Json = cards.bare((await self._newest(person, words)).card)
        return {"text": cards.text_of(card), "card": card}

    @differs(ROOM)
    async def both_read(self, one: str, other: str, words: str) -> str:
        """What each of the two reads with these words in their own chat, below who reads it too."""
        said = set[str]()
        for reader, partner in ((one, other), (other, one)):
            whom, _, text = (await self.message_with(reader, words))["text"].partition("\n")
            assert whom == word("both").format(partner=self.member(partner).real_name)
            said.add(text)
        assert len(said) == 1
        return said.pop()

    async def as_it_was(self, person: str, words: str) -> Said:
        """The newest message with these words as it stands."""
        said = await self._newest(person, words)
        return Said(said.conversation, said.id, said.card, said.summary, said.replaced, said.at)

    async def press_old(self, person: str, old: Said, button: str) -> str:
        """Press a button of a message as it was; what stands in its place then."""
        await self._press(person, old, button)
        return await self.reads(person, old.id)

    def command(self, words: str) -> str:
        """A word in the bot's own chat."""
        return words

    # --- joining

    async def join(self, *people: str) -> None:
        """These people opt in with what they declared."""
        for one in people:
            roster = self.member(one).roster
            assert roster is not None
            await self.say(one, "/mentor join")
            sent = await self.submit(one, **declared(roster, await self.form(one)))
            assert sent["ok"], sent
            await self.cancel(one)

    async def opt_everyone_in(self) -> Json:
        """Everybody on the roster opts in with what they declared."""
        roster = [one.id for one in self.members.values() if one.roster is not None]
        await self.join(*roster)
        return {"ok": True, "opted_in": len(roster), "failed": {}}

    async def set_up(self) -> None:
        """The owner sets the programme up."""
        owner, *contacts = [one.id for one in self.members.values() if one.roster is None]
        await self.say(owner, "/mentor setup")
        sent = await self.submit(owner, **settings(await self.form(owner), contacts))
        assert sent["ok"], sent
        await self.cancel(owner)

    async def begin(self) -> None:
        """The owner and the contacts have taken the bot in, and it is in the programme's team."""
        for one in self.members.values():
            if one.roster is None:
                await self.take_in(one.id)
        await self.act(
            OWNER_ID,
            type="conversationUpdate",
            membersAdded=[{"id": BOT}],
            conversation={"id": GENERAL, "conversationType": "channel", "tenantId": TENANT},
            channelData={"tenant": {"id": TENANT}, "team": {"id": GENERAL}, "eventType": "teamMemberAdded"},
        )


def pressed(said: Said, button: str, inputs: dict[str, str] | None = None) -> Json:
    """The action of a press as Teams sends it, with what stands in the card's fields."""
    action = cards.actions_of(said.card)[button]
    held = {} if action.get("associatedInputs") == "none" else {**said.values, **(inputs or {})}
    return {**action, "data": {**held, **action["data"]}}


def settings_for(database_url: str, address: str, **more: str) -> Settings:
    """Settings of a bot that serves Teams alone, on this database, before a stand-in."""
    return read_settings(
        SERVING,
        {
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_SECRET": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_API_BASE_URL": address,
            "DATABASE_URL": database_url,
            "BOTHWAYS_SECRET_KEYS": KEYS[0],
            **more,
        },
    )


@asynccontextmanager
async def teams_town(
    database_url: str,
    roster: list[RosterPerson],
    *,
    set_up: bool = True,
    around: Callable[[Microsoft], ASGIApp] = Microsoft.app,
    **asked: str,
) -> AsyncIterator[TeamsTown]:
    """The bot and the stand-in, from a Tuesday morning on, with the programme `set_up` or not.

    `around` may put something before the stand-in, and what is `asked` for are further settings of the bot.
    At the end every card that was sent is held to Microsoft's schema, and every message has arrived at its
    first try where nothing was made to fail.
    """
    members = {one.id: one for one in workspace_members(roster, "Mentor") if one.is_person}
    clock = ProgrammeClock(wall_seconds, TUESDAY)
    outside, inside = loopback_socket(), loopback_socket()
    microsoft = Microsoft(address_of(outside), now=clock.now)
    microsoft.channels |= {CHANNEL: "mentoring"}
    people = {
        key: Person(number, one.real_name, one.tz) for number, (key, one) in enumerate(members.items(), 1)
    }
    microsoft.names |= {key: one.name for one in people.values() for key in (one.id, one.account)}
    more = {
        "BOTHWAYS_OWNERS": people[OWNER_ID].id,
        "BOTHWAYS_SUPPORT": SUPPORT,
        "BOTHWAYS_TICK_SECONDS": "3600",
        "BOTHWAYS_PUBLIC_URL": address_of(inside),
        **asked,
    }
    bot = BotProcess(settings_for(database_url, microsoft.address, **more), clock.now)
    async with (
        LoopbackServer(around(microsoft), outside),
        bot.at_work(inside),
        loopback_client(address_of(inside), LONGEST_CALL) as http,
    ):
        town = TeamsTown(bot, http, microsoft, clock, members, people)
        await town.begin()
        if set_up:
            await town.set_up()
        yield town
        assert [line for one in microsoft.said for line in problems(one.card)] == []
        counters = bot.inside.counters
        trouble = (counters.doubts, counters.failed, counters.refused, counters.doubled)
        assert town.disturbed or trouble == (0, 0, 0, 0)
