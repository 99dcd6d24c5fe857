"""What people do in Slack reaches the right use case, and the answer the right place."""

from typing import Any

import pytest

from handlers import commands
from handlers.slack import listeners
from handlers.slack.windows import SOON
from sandbox.members import CONTACT_IDS, OWNER_ID, TEAM_ID
from sandbox.story import prepare
from sandbox.workspace import Workspace
from storage.mail_tables import InboxRow, OutboxRow
from storage.store import Store
from storage.tables import ParticipantRow, PersonRow
from tests.databases import ON_SQLITE
from tests.slack.asgi import signed
from tests.slack.sending import ANN, PEOPLE, a_command, an_interaction, fields_of
from tests.slack.served import Served, serving
from tests.stores import TickingClock

pytestmark = ON_SQLITE
"""What differs between stores is tested with the stores."""


# --- commands


async def test_a_command_is_answered_to_the_person_alone_and_nothing_is_asked_of_slack(town: Served) -> None:
    answer = await town.send(a_command("help"))
    said = answer.json()
    assert said["response_type"] == "ephemeral"
    assert "/mentor join" in said["text"]
    assert said["blocks"]
    assert said["unfurl_links"] is False
    assert town.calls == ["auth.test"]


async def test_a_repeated_command_gets_the_first_answer_and_happens_once(running: Served) -> None:
    await running.post("opt-everyone-in")
    body = a_command("learn falconry")
    headers = signed(body, at=running.sandbox.workspace.wall())
    answers = [(await running.send_again(body, headers)).text for _ in range(3)]
    assert len(set(answers)) == 1
    ann = next(row for row in await running.rows(ParticipantRow) if row.address.endswith(ANN))
    assert ann.learn.count("falconry") == 1


async def test_a_command_that_only_reads_is_answered_anew_and_leaves_nothing_in_the_inbox(
    running: Served,
) -> None:
    await running.post("opt-everyone-in")
    kept = len(await running.rows(InboxRow))
    body = a_command("profile")
    headers = signed(body, at=running.sandbox.workspace.wall())
    first = (await running.send_again(body, headers)).json()
    await running.send(a_command("learn falconry"))
    again = (await running.send_again(body, headers)).json()
    assert "falconry" not in first["text"]
    assert "falconry" in again["text"]
    assert len(await running.rows(InboxRow)) == kept + 1


