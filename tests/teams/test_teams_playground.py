"""A pair's first weeks in Microsoft's own client, one for each of the two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from sandbox.members import OWNER_ID
from sandbox.people import RosterPerson
from storage.migrate import upgrade
from tests.dialogues.cast import ANA, BEN, ten_pairs, the_village
from tests.dialogues.company import CHANNEL
from tests.dialogues.on_teams import TeamsTown, teams_town
from tests.teams.checking import parts, problems
from tests.teams.playground import Bridge, Playground, playgrounds
from tests.teams.stand_in import Microsoft, Said

CARD = "application/vnd.microsoft.card.adaptive"


@asynccontextmanager
async def seated(
    folder: Path, roster: list[RosterPerson], *names: str
) -> AsyncIterator[tuple[TeamsTown, tuple[Playground, ...]]]:
    """A company in which each of these people sits before a Playground."""
    database_url, bridges = f"sqlite:///{folder / 'bothways.db'}", list[Bridge]()
    await asyncio.to_thread(upgrade, database_url)

    def around(microsoft: Microsoft) -> Any:
        bridges.append(Bridge(microsoft))
        return bridges[0].app()

    async with teams_town(database_url, roster, around=around) as here:

        async def deliver(activity: dict[str, Any], token: str) -> httpx.Response:
            headers = {"authorization": f"Bearer {token}"}
            return await here.http.post("/teams/messages", json=activity, headers=headers)

        bridges[0].deliver = deliver
        people = tuple(here.person(name) for name in names)
        async with playgrounds(bridges[0], people, folder) as screens:
            yield here, screens


@asynccontextmanager
async def played(folder: Path) -> AsyncIterator[tuple[TeamsTown, Playground, Playground]]:
    """A company in which Ana and Ben sit before a Playground each."""
    async with seated(folder, the_village(), ANA, BEN) as (here, (ana, ben)):
        yield here, ana, ben


@asynccontextmanager
async def overseen(folder: Path) -> AsyncIterator[tuple[TeamsTown, Playground]]:
    """A company of ten pairs, some weeks on, in which the owner sits before a Playground."""
    everybody = [one.id for one in ten_pairs()]
    async with seated(folder, ten_pairs(), OWNER_ID) as (here, (owner,)):
        await here.opt_everyone_in()
        await here.release_a_round()
        for person in everybody:
            await here.press(person, "Accept")
        for met in (3, 6, 10):
            await here.skip(8)
            for number in range(met):
                await here.say(f"LOW{number}", "/mentor met")
        await here.skip(7)
        yield here, owner


async def join(here: TeamsTown, one: Playground, level: str, learn: str, teach: str) -> None:
    """Type `join`, fill in the form, send it."""
    await one.say("join")
    await here.settle()
    form = await one.reads("Bothways pairs people")
    inputs = {"level": level, "learn": learn, "teach": teach, "department": f"D{level}", "languages": "en"}
    assert (await one.press(form, form.submit, inputs))["type"] == CARD
    await here.settle()
    assert (await one.reads("Welcome to Bothways")).id == form.id, "the answer stands in the form's place"


def anything(form: Said) -> dict[str, str]:
    """Something in every field that is empty."""
    fields = [one for one in form.card["body"] if one["type"] == "Input.Text" and not one.get("value")]
    return {one["id"]: "We try it, and [tell](x) each other" for one in fields}


async def agree(here: TeamsTown, ana: Playground, ben: Playground) -> None:
    """Both write what they expect, read both, and agree."""
    for one in (ana, ben):
        asked = await one.reads("what do you expect of each other?")
        assert (await one.press(asked, "Write what I expect"))["type"] != CARD, "the form comes below"
        await here.settle()
        form = await one.reads("Write for yourself")
        await one.press(form, form.submit, anything(form))
        await here.settle()
    for one in (ana, ben):
        await one.press(await one.reads("what each of you expects"), "Agree")
        await here.settle()


async def test_two_people_join_meet_and_agree_in_microsofts_own_client(tmp_path: Path) -> None:
    async with played(tmp_path) as (here, ana, ben):
        await join(here, ana, "2", "Negotiation", "Python")
        await join(here, ben, "5", "Python", "Negotiation")
        await here.release_a_round()
        for one in (ana, ben):
            await one.press(await one.reads("Here is somebody for you"), "Accept")
            await here.settle()
        assert "To you and Ben Okafor" in (await ana.reads("meet each other")).text
        assert "To you and Ana Silva" in (await ben.reads("meet each other")).text
        await here.skip(16)
        asked = await ana.reads("Did you meet Ben Okafor lately?")
        answer = await ana.press(asked, "We met")
        assert (answer["type"], "noted, you met" in answer["value"]["fallbackText"]) == (CARD, True)
        await here.settle()
        assert (await ana.reads("noted, you met")).id == asked.id
        await agree(here, ana, ben)
        assert [one.text[:18] for one in here.microsoft.to(CHANNEL)] == ["Bothways: the week"] * 2
        seen = [*ana.seen.values(), *ben.seen.values()]
        assert [line for one in seen for line in problems(one.card)] == []
        assert ana.actions == ben.actions == {"createMessage", "updateMessage"}
        counters = here.bot.inside.counters
        assert (counters.doubts, counters.failed, counters.refused, counters.doubled) == (0, 0, 0, 0)


async def test_an_owner_reads_the_summary_with_its_chart_in_microsofts_own_client(tmp_path: Path) -> None:
    async with overseen(tmp_path) as (here, owner):
        await owner.say("summary")
        await here.settle()
        shown = await owner.reads("the week")
        (chart,) = [part for part in parts(shown.card) if part["type"] == "Chart.Line"]
        (weeks,) = chart["data"]
        assert [point["y"] for point in weeks["values"]] == sorted(point["y"] for point in weeks["values"])
        facts = next(part for part in chart["fallback"]["items"] if part["type"] == "FactSet")["facts"]
        assert [one["value"] for one in facts] == [str(point["y"]) for point in weeks["values"]]
        assert len({one["value"] for one in facts}) > 1, "it shows how meetings became more"
        assert problems(shown.card) == []
