"""A pair with a room of its own on Teams, through POST /teams/messages and nothing else."""

from datetime import timedelta
from typing import Any

from handlers.teams.listeners import LINE
from tests.teams.checking import problems
from tests.teams.graph_stand_in import CATALOGUE
from tests.teams.stand_in import TENANT, Person, Said
from tests.teams.test_teams_story import paired
from tests.teams.town import ANA, BEN, Town, town

APART = "each in your own chat with me."


def in_room(chat: str) -> dict[str, Any]:
    """The conversation of something that happens in a group chat."""
    return {"conversation": {"id": chat, "conversationType": "groupChat", "tenantId": TENANT}}


async def press_in(here: Town, chat: str, person: Person, said: Said, title: str) -> str:
    """Press a button of a post in a room; the line that only the presser reads."""
    answer = await here.deliver({**here.pressing(person, said, title), **in_room(chat)})
    await here.settle()
    assert answer["type"] == LINE
    return str(answer["value"])


def newest(here: Town, chat: str, title: str) -> Said:
    """The newest message of a conversation that has this button."""
    return [one for one in here.microsoft.to(chat) if title in one.buttons][-1]


async def test_a_pair_meets_in_its_own_chat_and_hears_in_two_messages_once_that_is_gone(
    database_url: str,
) -> None:
    async with town(database_url, TEAMS_GROUP_CHATS="yes", TEAMS_CATALOG_APP_ID=CATALOGUE) as here:
        await paired(here)
        graph, microsoft = here.microsoft.graph, here.microsoft
        (chat,) = graph.chats.values()
        assert set(chat.people) == {ANA.id, BEN.id}
        assert "Ana Silva" in chat.topic
        assert "Raise a concern" in microsoft.to(chat.id)[0].buttons, "the introduction"
        assert "You talk in your room." in (await here.say(ANA, "pairs")).text
        await here.skip(timedelta(days=8))
        await here.press(ANA, newest(here, ANA.conversation, "We met"), "We met")
        await here.skip(timedelta(days=5))
        asked = newest(here, chat.id, "Write what I expect")
        line = await press_in(here, chat.id, ANA, asked, "Write what I expect")
        assert (line, asked.replaced) == ("I answered in our own chat, where only you can read it.", 0)
        form = here.last(ANA)
        await here.press(ANA, form, form.submit, dict.fromkeys(form.values, "Candour"))
        assert not [one for one in microsoft.to(chat.id) if "Candour" in one.text], "only Ana has read it yet"

        cora, posts = Person(3, "Cora"), len(microsoft.to(chat.id))
        await here.install(cora)
        await press_in(here, chat.id, cora, asked, "Write what I expect")
        assert not [one for one in microsoft.to(cora.conversation) if "Ben" in one.text or "Ana" in one.text]
        await here.deliver(BEN.activity(microsoft.address, text="<at>Mentor</at> goals") | in_room(chat.id))
        await here.settle()
        assert len(microsoft.to(chat.id)) == posts, "what is asked in the room is answered in one's own chat"
        assert not [one for one in microsoft.said if APART in one.text]

        del graph.chats[chat.id]
        await here.skip(timedelta(days=7))
        apart = [one for one in microsoft.said if APART in one.text]
        assert sorted(one.conversation for one in apart) == [ANA.conversation, BEN.conversation]
        assert graph.asked("POST", "/chats") == 1, "for good"
        assert "your room" not in (await here.say(ANA, "pairs")).text
        assert [line for one in microsoft.said for line in problems(one.card)] == []
        counters = here.bot.counters
        assert (counters.doubts, counters.failed, counters.doubled) == (0, 0, 0)


async def test_a_post_in_a_room_that_one_puts_off_stays_for_the_other(database_url: str) -> None:
    async with town(database_url, TEAMS_GROUP_CHATS="yes", TEAMS_CATALOG_APP_ID=CATALOGUE) as here:
        await paired(here)
        await here.skip(timedelta(days=2))
        (chat,) = here.microsoft.graph.chats
        post = newest(here, chat, "Snooze")
        assert await press_in(here, chat, ANA, post, "Snooze") == "Noted."
        assert post.replaced == 0
        assert "Ben Okafor" in here.last(ANA).text


async def test_where_it_is_not_granted_the_story_is_that_of_two_messages(database_url: str) -> None:
    async with town(database_url, TEAMS_GROUP_CHATS="yes", TEAMS_CATALOG_APP_ID=CATALOGUE) as here:
        here.microsoft.graph.granted.clear()
        await paired(here)
        for person, partner in ((ANA, BEN), (BEN, ANA)):
            told = here.found(person, "meet each other")
            assert told.text.startswith(f"To you and {partner.name}, each in your own chat with me.")
        assert here.microsoft.graph.calls == []
