"""What people do in Slack reaches the right use case, and the answer the right place."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlmodel import Session, select

from sandbox.members import CONTACT_IDS, OWNER_ID
from sandbox.people import load_roster
from sandbox.workspace import Workspace
from storage.guard import across
from storage.mail_tables import InboxRow, OutboxRow
from storage.store import Store
from tests.slack.asgi import FORM, JSON, signed
from tests.slack.served import Served, serving
from tests.stores import TickingClock

pytest_plugins = ["tests.stores"]
PEOPLE = load_roster(Path(__file__).parent.parent / "data" / "people_60.csv")[:8]
ANN, BEN = (person.id for person in PEOPLE[:2])
ANN_ID = f"U{ANN}"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Give SQLite alone: what differs between stores is tested with the stores."""
    return sqlite_url


@pytest.fixture
async def town(store: Store, clock: TickingClock) -> AsyncIterator[Served]:
    """Give a workspace with the edge in it."""
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now)) as served:
        yield served


async def rows(town: Served, table: type[Any]) -> list[Any]:
    """All rows of a table."""
    options = across("look into a test's table")

    def read(session: Session) -> list[Any]:
        return list(session.exec(select(table), execution_options=options).all())

    return await town.store.workshop.run(read)


async def send(town: Served, body: bytes, content_type: str = FORM) -> Any:
    """Send the bot a signed request as Slack would."""
    now = town.sandbox.workspace.wall()
    address = town.sandbox.slack.bot.address
    headers = signed(body, content_type=content_type, at=now)
    return await town.script.post(f"{address}/slack/events", content=body, headers=headers)


def a_command(text: str = "help", **more: str) -> bytes:
    """A slash command of Ann's."""
    fields = {"command": "/mentor", "text": text, "user_id": ANN_ID, "team_id": "T0BOTHWAYS", **more}
    return urlencode(fields).encode()


SETUP = {
    "Programme's name": "Both ways",
    "Purpose": "To learn from each other",
    "Channel": "mentoring",
    "Owners": [],
    "Contacts": list(CONTACT_IDS),
}


async def set_up(town: Served) -> Any:
    """The owner launches a programme with what the form opens with and little more."""
    await town.say(OWNER_ID, "/mentor setup")
    form = await town.form(OWNER_ID)
    fields = {field["label"]: field for field in form["fields"]}
    ticks = [field["label"] for field in form["fields"] if field["kind"] == "checkboxes"]
    values = {label: value for label, value in SETUP.items() if label in fields}
    values |= {label: fields[label]["options"] for label in ticks}
    return await town.post("submit", person=OWNER_ID, fields=values)


async def test_a_command_is_answered_to_the_person_alone(town: Served) -> None:
    said = await town.say(ANN, "/mentor help")
    assert "/mentor join" in said
    assert town.calls == ["auth.test"]


async def test_the_programme_is_set_up_through_its_form(town: Served) -> None:
    answer = await set_up(town)
    assert answer["ok"], answer
    print(json.dumps(answer, indent=1)[:3000])
    print(await town.form(OWNER_ID), town.calls)
