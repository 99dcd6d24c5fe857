"""What the tiny bot needs for people to set a programme up, join, and match: forms with the real labels."""

from typing import Any

from slack_sdk.errors import SlackApiError

from tests.sandbox.tiny_bot import Served

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def _options(*pairs: tuple[str, str]) -> list[Json]:
    return [{"text": plain(text), "value": value} for value, text in pairs]


def _input(label: str, kind: str, **element: Any) -> Json:
    action = element.pop("action_id", "input")
    return {
        "type": "input",
        "block_id": label,
        "label": plain(label),
        "optional": True,
        "element": {"type": kind, "action_id": action, **element},
    }


def _modal(name: str, *blocks: Json) -> Json:
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(name),
        "submit": plain("Save"),
        "blocks": list(blocks),
    }


TOPICS = ("SQL", "SQLite", "Public speaking")
JOIN = _modal(
    "join",
    _input("Name", "plain_text_input"),
    _input("Level", "static_select", options=_options(*((str(n), f"{n} · Rung {n}") for n in range(1, 9)))),
    _input("I want to learn", "multi_external_select", action_id="topics", min_query_length=0),
    _input("I can teach", "multi_external_select", action_id="topics", min_query_length=0),
    _input(
        "Places", "static_select", options=_options(("0", "0 · not now"), ("1", "1 pair"), ("2", "2 pairs"))
    ),
    _input("Working day starts", "timepicker"),
    _input("Time zone", "external_select", action_id="zones", min_query_length=2),
    _input(
        "Languages", "multi_static_select", options=_options(("en", "English (en)"), ("de", "German (de)"))
    ),
    _input("My manager", "users_select"),
    _input("Joined the company", "plain_text_input", max_length=7),
    _input("Being found", "checkboxes", options=_options(("yes", "People may find me"))),
)
SETUP = _modal(
    "setup",
    _input("Programme name", "plain_text_input"),
    _input("Channel", "channels_select"),
    _input("First round", "datepicker"),
    _input("Contacts for concerns", "multi_users_select"),
    _input("Conditions", "checkboxes", options=_options(("a", "A sponsor"), ("b", "Time"))),
)


class Joining:
    """Keeps what was submitted, by person; `taken` names are refused."""

    def __init__(self, served: Served) -> None:
        self.sent: dict[str, dict[str, Json]] = {}
        self.matches = 0
        self.taken: set[str] = set()
        self.errors: list[str] = []
        self.known_as: dict[str, str] = {}
        self._served = served
        served.app.command("/mentor")(self.mentor)
        served.app.options("topics")(self.topics)
        served.app.options("zones")(self.zones)
        served.app.view("join")(self.submitted)
        served.app.view("setup")(self.submitted)

    async def mentor(self, ack: Any, command: Json) -> None:
        """`/mentor setup`, `join` and `match`."""
        view = {"join": JOIN, "setup": SETUP}.get(command["text"])
        if view is None:
            self.matches += 1
            await ack(text="A round is drafted")
            return
        await ack()
        self._served.bot.later(self._open(command["trigger_id"], view))

    async def _open(self, trigger_id: str, view: Json) -> None:
        try:
            await self._served.client.views_open(trigger_id=trigger_id, view=view)
        except SlackApiError as error:
            self.errors.append(error.response["error"])

    async def topics(self, ack: Any, payload: Json) -> None:
        """Known topics, and an offer to add what is not known."""
        query = payload["value"]
        if query in self.known_as:
            await ack(options=_options(("known", self.known_as[query])))
            return
        found = [topic for topic in TOPICS if query.lower() in topic.lower()]
        await ack(options=_options(*((topic.lower(), topic) for topic in found), (query, f"Add “{query}”")))

    async def zones(self, ack: Any, payload: Json) -> None:
        """Zones, shown with their offset."""
        await ack(options=_options((payload["value"], f"{payload['value']} (UTC+1)")))

    async def submitted(self, ack: Any, body: Json) -> None:
        """A form came in."""
        values = body["view"]["state"]["values"]
        held = {block: next(iter(actions.values())) for block, actions in values.items()}
        if held.get("Name", {}).get("value") in self.taken:
            await ack(response_action="errors", errors={"Name": "That name is taken"})
            return
        self.sent[body["user"]["id"]] = held
        await ack()
