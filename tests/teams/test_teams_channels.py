"""The channels that an owner can choose: those of the teams that the bot is in."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.mentoring.prompts import SetupForm
from handlers.teams.ids import channel
from handlers.teams.reading import READER
from storage.store import Store
from tests.stores import TickingClock
from tests.teams.acting import ANA, prompts, wrote
from tests.teams.edge import Edge, edge_over
from tests.teams.stand_in import TENANT

SALES, PEOPLE = "19:sales@thread.tacv2", "19:people@thread.tacv2"


async def asked(edge: Edge, **known: Any) -> tuple[dict[str, Any], str]:
    """The field in which Ana chooses the programme's channel, and what stands beside it."""
    await edge.hear(wrote(edge, "setup"))
    (form,) = await prompts(edge)
    assert isinstance(form, SetupForm)
    form = replace(form, **known)
    body = (await edge.edge.messenger.showing.shown(edge.workspace, form, READER)).card["body"]
    at = next(number for number, part in enumerate(body) if part.get("id") == "channel")
    return body[at], json.dumps(body[at + 1])


async def offered(edge: Edge) -> list[str]:
    """What Ana can choose as the programme's channel."""
    field, _ = await asked(edge)
    return [one["title"] for one in field["choices"]]


@pytest.mark.parametrize(
    ("teams", "named", "wanted"),
    [
        ([SALES], {SALES: "Sales"}, ["General", "News"]),
        (
            [SALES, PEOPLE],
            {SALES: "Sales", PEOPLE: "People"},
            ["People: General", "People: News", "Sales: General", "Sales: News"],
        ),
        ([SALES, PEOPLE], {SALES: "Sales"}, ["General", "News", "Sales: General", "Sales: News"]),
    ],
)
async def test_channels_of_several_teams_are_told_apart_by_their_teams(
    store: Store, clock: TickingClock, teams: list[str], named: dict[str, str], wanted: list[str]
) -> None:
    async with edge_over(store, clock, ANA.id) as edge:
        edge.microsoft.channels = {"19:general@thread.tacv2": "", "19:news@thread.tacv2": "News"}
        edge.microsoft.teams = named
        for team in teams:
            await store.references.keep_team(edge.workspace, team, edge.microsoft.address)
        assert await offered(edge) == wanted


MANY = {f"19:{number:03}@thread.tacv2": f"Channel {number:03}" for number in range(103)}
LAST = "19:102@thread.tacv2"


@pytest.mark.parametrize("teams", [1, 2])
async def test_more_channels_than_a_list_takes_are_not_hidden_in_silence(
    store: Store, clock: TickingClock, teams: int
) -> None:
    async with edge_over(store, clock, ANA.id) as edge:
        edge.microsoft.channels = dict(list(MANY.items())[: 103 if teams == 1 else 50])
        for team in [SALES, PEOPLE][:teams]:
            await store.references.keep_team(edge.workspace, team, edge.microsoft.address)
        field, hint = await asked(edge, channel=channel(TENANT, LAST))
        assert "It holds counts only, never a name." in hint
        if teams == 1:
            assert len(field["choices"]) == 100
            assert field["choices"][0]["title"] == "Channel 102", "what is chosen stays chosen"
            assert field["value"] == field["choices"][0]["value"]
            assert "I list 100 of the 103 channels that I am in." in hint
        else:
            assert len(field["choices"]) == 100
            assert "I list" not in hint
