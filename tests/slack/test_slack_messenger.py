"""Every message leaves once, where it belongs, and what became of it is told truly."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientError

from bot.mail import Held, Outgoing, Rate, Refused, Way
from bot.mentoring.ids import Address, PairId, ParticipantId, address
from bot.mentoring.pair import PairState
from bot.mentoring.prompts import CameToNothing, PauseEnded, Prompt
from bot.ports import Destination, Kind, NewId, Records
from handlers.slack.limits import pace
from handlers.slack.messenger import InDoubtError
from handlers.slack.refs import to_answer, to_message
from sandbox.members import TEAM_ID, slack_id
from sandbox.people import load_roster
from sandbox.workspace import Workspace
from storage.store import Store
from tests.builders import a_pair, a_participant
from tests.databases import ON_SQLITE
from tests.prompts.samples import samples
from tests.slack.served import SEALED, Served, serving
from tests.stores import TickingClock

pytestmark = ON_SQLITE
"""What differs between stores is tested with the stores."""

pytest_plugins = ["tests.stores"]
ROSTER = load_roster(Path(__file__).parent.parent / "data" / "people_60.csv")
PEOPLE = [replace(person, manager=None) for person in ROSTER[:4]]
ANN, BEN = (address("slack", TEAM_ID, slack_id(person.id)) for person in PEOPLE[:2])


@pytest.fixture
async def town(store: Store, clock: TickingClock) -> AsyncIterator[Served]:
    """Give a workspace with the edge in it."""
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now)) as served:
        await served.workspace()
        served.sandbox.workspace.calls.clear()
        yield served


async def send(town: Served, to: Destination, prompt: Prompt | None = None, attempt: int = 1) -> str:
    """Send a message; what Slack calls it."""
    workspace = await town.workspace()
    row = Outgoing("1", workspace, "key", to, prompt or CameToNothing(), attempt, None)
    return (await town.edge.messenger.send(workspace, row)).ref


def refusals(town: Served) -> list[tuple[str, str | None]]:
    """The bot's calls and how each was refused, None where it was not."""
    return [(call.method, call.error) for call in town.sandbox.workspace.calls]


def to_person(who: Address = ANN) -> Destination:
    """Somebody's direct messages."""
    return Destination(Kind.PERSON, who, (who,))


async def test_a_summary_whose_charts_slack_refuses_is_sent_in_words_within_the_same_attempt(
    town: Served,
) -> None:
    await town.post("fault", method="chat.postMessage", error="invalid_blocks")
    await town.post("fault", method="files.getUploadURLExternal", error="not_allowed_token_type")
    summary = samples()["weekly_summary_later"]
    channel = town.sandbox.workspace.channels.named("mentoring")
    assert channel
    to = Destination(Kind.CHANNEL, address("slack", TEAM_ID, channel.id), (ANN,))
    assert await send(town, to, summary)
    (message,) = town.sandbox.workspace.messages.all()
    assert "Week 4: Meetings so far 25" in str(message.blocks)
    assert [error for method, error in refusals(town) if method == "chat.postMessage"] == [
        "invalid_blocks",
        None,
    ]


async def test_a_message_to_a_person_goes_to_their_direct_messages(town: Served) -> None:
    kind, channel, ts = (await send(town, to_person())).split(":")
    conversation = town.sandbox.workspace.channels.get(channel)
    assert conversation is not None
    assert (kind, conversation.kind) == ("message", "im")
    assert town.sandbox.workspace.messages.get(channel, ts) is not None


async def test_a_conversation_is_opened_once_for_all_messages_of_a_person(town: Served) -> None:
    for _ in range(3):
        await send(town, to_person())
    assert town.calls.count("conversations.open") == 1
    assert town.calls.count("chat.postMessage") == 3


async def test_a_message_to_a_channel_needs_no_opening(town: Served) -> None:
    channel = town.sandbox.workspace.channels.named("mentoring")
    assert channel is not None
    await send(town, Destination(Kind.CHANNEL, address("slack", TEAM_ID, channel.id)))
    assert town.calls == ["chat.postMessage"]


async def test_times_are_in_the_readers_own_zone(town: Served) -> None:
    evening = datetime(2026, 11, 30, 20, tzinfo=UTC)
    said = []
    for who, zone in ((ANN, "Asia/Tokyo"), (BEN, "America/New_York")):
        await town.store.run(await town.workspace(), keep_participant, who, zone)
        ref = await send(town, to_person(who), PauseEnded(next_round_at=evening))
        message = town.sandbox.workspace.messages.find(ref.split(":")[2])
        assert message is not None
        said.append(message.text)
    assert "Tuesday 1 December" in said[0]
    assert "Monday 30 November" in said[1]


