"""Two people set dates through the chat: offered and picked, moved and cancelled, remembered and settled."""

import re

from icalendar import Calendar

from tests.dialogues.cast import ANA, BEN, FINN
from tests.dialogues.town import Town
from tests.loopback import loopback_client

LINK = re.compile(r'"url": "(?P<url>http://[^"]+/calendar/(?P<secret>[0-9a-f]{32})\.ics[^"]*)"')
PLAIN = re.compile(r"http://\S+/calendar/[0-9a-f]{32}\.ics")


async def offer(town: Town, person: str, day: str = "2026-12-03", clock: str = "10:00") -> None:
    """Somebody offers one day and time of their own, whatever was found."""
    await town.say(person, "/mentor meet")
    assert (await town.submit(person, Another_day=day, At=clock, Times_in_both_your_hours=[]))["ok"]


async def set_date(town: Town) -> None:
    """Ana offers Thursday of next week at ten, and Ben picks it."""
    await offer(town, ANA)
    await town.press(BEN, "Pick Thu 10:00")


async def fetched(address: str) -> tuple[int, bytes]:
    """What an address of the bot gives."""
    base, _, path = address.partition("/calendar/")
    async with loopback_client(base, 30.0) as http:
        answer = await http.get(f"/calendar/{path}")
    return answer.status_code, answer.content


async def buttons(town: Town, person: str, words: str) -> list[str]:
    """The buttons under the newest message with these words."""
    shown: list[str] = (await town.message_with(person, words))["buttons"]
    return shown


async def test_d3_the_learner_proposes_times_and_the_other_picks_one(paired: Town) -> None:
    await paired.say(ANA, "/mentor meet")
    boxes = (await paired.form(ANA))["Times in both your hours"]["options"]
    assert 3 <= len(boxes) <= 5
    assert (await paired.submit(ANA))["ok"]
    labels = [one for one in await buttons(paired, BEN, "would like to meet you") if one.startswith("Pick ")]
    assert len(labels) == len(set(labels)) == len(boxes)
    await paired.press(BEN, labels[1])
    assert "It is a date: you and Ana Silva" in "\n".join(await paired.heard(BEN))
    await paired.skip(1)
    assert "It is a date: you and Ben Okafor" in "\n".join(await paired.heard(ANA))
    assert "You meet on" in await paired.say(ANA, "/mentor pairs")


async def test_whoever_comes_back_finds_on_their_page_what_waits_for_their_answer(paired: Town) -> None:
    assert "This waits for your answer" not in await paired.home(BEN)
    await offer(paired, ANA)
    await paired.skip(3)
    page = await paired.home(BEN)
    assert "This waits for your answer" in page
    assert "Ana Silva offers times to meet" in page
    await paired.press(BEN, "See the times", "home")
    await paired.press(BEN, "Pick Thu 10:00")
    assert "This waits for your answer" not in await paired.home(BEN)


async def test_c10_either_side_proposes_moves_and_cancels(paired: Town) -> None:
    await offer(paired, BEN)
    await paired.press(ANA, "Pick Thu 10:00")
    await paired.press(ANA, "Move it")
    await paired.submit(ANA, Another_day="2026-12-04", At="11:00", Times_in_both_your_hours=[])
    await paired.skip(1)
    assert "would like to move your meeting" in "\n".join(await paired.heard(BEN))
    await paired.press(BEN, "Pick Fri 11:00")
    assert "You meet on Friday 4 December, 11:00" in await paired.say(ANA, "/mentor pairs")
    await paired.say(BEN, "/mentor meet")
    gone = await paired.answers(BEN, "Cancel it")
    assert gone.startswith("Cancelled: Friday 4 December, 11:00.")
    await paired.go_to("2026-12-03T18:00:00+00:00")  # her week was full: it comes when its reminder would
    told = "\n".join(await paired.heard(ANA))
    assert "does not work out for Ben Okafor after all" in told
    assert "No date is set yet" in await paired.say(ANA, "/mentor pairs")


async def test_none_of_the_times_leads_to_ones_own(paired: Town) -> None:
    await offer(paired, ANA)
    await paired.press(BEN, "Suggest other times")
    await paired.submit(BEN, Another_day="2026-12-07", At="14:00", Times_in_both_your_hours=[])
    await paired.skip(1)
    await paired.press(ANA, "Pick Mon 14:00")
    assert "You meet on Monday 7 December, 14:00" in await paired.say(BEN, "/mentor pairs")


