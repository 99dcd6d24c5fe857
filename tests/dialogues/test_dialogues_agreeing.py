"""Expectations and the agreement, from both chairs and from those who may see nothing of it."""

import re
from typing import Any

import pytest

from tests.dialogues.cast import ANA, BEN, CLEO, DEV
from tests.dialogues.town import Town

ANAS = "I fear to bore you with SQL"
BENS = "I interrupt when I am tired"


def answers(worry: str, **changes: Any) -> dict[str, Any]:
    """What somebody fills in; labels' blanks are written as underscores."""
    usual = {
        "What_I_hope_to_learn": "To stay calm",
        "What_I_can_share": "Twelve years of stories",
        "What_I_hope_for": "An honest look",
        "How_often_we_meet": "Every two weeks",
        "How_soon_we_answer": "Within two working days",
        "When_we_look_back": "After eight weeks",
        "Where_we_talk": "A call on Tuesdays",
        "How_we_cancel": "A line the day before",
        "What_could_go_wrong": worry,
    }
    return usual | changes


@pytest.fixture
async def paired(village: Town) -> Town:
    """Ana and Ben are a pair, and so are Cleo and Dev."""
    await village.join(ANA, BEN, CLEO, DEV)
    await village.release_a_round()
    for person in (ANA, BEN, CLEO, DEV):
        await village.press(person, "Accept")
    return village


@pytest.fixture
async def compared(paired: Town) -> Town:
    """Ana and Ben have both written."""
    for person, worry in ((ANA, ANAS), (BEN, BENS)):
        await paired.say(person, "/mentor expect")
        often = "Every week" if person == ANA else "Once a month"
        await paired.submit(person, **answers(worry, How_often_we_meet=often))
    return paired


@pytest.fixture
async def agreed(compared: Town) -> Town:
    """Ana and Ben have an agreement."""
    await compared.press(ANA, "Agree")
    await compared.say(BEN, "/mentor agreement")
    await compared.press(BEN, "Agree")
    return compared


async def all_seen(town: Town, person: str) -> str:
    """Every word that a person sees, on their page and in answers to them too."""
    seen = await town.state(person)
    asked = [await town.say(person, f"/mentor {word}") for word in ("pairs", "agreement", "goals", "profile")]
    return "\n".join([*(one["text"] for one in seen["messages"]), *asked, await town.home(person)])


async def change(town: Town, person: str, **fields: Any) -> str:
    """Suggest a change; what its window then says."""
    await town.say(person, "/mentor agreement")
    await town.press(person, "Suggest a change")
    await town.submit(person, **fields)
    return await town.window(person)


async def test_c3_each_writes_alone_and_nobody_sees_it_before_both_are_in(paired: Town) -> None:
    await paired.say(ANA, "/mentor expect")
    assert "Ben Okafor sees nothing of it before they have written too" in await paired.window(ANA)
    await paired.submit(ANA, **answers(ANAS))
    assert "Thank you, that is yours" in await paired.window(ANA)
    await paired.skip(1)
    told = await paired.message_with(BEN, "has written down what they expect")
    assert told["buttons"] == ["Write mine"]
    for person in (BEN, CLEO, DEV, await paired.owner()):
        assert ANAS not in await all_seen(paired, person), person
    assert "you wrote yours, waiting for Ben Okafor's" in await paired.say(ANA, "/mentor pairs")
    assert "Ana Silva wrote theirs, and yours is next" in await paired.say(BEN, "/mentor pairs")
    await paired.press(BEN, "Write mine")
    form = await paired.form(BEN)
    assert [form[label]["value"] for label in ("What I hope to learn", "What could go wrong")] == [None, None]
    await paired.submit(BEN, **answers(BENS))
    await paired.skip(1)
    shown = await paired.say(ANA, "/mentor expect")
    assert ANAS in shown
    assert BENS in shown
    assert shown == await paired.say(BEN, "/mentor expect"), "both read the same"
    assert (await paired.message_with(ANA, "what each of you expects"))["text"] == shown


