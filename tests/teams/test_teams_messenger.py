"""What leaves for Teams: where it goes, and what is said truly to have become of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from bot.mail import Refused, Way
from bot.mentoring.ids import Address, address
from bot.mentoring.prompts import PauseEnded
from bot.ports import Destination, Kind, NewId, Records
from handlers.teams.messenger import MOST_TRIES, NOT_INSTALLED, UNWANTED
from handlers.teams.verdicts import InDoubtError
from storage.mail_tables import OutboxRow
from tests.teams.checking import problems
from tests.teams.edge import Edge
from tests.teams.pairing import ANA, BEN, keep_pair
from tests.teams.stand_in import TENANT
from tests.worlds import a_participant

SAID = PauseEnded(next_round_at=datetime(2026, 11, 30, 20, tzinfo=UTC))
OUTBOX = OutboxRow.__table__


def to_person(who: Address) -> Destination:
    """Somebody's own chat."""
    return Destination(Kind.PERSON, who, (who,))


async def send(edge: Edge, to: Destination, *, attempt: int = 1, key: str = "k") -> str:
    """Send a message, and give Teams' name for it."""
    row = edge.row(to, SAID, attempt=attempt, key=key)
    return (await edge.edge.messenger.send(edge.workspace, row)).ref


def refusing(status: int, code: str = "", **headers: str) -> Callable[[], Response]:
    """A connector that answers so."""
    body = {"error": {"code": code, "message": "no"}} if code else {}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: JSONResponse(body, status_code=status, headers=told)


async def test_a_message_to_a_person_goes_into_their_own_chat_as_a_card(edge: Edge) -> None:
    ref = await send(edge, to_person(await edge.known(ANA)))
    (said,) = edge.microsoft.to(ANA.conversation)
    assert ref == f"{ANA.conversation} {said.id}"
    assert problems(said.card) == []
    assert "30 November" in said.summary or "1 December" in said.summary
    ((method, _, body),) = edge.microsoft.calls
    assert (method, body["type"]) == ("POST", "message")
    assert body["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"


async def test_the_buttons_of_a_message_name_it_so_that_a_press_ends_a_doubt(edge: Edge) -> None:
    await send(edge, to_person(await edge.known(ANA)))
    (said,) = edge.microsoft.said
    assert {button["data"]["sent"] for button in said.buttons.values()} == {"m1"}


async def test_one_token_is_fetched_for_many_messages(edge: Edge) -> None:
    who = await edge.known(ANA)
    for _ in range(5):
        await send(edge, to_person(who))
    assert edge.microsoft.token_fetches == 1


async def test_a_message_to_a_channel_begins_a_conversation_there(edge: Edge) -> None:
    await edge.store.references.keep_team(edge.workspace, "19:team@thread.tacv2", edge.microsoft.address)
    ref = await send(edge, Destination(Kind.CHANNEL, address("teams", TENANT, "general@thread.tacv2")))
    (said,) = edge.microsoft.to("19:general@thread.tacv2")
    assert ref == f"19:general@thread.tacv2;messageid={said.id} {said.id}"
    ((_, _, body),) = edge.microsoft.calls
    assert (body["tenantId"], body["channelData"]["channel"]) == (TENANT, {"id": "19:general@thread.tacv2"})


async def test_a_reply_takes_the_place_of_the_message_that_was_pressed(edge: Edge) -> None:
    who = await edge.known(ANA)
    ref = await send(edge, to_person(who))
    assert await send(edge, Destination(Kind.REPLY, ref, (who,))) == ref
    (said,) = edge.microsoft.said
    assert said.replaced == 1


async def test_whoever_never_took_the_bot_in_is_not_reached_and_nothing_is_tried(edge: Edge) -> None:
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(address("teams", TENANT, ANA.id)))
    assert (refused.value.code, refused.value.permanent) == ("not_installed", True)
    assert edge.microsoft.calls == []


