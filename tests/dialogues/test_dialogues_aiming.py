"""Goals on both sides, and what flows back, from both chairs and from those who may see nothing of it."""

from collections.abc import AsyncIterator

import pytest

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE, a_person
from tests.dialogues.town import Founding, Town

pytestmark = ON_SQLITE
"""What people type and read here does not depend on the store."""

GOAL = {
    "What_I_want_to_have_learned": "To lead one negotiation",
    "How_I_will_notice": "Both sides smile at the end",
    "My_smallest_next_step": "Read one old contract",
}
SENIORS = {
    "What_I_want_to_have_learned": "To read a colleague's code",
    "How_I_will_notice": "I follow one review",
    "My_smallest_next_step": "Ask for a tour",
}


@pytest.fixture
async def paired(village: Town) -> Town:
    """Ana and Ben are a pair, and so are Cleo and Dev."""
    await village.join(ANA, BEN, CLEO, DEV)
    await village.release_a_round()
    for person in (ANA, BEN, CLEO, DEV):
        await village.press(person, "Accept")
    return village


@pytest.fixture
async def one_sided(found: Founding) -> AsyncIterator[Town]:
    """Dev teaches Cleo, who teaches nothing that he asked for; both have accepted."""
    people = [
        a_person(CLEO, "Cleo Marsh", 2, "Public speaking", "Kubernetes, Origami"),
        a_person(DEV, "Dev Patel", 6, "", "Public speaking", department="Operations"),
        a_person(EVE, "Eve Larsen", 4, "Falconry", "Beekeeping"),
    ]
    async with found(people) as town:
        await town.join(CLEO, DEV)
        await town.release_a_round()
        for person in (CLEO, DEV):
            await town.press(person, "Accept")
        yield town


async def set_goal(town: Town, person: str, goal: dict[str, str]) -> str:
    """Set a goal; what the window then says."""
    await town.say(person, "/mentor goals")
    await town.press(person, "Set my goal")
    await town.submit(person, **goal)
    return await town.window(person)


async def test_e8_both_sides_set_a_goal_in_the_same_form_and_see_both(paired: Town) -> None:
    asked = []
    for person, goal in ((ANA, GOAL), (BEN, SENIORS)):
        await paired.say(person, "/mentor goals")
        await paired.press(person, "Set my goal")
        form = await paired.form(person)
        asked.append([(label, field["kind"]) for label, field in form.items()])
        empty = (await paired.submit(person, **(goal | {"My_smallest_next_step": "  "})))["errors"]
        assert "is empty" in empty["My smallest next step"]
        await paired.submit(person, **goal)
    assert asked[0] == asked[1]
    assert "Ana Silva has one too" in await paired.window(BEN)
    for person in (ANA, BEN):
        shown = await paired.say(person, "/mentor goals")
        assert "To lead one negotiation" in shown
        assert "To read a colleague's code" in shown
    for person in (CLEO, DEV, await paired.owner()):
        seen = [one["text"] for one in (await paired.state(person))["messages"]]
        assert "negotiation at" not in "".join([*seen, await paired.say(person, "/mentor goals")])
        assert "To lead one" not in "".join([*seen, await paired.say(person, "/mentor goals")])
    assert "both of you have one" in await paired.say(ANA, "/mentor pairs")


async def test_the_senior_side_is_told_that_their_goal_is_open(paired: Town) -> None:
    told = await set_goal(paired, ANA, GOAL)
    assert "Ben Okafor has not set one yet: there is one on each side here, whatever the level" in told
    assert "Ana Silva has one, and yours is open" in await paired.say(BEN, "/mentor pairs")


async def test_each_edits_their_own_and_walks_in_small_steps(paired: Town) -> None:
    await set_goal(paired, ANA, GOAL)
    await paired.say(BEN, "/mentor goals")
    theirs = (await paired.message_with(BEN, "Ana Silva: To lead one negotiation"))["buttons"]
    assert theirs == ["Set my goal"]
    await paired.say(ANA, "/mentor goals")
    shown = await paired.message_with(ANA, "Your next step: Read one old contract")
    await paired.press(ANA, "Step done", shown["ts"])
    assert "That is a first step, and it counts" in await paired.reads(ANA, shown["ts"])
    await paired.press(ANA, "Set the next step")
    await paired.submit(ANA, My_smallest_next_step="Call the seller")
    now = await paired.say(ANA, "/mentor goals")
    assert "Your next step: Call the seller" in now
    assert "To lead one negotiation" in now


