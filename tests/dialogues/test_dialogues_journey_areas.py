"""What the areas of the product bring into the journey, as the two of a pair live it over HTTP."""

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""Which words come when does not depend on the store."""


async def told(town: Town, person: str, words: str) -> int:
    """How many messages with these words somebody has read."""
    return sum(words in text for text in await town.heard(person))


async def test_both_read_the_primer_and_keep_to_the_code_before_they_meet(paired: Town) -> None:
    """C9, D8: one message for both; whoever keeps to the code is not asked for it again."""
    await paired.skip(2)
    for person in (ANA, BEN):
        assert await told(paired, person, "Goals come later") == 1
        assert await told(paired, person, "What you tell me stays with me") == 1
    await paired.press(ANA, "I'll keep to this")
    assert "You said on" in await paired.say(ANA, "/mentor help ethics")
    assert "You said on" not in await paired.say(BEN, "/mentor help ethics")


async def test_each_side_is_coached_before_the_first_meeting(paired: Town) -> None:
    """A6, D5, E3, E4: each reads what is for their side, and the teacher that listening comes first."""
    await paired.skip(9)
    assert await told(paired, BEN, "Come curious") == 1
    assert await told(paired, ANA, "You were asked for this") == 1
    assert await told(paired, ANA, "Come curious") == await told(paired, BEN, "You were asked for this") == 0
    assert await told(paired, ANA, "listen first") == await told(paired, BEN, "listen first") == 1


async def test_after_the_first_meeting_each_is_asked_in_private_how_it_feels_and_how_often(
    paired: Town,
) -> None:
    """B5, B8, D9: nobody else learns of the answer, and a rhythm is offered in the same days."""
    await paired.skip(8)
    assert await told(paired, ANA, "can you speak openly") == 0
    await paired.say(ANA, "/mentor met")
    await paired.skip(7)
    asked = await paired.message_with(ANA, "can you speak openly")
    assert {"Good so far", "Not sure yet", "Not the right fit"} <= set(asked["buttons"])
    before = await paired.heard(BEN)
    await paired.press(ANA, "Good so far", asked["ts"])
    assert await paired.heard(BEN) == before
    assert {"Every week", "Every month"} <= set(
        (await paired.message_with(BEN, "How often do you"))["buttons"]
    )


async def test_the_senior_side_alone_is_asked_whether_asking_down_helped(paired: Town) -> None:
    """A10: around the third meeting; only counted."""
    for _ in range(3):
        await paired.skip(10)
        await paired.say(ANA, "/mentor met")
    await paired.skip(21)
    assert await told(paired, BEN, "Did asking them help you?") == 1
    assert await told(paired, ANA, "Did asking them help you?") == 0
    assert "counted" in await paired.answers(BEN, "It helped")


async def test_how_they_work_together_and_what_helping_means_reach_both_by_the_second_meeting(
    paired: Town,
) -> None:
    """C12, D13, E3, E4, E6: logistics in the room, four kinds of help and a word by role to each alone."""
    await paired.skip(8)
    await paired.say(ANA, "/mentor met")
    await paired.skip(14)
    for person in (ANA, BEN):
        assert await told(paired, person, "make it easy to keep going") == 1
        assert await told(paired, person, "Make the most of your time with") == 1
    assert await told(paired, BEN, "Thank first, then answer") == 1
    assert await told(paired, ANA, "If a reaction stings") == 1
    await paired.say(BEN, "/mentor met")
    await paired.skip(8)
    for person in (ANA, BEN):
        assert await told(paired, person, "Four ways to help each other") == 1
    await paired.skip(8)
    assert await told(paired, BEN, "Before your third meeting") == 1
    assert await told(paired, ANA, "Before your third meeting") == 0
