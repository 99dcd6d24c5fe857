"""Who is whose manager by Microsoft Graph: offered to whoever joins, and nothing where it is not told."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import respx

from bot.mentoring.ids import address, local_id
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import JoinForm
from handlers.teams.graph import READ, Graph
from handlers.teams.managers import REST, Managers
from handlers.teams.places import places
from handlers.teams.reading import READER
from handlers.teams.speaking import App, Speaker
from storage.store import Store
from tests.dialogues import cast
from tests.dialogues.cast import the_village
from tests.dialogues.on_teams import teams_town
from tests.stores import TickingClock
from tests.teams.acting import ANA, WHO, pressed, programme, prompts, wrote
from tests.teams.checking import parts, problems
from tests.teams.edge import Edge, edge_over
from tests.teams.graph_stand_in import GraphStandIn
from tests.teams.stand_in import APP, SECRET, TENANT, object_id

PLACES = places(TENANT)
PERSON = f"{PLACES.graph}/users/{ANA.id}"
BOSS = address("teams", TENANT, object_id(9))


class Asked:
    """Managers over Graph's real address, whose answers a test gives."""

    def __init__(self, router: respx.MockRouter, http: httpx.AsyncClient, granted: str = READ) -> None:
        self.now = 0.0
        stand_in = GraphStandIn(granted={granted})
        token = {"access_token": stand_in.token(), "expires_in": 3600}
        self.tokens = router.post(PLACES.token).respond(json=token)
        self.person = router.get(url__startswith=PERSON)
        app = App(http, PLACES, APP, SECRET)
        graph = Graph(http, Speaker(app, PLACES.graph_scope, lambda: self.now), PLACES.graph)
        self.managers = Managers(graph, lambda: self.now)

    async def told(self) -> Profile | None:
        """Ana's manager."""
        return await self.managers.of(WHO)


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    """Give a Graph where all is granted and nobody has a manager yet."""
    async with httpx.AsyncClient() as http:
        with respx.mock(assert_all_called=False) as router:
            yield Asked(router, http)


async def test_graph_is_asked_for_the_manager_and_for_nothing_else_of_a_person(asked: Asked) -> None:
    asked.person.respond(
        json={"id": ANA.id, "manager": {"id": local_id(BOSS).upper(), "displayName": " Bo\nSs "}}
    )
    found = await asked.told()
    assert found == Profile(BOSS, "Bo Ss", "UTC", admin=False, standing=Standing.MEMBER)
    request = asked.person.calls.last.request
    assert dict(request.url.params) == {"$select": "id", "$expand": "manager($select=id,displayName)"}
    form = asked.tokens.calls.last.request.content.decode()
    assert "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default" in form


@pytest.mark.parametrize(
    "told",
    [
        {"id": ANA.id},
        {"manager": None},
        {"manager": {}},
        {"manager": {"id": "no id"}},
        {"manager": {"id": ANA.id}},
        {"manager": [1]},
        {"manager": {"id": 7, "displayName": 7}},
    ],
)
async def test_nobody_is_told_of_where_graph_names_no_manager(asked: Asked, told: Any) -> None:
    asked.person.respond(json=told)
    assert await asked.told() is None


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401),
        httpx.Response(404, json={"error": {"code": "Request_ResourceNotFound"}}),
        httpx.Response(429, headers={"Retry-After": "30"}),
        httpx.Response(502),
        httpx.Response(200, content=b"{"),
        httpx.Response(200, json=[]),
    ],
)
async def test_whatever_ails_graph_nobody_is_told_of_and_the_next_is_asked_after(
    asked: Asked, answer: httpx.Response
) -> None:
    asked.person.mock(return_value=answer)
    assert await asked.told() is None
    asked.person.respond(json={"manager": {"id": local_id(BOSS)}})
    assert await asked.told() is not None


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ReadTimeout])
async def test_a_network_that_breaks_holds_nothing_up(asked: Asked, kind: type[httpx.RequestError]) -> None:
    asked.person.mock(side_effect=kind("x"))
    assert await asked.told() is None