async def test_e9_check_ins_cite_the_readers_goal_to_the_reader_alone(paired: Town) -> None:
    await set_goal(paired, ANA, GOAL)
    await set_goal(paired, BEN, SENIORS)
    assert "Your next small step was: Read one old contract" in await paired.say(ANA, "/mentor met")
    await paired.skip(20)
    anas = (await paired.message_with(ANA, "Did you meet"))["text"]
    assert "Your goal: To lead one negotiation\nYour next small step: Read one old contract" in anas
    assert "colleague's code" not in anas
    bens = (await paired.message_with(BEN, "Did you meet"))["text"]
    assert "Your goal: To read a colleague's code" in bens
    assert "one negotiation" not in bens


@pytest.mark.parametrize("tell", [True, False])
async def test_a_goal_that_is_reached_is_celebrated_in_private_and_told_only_if_ticked(
    paired: Town, *, tell: bool
) -> None:
    await set_goal(paired, ANA, GOAL)
    await paired.say(ANA, "/mentor goals")
    await paired.press(ANA, "I reached it")
    assert "Ben Okafor hears of it only if you tick it" in await paired.window(ANA)
    await paired.submit(ANA, **({"Your_partner": ["My partner may hear of it"]} if tell else {}))
    assert "You set this goal, and you reached it" in await paired.window(ANA)
    await paired.skip(2)
    heard = [text for text in await paired.heard(BEN) if "reached a goal in your pair" in text]
    assert len(heard) == int(tell)
    assert "Goals you reached here: 1" in await paired.say(ANA, "/mentor goals")
    assert "reached" not in await paired.say(BEN, "/mentor goals")
    owner = await paired.owner()
    assert not [one for one in (await paired.state(owner))["messages"] if "To lead one" in one["text"]]


async def test_c6_a_one_sided_pair_is_asked_what_flows_back_and_becomes_reciprocal(one_sided: Town) -> None:
    introduced = await one_sided.message_with(DEV, "meet each other")
    assert "What flows back to Dev Patel is still open" in introduced["text"]
    await one_sided.skip(8)
    asked = await one_sided.message_with(DEV, "What would you like to know from them?")
    assert "Choose what I learn" in asked["buttons"]
    assert not any("What would you like to know from them?" in text for text in await one_sided.heard(CLEO))
    await one_sided.press(DEV, "Choose what I learn", asked["ts"])
    offered = (await one_sided.form(DEV))["I want to learn"]["options"]
    assert offered == [
        "Kubernetes",
        "Origami",
        "How this organisation came to be",
        "How decisions are really made",
        "Deep craft",
    ]
    await one_sided.submit(DEV, I_want_to_learn=["Kubernetes", "Deep craft"])
    assert "From now on you learn Kubernetes and Deep craft from Cleo Marsh" in await one_sided.window(DEV)
    await one_sided.skip(4)
    told = (await one_sided.message_with(CLEO, "From now on your pair goes both ways"))["text"]
    assert "Dev Patel would like to learn Kubernetes and Deep craft from you" in told
    assert "You learn: Kubernetes and Deep craft" in await one_sided.say(DEV, "/mentor pairs")
    assert "You teach: Kubernetes and Deep craft" in await one_sided.say(CLEO, "/mentor pairs")
    assert "Choose what I learn" not in str((await one_sided.state(DEV))["messages"][-1]["buttons"])
    assert "Cleo" not in await one_sided.say(await one_sided.owner(), "/mentor summary")


async def test_c6_an_old_button_and_the_other_side_choose_nothing(one_sided: Town) -> None:
    await one_sided.skip(8)
    asked = await one_sided.message_with(DEV, "What would you like to know from them?")
    await one_sided.press(DEV, "Choose what I learn", asked["ts"])
    await one_sided.submit(DEV, I_want_to_learn=["Origami"])
    await one_sided.press(DEV, "Choose what I learn", asked["ts"])
    assert "You learn something in this pair already" in (await one_sided.heard(DEV))[-1]
    await one_sided.say(CLEO, "/mentor pairs")
    assert not [
        one for one in (await one_sided.state(CLEO))["messages"] if "Choose what I learn" in one["buttons"]
    ]
