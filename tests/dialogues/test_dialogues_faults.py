"""Slack fails, is slow or says things twice, and the bot restarts: everybody reads everything once."""

import asyncio
from time import monotonic

import pytest

from tests.dialogues.cast import ANA, BEN, EVE
from tests.dialogues.differences import FORM, REOPENED, REQUESTS, ROOM, needs
from tests.dialogues.forged import Forger
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.town import Town, WrongUseError
from tests.loopback import loopback_client

PROPOSED = "Here is somebody for you"
DATE = "A first meeting is easiest when it has a date"


async def pair_up(town: Town) -> Town:
    """The round goes out, and both say yes."""
    await town.press(await town.owner(), "Release")
    await town.press(ANA, "Accept")
    await town.press(BEN, "Accept")
    return town


async def times_heard(town: Town, words: str) -> list[int]:
    """How often Ana and Ben read something."""
    return [sum(words in text for text in await town.heard(who)) for who in (ANA, BEN)]


async def test_what_the_platform_asks_to_wait_for_comes_after_the_wait_and_once(drafted: Town) -> None:
    await drafted.asks_to_wait(seconds=60, times=3)
    await drafted.press(await drafted.owner(), "Release")
    assert await times_heard(drafted, PROPOSED) == [0, 0]
    await drafted.skip(0.5 / 1440)
    assert await times_heard(drafted, PROPOSED) == [0, 0]
    await drafted.skip(2 / 1440)
    assert await times_heard(drafted, PROPOSED) == [1, 1]
    await drafted.skip(1)
    assert await times_heard(drafted, PROPOSED) == [1, 1]


async def test_reminders_that_arrived_although_the_platform_broke_are_not_sent_again(drafted: Town) -> None:
    town = await pair_up(drafted)
    await town.skip(6)
    await town.loses_answers(times=2)
    await town.skip(5)
    assert await times_heard(town, DATE) == [1, 1]


@needs(REOPENED)
async def test_a_conversation_that_slack_forgot_is_opened_anew(drafted: SlackTown) -> None:
    await drafted.fail("chat.postMessage", error="channel_not_found", times=1)
    await drafted.press(await drafted.owner(), "Release")
    await drafted.skip(1)
    assert await times_heard(drafted, PROPOSED) == [1, 1]


@needs(REOPENED)
async def test_a_conversation_that_is_gone_holds_nobody_else_up(drafted: SlackTown) -> None:
    await drafted.fail("chat.postMessage", error="is_archived", times=1)
    await drafted.press(await drafted.owner(), "Release")
    await drafted.skip(1)
    heard = await times_heard(drafted, PROPOSED)
    heard.append(sum("This round has no pair for you" in text for text in await drafted.heard(EVE)))
    assert sorted(heard) == [0, 1, 1]
    for who in (ANA, BEN):
        assert "proposed, open for an answer" in await drafted.say(who, "/mentor pairs")
        await drafted.press(who, "Accept")
    assert await times_heard(drafted, "meet each other") == [1, 1]


@needs(ROOM)
async def test_a_room_that_cannot_be_opened_at_first_is_opened_later_and_once(drafted: SlackTown) -> None:
    await drafted.press(await drafted.owner(), "Release")
    await drafted.press(ANA, "Accept")
    await drafted.fail("conversations.open", status=500, times=2)
    await drafted.press(BEN, "Accept")
    await drafted.skip(1)
    assert await times_heard(drafted, "meet each other") == [1, 1]
    assert sum(one["kind"] == "group" for one in (await drafted.state())["channels"]) == 1


@needs(FORM)
async def test_a_form_that_slack_took_too_long_to_open_is_said_and_opens_the_second_time(
    village: SlackTown,
) -> None:
    await village.fail("views.open", error="expired_trigger_id")
    assert "Slack took too long to open the form." in await village.say(ANA, "/mentor join")
    await village.say(ANA, "/mentor join")
    assert "Name" in await village.form(ANA)


@needs(REQUESTS)
async def test_a_slow_slack_does_not_slow_answers(drafted: SlackTown) -> None:
    forger = Forger(drafted)
    await drafted.fail("chat.postMessage", delay=2, times=3)
    releasing = asyncio.create_task(drafted.press(await drafted.owner(), "Release"))
    await asyncio.sleep(0.5)
    began = monotonic()
    answer = await forger.command(EVE, "help")
    took = monotonic() - began
    assert "More to read:" in answer.json()["text"]
    assert not releasing.done()
    assert took < 1.5
    await releasing
    assert await times_heard(drafted, PROPOSED) == [1, 1]


@needs(REQUESTS)
async def test_a_request_sent_five_times_has_one_effect_and_one_answer(drafted: SlackTown) -> None:
    forger, bot = Forger(drafted), drafted.bot
    for text in ("learn Chess", "pause 2w", "met", "resume"):
        body = forger.command_body(ANA, text)
        headers = drafted.sandbox.slack.bot.signed(body) | {
            "Content-Type": "application/x-www-form-urlencoded"
        }
        async with loopback_client(bot.address, 30) as http:
            answers = await asyncio.gather(
                *(http.post("/slack/events", content=body, headers=headers) for _ in range(5))
            )
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == 1, text
        if text == "learn Chess":
            assert "You want to learn Chess now." in answers[0].text
    profile = await drafted.say(ANA, "/mentor profile")
    assert profile.count("Chess") == 1


async def test_a_restart_loses_nothing_and_says_nothing_twice(drafted: Town) -> None:
    await drafted.asks_to_wait(seconds=60, times=3)
    await drafted.press(await drafted.owner(), "Release")
    await drafted.bot.stop()
    with pytest.raises(WrongUseError):
        await drafted.say(EVE, "/mentor help")
    await drafted.bot.start()
    await drafted.skip(0.01)
    assert await times_heard(drafted, PROPOSED) == [1, 1]
    await drafted.press(ANA, "Accept")
    await drafted.bot.stop()
    await drafted.bot.start()
    await drafted.press(BEN, "Accept")
    assert await times_heard(drafted, "meet each other") == [1, 1]
    await drafted.skip(4)
    await drafted.bot.stop()
    await drafted.bot.start()
    await drafted.skip(8)
    assert await times_heard(drafted, "know each other first") == [1, 1]
    assert await times_heard(drafted, DATE) == [1, 1]
    assert "active" in await drafted.say(ANA, "/mentor pairs")


async def test_a_button_that_is_pressed_proves_that_its_message_came(drafted: Town) -> None:
    await drafted.loses_answers(times=2)
    await drafted.press(await drafted.owner(), "Release")
    for who in (ANA, BEN):
        await drafted.press(who, "Accept")
    await drafted.skip(1)
    assert await times_heard(drafted, PROPOSED) == [0, 0]
    assert await times_heard(drafted, "meet each other") == [1, 1]


async def test_owners_read_the_summary_themselves_where_it_cannot_be_posted_in_the_channel(
    village: Town,
) -> None:
    owner = await village.owner()
    before = len(await village.heard(owner))
    await village.shuts_out(1)
    await village.skip(8)
    notice, summary = (await village.heard(owner))[before:][:2]
    assert notice.startswith("The weekly summary could not be posted in")
    assert "Add me to the channel again" in notice
    assert "Bothways: the week" in summary
    await village.skip(7)
    later = (await village.heard(owner))[before + 2 :]
    assert not any("could not be posted" in text for text in later), "the next one is in the channel"
