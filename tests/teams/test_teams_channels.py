"""The channels that an owner can choose: those of the teams that the bot is in."""

import pytest

from handlers.teams.reading import READER
from storage.store import Store
from tests.stores import TickingClock
from tests.teams.acting import ANA, prompts, wrote
from tests.teams.edge import Edge, edge_over

SALES, PEOPLE = "19:sales@thread.tacv2", "19:people@thread.tacv2"


async def offered(edge: Edge) -> list[str]:
    """What Ana can choose as the programme's channel."""
    await edge.hear(wrote(edge, "setup"))
    (form,) = await prompts(edge)
    shown = await edge.edge.messenger.showing.shown(edge.workspace, form, READER)
    field = next(part for part in shown.card["body"] if part.get("id") == "channel")
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