async def test_words_are_unescaped_once_and_a_mention_is_its_address(
    town: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def noted(caller: Any, text: str, **ports: Any) -> Any:
        seen.append(text)
        return commands.answer(caller, text, **ports)

    monkeypatch.setattr(listeners, "answer", noted)
    await town.send(a_command("why &lt;@U1&gt; AT&amp;amp;T <@U0OWNER01|olive> <https://a.example/x?a=1>"))
    assert seen == [f"why <@U1> AT&amp;T slack:{TEAM_ID}:U0OWNER01 https://a.example/x?a=1"]


ODD_WORDS = ("", " ", "\x00", "help " * 2_000, "x" * 10_000, "🙂" * 500, "\u202ehelp\u202c", "&lt;!here&gt;")


async def test_any_words_get_a_clear_answer(town: Served) -> None:
    for text in ODD_WORDS:
        answer = await town.send(a_command(text))
        assert answer.status_code == 200
        assert answer.json()["text"]
        assert "<" not in answer.json()["text"]


async def test_a_request_that_names_nobody_is_made_for_nobody(running: Served) -> None:
    sorry = (await running.send(a_command("help", user_id=""))).json()["text"]
    assert sorry != (await running.send(a_command("help"))).json()["text"]
    await running.send(a_command("join", user_id=""))
    assert running.sandbox.workspace.views.top(ANN) is None


async def test_without_a_team_somebody_counts_as_a_stranger(running: Served) -> None:
    stranger = (await running.send(a_command("pairs", team_id="T2OTHER00"))).json()["text"]
    assert (await running.send(a_command("pairs", team_id=""))).json()["text"] == stranger


async def test_somebody_of_another_company_is_refused_kindly(running: Served) -> None:
    before = running.calls
    answer = await running.send(a_command("pairs", user_id="U0STRNG1", team_id="T2OTHER00"))
    assert answer.status_code == 200
    assert (
        answer.json()["text"] == (await running.send(a_command("help", team_id="T2OTHER00"))).json()["text"]
    )
    assert running.calls == before


# --- windows


async def test_joining_asks_the_directory_and_opens_the_form(running: Served) -> None:
    running.sandbox.workspace.calls.clear()
    assert await running.say(ANN, "/mentor join") == ""
    assert running.calls == ["users.info", "views.open"]
    fields = await fields_of(running, ANN)
    assert fields["Name"]["value"] == PEOPLE[0].name
    assert PEOPLE[0].timezone.replace("_", " ") in str(fields["Time zone"])
    assert ANN in str([row.address for row in await running.rows(PersonRow)])


async def test_a_window_is_held_open_for_a_directory_that_takes_its_time(running: Served) -> None:
    await running.post("fault", method="users.info", delay=SOON + 0.3)
    running.sandbox.workspace.calls.clear()
    assert await running.say(ANN, "/mentor join") == ""
    assert running.calls == ["views.open", "users.info", "views.update"]
    assert (await fields_of(running, ANN))["Name"]["value"] == PEOPLE[0].name


async def test_everybody_joins_through_the_form_and_nothing_is_sent_for_it(running: Served) -> None:
    assert await running.post("opt-everyone-in") == {"ok": True, "opted_in": len(PEOPLE), "failed": {}}
    assert len(await running.rows(ParticipantRow)) == len(PEOPLE)
    assert await running.rows(OutboxRow) == []


async def test_problems_stand_beside_their_fields_and_once_they_are_mended_the_answer_takes_the_forms_place(
    running: Served,
) -> None:
    await running.say(ANN, "/mentor join")
    level = (await fields_of(running, ANN))["Level"]["options"][0]
    values = {"Level": level, "Department": "Research", "Joined the company": "2021-13"}
    refused = await running.post("submit", person=ANN, fields=values | {"I want to learn": ["Go"]})
    assert refused == {"ok": False, "errors": {"Joined the company": refused["errors"]["Joined the company"]}}
    assert await running.rows(ParticipantRow) == []
    again = await running.post("submit", person=ANN, fields={"Joined the company": "2021-12"})
    assert again["form"]["fields"] == []
    assert len(await running.rows(ParticipantRow)) == 1
    assert ANN in [view.person for view in running.sandbox.workspace.views.homes()]


async def test_a_guest_is_told_in_a_line_that_they_cannot_join(running: Served) -> None:
    running.sandbox.workspace.members[ANN].is_restricted = True
    assert "Guests" in await running.say(ANN, "/mentor join")
    assert await running.form(ANN) is None
    assert await running.rows(ParticipantRow) == []


async def test_a_refusal_that_comes_late_stands_in_the_window_with_a_title_and_a_way_out(
    running: Served,
) -> None:
    running.sandbox.workspace.members[ANN].is_restricted = True
    await running.post("fault", method="users.info", delay=SOON + 0.3)
    assert await running.say(ANN, "/mentor join") == ""
    view = running.sandbox.workspace.views.top(ANN)
    assert view is not None
    assert "Guests" in str(view.content["blocks"])
    assert (view.content["title"]["text"], view.content["close"]["text"]) == ("Mentor", "Close")
    assert "submit" not in view.content


async def test_a_refused_button_leaves_its_message_and_is_answered_beside_it(running: Served) -> None:
    await running.say(ANN, "/mentor profile")
    running.sandbox.workspace.members[ANN].is_restricted = True
    state = await running.post("press", person=ANN, message=await newest(running, "Join"), button="Join")
    assert state["form"] is None
    assert "Guests" in state["replies"][-1]["text"]
    assert await newest(running, "Join")


async def newest(running: Served, button: str) -> str:
    """The newest message that Ann sees with this button."""
    state = (await running.script.get("/sandbox/state", params={"person": ANN})).json()
    return str(next(one["ts"] for one in reversed(state["messages"]) if button in one["buttons"]))


async def test_only_admins_open_the_set_up_unless_the_operator_names_others(town: Served) -> None:
    assert "This is for the owners" in await town.say(ANN, "/mentor setup")
    assert await town.form(ANN) is None
    await town.say(OWNER_ID, "/mentor setup")
    assert "Purpose" in str(await town.form(OWNER_ID)) or await fields_of(town, OWNER_ID)


async def test_the_operators_list_of_owners_goes_before_the_admin_role(
    store: Store, clock: TickingClock
) -> None:
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now), frozenset({ANN})) as town:
        await town.say(ANN, "/mentor setup")
        assert (await town.form(ANN))["fields"]
        assert "This is for the owners" in await town.say(OWNER_ID, "/mentor setup")
        assert await town.form(OWNER_ID) is None


async def test_a_form_opens_from_a_command_and_its_fields_carry_their_lists(running: Served) -> None:
    await running.post("opt-everyone-in")
    assert await running.say(ANN, "/mentor pause") == ""
    assert "Until" in await fields_of(running, ANN)


