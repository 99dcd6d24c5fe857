"""Concerns over HTTP: in windows alone, to one chosen contact, and to nobody else."""

from sandbox.members import CONTACT_IDS
from tests.dialogues.cast import ANA, BEN, FINN
from tests.dialogues.differences import CONCERN, needs
from tests.dialogues.town import Town

HANA, THEO = CONTACT_IDS
WORDS = "He said my question was wasting his time."
ABOUT, CLOSE = "Whom is it about?", "Who is too close to it?"
READER, WHAT, PAIR = "Who is to read it?", "What happened?", "And the two of you?"


async def test_a_concern_reaches_the_chosen_contact_in_a_window_and_stands_in_no_message(
    paired: Town,
) -> None:
    owner = await paired.owner()
    bens, owners = await paired.heard(BEN), await paired.heard(owner)
    await paired.press(ANA, "Raise a concern")
    opening = await paired.window(ANA)
    assert "This is no emergency line." in opening
    assert "They read your words once, with your name." in opening
    await paired.submit(ANA, **{ABOUT: BEN, CLOSE: ["Theo Lindqvist"]})
    offered = (await paired.form(ANA))[READER]["options"]
    assert offered == ["Hana Petrova"]
    await paired.submit(ANA, **{READER: "Hana Petrova", WHAT: WORDS, PAIR: "End our pair"})
    assert "hears that a concern is waiting, and nothing more" in await paired.window(ANA)
    for words in ("It is about", "hears that a concern", "ended for you"):
        assert words not in await paired.stands()
    waiting = await paired.message_with(HANA, "A concern is waiting for you.")
    assert not any(name in waiting["text"] for name in ("Ana", "Ben"))
    assert "It waits to be read" in await shown(paired)
    assert "It waits to be read" not in await paired.stands()
    await paired.press(HANA, "Read it")
    read = await paired.window(HANA)
    assert WORDS in read
    assert "Ana Silva" in read
    assert "Read on" in await shown(paired)
    await paired.skip(7)
    assert WORDS not in await paired.stands()
    told = (await paired.heard(BEN))[len(bens) :]
    assert any(text.startswith("One of your pairs has come to its end.") for text in told)
    assert not any("concern is waiting" in text or "Ana" in text for text in told)
    assert await paired.heard(owner) == owners
    assert not any("concern is waiting" in text for text in await paired.heard(THEO))
    await paired.press(HANA, "Read it")
    assert WORDS not in await paired.window(HANA)


@needs(CONCERN)
async def test_from_a_pairs_message_a_concern_opens_about_the_partner(paired: Town) -> None:
    await paired.press(ANA, "Raise a concern")
    assert str((await paired.form(ANA))[ABOUT]["value"]).endswith(BEN)


async def shown(town: Town) -> str:
    """What has become of Ana's concerns, in a window."""
    return await town.looks_into(ANA, "/mentor concern")


async def test_a_concern_is_taken_back_and_its_words_are_gone(paired: Town) -> None:
    await paired.say(ANA, "/mentor concern")
    await paired.submit(ANA, **{ABOUT: BEN})
    await paired.submit(ANA, **{READER: "Theo Lindqvist", WHAT: WORDS})
    await paired.looks_into(ANA, "/mentor concern")
    await paired.press(ANA, "Take back this one", "form")
    assert "its words are gone" in await paired.window(ANA)
    await paired.skip(1)
    await paired.press(THEO, "Read it")
    assert WORDS not in await paired.stands()


async def test_where_every_contact_is_too_close_the_outside_way_is_shown(paired: Town) -> None:
    await paired.say(ANA, "/mentor concern")
    await paired.submit(ANA, **{ABOUT: BEN, CLOSE: ["Hana Petrova", "Theo Lindqvist"]})
    assert "I have kept nothing of it." in await paired.window(ANA)
    await paired.say(ANA, "/mentor concern")
    await paired.submit(ANA, **{ABOUT: HANA})
    assert (await paired.form(ANA))[READER]["options"] == ["Theo Lindqvist"]


async def test_words_after_the_command_are_kept_nowhere_and_strangers_may_raise_one(paired: Town) -> None:
    assert "What you typed after it was not kept." in await paired.say(ANA, f"/mentor concern {WORDS}")
    assert await paired.say(FINN, "/mentor concern") == ""
    assert "Who reads it." in await paired.window(FINN)
    await paired.say(FINN, "/mentor help")
    assert "Raise a concern" in (await paired.state(FINN))["messages"][-1]["buttons"]
