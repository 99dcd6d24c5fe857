"""Pairs that live through weeks over the sandbox's HTTP calls and answer as their characters do."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import httpx

from benchmarks.characters import ACCEPT, CAST, Character
from tests.dialogues.four_weeks import INTRODUCTION, Played, Said

Json = dict[str, Any]
AT_ONCE = 8
"""People who act at the same time."""
ANSWER = timedelta(minutes=1)
MET, PICK, ENDS = "We met", "Pick ", "look back before you part"
LOOK_BACK, AGREE = "Look back", "Let's close together"
NOT_YET, CANCEL = "Not yet", "Cancel it"
CLOSING, ENDED, CLOSED_WELL = "closing", "ended", "closed well"
TOLD_OF_END = {
    "Two things make it a good end": CLOSING,
    "One of your pairs has come to its end": ENDED,
    "is closed, by both of you": CLOSED_WELL,
}
DAYS = 7
OK = 200


@dataclass
class Population:
    """Pairs of people `L<n>`, on a lower level, and `T<n>`; the round chooses who is paired with whom."""

    http: httpx.AsyncClient
    pairs: int
    said: list[Said] = field(default_factory=list)
    acts: int = 0
    told_of_end: dict[str, str] = field(default_factory=dict)
    _since: str = ""
    _due: dict[int, list[tuple[str, Json]]] = field(default_factory=lambda: defaultdict(list))
    _cancelled: Counter[str] = field(default_factory=Counter)
    _at_their_end: list[str] = field(default_factory=list)
    _acted: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _clock: tuple[datetime, float] | None = None
    _partner: dict[str, str] = field(default_factory=dict)
    _zones: dict[str, str] = field(default_factory=dict)
    _summaries: list[str] = field(default_factory=list)

    def kind(self, person: str) -> str:
        """The name of a person's character, which the lower side of a pair gives to both."""
        lower = person if person.startswith("L") else self._partner.get(person, person)
        return tuple(CAST)[int(lower[1:]) % len(CAST)]

    def character(self, person: str) -> Character:
        """How a person behaves."""
        return CAST[self.kind(person)][person.startswith("T")]

    @property
    def paired(self) -> int:
        """How many pairs were introduced."""
        return len(self._partner) // 2

    async def begin(self) -> None:
        """Everybody opts in, and one round is drafted and released."""
        await self._post("opt-everyone-in", {})
        owner = next(one["id"] for one in (await self._state())["people"] if one["owner"])
        drafted = await self._post("say", {"person": owner, "text": "/mentor match"})
        message = drafted["replies"][-1]["ts"]
        await self._press(owner, message, "Review pairs")
        await self._press(owner, message, "Release")

    async def live(self, weeks: int) -> None:
        """Let weeks pass day by day; on each people answer what they have read."""
        for day in range(weeks * DAYS):
            await self.move_a_day()
            await self._read(day)
            await self._together(self._answer(person, message) for person, message in self._due.pop(day, []))
            ending, self._at_their_end = self._at_their_end, []
            await self._together(self._close(person) for person in ending)
            if day % DAYS == 0:
                await self._together(self._speak(person, day // DAYS) for person in self.people)
        await self._read(weeks * DAYS)

    def told(self) -> Played:
        """All that the bot said of itself."""
        return Played(tuple(self.said), tuple(self._summaries), self._zones)

    async def endings(self) -> dict[str, Counter[str]]:
        """What each character's pairs came to, as their two sides can look it up or have read."""
        found: dict[str, Counter[str]] = {name: Counter() for name in CAST}
        for number in range(self.pairs):
            person = f"L{number}"
            shown = await self._post("say", {"person": person, "text": "/mentor pairs"})
            found[self.kind(person)][self._ending(person, shown["replies"][-1]["text"])] += 1
        return found

    def _ending(self, person: str, shown: str) -> str:
        told = {self.told_of_end.get(side) for side in (person, self._partner.get(person, person))}
        if "active" in shown:
            return CLOSING if CLOSING in told else "going on"
        if "quiet, until" in shown or "resting for now" in shown:
            return "resting"
        return ENDED if ENDED in told or told.isdisjoint({CLOSING, CLOSED_WELL}) else CLOSED_WELL

    async def move_a_day(self) -> None:
        """Move the clock."""
        await self._post("clock", {"days": 1})

    async def commands(self, people: Iterable[str]) -> None:
        """Let people type one command each."""
        await self._together(self._types(person) for person in people)

    async def _types(self, person: str) -> None:
        await self._say(person, "/mentor help")

    @property
    def people(self) -> list[str]:
        """Everybody."""
        return [f"{side}{number}" for number in range(self.pairs) for side in "LT"]

    async def _read(self, day: int) -> None:
        """Read what is new, and set who answers it on which day."""
        state = await self._state()
        now = datetime.fromisoformat(state["clock"])
        self._clock = (now, perf_counter())
        ids = {one["id"]: one["roster_id"] for one in state["people"]}
        self._zones = {one["roster_id"]: one["timezone"] for one in state["people"] if one["roster_id"]}
        places = {one["id"]: one for one in state["channels"]}
        for message in state["messages"]:
            self._since = message["ts"]
            place = places[message["channel"]]
            people = tuple(ids[one] for one in place["members"] if ids.get(one))
            if message["author"] in ids or message["visible_to"] is not None:
                continue
            if place["kind"] == "channel":
                self._summaries.append(message["text"])
            elif people:
                self._note(people, message, place["kind"])
                for person in people if place["kind"] == "direct" else ():
                    self._plan(person, message, day)

    def _note(self, people: tuple[str, ...], message: Json, place: str) -> None:
        at = datetime.fromisoformat(message["at"])
        if ENDS in message["text"]:
            self._at_their_end += [
                one for one in people if one.startswith("L") and self.character(one).closes
            ]
        if INTRODUCTION in message["text"] and len(people) > 1:
            self._partner |= {people[0]: people[1], people[1]: people[0]}
        acted = (when for person in people for when in self._acted[person])
        if place == "direct" and any(when <= at <= when + ANSWER for when in acted):
            return
        self.said.append(Said(at, message["text"], message["channel"], people))

    def _plan(self, person: str, message: Json, day: int) -> None:
        for words, ending in TOLD_OF_END.items():
            if words in message["text"]:
                self.told_of_end[person] = ending
        if ACCEPT in message["buttons"]:
            self._due[day].append((person, message))
        else:
            self._due[day + self.character(person).days].append((person, message))

    async def _answer(self, person: str, message: Json) -> None:
        """Press what the character presses of this message, in its order."""
        who, buttons = self.character(person), message["buttons"]
        for button in buttons:
            if button in (ACCEPT, *who.presses):
                await self._press(person, message["ts"], button)
        picks = [button for button in buttons if button.startswith(PICK)]
        if CANCEL in buttons and self._cancelled[person] < who.cancels:
            self._cancelled[person] += 1
            await self._press(person, message["ts"], CANCEL)
        elif picks and who.meets:
            await self._press(person, message["ts"], picks[0])
        elif MET in buttons and who.meets:
            await self._met(person)
        elif NOT_YET in buttons and who.says_not_yet:
            await self._press(person, message["ts"], NOT_YET)
        if who.closes and (LOOK_BACK in buttons or AGREE in buttons):  # a yes is answered with that button
            await self._look_back(person, message["ts"])

    async def _met(self, person: str) -> None:
        """Say so, and take the first of the times that come with the answer."""
        said = await self._say(person, "/mentor met")
        for reply in said.get("replies", [])[-1:]:
            picks = [button for button in reply["buttons"] if button.startswith(PICK)]
            if picks:
                await self._press(person, reply["ts"], picks[0])

    async def _speak(self, person: str, week: int) -> None:
        """Type what the character types in this week."""
        for when, words, button in self.character(person).says:
            if when == week:
                said = await self._say(person, f"/mentor {words}")
                if button:
                    await self._press(person, said["replies"][-1]["ts"], button)

    async def _close(self, person: str) -> None:
        """Propose to close together, once the journey looks back."""
        said = await self._say(person, "/mentor end")
        for reply in said.get("replies", [])[-1:]:
            await self._press(person, reply["ts"], "Propose to close together")

    async def _look_back(self, person: str, message: str) -> None:
        opened = await self._press(person, message, LOOK_BACK)
        if opened.get("form"):
            thanks = {"What do you want to thank them for?": "You asked twice."}
            await self._post("submit", {"person": person, "fields": thanks})
            await self._post("cancel", {"person": person})

    async def _say(self, person: str, words: str) -> Json:
        return await self._act("say", {"person": person, "text": words})

    async def _press(self, person: str, message: str, button: str) -> Json:
        return await self._act("press", {"person": person, "message": message, "button": button})

    async def _act(self, call: str, body: Json) -> Json:
        self.acts += 1
        if self._clock is not None:
            at, since = self._clock
            self._acted[body["person"]].append(at + timedelta(seconds=perf_counter() - since))
        return await self._post(call, body)

    async def _together(self, acts: Iterable[Awaitable[None]]) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(act: Awaitable[None]) -> None:
            async with gate:
                await act

        await asyncio.gather(*(one(act) for act in acts))

    async def _state(self) -> Json:
        answer = await self.http.get("/sandbox/state", params={"since": self._since} if self._since else {})
        answer.raise_for_status()
        found: Json = answer.json()
        return found

    async def _post(self, call: str, body: Json) -> Json:
        """What the call answers; {} where a message has moved on, as it does when the other was faster."""
        answer = await self.http.post(f"/sandbox/{call}", json=body)
        told: Json = answer.json()
        if answer.status_code not in (OK, 404, 409):
            raise RuntimeError(f"{call} {body}: {told}")
        return told if answer.status_code == OK else {}
