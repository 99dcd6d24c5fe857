"""An owner sets the programme up and runs a round; everybody else is told whose it is."""

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, EVE
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""What an owner sets up and reads does not depend on the store."""


SETTINGS = {
    "Programme name": "Bothways",
    "What will a learner get?": "You get a colleague from another level.",
    "Channel": "mentoring",
    "First round": "2026-12-01",
    "Contacts for concerns": ["U0CONTACT1", "U0CONTACT2"],
    "Conditions": True,
}


async def test_a_programme_starts_only_with_contacts_and_every_condition(unset_village: Town) -> None:
    town, owner = unset_village, await unset_village.owner()
    assert "There is no programme here yet." in await town.say(ANA, "/mentor join")
    await town.say(owner, "/mentor setup")
    assert "Taking part is always a choice." in await town.window(owner)
    one_contact = await town.submit(owner, **SETTINGS | {"Contacts for concerns": ["U0CONTACT1"]})
    assert list(one_contact["errors"]) == ["Contacts for concerns"]
    assert "at least 2 people" in one_contact["errors"]["Contacts for concerns"]
    own = await town.submit(owner, **{"Contacts for concerns": [owner, "UANA"], "Other owners": ["UANA"]})
    assert "somebody who does not" in own["errors"]["Contacts for concerns"]
    some = (await town.form(owner))["Conditions"]["options"][:4]
    few = await town.submit(owner, **SETTINGS | {"Other owners": [], "Conditions": some})
    assert list(few["errors"]) == ["Conditions"]
    past = await town.submit(owner, **SETTINGS | {"First round": "2026-11-01"})
    assert list(past["errors"]) == ["First round"]
    ready = await town.submit(owner, **SETTINGS)
    assert ready["ok"], ready
    window = await town.window(owner)
    assert f"Bothways is ready. People join with {town.command('join')}" in window
    assert "Next round: I draft it on Tuesday 1 December" in window


async def test_an_owner_drafts_looks_over_and_releases(village: Town) -> None:
    owner = await village.owner()
    assert "I found no pair for this round" in await village.say(owner, "/mentor match")
    await village.join(ANA, BEN, EVE)
    drafted = await village.say(owner, "/mentor match")
    assert drafted.startswith("Round 1 is drafted, with 1 pair. Nobody has seen it yet.")
    assert await village.heard(ANA) == []
    review = await village.answers(owner, "Review pairs")
    assert "Ana Silva (level 2) and Ben Okafor (level 5)" in review
    assert "Without a pair this time" in review
    assert "Eve" not in review
    released = await village.answers(owner, "Release")
    assert released.startswith("Round 1 is out: 1 pair")
    assert "1 person without a pair hears why" in released
    assert "Ana" not in released
    assert any("Here is somebody for you" in text for text in await village.heard(ANA))
    assert "The programme is running." in await village.say(owner, "/mentor summary")


async def test_a_round_that_falls_due_waits_for_the_owner(village: Town) -> None:
    owner = await village.owner()
    await village.join(ANA, BEN)
    await village.skip(8)
    assert any("Round 1 is drafted" in text for text in await village.heard(owner))
    assert await village.heard(ANA) == []


async def test_what_is_an_owners_is_an_owners(village: Town) -> None:
    owner = await village.owner()
    await village.join(ANA)
    for words in ("match", "summary", "setup", "setup now"):
        assert (await village.say(ANA, f"/mentor {words}")).startswith("This is for the owners")
    assert "You own this programme" in await village.say(owner, "/mentor join")
    assert (await village.state())["forms"] == []
