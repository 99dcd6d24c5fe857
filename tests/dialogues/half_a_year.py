"""Two people eight hours apart, and the moves their half year is told with."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sandbox.people import RosterPerson
from tests.dialogues.cast import a_person
from tests.dialogues.four_weeks import Played, played
from tests.dialogues.town import Json, Town

ROSA, TOMAS, FINN = "ROSA", "TOMAS", "FINN"
NAMES = {ROSA: "Rosa Duarte", TOMAS: "Tomas Berg"}
ZONES = {ROSA: "America/Los_Angeles", TOMAS: "Europe/London"}
WIDE = {ROSA: (time(7), time(17)), TOMAS: (time(10), time(20))}
"""The hours that the two declare so that they share some: five in a winter's day."""
ANSWER = timedelta(minutes=1)
PATIENCE = 21
"""Days within which everything that is waited for has come."""


def two_far_apart() -> list[RosterPerson]:
    """Rosa in Los Angeles and Tomas in London, and Finn, who takes part and fits nobody."""
    return [
        a_person(ROSA, NAMES[ROSA], 2, "", "", timezone=ZONES[ROSA], department="Design"),
        a_person(TOMAS, NAMES[TOMAS], 6, "", "", timezone=ZONES[TOMAS], department="Operations"),
        a_person(FINN, "Finn Murphy", 3, "Falconry", "Origami"),
    ]


def wishes(person: str) -> Json:
    """What each fills in at `/mentor join`: Rosa wants to learn, and Tomas teaches and names no wish."""
    starts, ends = WIDE[person]
    level, department, learn, teach = {
        ROSA: (
            "2 · Doing the work with some guidance",
            "Design",
            ["Running meetings"],
            ["Data visualisation"],
        ),
        TOMAS: (
            "6 · Leading several teams, or a craft across a department",
            "Operations",
            [],
            ["Running meetings"],
        ),
    }[person]
    return {
        "Level": level,
        "Department": department,
        "I_want_to_learn": learn,
        "I_can_teach": teach,
        "Working_day_starts": f"{starts:%H:%M}",
        "Working_day_ends": f"{ends:%H:%M}",
        "Languages": ["English (en)"],
    }


@dataclass
class Life:
    """The town in which the two live. Moments are written in UTC: "2026-12-03 18:40"."""

    town: Town
    proposals: set[str] = field(default_factory=set)
    """The messages that held the proposals, whose place an answer has taken."""

    async def until(self, moment: str) -> None:
        """Let time pass up to a moment."""
        await self.town.go_to(f"{moment}:00+00:00")

    async def today(self) -> date:
        """The day in UTC."""
        return datetime.fromisoformat((await self.town.state())["clock"]).date()

    async def read(self, person: str, words: str) -> Json:
        """Let days pass, if need be, until somebody has read these words; the newest message with them."""
        for _ in range(PATIENCE):
            if any(words in text for text in await self.town.heard(person)):
                return await self.town.message_with(person, words)
            await self.town.skip(1)
        raise AssertionError(f"{person} never reads {words!r}: {(await self.town.heard(person))[-3:]}")

    async def has_read(self, person: str, words: str) -> int:
        """How many messages with these words somebody has read."""
        return sum(words in text for text in await self.town.heard(person))

    async def presses(self, person: str, button: str, words: str) -> str:
        """Wait for a message, press a button there, and read what comes of it."""
        await self.read(person, words)
        return await self.town.answers(person, button)

    async def confides(self, person: str, button: str, words: str) -> str:
        """Answer what only the bot is to know: the other reads nothing of it, and looks nothing up."""
        await self.read(person, words)
        other = TOMAS if person == ROSA else ROSA
        looked_up, heard = await self.looks_up(other), await self.town.heard(other)
        told = await self.town.answers(person, button)
        assert await self.town.heard(other) == heard
        assert await self.looks_up(other) == looked_up
        return told

    async def fills(self, person: str, command: str, button: str | None = None, **fields: object) -> str:
        """Type a command, press a button of the answer where one is named, fill in the form, read its end."""
        await self.town.say(person, command)
        if button is not None:
            await self.town.press(person, button)
        sent = await self.town.submit(person, **fields)
        assert sent["ok"], sent
        told = await self.town.window(person)
        await self.town.cancel(person)
        return told

    async def set_a_date(self, day: str, clock: str, pick: str) -> None:
        """Rosa, who learns, offers a time of her morning; Tomas picks it once he has read of it."""
        offers = await self.has_read(TOMAS, "would like to meet you")
        offer: Json = {"Another_day": day, "At": clock, "Times_in_both_your_hours": []}
        await self.fills(ROSA, "/mentor meet", **offer)
        for _ in range(PATIENCE):
            if await self.has_read(TOMAS, "would like to meet you") > offers:
                break
            await self.town.skip(1)
        assert "It is a date" in await self.town.answers(TOMAS, pick)

    async def meet(self, number: int) -> None:
        """Each says of their own accord that they met; for both it is the same meeting."""
        for person, other in ((ROSA, TOMAS), (TOMAS, ROSA)):
            said = await self.town.say(person, "/mentor met")
            assert "When do you two meet next?" in said, "the next date is asked for in the same breath"
            shown = await self.town.say(person, "/mentor pairs")
            assert f"You have met {number} time{'s' * (number > 1)} so far" in shown, NAMES[other]

    async def looks_up(self, person: str) -> str:
        """All that a person can look up about their pair."""
        words = ("pairs", "why", "goals", "agreement", "notes", "profile")
        told = [await self.town.say(person, f"/mentor {word}") for word in words]
        return "\n".join([*told, await self.town.home(person)])

    async def in_order(self, person: str, openers: tuple[str, ...]) -> list[str]:
        """Which of these words a person has read, in the order of reading."""
        return [opener for text in await self.town.heard(person) for opener in openers if opener in text]

    async def told(self) -> Played:
        """All that the bot said of itself: what it answered within a minute of an act is no part of it."""
        state = await self.town.state()
        ids = {one["roster_id"]: one["id"] for one in state["people"]}
        direct = {one["id"]: one["members"] for one in state["channels"] if one["kind"] == "direct"}
        acts = [(ids.get(person, person), at) for person, at in self.town.acts]

        def answers(message: Json) -> bool:
            at = datetime.fromisoformat(message["at"])
            done = (when for who, when in acts if who in direct.get(message["channel"], ()))
            return any(when <= at <= when + ANSWER for when in done)

        state["messages"] = [one for one in state["messages"] if not answers(one)]
        return played(state, self.proposals, {ids[person]: hours for person, hours in WIDE.items()})