async def test_what_is_not_allowed_is_asked_for_once_an_hour(asked: Asked) -> None:
    asked.person.respond(403, json={"error": {"code": "Authorization_RequestDenied"}})
    for _ in range(3):
        assert await asked.told() is None
    assert asked.person.call_count == 1
    asked.now += REST + 1
    await asked.told()
    assert asked.person.call_count == 2


async def test_what_the_token_says_is_not_granted_is_not_asked_for() -> None:
    async with httpx.AsyncClient() as http:
        with respx.mock(assert_all_called=False) as router:
            asked = Asked(router, http, granted="Chat.Create")
            assert await asked.told() is None
            assert not asked.person.called


@pytest.fixture
async def edge(store: Store, clock: TickingClock) -> AsyncIterator[Edge]:
    """Give an edge that asks Graph for managers."""
    async with edge_over(store, clock, managers=True) as made:
        yield made


async def opened(edge: Edge, activity: dict[str, Any]) -> JoinForm:
    """The form to join, as what somebody did opened it."""
    await edge.hear(activity)
    form = (await prompts(edge))[-1]
    assert isinstance(form, JoinForm)
    return form


@pytest.mark.parametrize(
    "act",
    [lambda edge: wrote(edge, "join"), lambda edge: pressed(edge, {"do": "open_join", "page": True})],
)
async def test_the_form_to_join_opens_with_the_manager_and_keeps_nothing_of_it(
    edge: Edge, act: Callable[[Edge], dict[str, Any]]
) -> None:
    edge.microsoft.graph.managers[ANA.id] = local_id(BOSS)
    await edge.store.run(edge.workspace, programme)
    form = await opened(edge, act(edge))
    assert (form.manager, form.manager_name) == (BOSS, "Bo Ss")
    shown = await edge.edge.messenger.showing.shown(edge.workspace, form, READER)
    assert problems(shown.card) == []
    (field,) = [part for part in parts(shown.card) if part.get("id") == "manager"]
    assert {"title": "Bo Ss", "value": local_id(BOSS)} in field["choices"], "a name, and no id of Entra"
    known = await edge.store.read(edge.workspace, lambda records, **_: records.profile(BOSS))
    assert known is None, "nothing is kept of somebody before the form is sent"


async def test_nobody_is_asked_after_who_does_not_join(edge: Edge) -> None:
    edge.microsoft.graph.managers[ANA.id] = local_id(BOSS)
    await edge.hear(wrote(edge, "setup"))
    await edge.hear(wrote(edge, "pairs", id="2"))
    await edge.hear(ANA.activity(edge.microsoft.address, type="installationUpdate", action="add", id="3"))
    assert edge.microsoft.graph.calls == []


async def test_without_the_permission_the_form_opens_by_the_roster_alone(edge: Edge) -> None:
    edge.microsoft.graph.granted.clear()
    await edge.store.run(edge.workspace, programme)
    form = await opened(edge, wrote(edge, "join"))
    assert (form.manager, form.name) == (None, "Ana")


async def test_graph_is_not_asked_where_nobody_set_it_so(store: Store, clock: TickingClock) -> None:
    async with edge_over(store, clock) as edge:
        await edge.store.run(edge.workspace, programme)
        await opened(edge, wrote(edge, "join"))
        assert edge.microsoft.graph.calls == []


@pytest.mark.parametrize("told", [True, False])
async def test_nobody_is_paired_with_the_manager_whom_their_form_opened_with(
    database_url: str, *, told: bool
) -> None:
    async with teams_town(database_url, the_village(), TEAMS_MANAGERS="yes") as here:
        if told:
            here.microsoft.graph.managers[here.person(cast.ANA).id] = here.person(cast.BEN).id
        await here.join(cast.ANA, cast.BEN)
        assert ("Manager" in await here.say(cast.ANA, "/mentor profile")) is told
        owner = await here.owner()
        await here.say(owner, "/mentor match")
        assert ("Review pairs" in (await here.state(owner))["messages"][-1]["buttons"]) is not told