async def test_a_person_may_change_what_they_wrote_until_the_other_has_written(paired: Town) -> None:
    await paired.say(ANA, "/mentor expect")
    await paired.submit(ANA, **answers(ANAS))
    await paired.cancel(ANA)
    await paired.say(ANA, "/mentor expect")
    assert (await paired.form(ANA))["What could go wrong"]["value"] == ANAS
    await paired.submit(ANA, **answers("Too little time"))
    await paired.skip(1)
    await paired.say(BEN, "/mentor expect")
    await paired.submit(BEN, **answers(BENS))
    shown = await paired.say(BEN, "/mentor expect")
    assert "Too little time" in shown
    assert ANAS not in shown
    assert sum("has written down" in text for text in await paired.heard(BEN)) == 1


async def test_c3_the_draft_holds_once_both_agreed_and_c8_says_how_they_talk(compared: Town) -> None:
    both = await compared.message_with(ANA, "what each of you expects")
    for line in ("Ana Silva: Every week", "Ben Okafor: Once a month", "To start with: Once a month"):
        assert line in both["text"]
    assert "Both: A call on Tuesdays" in both["text"]
    await compared.press(ANA, "Agree", both["ts"])
    assert "It holds once Ben Okafor has agreed too" in await compared.reads(ANA, both["ts"])
    assert "Nothing is agreed yet" in await compared.say(BEN, "/mentor agreement")
    await compared.press(BEN, "Agree")
    await compared.skip(1)
    assert await compared.message_with(ANA, "You and Ben Okafor have an agreement")
    for person in (ANA, BEN):
        shown = await compared.say(person, "/mentor agreement")
        for said in (f"Ana Silva: {ANAS}", f"Ben Okafor: {BENS}", "Once a month", "Within two working days"):
            assert said in shown
        assert "A line the day before" in shown
        assert "Only the two of you see this" in shown


async def test_c7_each_is_told_what_the_other_can_be_leaned_on_for(agreed: Town) -> None:
    assert "You can lean on Ben Okafor for Negotiation" in await agreed.say(ANA, "/mentor agreement")
    assert "Ben Okafor can lean on you for Python" in await agreed.say(ANA, "/mentor agreement")
    assert "You can lean on Ana Silva for Python" in await agreed.say(BEN, "/mentor agreement")


@pytest.mark.parametrize(("maker", "other"), [(ANA, BEN), (BEN, ANA)])
async def test_c4_c10_a_change_of_either_is_refused_without_a_reason_and_then_accepted(
    agreed: Town, maker: str, other: str
) -> None:
    told = await change(agreed, maker, How_we_cancel="Never on the day itself")
    assert "Nothing changes before they agree" in told
    await agreed.skip(8)
    asked = await agreed.message_with(other, "suggests a change to your agreement")
    assert "Now: A line the day before" in asked["text"]
    assert "Then: Never on the day itself" in asked["text"]
    assert asked["buttons"] == ["Agree", "Keep it as it is"]
    await agreed.press(other, "Keep it as it is", asked["ts"])
    assert "It stays as it is" in await agreed.reads(other, asked["ts"])
    await agreed.skip(8)
    assert "Nobody needs a reason" in (await agreed.message_with(maker, "would rather keep"))["text"]
    for person in (maker, other):
        kept = await agreed.say(person, "/mentor agreement")
        assert "version 1" in kept
        assert "Never on the day itself" not in kept
    await change(agreed, maker, How_we_cancel="Two lines the day before")
    await agreed.skip(8)
    again = await agreed.message_with(other, "suggests a change to your agreement")
    await agreed.press(other, "Agree", again["ts"])
    assert "Version 2 holds from now on" in await agreed.reads(other, again["ts"])
    for person in (maker, other):
        assert "Two lines the day before" in await agreed.say(person, "/mentor agreement")
    await agreed.press(maker, "Show version 1")
    old = await agreed.message_with(maker, "What you had agreed")
    assert "A line the day before" in old["text"]
    assert "A newer one holds now" in old["text"]


