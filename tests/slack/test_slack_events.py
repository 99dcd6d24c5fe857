"""What people type into fields, what Slack tells of, and what breaks: each is answered or kept."""

import asyncio
from typing import Any

import pytest

from handlers.slack import listeners
from sandbox.members import TEAM_ID
from sandbox.workspace import Workspace
from storage.mail_tables import InboxRow
from storage.store import Store
from tests.databases import ON_SQLITE
from tests.slack.asgi import JSON
from tests.slack.sending import ANN, BEN, PEOPLE, a_command, an_event, an_interaction
from tests.slack.served import Served, serving
from tests.stores import TickingClock

pytestmark = ON_SQLITE
"""What differs between stores is tested with the stores."""


# --- typeahead, the own page, events


async def test_typing_offers_topics_and_zones(running: Served) -> None:
    for source, typed, wanted in (("topics", "negot", "Negotiation"), ("zones", "berl", "Europe/Berlin")):
        asked = an_interaction("block_suggestion", action_id=f"suggest:{source}", block_id="x", value=typed)
        offered = (await running.send(asked)).json()["options"]
        assert wanted in [option["value"] for option in offered]


async def test_typing_into_a_field_that_there_is_not_offers_nothing(running: Served) -> None:
    asked = an_interaction("block_suggestion", action_id="suggest:people", block_id="x", value="a")
    answer = await running.send(asked)
    assert (answer.status_code, answer.json()) == (200, {"options": []})


async def test_who_opens_the_app_sees_their_own_page_and_nobody_elses(town: Served) -> None:
    await town.send(an_event("app_home_opened", user=ANN, tab="home"), JSON)
    await town.send(an_event("app_home_opened", "Ev2", user=BEN, tab="messages"), JSON)
    assert [view.person for view in town.sandbox.workspace.views.homes()] == [ANN]


async def test_an_event_is_kept_before_it_is_acknowledged_and_once_however_often_it_comes(
    town: Served,
) -> None:
    user = {"id": ANN, "team_id": TEAM_ID, "name": "ann", "tz": "Asia/Tokyo", "profile": {}}
    for _ in range(3):
        answer = await town.send(an_event("user_change", user=user), JSON)
        assert answer.status_code == 200
    (row,) = await town.rows(InboxRow)
    assert (row.key, row.kind) == ("Ev1", "profile_changed")


async def test_an_event_that_cannot_be_kept_is_not_acknowledged(
    town: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> bool:
        raise OSError("disk")

    await town.send(a_command())
    monkeypatch.setattr(town.store, "take", fails)
    assert (await town.send(an_event("app_uninstalled"), JSON)).status_code == 503


async def test_somebodys_own_token_that_was_revoked_is_none_of_ours(town: Served) -> None:
    body = an_event("tokens_revoked", tokens={"oauth": ["U1"], "bot": []})
    assert (await town.send(body, JSON)).status_code == 200
    assert await town.rows(InboxRow) == []


async def test_what_nothing_listens_to_is_acknowledged_and_forgotten(town: Served) -> None:
    answers = [
        await town.send(an_event("reaction_added"), JSON),
        await town.send(an_interaction("block_actions", actions=[{"action_id": "odd", "block_id": "b"}])),
        await town.send(an_interaction("view_closed", view={"callback_id": "x", "type": "modal"})),
        await town.send(b"command=%2Fother&text=&user_id=U1&team_id=" + TEAM_ID.encode()),
    ]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "")] * 4


# --- what breaks


async def test_what_breaks_is_said_with_an_id_and_logged_without_words(
    town: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise RuntimeError("Ann wants to learn falconry")

    monkeypatch.setattr(listeners, "answer", breaks)
    answer = await town.send(a_command("learn falconry"))
    assert answer.status_code == 200
    (record,) = [record for record in caplog.records if record.msg == "request_failed"]
    assert record.told["incident"] in answer.json()["text"]  # type: ignore[attr-defined] # Log puts it there
    assert "falconry" not in str(record.told)  # type: ignore[attr-defined]


async def test_a_form_that_breaks_says_so_in_its_place_and_keeps_nothing(
    running: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(listeners, "submit", breaks)
    view = {"id": "V1", "type": "modal", "callback_id": "pause", "title": {"text": "Pause"}, "state": {}}
    said = (await running.send(an_interaction("view_submission", view=view))).json()
    assert said["response_action"] == "update"
    assert said["view"]["title"]["text"] == "Pause"
    assert "submit" not in said["view"]


async def test_a_late_form_has_moved_on(running: Served) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "date", "private_metadata": "pair_0000000B"}
    body = an_interaction("view_submission", view={**view, "title": {"text": "x"}, "state": {"values": {}}})
    said = (await running.send(body)).json()
    assert said["response_action"] == "update"


async def test_a_token_that_slack_does_not_know_lets_no_event_be_lost(
    store: Store, clock: TickingClock
) -> None:
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now)) as town:
        await town.post("fault", method="auth.test", error="invalid_auth", times=1)
        assert (await town.send(an_event("app_uninstalled"), JSON)).status_code == 503
        assert (await town.send(an_event("app_uninstalled"), JSON)).status_code == 200


async def test_many_at_once_are_all_answered(town: Served) -> None:
    answers = await asyncio.gather(*(town.send(a_command("help", trigger_id=str(n))) for n in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert town.calls == ["auth.test"]
