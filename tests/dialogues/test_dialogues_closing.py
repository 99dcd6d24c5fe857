"""Ends of pairs and what comes after them, as people see them over HTTP (B5, C10, C11)."""

import asyncio

import pytest

from tests.dialogues.cast import ANA, BEN, CLEO, DEV
from tests.dialogues.town import Town

CLOSED = "One of your pairs has come to its end. Thank you for the time you gave it."
OPEN = "I'm open to a new pair"


@pytest.fixture
async def paired(village: Town) -> Town:
    """Ana and Ben talk in their room; Cleo and Dev too."""
    await village.join(ANA, BEN, CLEO, DEV)
    await village.release_a_round()
    for person in (ANA, BEN, CLEO, DEV):
        await village.press(person, "Accept")
    return village


async def test_b5_how_it_feels_is_asked_in_private_and_a_rematch_is_one_press(paired: Town) -> None:
    await paired.say(ANA, "/mentor met")
    await paired.say(ANA, "/mentor pairs")
    asked = await paired.answers(ANA, "How is it?")
    assert "can you speak openly, and does it feel right?" in asked
    assert "Your partner does not, and owners do not." in asked
    bens, owners = await paired.heard(BEN), await paired.heard(await paired.owner())
    told = await paired.answers(ANA, "Not the right fit")
    assert "nobody is at fault" in told
    assert CLOSED in told, "it says what the other will read"
    assert await paired.heard(BEN) == bens
    done = await paired.answers(ANA, "Find me somebody new")
    assert "You are first in line" in done
    assert await paired.say(ANA, "/mentor pairs") != ""
    assert "You have no pair just now." in await paired.say(ANA, "/mentor pairs")
    assert "active" in await paired.say(BEN, "/mentor pairs")
    await paired.skip(7)
    (line,) = [text for text in (await paired.heard(BEN))[len(bens) :] if text.startswith(CLOSED)]
    assert "Ana" not in line
    assert await paired.heard(await paired.owner()) == owners


async def test_c11_ending_is_shown_first_and_both_are_asked_whether_they_are_open_again(paired: Town) -> None:
    anas = await paired.heard(ANA)
    asked = await paired.say(BEN, "/mentor end")
    assert CLOSED in asked
    assert "one to three working days" in asked
    assert "I cannot hide it" in asked
    ended = await paired.answers(BEN, "End it")
    assert ended.startswith("It has ended for you, and nobody is to blame.")
    assert "Only a pair that is under way can be ended" in await paired.say(BEN, "/mentor end")
    await paired.skip(7)
    (line,) = (await paired.heard(ANA))[len(anas) :]
    assert line.startswith(CLOSED)
    for person in (ANA, BEN):
        assert "You rest" in await paired.say(person, "/mentor pairs")
    assert (await paired.answers(ANA, OPEN)).startswith("Good to have you.")
    assert "You rest" not in await paired.say(ANA, "/mentor pairs")
    assert "You rest" in await paired.say(BEN, "/mentor pairs")


async def test_c11_a_closing_is_proposed_openly_and_gives_thanks_both_ways(paired: Town) -> None:
    await paired.say(BEN, "/mentor end")
    assert "I tell Ana Silva" in await paired.answers(BEN, "Propose to close together")
    asked = await paired.message_with(ANA, "would like to close your pair together")
    assert asked["text"].startswith("Ben Okafor would like")
    assert "You and Ben Okafor close together." in await paired.answers(ANA, "Let's close together")
    thanks = "What do you want to thank them for?"
    await paired.press(BEN, "Look back")
    await paired.submit(BEN, **{thanks: "You asked me twice, and that was right."})
    assert "reads it once theirs is in too" in await paired.window(BEN)
    assert not any("You asked me twice" in text for text in await paired.heard(ANA))
    await paired.press(ANA, "Look back")
    await paired.submit(ANA, **{thanks: "You never laughed at a question."})
    assert "You asked me twice, and that was right." in await paired.window(ANA)
    told = await paired.message_with(BEN, "is closed, by both of you")
    assert "You never laughed at a question." in told["text"]
    for person in (ANA, BEN):
        assert "You have no pair just now." in await paired.say(person, "/mentor pairs")
    await paired.skip(14)
    assert not any(CLOSED in text for text in await paired.heard(ANA))