@pytest.mark.parametrize("code", sorted(UNWANTED))
async def test_whoever_turned_the_bot_off_is_tried_once_and_then_left_alone(edge: Edge, code: str) -> None:
    who = await edge.known(ANA)
    edge.microsoft.fault = refusing(403, code)
    for said in (code, "MessageWritesBlocked"):
        with pytest.raises(Refused) as refused:
            await send(edge, to_person(who))
        assert (refused.value.code, refused.value.permanent) == (said, True)
    assert len(edge.microsoft.calls) == 1


async def since(edge: Edge, who: Address) -> datetime | None:
    """Since when the programme knows that messages do not reach Ana."""

    def known(*, records: Records, now: datetime, new_id: NewId) -> datetime | None:
        del now, new_id
        found = records.participant_at(who)
        assert found is not None
        return found.unreached_since

    return await edge.store.read(edge.workspace, known)


def taking_part(who: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Ana takes part."""
    del now, new_id
    records.save_participant(a_participant(address=who))


@pytest.mark.parametrize("code", [*sorted(UNWANTED), NOT_INSTALLED])
async def test_the_programme_hears_who_is_not_reached_and_who_is_again(edge: Edge, code: str) -> None:
    who = address("teams", TENANT, ANA.id)
    await edge.store.run(edge.workspace, taking_part, who)
    if code != NOT_INSTALLED:
        await edge.known(ANA)
    edge.microsoft.fault = refusing(403, code)
    assert await since(edge, who) is None
    with pytest.raises(Refused):
        await send(edge, to_person(who))
    assert await since(edge, who) is not None
    edge.microsoft.fault = lambda: None
    await edge.hear(ANA.activity(edge.microsoft.address, id="1", text="help"))
    assert await since(edge, who) is None


async def test_what_cannot_be_noted_is_tried_again_since_nothing_has_left(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = await edge.known(ANA)
    edge.microsoft.fault = refusing(403, "MessageWritesBlocked")

    async def broken(*_: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(edge.store, "run", broken)
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(who))
    assert (refused.value.code, refused.value.permanent) == ("RuntimeError", False)


async def test_whoever_turned_the_bot_off_and_writes_again_is_reached_again(edge: Edge) -> None:
    who = await edge.known(ANA)
    edge.microsoft.fault = refusing(403, "MessageWritesBlocked")
    with pytest.raises(Refused):
        await send(edge, to_person(who))
    edge.microsoft.fault = lambda: None
    await edge.hear(ANA.activity(edge.microsoft.address, id="1", text="help"))
    await send(edge, to_person(who))
    assert len(edge.microsoft.to(ANA.conversation)) == 1


@pytest.mark.parametrize(("given", "wait"), [("7", 7), ("", 1), ("soon", 1), ("-3", 1)])
async def test_teams_says_how_long_to_wait(edge: Edge, given: str, wait: int) -> None:
    edge.microsoft.fault = refusing(429, "TooManyRequests", retry_after=given)
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(await edge.known(ANA)))
    assert (refused.value.retry_after, refused.value.permanent) == (wait, False)


async def test_a_limit_holds_up_one_chat_and_in_channels_all_that_is_new(edge: Edge) -> None:
    edge.microsoft.fault = refusing(429, "Throttled", retry_after="7")
    with pytest.raises(Refused) as chat:
        await send(edge, to_person(await edge.known(ANA)))
    with pytest.raises(Refused) as channel:
        await send(edge, Destination(Kind.CHANNEL, address("teams", TENANT, "general@thread.tacv2")))
    assert (chat.value.way, channel.value.way) == (None, Way.POST)


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [
        (400, "BadSyntax", True),
        (403, "Forbidden", True),
        (404, "ConversationNotFound", True),
        (413, "MessageSizeTooBig", True),
        (302, "", False),
    ],
)
async def test_what_teams_refuses_is_refused_for_now_or_for_good(
    edge: Edge,
    status: int,
    code: str,
    permanent: bool,  # noqa: FBT001 # a table
) -> None:
    edge.microsoft.fault = refusing(status, code)
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(await edge.known(ANA)))
    assert (refused.value.code, refused.value.permanent) == (code or f"http_{status}", permanent)


@pytest.mark.parametrize("status", [408, 412, 500, 502, 503, 504])
async def test_what_teams_leaves_open_is_in_doubt(edge: Edge, status: int) -> None:
    edge.microsoft.fault = refusing(status)
    with pytest.raises(InDoubtError):
        await send(edge, to_person(await edge.known(ANA)))


@pytest.mark.parametrize("said", ["{", "[]", '"taken"', "null"])
async def test_an_answer_that_cannot_be_read_leaves_it_open(edge: Edge, said: str) -> None:
    edge.microsoft.fault = lambda: Response(said, 201, media_type="application/json")
    with pytest.raises(Exception) as open_still:  # noqa: PT011 # whatever it is, but no refusal
        await send(edge, to_person(await edge.known(ANA)))
    assert not isinstance(open_still.value, Refused)


async def test_a_message_that_teams_gives_no_name_was_taken_all_the_same(edge: Edge) -> None:
    edge.microsoft.fault = lambda: JSONResponse({}, status_code=201)
    assert await send(edge, to_person(await edge.known(ANA))) == ""


def breaking(error: Exception) -> Callable[[], Response | None]:
    """A network that breaks so."""

    def fault() -> Response | None:
        raise error

    return fault


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_what_never_left_is_refused_for_now(edge: Edge, kind: type[httpx.RequestError]) -> None:
    edge.microsoft.fault = breaking(kind("x"))
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(await edge.known(ANA)))
    assert (refused.value.code, refused.value.permanent) == ("unreachable", False)


@pytest.mark.parametrize(
    "kind", [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError]
)
async def test_what_may_have_left_is_in_doubt(edge: Edge, kind: type[httpx.RequestError]) -> None:
    edge.microsoft.fault = breaking(kind("x"))
    with pytest.raises(kind):
        await send(edge, to_person(await edge.known(ANA)))


async def test_without_a_token_nothing_has_left(edge: Edge) -> None:
    edge.edge.speaker._app = replace(edge.edge.speaker._app, id="another", secret="wrong")
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(await edge.known(ANA)))
    assert (refused.value.code, refused.value.permanent) == ("invalid_client", False)
    assert edge.microsoft.calls == []


async def test_a_token_that_is_not_taken_any_more_is_fetched_anew(edge: Edge) -> None:
    who = await edge.known(ANA)
    await send(edge, to_person(who))
    edge.microsoft.fault = refusing(401)
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(who))
    assert not refused.value.permanent
    edge.microsoft.fault = lambda: None
    await send(edge, to_person(who))
    assert edge.microsoft.token_fetches == 2


async def test_what_nobody_can_send_is_given_up_in_the_end(edge: Edge) -> None:
    edge.microsoft.fault = refusing(401)
    with pytest.raises(Refused) as refused:
        await send(edge, to_person(await edge.known(ANA)), attempt=MOST_TRIES)
    assert refused.value.permanent


async def test_what_is_for_a_pairs_room_is_told_to_each_once_and_names_the_other(edge: Edge) -> None:
    people = (await edge.known(ANA), await edge.known(BEN))
    pair = await edge.store.run(edge.workspace, keep_pair, people)
    room = Destination(Kind.ROOM, pair, people)
    for _ in range(3):
        assert await send(edge, room, key="intro") == ""
    rows = await edge.store.workshop.run(
        lambda session: session.execute(
            select(OUTBOX.c.key, OUTBOX.c.kind, OUTBOX.c.ref).where(OUTBOX.c.workspace_id == edge.workspace)
        ).all()
    )
    assert [(kind, ref) for _, kind, ref in rows] == [(Kind.PERSON, who) for who in people]
    assert edge.microsoft.said == [], "each leaves by its own row"
    for key, _, ref in rows:
        await send(edge, to_person(Address(ref)), key=key)
    first, second = edge.microsoft.said
    assert first.summary.startswith("To you and Ben, each in your own chat with me.")
    assert second.summary.startswith("To you and Ana, each in your own chat with me.")
    pictures = [[part for part in one.card["body"] if part["type"] == "Component"] for one in (first, second)]
    shown = [[one["properties"] for one in some] for some in pictures]
    assert shown == [[{"id": other.id, "displayName": other.name}] for other in (BEN, ANA)]
    assert problems(first.card) == []
