"""Buttons and forms of cards: answered at once, once, and in the right place."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from bot.mentoring.ids import Address
from bot.mentoring.prompts import (
    ConcernAboutForm,
    FormPrompt,
    JoinForm,
    PauseForm,
)
from bot.ports import Kind, NewId, Records
from handlers.teams.cards import CONTENT_TYPE
from handlers.teams.listeners import LINE, SEARCHED
from tests.teams.acting import (
    ANA,
    CHANNEL,
    INBOX,
    OUTBOX,
    REFERENCE,
    WHO,
    participant,
    pressed,
    programme,
    prompts,
    wrote,
)
from tests.teams.checking import problems
from tests.teams.edge import Edge
from tests.teams.pairing import BEN, keep_pair
from tests.teams.stand_in import TENANT


async def test_a_button_is_answered_at_once_and_in_its_messages_place(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    got = await edge.hear(pressed(edge, {"do": "show_profile"}))
    assert got.body["type"] == CONTENT_TYPE
    assert problems(got.body["value"]) == []
    ((kind, ref, _),) = await edge.waiting()
    assert (kind, ref) == (Kind.REPLY, f"{ANA.conversation} 77")


async def test_a_button_on_ones_own_page_leaves_the_page_and_answers_below(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    got = await edge.hear(pressed(edge, {"do": "show_profile", "page": True}))
    assert got.body["type"] == LINE
    ((kind, ref, _),) = await edge.waiting()
    assert (kind, ref) == (Kind.PERSON, WHO)


async def test_a_button_in_a_channel_is_answered_in_the_persons_own_chat(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    await edge.known(ANA)
    await edge.hear(pressed(edge, {"do": "show_profile"}, conversation=CHANNEL))
    ((kind, ref, _),) = await edge.waiting()
    assert (kind, ref) == (Kind.PERSON, WHO)


def without_contacts(*, records: Records, now: datetime, new_id: NewId) -> None:
    """Let nobody be there who hears a concern."""
    del now, new_id
    known = records.programme()
    assert known is not None
    records.save_programme(replace(known, contacts=()))


GROUP = {"id": "19:room1@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}


async def test_a_button_in_a_pairs_room_leaves_the_post_and_answers_who_pressed_in_their_own_chat(
    edge: Edge,
) -> None:
    await edge.store.run(edge.workspace, participant)
    await edge.known(ANA)
    got = await edge.hear(pressed(edge, {"do": "pause_form"}, conversation=GROUP))
    assert (got.body["type"], "own chat" in got.body["value"]) == (LINE, True)
    ((kind, ref, said),) = await edge.waiting()
    assert (kind, ref, type(said)) == (Kind.PERSON, WHO, PauseForm)


async def test_who_has_no_chat_with_the_bot_is_told_so_and_their_press_does_nothing(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    got = await edge.hear(pressed(edge, {"do": "leave_yes"}, conversation=GROUP))
    assert (got.body["type"], "write to me" in got.body["value"]) == (LINE, True)
    assert await edge.waiting() == []
    assert await edge.count(REFERENCE) == 0, "a chat of several is nobody's own"


async def test_what_stands_in_no_conversation_is_not_shown_where_others_see_it(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    await edge.store.run(edge.workspace, without_contacts)
    await edge.known(ANA)
    assert (await edge.hear(pressed(edge, {"do": "open_concern"}))).body["type"] == CONTENT_TYPE
    got = await edge.hear(pressed(edge, {"do": "open_concern"}, conversation=GROUP, id="f:2"))
    assert (got.body["type"], "write to me" in got.body["value"]) == (LINE, True)
    assert await edge.waiting() == []


async def test_a_button_that_opens_a_form_sends_it_as_a_message_of_its_own(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    got = await edge.hear(pressed(edge, {"do": "pause_form"}))
    assert got.body["type"] == LINE
    ((kind, ref, said),) = await edge.waiting()
    assert (kind, ref, type(said)) == (Kind.PERSON, WHO, PauseForm)


async def test_a_button_that_is_gone_says_that_it_moved_on(edge: Edge) -> None:
    got = await edge.hear(pressed(edge, {"do": "no_such_button", "value": "x"}))
    assert got.body["type"] == CONTENT_TYPE


async def a_form(edge: Edge, text: str) -> tuple[FormPrompt, str]:
    """(the form that a command answers with, the same as its card carries it)."""
    await edge.hear(wrote(edge, text, id=f"for {text}"))
    form = (await prompts(edge))[-1]
    assert isinstance(form, FormPrompt)
    return form, edge.edge.messenger.showing.sealer.close(edge.workspace, form)


async def test_a_form_is_answered_in_its_place(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    _, sealed = await a_form(edge, "pause")
    got = await edge.hear(pressed(edge, {"do": "form:send", "form": sealed, "until": "2026-12-20"}))
    assert got.body["type"] == CONTENT_TYPE
    assert "20 December" in got.body["value"]["fallbackText"]
    kind, ref, said = (await edge.waiting())[-1]
    assert (kind, ref, type(said).__name__) == (Kind.REPLY, f"{ANA.conversation} 77", "Paused")


async def test_what_cannot_be_taken_stands_above_its_field_and_what_was_typed_stays(edge: Edge) -> None:
    await edge.store.run(edge.workspace, programme)
    _, sealed = await a_form(edge, "join")
    sent = {"do": "form:send", "form": sealed, "name": "Ana [x](y)", "level": "2", "learn": "Falconry, Chess"}
    got = await edge.hear(pressed(edge, {**sent, "zone": "Mars/Base"}))
    card = got.body["value"]
    assert got.body["type"] == CONTENT_TYPE
    assert problems(card) == []
    *_, last, sending = card["body"]
    assert sending["type"] == "ActionSet"
    told = "".join(run["text"] for run in last["inlines"])
    assert told.startswith("Nothing is kept yet. Please look once more at: Department, Places"), told
    body = card["body"]
    place = next(place for place, one in enumerate(body) if one.get("id") == "zone")
    assert body[place - 1]["inlines"][0]["weight"] == "Bolder"
    fields = {one["id"]: one.get("value") for one in body if one["type"].startswith("Input.")}
    assert (fields["name"], fields["learn"]) == ("Ana [x](y)", "Falconry, Chess")
    assert [type(prompt) for prompt in await prompts(edge)] == [JoinForm], "nothing was done"
    fixed = {**sent, "zone": "Europe/Paris", "department": "Data", "starts": "09:00", "ends": "17:00"}
    again = {**fixed, "form": body[-1]["actions"][0]["data"]["form"], "places": "1"}
    got = await edge.hear(pressed(edge, again, id="f:2"))
    assert type((await prompts(edge))[-1]).__name__ == "Joined", got.body


@pytest.mark.parametrize("odd", ["", "abc", "x" * 5_000, "0123456789abcdef.gAAAAAB"])
async def test_a_form_that_we_never_sealed_does_nothing(edge: Edge, odd: str) -> None:
    await edge.store.run(edge.workspace, participant)
    got = await edge.hear(pressed(edge, {"do": "form:send", "form": odd, "until": "2026-12-20"}))
    assert (got.status, got.body["type"]) == (200, LINE)
    assert await edge.count(OUTBOX) == 0


async def test_a_form_of_another_tenant_does_nothing(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    form, _ = await a_form(edge, "pause")
    other = await edge.store.workspace("teams", "another")
    foreign = edge.edge.messenger.showing.sealer.close(other, form)
    got = await edge.hear(pressed(edge, {"do": "form:send", "form": foreign, "until": "2026-12-20"}))
    assert got.body["type"] == LINE
    assert await edge.count(OUTBOX) == 1


async def test_a_field_that_is_searched_is_answered_at_every_letter(edge: Edge) -> None:
    value = {"queryText": "berl", "dataset": "zones", "queryOptions": {"skip": 0, "top": 15}}
    got = await edge.hear(pressed(edge, {}, name="application/search", value=value))
    assert got.body["type"] == SEARCHED
    assert got.body["value"]["results"][0] == {"title": "Europe/Berlin", "value": "Europe/Berlin"}
    assert await edge.count(INBOX) == 0


def with_contacts(*, records: Records, now: datetime, new_id: NewId) -> None:
    """A programme with two people who listen to concerns."""
    programme(records=records, now=now, new_id=new_id)
    found = records.programme()
    assert found is not None
    listeners = tuple(Address(f"teams:{TENANT}:{replace(ANA, number=number).id}") for number in (8, 9))
    records.save_programme(replace(found, contacts=listeners))


async def test_a_form_for_a_concern_that_stands_in_the_chat_does_not_say_whom_it_is_about(edge: Edge) -> None:
    await edge.store.run(edge.workspace, with_contacts)
    people = (await edge.known(ANA), await edge.known(BEN))
    pair = await edge.store.run(edge.workspace, keep_pair, people)
    got = await edge.hear(pressed(edge, {"do": "open_concern", "value": pair}))
    (form,) = await prompts(edge)
    assert isinstance(form, ConcernAboutForm)
    assert form.about is None
    assert people[1] not in json.dumps(got.body)