async def test_c4_an_accepted_change_can_be_undone_with_the_others_yes(agreed: Town) -> None:
    await change(agreed, ANA, Where_we_talk="In the canteen")
    await agreed.skip(4)
    await agreed.press(BEN, "Agree")
    await agreed.say(BEN, "/mentor agreement")
    await agreed.press(BEN, "Go back to version 1")
    assert "In the canteen" in await agreed.say(ANA, "/mentor agreement"), "one alone undoes nothing"
    await agreed.skip(6)
    asked = await agreed.message_with(ANA, "would like to go back to version 1")
    await agreed.press(ANA, "Agree", asked["ts"])
    shown = await agreed.say(BEN, "/mentor agreement")
    assert "version 3" in shown
    assert "A call on Tuesdays" in shown


async def test_c4_a_change_can_be_taken_back_and_its_old_button_says_so(agreed: Town) -> None:
    await change(agreed, ANA, Where_we_talk="In the canteen")
    await agreed.skip(4)
    asked = await agreed.message_with(BEN, "suggests a change")
    await agreed.say(ANA, "/mentor agreement")
    await agreed.press(ANA, "Take it back")
    await agreed.press(BEN, "Agree", asked["ts"])
    assert "This suggestion was taken back" in await agreed.reads(BEN, asked["ts"])
    assert "A call on Tuesdays" in await agreed.say(BEN, "/mentor agreement")


async def test_a_change_that_is_taken_back_before_it_left_is_never_heard_of(agreed: Town) -> None:
    await agreed.go_to("2026-11-24T20:00:00+00:00")
    await change(agreed, ANA, Where_we_talk="In the canteen")
    await agreed.say(ANA, "/mentor agreement")
    await agreed.press(ANA, "Take it back")
    await agreed.skip(7)
    assert not any("suggests a change" in text for text in await agreed.heard(BEN))


async def test_c4_a_change_lapses_after_two_weeks_and_its_old_button_says_so(agreed: Town) -> None:
    await change(agreed, ANA, Where_we_talk="In the canteen")
    await agreed.skip(6)
    asked = await agreed.message_with(BEN, "suggests a change")
    await agreed.skip(16)
    await agreed.press(BEN, "Agree", asked["ts"])
    assert "has lapsed" in await agreed.reads(BEN, asked["ts"])
    shown = await agreed.say(ANA, "/mentor agreement")
    assert "The last suggestion lapsed without an answer" in shown
    assert "A call on Tuesdays" in shown


async def test_one_change_is_open_at_a_time_and_whoever_comes_second_is_told(agreed: Town) -> None:
    for person in (ANA, BEN):
        await agreed.say(person, "/mentor agreement")
        await agreed.press(person, "Suggest a change")
    await agreed.submit(ANA, Where_we_talk="In the canteen")
    await agreed.submit(BEN, Where_we_talk="On the roof")
    assert "One suggestion is open already" in await agreed.window(BEN)
    shown = await agreed.say(BEN, "/mentor agreement")
    assert "In the canteen" in shown
    assert "On the roof" not in shown


async def test_a_form_that_was_opened_on_an_old_version_changes_nothing(agreed: Town) -> None:
    await agreed.say(BEN, "/mentor agreement")
    await agreed.press(BEN, "Suggest a change")
    await change(agreed, ANA, Where_we_talk="In the canteen")
    await agreed.skip(4)
    waiting = await agreed.message_with(BEN, "suggests a change")
    await agreed.press(BEN, "Agree", waiting["ts"])
    await agreed.submit(BEN, Where_we_talk="On the roof")
    assert "agreed on something new since this form was opened" in await agreed.window(BEN)
    assert "In the canteen" in await agreed.say(BEN, "/mentor agreement")


