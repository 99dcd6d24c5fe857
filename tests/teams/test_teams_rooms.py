"""A pair's room in Teams: opened once, kept to the two, and given up for two messages where it cannot be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

import httpx
import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from bot.failpoints import Action, Armed, Point, armed
from bot.mail import Held, Opening, Pace, Rate, Refused, Way
from bot.mentoring.ids import Address, PairId, address
from bot.mentoring.prompts import PauseEnded
from bot.ports import Destination, Kind
from handlers.teams.graph import CREATE, INSTALL
from handlers.teams.rooms import PATIENCE, REST
from storage.mail_tables import OutboxRow
from storage.store import Store
from tests.stores import TickingClock
from tests.teams.checking import problems
from tests.teams.edge import Edge, edge_over
from tests.teams.graph_stand_in import CATALOGUE, Chat, GraphStandIn, Slow, refusing
from tests.teams.pairing import ANA, BEN, keep_pair
from tests.teams.stand_in import TENANT, Person, object_id

SAID = PauseEnded(next_round_at=None)
OUTBOX = OutboxRow.__table__
CORA, DAN = Person(3, "Cora"), Person(4, "Dan")


@dataclass
class Room:
    """A pair, and what becomes of what is said in its room."""

    edge: Edge
    pair: PairId
    people: tuple[Address, ...]

    @property
    def graph(self) -> GraphStandIn:
        """Graph's stand-in."""
        return self.edge.microsoft.graph

    async def say(self, key: str = "k", *, attempt: int = 1) -> str:
        """Say something once; Teams' name for it, empty where it went to each of the two."""
        to = Destination(Kind.ROOM, self.pair, self.people)
        row = self.edge.row(to, SAID, key=key, attempt=attempt)
        return (await self.edge.edge.messenger.send(self.edge.workspace, row)).ref

    async def say_until_it_leaves(self, key: str = "k") -> tuple[str, int]:
        """(Teams' name for it, how often it was refused for now before)."""
        for refused in range(20):
            try:
                return await self.say(key, attempt=refused + 1), refused
            except Refused as refusal:
                if refusal.permanent:
                    raise
        raise AssertionError("it never left")

    async def to_each(self) -> int:
        """How many messages wait for each of the two."""
        mine = select(OUTBOX.c.ref).where(
            OUTBOX.c.workspace_id == self.edge.workspace, OUTBOX.c.kind == Kind.PERSON
        )
        rows = await self.edge.store.workshop.run(lambda session: session.execute(mine).scalars().all())
        counts = {rows.count(who) for who in self.people}
        assert len(counts) == 1, "as many for the one as for the other"
        return counts.pop()

    async def kept(self) -> Address | None:
        """The room that the pair itself names."""
        return await self.edge.store.read(
            self.edge.workspace, lambda records, **_: records.pair(self.pair).room
        )

    async def opening(self) -> Opening | None:
        """How far opening it has come."""
        return await self.edge.store.openings.of(self.edge.workspace, self.pair)

    @property
    def asked(self) -> int:
        """How often Graph was asked for a chat."""
        return self.graph.asked("POST", "/chats")


async def paired(edge: Edge, one: Person, other: Person) -> Room:
    """Two people who took the bot in, and are a pair."""
    people = (await edge.known(one), await edge.known(other))
    return Room(edge, await edge.store.run(edge.workspace, keep_pair, people), people)


@pytest.fixture
async def edge(store: Store, clock: TickingClock) -> AsyncIterator[Edge]:
    """Give an edge that may open rooms."""
    async with edge_over(store, clock, catalogue_id=CATALOGUE) as made:
        yield made


@pytest.fixture
async def room(edge: Edge) -> Room:
    """Give Ana and Ben, who are a pair and have no room yet."""
    return await paired(edge, ANA, BEN)


