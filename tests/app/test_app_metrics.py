"""What is seen from outside: counts and ages for whoever may look, and nothing of anybody."""

from dataclasses import fields
from datetime import datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from bot.app import ProgrammeClock, Role, running
from bot.delivery.counters import Counters
from bot.doctor import OVERDUE, examine
from bot.mail import MailState
from bot.mentoring.ids import WorkspaceId
from bot.metrics import COUNTED, Snapshot, metrics_route
from bot.ports import NewId, Records
from storage.store import Store
from tests.app.test_app_bot import settings_for
from tests.builders import a_message
from tests.slack.asgi import call
from tests.stores import TickingClock

MAIL = MailState(
    timedelta(seconds=7), timedelta(seconds=8), timedelta(0), {"pending": 3, "sent": 5, "in_doubt": 1}, 2
)


def app(token: str = "", *, mail: MailState | None = MAIL, counters: Counters | None = None) -> Starlette:
    """An app with these figures."""

    async def take() -> Snapshot:
        return Snapshot(counters or Counters(), mail, timedelta(seconds=3))

    return Starlette(routes=[metrics_route(take, token)])


async def get(app: Starlette, address: str = "127.0.0.1", **headers: str) -> httpx.Response:
    """Ask for the metrics from an address."""
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as http:
        return await http.get("/metrics", headers={name.replace("_", "-"): v for name, v in headers.items()})


def read(text: str) -> dict[str, float]:
    """The samples by name and labels."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_counts_and_ages_are_told_as_prometheus_reads_them() -> None:
    counters = Counters(sent=4, doubts=2, limited=1, doubled=1)
    for seconds in (0.5, 2, 2, 100_000):
        counters.was_late(seconds)
    found = read((await get(app(counters=counters))).text)
    assert found["bothways_sent_total"] == 4
    assert (found["bothways_doubts_total"], found["bothways_doubled_total"]) == (2, 1)
    assert found["bothways_limited_total"] == 1
    assert (found["bothways_outbox_age_seconds"], found["bothways_inbox_age_seconds"]) == (7, 8)
    assert found["bothways_outbox_messages in_doubt"] == 1
    assert found["bothways_schedules_age_seconds"] == 3
    assert found["bothways_resting"] == 2
    assert found["bothways_database_up"] == 1
    assert [found[f"bothways_lateness_seconds_bucket {edge}"] for edge in ("1.0", "5.0", "+Inf")] == [1, 3, 4]
    assert found["bothways_lateness_seconds_sum"] == 100_004.5


async def test_every_count_is_told() -> None:
    counted = {field.name for field in fields(Counters)} - {"late", "late_seconds"}
    assert counted == set(COUNTED)


async def test_a_database_that_is_away_is_told_and_the_rest_too() -> None:
    found = read((await get(app(mail=None))).text)
    assert found["bothways_database_up"] == 0
    assert "bothways_outbox_age_seconds" not in found
    assert "bothways_sent_total" in found


@pytest.mark.parametrize(
    ("token", "address", "headers", "status"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "203.0.113.9", {}, 403),
        ("", "127.0.0.1", {"X_Forwarded_For": "203.0.113.9"}, 403),
        ("", "127.0.0.1", {"Forwarded": "for=203.0.113.9"}, 403),
        ("s3cret", "127.0.0.1", {}, 403),
        ("s3cret", "203.0.113.9", {"Authorization": "Bearer s3cret"}, 200),
        ("s3cret", "203.0.113.9", {"Authorization": "Bearer wrong"}, 403),
    ],
)
async def test_only_who_may_look_sees_anything(
    token: str, address: str, headers: dict[str, str], status: int
) -> None:
    assert (await get(app(token), address, **headers)).status_code == status


async def test_a_running_bot_tells_of_its_mail_and_names_nobody(database_url: str) -> None:
    async with running(settings_for(database_url), Role.ALL, ProgrammeClock()) as bot:
        workspace = await bot.store.workspace("slack", "TEAM-CANARY")

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            records.post(a_message("canary", to="CANARY", not_before=now + timedelta(hours=1)))

        await bot.store.run(workspace, use)
        token = {"authorization": "Bearer x"}
        assert (await call(bot.web, token, method="GET", path="/metrics")).status == 403
        text = (await get(bot.web)).text
        assert read(text)["bothways_outbox_messages pending"] == 1
        assert "CANARY" not in text.upper()
        assert workspace not in text


async def test_the_doctor_says_when_nobody_works(
    store: Store,
    workspace: WorkspaceId,
    clock: TickingClock,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        records.post(a_message("waits", not_before=now))

    await store.run(workspace, use)
    assert not await store.overdue(clock())
    assert await store.overdue(clock() + OVERDUE)
    settings = settings_for(database_url)
    monkeypatch.setenv("DATABASE_URL", database_url.replace("+psycopg", ""))
    monkeypatch.setenv("BOTHWAYS_SECRET_KEYS", settings.secret_keys[0])
    lines = [finding.line for finding in [one async for one in examine()] if not finding.well]
    assert any("something has been due for 10 minutes" in line for line in lines)
