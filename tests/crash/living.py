"""House's story, lived by a town whose bot is one process left alone, or several that are killed."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import RandomIds
from storage.encryption import Keyring
from storage.schedule import due_items
from storage.store import Store, open_store
from tests.dialogues.on_slack import SlackTown
from tests.fleet import SlackFleet, now

Heard = Counter[tuple[tuple[str, ...], str]]
"""How often each group of readers was told a text."""
CLOCK_TIME = re.compile(r"\b[0-9]{1,2}:[0-9]{2}\b")
PAST_THE_FIRST_HOUR = 3 / 24
"""Days from nine o'clock on: what the bot starts is spread over the first hour of work by chance."""
AT_WORK = 3
"""Every third day somebody presses that they met."""


@dataclass
class SharedClock:
    """A clock that processes follow from `start` on, set forward through a file."""

    file: Path
    start: InitVar[datetime]
    seconds: float = field(init=False)

    def __post_init__(self, start: datetime) -> None:
        self.seconds = (start - now()).total_seconds()
        self.reach(start)

    def __call__(self) -> datetime:
        """The time it shows."""
        return now() + timedelta(seconds=self.seconds)

    def reach(self, moment: datetime) -> None:
        """Set it forward; a moment that has passed changes nothing."""
        self.seconds = max(self.seconds, (moment - now()).total_seconds())
        draft = self.file.with_suffix(".new")
        draft.write_text(str(self.seconds))
        draft.replace(self.file)


@dataclass
class Living(SlackFleet):
    """A fleet whose shared clock the stand-in moves; done is only what is planned, sent and heard by it."""

    _store: Store | None = field(default=None, init=False)

    def undone(self) -> int:
        """How much is due and not done, plans included."""
        moment = self.manner.clock()
        planned = self.store.workshop.run_here(lambda session: due_items(session, moment))
        return len(planned) or super().undone()

    async def reach(self, moment: datetime) -> datetime | None:
        """Set the clock forward, and wait until all is done that is due then; when something is next due."""
        clock = self.manner.clock
        assert isinstance(clock, SharedClock)
        clock.reach(moment)
        await self.done()
        return await self.store.next_due(clock())

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    @property
    def store(self) -> Store:
        """The processes' store, as one more of them has it."""
        if self._store is None:
            self._store = open_store(self.direct, Keyring((self.key,)), self.manner.clock, RandomIds())
        return self._store


async def live(town: SlackTown, days: int, between: Callable[[], Awaitable[None]]) -> Heard:
    """Everybody opts in, is paired and lives through some days; what the bot then has said to whom.

    `between` happens after each day.
    """
    await town.skip(PAST_THE_FIRST_HOUR)
    assert (await town.opt_everyone_in())["failed"] == {}
    await town.release_a_round()
    await _press_all(town, "Accept")
    for day in range(days):
        await town.skip(1)
        await between()
        if day % AT_WORK == 0:
            await _press_all(town, "We met")
    return heard(await town.state())


async def nothing() -> None:
    """Leave the processes alone."""
    await asyncio.sleep(0)


async def _press_all(town: SlackTown, button: str) -> None:
    state = await town.state()
    direct = {one["id"]: one["members"] for one in state["channels"] if one["kind"] == "direct"}
    people = {one["id"] for one in state["people"]}
    found = [
        (*people.intersection(direct[message["channel"]]), message["ts"])
        for message in state["messages"]
        if button in message["buttons"] and message["channel"] in direct
    ]
    for person, ts in sorted(found):  # the first yes reads differently from the second
        await town.press(person, button, ts)


def heard(state: dict[str, list[dict[str, object]]]) -> Heard:
    """All that the bot said, by who reads it; without times of day, which vary."""
    people = {str(one["id"]) for one in state["people"]}
    channels = {str(one["id"]): one for one in state["channels"]}
    found: Heard = Counter()
    for message in state["messages"]:
        if message["author"] in people or message["visible_to"] is not None:
            continue
        place = channels[str(message["channel"])]
        members = place["members"]
        assert isinstance(members, list)
        readers = sorted(people.intersection(members)) if place["kind"] != "channel" else [str(place["name"])]
        found[tuple(readers), CLOCK_TIME.sub("…", str(message["text"]))] += 1
    return found
