"""People of the Slack tests, and what Slack sends when they do something."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.members import TEAM_ID, slack_id
from sandbox.people import load_roster
from tests.slack.served import Served

ROSTER = load_roster(Path(__file__).parent.parent / "data" / "people_60.csv")
PEOPLE = [replace(person, manager=None) for person in ROSTER[:8]]
ANN, BEN = (slack_id(person.id) for person in PEOPLE[:2])


def a_command(text: str = "help", **more: str) -> bytes:
    """A slash command of Ann's."""
    fields = {"command": "/mentor", "text": text, "user_id": ANN, "team_id": TEAM_ID, **more}
    return urlencode(fields).encode()


def an_interaction(kind: str, **more: Any) -> bytes:
    """Something Ann did with a button, a field or a form."""
    user = {"id": ANN, "team_id": TEAM_ID}
    payload = {"type": kind, "user": user, "team": {"id": TEAM_ID}, **more}
    return urlencode({"payload": json.dumps(payload)}).encode()


def an_event(kind: str, event_id: str = "Ev1", **more: Any) -> bytes:
    """Something Slack tells of."""
    event = {"type": kind, **more}
    body = {"type": "event_callback", "team_id": TEAM_ID, "event_id": event_id, "event": event}
    return json.dumps(body).encode()


async def fields_of(town: Served, person: str) -> dict[str, Any]:
    """The fields of a person's open window, by label."""
    form = await town.form(person)
    return {field["label"]: field for field in form["fields"]}
