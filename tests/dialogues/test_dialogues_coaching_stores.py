"""What coaching by role keeps, kept on both databases: the code, a track, a direction, an idea, a warning."""

from tests.dialogues.cast import ANA, BEN
from tests.dialogues.test_dialogues_coaching import ANSWERS
from tests.dialogues.town import Town


async def test_what_people_say_is_kept_over_a_restart(village: Town) -> None:
    """A4, C9, D4, D7, D11."""
    owner = await village.owner()
    await village.join(ANA, BEN)
    await village.say(BEN, "/mentor join")
    said = {"Handing on what I know": True, "Where I would like to go": "Into another field"}
    assert (await village.submit(BEN, **said))["ok"]
    await village.say(BEN, "/mentor help ethics")
    await village.press(BEN, "I'll keep to this")
    await village.say(ANA, "/mentor discover")
    assert (await village.submit(ANA, **ANSWERS))["ok"]
    await village.press(ANA, "Learn How decisions are really made", "form")
    await village.say(owner, "/mentor setup")
    assert (await village.submit(owner, **{"Not by choice": True}))["ok"]
    await village.bot.stop()
    await village.bot.start()
    profile = await village.say(BEN, "/mentor profile")
    assert "Handing on what you know before you leave or change role: yes" in profile
    assert "Where you would like to go: Into another field" in profile
    assert "Our code: you said on Tuesday 24 November that you keep to it" in profile
    assert "How decisions are really made" in await village.say(ANA, "/mentor profile")
    assert "mandatory, you said" in await village.say(owner, "/mentor programme")