def keep_participant(
    who: Address, zone: str, *, records: Records, now: datetime, new_id: NewId
) -> ParticipantId:
    """Let somebody take part in a zone."""
    del now
    one = a_participant(id=ParticipantId(new_id()), address=who)
    records.save_participant(replace(one, hours=replace(one.hours, zone=zone)))
    return one.id


def keep_pair(*, records: Records, now: datetime, new_id: NewId) -> PairId:
    """Let Ann and Ben be a pair without a room."""
    sides = [keep_participant(who, "UTC", records=records, now=now, new_id=new_id) for who in (ANN, BEN)]
    pair = a_pair(id=PairId(new_id()), a=sides[0], b=sides[1], state=PairState.ACTIVE)
    records.save_pair(replace(pair, room=None))
    return pair.id


def room_of(key: PairId, *, records: Records, now: datetime, new_id: NewId) -> Address | None:
    """A pair's room."""
    del now, new_id
    return records.pair(key).room


async def test_a_pairs_room_is_opened_by_its_first_message_and_kept(town: Served) -> None:
    workspace = await town.workspace()
    pair = await town.store.run(workspace, keep_pair)
    room = Destination(Kind.ROOM, pair, (ANN, BEN))
    first, second = [(await send(town, room)).split(":")[1] for _ in range(2)]
    assert first == second
    assert await town.store.run(workspace, room_of, pair) == address("slack", TEAM_ID, first)
    assert town.calls == ["conversations.open", "chat.postMessage", "chat.postMessage"]
    opened = town.sandbox.workspace.channels.get(first)
    assert opened is not None
    assert len(opened.members) == 3


async def test_a_room_that_was_opened_and_not_kept_is_found_again(town: Served) -> None:
    pair = await town.store.run(await town.workspace(), keep_pair)
    room = Destination(Kind.ROOM, pair, (ANN, BEN))
    await town.post("fault", method="conversations.open", drop=True, after=True, times=1)
    with pytest.raises(Refused):
        await send(town, room)
    first = (await send(town, room)).split(":")[1]
    groups = [one for one in town.sandbox.workspace.channels.all() if one.kind == "mpim"]
    assert [one.id for one in groups] == [first]


async def test_an_answer_takes_the_place_of_the_message_that_was_pressed(town: Served) -> None:
    _, channel, ts = (await send(town, to_person())).split(":")
    await send(town, to_message(channel, ts, ANN), PauseEnded(None))
    message = town.sandbox.workspace.messages.get(channel, ts)
    assert message is not None
    assert message.edited
    assert len(list(town.sandbox.workspace.messages.all())) == 1


async def test_an_answer_seen_by_one_alone_is_replaced_through_its_sealed_address(town: Served) -> None:
    workspace = town.sandbox.workspace
    direct = workspace.direct(slack_id(PEOPLE[0].id))
    seen = workspace.post(direct.id, "U0BOTHWAYS", "before", visible_to=slack_id(PEOPLE[0].id))
    url = town.sandbox.slack.response_url(slack_id(PEOPLE[0].id), direct.id, seen.ts)
    sealed = SEALED.close(await town.workspace(), url)
    await send(town, to_answer(sealed, ANN))
    assert seen.text != "before"
    assert seen.visible_to == slack_id(PEOPLE[0].id)


async def test_a_response_address_that_is_not_slacks_gets_nothing(town: Served) -> None:
    sealed = SEALED.close(await town.workspace(), "https://evil.example/collect")
    with pytest.raises(Refused) as refused:
        await send(town, to_answer(sealed, ANN))
    assert refused.value.permanent


@pytest.mark.parametrize(
    "code", ["user_not_found", "not_in_channel", "is_archived", "token_revoked", "invalid_blocks"]
)
async def test_what_slack_will_never_take_is_refused_for_good(code: str, town: Served) -> None:
    await town.post("fault", method="chat.postMessage", error=code, times=1)
    with pytest.raises(Refused) as refused:
        await send(town, to_person())
    assert (refused.value.code, refused.value.permanent) == (code, True)


