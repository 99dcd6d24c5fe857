"""What waits in the outbox is known, moved and withdrawn by whom it is for, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import ParticipantId
from bot.mentoring.limits import Said
from bot.ports import Destination, Kind, Message, Pending, Records
from tests.builders import MONDAY, a_message, a_pair, at
from tests.storage.given import Given

ADA, BEN, CLEO = ParticipantId("ada"), ParticipantId("ben"), ParticipantId("cleo")
DAY = timedelta(days=1)


async def test_a_message_is_posted_once_for_its_key_and_counts(given: Given) -> None:
    await given.people("ada")
    message = a_message(counts_for=(ADA,), nudge=True)
    await given(lambda records: records.post(message))
    await given(lambda records: records.post(message))
    assert await given(lambda records: records.said(ADA, MONDAY)) == (Said(MONDAY, nudge=True),)
    assert await given(lambda records: records.said(ADA, MONDAY + DAY)) == ()
    assert await given(lambda records: records.said(BEN, MONDAY)) == ()


async def test_what_is_there_already_is_left_out_of_all_that_is_posted_together(given: Given) -> None:
    await given.people("ada", "ben")
    await given(lambda records: records.post(a_message("first", counts_for=(ADA,))))

    def use(records: Records) -> tuple[Said, ...]:
        records.post(a_message("second", counts_for=(ADA,)))
        for key in ("first", "second", "third"):
            records.post(a_message(key, counts_for=(ADA, BEN)))
        records.withdraw(ParticipantId("cleo"))  # whatever is asked then finds all of it written
        return records.said(ADA, MONDAY)

    await given.people("cleo")
    assert len(await given(use)) == 3
    assert len(await given(lambda records: records.said(ADA, MONDAY))) == 3
    assert len(await given(lambda records: records.said(BEN, MONDAY))) == 1
    assert {one.key for one in await given(lambda records: records.pending(ADA))} == {
        "first",
        "second",
        "third",
    }


def to_room(key: str) -> Message:
    """A message to the room of Ada and Ben that counts for both."""
    room = Destination(Kind.ROOM, "ada-ben", (at("ada"), at("ben")))
    return replace(a_message(key, counts_for=(ADA, BEN)), to=room)


async def moments(given: Given, who: ParticipantId) -> list[datetime]:
    """When what counts for a person leaves."""
    return [said.at for said in await given(lambda records: records.said(who, MONDAY))]


@pytest.fixture
async def posted(given: Given) -> Given:
    """Give a workspace in which messages wait for Ada, for her room with Ben, and for Cleo."""
    await given.people("ada", "ben", "cleo")
    await given(lambda records: records.save_pair(a_pair()))
    await given(lambda records: records.post(a_message("50%:ada", counts_for=(ADA,))))
    await given(lambda records: records.post(to_room("room:1")))
    await given(lambda records: records.post(a_message("500:cleo", to="cleo", counts_for=(CLEO,))))
    return given


async def test_what_waits_for_a_person_and_their_rooms_is_moved(posted: Given) -> None:
    def move(records: Records) -> None:
        for message in records.pending(ADA):
            records.move(message, MONDAY + DAY, MONDAY + 2 * DAY)

    await posted(move)
    assert await moments(posted, ADA) == [MONDAY + DAY] * 2
    assert await moments(posted, BEN) == [MONDAY + DAY]
    assert await moments(posted, CLEO) == [MONDAY]
    waiting = await posted(lambda records: records.pending(ADA))
    assert {(one.at, one.closes_at) for one in waiting} == {(MONDAY + DAY, MONDAY + 2 * DAY)}


async def test_what_is_known_of_a_message_that_waits(posted: Given) -> None:
    alone, room = await posted(lambda records: records.pending(ADA))
    counts = Said(MONDAY, nudge=False)
    assert alone == Pending("50%:ada", a_message().to, MONDAY, None, nudge=False, counts=counts)
    assert (room.key, room.to, room.counts) == ("room:1", to_room("").to, counts)
    whole = await posted(lambda records: records.whole(room))
    assert whole == to_room("room:1")
    await posted(lambda records: records.withdraw(ADA, "room"))
    with pytest.raises(NotFound):
        await posted(lambda records: records.whole(room))


async def test_a_message_that_waits_no_more_is_not_moved(posted: Given) -> None:
    alone, room = await posted(lambda records: records.pending(ADA))
    await posted(lambda records: records.withdraw(ADA, "50%"))
    await posted(lambda records: records.move(alone, MONDAY + DAY, MONDAY + 2 * DAY))
    assert await posted(lambda records: records.pending(ADA)) == (room,)


async def test_what_waits_for_a_person_is_withdrawn_by_the_start_of_its_key(posted: Given) -> None:
    await posted(lambda records: records.withdraw(ADA, "50_"))
    assert len(await moments(posted, ADA)) == 2
    await posted(lambda records: records.withdraw(ADA, "50%"))
    assert len(await moments(posted, ADA)) == 1
    await posted(lambda records: records.withdraw(ADA))
    assert await moments(posted, ADA) == await moments(posted, BEN) == []
    assert await moments(posted, CLEO) == [MONDAY]


async def test_what_was_withdrawn_can_be_posted_again(posted: Given) -> None:
    await posted(lambda records: records.withdraw(ADA))
    await posted(lambda records: records.post(a_message("50%:ada", counts_for=(ADA,))))
    assert len(await moments(posted, ADA)) == 1
