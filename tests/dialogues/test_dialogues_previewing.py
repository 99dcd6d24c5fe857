"""An owner looks into a draft before it goes out; people keep away from somebody, and no owner can tell."""

import pytest

from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE
from tests.dialogues.differences import NAMING, needs
from tests.dialogues.town import Town

ASK = "Ask about two people"


@pytest.fixture
async def drafted(village: Town) -> Town:
    """Ana and Ben are drafted, and Cleo and Dev; Eve fits nobody."""
    await village.join(ANA, BEN, CLEO, DEV, EVE)
    owner = await village.owner()
    await village.say(owner, "/mentor match")
    await village.press(owner, "Review pairs")
    return village


async def about(town: Town, one: str, other: str) -> str:
    """What the owner reads about two people."""
    owner = await town.owner()
    await town.press(owner, ASK)
    sent = await town.submit(owner, The_two=[one, other])
    assert sent["ok"], sent
    return await town.window(owner)


async def decide(town: Town, one: str, other: str, button: str) -> str:
    """What the owner reads where they decide something about two people."""
    await about(town, one, other)
    owner = await town.owner()
    await town.press(owner, button, "form")
    return await town.window(owner)


async def test_why_and_why_not_are_asked_in_the_review(drafted: Town) -> None:
    why = await about(drafted, ANA, BEN)
    assert "Ana Silva (level 2) and Ben Okafor (level 5)" in why
    assert "Of 1 person who would fit Ana Silva, Ben Okafor is number 1." in why
    not_possible = await about(drafted, ANA, EVE)
    assert "Ana Silva and Eve Larsen cannot be a pair in this draft:" in not_possible
    assert "Neither teaches what the other wants to learn" in not_possible


@needs(NAMING)
async def test_people_can_be_named_after_a_command(drafted: Town) -> None:
    owner = await drafted.owner()
    why = await about(drafted, ANA, BEN)
    assert await drafted.say(owner, "/mentor match @ANA @BEN") in why
    assert "Please name two people" in await drafted.say(owner, "/mentor match @ANA")
    locked = await drafted.answers(owner, "Lock the two")
    assert locked.startswith("Ana Silva and Ben Okafor are locked together.")
    await drafted.say(owner, "/mentor match")
    await drafted.press(owner, "Review pairs")
    await drafted.press(owner, "Release")
    for person in (ANA, BEN):
        await drafted.press(person, "Accept")
    assert "Why Ben Okafor and you:\nYou learn: Negotiation" in await drafted.say(ANA, "/mentor why @BEN")
    assert "I find nothing by that name" in await drafted.say(ANA, "/mentor why @CLEO")
    blocked = await drafted.say(DEV, "/mentor block @CLEO")
    assert blocked.startswith("From now on I never bring you and Cleo Marsh together.")


async def test_whoever_cannot_be_taken_is_told_what_to_do_where_they_stand(drafted: Town) -> None:
    owner = await drafted.owner()
    for words in ("match @Nobody @Nowhere", "match @Nobody"):
        unread = await drafted.say(owner, f"/mentor {words}")
        assert "need to take part" not in unread
        ways = ("Type @ for each", "such as: /mentor match", "press Review pairs, then Ask about two people")
        assert any(way in unread for way in ways), unread
    await drafted.press(owner, ASK)
    none_of_ours = await drafted.submit(owner, The_two=[ANA, owner])
    assert none_of_ours["errors"] == {
        "The two": "Both need to take part in the programme. Please choose two people who do."
    }
    alone = await drafted.submit(owner, The_two=[ANA])
    assert alone["errors"] == {"The two": "Please choose two people."}
    nobody = await drafted.say(ANA, "/mentor block @Nobody")
    assert "Type @ and choose them" in nobody or "Write the word alone" in nobody
    await drafted.say(ANA, "/mentor block")
    await drafted.press(ANA, "Keep me away from somebody")
    herself = await drafted.submit(ANA, The_person=ANA)
    assert herself["errors"] == {
        "The person": "Please choose a colleague who works here, other than yourself."
    }


async def test_an_owner_locks_one_pair_keeps_another_apart_and_releases(drafted: Town) -> None:
    owner = await drafted.owner()
    locked = await decide(drafted, ANA, BEN, "Lock the two")
    assert "Ana Silva and Ben Okafor are locked together." in locked
    assert "Nothing else changed." in locked
    apart = await decide(drafted, CLEO, DEV, "Keep the two apart")
    assert "Gone: Cleo Marsh and Dev Patel" in apart
    assert "It has 1 pair now" in apart
    assert "You keep Cleo Marsh and Dev Patel apart" in await about(drafted, CLEO, DEV)
    await drafted.say(owner, "/mentor match")
    review = await drafted.answers(owner, "Review pairs")
    assert "Ana Silva (level 2) and Ben Okafor (level 5), locked" in review
    assert (await drafted.answers(owner, "Release")).startswith("Round 1 is out: 1 pair")
    for who, others in ((ANA, "Ben Okafor"), (BEN, "Ana Silva")):
        (proposal,) = await drafted.heard(who)
        assert f"Here is somebody for you: {others}" in proposal
        assert "3 levels apart" in proposal
    assert not any("Here is somebody" in text for text in await drafted.heard(CLEO))


async def test_an_owner_cannot_tell_a_block_from_an_open_pair(village: Town) -> None:
    await village.join(ANA, BEN, CLEO, DEV)
    owner = await village.owner()
    await village.keep_away(DEV, CLEO)
    assert "nobody is told, owners included" in await village.window(DEV)
    assert "It has" not in await village.say(owner, "/mentor match")
    await village.press(owner, "Review pairs")
    asked = await about(village, CLEO, DEV)
    assert "Cleo Marsh and Dev Patel could be a pair." in asked
    assert "25 points" in asked
    locked = await decide(village, CLEO, DEV, "Lock the two")
    assert "Cleo Marsh and Dev Patel are locked together." in locked
    assert "It has 2 pairs now" in locked
    await village.say(owner, "/mentor match")
    await village.press(owner, "Review pairs")
    released = await village.answers(owner, "Release")
    assert released.startswith("Round 1 is out: 1 pair")
    assert "Cleo Marsh and Dev Patel: not open to this pair now" in released
    for who in (CLEO, DEV):
        assert not any("Here is somebody" in text for text in await village.heard(who))


async def test_whoever_keeps_away_sees_it_and_takes_it_back_and_nobody_else_does(drafted: Town) -> None:
    await drafted.keep_away(ANA, BEN)
    assert "From now on I never bring you and Ben Okafor together." in await drafted.window(ANA)
    assert "You have blocked nobody." in await drafted.say(BEN, "/mentor block")
    assert "Nobody I can show you teaches Negotiation" in await drafted.say(ANA, "/mentor find negotiation")
    assert "Ben Okafor" in await drafted.say(ANA, "/mentor block")
    back = await drafted.answers(ANA, "Take back this one")
    assert back.startswith("You and Ben Okafor can be brought together again.")