async def test_a_conversation_is_opened_once_and_anew_where_slack_forgot_it(town: Served) -> None:
    await send(town, to_person())
    town.edge.messenger._conversations.clear()  # as in a process that was started anew
    await send(town, to_person())
    assert [method for method, _ in refusals(town)].count("conversations.open") == 1
    await town.post("fault", method="chat.postMessage", error="channel_not_found", times=2)
    for attempt, permanent in ((1, False), (2, True)):
        with pytest.raises(Refused) as refused:
            await send(town, to_person(), attempt=attempt)
        assert refused.value.permanent is permanent
    assert [method for method, _ in refusals(town)].count("conversations.open") == 2


async def test_a_conversation_is_not_opened_where_the_budget_is_used_up(town: Served) -> None:
    usual = pace()
    town.store.pace = replace(usual, ways={**usual.ways, Way.OPEN: Rate(0.5, 1)})
    await send(town, to_person(ANN))
    with pytest.raises(Held) as held:
        await send(town, to_person(BEN))
    assert held.value.retry_after == 2
    await send(town, to_person(ANN))
    assert [method for method, _ in refusals(town)].count("conversations.open") == 1


async def test_a_limit_of_slacks_names_the_way_that_rests(town: Served) -> None:
    message = await send(town, to_person())
    _, channel, ts = message.split(":")
    reply = to_message(channel, ts, ANN)
    for method, to, way in (
        ("chat.postMessage", to_person(), Way.POST),
        ("chat.update", reply, Way.REPLACE),
        ("conversations.open", to_person(BEN), Way.OPEN),
    ):
        await town.post("fault", method=method, error="ratelimited", retry_after=7, times=1)
        with pytest.raises(Refused) as refused:
            await send(town, to)
        assert (refused.value.retry_after, refused.value.way) == (7, way)


async def test_a_refusal_nobody_knows_is_tried_again_but_not_for_ever(town: Served) -> None:
    await town.post("fault", method="chat.postMessage", error="some_new_error", times=2)
    for attempt, permanent in ((1, False), (50, True)):
        with pytest.raises(Refused) as refused:
            await send(town, to_person(), attempt=attempt)
        assert (refused.value.code, refused.value.permanent) == ("some_new_error", permanent)


async def test_somebody_who_left_the_company_is_refused_for_good(town: Served) -> None:
    town.sandbox.workspace.members[slack_id(PEOPLE[0].id)].deleted = True
    with pytest.raises(Refused) as refused:
        await send(town, to_person())
    assert (refused.value.code, refused.value.permanent) == ("user_disabled", True)


async def test_too_many_at_once_wait_as_long_as_slack_says(town: Served) -> None:
    await town.post("fault", method="chat.postMessage", status=429, retry_after=17, times=1)
    with pytest.raises(Refused) as refused:
        await send(town, to_person())
    assert (refused.value.retry_after, refused.value.permanent) == (17, False)


@pytest.mark.parametrize("fault", [{"error": "fatal_error"}, {"error": "internal_error"}, {"status": 503}])
async def test_after_an_error_of_slacks_own_nobody_knows(fault: dict[str, str], town: Served) -> None:
    await town.post("fault", method="chat.postMessage", times=1, **fault)
    with pytest.raises(InDoubtError):
        await send(town, to_person())


@pytest.mark.parametrize("after", [True, False])
async def test_a_connection_cut_while_sending_leaves_it_in_doubt_and_nothing_is_sent_again(
    town: Served, *, after: bool
) -> None:
    await send(town, to_person())
    town.sandbox.workspace.calls.clear()
    await town.post("fault", method="chat.postMessage", drop=True, after=after, times=1)
    with pytest.raises(ClientError):
        await send(town, to_person())
    assert len(list(town.sandbox.workspace.messages.all())) == 1 + after


async def test_nobody_listening_is_a_refusal_that_is_tried_again(store: Store, clock: TickingClock) -> None:
    async with serving(store, clock, Workspace(PEOPLE, start=clock.now)) as town:
        await send(town, to_person())
        town.edge.client.base_url = "http://127.0.0.1:9/"
        with pytest.raises(Refused) as refused:
            await send(town, to_person())
        assert (refused.value.code, refused.value.permanent) == ("unreachable", False)


async def test_what_fails_before_anything_left_is_a_refusal_that_is_tried_again(town: Served) -> None:
    class Wordless(Prompt):
        """A prompt without a template."""

    with pytest.raises(Refused) as refused:
        await send(town, to_person(), Wordless())
    assert not refused.value.permanent
    assert "chat.postMessage" not in town.calls