async def test_c10_either_side_has_the_same_rights_to_end(paired: Town) -> None:
    for person in (ANA, BEN, CLEO, DEV):
        await paired.say(person, "/mentor end")
        assert await offered(paired, person) == ["End it", "Propose to close together", "Keep it"]
        await paired.say(person, "/mentor rematch")
        assert await offered(paired, person) == ["Find me somebody new", "Keep it", "Raise a concern"]


async def offered(town: Town, person: str) -> list[str]:
    """The buttons of the newest message that a person sees."""
    return list((await town.state(person))["messages"][-1]["buttons"])


async def test_two_who_end_in_one_moment_hear_nothing_more(paired: Town) -> None:
    for person in (ANA, BEN):
        await paired.say(person, "/mentor end")
    before = {person: len(await paired.heard(person)) for person in (ANA, BEN)}
    await asyncio.gather(paired.press(ANA, "End it"), paired.press(BEN, "End it"))
    await paired.skip(10)
    for person in (ANA, BEN):
        assert not any(CLOSED in text for text in (await paired.heard(person))[before[person] :])
        assert "You have no pair just now." in await paired.say(person, "/mentor pairs")


async def test_an_old_form_of_an_ended_pair_gets_a_clear_answer(paired: Town) -> None:
    await paired.say(BEN, "/mentor end")
    await paired.answers(BEN, "Propose to close together")
    await paired.answers(ANA, "Let's close together")
    await paired.press(ANA, "Look back")
    await paired.say(ANA, "/mentor end")
    await paired.press(ANA, "End it")
    await paired.submit(ANA, **{"What was hard?": "Too late."})
    assert "This has moved on." in await paired.window(ANA)


async def test_of_an_end_a_rematch_a_block_and_a_leaver_the_partner_reads_the_same_bytes(
    four_pairs_town: Town,
) -> None:
    town = four_pairs_town
    await town.opt_everyone_in()
    await town.release_a_round()
    for number in range(4):
        await town.press(f"LOW{number}", "Accept")
        await town.press(f"TOP{number}", "Accept")
    for number, (words, button) in {
        0: ("end", "End it"),
        1: ("rematch", "Find me somebody new"),
        3: ("leave", "Yes, leave"),
    }.items():
        await town.say(f"TOP{number}", f"/mentor {words}")
        await town.press(f"TOP{number}", button)
    await town.keep_away("TOP2", "LOW2")
    await town.go_to("2026-11-25T08:59:00+00:00")
    for number in range(4):
        assert not any(CLOSED in text for text in await town.heard(f"LOW{number}"))
    await town.go_to("2026-11-27T17:00:00+00:00")
    lines = [await town.drawn(f"LOW{number}", "come to its end") for number in range(4)]
    assert lines == [lines[0]] * 4


async def test_after_half_a_year_both_are_asked_in_private_and_one_no_ends_it_for_both_alike(
    paired: Town,
) -> None:
    asked = "Half a year has passed with"
    for _ in range(30):
        await paired.skip(7)
        if any(asked in text for text in await paired.heard(ANA)):
            break
    question = await paired.message_with(ANA, asked)
    assert "Silence counts as a yes where you two met within eight weeks" in question["text"]
    assert any(asked in text for text in await paired.heard(BEN))
    noted = await paired.answers(BEN, "Let it end")
    assert "both read the same neutral line" in noted
    assert "Noted: you would like to go on" in await paired.answers(ANA, "Go on")
    assert not any(CLOSED in text for text in await paired.heard(ANA))
    await paired.skip(13)
    lines = [await paired.drawn(person, "come to its end") for person in (ANA, BEN)]
    assert lines[0] == lines[1]