async def test_the_first_message_opens_a_chat_of_the_two_and_all_are_said_there(room: Room) -> None:
    refs = [await room.say(key) for key in ("first", "second")]
    (chat,) = room.graph.chats.values()
    assert (chat.people, chat.entered) == ([ANA.id, BEN.id], True)
    assert "Ana and Ben" in chat.topic
    said = room.edge.microsoft.to(chat.id)
    assert refs == [f"{chat.id} {one.id}" for one in said]
    assert [one.summary for one in said] == [said[0].summary] * 2
    assert "own chat" not in said[0].summary
    assert problems(said[0].card) == []
    assert (room.asked, room.graph.asked("POST", "/installedApps")) == (1, 1)
    assert await room.kept() == address("teams", TENANT, chat.id.removeprefix("19:"))
    assert await room.to_each() == 0


async def test_a_room_is_written_down_before_graph_is_asked_and_kept_over_a_restart(
    room: Room, clock: TickingClock
) -> None:
    await room.say("first")
    assert await room.opening() == Opening(next(iter(room.graph.chats)))
    async with edge_over(room.edge.store, clock, catalogue_id=CATALOGUE) as anew:
        anew.microsoft.graph.chats |= room.graph.chats
        again = Room(anew, room.pair, room.people)
        assert (await again.say("second")).startswith(next(iter(room.graph.chats)))
        assert again.asked == 0


@pytest.mark.parametrize("point", [Point.OPEN_BEFORE, Point.OPEN_AFTER])
async def test_a_crash_while_a_room_is_opened_leaves_the_pair_with_two_messages_and_no_second_room(
    room: Room, point: Point
) -> None:
    with armed({point: Armed(Action.ERROR, 1)}), pytest.raises(Refused):
        await room.say()
    for key in ("k", "later"):
        assert await room.say(key) == ""
    assert (room.asked, await room.to_each()) == (int(point is Point.OPEN_AFTER), 2)
    opening = await room.opening()
    assert opening is not None
    assert opening.over
    assert room.edge.microsoft.said == []


def broken(status: int = 201, body: bytes = b"{") -> Callable[[str], Response]:
    """An answer that cannot be read."""
    return lambda _: Response(body, status)


def breaking(kind: type[httpx.RequestError]) -> Callable[[str], Response | None]:
    """A network that breaks so when Graph is asked."""

    def fault(_path: str) -> Response | None:
        raise kind("x")

    return fault


@pytest.mark.parametrize(
    "late",
    [
        refusing(502),
        refusing(503, "ServiceUnavailable"),
        refusing(504),
        broken(),
        broken(body=b"[]"),
        broken(body=b'{"id": 7}'),
        breaking(httpx.ReadTimeout),
        breaking(httpx.RemoteProtocolError),
    ],
)
async def test_where_nobody_knows_whether_there_is_a_chat_the_pair_does_without(
    room: Room, late: Callable[[str], Response | None]
) -> None:
    room.graph.late = late
    assert await room.say_until_it_leaves() == ("", 1)
    room.graph.late = lambda _: None
    assert await room.say("later") == ""
    assert (room.asked, await room.to_each(), await room.kept()) == (1, 2, None)
    assert len(room.graph.chats) == 1, "an empty chat, in which nobody writes"


async def test_two_workers_at_once_open_one_room_at_most_and_write_in_none_that_is_in_doubt(
    room: Room,
) -> None:
    room.graph.slow = slow = Slow()
    first = asyncio.create_task(room.say())
    await slow.made.wait()
    assert await room.say(attempt=2) == "", "another worker took the message up"
    slow.answer.set()
    assert await first == ""
    assert (room.asked, await room.to_each(), await room.kept()) == (1, 1, None)


async def test_what_is_not_granted_is_asked_for_once_an_hour_for_all_pairs_together(
    room: Room, clock: TickingClock
) -> None:
    room.graph.fault = refusing(403, "Forbidden", "/chats")
    other = await paired(room.edge, CORA, DAN)
    for one in (room, other, room):
        assert await one.say(f"{one.asked}{one.pair}") == ""
    assert (room.asked, await room.opening()) == (1, None)
    clock.forward(seconds=REST + 1)
    room.graph.fault = lambda _: None
    assert (await room.say("later")).startswith(next(iter(room.graph.chats)))
    assert room.asked == 2