async def test_what_cannot_be_taken_is_told_beside_its_field_and_nothing_is_lost(paired: Town) -> None:
    await paired.say(ANA, "/mentor expect")
    wrong: dict[str, Any] = {
        "What_I_hope_for": " \u200b ",
        "What_could_go_wrong": "x" * 1_100,
        "Last_day": "2026-11-01",
    }
    errors = (await paired.submit(ANA, **answers(ANAS, **wrong)))["errors"]
    assert "is empty" in errors["What I hope for"]
    assert "300 characters" in errors["What could go wrong"]
    assert "has gone by" in errors["Last day"]
    far = (await paired.submit(ANA, **answers(ANAS, Last_day="2031-01-01")))["errors"]
    assert "within 366 days" in far["Last day"]
    huge = (await paired.submit(ANA, **answers(ANAS, What_I_hope_for="x" * 5_000)))["errors"]
    assert "What I hope for" in huge
    await paired.submit(ANA, **answers(ANAS, Last_day="2027-06-30"))
    assert "Thank you, that is yours" in await paired.window(ANA)


@pytest.mark.parametrize("word", ["expect", "agreement", "goals"])
async def test_without_a_pair_each_command_says_so(paired: Town, word: str) -> None:
    await paired.join("EVE")
    assert "you have none just now" in await paired.say("EVE", f"/mentor {word}")
    assert "You are not in the programme yet" in await paired.say("FINN", f"/mentor {word}")
    assert "I cannot tell what the words after" in await paired.say(ANA, f"/mentor {word} tomorrow")


async def test_forms_and_buttons_of_a_pair_that_one_ended_answer_clearly_and_tell_the_other_nothing(
    agreed: Town,
) -> None:
    await change(agreed, BEN, Where_we_talk="On the roof")
    await agreed.skip(3)
    waiting = await agreed.message_with(ANA, "suggests a change")
    await agreed.say(ANA, "/mentor agreement")
    before = re.sub(r"<[^>]*>", "", await agreed.say(ANA, "/mentor agreement"))
    await agreed.keep_away(BEN, ANA)
    assert re.sub(r"<[^>]*>", "", await agreed.say(ANA, "/mentor agreement")) == before
    assert "you have none just now" in await agreed.say(BEN, "/mentor agreement")
    heard = await agreed.heard(BEN)
    await agreed.press(ANA, "Agree", waiting["ts"])
    assert "Version 2 holds" in await agreed.reads(ANA, waiting["ts"])
    await agreed.skip(6)
    assert await agreed.heard(BEN) == heard
    assert "you have none just now" in await agreed.say(ANA, "/mentor agreement")


async def test_old_buttons_of_a_closed_pair_say_that_it_is_over(agreed: Town) -> None:
    await change(agreed, BEN, Where_we_talk="On the roof")
    await agreed.skip(3)
    waiting = await agreed.message_with(ANA, "suggests a change")
    await agreed.keep_away(ANA, BEN)
    await agreed.press(ANA, "Agree", waiting["ts"])
    assert "It is no longer open" in await agreed.reads(ANA, waiting["ts"])


async def test_a_persons_own_page_says_where_it_stands_without_a_word_of_it(compared: Town) -> None:
    page = await compared.home(ANA)
    assert "both of you wrote, and a draft waits for your yes" in page
    assert ANAS not in page
    assert BENS not in page


async def test_c5_what_they_agreed_is_looked_at_again_after_as_many_weeks_as_they_said(agreed: Town) -> None:
    """To each alone, answered by one press; nobody is asked who has agreed to nothing."""
    asks = "Some weeks have passed since you agreed with"
    for _ in range(4):
        await agreed.skip(12)
        await agreed.say(ANA, "/mentor met")
    for person in (ANA, BEN):
        assert not any(asks in text for text in await agreed.heard(person))
    await agreed.skip(17)
    for person in (ANA, BEN):
        assert sum(asks in text for text in await agreed.heard(person)) == 1
    assert not any(asks in text for text in await agreed.heard(CLEO))
    assert "noted, still fine" in await agreed.answers(BEN, "Still fine")