async def test_somebody_whose_form_could_not_open_in_time_is_told(running: Served) -> None:
    await running.post("fault", method="views.open", error="expired_trigger_id", times=1)
    assert "try once more" in await running.say(ANN, "/mentor join")
    assert await running.form(ANN) is None


async def test_a_look_up_that_fails_is_said_and_leaves_no_window(running: Served) -> None:
    await running.post("fault", method="users.info", error="fatal_error", times=5)
    assert "something broke on my side" in await running.say(ANN, "/mentor join")
    assert await running.form(ANN) is None


async def test_a_look_up_that_fails_late_is_said_in_the_window(running: Served) -> None:
    await running.post("fault", method="users.info", error="fatal_error", delay=SOON + 0.3)
    await running.say(ANN, "/mentor join")
    view = running.sandbox.workspace.views.top(ANN)
    assert view is not None
    assert "something broke on my side" in str(view.content)
    assert "One moment" not in str(view.content)


async def test_a_directory_that_asks_to_wait_is_waited_for(running: Served) -> None:
    await running.post("fault", method="users.info", status=429, retry_after=1, times=1)
    await running.say(ANN, "/mentor join")
    assert "Name" in await fields_of(running, ANN)


async def test_a_programme_needs_a_channel_the_bot_is_in(town: Served) -> None:
    await town.say(OWNER_ID, "/mentor setup")
    values = {
        "Programme name": "Both",
        "What will a learner get?": "Company",
        "Channel": "random",
        "Contacts for concerns": list(CONTACT_IDS),
        "Conditions": (await fields_of(town, OWNER_ID))["Conditions"]["options"],
    }
    refused = await town.post("submit", person=OWNER_ID, fields=values)
    assert list(refused["errors"]) == ["Channel"]
    assert (await town.post("submit", person=OWNER_ID, fields={"Channel": "mentoring"}))["ok"]


async def test_contacts_are_asked_after_so_that_no_bot_is_among_them(town: Served) -> None:
    town.sandbox.workspace.calls.clear()
    assert await prepare(town.sandbox.slack) is None
    assert town.calls.count("users.info") == 1 + 1 + len(CONTACT_IDS)
    assert "conversations.info" in town.calls


# --- buttons


async def test_a_buttons_answer_waits_in_the_outbox_for_the_place_of_its_message(running: Served) -> None:
    pressed = an_interaction(
        "block_actions",
        container={"type": "message", "channel_id": "D1", "message_ts": "1.2", "is_ephemeral": False},
        message={"ts": "1.2"},
        actions=[{"action_id": "show_help#0", "block_id": "b", "value": ""}],
        trigger_id="1.1.a",
    )
    answer = await running.send(pressed)
    assert (answer.status_code, answer.text) == (200, "")
    (row,) = await running.rows(OutboxRow)
    assert row.ref == "message:D1:1.2"


async def test_the_address_of_an_answer_seen_by_one_alone_is_stored_sealed(running: Served) -> None:
    secret = "https://hooks.slack.com/actions/T1/1/verysecret"
    pressed = an_interaction(
        "block_actions",
        container={"type": "message", "channel_id": "D1", "message_ts": "1.2", "is_ephemeral": True},
        response_url=secret,
        actions=[{"action_id": "show_help#0", "block_id": "b"}],
    )
    await running.send(pressed)
    (row,) = await running.rows(OutboxRow)
    assert row.ref.startswith("answer:")
    assert "verysecret" not in row.ref


ODD_VALUES = ("", "x" * 3_000, "pair_0000000B", "\x00|\u2066|", "../..", "-1|99999999999")


async def test_a_hand_made_button_changes_nothing_and_is_answered(running: Served) -> None:
    tried = [(action, value) for action in ("accept", "review", "met", "gone") for value in ODD_VALUES]
    for place, (action, value) in enumerate(tried):
        running.limits.forget()  # a minute passes
        pressed = an_interaction(
            "block_actions",
            container={"type": "message", "channel_id": "D1", "message_ts": str(place)},
            message={"ts": str(place)},
            actions=[{"action_id": f"{action}#0", "block_id": "b", "value": value}],
        )
        assert (await running.send(pressed)).status_code == 200
    assert len(await running.rows(OutboxRow)) == len(tried)


async def test_a_button_of_the_own_page_answers_in_a_window_and_shows_the_page_anew(running: Served) -> None:
    await running.post("opt-everyone-in")
    state = (await running.script.get("/sandbox/state", params={"person": ANN})).json()
    label = next(button for button in state["home"][ANN]["buttons"] if "pair" in button.lower())
    running.sandbox.workspace.calls.clear()
    await running.post("press", person=ANN, message="home", button=label)
    assert running.calls == ["views.open", "views.publish"]
    assert await running.rows(OutboxRow) == []
