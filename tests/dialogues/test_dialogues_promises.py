"""Promises to people that nothing else shows from outside: two on one level, and talk that nobody keeps."""

from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.dialogues.cast import ANA, BEN, CLEO, a_person
from tests.dialogues.differences import ROOM, needs
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.town import Founding, Json, Town

SAID = "the canary sings of quarterly things"


def stored(database_url: str) -> tuple[str, int]:
    """All that the bot's database holds, as text, and how many requests and events it has taken in."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}  # noqa: S608 # names of tables
    engine.dispose()
    return str(rows), len(rows["inbox"])


async def test_b9_two_on_one_level_are_a_pair_where_owners_allow_it(found: Founding) -> None:
    people = [
        a_person(ANA, "Ana Silva", 3, "Negotiation", "Python"),
        a_person(BEN, "Ben Okafor", 3, "Python", "Negotiation", department="Sales"),
    ]
    async with found(people) as town:
        await town.join(ANA, BEN)
        owner = await town.owner()
        assert "no pair" in (await town.say(owner, "/mentor match")).lower()
        await town.say(owner, "/mentor programme")
        await town.press(owner, "How pairs are chosen")
        sent = await town.submit(owner, One_level=["People of one level may be paired"])
        assert sent["ok"], sent
        await town.release_a_round()
        (proposal,) = await town.heard(ANA)
        assert "Here is somebody for you: Ben Okafor" in proposal
        assert "senior" not in proposal
        assert "junior" not in proposal


@needs(ROOM)
async def test_e13_what_a_pair_writes_in_its_room_is_kept_nowhere_and_reaches_no_owner(
    village: Town, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(village, SlackTown)
    link = village.sandbox.slack.events._bot
    send, sent = link.send_event, list[str]()

    async def noted(envelope: Json, *again: Any) -> Any:
        sent.append(envelope["event"]["type"])
        return await send(envelope, *again)

    monkeypatch.setattr(link, "send_event", noted)
    await village.join(ANA, BEN, CLEO)
    await village.release_a_round()
    for person in (ANA, BEN):
        await village.press(person, "Accept")
    state = await village.state(ANA)
    (room,) = [one["id"] for one in state["channels"] if one["kind"] == "group"]
    _, before = stored(database_url)
    await village.say(ANA, SAID, room)
    await village.say(BEN, SAID, room)
    everything, after = stored(database_url)
    assert after == before
    assert "message" not in sent, "what is said in a room does not even reach the bot"
    await village.skip(days=14)
    assert "canary" not in stored(database_url)[0] + everything
    assert "canary" not in str(await village.state(await village.owner()))
