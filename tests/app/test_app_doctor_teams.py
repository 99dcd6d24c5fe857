"""What the doctor says of Teams."""

from collections.abc import AsyncIterator

import pytest
from starlette.responses import Response
from starlette.routing import Route

from bot.doctor import examine
from handlers.teams.graph import CREATE, INSTALL, READ
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.stores import KEYS
from tests.teams.graph_stand_in import CATALOGUE, GraphStandIn
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, object_id

OWNER = object_id(7)
GRAPH = {"TEAMS_GROUP_CHATS": "yes", "TEAMS_CATALOG_APP_ID": CATALOGUE, "TEAMS_MANAGERS": "yes"}


@pytest.fixture
async def microsoft() -> AsyncIterator[Microsoft]:
    bound = loopback_socket()
    made = Microsoft(address_of(bound))
    async with LoopbackServer(made.app(), bound):
        yield made


async def found(monkeypatch: pytest.MonkeyPatch, address: str, **more: str) -> dict[str, bool]:
    """The doctor's lines about Teams, each with whether all is well."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    values = {
        "TEAMS_APP_ID": APP,
        "TEAMS_APP_SECRET": SECRET,
        "TEAMS_TENANT_ID": TENANT,
        "TEAMS_API_BASE_URL": address,
        "BOTHWAYS_SECRET_KEYS": KEYS[0],
        "BOTHWAYS_OWNERS": OWNER,
        "DATABASE_URL": "sqlite:////nowhere/at/all.db",
        **more,
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    lines = {one.line: one.well async for one in examine()}
    return {line: well for line, well in lines.items() if not line.startswith("DATABASE_URL")}


async def test_a_registration_that_is_well_is_called_so(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address)
    assert all(lines.values()), lines
    assert len([line for line in lines if line.startswith("teams: ")]) == 2


async def test_a_wrong_secret_is_named_and_not_shown(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address, TEAMS_APP_SECRET="hunter2hunter2")
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith("TEAMS_APP_SECRET: ")
    assert "hunter2" not in wrong


async def test_a_tenant_that_does_not_know_the_app_is_named(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address, TEAMS_TENANT_ID=object_id(9))
    (wrong,) = [line for line, well in lines.items() if not well]
    assert "TEAMS_TENANT_ID" in wrong


async def test_a_network_that_leads_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = await found(monkeypatch, "http://127.0.0.1:9")
    assert [line for line, well in lines.items() if not well and "network" in line]


@pytest.mark.parametrize("owners", ["", "U012AB3CD"])
async def test_without_owners_on_teams_nobody_could_set_a_programme_up(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch, owners: str
) -> None:
    lines = await found(monkeypatch, microsoft.address, BOTHWAYS_OWNERS=owners)
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith("BOTHWAYS_OWNERS: ")


async def test_half_a_registration_is_named(microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = await found(monkeypatch, microsoft.address, TEAMS_APP_SECRET="")
    assert [line for line in lines if line.startswith("TEAMS_APP_SECRET is missing: ")]


async def test_graph_is_looked_at_only_where_it_is_used(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [line for line in await found(monkeypatch, microsoft.address) if line.startswith("graph: ")]


async def test_each_permission_that_the_settings_need_is_named(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address, **GRAPH)
    assert all(lines.values()), lines
    told = [line for line in lines if line.startswith("graph: ")]
    assert told == [
        "graph: it can be reached",
        *(f"graph: {one} is granted" for one in (CREATE, INSTALL, READ)),
    ]
    assert microsoft.graph.token() not in "".join(lines)


@pytest.mark.parametrize(
    ("lacking", "variable"),
    [(CREATE, "TEAMS_GROUP_CHATS"), (INSTALL, "TEAMS_GROUP_CHATS"), (READ, "TEAMS_MANAGERS")],
)
async def test_a_permission_that_is_not_granted_is_named_with_what_to_do(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch, lacking: str, variable: str
) -> None:
    microsoft.graph.granted.discard(lacking)
    lines = await found(monkeypatch, microsoft.address, **GRAPH)
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith(f"graph: {lacking} is not granted: ")
    assert "admin consent" in wrong
    assert wrong.endswith(f"unset {variable}")


async def test_a_token_of_another_form_leaves_open_what_was_granted(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphStandIn, "token", lambda _: "opaque")
    lines = await found(monkeypatch, microsoft.address, **GRAPH)
    assert all(lines.values()), lines
    assert len([line for line in lines if "does not tell whether" in line]) == 3


async def test_a_graph_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    bound = loopback_socket()
    made = Microsoft(address_of(bound))
    monkeypatch.setattr(
        GraphStandIn, "routes", lambda _: [Route("/v1.0/", lambda _: Response(status_code=503))]
    )
    async with LoopbackServer(made.app(), bound):
        lines = await found(monkeypatch, made.address, **GRAPH)
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith("graph: ")
    assert "network" in wrong


async def test_group_chats_without_the_apps_id_are_refused_with_where_to_find_it(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address, TEAMS_GROUP_CHATS="yes")
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith("TEAMS_CATALOG_APP_ID is missing: ")
    assert "admin centre" in wrong
