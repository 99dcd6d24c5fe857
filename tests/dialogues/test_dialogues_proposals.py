"""A proposal, from both chairs and the owner's: yes, no, silence, and what each of them reads."""

import pytest

from tests.dialogues.cast import ANA, BEN, CLEO, DEV
from tests.dialogues.town import Town

THANKS = "nce both of you have said yes"
"""In the answer to a first yes, which also says what happens then."""
NEUTRAL = "This one did not come together. You are first in line for the next round."
KIND_NO = "That is fine, and it stays between us. The next round is on Tuesday 16 February."
PROMISE = "You both said yes."


@pytest.fixture
async def proposed(village: Town) -> Town:
    """Ana and Ben have been proposed to each other, and Cleo and Dev."""
    await village.join(ANA, BEN, CLEO, DEV)
    await village.release_a_round()
    return village


async def test_the_first_yes_is_thanked_and_nobody_else_hears_of_it(proposed: Town) -> None:
    owner = await proposed.owner()
    before = [await proposed.heard(who) for who in (BEN, owner)]
    assert THANKS in await proposed.answers(ANA, "Accept")
    await proposed.skip(1)
    assert [await proposed.heard(who) for who in (BEN, owner)] == before


async def test_the_second_yes_opens_a_room_of_the_two_and_the_owner_hears_nothing(proposed: Town) -> None:
    owner = await proposed.owner()
    before = await proposed.heard(owner)
    await proposed.answers(ANA, "Accept")
    promised = await proposed.answers(BEN, "Accept")
    assert PROMISE in promised
    assert "Ana Silva" in promised
    introduced = await proposed.both_read(ANA, BEN, "meet each other")
    assert "About 8 hours a day when both can meet" in introduced
    assert "Ana Silva can lean on Ben Okafor for Negotiation" in introduced
    assert "Ben Okafor can lean on Ana Silva for Python" in introduced
    assert "books the first meeting" in introduced
    assert "What Bothways is for:" in introduced
    assert ": active" in await proposed.say(ANA, "/mentor pairs")
    assert await proposed.heard(owner) == before


async def test_a_no_is_answered_kindly_and_whoever_said_yes_reads_the_neutral_line_days_later(
    proposed: Town,
) -> None:
    owner = await proposed.owner()
    await proposed.answers(ANA, "Accept")
    ana, owners = await proposed.heard(ANA), await proposed.heard(owner)
    assert await proposed.answers(BEN, "Not this time") == KIND_NO + " Your place is free for it."
    assert await proposed.heard(ANA) == ana
    bens = await proposed.heard(BEN)
    await proposed.skip(6)
    *before, line = await proposed.heard(ANA)
    assert before == ana
    assert line.splitlines()[0] == NEUTRAL
    assert "Ben" not in line
    assert await proposed.heard(BEN) == bens
    assert await proposed.heard(owner) == owners
    assert "You have no pair yet." in await proposed.say(ANA, "/mentor why")


async def test_a_no_to_somebody_who_has_not_answered_tells_them_nothing_new(proposed: Town) -> None:
    shown = await proposed.message_with(ANA, "Here is somebody for you")
    await proposed.answers(BEN, "Not this time")
    await proposed.skip(3)
    assert await proposed.reads(ANA, shown["ts"]) == shown["text"]
    assert (await proposed.message_with(ANA, "Here is somebody for you"))["buttons"] == shown["buttons"]
    assert len(await proposed.heard(ANA)) == 1


async def test_whatever_somebody_looks_up_after_a_no_they_have_not_heard_of_is_as_before(
    proposed: Town,
) -> None:
    words = ("pairs", "why", "why @BEN", "leave", "find negotiation")
    before = [await proposed.say(ANA, f"/mentor {each}") for each in words]
    await proposed.answers(BEN, "Not this time")
    assert [await proposed.say(ANA, f"/mentor {each}") for each in words] == before


async def test_a_late_yes_to_somebody_who_said_no_reads_like_any_first_yes(proposed: Town) -> None:
    await proposed.answers(BEN, "Not this time")
    assert THANKS in await proposed.answers(ANA, "Accept")
    assert "this waits for one more answer" in await proposed.say(ANA, "/mentor pairs")
    await proposed.skip(6)
    assert (await proposed.heard(ANA))[-1].splitlines()[0] == NEUTRAL
    assert "Ben" not in await proposed.say(ANA, "/mentor pairs")


async def test_an_owner_who_drafts_again_learns_nothing_of_who_said_no(proposed: Town) -> None:
    owner = await proposed.owner()
    before = await proposed.say(owner, "/mentor match")
    assert "places stay as they were when this one began" in before
    await proposed.answers(BEN, "Not this time")
    await proposed.answers(CLEO, "Not this time")
    assert await proposed.say(owner, "/mentor match") == before
    await proposed.skip(14)
    assert await proposed.say(owner, "/mentor match") == before


async def test_silence_is_reminded_once_then_the_proposal_closes_by_itself(proposed: Town) -> None:
    owner = await proposed.owner()
    await proposed.answers(ANA, "Accept")
    owners = await proposed.heard(owner)
    await proposed.skip(6 + 1 / 24)  # a reminder leaves in the first hour of the day
    (reminder,) = [text for text in await proposed.heard(BEN) if "A proposal waits for your answer" in text]
    assert "Ana Silva, open until" in reminder
    await proposed.skip(14)
    bens = await proposed.heard(BEN)
    assert sum("waits for your answer" in text for text in bens) == 1
    assert bens[-1].startswith("What I proposed to you has closed, since it stood open for a while.")
    assert "The next round is on Tuesday 16 February." in bens[-1]
    assert not any("waits for your answer" in text for text in await proposed.heard(ANA))
    assert (await proposed.heard(ANA))[-1].splitlines()[0] == NEUTRAL
    assert await proposed.heard(owner) == owners


async def test_the_neutral_line_is_the_same_to_the_byte_for_every_cause(four_pairs_town: Town) -> None:
    town = four_pairs_town
    await town.opt_everyone_in()
    await town.release_a_round()
    for number in range(4):
        assert THANKS in await town.answers(f"LOW{number}", "Accept")
    await town.answers("TOP0", "Not this time")
    await town.say("TOP1", "/mentor leave")
    await town.press("TOP1", "Yes, leave")
    assert "You are paused until" in await town.say("TOP2", "/mentor pause 3w")
    await town.skip(16)
    drawn = {number: await town.drawn(f"LOW{number}", "did not come together") for number in range(4)}
    assert drawn[0]["text"].startswith(NEUTRAL)
    assert [drawn[number] for number in (1, 2, 3)] == [drawn[0]] * 3


async def test_nothing_that_people_answer_reaches_the_owner_or_the_channel_by_name(
    four_pairs_town: Town,
) -> None:
    town = four_pairs_town
    owner = await town.owner()
    await town.opt_everyone_in()
    await town.release_a_round()
    for number in range(2):
        await town.answers(f"LOW{number}", "Accept")
    await town.answers("TOP0", "Accept")
    await town.answers("TOP1", "Not this time")
    await town.say("LOW0", "/mentor leave")
    await town.press("LOW0", "Yes, leave")
    await town.say("TOP2", "/mentor pause 2w")
    await town.skip(21)
    seen = [one["text"] for one in (await town.state(owner))["messages"]]
    assert [text for text in seen if "Low " in text or "Top " in text] == []
    assert sum("Bothways: the week" in text for text in seen) == 3
    assert "Low " not in await town.say(owner, "/mentor summary")
