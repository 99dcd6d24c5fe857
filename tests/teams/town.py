"""A company on Teams: the whole bot, reached through POST /teams/messages, and a stand-in for Microsoft."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
from starlette.types import ASGIApp

from bot.app import Bot, ProgrammeClock, Role, running
from bot.settings import SERVING, Settings, read_settings
from handlers.shared.http import OK
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.stores import KEYS
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, Person, Said

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
OWNER, ANA, BEN = Person(100, "Olga"), Person(1, "Ana Silva"), Person(2, "Ben Okafor")
HANNA, WALT = Person(101, "Hanna"), Person(102, "Walt")
TEAM = "19:general@thread.tacv2"


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
            "BOTHWAYS_OWNERS": OWNER.id,
            **more,
        },
    )


@dataclass
class Town:
    """The bot, the stand-in, and a client that stands for everybody's Teams."""

    bot: Bot
    microsoft: Microsoft
    http: httpx.AsyncClient
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    async def deliver(self, activity: dict[str, Any], *, status: int = OK) -> dict[str, Any]:
        """Send one activity as Teams does; what it is answered with."""
        headers = {"authorization": f"Bearer {self.microsoft.token()}"}
        activity = {"id": f"f:{next(self._ids)}", **activity}
        sender = activity["from"]
        self.microsoft.names |= {sender["id"]: sender["name"], sender["aadObjectId"]: sender["name"]}
        answer = await self.http.post("/teams/messages", json=activity, headers=headers)
        assert answer.status_code == status, answer.text
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told

    async def say(self, person: Person, text: str, **more: Any) -> Said:
        """Write to the bot; the last message in the person's own chat, when all is done."""
        await self.deliver(person.activity(self.microsoft.address, text=text, **more))
        await self.settle()
        return self.last(person)

    async def install(self, person: Person) -> None:
        """Take the bot in, in the person's own chat."""
        more = {"type": "installationUpdate", "action": "add"}
        await self.deliver(person.activity(self.microsoft.address, **more))
        await self.settle()

    async def remove(self, person: Person) -> None:
        """Take the bot out of the person's own chat."""
        more = {"type": "installationUpdate", "action": "remove"}
        await self.deliver(person.activity(self.microsoft.address, **more))

    async def add_to_team(self, person: Person) -> None:
        """Add the bot to the team whose channel the programme has."""
        more = {
            "type": "conversationUpdate",
            "membersAdded": [{"id": f"28:{APP}"}],
            "conversation": {"id": TEAM, "conversationType": "channel", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}, "team": {"id": TEAM}, "eventType": "teamMemberAdded"},
        }
        await self.deliver(person.activity(self.microsoft.address, **more))

    async def press(
        self, person: Person, said: Said, title: str, inputs: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Press a button of a message, with what stands in its fields; what the press is answered with."""
        answer = await self.deliver(self.pressing(person, said, title, inputs))
        await self.settle()
        return answer

    def pressing(
        self, person: Person, said: Said, title: str, inputs: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The activity of a press."""
        action = said.buttons[title]
        held = {} if action.get("associatedInputs") == "none" else {**said.values, **(inputs or {})}
        data = {**held, **action["data"]}
        value = {"action": {**action, "data": data}, "trigger": "manual"}
        more = {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": said.id}
        return person.activity(self.microsoft.address, **more)

    async def settle(self) -> None:
        """Let all that is due happen."""
        await self.skip(timedelta(0))

    async def skip(self, span: timedelta) -> None:
        """Move the programme's clock forward, letting everything due happen in order."""
        moved = (await self._move(START)).json()
        end = datetime.fromisoformat(moved["clock"]) + span
        while True:
            due = moved["next_due_at"]
            if due is None or datetime.fromisoformat(due) > end:
                break
            moved = (await self._move(datetime.fromisoformat(due))).json()
        await self._move(end)

    async def _move(self, to: datetime) -> httpx.Response:
        return await self.http.post("/_demo/clock", json={"to": to.isoformat()})

    def last(self, person: Person) -> Said:
        """The newest message in the person's own chat."""
        return self.microsoft.to(person.conversation)[-1]

    def found(self, person: Person, words: str) -> Said:
        """The newest message in the person's own chat that has these words."""
        said = self.microsoft.to(person.conversation)
        found = [one for one in said if words in one.text]
        assert found, [one.text for one in said]
        return found[-1]


@asynccontextmanager
async def town(
    database_url: str, around: Callable[[Microsoft], ASGIApp] = Microsoft.app, **more: str
) -> AsyncIterator[Town]:
    """The bot at work on an empty database; `around` may put something before the stand-in."""
    bound = loopback_socket()
    microsoft = Microsoft(address_of(bound))
    settings = settings_for(database_url, microsoft.address, **more)
    async with (
        LoopbackServer(around(microsoft), bound),
        running(settings, Role.ALL, ProgrammeClock(START), demonstration=True) as bot,
        httpx.AsyncClient(transport=httpx.ASGITransport(bot.web), base_url="http://bot.test") as http,
    ):
        yield Town(bot, microsoft, http)


async def set_up(here: Town) -> None:
    """The owner adds the bot to a team and sets the programme up, through its form."""
    for one in (OWNER, HANNA, WALT):
        await here.install(one)
    await here.add_to_team(OWNER)
    form = await here.say(OWNER, "setup")
    conditions = "sponsor,purpose,time,confidentiality,appraisal"
    contacts = f"{HANNA.id},{WALT.id}"
    purpose = "You get a colleague who helps you with what you want to learn, and learns from you."
    inputs = {"channel": "general@thread.tacv2", "contacts": contacts, "conditions": conditions}
    answer = await here.press(OWNER, form, "Save", {"name": "Bothways", "purpose": purpose, **inputs})
    assert "Bothways" in answer["value"]["fallbackText"], answer


async def join(here: Town, person: Person, level: str, learn: str, teach: str, department: str) -> None:
    """Somebody takes the bot in and opts in, through its form."""
    await here.install(person)
    form = await here.say(person, "join")
    inputs = {"level": level, "learn": learn, "teach": teach, "department": department, "languages": "en"}
    answer = await here.press(person, form, form.submit, inputs)
    assert answer["type"] == "application/vnd.microsoft.card.adaptive", answer
