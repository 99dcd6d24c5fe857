"""A company on Teams: who works there, what each has on the screen, and how the bot is reached."""

import asyncio
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import httpx
from starlette.responses import JSONResponse, Response

from sandbox.clock import ProgrammeClock
from sandbox.members import Member
from sandbox.shown import person_json
from tests.dialogues import cards
from tests.dialogues.differences import NAMES, differs
from tests.dialogues.filling import Forms
from tests.dialogues.town import Json, Town, WrongUseError
from tests.teams.stand_in import APP, Microsoft, Person, Said

CHANNEL, GENERAL = "19:mentoring@thread.tacv2", "19:general@thread.tacv2"
"""The programme's channel, and the first one of its team, whose name the team has."""
BOT = f"28:{APP}"
SOON = timedelta(seconds=5)
"""What is due this soon after somebody acted belongs to that act, as in the sandbox."""
REPEATS, STEP_ON = 20, timedelta(seconds=30)
"""What stays due this often does not hold the clock."""


@dataclass
class Screen:
    """What one person has before them beside the messages."""

    window: Said | None = None
    """The form that was asked for last, or what took its place."""
    page: Said | None = None
    """The person's own page, as it was shown last."""
    apart: set[str] = field(default_factory=set)
    """The ids of messages that are windows and pages."""
    answers: set[str] = field(default_factory=set)
    """The ids of messages that answer what was typed."""
    lines: list[Json] = field(default_factory=list)
    """What a press was answered with where no message says it."""