@pytest.mark.parametrize("lacking", [CREATE, INSTALL])
async def test_what_the_token_says_is_not_granted_is_not_tried_at_all(
    room: Room, lacking: str, clock: TickingClock, caplog: pytest.LogCaptureFixture
) -> None:
    room.edge.microsoft.token_lasts = 86_400
    room.graph.granted.discard(lacking)
    for key in ("first", "second"):
        assert await room.say(key) == ""
    assert (room.graph.calls, room.graph.chats, await room.to_each()) == ([], {}, 2)
    told = [record.told for record in caplog.records if record.msg == "group_chats_rest"]  # type: ignore[attr-defined]
    assert [one["code"] for one in told] == [f"lacks_{lacking}"], "once"
    room.graph.granted.add(lacking)
    clock.forward(seconds=REST + 1)
    assert await room.say("later") != ""


@pytest.mark.parametrize("status", [400, 404])
async def test_a_pair_that_graph_makes_no_chat_for_is_asked_for_once_and_others_get_theirs(
    room: Room, status: int
) -> None:
    room.graph.fault = refusing(status, "BadRequest", "/chats")
    for key in ("first", "second"):
        assert await room.say(key) == ""
    assert (room.asked, await room.to_each()) == (1, 2)
    room.graph.fault = lambda _: None
    assert await (await paired(room.edge, CORA, DAN)).say() != ""
    assert await room.say("third") == "", "for good"


async def test_graph_says_how_long_to_wait_and_then_opens_the_room(room: Room) -> None:
    room.graph.fault = refusing(429, "TooManyRequests", "/chats", retry_after="7")
    with pytest.raises(Refused) as refused:
        await room.say()
    assert (refused.value.retry_after, refused.value.way) == (7, Way.OPEN)
    room.graph.fault = lambda _: None
    assert await room.say() != ""
    assert len(room.graph.chats) == 1


async def test_rooms_are_opened_no_faster_than_our_own_pace(room: Room) -> None:
    room.edge.store.pace = Pace(dict.fromkeys(Way, Rate(0.1, 1)), Rate(1_000, 1_000))
    await room.say()
    other = await paired(room.edge, CORA, DAN)
    for _ in range(PATIENCE + 1):
        with pytest.raises(Held):
            await other.say()
    assert (room.asked, await other.opening(), await other.to_each()) == (1, None, 0)


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout])
async def test_a_graph_that_cannot_be_reached_holds_nothing_up_for_long(
    room: Room, kind: type[httpx.RequestError]
) -> None:
    room.graph.fault = breaking(kind)
    assert await room.say_until_it_leaves() == ("", PATIENCE - 1)
    room.graph.fault = lambda _: None
    assert await room.say("later") != "", "nothing had been made, so that it is tried again"
    assert len(room.graph.chats) == 1


async def test_a_token_for_graph_is_another_than_the_connectors_and_is_fetched_anew_where_it_is_not_taken(
    room: Room,
) -> None:
    room.graph.fault = refusing(401, "InvalidAuthenticationToken", "/chats")
    with pytest.raises(Refused):
        await room.say()
    assert room.edge.microsoft.token_fetches == 1, "the connector was not needed yet"
    room.graph.fault = lambda _: None
    assert await room.say() != ""
    assert room.edge.microsoft.token_fetches == 3


async def test_without_a_token_for_graph_the_pair_has_two_messages(room: Room) -> None:
    rooms = room.edge.edge.messenger.rooms
    assert rooms is not None
    rooms.graph.speaker._app = replace(rooms.graph.speaker._app, secret="wrong")
    assert await room.say() == ""
    assert (room.graph.calls, await room.to_each()) == ([], 1)


@pytest.mark.parametrize("late", [refusing(502), breaking(httpx.ReadTimeout)])
async def test_where_it_is_unclear_whether_the_app_is_in_the_same_chat_is_entered_again(
    room: Room, late: Callable[[str], Response | None]
) -> None:
    room.graph.late = lambda path: late(path) if path.endswith("/installedApps") else None
    ref, refused = await room.say_until_it_leaves()
    assert (ref.split()[0], refused) == ("19:room1@thread.v2", 1), "Graph says then that it is there already"
    assert room.asked == 1


