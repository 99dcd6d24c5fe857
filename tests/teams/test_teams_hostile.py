"""Whatever people and strangers might send, wherever it stands, is answered and inert."""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from time import monotonic
from typing import Any

import pytest

from bot.mentoring.prompts import FormPrompt
from handlers.forms import fields
from handlers.shared.http import MAX_BODY
from tests.hostile import hostile
from tests.teams.acting import ANA, CHANNEL, INBOX, participant, pressed, programme, wrote
from tests.teams.checking import problems
from tests.teams.edge import Edge
from tests.teams.stand_in import APP, TENANT, Person

MOST = 80_000
"""Bytes of a message as UTF-16; Teams takes 100 kB."""
VALUES = [
    pytest.param(value, id=key)
    for prefix in ("SL", "ID", "NM", "TP", "AN")
    for key, value in hostile(prefix)
    if isinstance(value, str) and len(value) < 100_000
]


def of(number: int, activity: dict[str, Any]) -> dict[str, Any]:
    """The same, done by somebody else."""
    person = Person(number, "Ana")
    return {**activity, "from": {"id": person.account, "name": "Ana", "aadObjectId": person.id}}


def cards(bodies: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards among some answers."""
    return [
        body["value"] for body in bodies if isinstance(body.get("value"), dict) and "body" in body["value"]
    ]


@pytest.mark.parametrize("value", VALUES)
async def test_whatever_is_sent_is_answered(edge: Edge, value: str) -> None:
    await edge.store.run(edge.workspace, programme)
    heard = [
        await edge.hear(of(1, wrote(edge, value, id="1"))),
        await edge.hear(of(2, wrote(edge, f"learn {value}", id="2"))),
        await edge.hear(of(3, pressed(edge, {"do": value, "value": value}, id="3"))),
        await edge.hear(of(4, pressed(edge, {"do": "accept", "value": value}, id="4"))),
        await edge.hear(of(5, pressed(edge, {"do": "form:send", "form": value}, id="5"))),
        await edge.hear(of(6, pressed(edge, {value: value, "do": "open_join"}, id="6"))),
        await edge.hear(of(7, {**wrote(edge, "profile", id=value or "7"), "replyToId": value})),
    ]
    assert {one.status for one in heard} == {200}
    assert [line for made in cards(one.body for one in heard) for line in problems(made)] == []
    assert await edge.count(INBOX) <= len(heard)


@pytest.mark.parametrize("value", VALUES)
async def test_whatever_is_filled_in_is_answered_and_shown_inert(edge: Edge, value: str) -> None:
    await edge.store.run(edge.workspace, participant)
    await edge.hear(wrote(edge, "join", id="1"))
    form = (await edge.waiting())[-1][2]
    assert isinstance(form, FormPrompt)
    sealed = edge.edge.messenger.showing.sealer.close(edge.workspace, form)
    filled = dict.fromkeys([one.key for one in fields(form)], value)
    sent = pressed(edge, {**filled, "do": "form:send", "form": sealed})
    got = await edge.hear(sent)
    assert got.status == (413 if len(json.dumps(sent)) > MAX_BODY else 200)
    for made in cards([got.body]):
        assert [line for line in problems(made) if not line.endswith("bytes")] == []
        assert len(json.dumps(made, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) < MOST


ODD = (5, {"x": 1}, ["x"], "\ud800", "x\0y", "x" * 1_000)
"""What stands in no place of a true activity, or in few."""
TEAM = {"tenant": {"id": TENANT}, "team": {"id": CHANNEL["id"]}}
ACTIVITIES: dict[str, dict[str, Any]] = {
    "message": {"text": "profile"},
    "press": {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "value": {"action": {"data": {"do": "show_pairs", "value": "v", "sent": "m"}}},
        "replyToId": "77",
    },
    "search": {
        "type": "invoke",
        "name": "application/search",
        "value": {"kind": "search", "dataset": "zones", "queryText": "ber"},
    },
    "install": {"type": "installationUpdate", "action": "add"},
    "team": {
        "type": "conversationUpdate",
        "membersAdded": [{"id": f"28:{APP}"}],
        "channelData": TEAM,
        "conversation": CHANNEL,
    },
}


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in an activity."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*above, key)
        yield from places(one, (*above, key))


@pytest.mark.parametrize("kind", ACTIVITIES)
async def test_an_odd_value_anywhere_in_an_activity_breaks_nothing(edge: Edge, kind: str) -> None:
    await edge.store.run(edge.workspace, participant)
    true = ANA.activity(edge.microsoft.address, **ACTIVITIES[kind])
    for number, (way, odd) in enumerate((way, odd) for way in places(true) for odd in ODD):
        activity = deepcopy(true) | {"id": f"{number}"}
        inner = activity
        for key in way[:-1]:
            inner = inner[key]
        inner[way[-1]] = odd
        got = await edge.hear(of(number % 50 + 1, activity) if way[0] != "from" else activity)
        assert got.status < 500, (way, odd)
        assert "people team" not in str(got.body), (way, odd)
    assert [one.summary for one in edge.microsoft.said if "people team" in one.summary] == []


async def test_a_long_text_of_names_that_begin_holds_nobody_up(edge: Edge) -> None:
    before = monotonic()
    assert (await edge.hear(wrote(edge, "<at>" * 60_000))).status == 200
    assert monotonic() - before < 5
