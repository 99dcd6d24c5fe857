"""Opting in by typing and filling in, and what people can ask of the bot afterwards."""

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE, FINN
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""What people type and read here does not depend on the store."""


DECLARED = {
    "Level": "2 · Doing the work with some guidance",
    "Department": "Research",
    "I want to learn": ["Negotiation"],
    "I can teach": ["Python", "Falconry"],
    "Languages": ["English (en)"],
    "Being found": True,
}


async def test_a_newcomer_joins_by_typing_and_reads_back_what_they_said(village: Town) -> None:
    assert f"It starts with {village.command('join')}" in await village.say(FINN, "/mentor help")
    await village.say(FINN, "/mentor join")
    opened = await village.window(FINN)
    assert opened.startswith("Join the programme\nBothways pairs people of different levels")
    assert "What I store, and who sees it" in opened
    assert (await village.form(FINN))["Name"]["value"] == "Finn Murphy"
    sent = await village.submit(FINN, **DECLARED)
    assert sent["ok"], sent
    welcome = await village.window(FINN)
    assert "Welcome to Bothways, it is good to have you." in welcome
    assert "The next round is on Tuesday 1 December." in welcome
    profile = await village.say(FINN, "/mentor profile")
    assert "Finn Murphy, level 2, Research" in profile
    assert "Wants to learn: Negotiation" in profile
    assert "Can teach: Python and Falconry" in profile
    assert "Being found by what you teach: yes" in profile
    assert "The first round has not been made yet." in await village.say(FINN, "/mentor why")


async def test_errors_stand_beside_their_fields_and_what_was_typed_stays(village: Town) -> None:
    await village.say(FINN, "/mentor join")
    await village.submit(FINN)
    shown = {field["label"]: field["value"] for field in (await village.form(FINN)).values()}
    assert shown["Name"] == "Finn Murphy"
    refused = await village.submit(
        FINN,
        **{**DECLARED, "I want to learn": [], "I can teach": []},
        Name="Finn  the\u202e  Younger",
        Working_day_starts="17:00",
        Working_day_ends="09:00",
        Joined_the_company="2021-13",
    )
    assert refused["errors"] == {
        "Working day ends": "The working day ends before it starts. Please choose a later end.",
        "Joined the company": "Joined the company needs a year and a month such as 2021-04.",
    }
    kept = await village.form(FINN)
    assert kept["Department"]["value"] == "Research"
    assert kept["Working day starts"]["value"] == "17:00"
    nothing = await village.submit(
        FINN, Working_day_starts="09:00", Working_day_ends="17:00", Joined_the_company="2021-12"
    )
    assert nothing["errors"] == {
        "I want to learn": "Please name at least one topic, to learn or to teach. One is enough to start."
    }
    assert "You are not in the programme yet" in await village.say(FINN, "/mentor profile")
    assert (await village.submit(FINN, I_want_to_learn=["Python"]))["ok"]
    assert ", level 2, Research" in await village.say(FINN, "/mentor profile")


async def test_a_later_change_keeps_pause_pairs_and_place_in_line(village: Town) -> None:
    await village.join(ANA, BEN)
    await village.release_a_round()
    await village.press(ANA, "Accept")
    await village.press(BEN, "Accept")
    await village.say(ANA, "/mentor pause 4w")
    await village.say(ANA, "/mentor join")
    assert (await village.window(ANA)).startswith("Change my profile\nChange what you like.")
    held = await village.form(ANA)
    assert held["I want to learn"]["value"] == ["Negotiation"]
    assert (await village.submit(ANA, Department="Design"))["ok"]
    assert "Saved. It counts from the next round on" in await village.window(ANA)
    profile = await village.say(ANA, "/mentor profile")
    assert "Ana Silva, level 2, Design" in profile
    assert "Paused until Tuesday 22 December" in profile
    assert "Ben Okafor: resting for now." in await village.say(ANA, "/mentor pairs")


async def test_interests_are_added_merged_and_taken_off(village: Town) -> None:
    await village.join(ANA, BEN)
    added = await village.say(ANA, "/mentor learn k8s, AT&T history; Negotiating")
    assert added.startswith("You want to learn Kubernetes and AT&T history now.")
    assert "I took k8s as Kubernetes" in added
    assert "On your list already: Negotiation." in added
    assert "You can teach Origami now." in await village.say(ANA, "/mentor teach Origami")
    assert "Origami is off your lists" in await village.say(ANA, "/mentor forget origami")
    assert "was on neither of your lists" in await village.say(ANA, "/mentor forget origami")
    profile = await village.say(ANA, "/mentor profile")
    assert "Wants to learn: Negotiation, Kubernetes and AT&T history" in profile
    assert "Can teach: Python\n" in profile


async def test_what_can_be_read_at_any_time(village: Town) -> None:
    owner = await village.owner()
    await village.join(ANA)
    shown = await village.say(ANA, "/mentor help")
    for usage in ("learn TOPIC, TOPIC", "pause [2w | until DATE]", "leave"):
        assert f"\n{village.command(usage)}: " in shown
    assert f"\n{village.command('match')}" not in shown
    assert f"\n{village.command('match')}" in await village.say(owner, "/mentor help")
    assert (await village.say(ANA, "/mentor help feedback")).startswith("Mentoring and feedback")
    assert "pause [2w | until DATE]: take a break" in await village.say(ANA, "/mentor help pause")
    privacy = await village.say(ANA, "/mentor privacy")
    assert "Hana Petrova and Theo Lindqvist" in privacy
    assert "mentoring@example.com" in privacy
    assert "is on its way and does not work yet" in await village.say(ANA, "/mentor share")
    assert f"Did you mean {village.command('learn TOPIC, TOPIC')}?" in await village.say(
        ANA, "/mentor lern Go"
    )


async def test_whoever_asks_about_a_pair_before_they_have_one_hears_kindly_what_comes_first(
    village: Town,
) -> None:
    await village.join(ANA, BEN)
    asked = ("meet", "met", "agenda", "notes", "end", "rematch", "goals", "expect", "agreement")
    for word in asked:
        told = await village.say(ANA, f"/mentor {word}")
        assert ", and you have none just now. The next round is on " in told
        assert f"{village.command('why')} tells you why" in told
    await village.release_a_round()
    for word in asked:
        told = await village.say(ANA, f"/mentor {word}")
        assert "One is proposed to you, and opens once both of you have said yes." in told
        assert f"{village.command('pairs')} shows it" in told


async def test_finding_somebody_and_asking_shows_both_profiles_to_both_before_anything_opens(
    village: Town,
) -> None:
    await village.join(ANA, BEN, FINN)
    found = await village.say(ANA, "/mentor find bargaining")
    assert "These colleagues teach Negotiation and agreed to be found:" in found
    assert "Ben Okafor, level 5, Sales. Teaches Negotiation." in found
    assert "Python" not in found
    asked = await village.answers(ANA, "Ask to pair")
    assert asked.startswith("You asked to pair with Ben Okafor, level 5, Sales.")
    assert "You, as Ben Okafor sees you: level 2, Research" in asked
    (told,) = [text for text in await village.heard(BEN) if "Here is somebody" in text]
    assert "Ana Silva asked for this pair" in told
    assert "You, as Ana Silva sees you: level 5, Sales" in told
    assert not any("meet each other" in text for text in await village.heard(ANA))
    assert "open for an answer" in await village.say(ANA, "/mentor pairs")
    await village.press(BEN, "Accept")
    assert not any("meet each other" in text for text in await village.heard(BEN))
    await village.press(ANA, "Accept")
    assert any("meet each other" in text for text in await village.heard(BEN))
    assert (await village.say(FINN, "/mentor find negotiation")).startswith("Nobody I can show you teaches")


async def test_a_pair_notes_its_meetings_and_dates(village: Town) -> None:
    await village.join(ANA, BEN)
    await village.release_a_round()
    await village.press(ANA, "Accept")
    await village.press(BEN, "Accept")
    await village.say(ANA, "/mentor pairs")
    await village.press(ANA, "Propose a time")
    assert "Ben Okafor picks one of them" in await village.window(ANA)
    gone_by = await village.submit(ANA, Another_day="2026-11-01", At="10:00")
    assert gone_by["errors"] == {"Another day": "Another day has gone by already. Please choose a later day."}
    assert (await village.submit(ANA, Another_day="2026-11-26", At="10:00"))["ok"]
    assert "Ben Okafor can pick one of these times" in await village.window(ANA)
    await village.press(BEN, "Pick Thu 10:00")
    assert "You meet on Thursday 26 November" in await village.say(BEN, "/mentor pairs")
    await village.go_to("2026-11-26T11:00:00+00:00")
    assert "Noted: your first meeting with Ben Okafor." in await village.say(ANA, "/mentor met")
    assert "Noted: your first meeting with Ana Silva." in await village.say(BEN, "/mentor met")
    assert "Why Ben Okafor and you:\nYou learn: Negotiation" in await village.say(ANA, "/mentor why")
    assert not any("needs a date" in text for text in await village.heard(BEN))


async def test_whoever_has_no_pair_or_came_late_is_told_why_and_when(village: Town) -> None:
    await village.join(ANA, BEN, CLEO, EVE)
    await village.release_a_round()
    (told,) = [text for text in await village.heard(EVE) if "This round has no pair for you" in text]
    assert "Nobody teaches Falconry yet." in told
    assert "The next round is on Tuesday 16 February. You are first in line for it." in told
    assert "Nobody teaches Falconry yet." in await village.say(EVE, "/mentor why")
    await village.say(DEV, "/mentor join")
    options = (await village.form(DEV))["Level"]["options"]
    level = next(option for option in options if option.startswith("6"))
    declared = DECLARED | {"Level": level, "I want to learn": ["Kubernetes"]}
    assert (await village.submit(DEV, **declared))["ok"]
    welcome = await village.window(DEV)
    assert "A round is running already, so you start with the next one." in welcome
    assert "The next round is on Tuesday 16 February." in welcome
    assert "You joined after this round began" in await village.say(DEV, "/mentor why")