async def test_a_chat_that_may_not_be_entered_is_kept_and_entered_once_it_may_be(
    room: Room, clock: TickingClock
) -> None:
    room.graph.fault = refusing(403, "Forbidden", "/installedApps")
    assert await room.say("first") == ""
    room.graph.fault = lambda _: None
    assert await room.say("second") == "", "nothing is asked for within the hour"
    clock.forward(seconds=REST + 1)
    assert await room.say("third") != ""
    assert (room.asked, len(room.graph.chats), await room.to_each()) == (1, 1, 2)


async def test_a_wrong_id_of_the_app_gives_the_room_up(room: Room) -> None:
    room.graph.fault = refusing(404, "NotFound", "/installedApps")
    for key in ("first", "second"):
        assert await room.say(key) == ""
    assert (room.asked, await room.kept()) == (1, None)


async def test_an_id_that_no_chat_of_teams_has_gives_the_room_up(room: Room) -> None:
    room.graph.late = lambda path: JSONResponse({"id": "a:b"}, 201) if path.endswith("/chats") else None
    room.graph.chats["a:b"] = Chat("a:b", "", [])
    assert (await room.say_until_it_leaves())[0] == ""
    assert room.edge.microsoft.said == []


async def test_a_new_chat_that_the_connector_does_not_know_yet_is_waited_for(room: Room) -> None:
    fault, times = refusing(404, "ConversationNotFound"), iter(range(3))
    room.edge.microsoft.unknown = lambda: fault("") if next(times, None) is not None else None
    ref, refused = await room.say_until_it_leaves()
    assert (ref != "", refused, room.asked) == (True, 3, 1)


async def test_a_chat_that_is_gone_is_given_up_for_two_messages(room: Room) -> None:
    await room.say("first")
    room.graph.chats.clear()
    assert await room.say_until_it_leaves("second") == ("", PATIENCE - 1)
    assert await room.say("third") == ""
    assert (room.asked, await room.to_each(), await room.kept()) == (1, 2, None)


@pytest.mark.parametrize("there", [[ANA.id], [ANA.id, BEN.id, object_id(9)], [BEN.id, object_id(9)], []])
async def test_a_room_without_the_two_or_with_somebody_else_is_written_to_no_more(
    room: Room, there: list[str]
) -> None:
    await room.say("first")
    (chat,) = room.graph.chats.values()
    chat.people = there
    for key in ("second", "third"):
        assert await room.say(key) == ""
    assert (len(room.edge.microsoft.to(chat.id)), room.asked, await room.to_each()) == (1, 1, 2)


async def test_other_apps_in_the_chat_do_no_harm(room: Room) -> None:
    room.edge.microsoft.apps.append("28:another")
    assert await room.say() != ""


async def test_a_room_that_refuses_a_message_has_it_told_to_each(room: Room) -> None:
    await room.say("first")
    room.edge.microsoft.fault = lambda: JSONResponse({"error": {"code": "BotDisabledByAdmin"}}, 403)
    assert await room.say("second") == ""
    assert (await room.to_each(), await room.kept()) == (1, None)


@pytest.mark.parametrize("status", [429, 502])
async def test_a_connector_in_trouble_gives_no_room_up(room: Room, status: int) -> None:
    await room.say("first")
    room.edge.microsoft.fault = lambda: Response(status_code=status)
    with pytest.raises(Exception):  # noqa: B017, PT011 # refused for now, or in doubt: as in any other chat
        await room.say("second")
    room.edge.microsoft.fault = lambda: None
    assert await room.say("second") != ""


async def test_nobody_who_took_the_bot_out_is_put_into_a_chat(room: Room) -> None:
    await room.edge.store.references.block(room.edge.workspace, room.people[1])
    assert await room.say() == ""
    assert (room.graph.calls, await room.opening()) == ([], None)


async def test_rooms_are_of_their_own_workspace_alone(room: Room) -> None:
    await room.say()
    other = await room.edge.store.workspace("teams", "another")
    assert await room.edge.store.openings.of(other, room.pair) is None
