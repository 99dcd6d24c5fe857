"""Whatever people and strangers might send, wherever it stands, is answered and inert."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from bot.mentoring.prompts import FormPrompt
from handlers.forms import fields
from handlers.shared.http import MAX_BODY
from tests.hostile import hostile
from tests.teams.acting import INBOX, participant, pressed, programme, wrote
from tests.teams.checking import problems
from tests.teams.edge import Edge
from tests.teams.stand_in import Person

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
