"""Newcomers on Slack: a welcome with the first look; a form closed half-way opens again as it was."""

from typing import Any

from bot.mentoring.ids import address
from bot.mentoring.prompts import JoinLeft, Welcome
from sandbox.manifest import Manifest
from sandbox.members import TEAM_ID
from storage.codec import decode
from storage.mail_tables import OutboxRow
from storage.tables import LeftFormRow, PersonRow
from tests.databases import ON_SQLITE
from tests.slack.sending import ANN, fields_of
from tests.slack.served import Served

pytestmark = ON_SQLITE
"""What differs between stores is tested with the stores."""

SOME = {"Department": "Design", "Level": "3 · Doing the work on my own", "I want to learn": ["Negotiation"]}


async def waiting(town: Served, kind: type[Any]) -> list[Any]:
    """What waits in the outbox to be sent."""
    workspace = await town.workspace()
    rows = [row for row in await town.rows(OutboxRow) if row.prompt is not None]
    said = [decode(town.store.keyring.open(workspace, row.prompt)) for row in rows if row.prompt]
    return [one for one in said if isinstance(one, kind)]


async def opens_home(town: Served, person: str = ANN) -> str:
    """Somebody opens the App Home; what it says."""
    await town.post("home", person=person)
    await town.edge.background.drain(5)
    return str((await town.script.get("/sandbox/state")).json()["home"][person]["text"])


async def test_the_first_look_at_the_page_brings_a_welcome_once(running: Served) -> None:
    for _ in range(2):
        assert "You see both profiles before you choose" in await opens_home(running)
    (said,) = await waiting(running, Welcome)
    assert said.purpose
    welcomed = [row.address for row in await running.rows(PersonRow) if row.welcomed_at]
    assert welcomed == [address("slack", TEAM_ID, ANN)]


async def test_the_page_is_shown_though_the_directory_does_not_answer(running: Served) -> None:
    running.sandbox.workspace.manifest = Manifest(scopes=("chat:write", "commands"))
    assert "You see both profiles before you choose" in await opens_home(running)
    assert await waiting(running, Welcome) == []


async def test_a_form_closed_half_way_is_offered_once_and_opens_as_it_was(running: Served) -> None:
    for _ in range(2):
        await running.say(ANN, "/mentor join")
        await running.post("fill", person=ANN, fields=SOME)
        await running.post("cancel", person=ANN)
    assert len(await waiting(running, JoinLeft)) == 1
    (row,) = await running.rows(LeftFormRow)
    assert "Design" not in row.answers.stored
    assert "You began to join" in await opens_home(running)
    await running.post("press", person=ANN, message="home", button="Go on")
    fields = await fields_of(running, ANN)
    assert {label: fields[label]["value"] for label in SOME} == SOME
    assert (await running.post("submit", person=ANN, fields={}))["ok"] is True
    assert await running.rows(LeftFormRow) == []


async def test_what_was_typed_comes_with_the_next_choice(running: Served) -> None:
    await running.say(ANN, "/mentor join")
    await running.post("fill", person=ANN, fields={"Department": "Design"})
    assert await running.rows(LeftFormRow) == []
    await running.post("fill", person=ANN, fields={"Places": "2 pairs"})
    await running.post("cancel", person=ANN)
    await running.say(ANN, "/mentor join")
    fields = await fields_of(running, ANN)
    assert (fields["Department"]["value"], fields["Places"]["value"]) == ("Design", "2 pairs")


async def test_what_was_kept_is_forgotten_when_asked(running: Served) -> None:
    await running.say(ANN, "/mentor join")
    await running.post("fill", person=ANN, fields=SOME)
    await running.post("cancel", person=ANN)
    await opens_home(running)
    await running.post("press", person=ANN, message="home", button="Forget it")
    assert await running.rows(LeftFormRow) == []
    assert "You began to join" not in await opens_home(running)


async def test_a_form_closed_untouched_leaves_no_trace(running: Served) -> None:
    await running.say(ANN, "/mentor join")
    await running.post("cancel", person=ANN)
    assert await running.rows(LeftFormRow) == []
    assert await waiting(running, JoinLeft) == []


async def test_changing_ones_profile_keeps_no_second_copy(running: Served) -> None:
    await running.say(ANN, "/mentor join")
    assert (await running.post("submit", person=ANN, fields=SOME))["ok"] is True
    await running.post("cancel", person=ANN)
    await running.say(ANN, "/mentor join")
    await running.post("fill", person=ANN, fields={"Places": "3 pairs"})
    await running.post("cancel", person=ANN)
    assert await running.rows(LeftFormRow) == []