async def test_d2_the_learner_is_asked_for_the_agenda_and_the_other_receives_it(paired: Town) -> None:
    await set_date(paired)
    await paired.go_to("2026-11-30T10:00:00+00:00")
    assert any("What do you want out of it?" in text for text in await paired.heard(ANA))
    await paired.press(ANA, "Say what to talk about")
    await paired.submit(ANA, To_talk_about="How do I ask for a discount?")
    await paired.go_to("2026-12-02T18:00:00+00:00")
    for person in (ANA, BEN):
        reminders = [text for text in await paired.heard(person) if "To talk about:" in text]
        assert len(reminders) == 1
        assert "Ana Silva: How do I ask for a discount?" in reminders[0]
    assert "discount" not in "\n".join(await paired.heard(FINN))


async def test_d3_notes_are_for_the_two_alone(paired: Town) -> None:
    assert "Notes begin with your first meeting" in await paired.say(ANA, "/mentor notes")
    await paired.say(ANA, "/mentor met")
    await paired.press(ANA, "Write a note")
    await paired.submit(ANA, Note="Silence helps.")
    assert "Ana Silva: Silence helps." in await paired.say(BEN, "/mentor notes")
    assert "Silence" not in await paired.say(FINN, "/mentor notes")


async def test_e9_the_next_date_is_set_in_the_answer_to_we_met(paired: Town) -> None:
    await paired.say(ANA, "/mentor met")
    labels = await buttons(paired, ANA, "Noted: your first meeting")
    picks = [label for label in labels if label.startswith("Pick ")]
    assert 3 <= len(picks) <= 5
    await paired.press(ANA, picks[0])
    await paired.say(BEN, "/mentor met")
    assert "offers these times" in (await paired.message_with(BEN, "Noted: your first meeting"))["text"]
    await paired.press(BEN, picks[0])
    assert "You meet on" in await paired.say(ANA, "/mentor pairs")
    assert "You have met 1 time so far." in await paired.say(ANA, "/mentor pairs")


async def test_d9_a_rhythm_is_set_in_meeting_one_by_both(paired: Town) -> None:
    await paired.say(ANA, "/mentor met")
    await paired.press(ANA, "How often we meet")
    wished = await paired.answers(ANA, "Every week")
    assert "As soon as Ben Okafor presses the same" in wished
    await paired.skip(1)
    agreed = await paired.answers(BEN, "Every week")
    assert agreed.startswith("Agreed: you and Ana Silva meet every week.")


async def test_two_who_remember_it_differently_settle_it_with_one_press(paired: Town) -> None:
    await paired.skip(11)
    await paired.press(ANA, "We met")
    answer = await paired.answers(BEN, "Not yet")
    assert "not yet, and that is fine" in answer
    await paired.skip(4)
    for person in (ANA, BEN):
        lines = [text for text in await paired.heard(person) if "Neither answer is wrong" in text]
        assert len(lines) == 1
        assert not re.search("Ana|Ben", lines[0].partition("You and")[0]), "nobody is called wrong"
    settled = await paired.answers(ANA, "Not yet")
    assert settled.startswith("Noted: that meeting with Ben Okafor did not take place.")
    assert "You have met" not in await paired.say(BEN, "/mentor pairs")


async def test_a_date_comes_with_its_file_and_a_feed_of_ones_own_that_can_be_renewed(paired: Town) -> None:
    await set_date(paired)
    drawn = str(await paired.drawn(BEN, "It is a date")).replace("'", '"')
    found = LINK.search(drawn)
    assert found, drawn
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE" in drawn
    assert "https://outlook.office.com/calendar/0/deeplink/compose" in drawn
    status, file = await fetched(found["url"])
    assert status == 200
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert str(event["summary"]) == "Mentoring: Ana Silva"
    assert event.decoded("dtstart").isoformat() == "2026-12-03T10:00:00+00:00"
    await paired.press(BEN, "My calendar")
    shown = (await paired.message_with(BEN, "Add this address"))["text"]
    first = PLAIN.findall(shown)[-1]
    assert (await fetched(first))[0] == 200
    renewed = await paired.answers(BEN, "Make a new address")
    second = PLAIN.findall(renewed)[-1]
    assert first != second
    assert (await fetched(second))[0] == 200
    assert (await fetched(first)) == (await fetched(first.replace(found["secret"], "0" * 32)))
    assert (await fetched(first))[0] == 404


async def test_an_old_time_says_so_and_a_date_of_the_past_stays_in_its_form(paired: Town) -> None:
    await offer(paired, ANA, "2026-11-25")
    await paired.skip(2)
    answer = await paired.answers(BEN, "Pick Wed 10:00")
    assert answer.startswith("That time has gone by, and nothing is lost.")
    await paired.say(ANA, "/mentor meet")
    sent = await paired.submit(ANA, Another_day="2026-11-01", At="10:00")
    assert sent["errors"] == {"Another day": "Another day has gone by already. Please choose a later day."}
    await paired.cancel(ANA)
    assert "No date is set yet" in await paired.say(ANA, "/mentor pairs")
