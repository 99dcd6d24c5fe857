"""A pair with a room of its own on Teams, through POST /teams/messages and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from handlers.teams.listeners import LINE
from tests.dialogues.cast import ANA, BEN, CLEO, the_village
from tests.dialogues.on_teams import TeamsTown, pressed, teams_town
from tests.teams.graph_stand_in import CATALOGUE
from tests.teams.stand_in import TENANT, Said

APART = "each in your own chat with me."
HOUR = 1 / 24


def in_room(chat: str) -> dict[str, Any]:
    """The conversation of something that happens in a group chat."""
    return {"conversation": {"id": chat, "conversationType": "groupChat", "tenantId": TENANT}}


def press(said: Said, title: str, inputs: dict[str, str] | None = None) -> dict[str, Any]:
    """What a press of a button sends, wherever it happens."""
    value = {"action": pressed(said, title, inputs), "trigger": "manual"}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": said.id}


async def press_in(here: TeamsTown, chat: str, person: str, said: Said, title: str) -> str:
    """Press a button of a post in a room; the line that only the presser reads."""
    answer = await here.act(person, **press(said, title), **in_room(chat))
    assert answer["type"] == LINE
    return str(answer["value"])


def newest(here: TeamsTown, chat: str, title: str) -> Said:
    """The newest message of a conversation that has this button."""
    return [one for one in here.microsoft.to(chat) if title in one.buttons][-1]


@asynccontextmanager
async def paired(database_url: str, *, granted: bool = True) -> AsyncIterator[TeamsTown]:
    """A town that asked for group chats, in which Ana and Ben have both said yes."""
    async with teams_town(
        database_url, the_village(), TEAMS_GROUP_CHATS="yes", TEAMS_CATALOG_APP_ID=CATALOGUE
    ) as here:
        if not granted:
            here.microsoft.graph.granted.clear()
        await here.join(ANA, BEN)
        await here.release_a_round()
        for person in (ANA, BEN):
            await here.press(person, "Accept")
        await here.skip(HOUR)
        yield here


async def test_a_pair_meets_in_its_own_chat_and_hears_in_two_messages_once_that_is_gone(
    database_url: str,
) -> None:
    async with paired(database_url) as here:
        graph, microsoft = here.microsoft.graph, here.microsoft
        ana, ben = here.person(ANA), here.person(BEN)
        (chat,) = graph.chats.values()
        assert set(chat.people) == {ana.id, ben.id}
        assert "Ana Silva" in chat.topic
        assert "Raise a concern" in microsoft.to(chat.id)[0].buttons, "the introduction"
        assert "You talk in your room." in await here.say(ANA, "/mentor pairs")
        await here.skip(8)
        await here.press(ANA, "We met")
        await here.skip(5)
        asked = newest(here, chat.id, "Write what I expect")
        line = await press_in(here, chat.id, ANA, asked, "Write what I expect")
        assert (line, asked.replaced) == ("I answered in our own chat, where only you can read it.", 0)
        form = microsoft.to(ana.conversation)[-1]
        await here.act(ANA, **press(form, form.submit, dict.fromkeys(form.values, "Candour")))
        assert not [one for one in microsoft.to(chat.id) if "Candour" in one.text], "only Ana has read it yet"

        posts, cleo = len(microsoft.to(chat.id)), here.person(CLEO).conversation
        await here.take_in(CLEO)
        await press_in(here, chat.id, CLEO, asked, "Write what I expect")
        assert not [one for one in microsoft.to(cleo) if "Ben" in one.text or "Ana" in one.text]
        await here.act(BEN, text="<at>Mentor</at> goals", **in_room(chat.id))
        assert len(microsoft.to(chat.id)) == posts, "what is asked in the room is answered in one's own chat"
        assert not [one for one in microsoft.said if APART in one.text]

        del graph.chats[chat.id]
        here.disturbed = True
        await here.skip(7)
        apart = [one for one in microsoft.said if APART in one.text]
        assert sorted(one.conversation for one in apart) == sorted([ana.conversation, ben.conversation])
        assert graph.asked("POST", "/chats") == 1, "for good"
        assert "your room" not in await here.say(ANA, "/mentor pairs")
        counters = here.bot.inside.counters
        assert (counters.doubts, counters.failed, counters.doubled) == (0, 0, 0)


async def test_a_post_in_a_room_that_one_puts_off_stays_for_the_other(database_url: str) -> None:
    async with paired(database_url) as here:
        await here.skip(2)
        (chat,) = here.microsoft.graph.chats
        post = newest(here, chat, "Snooze")
        assert await press_in(here, chat, ANA, post, "Snooze") == "Noted."
        assert post.replaced == 0
        assert "Ben Okafor" in here.microsoft.to(here.person(ANA).conversation)[-1].text


async def test_where_it_is_not_granted_the_story_is_that_of_two_messages(database_url: str) -> None:
    async with paired(database_url, granted=False) as here:
        for person, partner in ((ANA, BEN), (BEN, ANA)):
            told = await here.message_with(person, "meet each other")
            assert told["text"].startswith(f"To you and {here.person(partner).name}, each in your own chat")
        assert here.microsoft.graph.calls == []
