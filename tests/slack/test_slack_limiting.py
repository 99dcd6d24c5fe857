"""Who asks too much within a minute is told kindly, wherever they ask, and nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.mentoring.ids import Address
from handlers.limits import Kind, Limits
from sandbox.story import prepare
from sandbox.workspace import Workspace
from storage.mail_tables import InboxRow, OutboxRow
from storage.store import Store
from storage.tables import ParticipantRow
from tests.databases import ON_SQLITE
from tests.handlers.test_handlers_limits import NUMBERS, Wall, asked
from tests.slack.sending import ANN, BEN, PEOPLE, a_command, an_event, an_interaction, fields_of
from tests.slack.served import Served, serving
from tests.stores import TickingClock

pytestmark = ON_SQLITE
"""Nothing of this is in a store."""

MOST = Kind.ACT.value.person
KIND = "A lot came in at once, so I have not done this one yet. Nothing is lost: please try again in "


def another(body: bytes) -> bytes:
    """The same once more; with the same bytes it would be one request that is sent again."""
    return body + f"&trigger_id={next(NUMBERS)}".encode()


@dataclass
class Busy:
    """A town, and the clock on the wall that its limits read."""

    town: Served
    wall: Wall
    limits: Limits

    async def hurry(self, times: int = MOST) -> None:
        """Ann types as many commands as this."""
        for _ in range(times):
            told = await self.town.send(another(a_command("help")))
            assert not told.json()["text"].startswith(KIND)


@pytest.fixture
async def busy(store: Store, clock: TickingClock) -> AsyncIterator[Busy]:
    """Give a town whose programme is set up; from here on the minute stands still."""
    wall = Wall()
    limits = Limits(wall)
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now), limits=limits) as town:
        assert await prepare(town.sandbox.slack) is None
        yield Busy(town, wall, limits)


async def test_the_command_after_twenty_is_not_done_and_after_the_wait_it_is(busy: Busy) -> None:
    await busy.town.post("opt-everyone-in")
    busy.wall.now += 60
    await busy.hurry()
    before = len(await busy.town.rows(InboxRow))
    answer = await busy.town.send(a_command("learn falconry"))
    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert answer.json()["text"] == f"{KIND}60 seconds."
    assert len(await busy.town.rows(InboxRow)) == before
    assert not [row for row in await busy.town.rows(ParticipantRow) if "falconry" in row.learn]
    other = await busy.town.send(a_command("learn falconry", user_id=BEN))
    assert not other.json()["text"].startswith(KIND)
    again = await busy.town.send(a_command("help"))
    assert again.json()["text"] == f"{KIND}60 seconds."
    busy.wall.now += 60
    assert "falconry" in (await busy.town.send(a_command("learn falconry"))).json()["text"]


async def test_a_form_to_join_is_not_opened_either(busy: Busy) -> None:
    await busy.hurry()
    busy.town.sandbox.workspace.calls.clear()
    assert (await busy.town.say(ANN, "/mentor join")).startswith(KIND)
    assert busy.town.calls == []


async def test_a_button_in_a_message_is_answered_beside_it_and_the_message_stays(busy: Busy) -> None:
    await busy.town.say(ANN, "/mentor help")
    await busy.hurry(MOST - 1)
    state = (await busy.town.script.get("/sandbox/state", params={"person": ANN})).json()
    shown = state["messages"][-1]
    answer = await busy.town.post("press", person=ANN, message=shown["ts"], button="What is stored")
    assert [reply["text"].startswith(KIND) for reply in answer["replies"]] == [True]
    after = (await busy.town.script.get("/sandbox/state", params={"person": ANN})).json()
    assert shown in after["messages"]
    assert await busy.town.rows(OutboxRow) == []
    busy.wall.now += 60
    await busy.town.post("press", person=ANN, message=shown["ts"], button="What is stored")
    assert len(await busy.town.rows(OutboxRow)) == 1


async def test_a_button_of_the_own_page_is_answered_in_a_window(busy: Busy) -> None:
    await busy.town.post("home", person=ANN)
    await busy.hurry()
    await busy.town.post("press", person=ANN, message="home", button="Show help")
    view = busy.town.sandbox.workspace.views.top(ANN)
    assert view is not None
    assert KIND in str(view.content["blocks"])


async def test_a_button_in_a_window_is_answered_above_it(busy: Busy) -> None:
    await busy.town.post("home", person=ANN)
    await busy.town.post("press", person=ANN, message="home", button="Show help")
    helped = busy.town.sandbox.workspace.views.top(ANN)
    await busy.hurry(MOST - 1)
    await busy.town.post("press", person=ANN, message="form", button="What is stored")
    above = busy.town.sandbox.workspace.views.top(ANN)
    assert above is not None
    assert KIND in str(above.content["blocks"])
    await busy.town.post("cancel", person=ANN)
    assert busy.town.sandbox.workspace.views.top(ANN) is helped


async def test_a_form_stays_with_all_that_was_filled_in_and_can_be_sent_later(busy: Busy) -> None:
    await busy.town.say(ANN, "/mentor join")
    level = (await fields_of(busy.town, ANN))["Level"]["options"][0]
    await busy.hurry(MOST - 1)
    values = {"Level": level, "Department": "Research", "I want to learn": ["Go"]}
    refused = await busy.town.post("submit", person=ANN, fields=values)
    assert refused == {"ok": False, "errors": {"Name": f"{KIND}60 seconds."}}
    assert await busy.town.rows(ParticipantRow) == []
    fields = await fields_of(busy.town, ANN)
    assert (fields["Level"]["value"], fields["Department"]["value"]) == (level, "Research")
    busy.wall.now += 60
    assert (await busy.town.post("submit", person=ANN, fields={}))["ok"]
    assert len(await busy.town.rows(ParticipantRow)) == 1


async def test_what_is_asked_while_a_form_is_filled_in_has_a_bound_of_its_own(busy: Busy) -> None:
    await busy.town.say(ANN, "/mentor join")
    await busy.hurry(MOST - 1)
    typing = an_interaction("block_suggestion", action_id="suggest:topics", block_id="learn", value="go")
    for _ in range(Kind.TYPING.value.person):
        assert (await busy.town.send(another(typing))).json()["options"]
    assert (await busy.town.send(another(typing))).json() == {"options": []}
    chosen = an_interaction(
        "block_actions",
        actions=[{"action_id": "input", "block_id": "level"}],
        view={"type": "modal", "callback_id": "join", "state": {"values": {}}, "id": "V1"},
    )
    busy.town.sandbox.workspace.calls.clear()
    answer = await busy.town.send(chosen)
    assert (answer.status_code, answer.text, busy.town.calls) == (200, "", [])


async def test_what_slack_tells_by_itself_is_never_held_back(busy: Busy) -> None:
    await busy.hurry()
    user = {"id": ANN, "team_id": "T0BOTHWAYS", "tz": "Europe/Paris", "profile": {}}
    for number in range(MOST + 5):
        event = an_event("user_change", f"Ev{number}", user=user)
        assert (await busy.town.send(event, "application/json")).status_code == 200
    assert len([row for row in await busy.town.rows(InboxRow) if row.key.startswith("Ev")]) == MOST + 5


async def test_a_workspace_is_bounded_too_and_everybody_in_it_is_told_the_same(busy: Busy) -> None:
    busy.wall.now += 60
    workspace = await busy.town.workspace()
    for number in range(Kind.ACT.value.workspace - 1):
        assert asked(busy.limits, Kind.ACT, workspace, Address(f"slack:T1:U{number}")) == 0
    assert not (await busy.town.send(another(a_command("help")))).json()["text"].startswith(KIND)
    for who in (ANN, BEN):
        told = await busy.town.send(another(a_command("help", user_id=who)))
        assert told.json()["text"] == f"{KIND}60 seconds."


async def test_a_request_that_names_nobody_is_not_counted_against_anybody(busy: Busy) -> None:
    for _ in range(MOST + 5):
        told = await busy.town.send(another(a_command("help", user_id="")))
        assert "broke on my side" in told.json()["text"]
    await busy.hurry()
