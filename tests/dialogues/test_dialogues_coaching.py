"""Coaching by role, as people meet it: joining, the code, help, finding out what one needs, feedback."""

import pytest

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE, FINN
from tests.dialogues.test_dialogues_joining import DECLARED
from tests.dialogues.test_dialogues_owning import SETTINGS
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""What people type and read here does not depend on the store."""

HANDOVER = "A handover: Ben Okafor moves on, and hands on what they know"
ANSWERS = {
    "What would help you most just now?": "To understand how this place works",
    "Where do you get stuck?": "When something needs a decision",
    "What do you admire in colleagues?": "They make hard things clear",
    "What would you not ask in a meeting?": "How the money flows",
    "Where would you like to go?": "Not sure, and that is fine",
}


async def joins(town: Town, person: str, level: str, **more: object) -> str:
    """Somebody fills the form in; what its window says then."""
    await town.say(person, "/mentor join")
    options = (await town.form(person))["Level"]["options"]
    chosen = next(option for option in options if option.startswith(level))
    sent = await town.submit(person, **DECLARED | {"Level": chosen} | more)
    assert sent["ok"], sent
    return await town.window(person)


async def test_nobody_is_asked_their_age_and_level_says_nothing_of_it(village: Town) -> None:
    """A1, B3: the form has no age; level and the month of joining are two fields, and only one is needed."""
    await village.say(FINN, "/mentor join")
    fields = await village.form(FINN)
    asked = " ".join(fields).casefold()
    assert not any(word in asked.split() for word in ("age", "birth", "born", "birthday", "year"))
    assert {"Level", "Joined the company"} <= fields.keys()
    assert "It says nothing of age, time here or worth" in await village.hint(FINN, "Level")
    assert (await village.submit(FINN, **DECLARED))["ok"]
    assert "Joined the company" not in await village.say(FINN, "/mentor profile")


async def test_a_long_serving_person_of_a_low_level_teaches_a_newer_senior(village: Town) -> None:
    """A2, A3: matched in a run on what only time here teaches."""
    topic = "How this organisation came to be"
    teaches = {"I want to learn": ["Hiring"], "I can teach": [topic]}
    await joins(village, FINN, "1", Joined_the_company="1994-09", **teaches)
    learns = {"I want to learn": [topic], "I can teach": ["Hiring"]}
    await joins(village, EVE, "7", Joined_the_company="2026-10", Department="Sales", **learns)
    await village.release_a_round()
    (told,) = [text for text in await village.heard(EVE) if "Here is somebody for you" in text]
    assert "Here is somebody for you: Finn Murphy, level 1" in told
    assert f"You learn: {topic}" in told
    assert "1994" not in told


async def test_who_works_further_up_reads_at_joining_that_not_knowing_is_expected(village: Town) -> None:
    """A6."""
    up = await joins(village, EVE, "6")
    assert "So not knowing is expected here." in up
    assert "one more thing that you do not know" in up
    assert "the less they are told" not in await joins(village, FINN, "2")


async def test_a_direction_is_ones_own_and_staying_an_expert_is_one(village: Town) -> None:
    """A4."""
    await joins(village, FINN, "2", Where_I_would_like_to_go="Deeper into my craft, and stay an expert")
    await joins(village, EVE, "5", **{"I want to learn": ["Falconry"], "I can teach": ["Negotiation"]})
    profile = await village.say(FINN, "/mentor profile")
    assert (
        "Where you would like to go: Deeper into my craft, and stay an expert, seen by nobody else" in profile
    )
    owner = await village.owner()
    await village.say(owner, "/mentor match")
    review = await village.answers(owner, "Review pairs")
    await village.press(owner, "Release")
    assert "Finn Murphy" in review
    for text in (review, *(await village.heard(EVE)), *(await village.heard(owner))):
        assert "craft" not in text
        assert "would like to go" not in text


async def test_knowledge_is_handed_over_on_a_track_of_its_own(village: Town) -> None:
    """D7: chosen at joining, and labelled to the two and to nobody else."""
    await village.join(ANA, BEN)
    await village.say(BEN, "/mentor join")
    assert (await village.submit(BEN, Handing_on_what_I_know=True))["ok"]
    assert "Handing on what you know" in await village.say(BEN, "/mentor profile")
    owner = await village.owner()
    await village.say(owner, "/mentor match")
    assert "handover" not in (await village.answers(owner, "Review pairs")).casefold()
    await village.press(owner, "Release")
    for person in (ANA, BEN):
        (told,) = [text for text in await village.heard(person) if "Here is somebody for you" in text]
        assert HANDOVER in told
        await village.press(person, "Accept")
    assert any(HANDOVER in text for text in await village.heard(ANA) if "meet each other" in text)


async def test_the_code_is_read_by_anybody_and_kept_by_each_for_themselves(village: Town) -> None:
    """C9."""
    assert "What you tell me stays with me." in await village.say(FINN, "/mentor help ethics")
    await village.join(ANA, BEN)
    assert "Our code: not answered yet" in await village.say(ANA, "/mentor profile")
    await village.say(ANA, "/mentor help code of ethics")
    kept = await village.answers(ANA, "I'll keep to this")
    assert "You said on Tuesday 24 November that you keep to this." in kept
    assert "you said on Tuesday 24 November that you keep to it" in await village.say(ANA, "/mentor profile")
    assert "Our code: not answered yet" in await village.say(BEN, "/mentor profile")
    again = await village.say(ANA, "/mentor help ethics")
    assert "You said on Tuesday 24 November" in again
    assert "I'll keep to this" not in again


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("feedback", "I never pass feedback on from one person to another."),
        ("roles", "On the junior side"),
        ("coaching", "Whenever the one who knows drives the work, we call it coaching."),
        ("sponsorship", "Nobody owes you that here"),
        ("managing up", "You lead, also where the other has the higher level."),
        ("primer", "Both of you learn here, and it goes on for a while."),
    ],
)
async def test_help_has_a_page_on(village: Town, asked: str, words: str) -> None:
    """B7, B10, C12, D6, D8, E6."""
    assert words in await village.say(FINN, f"/mentor help {asked}")


@pytest.mark.parametrize(
    "typed",
    [
        "give feedback to @BEN: your talk was too long",
        "tell Ben that the report was late",
        "my colleague shouted at me",
        "@BEN never answers my mails",
    ],
)
async def test_words_about_a_person_are_pointed_elsewhere_and_never_relayed(
    village: Town, typed: str
) -> None:
    """B7."""
    await village.join(ANA, BEN)
    before = await village.heard(BEN)
    answer = await village.say(ANA, f"/mentor {typed}")
    assert answer.startswith("This is best said to the person it is about. I have told nobody")
    assert "these people listen: Hana Petrova and Theo Lindqvist" in answer
    await village.skip(3)
    owner = await village.owner()
    assert await village.heard(BEN) == before
    assert not any("shouted" in text or "talk was" in text for text in await village.heard(owner))
    assert "I do not know the word" in await village.say(ANA, "/mentor tell me more")


async def test_who_does_not_know_what_they_need_finds_topics_in_five_questions(village: Town) -> None:
    """D4, A3: those that somebody teaches first, each added with one press."""
    await village.join(ANA)
    await joins(village, EVE, "5", **{"I want to learn": ["Falconry"], "I can teach": ["Budgeting"]})
    await village.say(ANA, "/mentor discover")
    assert len(await village.form(ANA)) == 5
    assert (await village.submit(ANA, **ANSWERS))["ok"]
    ideas = (await village.window(ANA)).splitlines()
    first = ideas[ideas.index("Some ideas for you") + 1]
    assert "Budgeting: a colleague you can ask teaches it" in first
    assert "How decisions are really made" in "\n".join(ideas)
    await village.press(ANA, "Learn Budgeting", "form")
    assert "Budgeting: on your list now" in await village.window(ANA)
    await village.press(ANA, "Learn How decisions are really made", "form")
    profile = await village.say(ANA, "/mentor profile")
    assert "Wants to learn: Negotiation, Budgeting and How decisions are really made" in profile


async def test_where_nobody_teaches_anything_there_are_ideas_all_the_same(village: Town) -> None:
    """D4, D6: and a skill that the job needs today is for the manager."""
    await village.join(ANA)
    await village.say(ANA, "/mentor discover")
    some = await village.submit(ANA, **dict(list(ANSWERS.items())[:3]))
    assert set(some["errors"]) == set(list(ANSWERS)[3:])
    job = {"What would help you most just now?": "A skill that my job needs today"}
    assert (await village.submit(ANA, **ANSWERS | job))["ok"]
    ideas = await village.window(ANA)
    assert "The skill that your job needs today is for you and your manager." in ideas
    assert ideas.count("nobody I can show you teaches it yet") == 5
    assert "You are not in the programme yet" in await village.say(CLEO, "/mentor discover")


async def test_what_only_colleagues_know_is_among_the_ideas_whatever_is_answered(village: Town) -> None:
    """A3: how this place works, also for somebody who asks for nothing of it."""
    await village.join(ANA)
    await village.say(ANA, "/mentor discover")
    elsewhere = dict(
        zip(
            ANSWERS,
            (
                "To get on better with people",
                "When I should speak up",
                "They make hard things clear",
                "How the new technology works",
                "Not sure, and that is fine",
            ),
            strict=True,
        )
    )
    assert (await village.submit(ANA, **elsewhere))["ok"]
    assert "How decisions are really made" in await village.window(ANA)


async def test_a_skill_of_the_job_is_pointed_to_the_manager_once(village: Town) -> None:
    """D6."""
    await village.say(DEV, "/mentor join")
    assert "A skill that your job needs today is for you and your manager" in await village.hint(
        DEV, "I want to learn"
    )
    assert (await village.submit(DEV, **DECLARED | {"I want to learn": []}))["ok"]
    assert "you and your manager first" in await village.say(DEV, "/mentor learn Go")
    assert "manager" not in await village.say(DEV, "/mentor learn Rust")


async def test_the_words_sell_the_benefit_and_owners_see_nobodys_progress(village: Town) -> None:
    """D10, D14."""
    await village.say(FINN, "/mentor join")
    assert "What you get: You get a colleague from another level" in await village.window(FINN)
    await village.cancel(FINN)
    await village.join(ANA, BEN)
    await village.release_a_round()
    for person in (ANA, BEN):
        await village.press(person, "Accept")
        await village.say(person, "/mentor help ethics")
        await village.press(person, "I'll keep to this")
    await village.skip(3)
    await village.say(ANA, "/mentor met")
    await village.skip(5)
    owner = await village.owner()
    asked = [await village.say(owner, f"/mentor {word}") for word in ("programme", "summary", "pairs", "why")]
    home = (await village.state(owner))["home"].get(owner, {"text": ""})["text"]
    later = [text for text in await village.heard(owner) if "Round 1 is" not in text]
    for text in (*asked, home, *later):
        assert "Ana" not in text
        assert "Ben" not in text


async def test_an_owner_who_makes_it_mandatory_is_warned_and_declining_works(unset_village: Town) -> None:
    """D11, A9, D14."""
    town, owner = unset_village, await unset_village.owner()
    await town.say(owner, "/mentor setup")
    nothing = await town.submit(owner, **SETTINGS | {"What will a learner get?": " "})
    assert "What will a learner get?" in nothing["errors"]
    assert (await town.submit(owner, **SETTINGS | {"Not by choice": True}))["ok"]
    warned = await town.window(owner)
    assert "You ticked that taking part is mandatory. Please think again." in warned
    assert "People who are told to come stop coming after a meeting or two." in warned
    assert "Taking part: mandatory, you said." in await town.say(owner, "/mentor programme")
    await town.join(ANA, BEN)
    await town.release_a_round()
    declined = await town.answers(ANA, "Not this time")
    assert declined.startswith("That is fine, and it stays between us.")
    assert not any("Ana" in text for text in await town.heard(owner) if "Round" not in text)
    await town.say(owner, "/mentor setup")
    assert (await town.form(owner))["Not by choice"]["value"]
    assert (await town.submit(owner, **{"Not by choice": False}))["ok"]
    assert "mandatory" not in await town.window(owner)
