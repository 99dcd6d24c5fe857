"""Double clicks, stale buttons and late forms: the same answer as before, or what is possible now."""

import asyncio

import pytest

from tests.dialogues.cast import ANA, BEN
from tests.dialogues.town import Town

OPENS = "You both said yes."


@pytest.fixture
async def proposed(village: Town) -> Town:
    """Ana and Ben have been proposed to each other."""
    await village.join(ANA, BEN)
    await village.release_a_round()
    return village


@pytest.fixture
async def paired(proposed: Town) -> Town:
    """Ana and Ben talk in their room."""
    await proposed.press(ANA, "Accept")
    await proposed.press(BEN, "Accept")
    return proposed


async def test_a_yes_pressed_twice_gets_the_same_answer(proposed: Town) -> None:
    shown = await proposed.as_it_was(ANA, "Here is somebody")
    first = await proposed.answers(ANA, "Accept")
    assert await proposed.press_old(ANA, shown, "Accept") == first
    assert await proposed.heard(ANA) == [first]
    assert len(await proposed.heard(BEN)) == 1


async def test_two_clicks_in_one_moment_are_one_yes(proposed: Town) -> None:
    shown = {who: await proposed.as_it_was(who, "Here is somebody") for who in (ANA, BEN)}
    places = {who: (await proposed.message_with(who, "Here is somebody"))["ts"] for who in (ANA, BEN)}
    await asyncio.gather(
        *(proposed.press_old(who, shown[who], "Accept") for who in (ANA, BEN) for _ in range(3))
    )
    assert any([OPENS in await proposed.reads(who, place) for who, place in places.items()])
    for who in (ANA, BEN):
        assert sum("meet each other" in text for text in await proposed.heard(who)) == 1
    assert ": active" in await proposed.say(ANA, "/mentor pairs")


async def test_the_yes_that_opened_the_room_says_so_again(proposed: Town) -> None:
    shown = await proposed.as_it_was(BEN, "Here is somebody")
    await proposed.answers(ANA, "Accept")
    assert OPENS in await proposed.answers(BEN, "Accept")
    again = await proposed.press_old(BEN, shown, "Accept")
    assert again.startswith("You both said yes.")
    assert sum("meet each other" in text for text in await proposed.heard(ANA)) == 1


async def test_a_no_pressed_twice_says_the_same_and_a_yes_after_it_brings_nothing_back(
    proposed: Town,
) -> None:
    shown = await proposed.as_it_was(BEN, "Here is somebody")
    await proposed.answers(ANA, "Accept")
    first = await proposed.answers(BEN, "Not this time")
    assert await proposed.press_old(BEN, shown, "Not this time") == first
    assert "did not come together" in await proposed.press_old(BEN, shown, "Accept")
    await proposed.skip(6)
    heard = await proposed.heard(ANA)
    assert sum("did not come together" in text for text in heard) == 1
    assert not any("meet each other" in text for text in heard)


async def test_a_no_after_the_room_opened_says_what_is_possible_now(proposed: Town) -> None:
    shown = await proposed.as_it_was(ANA, "Here is somebody")
    await proposed.answers(ANA, "Accept")
    await proposed.answers(BEN, "Accept")
    answer = await proposed.press_old(ANA, shown, "Not this time")
    assert answer.startswith("This has moved on. The two of you are a pair already.")
    assert ": active" in await proposed.say(ANA, "/mentor pairs")


async def test_an_answer_to_a_proposal_that_ran_out_says_so(proposed: Town) -> None:
    shown = await proposed.as_it_was(BEN, "Here is somebody")
    await proposed.skip(12)
    assert "did not come together" in await proposed.press_old(BEN, shown, "Accept")
    assert await proposed.say(ANA, "/mentor pairs") == await proposed.say(BEN, "/mentor pairs")
    assert not any("meet each other" in text for text in await proposed.heard(BEN))


async def test_a_meeting_told_of_twice_is_one_meeting(paired: Town) -> None:
    await paired.skip(11)
    asked = {who: await paired.as_it_was(who, "Did you meet") for who in (ANA, BEN)}
    assert "Ben Okafor: noted, you met." in await paired.press_old(ANA, asked[ANA], "We met")
    assert "Ben Okafor: noted, you met." in await paired.press_old(ANA, asked[ANA], "We met")
    assert "Ana Silva: noted, you met." in await paired.press_old(BEN, asked[BEN], "We met")
    for who in (ANA, BEN):
        assert "You have met 1 time so far." in await paired.say(who, "/mentor pairs")


async def test_a_check_in_of_a_pair_that_ended_has_moved_on(paired: Town) -> None:
    await paired.skip(11)
    asked = await paired.as_it_was(ANA, "Did you meet")
    await paired.say(BEN, "/mentor leave")
    await paired.press(BEN, "Yes, leave")
    assert "Ben Okafor: not yet" in await paired.press_old(ANA, asked, "Not yet"), "she has not heard of it"
    await paired.skip(6)
    for button in ("We met", "Not yet", "Propose a time"):
        answer = await paired.press_old(ANA, asked, button)
        assert answer.startswith("This has moved on. It is no longer open."), (button, answer)


async def test_a_form_sent_after_its_pair_ended_says_so_in_its_place(paired: Town) -> None:
    await paired.say(ANA, "/mentor pairs")
    await paired.press(ANA, "Propose a time")
    await paired.say(BEN, "/mentor leave")
    await paired.press(BEN, "Yes, leave")
    await paired.skip(6)
    sent = await paired.submit(ANA)
    assert sent["ok"]
    assert "This has moved on. It is no longer open." in await paired.window(ANA)


async def test_leaving_twice_says_the_same_and_a_form_sent_later_changes_nothing(paired: Town) -> None:
    await paired.say(ANA, "/mentor pause")
    await paired.say(ANA, "/mentor leave")
    shown = await paired.as_it_was(ANA, "You can leave at any time")
    first = await paired.answers(ANA, "Yes, leave")
    assert first.startswith("You have left Bothways.")
    assert await paired.press_old(ANA, shown, "Yes, leave") == first
    await paired.submit(ANA)
    assert "You are not in the programme yet" in await paired.window(ANA)
    await paired.skip(6)
    assert sum("come to its end" in text for text in await paired.heard(BEN)) == 1


async def test_a_round_released_twice_goes_out_once(village: Town) -> None:
    owner = await village.owner()
    await village.join(ANA, BEN)
    await village.say(owner, "/mentor match")
    drafted = await village.as_it_was(owner, "Round 1 is drafted")
    await village.press(owner, "Review pairs")
    review = await village.as_it_was(owner, "Round 1: 1 pair")
    first = await village.answers(owner, "Release")
    assert await village.press_old(owner, review, "Release") == first
    assert len(await village.heard(ANA)) == 1
    for old, button in ((drafted, "Review pairs"), (review, "Draft again")):
        await village.press_old(owner, old, button)
    assert len(await village.heard(ANA)) == 1
    assert len(await village.heard(BEN)) == 1
