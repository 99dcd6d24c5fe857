"""Forms: opened by trigger ids, filled by label, refused, kept, updated, pushed, closed."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.draw import Draw
from sandbox.tickets import TriggerError, Triggers
from tests.sandbox.tiny_bot import Served

ADA, BO = "UP00001", "UP00002"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str | None = None) -> dict[str, Any]:
    return {"text": plain(text), "value": value or text.lower()}


def field(label: str, kind: str, *, optional: bool = False, **element: Any) -> dict[str, Any]:
    """An input block whose ids come from its label."""
    name = label.lower()
    made = {"type": kind, "action_id": name, **element}
    return {
        "type": "input",
        "block_id": f"b-{name}",
        "label": plain(label),
        "element": made,
        "optional": optional,
    }


def modal(*blocks: dict[str, Any], title: str = "Join", **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "join",
        "title": plain(title),
        "submit": plain("Join"),
        "blocks": list(blocks),
        **more,
    }


FORM = modal(
    field("Name", "plain_text_input", min_length=2, max_length=10),
    field("Level", "static_select", options=[option("1 · New", "1"), option("2 · Solid", "2")]),
    field("Learn", "multi_external_select", min_query_length=1),
    field("Manager", "users_select", optional=True),
    field("Starts", "timepicker", initial_time="09:00"),
    field("First", "datepicker", optional=True),
    field("Being found", "checkboxes", options=[option("Yes", "yes")], optional=True),
    field("Channel", "channels_select", optional=True),
    field("Places", "number_input", is_decimal_allowed=False, min_value="0", max_value="6", optional=True),
)
GOOD = {"Name": "Ada", "Level": "2 · Solid", "Learn": ["sql", "Chess"]}


def opening(served: Served, view: dict[str, Any]) -> None:
    """`/mentor` opens this form."""

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        await ack()
        served.bot.later(served.client.views_open(trigger_id=command["trigger_id"], view=view))

    @served.app.options("learn")
    async def learn(ack: Any, payload: dict[str, Any]) -> None:
        query = payload["value"]
        known = [option("SQL", "topic-1"), option("SQLite", "topic-2"), option("Public speaking", "topic-3")]
        found = [topic for topic in known if query.lower() in topic["text"]["text"].lower()]
        await ack(options=[*found, option(f"Add “{query}”", query)])


def receiving(served: Served, **answer: Any) -> list[dict[str, Any]]:
    """Submissions are kept here, and answered so."""
    seen: list[dict[str, Any]] = []

    @served.app.view("join")
    async def joined(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        await ack(**answer)

    return seen


async def open_form(served: Served, view: dict[str, Any] = FORM) -> Any:
    opening(served, view)
    return await served.post("say", person=ADA, text="/mentor join")


async def test_a_form_shows_its_fields_by_label(served: Served) -> None:
    answer = await open_form(served)
    assert answer["form"]["title"] == "Join"
    form = (await served.state(ADA))["forms"][0]
    assert form["person"] == ADA
    assert [(shown["label"], shown["kind"], shown["options"]) for shown in form["fields"]][:3] == [
        ("Name", "text", []),
        ("Level", "select", ["1 · New", "2 · Solid"]),
        ("Learn", "multi typeahead", []),
    ]
    assert (await served.state(BO))["forms"] == []


async def test_a_form_is_filled_by_label_and_sent(served: Served) -> None:
    await open_form(served)
    seen = receiving(served)
    fields = {
        **GOOD,
        "Manager": "Bo Lindgren",
        "First": "2026-11-09",
        "Being found": True,
        "Channel": "#general",
        "Places": 2,
    }
    answer = await served.post("submit", person=ADA, fields=fields)
    assert answer == {"ok": True, "replies": [], "form": None}
    values = seen[0]["view"]["state"]["values"]
    general = served.workspace.channels.named("general")
    assert general is not None
    assert values["b-name"]["name"] == {"type": "plain_text_input", "value": "Ada"}
    assert values["b-level"]["level"]["selected_option"]["value"] == "2"
    assert [chosen["value"] for chosen in values["b-learn"]["learn"]["selected_options"]] == [
        "topic-1",
        "Chess",
    ]
    assert values["b-manager"]["manager"] == {"type": "users_select", "selected_user": BO}
    assert values["b-starts"]["starts"]["selected_time"] == "09:00"
    assert values["b-first"]["first"]["selected_date"] == "2026-11-09"
    assert values["b-being found"]["being found"]["selected_options"][0]["value"] == "yes"
    assert values["b-channel"]["channel"]["selected_channel"] == general.id
    assert values["b-places"]["places"]["value"] == "2"
    assert seen[0]["user"]["id"] == ADA
    assert (await served.state(ADA))["forms"] == []


async def test_slack_itself_asks_for_required_fields_and_lengths(served: Served) -> None:
    await open_form(served)
    seen = receiving(served)
    answer = await served.post("submit", person=ADA, fields={"Name": "A", "Places": "7"})
    required = "Please complete this required field."
    assert answer == {
        "ok": False,
        "errors": {
            "Name": "This must be at least 2 characters.",
            "Level": required,
            "Learn": required,
            "Places": "This must be at most 6.",
        },
    }
    assert seen == []
    assert (await served.state(ADA))["forms"][0]["errors"] == answer["errors"]


async def test_errors_of_the_bot_keep_the_form_open_with_what_was_typed(served: Served) -> None:
    await open_form(served)
    receiving(served, response_action="errors", errors={"b-name": "That name is taken"})
    answer = await served.post("submit", person=ADA, fields=GOOD)
    assert answer == {"ok": False, "errors": {"Name": "That name is taken"}}
    form = (await served.state(ADA))["forms"][0]
    assert {shown["label"]: shown["value"] for shown in form["fields"]}["Learn"] == ["SQL", "Add “Chess”"]


async def test_errors_under_a_block_that_is_no_input_are_trouble(served: Served) -> None:
    await open_form(served)
    receiving(served, response_action="errors", errors={"b-unknown": "?"})
    answer = await served.post("submit", person=ADA, fields=GOOD)
    assert answer == {"ok": False, "errors": {"": "We had some trouble connecting. Try again?"}}


async def test_a_submission_can_update_push_and_clear(served: Served) -> None:
    await open_form(served, modal(field("Name", "plain_text_input")))
    second = modal(field("Name", "plain_text_input"), title="Second")
    receiving(served, response_action="push", view=second)
    pushed = await served.post("submit", person=ADA, fields={"Name": "Ada"})
    assert pushed["form"]["title"] == "Second"
    assert len(served.workspace.views.stack(ADA)) == 2
    cancelled = await served.post("cancel", person=ADA)
    assert cancelled["form"]["title"] == "Join"
    assert cancelled["form"]["fields"][0]["value"] == "Ada"


async def test_an_update_keeps_what_was_typed_under_the_same_ids(served: Served) -> None:
    await open_form(served, modal(field("Name", "plain_text_input")))
    changed = modal(field("Name", "plain_text_input"), field("Why", "plain_text_input"), title="More")
    receiving(served, response_action="update", view=changed)
    answer = await served.post("submit", person=ADA, fields={"Name": "Ada"})
    assert [(shown["label"], shown["value"]) for shown in answer["form"]["fields"]] == [
        ("Name", "Ada"),
        ("Why", None),
    ]


async def test_a_view_in_an_answer_is_checked_too(served: Served) -> None:
    await open_form(served, modal(field("Name", "plain_text_input")))
    receiving(served, response_action="update", view=modal(title="x" * 25))
    answer = await served.post("submit", person=ADA, fields={"Name": "Ada"})
    assert answer["ok"] is False
    calls = (await served.script.get("/sandbox/calls", params={"method": "view_submission"})).json()["calls"]
    assert calls[0]["error"] == "invalid_arguments"


async def test_closing_tells_the_bot_when_it_asked(served: Served) -> None:
    closed: list[Any] = []
    await open_form(served, modal(field("Name", "plain_text_input"), notify_on_close=True))

    @served.app.view_closed("join")
    async def on_close(ack: Any, body: dict[str, Any]) -> None:
        closed.append((body["is_cleared"], body["view"]["state"]))
        await ack()

    await served.post("fill", person=ADA, fields={"Name": "Ada"})
    await served.post("cancel", person=ADA)
    assert closed == [(False, {"values": {}})], "Slack does not tell what stood in a form that is closed"
    again = await served.script.post("/sandbox/cancel", json={"person": ADA})
    assert again.status_code == 409


async def test_a_choice_that_is_told_at_once_tells_all_that_stands_in_the_form(served: Served) -> None:
    told: list[Any] = []
    levels = [option("1 · New", "1"), option("2 · Solid", "2")]
    level = {**field("Level", "static_select", options=levels), "dispatch_action": True}
    await open_form(served, modal(field("Name", "plain_text_input"), level))

    @served.app.action("level")
    async def on_choice(ack: Any, body: dict[str, Any]) -> None:
        told.append(body["view"]["state"]["values"])
        await ack()

    await served.post("fill", person=ADA, fields={"Name": "Ada"})
    assert told == []
    await served.post("fill", person=ADA, fields={"Level": "1 · New"})
    (values,) = told
    assert values["b-name"]["name"]["value"] == "Ada"
    assert values["b-level"]["level"]["selected_option"]["value"] == "1"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"Nome": "x"}, "no field 'Nome'; the fields are: Name, Level"),
        ({"Level": "9"}, "the options are: 1 · New, 2 · Solid"),
        ({"Manager": "Zed"}, "there is nobody called 'Zed'"),
        ({"First": "tomorrow"}, "give a date YYYY-MM-DD"),
        ({"Starts": "9"}, "give a time HH:MM"),
        ({"Channel": "nowhere"}, "there is no channel 'nowhere'"),
    ],
)
async def test_a_field_filled_wrongly_says_what_is_possible(served: Served, fields: Any, words: str) -> None:
    await open_form(served)
    answer = await served.script.post("/sandbox/submit", json={"person": ADA, "fields": fields})
    assert answer.status_code == 400
    assert words in answer.json()["error"]


async def test_a_typeahead_asks_the_bot_only_from_its_shortest_query_on(served: Served) -> None:
    await open_form(served, modal(field("Learn", "multi_external_select")))
    answer = await served.script.post("/sandbox/submit", json={"person": ADA, "fields": {"Learn": "Go"}})
    assert "typing 'Go' offers nothing" in answer.json()["error"]
    assert len(served.bot.requests) == 1


async def trigger_of(served: Served) -> str:
    found: list[str] = []

    @served.app.command("/mentor")
    async def mentor(ack: Any, command: dict[str, Any]) -> None:
        found.append(command["trigger_id"])
        await ack()

    await served.post("say", person=ADA, text="/mentor")
    return found[0]


async def test_a_trigger_opens_one_form_within_three_seconds(served: Served) -> None:
    view = modal(field("Name", "plain_text_input"))
    trigger = await trigger_of(served)
    opened = await served.client.views_open(trigger_id=trigger, view=view)
    assert opened["view"]["state"]["values"]["b-name"]["name"]["value"] is None
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await served.client.views_open(trigger_id=trigger, view=view)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await served.client.views_open(trigger_id="1.2.x", view=view)


def test_a_trigger_expires_by_the_wall_clock() -> None:
    wall = [1000.0]
    triggers = Triggers(Draw("triggers"), lambda: wall[0])
    trigger_id = triggers.issue(ADA)
    wall[0] += 3.0
    assert triggers.check(trigger_id).person == ADA
    wall[0] += 0.01
    with pytest.raises(TriggerError, match="expired_trigger_id"):
        triggers.check(trigger_id)


async def test_a_bad_view_does_not_use_the_trigger_up(served: Served) -> None:
    trigger = await trigger_of(served)
    with pytest.raises(SlackApiError) as refused:
        await served.client.views_open(trigger_id=trigger, view=modal(title="x" * 25))
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await served.client.views_open(trigger_id=trigger, view=modal(field("Name", "plain_text_input")))


async def test_an_open_form_is_updated_by_id_and_guarded_by_its_hash(served: Served) -> None:
    trigger = await trigger_of(served)
    loading = {"type": "modal", "title": plain("One moment"), "blocks": [{"type": "divider"}]}
    opened = await served.client.views_open(trigger_id=trigger, view=loading)
    view_id, known = opened["view"]["id"], opened["view"]["hash"]
    updated = await served.client.views_update(
        view_id=view_id, hash=known, view=modal(field("Name", "plain_text_input"))
    )
    assert updated["view"]["hash"] != known
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await served.client.views_update(view_id=view_id, hash=known, view=loading)
    with pytest.raises(SlackApiError, match="not_found"):
        await served.client.views_update(view_id="V404", view=loading)


async def test_at_most_three_forms_stand_on_one_another(served: Served) -> None:
    button = {"type": "button", "action_id": "more", "text": plain("More")}
    view = modal({"type": "actions", "block_id": "b", "elements": [button]})
    await open_form(served, view)
    errors: list[str] = []

    @served.app.action("more")
    async def more(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        try:
            await served.client.views_push(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            errors.append(error.response["error"])

    for _ in range(3):
        await served.post("press", person=ADA, message="form", button="More")
    assert errors == ["push_limit_reached"]
    assert len(served.workspace.views.stack(ADA)) == 3