@dataclass
class TeamsCompany(Town):
    """`microsoft` is the stand-in from inside, `http` what delivers activities and moves the clock."""

    http: httpx.AsyncClient
    microsoft: Microsoft
    clock: ProgrammeClock
    members: dict[str, Member]
    people: dict[str, Person]
    screens: dict[str, Screen] = field(default_factory=dict)
    disturbed: bool = False
    """Whether something was made to fail."""
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _draining: asyncio.Lock = field(default_factory=asyncio.Lock)

    # --- who is who

    def member(self, name: str) -> Member:
        """Somebody by their id in the town, by the roster's id, or by full name."""
        for one in self.members.values():
            if name in (one.id, one.real_name) or (one.roster is not None and one.roster.id == name):
                return one
        raise WrongUseError(f"there is nobody called {name!r}")

    def person(self, name: str) -> Person:
        """The same somebody, as Teams knows them."""
        return self.people[self.member(name).id]

    def screen(self, name: str) -> Screen:
        """What somebody has before them."""
        return self.screens.setdefault(self.member(name).id, Screen())

    # --- what the bot is sent

    async def deliver(self, activity: Json) -> Json:
        """Send one activity as Teams does; what it is answered with."""
        headers = {"authorization": f"Bearer {self.microsoft.token()}"}
        activity = {"id": f"f:{next(self._ids)}", **activity}
        try:
            answer = await self.http.post("/teams/messages", json=activity, headers=headers)
        except httpx.TransportError as error:
            raise WrongUseError(f"the bot does not answer: {error!r}") from error
        assert answer.is_success, (answer.status_code, answer.text)
        told: Json = answer.json() if answer.content else {}
        return told

    async def act(self, person: str, **more: Any) -> Json:
        """Somebody does something; the answer, when all that it brings has happened."""
        self.acts.append((person, self.clock.now()))
        answer = await self.deliver(self.person(person).activity(self.microsoft.address, **more))
        await self.settle()
        return answer

    def _look(self, person: str, seen: int) -> list[Said]:
        """The messages in somebody's own chat after the first `seen`; forms and pages are set apart."""
        screen, new = self.screen(person), self.microsoft.to(self.person(person).conversation)[seen:]
        for one in new:
            if cards.sender_of(one.card) is not None:
                screen.window = deepcopy(one)
            elif cards.is_page(one.card):
                screen.page = one
            else:
                continue
            screen.apart.add(one.id)
        return [one for one in new if one.id not in screen.apart]

    def _seen(self, person: str) -> int:
        return len(self.microsoft.to(self.person(person).conversation))

    def _line(self, person: str, text: str) -> None:
        where, at = self.person(person).conversation, self.clock.now().isoformat()
        told = {"ts": f"{len(self.microsoft.said)}", "channel": where, "at": at, "author": BOT, "text": text}
        self.screen(person).lines.append({**told, "buttons": [], "visible_to": [self.member(person).id]})

    @property
    def _forms(self) -> Forms:
        return Forms(
            lambda name: self.person(name).id,
            {one.id: key for key, one in self.people.items()},
            self.search,
        )

    async def search(self, person: str, dataset: str, typed: str) -> list[tuple[str, str]]:
        """What a list that is searched offers, as (title, value)."""
        value = {"kind": "search", "dataset": dataset, "queryText": typed}
        more = {"type": "invoke", "name": "application/search", "value": value}
        answer = await self.deliver(self.person(person).activity(self.microsoft.address, **more))
        return [(one["title"], one["value"]) for one in answer["value"]["results"]]

    # --- what is seen

    @differs(NAMES)
    async def state(self, person: str | None = None) -> Json:
        """Everything, or what one person sees."""
        wanted = [one.id for one in self.members.values()] if person is None else [self.member(person).id]
        chats = {self.person(one).conversation: one for one in wanted if one in self.screens}
        messages = [self._shown(one, chats) for one in self.microsoft.said]
        lines = [line for one in chats.values() for line in self.screens[one].lines]
        return {
            "clock": self.clock.now().isoformat(),
            "people": [person_json(one) for one in self.members.values()],
            "channels": [
                {"id": CHANNEL, "name": "mentoring", "kind": "channel", "members": [*self.members, BOT]},
                *(
                    {"id": chat, "name": who, "kind": "direct", "members": [who, BOT]}
                    for chat, who in chats.items()
                ),
            ],
            "messages": sorted([one for one in messages if one] + lines, key=lambda one: str(one["at"])),
            "forms": [
                {"person": one, "fields": list(self._forms.read(window.card).values())}
                for one in chats.values()
                if (window := self.screens[one].window) and cards.sender_of(window.card) is not None
            ],
            "home": {
                one: {"text": cards.text_of(page.card), "buttons": list(cards.actions_of(page.card))}
                for one in chats.values()
                if (page := self.screens[one].page)
            },
        }

    def _shown(self, said: Said, chats: dict[str, str]) -> Json | None:
        who = chats.get(said.conversation)
        screen = self.screens.get(who or "", Screen())
        if (who is None and said.conversation != CHANNEL) or said.id in screen.apart:
            return None
        return {
            "ts": said.id,
            "channel": said.conversation,
            "at": said.at,
            "author": BOT,
            "text": cards.text_of(said.card),
            "buttons": list(cards.actions_of(said.card)),
            "visible_to": [who] if said.id in screen.answers else None,
        }

    async def asks_to_wait(self, seconds: int, times: int) -> None:
        """Teams limits the next calls."""
        self._answers(times, Response(status_code=429, headers={"Retry-After": str(seconds)}))

    async def shuts_out(self, times: int) -> None:
        """The app was taken out of where it posts next."""
        gone = {"error": {"code": "BotNotInConversationRoster"}}
        self._answers(times, JSONResponse(gone, status_code=403))

    def _answers(self, times: int, answer: Response) -> None:
        left = iter(range(times))

        def fault() -> Response | None:
            return None if next(left, None) is None else answer

        self.microsoft.fault, self.disturbed = fault, True

    async def loses_answers(self, times: int) -> None:
        """Teams takes the next messages, and fails then."""
        self.microsoft.lost, self.disturbed = times, True

    # --- time

    async def settle(self) -> None:
        """Let all happen that is due now or within seconds."""
        async with self._draining:
            await self._through(self.clock.now() + SOON)

    async def go_to(self, moment: str) -> None:
        """Move the clock forward to a moment, stopping wherever something is due."""
        async with self._draining:
            end = datetime.fromisoformat(moment)
            await self._through(end)
            self.clock.reach(end)
            await self._through(end)

    def reach(self, moment: datetime) -> None:
        """Set the clock forward, which the bot's own follows when it starts."""
        self.clock.reach(moment)

    async def skip(self, days: float) -> None:
        """Move the clock forward."""
        await self.go_to((self.clock.now() + timedelta(days=days)).isoformat())

    async def _through(self, end: datetime) -> None:
        overdue = 0
        while (due := await self._drain()) is not None and due <= end:
            now = self.clock.now()
            overdue = overdue + 1 if due <= now else 0
            if overdue > REPEATS:
                due = now + STEP_ON
            self.clock.reach(due)

    async def _drain(self) -> datetime | None:
        body = {"to": self.clock.now().isoformat()}
        moved = (await self.http.post("/_demo/clock", json=body)).json()
        return datetime.fromisoformat(moved["next_due_at"]) if moved["next_due_at"] else None
