"""What people do in Teams: answered once, in the right place, whatever comes in."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.mail import Reference
from bot.mentoring.concern import KEPT, Concern
from bot.mentoring.ids import Address
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import (
    ConcernWaiting,
    Home,
    JoinForm,
    NoProgrammeYet,
    NotForThem,
    SetupForm,
    Unknown,
)
from bot.ports import Kind, NewId, Records
from handlers.limits import Kind as Limited
from handlers.teams.listeners import LINE
from storage.store import Store
from tests.stores import TickingClock
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
from tests.teams.edge import Edge, edge_over
from tests.teams.stand_in import APP, TENANT, Person


async def test_what_somebody_writes_is_answered_in_their_own_chat(edge: Edge) -> None:
    got = await edge.hear(wrote(edge, "join"))
    assert (got.status, got.body) == (200, {})
    assert await edge.waiting() == [(Kind.PERSON, WHO, NoProgrammeYet())]
    known = await edge.store.references.of(edge.workspace, WHO)
    assert known == Reference(ANA.conversation, edge.microsoft.address, ANA.account)


async def test_tj_016_the_same_activity_twice_has_one_effect(edge: Edge) -> None:
    await edge.store.run(edge.workspace, programme)
    for _ in range(5):
        assert (await edge.hear(wrote(edge, "join"))).status == 200
    assert [type(prompt) for prompt in await prompts(edge)] == [JoinForm]
    assert await edge.count(INBOX) == 1
    assert (await edge.hear(wrote(edge, "join", id="2"))).status == 200
    assert await edge.count(OUTBOX) == 2


@pytest.mark.parametrize("empty", ["", None, 5, "not-an-id", {"id": ANA.id}, f"{ANA.id}/.."])
async def test_tj_013_nobody_acts_without_an_object_id(edge: Edge, empty: Any) -> None:
    sender = {"id": ANA.account, "name": "Ana", "aadObjectId": empty}
    assert (await edge.hear(wrote(edge, "join", **{"from": sender}))).status == 200
    assert (await edge.hear(pressed(edge, {"do": "open_join"}, **{"from": sender}))).status == 200
    assert [await edge.count(table) for table in (INBOX, OUTBOX, REFERENCE)] == [0, 0, 0]


async def test_tj_015_fields_that_no_form_has_are_ignored(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    value = {"pair": "pair_0000000A", "extra": {"role": "owner"}}
    assert (await edge.hear(ANA.activity(edge.microsoft.address, id="1", value=value))).status == 200
    assert await edge.count(OUTBOX) == 0
    got = await edge.hear(pressed(edge, {"do": "show_pairs", **value, "may_set_up": True, "admin": True}))
    assert got.status == 200
    got = await edge.hear(pressed(edge, {"do": "open_setup", **value, "owner": True}, id="f:2"))
    assert SetupForm not in {type(prompt) for prompt in await prompts(edge)}


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        ("<at>Mentor</at> help", {"entities": [{"type": "mention", "text": "<at>Mentor</at>"}]}, "help"),
        ("<at>Mentor</at>\xa0 Falconry", {}, "Falconry"),
        ("<at>Mentor</at>&nbsp;falconry", {"textFormat": "plain"}, "falconry"),
        ("<p>falconry &amp; more</p>", {"textFormat": "xml"}, "falconry"),
    ],
)
async def test_words_are_found_behind_the_bots_own_name(
    edge: Edge, text: str, more: dict[str, Any], words: str
) -> None:
    mention = {"type": "mention", "text": "<at>Mentor</at>", "mentioned": {"id": f"28:{APP}"}}
    entities = [mention, {"type": "clientInfo", "timezone": "Europe/Berlin"}]
    await edge.hear(wrote(edge, text, **{**more, "entities": entities}))
    (said,) = await prompts(edge)
    if words == "help":
        assert not isinstance(said, Unknown)
    else:
        assert isinstance(said, Unknown)
        assert said.typed == words


async def test_an_answer_to_a_channel_goes_to_the_persons_own_chat_and_the_channel_sees_none(
    edge: Edge,
) -> None:
    await edge.known(ANA)
    assert (await edge.hear(wrote(edge, "help", conversation=CHANNEL))).status == 200
    ((kind, ref, _),) = await edge.waiting()
    assert (kind, ref) == (Kind.PERSON, WHO)
    known = await edge.store.references.of(edge.workspace, WHO)
    assert known is not None
    assert known.conversation == ANA.conversation, "a channel is no place where somebody is reached"
    assert edge.microsoft.said == []


async def test_whoever_has_no_chat_with_the_bot_yet_is_asked_to_open_one(edge: Edge) -> None:
    assert (await edge.hear(wrote(edge, "profile", conversation=CHANNEL))).status == 200
    assert await edge.count(OUTBOX) == await edge.count(REFERENCE) == 0
    (said,) = edge.microsoft.said
    assert (said.conversation, "own chat" in said.summary) == (CHANNEL["id"], True)
    assert problems(said.card) == []


async def test_whoever_takes_the_bot_in_is_welcomed_and_sees_their_page(edge: Edge) -> None:
    await edge.store.run(edge.workspace, programme)
    edge.microsoft.names[ANA.account] = "Ana Silva"
    installed = ANA.activity(edge.microsoft.address, type="installationUpdate", action="add", id="i1")
    for _ in range(2):
        assert (await edge.hear(installed)).status == 200
    assert [type(prompt).__name__ for prompt in await prompts(edge)] == ["Welcome", "Home"]
    profile = await edge.store.run(edge.workspace, profile_of_ana)
    assert profile == Profile(WHO, "Ana Silva", "Europe/Berlin", admin=False, standing=Standing.MEMBER)


def profile_of_ana(*, records: Records, now: datetime, new_id: NewId) -> Profile | None:
    """What is known of Ana."""
    del now, new_id
    return records.profile(WHO)


async def test_a_guest_is_told_kindly_that_it_is_not_for_them(edge: Edge) -> None:
    await edge.store.run(edge.workspace, programme)
    edge.microsoft.guests.add(ANA.account)
    await edge.hear(wrote(edge, "join"))
    (said,) = await prompts(edge)
    assert isinstance(said, NotForThem)


async def test_whoever_takes_the_bot_out_is_not_reached_any_more(edge: Edge) -> None:
    await edge.hear(wrote(edge, "help"))
    removed = ANA.activity(edge.microsoft.address, type="installationUpdate", action="remove", id="i2")
    assert (await edge.hear(removed)).status == 200
    assert await edge.store.references.of(edge.workspace, WHO) is None
    await edge.hear(wrote(edge, "help", id="2"))
    assert await edge.store.references.of(edge.workspace, WHO) is not None, "whoever writes is there again"


async def test_whoever_took_the_bot_out_in_another_process_and_takes_it_in_again_is_reached(
    edge: Edge,
) -> None:
    await edge.hear(wrote(edge, "help"))
    await edge.store.references.forget(edge.workspace, WHO)
    await edge.hear(ANA.activity(edge.microsoft.address, type="installationUpdate", action="add", id="i3"))
    assert await edge.store.references.of(edge.workspace, WHO) is not None


async def test_teams_are_remembered_when_the_bot_is_added_and_forgotten_when_it_goes(edge: Edge) -> None:
    team = {"tenant": {"id": TENANT}, "team": {"id": "19:team@thread.tacv2"}}
    bot = [{"id": f"28:{APP}"}]
    usual = {"type": "conversationUpdate", "channelData": team, "conversation": CHANNEL}
    await edge.hear(ANA.activity(edge.microsoft.address, **usual, membersAdded=bot, id="t1"))
    assert await edge.store.references.teams(edge.workspace) == {
        "19:team@thread.tacv2": edge.microsoft.address
    }
    other = [{"id": "29:somebody"}]
    await edge.hear(ANA.activity(edge.microsoft.address, **usual, membersRemoved=other, id="t2"))
    assert await edge.store.references.teams(edge.workspace) != {}
    await edge.hear(ANA.activity(edge.microsoft.address, **usual, membersRemoved=bot, id="t3"))
    assert await edge.store.references.teams(edge.workspace) == {}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"type": "somethingNew"}, 200),
        ({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, 200),
        ({"type": "event", "name": "application/vnd.microsoft.other", "value": {}}, 200),
        ({"type": "typing"}, 200),
        ({"type": None}, 200),
        ({"type": {"x": 1}}, 200),
        ({"type": "conversationUpdate"}, 200),
        (
            {
                "type": "conversationUpdate",
                "membersAdded": "x",
                "channelData": {"tenant": {"id": TENANT}, "team": 5},
            },
            200,
        ),
        ({"type": "installationUpdate", "action": 5}, 200),
        ({"type": "message", "text": {"x": 1}, "entities": "x"}, 200),
        ({"type": "message", "text": "help", "conversation": {"tenantId": TENANT}}, 200),
        ({"type": "invoke", "name": "future/thing", "value": {}}, 400),
        ({"type": "invoke", "name": "task/fetch"}, 400),
        ({"type": "invoke"}, 400),
        ({"type": "invoke", "name": "adaptiveCard/action"}, 200),
        ({"type": "invoke", "name": "adaptiveCard/action", "value": "x"}, 200),
        ({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"verb": "x"}}}, 200),
        ({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": []}}}, 200),
        (
            {
                "type": "invoke",
                "name": "adaptiveCard/action",
                "value": {"action": {"data": {"do": {"x": 1}}}},
            },
            200,
        ),
        (
            {
                "type": "invoke",
                "name": "adaptiveCard/action",
                "value": {"action": {"data": {"do": "form:send"}}},
            },
            200,
        ),
        ({"type": "invoke", "name": "application/search", "value": {"dataset": "secrets"}}, 200),
    ],
)
async def test_whatever_teams_sends_is_answered(edge: Edge, more: dict[str, Any], status: int) -> None:
    assert (await edge.hear(ANA.activity(edge.microsoft.address, id="odd", **more))).status == status


async def test_whoever_asks_too_much_is_told_kindly_and_nothing_is_done(edge: Edge) -> None:
    await edge.store.run(edge.workspace, participant)
    most = Limited.ACT.value.person
    for number in range(most):
        await edge.hear(wrote(edge, "profile", id=str(number)))
    assert await edge.count(OUTBOX) == most
    assert (await edge.hear(wrote(edge, "profile", id="more"))).status == 200
    got = await edge.hear(pressed(edge, {"do": "show_profile"}))
    assert got.body["type"] == LINE
    assert await edge.count(OUTBOX) == most
    assert len(edge.microsoft.said) == 1, "a line where they wrote"
    assert (await edge.hear(wrote(edge, "profile", id="0"))).status == 200, "what was let through may repeat"


async def test_whoever_goes_on_writing_is_told_once_a_minute_to_wait(
    store: Store, clock: TickingClock
) -> None:
    async with edge_over(store, clock) as edge:
        ben = Person(2, "Ben")

        async def write(who: Person, times: int) -> None:
            for _ in range(times):
                here = who.activity(edge.microsoft.address, text="profile", id=f"m{len(sent)}")
                sent.append((await edge.hear(here)).status)

        sent: list[int] = []
        most = Limited.ACT.value.person
        await write(ANA, most + 12)
        assert [one.conversation for one in edge.microsoft.said] == [ANA.conversation]
        await write(ben, most + 12)
        assert [one.conversation for one in edge.microsoft.said] == [ANA.conversation, ben.conversation]
        clock.forward(seconds=61)
        await write(ANA, most + 12)
        assert len(edge.microsoft.said) == 3
        assert set(sent) == {200}


async def test_what_breaks_is_an_incident_and_the_person_is_told(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(edge.store, "once", broken)
    got = await edge.hear(wrote(edge, "profile"))
    assert (got.status, got.body) == (200, {})
    (said,) = edge.microsoft.said
    assert "the people team" in said.summary
    assert "secret" not in said.summary
    got = await edge.hear(pressed(edge, {"do": "show_profile"}))
    assert (got.status, got.body["type"]) == (200, LINE)
    installed = ANA.activity(edge.microsoft.address, type="installationUpdate", action="add", id="i1")
    assert (await edge.hear(installed)).status == 503, "so that it is sent again"


async def test_the_operators_owners_may_set_up_and_nobody_else(store: Store, clock: TickingClock) -> None:
    async with edge_over(store, clock, ANA.id) as edge:
        await edge.hear(wrote(edge, "setup"))
        assert [type(prompt) for prompt in await prompts(edge)] == [SetupForm]
        other = replace(ANA, number=2)
        await edge.hear({**other.activity(edge.microsoft.address), "id": "1", "text": "setup"})
        assert len([one for one in await prompts(edge) if isinstance(one, SetupForm)]) == 1


async def test_home_is_a_word_since_teams_has_no_tab_of_ours(edge: Edge) -> None:
    await edge.store.run(edge.workspace, programme)
    await edge.hear(wrote(edge, "Home"))
    assert isinstance((await prompts(edge))[-1], Home)


def a_concern(*, records: Records, now: datetime, new_id: NewId) -> None:
    """Somebody raised a concern with Ana."""
    programme(records=records, now=now, new_id=new_id)
    ben, cleo = (Address(f"teams:{TENANT}:{replace(ANA, number=number).id}") for number in (2, 3))
    records.save_concern(Concern("c1", ben, WHO, now, now + KEPT, cleo, "words", unreached_since=now))


async def test_a_contact_who_takes_the_bot_in_hears_of_the_concerns_that_wait(edge: Edge) -> None:
    await edge.store.run(edge.workspace, a_concern)
    await edge.hear(ANA.activity(edge.microsoft.address, type="installationUpdate", action="add", id="i1"))
    assert ConcernWaiting("c1") in await prompts(edge)
