"""What the doctor says of Teams."""

from collections.abc import AsyncIterator

import pytest

from bot.doctor import examine
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.stores import KEYS
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, object_id

OWNER = object_id(7)


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


async def test_without_owners_nobody_could_set_a_programme_up(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await found(monkeypatch, microsoft.address, BOTHWAYS_OWNERS="")
    (wrong,) = [line for line, well in lines.items() if not well]
    assert wrong.startswith("BOTHWAYS_OWNERS: ")


async def test_half_a_registration_is_named(microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = await found(monkeypatch, microsoft.address, TEAMS_APP_SECRET="")
    assert [line for line in lines if line.startswith("TEAMS_APP_SECRET is missing: ")]
